"""Attacks on the choice of settings: secure ports are cut, so that a weaker one looks best."""

from __future__ import annotations

import pytest
from check_stage import CheckStage, draft, typed
from engine_stage import Behind, speaking
from hostile import (
    Attacker,
    assert_no_credential_left,
    assert_one_exchange,
    attack_on,
    role_of,
)
from run_watch import RunWatch
from whole_check import IMAP, NONE, POP3, SMTP, SSL, STARTTLS

from mailcheck_gui.model.account import Protocol, Security
from mailcheck_gui.model.finding import Proof, SideStatus
from mailcheck_gui.model.observation import Stage
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.practice import (
    CertificateKind,
    Door,
    Fault,
    Foreign,
    Misstep,
    PracticeHost,
    StartTls,
)

PORTS = {SMTP: (465, 587), IMAP: (993, 143), POP3: (995, 110)}

CUTS: dict[str, Behind | None] = {
    "dropped": Door.BLOCKED,
    "unreachable": Door.UNREACHABLE,
    "refused": None,
    "reset": speaking(IMAP, faults=(Fault(Stage.CONNECT, Misstep.RESET),)),
    "hijacked": speaking(IMAP, foreign=Foreign.HTTP),
}


def weak(protocol: Protocol) -> dict[str, Behind]:
    """Servers that take a password in ways that no one may be led to."""
    return {
        "plain text only": speaking(
            protocol, starttls=StartTls.NOT_OFFERED, sign_in_before_tls=True
        ),
        "stripped": speaking(protocol, starttls=StartTls.STRIPPED, sign_in_before_tls=True),
        "refusing": speaking(protocol, starttls=StartTls.REFUSED, sign_in_before_tls=True),
        "injecting": speaking(protocol, starttls=StartTls.INJECTED, sign_in_before_tls=True),
        "self-signed": speaking(protocol, certificate=CertificateKind.SELF_SIGNED),
        "expired": speaking(protocol, certificate=CertificateKind.EXPIRED),
        "another name": speaking(protocol, certificate_names=("mail.evil.example",)),
        "old TLS": speaking(protocol, oldest_tls_only=True),
    }


WEAK = [(protocol, name) for protocol in Protocol for name in weak(protocol)]


@pytest.mark.parametrize("cut", ["dropped", "refused"])
@pytest.mark.parametrize(("protocol", "weakness"), WEAK)
def test_a_cut_secure_port_leads_to_nothing_weaker(
    protocol: Protocol, weakness: str, cut: str, run_watch: RunWatch
) -> None:
    secure, other = PORTS[protocol]
    ports: dict[int, object] = {other: weak(protocol)[weakness]}
    if CUTS[cut] is not None:
        ports[secure] = CUTS[cut]
    seen = attack_on(protocol, secure, SSL, ports)
    side = seen.report.suggestion.side(role_of(protocol))
    assert (side.status, side.server) == (SideStatus.NO_CURE, None)
    assert seen.report.verdict is Verdict.ERROR
    assert_no_credential_left(run_watch)


@pytest.mark.parametrize("security", [STARTTLS, NONE])
@pytest.mark.parametrize(("protocol", "weakness"), WEAK)
def test_a_weak_setting_that_would_work_is_neither_kept_nor_used(
    protocol: Protocol, weakness: str, security: Security, run_watch: RunWatch
) -> None:
    secure, other = PORTS[protocol]
    ports = {other: weak(protocol)[weakness], secure: Door.BLOCKED}
    seen = attack_on(protocol, other, security, ports)
    side = seen.report.suggestion.side(role_of(protocol))
    assert (side.status, side.server) == (SideStatus.NO_CURE, None)
    assert seen.report.verdict is Verdict.ERROR
    assert_no_credential_left(run_watch)


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("protocol", list(Protocol))
def test_a_weaker_port_is_offered_only_as_verified_tls(
    protocol: Protocol, cut: str, run_watch: RunWatch
) -> None:
    secure, other = PORTS[protocol]
    ports: dict[int, object] = {other: speaking(protocol)}
    if CUTS[cut] is not None:
        ports[secure] = CUTS[cut]
    seen = attack_on(protocol, secure, SSL, ports)
    side = seen.report.suggestion.side(role_of(protocol))
    assert side.server is not None
    assert (side.server.port, side.server.security) == (other, STARTTLS)
    assert side.proof is Proof.SIGNED_IN
    assert seen.report.verdict is Verdict.ERROR  # what was typed still does not work
    assert_one_exchange(run_watch)


