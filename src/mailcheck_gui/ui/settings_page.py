"""The settings of the program itself: language, theme, keychain, and whom it may ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mailcheck_gui.model.control import Control
from mailcheck_gui.storage.credentials import StoreState
from mailcheck_gui.storage.preferences import Preferences, Theme
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.choice_boxes import ChoiceBox
from mailcheck_gui.ui.controls_card import ControlsCard
from mailcheck_gui.ui.find_settings_card import FindSettingsCard
from mailcheck_gui.ui.form_fields import Labelled
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.newer_version_card import NewerVersionCard
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.page_header import PageHeader
from mailcheck_gui.ui.theme import Space, Type, scaled

_BOX_WIDTH = 260


class Language(StrEnum):
    """The languages of the window; "" is the system's."""

    SYSTEM = ""
    ENGLISH = "en"


class SettingsPage(Page):
    """`changed` carries the new `Preferences`; they are applied and saved by the window."""

    changed = Signal(object)
    keychain_wanted = Signal()
    look_wanted = Signal()  # for a newer version, now

    def __init__(
        self,
        preferences: Preferences,
        controls: Sequence[Control],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Settings"))
        self._preferences = preferences
        self.language = ChoiceBox[Language](
            self.tr("Language"),
            [(Language.SYSTEM, self.tr("As the system")), (Language.ENGLISH, "English")],
        )
        self.theme = ChoiceBox[Theme](
            self.tr("Theme"),
            [
                (Theme.SYSTEM, self.tr("As the system")),
                (Theme.LIGHT, self.tr("Light")),
                (Theme.DARK, self.tr("Dark")),
            ],
        )
        self._keychain = WrapLabel("", Type.BODY)
        self.again = Button(self.tr("Look again"), "refresh")
        self.finding = FindSettingsCard()
        self.comparison = ControlsCard(controls)
        self.newer_version = NewerVersionCard()
        self._build()
        self.show_preferences(preferences)
        self.language.activated.connect(self._on_chosen)
        self.theme.activated.connect(self._on_chosen)
        self.again.clicked.connect(self.keychain_wanted)
        self.finding.changed.connect(self._on_chosen)
        self.comparison.allowed.clicked.connect(self._on_chosen)
        self.newer_version.allowed.clicked.connect(self._on_chosen)
        self.newer_version.look_wanted.connect(self.look_wanted)

    def _build(self) -> None:
        self.column.addWidget(PageHeader(self.tr("Settings")))
        self.column.addWidget(
            self._choices(
                self.tr("Appearance"),
                (
                    Labelled(self.tr("Theme"), self.theme),
                    Labelled(self.tr("Language (from the next start on)"), self.language),
                ),
            )
        )
        card = self._card(self.tr("Passwords"))
        line = QWidget()
        row = LeadLayout(line)
        row.addWidget(self._keychain)
        row.addWidget(self.again)
        card.column.addWidget(line)
        self.column.addWidget(card)
        for last in (self.finding, self.comparison, self.newer_version):
            self.column.addWidget(last)
        self.fit_text()

    def fit_text(self) -> None:
        """Take the width of the boxes from the text size as well."""
        super().fit_text()
        for box in (self.theme, self.language):
            box.setMaximumWidth(scaled(_BOX_WIDTH))

    def _card(self, title: str) -> Card:
        card = Card()
        card.column.setSpacing(Space.M)
        card.column.addWidget(TypedLabel(title, Type.SUBTITLE))
        return card

    def _choices(self, title: str, fields: Sequence[Labelled]) -> Card:
        card = self._card(title)
        for field in fields:
            card.column.addWidget(field)
        return card

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is set."""
        self._preferences = preferences
        known = [language.value for language in Language]
        code = preferences.language if preferences.language in known else ""
        self.language.set_value(Language(code))
        self.theme.set_value(preferences.theme)
        self.finding.show_preferences(preferences)
        self.comparison.allowed.setChecked(preferences.controls)
        self.newer_version.allowed.setChecked(preferences.newer_version)

    def show_keychain(self, state: StoreState) -> None:
        """Say whether passwords can be remembered here."""
        words = {
            StoreState.AVAILABLE: self.tr(
                "Passwords are remembered in this computer's keychain, and nowhere else."
            ),
            StoreState.NONE: self.tr(
                "This computer has no keychain. Passwords are kept until you close Mailcheck."
            ),
            StoreState.LOCKED: self.tr(
                "The keychain is locked. Passwords are kept until you close Mailcheck."
            ),
            StoreState.BROKEN: self.tr(
                "The keychain does not answer. Passwords are kept until you close Mailcheck."
            ),
        }
        self._keychain.setText(words[state])
        self._keychain.set_tone(Tone.TEXT if state is StoreState.AVAILABLE else Tone.WARNING)
        self.again.setVisible(state is not StoreState.AVAILABLE)

    def _on_chosen(self) -> None:
        self._preferences = replace(
            self.finding.put_into(self._preferences),
            language=self.language.value().value,
            theme=self.theme.value(),
            controls=self.comparison.allowed.isChecked(),
            newer_version=self.newer_version.allowed.isChecked(),
        )
        self.changed.emit(self._preferences)
