"""The switch for the look for a newer version, and what the last look brought."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mailcheck_gui import __version__
from mailcheck_gui.catalogue.release import version_file
from mailcheck_gui.model.release import VersionLooked
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.check_box import ExplainedBox
from mailcheck_gui.ui.labels import TypedLabel, WrapLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.newer_version_box import newer_version_box
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.translation import translate_message
from mailcheck_gui.ui.web_address import WebAddress


class NewerVersionCard(Card):
    """Says which address is asked, and that nothing is downloaded."""

    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.allowed = newer_version_box()
        self.look = Button(self.tr("Look now"), "refresh")
        self.look.clicked.connect(self._look)
        self._said = WrapLabel(self.tr("This is Mailcheck {version}.").format(version=__version__))
        self._page: WebAddress | None = None
        self.column.setSpacing(Space.M)
        self.column.addWidget(TypedLabel(self.tr("Newer versions"), Type.SUBTITLE))
        self.column.addWidget(ExplainedBox(self.allowed, self._sentence()))
        line = QWidget()
        row = LeadLayout(line)
        row.addWidget(self._said)
        row.addWidget(self.look)
        self.column.addWidget(line)

    def _sentence(self) -> str:
        template = self.tr(
            "Mailcheck then asks for {address} and compares. It tells nothing about you or your "
            "accounts, and downloads nothing."
        )
        return template.format(address=version_file())

    def _look(self) -> None:
        self.look.setEnabled(False)
        self._said.setText(self.tr("Looking"))
        self.look_wanted.emit()

    def show_looked(self, looked: VersionLooked) -> None:
        """Say what a look brought."""
        self.look.setEnabled(True)
        self._said.setText(translate_message(looked.sentence))
        if self._page is not None:
            self.column.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
            self._page = None
        if looked.page:
            self._page = WebAddress(looked.page, translate_message(looked.sentence))
            self.column.addWidget(self._page)

    def sentence(self) -> str:
        """Return what is said."""
        return self._said.plain_text()