def test_the_slower_but_stronger_port_wins(run_watch: RunWatch) -> None:
    """Ranked by security, not by which answered first."""
    ports = {
        587: speaking(SMTP),
        2525: speaking(SMTP),
        465: speaking(SMTP, implicit=True, greeting_delay=0.4),
    }
    seen = attack_on(SMTP, 587, SSL, ports)
    side = seen.report.suggestion.outgoing
    assert side.server is not None
    assert (side.server.port, side.server.security) == (465, SSL)
    assert_one_exchange(run_watch)


@pytest.mark.parametrize("cut", CUTS)
def test_port_25_is_never_the_way_out(cut: str, run_watch: RunWatch) -> None:
    ports: dict[int, object] = {25: speaking(SMTP)}
    for port in (465, 587, 2525):
        if CUTS[cut] is not None:
            ports[port] = CUTS[cut]
    seen = attack_on(SMTP, 465, SSL, ports)
    server = seen.report.suggestion.outgoing.server
    assert server is None or server.port != 25
    assert seen.report.verdict is Verdict.ERROR


DOCUMENTED = "smtp.gmail.com"


@pytest.mark.parametrize("security", [STARTTLS, NONE])
@pytest.mark.parametrize("upgrade", [StartTls.OFFERED, StartTls.NOT_OFFERED])
def test_a_documented_stronger_port_that_is_cut_is_told(
    security: Security, upgrade: StartTls, run_watch: RunWatch
) -> None:
    ports = ((587, speaking(SMTP, starttls=upgrade, sign_in_before_tls=True)), (465, Door.BLOCKED))
    host = PracticeHost(DOCUMENTED, ("203.0.113.7",), ports)
    outcome = CheckStage({}, more_hosts=(host,)).check(
        draft(None, typed(SMTP, security, 587, DOCUMENTED))
    )
    told = [f for f in outcome.report.findings if f.endpoint and f.endpoint.port == 465]
    assert [f.code for f in told] == ["port-silent"]
    if upgrade is StartTls.NOT_OFFERED:
        assert_no_credential_left(run_watch)
        assert outcome.report.verdict is Verdict.ERROR


@pytest.mark.parametrize("cut", ["dropped", "unreachable", "refused"])
@pytest.mark.parametrize(("port", "security"), [(465, SSL), (587, STARTTLS)])
def test_a_documented_port_that_answers_nobody_is_no_way_out(
    cut: str, port: int, security: Security
) -> None:
    """Neither as the weaker nor as the stronger one: this run found out that it is not there."""
    behind = CUTS[cut]
    ports = () if behind is None else tuple((number, behind) for number in (25, 465, 587, 2525))
    host = PracticeHost(DOCUMENTED, ("203.0.113.7",), ports)
    outcome = CheckStage({}, more_hosts=(host,)).check(
        draft(None, typed(SMTP, security, port, DOCUMENTED))
    )
    assert outcome.report.suggestion.outgoing.status is SideStatus.NO_CURE


def test_no_port_of_a_name_that_leads_nowhere_is_a_way_out() -> None:
    outcome = CheckStage({}).check(draft(None, typed(SMTP, SSL, 465, DOCUMENTED)))
    assert outcome.report.suggestion.outgoing.status is SideStatus.NO_CURE


@pytest.mark.parametrize("cut", ["dropped", "reset"])
@pytest.mark.parametrize("weakness", ["plain text only", "stripped"])
def test_every_port_of_the_host_is_weak(cut: str, weakness: str, run_watch: RunWatch) -> None:
    ports: dict[int, object] = {
        143: weak(IMAP)[weakness],
        110: weak(POP3)[weakness],
        993: CUTS[cut],
        995: CUTS[cut],
    }
    seen = attack_on(IMAP, 993, SSL, ports)
    assert seen.report.suggestion.incoming.server is None
    assert_no_credential_left(run_watch)


def test_a_capability_that_lies_about_tls_is_found_out(run_watch: RunWatch) -> None:
    """STARTTLS is offered and agreed to, and then plain text goes on as if nothing were."""
    attacker = Attacker(
        SMTP, go_ahead=b"220 go ahead\r\n", answers={"": b"250-mx\r\n250 AUTH PLAIN\r\n"}
    )
    seen = attack_on(SMTP, 587, STARTTLS, {587: attacker, 465: Door.BLOCKED})
    assert "tls-handshake-failed" in seen.errors
    assert seen.report.suggestion.outgoing.server is None
    assert_no_credential_left(run_watch)
