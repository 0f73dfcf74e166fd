"""The verdict: what is wrong, your value against the one that works, and the next step."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.model.account import SIDES
from mailcheck_gui.model.finding import SideStatus
from mailcheck_gui.model.report import Report
from mailcheck_gui.ui.card import INNER, Card, Ground
from mailcheck_gui.ui.consent_card import ConsentCard
from mailcheck_gui.ui.cure_steps import provider_letter
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.password_prompt import PasswordPrompt
from mailcheck_gui.ui.requests import ApplyRequest, ResultContext, TypedPasswords
from mailcheck_gui.ui.result_kind import ResultKind, all_signed_in, lacks_password, result_kind
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Space
from mailcheck_gui.ui.times import listed
from mailcheck_gui.ui.verdict_body import VerdictBody
from mailcheck_gui.ui.verdict_foot import VerdictFoot
from mailcheck_gui.ui.verdict_head import VerdictHead, verdict_ground


class VerdictCard(Card):
    """One object: head, body and foot. Built anew for each report."""

    apply_requested = Signal(object)  # ApplyRequest
    check_again_requested = Signal()
    passwords_entered = Signal(object)  # TypedPasswords
    save_report_requested = Signal()
    copy_text_requested = Signal(object)  # str
    details_requested = Signal(object)  # Finding

    def __init__(
        self, report: Report, context: ResultContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(Ground.PLAIN, edge=verdict_ground(report), padding=1, parent=parent)
        self._report = report
        self._context = context
        self.kind = result_kind(report)
        self.head = VerdictHead(report)
        self.body = VerdictBody(report, separate_passwords=context.separate_passwords)
        self.body.copy_text_requested.connect(self.copy_text_requested)
        self.body.details_requested.connect(self.details_requested)
        self.foot = self._make_foot()
        self.consent: ConsentCard | None = None
        self._question = QVBoxLayout()
        self._question.setContentsMargins(INNER, 0, INNER, 0)
        self.column.addWidget(self.head)
        self.column.addWidget(self.body)
        self.column.addLayout(self._question)
        if self.foot is not None:
            self.foot.finish()
            self.column.addWidget(self.foot)

    def _make_foot(self) -> VerdictFoot | None:
        makers = {
            ResultKind.CHANGE: self._change_foot,
            ResultKind.NO_CURE: self._no_cure_foot,
            ResultKind.INCOMPLETE: self._incomplete_foot,
            ResultKind.OFFLINE: self._offline_foot,
        }
        maker = makers.get(self.kind)
        return maker() if maker is not None else None

    def _change_foot(self) -> VerdictFoot:
        signed_in = all_signed_in(self._report.suggestion.changes)
        words = self.tr("Apply and check again") if signed_in else self.tr("Try these settings")
        if lacks_password(self._report):
            sentence = self.tr("The sign-in was not tested, as no password was entered.")
            foot = VerdictFoot(sentence, words, ShapeMark(Shape.NOT_TESTED, 18))
            ask = foot.add_button(self.tr("Enter password"))
            ask.clicked.connect(self._ask_password)
            ask.clicked.connect(ask.hide)
        else:
            sentence = self.tr(
                "This changes the settings here in Mailcheck. Your mail program comes next."
            )
            foot = VerdictFoot(sentence, words)
            later = foot.add_button(self.tr("Not now"))
            later.clicked.connect(self._put_off)
            later.clicked.connect(later.hide)
        foot.primary.clicked.connect(self.apply)
        return foot

    def _no_cure_foot(self) -> VerdictFoot:
        asks = self.body.prompt is not None
        mark = IconMark("lock", "secondary", 18) if asks else None
        sentence = self._where_sent() if asks else self.tr("Nothing was changed.")
        foot = VerdictFoot(sentence, self.tr("Check again"), mark)
        if provider_letter(self._report):
            save = foot.add_button(self.tr("Save report for my provider"))
            save.clicked.connect(self.save_report_requested)
        if self.body.prompt is not None:
            self.body.prompt.confirmed.connect(foot.primary.click)
        foot.primary.clicked.connect(self._check_again)
        return foot

    def _incomplete_foot(self) -> VerdictFoot:
        asks = lacks_password(self._report)
        mark = IconMark("lock", "secondary", 18) if asks else None
        foot = VerdictFoot(self._where_sent() if asks else "", self.tr("Check again"), mark)
        if asks:
            foot.ask_password(self._make_prompt())
        foot.primary.clicked.connect(self._check_again)
        return foot

    def _offline_foot(self) -> VerdictFoot:
        sentence = self.tr("Switch on Wi-Fi or plug in the cable, then try again.")
        foot = VerdictFoot(sentence, self.tr("Try again"))
        foot.primary.clicked.connect(self.check_again_requested)
        return foot

    def _where_sent(self) -> str:
        names = listed(list(dict.fromkeys(self._next_hosts())))
        template = self.tr("Sent only to {hosts}, once each, over verified encryption.")
        return template.format(hosts=names)

    def _next_hosts(self) -> Iterator[str]:
        """Name the servers of the next check: suggested ones where they differ."""
        for role, server in self._report.account.sides():
            side = self._report.suggestion.side(role)
            changes = self.kind is ResultKind.CHANGE and bool(side.changes)
            yield side.server.host if changes and side.server is not None else server.host

    def _make_prompt(self) -> PasswordPrompt:
        return PasswordPrompt(separate=self._context.separate_passwords)

    def _ask_password(self) -> None:
        if self.foot is not None:
            prompt = self._make_prompt()
            self.foot.ask_password(prompt)
            self.foot.set_sentence(self._where_sent())
            prompt.focus_field()

    def _put_off(self) -> None:
        if self.foot is not None:
            self.foot.set_sentence(self.tr("Nothing was changed. The offer stays here."))

    def _typed(self) -> TypedPasswords:
        prompt = self.body.prompt or (self.foot.prompt if self.foot is not None else None)
        return prompt.passwords() if prompt is not None else TypedPasswords()

    def _check_again(self) -> None:
        typed = self._typed()
        if typed:
            self.passwords_entered.emit(typed)
        else:
            self.check_again_requested.emit()

    def press_primary(self) -> bool:
        """Press the filled button (Ctrl+Enter); return whether there is one to press."""
        if self.foot is None or self.foot.isHidden():
            return False
        self.foot.primary.click()
        return True

    def apply(self) -> None:
        """Ask for the suggested values; first for consent where a new name gets the password."""
        if self._unasked_hosts():
            self._ask_consent()
        else:
            self._send_request(frozenset())

    def _unasked_hosts(self) -> dict[str, str]:
        """Return A-label and shown form of the suggested names that nobody has entered."""
        sides = (self._report.suggestion.side(role) for role in SIDES)
        return {
            side.server.ascii_host: _both_forms(side.server.host, side.server.ascii_host)
            for side in sides
            if side.status is SideStatus.CHANGE and side.needs_consent and side.server is not None
        }

    def _ask_consent(self) -> None:
        if self.consent is not None or self.foot is None:
            return
        hosts = self._unasked_hosts()
        self.consent = ConsentCard(tuple(hosts.values()))
        self.consent.agreed.connect(lambda: self._send_request(frozenset(hosts)))
        self.consent.declined.connect(lambda: self._send_request(frozenset()))
        self.consent.closed.connect(self._close_consent)
        self._question.setContentsMargins(INNER, Space.XS, INNER, Space.L)
        self._question.addWidget(self.consent)
        self.consent.show()
        self.foot.hide()
        self.consent.focus_safe_answer()

    def _close_consent(self) -> None:
        if self.consent is None or self.foot is None:
            return
        self.consent.hide()
        self.consent.deleteLater()
        self.consent = None
        self._question.setContentsMargins(INNER, 0, INNER, 0)
        self.foot.show()
        self.foot.primary.setFocus()

    def _send_request(self, agreed: frozenset[str]) -> None:
        self.apply_requested.emit(ApplyRequest(self._report.suggestion, agreed, self._typed()))


def _both_forms(host: str, ascii_host: str) -> str:
    return host if host == ascii_host else f"{host} ({ascii_host})"
