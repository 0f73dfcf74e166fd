"""One whole check through the engine against scripted servers, and what holds for every one."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass

from engine_stage import BOTH, HOST, SECRET, USER, V4, Behind, hurried, speaking
from report_contract import broken_rules

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.engine.check import run_check
from mailcheck_gui.engine.ledger import SignInLedger
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import (
    AccountDraft,
    Credentials,
    Protocol,
    Role,
    Security,
    ServerDraft,
)
from mailcheck_gui.model.finding import Severity
from mailcheck_gui.model.report import Report
from mailcheck_gui.practice import Door, Heard, PracticeHost, PracticeNetwork, PracticeServers
from mailcheck_gui.reporting.json_report import report_to_object
from mailcheck_gui.reporting.text_report import report_to_text

IMAP, POP3, SMTP = Protocol.IMAP, Protocol.POP3, Protocol.SMTP
SSL, STARTTLS, NONE = Security.IMPLICIT_TLS, Security.STARTTLS, Security.NONE
FORMS = (
    SECRET,
    base64.b64encode(SECRET.encode()).decode(),
    base64.b64encode(f"\0{USER}\0{SECRET}".encode()).decode(),
)


@dataclass(frozen=True)
class Examined:
    """What a whole check came to."""

    report: Report
    document: dict[str, object]
    heard: dict[int, tuple[Heard, ...]]

    @property
    def errors(self) -> set[str]:
        """The codes of all errors."""
        return {f.code for f in self.report.findings if f.severity is Severity.ERROR}

    @property
    def codes(self) -> set[str]:
        """The codes of all findings."""
        return {f.code for f in self.report.findings}

    def change(self, role: Role) -> dict[str, str]:
        """Return what the suggestion changes on one side: field to value."""
        return {c.field.value: c.suggested for c in self.report.suggestion.side(role).changes}

    def sign_ins(self, port: int) -> int:
        """Return how many conversations at a port brought the password, inside TLS."""
        forms = [form.encode() for form in FORMS]
        return sum(any(f in talk.inside_tls for f in forms) for talk in self.heard.get(port, ()))


def healthy_ports() -> dict[int, Behind]:
    """Return a host as a good provider runs it."""
    return {
        143: speaking(IMAP),
        993: speaking(IMAP, implicit=True),
        110: speaking(POP3),
        995: speaking(POP3, implicit=True),
        25: speaking(SMTP),
        587: speaking(SMTP),
        465: speaking(SMTP, implicit=True),
    }


def side(protocol: Protocol, port: int, security: Security, host: str = HOST) -> ServerDraft:
    """Return one side as it was typed."""
    return ServerDraft(protocol, host, str(port), security, username=USER)


def examine(
    incoming: ServerDraft | None = None,
    outgoing: ServerDraft | None = None,
    ports: dict[int, Behind] | None = None,
    *,
    addresses: tuple[str, ...] = (V4,),
    dead_addresses: frozenset[str] = frozenset(),
    credentials: Credentials = BOTH,
    options: CheckOptions | None = None,
    **limits: float,
) -> Examined:
    """Run a check and hold it to the promises that know no exception."""
    behind = healthy_ports() if ports is None else ports
    host = PracticeHost(HOST, addresses, tuple(behind.items()), dead_addresses)
    draft = AccountDraft(USER, incoming, outgoing)
    examined = asyncio.run(_examine(draft, host, credentials, options, limits))
    assert broken_rules(examined.document) == []
    shown = f"{examined.document}{report_to_text(examined.report)}"
    for form in FORMS:
        assert form not in shown
        for talks in examined.heard.values():
            assert not [talk for talk in talks if form.encode() in talk.plain]
    return examined


async def _examine(
    draft: AccountDraft,
    host: PracticeHost,
    credentials: Credentials,
    options: CheckOptions | None,
    limits: dict[str, float],
) -> Examined:
    async with PracticeServers((host,)) as servers:
        report = await run_check(
            take_in(draft, load_providers()),
            credentials,
            PracticeNetwork(servers),
            lambda _: None,
            options,
            thresholds=hurried(**limits),
            ledger=SignInLedger(),
        )
        heard = {p: servers.heard(HOST, p) for p, b in host.ports if not isinstance(b, Door)}
        return Examined(report, report_to_object(report), heard)
