"""Control probes on real sockets: asked only where agreed, never spoken to, and what they prove."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from check_stage import CheckStage, Outcome, draft, typed
from engine_stage import IMAP, SMTP, SSL, STARTTLS, Behind, speaking
from recording import assert_nothing_readable

from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.finding import Finding
from mailcheck_gui.model.observation import ControlPurpose
from mailcheck_gui.practice import Door, PracticeHost, StartTls

GOOGLE, MICROSOFT, GMX = "203.0.113.201", "203.0.113.202", "203.0.113.203"
CONTROLS = (GOOGLE, MICROSOFT, GMX)
AGREED = CheckOptions(controls=True)


def controls(*ports: tuple[int, Behind]) -> tuple[PracticeHost, ...]:
    """Big servers that answer only on the ports named."""
    names = (
        ("smtp.gmail.com", GOOGLE),
        ("www.google.com", GOOGLE),
        ("smtp.office365.com", MICROSOFT),
        ("outlook.office365.com", MICROSOFT),
        ("mail.gmx.net", GMX),
        ("www.gmx.net", GMX),
    )
    return tuple(PracticeHost(name, (address,), ports) for name, address in names)


@dataclass(frozen=True)
class Row:
    """One situation and the error that it proves."""

    name: str
    ports: dict[int, Behind]
    others: tuple[tuple[int, Behind], ...]
    expected: str

    def __str__(self) -> str:
        return self.name


OPEN_465: dict[int, Behind] = {587: Door.BLOCKED, 465: speaking(SMTP, implicit=True)}
ALL_BLOCKED: dict[int, Behind] = dict.fromkeys((25, 465, 587, 2525), Door.BLOCKED)
WEB = speaking(IMAP, implicit=True)  # that a connection is taken is all that is asked

ROWS = [
    Row("server", OPEN_465, ((587, speaking(SMTP)),), "port-blocked-by-server"),
    Row("network", OPEN_465, ((587, Door.BLOCKED),), "port-blocked-by-network"),
    Row("banned", {**ALL_BLOCKED, 443: WEB}, ((587, speaking(SMTP)), (443, WEB)), "address-banned"),
    Row("down", {**ALL_BLOCKED, 443: Door.BLOCKED}, ((587, speaking(SMTP)), (443, WEB)),
        "host-unreachable"),
    Row("offline", {**ALL_BLOCKED, 443: Door.BLOCKED}, ((587, Door.BLOCKED), (443, Door.BLOCKED)),
        "offline"),
]  # fmt: skip


def examine(row: Row, options: CheckOptions = AGREED) -> Outcome:
    stage = CheckStage(row.ports, more_hosts=controls(*row.others))
    return stage.check(draft(outgoing=typed(SMTP, STARTTLS, 587)), options=options)


def first(outcome: Outcome) -> Finding:
    return outcome.report.findings[0]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_controls_prove(row: Row) -> None:
    outcome = examine(row)
    assert first(outcome).code == row.expected
    assert "Google" in str(dict(first(outcome).evidence.facts)["controls"])


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_nobody_is_asked_without_agreement(row: Row) -> None:
    outcome = examine(row, CheckOptions())
    assert outcome.report.observations.controls == ()
    assert not {address for address, _, _ in outcome.network.sent} & set(CONTROLS)
    assert first(outcome).code in ("port-silent", "host-unreachable")


def test_nothing_is_ever_sent_to_a_control() -> None:
    outcome = examine(ROWS[0])
    sent = [data for address, _, data in outcome.network.sent if address in CONTROLS]
    assert len(sent) == 3
    assert not any(sent)
    assert_nothing_readable(outcome.network)


def test_a_healthy_check_asks_nobody() -> None:
    stage = CheckStage({465: speaking(SMTP, implicit=True)}, more_hosts=controls())
    outcome = stage.check(draft(outgoing=typed(SMTP, SSL, 465)), options=AGREED)
    assert outcome.report.observations.controls == ()


def proxy(*ports: tuple[int, Behind]) -> PracticeHost:
    """Something that answers for the address that no computer has."""
    return PracticeHost("proxy.practice.example", ("192.0.2.1",), ports)


def test_an_answering_address_that_nobody_has_is_a_proxy() -> None:
    answering = speaking(SMTP, starttls=StartTls.NOT_OFFERED)
    stage = CheckStage({25: answering}, more_hosts=(proxy((25, answering)),))
    outcome = stage.check(draft(outgoing=typed(SMTP, STARTTLS, 25)), options=AGREED)

    assert first(outcome).code == "transparent-proxy"
    purposes = [seen.purpose for seen in outcome.report.observations.controls]
    assert ControlPurpose.UNUSED_HIGH in purposes
