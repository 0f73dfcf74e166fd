"""Sidebar and page side by side; in a narrow window the sidebar is a rail that opens over it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from mailcheck_gui.ui.sidebar import Sidebar
from mailcheck_gui.ui.theme import scaled

NARROW = 1000
"""Below this width, at the standard text size, the sidebar is a rail."""


@runtime_checkable
class FitsText(Protocol):
    """A widget that keeps a font or a length of the person's text size.

    Qt tells a widget of a new text size only where it has no font of its own.
    """

    def fit_text(self) -> None:
        """Take them from the text size of this moment."""


class Shell(QWidget):
    """Places both by hand, since the opened rail lies over the page.

    Lets every widget below it follow the person's text size, those of hidden pages as well.
    """

    def __init__(self, sidebar: Sidebar, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sidebar = sidebar
        self.content = content
        self._opened = False
        content.setParent(self)
        sidebar.setParent(self)
        sidebar.raise_()
        QApplication.instance().focusObjectChanged.connect(self._on_focus)  # type: ignore[union-attr]

    @property
    def narrow(self) -> bool:
        """Whether there is room for a rail only."""
        return self.width() < scaled(NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place both anew."""
        super().resizeEvent(event)
        self._opened = self._opened and self.narrow
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size, after Qt has told it to the widgets that have no own font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for widget in reversed(self.findChildren(QWidget)):  # what lies inside comes first
                if isinstance(widget, FitsText):
                    widget.fit_text()
            self._place()

    def _place(self) -> None:
        self.sidebar.set_rail(rail=self.narrow)
        left = self.sidebar.wanted_width()
        self.content.setGeometry(left, 0, max(0, self.width() - left), self.height())
        self.sidebar.set_rail(rail=self.narrow and not self._opened)
        self.sidebar.setGeometry(0, 0, self.sidebar.wanted_width(), self.height())

    def enter_sidebar(self) -> None:
        """Move the keyboard to the sidebar; a rail opens."""
        self._opened = self.narrow
        self._place()
        self.sidebar.take_focus()

    def close_sidebar(self) -> None:
        """Make an opened sidebar a rail again."""
        if self._opened:
            self._opened = False
            self._place()

    def sidebar_has_focus(self) -> bool:
        """Return whether the keyboard is in the sidebar."""
        focus = QApplication.focusWidget()
        return focus is not None and self.sidebar.isAncestorOf(focus)

    def _on_focus(self, focused: QObject | None) -> None:
        if isinstance(focused, QWidget) and not self.sidebar.isAncestorOf(focused):
            self.close_sidebar()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close an opened sidebar with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._opened:
            self.close_sidebar()
            return
        super().keyPressEvent(event)
