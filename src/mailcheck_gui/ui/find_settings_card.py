"""The switches of a search for settings: whom it may ask, and what it may tell."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mailcheck_gui.storage.preferences import Preferences
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.check_box import CheckBox, ExplainedBox
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.privacy import asked_text
from mailcheck_gui.ui.theme import Space, Type


class FindSettingsCard(Card):
    """Three ticks, each with what follows from it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.column.setSpacing(Space.M)
        self.offline = CheckBox(self.tr("Look only into the built-in catalogue"))
        self.third_parties = CheckBox(self.tr("Ask Mozilla's database too"))
        self.share_address = CheckBox(self.tr("Tell your provider the whole address"))
        self.column.addWidget(TypedLabel(self.tr("Finding settings"), Type.SUBTITLE))
        self.column.addWidget(WrapLabel(asked_text(), tone=Tone.SECONDARY))
        self._add(self.offline, self.tr("A search then sends nothing at all."))
        self._add(
            self.third_parties,
            self.tr("autoconfig.thunderbird.net learns the part after @, and no more."),
        )
        self._add(
            self.share_address,
            self.tr(
                "Some providers name better settings then. Without this no request carries the "
                "part before @."
            ),
        )

    def _add(self, box: CheckBox, sentence: str) -> None:
        box.clicked.connect(self._on_clicked)
        self.column.addWidget(ExplainedBox(box, sentence))

    def _on_clicked(self) -> None:
        self._show_effects()
        self.changed.emit()

    def _show_effects(self) -> None:
        online = not self.offline.isChecked()
        self.third_parties.setEnabled(online)
        self.share_address.setEnabled(online)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is set."""
        self.offline.setChecked(preferences.offline)
        self.third_parties.setChecked(preferences.third_parties)
        self.share_address.setChecked(preferences.share_address)
        self._show_effects()

    def put_into(self, preferences: Preferences) -> Preferences:
        """Return preferences with what is set here."""
        return replace(
            preferences,
            offline=self.offline.isChecked(),
            third_parties=self.third_parties.isChecked(),
            share_address=self.share_address.isChecked(),
        )
