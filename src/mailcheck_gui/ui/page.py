"""The scrolling page that every view of the window stands on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollArea, QVBoxLayout, QWidget

from mailcheck_gui.ui.focus import focus_first
from mailcheck_gui.ui.page_margins import page_margins
from mailcheck_gui.ui.theme import Space


def give_viewport(area: QAbstractScrollArea) -> QWidget:
    """Give a scrolling widget a viewport that Python has made, and return it.

    At the first one that Qt has made, PySide makes the types of all widgets there are, to find out
    what it is: a tenth of the time to the first picture.
    """
    viewport = QWidget()
    area.setViewport(viewport)
    return viewport


class Page(QScrollArea):
    """One scrolling column of at most 960 pixels, left aligned, that grows with the text size.

    The gutter of the scroll bar is part of the right margin, so right edges agree whether the bar
    is there or not. Add content to `column`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_viewport(self).setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget()
        self._outer = QVBoxLayout(self._body)
        self.column = QVBoxLayout()
        self.column.setSpacing(Space.L)
        self._outer.addLayout(self.column)
        self._outer.addStretch(1)
        self.setWidget(self._body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the right edge of the content where it is with and without the scroll bar."""
        super().resizeEvent(event)
        self._fit()

    def fit_text(self) -> None:
        """Take the width of the content from the text size, and lay it out anew."""
        self._fit()
        self.settle()

    def take_focus(self) -> None:
        """Move the keyboard to where the person begins: the first place that Tab reaches."""
        focus_first(self)

    def settle(self) -> None:
        """Lay out new content at once, so that its first picture is already the final one."""
        self._outer.activate()
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _fit(self) -> None:
        whole = self.contentsRect().width()
        left, right = page_margins(whole, gutter=whole - self.viewport().width())
        self._outer.setContentsMargins(left, Space.XXL, right, Space.XXL)
        if self.isVisible():
            self._outer.activate()  # else everything would move when the scroll bar comes
