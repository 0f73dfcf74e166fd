"""An address in the web, as plain text that can be copied or opened: never a link in running text.

What a stranger's file or a catalogue names is shown in full before anything is opened, and only
https is opened.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget

from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.ui.buttons import CopyLink, Link
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import FlowLayout, LeadLayout
from mailcheck_gui.ui.theme import Space, Type

_LONGEST = 300
"""Characters that are shown of an address; a longer one can be copied, but is not opened."""


class WebAddress(QWidget):
    """The address, a button that copies it, and one that opens it in the person's browser.

    `subject` says to a screen reader what it is about. Without `opens` it can only be copied.
    """

    def __init__(
        self, url: str, subject: str = "", *, opens: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.url = url
        shown = WrapLabel(visible_text(url, _LONGEST), Type.CAPTION, Tone.SECONDARY)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = CopyLink(self.tr("Copy address"))
        self.copy.clicked.connect(self._copy)
        links: list[QAbstractButton] = [self.copy]
        if opens and can_be_opened(url):
            links.append(Link(self.tr("Open page"), "open"))
            links[-1].clicked.connect(self._open)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=Space.L)
        for link in links:
            link.setAccessibleDescription(subject or url)
            flow.addWidget(link)
        row = LeadLayout(self, spacing=Space.M, lead_width=300)
        row.addWidget(shown)
        row.addWidget(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.url)
        self.copy.confirm()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self.url, QUrl.ParsingMode.StrictMode))


def can_be_opened(url: str) -> bool:
    """Return whether an address is one that a browser may be sent to without harm."""
    parsed = QUrl(url, QUrl.ParsingMode.StrictMode)
    plain = parsed.isValid() and parsed.scheme() == "https" and bool(parsed.host())
    return plain and not parsed.userInfo() and len(url) <= _LONGEST
