"""The settings that people really type, against servers that are fine: cause, cure and proof."""

from __future__ import annotations

import pytest
from whole_check import (
    HOST,
    IMAP,
    NONE,
    POP3,
    SMTP,
    SSL,
    STARTTLS,
    examine,
    healthy_ports,
    side,
)

from mailcheck_gui.model.account import Credential, Credentials, Protocol, Role, Security
from mailcheck_gui.model.finding import Proof, SideStatus
from mailcheck_gui.model.observation import SignInResult
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.practice import Door, Heard

IN, OUT = Role.INCOMING, Role.OUTGOING
V4, V6 = "203.0.113.99", "2001:db8::99"


def role_of(protocol: Protocol) -> Role:
    return OUT if protocol is SMTP else IN


@pytest.mark.parametrize(
    ("protocol", "port", "security"),
    [(IMAP, 993, SSL), (POP3, 995, SSL), (SMTP, 465, SSL)],
)
def test_the_strongest_settings_are_kept(protocol: Protocol, port: int, security: Security) -> None:
    seen = examine(**{role_of(protocol).value: side(protocol, port, security)})
    suggestion = seen.report.suggestion.side(role_of(protocol))
    assert seen.report.verdict is Verdict.OK
    assert (suggestion.status, suggestion.proof) == (SideStatus.KEEP, Proof.SIGNED_IN)
    assert seen.codes <= {"message-size-limit"}
    assert seen.sign_ins(port) == 1


@pytest.mark.parametrize(("protocol", "port"), [(IMAP, 143), (POP3, 110), (SMTP, 587)])
def test_starttls_works_and_a_stronger_way_is_only_offered(protocol: Protocol, port: int) -> None:
    seen = examine(**{role_of(protocol).value: side(protocol, port, STARTTLS)})
    assert seen.report.verdict is Verdict.OK
    assert seen.codes - {"message-size-limit"} == {"weaker-than-available"}
    assert seen.report.suggestion.side(role_of(protocol)).status is SideStatus.CHANGE
    assert seen.sign_ins(port) == 1


@pytest.mark.parametrize(
    ("protocol", "port", "security", "code", "change"),
    [
        (SMTP, 587, SSL, "tls-on-starttls-port", {"port": "465"}),
        (SMTP, 25, SSL, "tls-on-starttls-port", {"port": "465"}),
        (IMAP, 143, SSL, "tls-on-starttls-port", {"port": "993"}),
        (POP3, 110, SSL, "tls-on-starttls-port", {"port": "995"}),
        (SMTP, 465, STARTTLS, "starttls-on-tls-port", {"security": "implicit-tls"}),
        (IMAP, 993, STARTTLS, "starttls-on-tls-port", {"security": "implicit-tls"}),
        (POP3, 995, STARTTLS, "starttls-on-tls-port", {"security": "implicit-tls"}),
        (SMTP, 465, NONE, "plaintext-on-tls-port", {"security": "implicit-tls"}),
        (IMAP, 993, NONE, "plaintext-on-tls-port", {"security": "implicit-tls"}),
        (POP3, 995, NONE, "plaintext-on-tls-port", {"security": "implicit-tls"}),
        (SMTP, 587, NONE, "plaintext-password", {"port": "465", "security": "implicit-tls"}),
        (SMTP, 25, NONE, "plaintext-password", {"port": "465", "security": "implicit-tls"}),
        (IMAP, 143, NONE, "plaintext-password", {"port": "993", "security": "implicit-tls"}),
        (POP3, 110, NONE, "plaintext-password", {"port": "995", "security": "implicit-tls"}),
        (IMAP, 995, SSL, "protocol-port-mismatch", {"port": "993"}),
        (
            IMAP,
            110,
            STARTTLS,
            "protocol-port-mismatch",
            {"port": "993", "security": "implicit-tls"},
        ),
        (POP3, 993, SSL, "protocol-port-mismatch", {"port": "995"}),
    ],
)
def test_a_slip_is_named_and_its_cure_signed_in_with(
    protocol: Protocol, port: int, security: Security, code: str, change: dict[str, str]
) -> None:
    role = role_of(protocol)
    seen = examine(**{role.value: side(protocol, port, security)})
    suggestion = seen.report.suggestion.side(role)
    assert code in seen.errors
    assert seen.report.verdict is Verdict.ERROR
    assert (suggestion.status, suggestion.proof) == (SideStatus.CHANGE, Proof.SIGNED_IN)
    assert seen.change(role) == change
    proven = int(change.get("port", port))
    assert {p: seen.sign_ins(p) for p in seen.heard if seen.sign_ins(p)} == {proven: 1}


