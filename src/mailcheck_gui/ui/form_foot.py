"""The foot of the form: where the password goes, Save account, and the one filled button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.ui.buttons import Button, PrimaryButton
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import FlowLayout, LeadLayout
from mailcheck_gui.ui.page_margins import page_margins
from mailcheck_gui.ui.theme import Size, Space, Type, roles

_LONGEST_HOST = 60


class FormFoot(QWidget):
    """A strip below the page; it stays where it is while the page scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.save = Button(self.tr("Save account"), height=Size.FOOT_BUTTON)
        self.check = PrimaryButton(self.tr("Check"))
        self._promise = WrapLabel("", Type.CAPTION, Tone.SECONDARY)
        lead = QWidget()
        row = QHBoxLayout(lead)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(IconMark("lock", "secondary", 18))
        row.addWidget(self._promise, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=Space.M)
        flow.addWidget(self.save)
        flow.addWidget(self.check)
        self._row = LeadLayout(self, spacing=Space.M)
        self._row.addWidget(lead)
        self._row.addWidget(buttons)
        self.fit_text()

    def fit_text(self) -> None:
        """Take the margins of a page of this width."""
        margin, right = page_margins(self.width())
        self._row.setContentsMargins(margin, Space.M - 2, right, Space.M - 2)
        self._row.activate()  # at once: else a first picture would have other margins

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay in line with the column of the page."""
        super().resizeEvent(event)
        self.fit_text()

    def show_destinations(self, hosts: Sequence[str]) -> None:
        """Name the only servers that the password will be sent to."""
        shown = [visible_text(host, _LONGEST_HOST) for host in hosts]
        if not shown:
            words = self.tr(
                "Enter a server name. The password is sent only to servers that you enter, "
                "over verified encryption."
            )
        elif len(shown) == 1:
            words = self.tr(
                "The password is sent to {host} only, and only over verified encryption."
            ).format(host=shown[0])
        else:
            words = self.tr(
                "The password is sent to {incoming} and {outgoing} only, "
                "and only over verified encryption."
            ).format(incoming=shown[0], outgoing=shown[1])
        self._promise.setText(words)

    def promise(self) -> str:
        """Return the sentence."""
        return self._promise.plain_text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line towards the page."""
        QPainter(self).fillRect(0, 0, self.width(), 1, QColor(roles().card_edge))
