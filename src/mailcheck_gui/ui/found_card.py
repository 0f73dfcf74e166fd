"""The settings that were found: what they are, where they come from, and one press to use them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from mailcheck_gui.model.account import SIDES, AuthMethod, Field, Protocol, Role, Server
from mailcheck_gui.model.discovery import SettingsCandidate
from mailcheck_gui.model.finding import PreparationStep
from mailcheck_gui.ui.badge import Badge, BadgeKind
from mailcheck_gui.ui.card import INNER, Card, Ground, Rule
from mailcheck_gui.ui.card_head import CardHead
from mailcheck_gui.ui.find_headline import found_headline
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.layouts import FlowLayout
from mailcheck_gui.ui.password_prompt import PasswordPrompt
from mailcheck_gui.ui.preparation_steps import PreparationSteps
from mailcheck_gui.ui.proof_badge import proof_badge
from mailcheck_gui.ui.provenance import ProvenanceLines
from mailcheck_gui.ui.requests import FillRequest, TypedPasswords
from mailcheck_gui.ui.server_words import field_text, value_texts
from mailcheck_gui.ui.side_summary import SideColumns, SideSummary
from mailcheck_gui.ui.theme import Space
from mailcheck_gui.ui.times import listed
from mailcheck_gui.ui.verdict_foot import VerdictFoot

_PASSWORDS = frozenset({AuthMethod.PASSWORD, AuthMethod.ENCRYPTED_PASSWORD})
_MADE_PASSWORDS = frozenset({"app-password", "mail-password"})
"""Kinds of preparation that end with a password for mail programs."""


class FoundCard(Card):
    """One candidate at a time, with a choice of protocols where both were found.

    Choosing another one changes what stands above the foot; what was typed into the password field
    stays, and so does the keyboard.
    """

    use_requested = Signal(object)  # FillRequest

    def __init__(
        self,
        choices: Sequence[SettingsCandidate],
        shown: SettingsCandidate,
        preparation: Sequence[PreparationStep] = (),
        *,
        has_password: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(padding=1, parent=parent)
        self._has_password = has_password
        self._password_made = any(step.kind in _MADE_PASSWORDS for step in preparation)
        self._places = (QVBoxLayout(), QVBoxLayout())  # of the head and of the values
        self.candidate = shown
        self.head = _head(shown)
        self.prompt = PasswordPrompt(separate=False)
        self.foot = VerdictFoot("", self.tr("Use and check"), IconMark("lock", "secondary", 18))
        self.radios = [self._radio(choice) for choice in choices]
        self._build_foot()
        self.column.addLayout(self._places[0])
        if len(choices) > 1:
            self.column.addWidget(self._choice_line())
            self.column.addWidget(Rule())
        self.column.addLayout(self._places[1])
        if preparation:
            self.column.addWidget(Rule())
            self.column.addWidget(PreparationSteps(preparation))
        self.column.addWidget(self.foot)
        self.show_candidate(self.candidate)

    def _build_foot(self) -> None:
        only = self.foot.add_button(self.tr("Only fill the form"))
        only.clicked.connect(lambda: self._use(check=False))
        self.foot.primary.clicked.connect(lambda: self._use(check=True))
        self.foot.finish()
        self.foot.ask_password(self.prompt)

    def _radio(self, choice: SettingsCandidate) -> QRadioButton:
        radio = QRadioButton(_protocol_text(choice))
        radio.setAccessibleName(radio.text())
        radio.setChecked(choice is self.candidate)
        radio.clicked.connect(partial(self.show_candidate, choice))
        return radio

    def _choice_line(self) -> QWidget:
        line = QWidget()
        line.setAccessibleName(self.tr("How to receive mail"))
        flow = FlowLayout(line, spacing=Space.XXL)
        flow.setContentsMargins(INNER, Space.M, INNER, Space.M)
        group = QButtonGroup(line)
        for radio in self.radios:
            group.addButton(radio)
            flow.addWidget(radio)
        return line

    def show_candidate(self, candidate: SettingsCandidate) -> None:
        """Show another candidate in the same card."""
        self.candidate = candidate
        self.set_ground(Ground.PLAIN, found_headline(candidate).ground)
        self.head = _head(candidate)
        _put(self._places[0], self.head)
        _put(self._places[1], _values(candidate))
        self.prompt.setVisible(self._wants_password())
        self.foot.set_sentence(self._where_sent())

    def _takes_password(self) -> bool:
        return self._password_made or _takes_password(self.candidate)

    def _wants_password(self) -> bool:
        return not self._has_password and self._takes_password()

    def _where_sent(self) -> str:
        if not self._takes_password():
            return self.tr("Signing in happens on your provider's page. No password is sent.")
        servers = (self.candidate.server(role) for role in SIDES)
        names = dict.fromkeys(server.host for server in servers if server is not None)
        template = self.tr("Sent only to {hosts}, once each, over verified encryption.")
        return template.format(hosts=listed(list(names)))

    def _use(self, *, check: bool) -> None:
        typed = self.prompt.passwords() if self._wants_password() else TypedPasswords()
        self.prompt.clear()
        candidate = _with_password(self.candidate) if typed else self.candidate
        self.use_requested.emit(FillRequest(candidate, typed, check))

    def take_focus(self) -> None:
        """Put the keyboard where the next thing is to be done: the password, else the button."""
        if self._wants_password():
            self.prompt.focus_field()
        else:
            self.foot.primary.setFocus(Qt.FocusReason.OtherFocusReason)


def _head(candidate: SettingsCandidate) -> CardHead:
    words = found_headline(candidate)
    return CardHead(words.ground, words.shape, words.title, words.body)


def _put(place: QVBoxLayout, widget: QWidget) -> None:
    """Show a widget in place of the one that is there."""
    while (item := place.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    place.addWidget(widget)


def _values(candidate: SettingsCandidate) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(candidate_columns(candidate))
    column.addWidget(ProvenanceLines(candidate))
    return whole


def candidate_columns(candidate: SettingsCandidate) -> SideColumns:
    """Return both sides of a candidate side by side, each with what it rests on."""
    sides = ((role, candidate.server(role)) for role in SIDES)
    return SideColumns(
        [
            SideSummary(role, server, _badge(candidate, role), [_sign_in(server)])
            for role, server in sides
            if server is not None
        ]
    )


def _sign_in(server: Server) -> tuple[str, str]:
    return field_text(Field.AUTH), value_texts(server)[Field.AUTH]


def _badge(candidate: SettingsCandidate, role: Role) -> Badge:
    proof = candidate.proof(role)
    if proof is not None:
        return proof_badge(proof)
    return Badge(BadgeKind.DOCUMENTED, QCoreApplication.translate("FoundCard", "Unproven"))


def _takes_password(candidate: SettingsCandidate) -> bool:
    servers = (candidate.server(role) for role in SIDES)
    return any(server is not None and server.auth in _PASSWORDS for server in servers)


def _with_password(candidate: SettingsCandidate) -> SettingsCandidate:
    """Return a candidate that signs in with the typed password where OAuth2 was the first choice.

    Providers that take OAuth2 in mail programs often take a password made for one as well.
    """
    return replace(
        candidate,
        incoming=_signing_in_by_password(candidate.incoming),
        outgoing=_signing_in_by_password(candidate.outgoing),
    )


def _signing_in_by_password(server: Server | None) -> Server | None:
    if server is None or server.auth is not AuthMethod.OAUTH2:
        return server
    return replace(server, auth=AuthMethod.PASSWORD)


def _protocol_text(candidate: SettingsCandidate) -> str:
    if candidate.incoming is not None and candidate.incoming.protocol is Protocol.POP3:
        return QCoreApplication.translate("FoundCard", "POP3: mail is fetched to this computer")
    return QCoreApplication.translate("FoundCard", "IMAP: mail stays on the server")