def test_swapped_servers() -> None:
    seen = examine(side(IMAP, 465, SSL), side(SMTP, 993, SSL))
    assert "servers-swapped" in seen.errors
    assert seen.report.verdict is Verdict.ERROR


def test_both_sides_wrong_are_cured_together() -> None:
    seen = examine(side(IMAP, 143, SSL), side(SMTP, 587, SSL))
    assert (seen.change(IN), seen.change(OUT)) == ({"port": "993"}, {"port": "465"})
    assert (seen.sign_ins(993), seen.sign_ins(465)) == (1, 1)


@pytest.mark.parametrize(
    ("port", "security", "other", "way"),
    [(587, STARTTLS, 465, "implicit-tls"), (465, SSL, 587, "starttls")],
)
def test_a_port_that_nothing_comes_back_from(
    port: int, security: Security, other: int, way: str
) -> None:
    ports = {**healthy_ports(), port: Door.BLOCKED, 25: Door.BLOCKED}
    seen = examine(outgoing=side(SMTP, port, security), ports=ports)
    assert "port-silent" in seen.errors
    assert seen.change(OUT) == {"port": str(other), "security": way}
    assert seen.report.suggestion.outgoing.proof is Proof.SIGNED_IN


def test_a_closed_port() -> None:
    ports = healthy_ports()
    del ports[587]
    seen = examine(outgoing=side(SMTP, 587, STARTTLS), ports=ports)
    assert "port-closed" in seen.errors
    assert seen.change(OUT) == {"port": "465", "security": "implicit-tls"}


def test_a_name_that_does_not_exist() -> None:
    seen = examine(side(IMAP, 993, SSL, "imap.nowhere.example"))
    assert "name-not-found" in seen.errors
    assert seen.report.suggestion.incoming.status is SideStatus.NO_CURE


def test_one_family_that_is_dead() -> None:
    seen = examine(side(IMAP, 993, SSL), addresses=(V6, V4), dead_addresses=frozenset({V6}))
    assert "ipv6-broken" in seen.codes
    assert seen.report.verdict is Verdict.WARNING
    assert seen.sign_ins(993) == 1


def _tries_to_sign_in(talk: Heard) -> bool:
    return any(word in talk.inside_tls.upper() for word in (b"AUTH", b"LOGIN", b"PASS"))


def test_a_wrong_password_is_tried_once_a_side() -> None:
    wrong = Credential("anna@practice.example", "something else")
    seen = examine(
        side(IMAP, 993, SSL), side(SMTP, 465, SSL), credentials=Credentials(wrong, wrong)
    )
    assert seen.errors == {"sign-in-failed"}
    results = [(s.role, s.result) for s in seen.report.observations.sign_ins]
    assert results == [(IN, SignInResult.REFUSED), (OUT, SignInResult.REFUSED)]
    tries = {port: sum(map(_tries_to_sign_in, talks)) for port, talks in seen.heard.items()}
    assert {port: count for port, count in tries.items() if count} == {993: 1, 465: 1}
    assert seen.report.suggestion.incoming.status is not SideStatus.CHANGE


def test_without_a_password_the_proof_is_a_handshake() -> None:
    seen = examine(outgoing=side(SMTP, 587, SSL), credentials=Credentials())
    assert seen.change(OUT) == {"port": "465"}
    assert seen.report.suggestion.outgoing.proof is Proof.HANDSHAKE
    assert HOST in str(seen.document)
