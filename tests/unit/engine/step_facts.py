"""Facts of one side for the tests of the narration."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.engine.side_facts import SideFacts
from mailcheck_gui.model.account import Protocol, Role, Security, Server
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.observation import (
    CertificateFacts,
    ConnectObservation,
    ConnectOutcome,
    Conversation,
    EndKind,
    EndObservation,
    EndpointObservation,
    GreetingKind,
    GreetingObservation,
    HandshakeOutcome,
    NameObservation,
    NameOutcome,
    Opening,
    Spoken,
    Stage,
    StartTlsObservation,
    StartTlsOutcome,
    TlsObservation,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOST = "mail.example.com"
V4, V6 = "203.0.113.5", "2001:db8::5"
HELLO, LISTEN = Opening.CLIENT_HELLO, Opening.LISTEN
SSL, STARTTLS, NONE = Security.IMPLICIT_TLS, Security.STARTTLS, Security.NONE
OPEN = ConnectObservation(ConnectOutcome.OPEN, 24.0)


def side(security: Security = SSL, port: int = 993) -> SideFacts:
    """Return a side whose check has just begun."""
    server = Server(Protocol.IMAP, HOST, HOST, port, security)
    return SideFacts(Role.INCOMING, server, load_thresholds(), NOW)


def found(facts: SideFacts, *addresses: str) -> SideFacts:
    """Return the side with its name looked up."""
    return replace(facts, name=NameObservation(HOST, NameOutcome.FOUND, addresses or (V4,), 18.0))


def row(facts: SideFacts, *talks: Conversation, address: str = V4) -> EndpointObservation:
    """Return what was seen at one address of the side."""
    server = facts.server
    endpoint = Endpoint(server.protocol, server.ascii_host, server.port)
    return EndpointObservation(facts.role, True, endpoint, server.security, address, talks)


def at(facts: SideFacts, *talks: Conversation, complete: bool = True) -> SideFacts:
    """Return the side with one address examined."""
    known = found(facts)
    return replace(known, rows=(row(known, *talks),), complete=complete)


def talk(
    opening: Opening = HELLO,
    connect: ConnectObservation = OPEN,
    *,
    greeting: GreetingKind | None = None,
    starttls: StartTlsOutcome | None = None,
    tls: TlsObservation | None = None,
    tls_greeting: GreetingKind | None = None,
    ended: bool = True,
) -> Conversation:
    """Return a conversation with the stages that are named."""
    return Conversation(
        opening,
        connect,
        greeting=_greeting(greeting),
        starttls=None if starttls is None else StartTlsObservation(starttls),
        tls=tls,
        tls_greeting=_greeting(tls_greeting),
        end=EndObservation(EndKind.STOPPED, Stage.GOODBYE) if ended else None,
    )


def _greeting(kind: GreetingKind | None) -> GreetingObservation | None:
    return None if kind is None else GreetingObservation(kind, Spoken.IMAP, b"* OK", 5.0)


def handshake(
    outcome: HandshakeOutcome = HandshakeOutcome.VERIFIED,
    *,
    days: int = 74,
    names: tuple[str, ...] = (HOST,),
    name_matches: bool | None = True,
    self_signed: bool = False,
    begins: int = -30,
) -> TlsObservation:
    """Return a handshake with a certificate valid for so many more days."""
    leaf = CertificateFacts(
        subject=f"CN={names[0]}",
        issuer="CN=Some Authority",
        names=names,
        not_before=NOW + timedelta(days=begins),
        not_after=NOW + timedelta(days=days, hours=1),
        self_issued=self_signed,
        self_signed=self_signed,
        key="ec-secp256r1",
        key_bits=256,
        signature_hash="sha256",
        sha256="00",
    )
    version = "TLSv1.3" if outcome is HandshakeOutcome.VERIFIED else ""
    return TlsObservation(outcome, 41.0, version, "", (leaf,), name_matches=name_matches)
