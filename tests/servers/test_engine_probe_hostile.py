"""Servers and paths that mean no good: the conversation stops, and no password is near it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ssl

import pytest
from engine_stage import (
    CREDENTIAL,
    IMAP,
    POP3,
    SECRET,
    SMTP,
    SSL,
    STARTTLS,
    USER,
    Stage,
    incoming,
    outgoing,
    server,
    speaking,
)
from recording import assert_nothing_readable, forms_of

from mailcheck_gui.model.account import Account, AuthMethod, Protocol, Role
from mailcheck_gui.model.observation import (
    EndKind,
    GreetingKind,
    HandshakeOutcome,
    NotTestedReason,
    Opening,
    StartTlsOutcome,
)
from mailcheck_gui.model.observation import Stage as TalkStage
from mailcheck_gui.practice.authority import CertificateKind
from mailcheck_gui.practice.behaviour import Fault, Misstep, StartTls
from mailcheck_gui.practice.wire import Wire

PORTS = {SMTP: 587, IMAP: 143, POP3: 110}


def account_on(protocol: Protocol, port: int | None = None) -> object:
    at = PORTS[protocol] if port is None else port
    return outgoing(STARTTLS, at) if protocol is SMTP else incoming(protocol, STARTTLS, at)


@pytest.mark.parametrize("protocol", [SMTP, IMAP, POP3])
@pytest.mark.parametrize(
    ("treatment", "outcome"),
    [
        (StartTls.NOT_OFFERED, StartTlsOutcome.NOT_OFFERED),
        (StartTls.STRIPPED, StartTlsOutcome.NOT_OFFERED),
        (StartTls.REFUSED, StartTlsOutcome.REFUSED),
        (StartTls.INJECTED, StartTlsOutcome.INJECTED),
    ],
)
def test_no_upgrade_no_sign_in(
    protocol: Protocol, treatment: StartTls, outcome: StartTlsOutcome
) -> None:
    behaviour = speaking(protocol, starttls=treatment, sign_in_before_tls=True)
    seen = Stage({PORTS[protocol]: behaviour}).probe(account_on(protocol))  # type: ignore[arg-type]

    talk = seen.talk(PORTS[protocol], Opening.LISTEN)
    assert talk.starttls is not None
    assert talk.starttls.outcome is outcome
    assert talk.tls is None
    assert seen.sign_ins == ()
    assert_nothing_readable(seen.network, CREDENTIAL)
    assert USER.encode() not in b"".join(seen.network.bytes_to(PORTS[protocol]))


def test_injected_bytes_are_kept_as_evidence() -> None:
    seen = Stage({587: speaking(SMTP, starttls=StartTls.INJECTED)}).probe(outgoing(STARTTLS, 587))

    talk = seen.talk(587, Opening.LISTEN)
    assert talk.starttls is not None
    assert talk.starttls.reply.count(b"\n") >= 2
    assert talk.end is not None
    assert talk.end.kind is EndKind.STOPPED


def test_preauth_before_tls_stops_at_once() -> None:
    seen = Stage({143: speaking(IMAP, preauth=True)}).probe(incoming(IMAP, STARTTLS, 143))

    talk = seen.talk(143, Opening.LISTEN)
    assert talk.greeting is not None
    assert talk.greeting.kind is GreetingKind.PREAUTH
    assert talk.starttls is not None
    assert talk.starttls.outcome is StartTlsOutcome.PREAUTH
    assert b"SELECT" not in b"".join(seen.network.bytes_to(143))
    assert talk.tls is None


@pytest.mark.parametrize("protocol", [SMTP, POP3])
def test_capabilities_that_cannot_be_asked_for_lead_nowhere(protocol: Protocol) -> None:
    behaviour = speaking(protocol, extended=False, sign_in_before_tls=True)
    seen = Stage({PORTS[protocol]: behaviour}).probe(account_on(protocol))  # type: ignore[arg-type]

    talk = seen.talk(PORTS[protocol], Opening.LISTEN)
    assert talk.plain_capabilities is not None
    assert not talk.plain_capabilities.answered
    assert talk.tls is None
    assert seen.sign_ins == ()


def test_helo_is_for_diagnosis_and_never_leads_to_a_sign_in() -> None:
    seen = Stage({465: speaking(SMTP, implicit=True, extended=False)}).probe(outgoing(SSL, 465))

    inside = bytes(seen.heard[465][0].inside_tls)
    assert b"HELO" in inside
    assert b"AUTH" not in inside
    assert seen.sign_ins == ()


def test_login_disabled_inside_tls() -> None:
    behaviour = speaking(IMAP, implicit=True, mechanisms=(), login_command=False)
    seen = Stage({993: behaviour}).probe(incoming(IMAP, SSL))

    assert seen.reasons == {Role.INCOMING: NotTestedReason.LOGIN_DISABLED}
    assert seen.sign_ins == ()


@pytest.mark.parametrize(
    "kind",
    [
        CertificateKind.EXPIRED,
        CertificateKind.NOT_YET_VALID,
        CertificateKind.SELF_SIGNED,
        CertificateKind.OTHER_AUTHORITY,
    ],
)
@pytest.mark.parametrize(("port", "security"), [(993, SSL), (143, STARTTLS)])
def test_a_certificate_that_does_not_hold(kind: CertificateKind, port: int, security: str) -> None:
    behaviour = speaking(IMAP, implicit=port == 993, certificate=kind)
    seen = Stage({port: behaviour}).probe(incoming(IMAP, security, port))  # type: ignore[arg-type]

    (talk,) = seen.at(port).conversations
    assert talk.tls is not None
    assert talk.tls.outcome is HandshakeOutcome.UNVERIFIED
    known = kind in (CertificateKind.EXPIRED, CertificateKind.NOT_YET_VALID)
    assert talk.tls.chain_trusted is known
    assert seen.sign_ins == ()
    assert all(not heard.inside_tls for heard in seen.heard[port])


def test_a_certificate_for_another_name_that_has_expired_too() -> None:
    behaviour = speaking(
        IMAP,
        implicit=True,
        certificate=CertificateKind.EXPIRED,
        certificate_names=("other.practice.example",),
    )
    seen = Stage({993: behaviour}).probe(incoming(IMAP, SSL))

    tls = seen.talk(993, Opening.CLIENT_HELLO).tls
    assert tls is not None
    assert (tls.outcome, tls.name_matches) == (HandshakeOutcome.UNVERIFIED, False)
    assert tls.chain_trusted is True
    assert seen.sign_ins == ()


def test_a_server_that_only_speaks_old_tls() -> None:
    behaviour = speaking(IMAP, implicit=True, oldest_tls_only=True)
    seen = Stage({993: behaviour}).probe(incoming(IMAP, SSL))

    tls = seen.talk(993, Opening.CLIENT_HELLO).tls
    assert tls is not None
    assert tls.outcome is not HandshakeOutcome.VERIFIED
    assert tls.legacy_version == "TLSv1"
    assert seen.sign_ins == ()


def test_a_client_certificate_is_named_even_where_the_handshake_succeeded() -> None:
    behaviour = speaking(IMAP, implicit=True, wants_client_certificate=True)
    seen = Stage({993: behaviour}).probe(incoming(IMAP, SSL))

    tls = seen.talk(993, Opening.CLIENT_HELLO).tls
    assert tls is not None
    assert tls.client_certificate_requested
    assert tls.alert == "certificate_required"
    assert seen.sign_ins == ()


@pytest.mark.parametrize(
    ("stage", "misstep", "kind"),
    [
        (TalkStage.CONNECT, Misstep.CLOSE, EndKind.CLOSED),
        (TalkStage.CONNECT, Misstep.RESET, EndKind.RESET),
        (TalkStage.GREETING, Misstep.SILENCE, EndKind.TIMED_OUT),
        (TalkStage.CAPABILITIES, Misstep.CLOSE, EndKind.CLOSED),
        (TalkStage.CAPABILITIES, Misstep.SILENCE, EndKind.TIMED_OUT),
        (TalkStage.STARTTLS, Misstep.RESET, EndKind.RESET),
        (TalkStage.TLS_CAPABILITIES, Misstep.CLOSE, EndKind.CLOSED),
    ],
)
def test_a_server_that_gives_up_in_the_middle(
    stage: TalkStage, misstep: Misstep, kind: EndKind
) -> None:
    behaviour = speaking(SMTP, faults=(Fault(stage, misstep),))
    seen = Stage({25: behaviour}).probe(outgoing(STARTTLS, 25))

    talk = seen.talk(25, Opening.LISTEN)
    assert talk.end is not None
    assert talk.end.kind is kind
    assert seen.sign_ins == ()


async def _endless_line(wire: Wire, context: ssl.SSLContext) -> None:
    while True:
        await wire.send(b"x" * 8192)


async def _referral(wire: Wire, context: ssl.SSLContext) -> None:
    await wire.send(b"* OK [REFERRAL imap://anna@evil.example/] go there\r\n")
    while True:
        await wire.read_line()


def test_an_endless_line_is_bounded() -> None:
    seen = Stage({143: _endless_line}).probe(incoming(IMAP, STARTTLS, 143))

    end = seen.talk(143, Opening.LISTEN).end
    assert end is not None
    assert end.kind is EndKind.VIOLATION
    assert len(end.last_line) <= 1000


def test_a_referral_is_never_followed() -> None:
    seen = Stage({143: _referral}).probe(incoming(IMAP, STARTTLS, 143))

    assert {port for _, port, _ in seen.network.sent} == {143}
    assert seen.sign_ins == ()


async def _echo(wire: Wire, context: ssl.SSLContext) -> None:
    """Say back whatever comes, in the clear and inside TLS."""
    await wire.start_tls(context)
    await wire.send(b"220 echo ESMTP\r\n")
    await wire.read_line()
    await wire.send(b"250-echo\r\n250 AUTH PLAIN\r\n")
    line = await wire.read_line()
    await wire.send(b"535 5.7.8 you said " + line + b" " + SECRET.encode() + b" " + USER.encode())
    await wire.send(b"\r\n")
    await wire.wait_for_end()


def test_an_echo_of_the_credential_is_kept_nowhere() -> None:
    seen = Stage({465: _echo}).probe(outgoing(SSL, 465))

    everything = repr((seen.endpoints, seen.sign_ins, seen.transcript, seen.progress)).encode()
    kept = b"".join(sign_in.reply for sign_in in seen.sign_ins) + everything
    for form in (*forms_of(CREDENTIAL), USER.encode()):
        assert form not in kept
    assert b"you said" in kept


_CHALLENGE = base64.b64encode(b"<1.2@echo>")


async def _echo_of_digest(wire: Wire, context: ssl.SSLContext) -> None:
    """Ask for CRAM-MD5, and say the answer back: as it came, decoded, and the digest alone."""
    await wire.start_tls(context)
    await wire.send(b"220 echo ESMTP\r\n")
    await wire.read_line()
    await wire.send(b"250-echo\r\n250 AUTH CRAM-MD5\r\n")
    await wire.read_line()
    await wire.send(b"334 " + _CHALLENGE + b"\r\n")
    line = (await wire.read_line()).strip()
    answer = base64.b64decode(line)
    await wire.send(b"535 5.7.8 you said " + line + b" " + answer + b" " + answer.split()[-1])
    await wire.send(b"\r\n")
    await wire.wait_for_end()


def test_an_echo_of_a_digest_is_kept_nowhere() -> None:
    """The digest can be searched for the password: it is one of the secret's forms."""
    asked = server(SMTP, SSL, 465, auth=AuthMethod.ENCRYPTED_PASSWORD)
    seen = Stage({465: _echo_of_digest}).probe(Account(USER, outgoing=asked))

    digest = hmac.new(SECRET.encode(), b"<1.2@echo>", hashlib.md5).hexdigest().encode()
    everything = repr((seen.endpoints, seen.sign_ins, seen.transcript, seen.progress)).encode()
    kept = b"".join(sign_in.reply for sign_in in seen.sign_ins) + everything
    assert digest not in kept
    assert base64.b64encode(digest)[:40] not in kept
    assert base64.b64encode(USER.encode() + b" " + digest)[-40:] not in kept
    assert b"you said" in kept


async def _violation_with_echo(wire: Wire, context: ssl.SSLContext) -> None:
    """Break the protocol with the secret where a sample of the bytes would be cut."""
    await wire.start_tls(context)
    await wire.send(b"220 echo ESMTP\r\n")
    await wire.read_line()
    await wire.send(b"250-echo\r\n250 AUTH PLAIN\r\n")
    await wire.read_line()
    for start in range(180, 200):
        await wire.send(b"x" * start + SECRET.encode() + b"\r\n")
    await wire.wait_for_end()


def test_a_broken_protocol_cuts_no_secret_in_two() -> None:
    seen = Stage({465: _violation_with_echo}).probe(outgoing(SSL, 465))

    everything = repr((seen.endpoints, seen.sign_ins, seen.transcript, seen.progress))
    assert all(part not in everything for part in (SECRET[:6], SECRET[-6:]))
    assert "x" * 180 in everything
