"""What a search for settings tells whom, said before anything is sent."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.theme import Space, Type


def lookup_text(options: FindOptions) -> str:
    """Return which part of the address is used, and for whom."""
    if options.offline:
        return QCoreApplication.translate(
            "privacy", "Only the built-in catalogue is looked up. Nothing leaves this computer."
        )
    if options.share_address:
        return QCoreApplication.translate(
            "privacy", "Your provider's servers may be told the whole address, as you allowed."
        )
    return QCoreApplication.translate(
        "privacy", "Only the part after @ is used for the look-up. No password is sent."
    )


def asked_text() -> str:
    """Return whom a search asks on the internet, besides what its switches say."""
    return QCoreApplication.translate(
        "privacy",
        "A search asks name servers (DNS), and the web and mail servers of your address's domain "
        "and of its provider. They see your internet address.",
    )


class PrivacyLine(QWidget):
    """A shield and the sentence, below the field for the address."""

    def __init__(self, options: FindOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = WrapLabel("", Type.CAPTION, Tone.SECONDARY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(IconMark("shield", "secondary", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.show_options(options)

    def show_options(self, options: FindOptions) -> None:
        """Say what holds from now on."""
        rest = self.tr("Nothing is sent before you press the button.")
        words = lookup_text(options)
        self._words.setText(words if options.offline else f"{words} {rest}")
