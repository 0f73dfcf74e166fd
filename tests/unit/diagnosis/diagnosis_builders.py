"""Short ways to write down what a run has seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailcheck_gui.catalogue.interceptors import load_interceptors
from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.diagnosis.case import Case, Passwords
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.model.account import (
    AccountDraft,
    AuthMethod,
    Protocol,
    Role,
    Security,
    ServerDraft,
)
from mailcheck_gui.model.endpoint import Endpoint, default_security
from mailcheck_gui.model.observation import (
    Capabilities,
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
    NetworkFacts,
    Observations,
    Opening,
    SignInObservation,
    SignInResult,
    Spoken,
    Stage,
    StartTlsObservation,
    StartTlsOutcome,
    TlsObservation,
)

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HOST = "mail.example.com"
ADDRESS = "203.0.113.5"
ADDRESS6 = "2001:db8::5"
EMAIL = "anna@example.com"

IMAP, POP3, SMTP = Protocol.IMAP, Protocol.POP3, Protocol.SMTP
TLS, STARTTLS, NONE = Security.IMPLICIT_TLS, Security.STARTTLS, Security.NONE
IN, OUT = Role.INCOMING, Role.OUTGOING

GREETINGS = {
    Spoken.IMAP: b"* OK IMAP4rev1 ready\r\n",
    Spoken.POP3: b"+OK ready\r\n",
    Spoken.SMTP: b"220 mail.example.com ESMTP\r\n",
    Spoken.HTTP: b"HTTP/1.1 400 Bad Request\r\n",
    Spoken.SSH: b"SSH-2.0-OpenSSH_9.2\r\n",
    Spoken.FTP: b"220 FTP server ready\r\n",
    Spoken.UNKNOWN: b"\x00\x01\x02",
}
MECHANISMS = {
    IMAP: ("PLAIN", "LOGIN-COMMAND"),
    POP3: ("PLAIN", "USER"),
    SMTP: ("PLAIN", "LOGIN"),
}

OPEN = ConnectObservation(ConnectOutcome.OPEN, 40.0)
CLOSED = ConnectObservation(ConnectOutcome.CLOSED, 40.0, "Connection refused")
SILENT = ConnectObservation(ConnectOutcome.SILENT, 8000.0)
SILENT_SO_FAR = ConnectObservation(ConnectOutcome.SILENT, 3600.0, final=False)
NOT_YET = ConnectObservation(ConnectOutcome.NOT_TRIED, final=False)
CALLING = ConnectObservation(ConnectOutcome.NOT_TRIED, 900.0, final=False)
NO_ROUTE = ConnectObservation(ConnectOutcome.NO_ROUTE, 0.1)
UNREACHABLE = ConnectObservation(ConnectOutcome.UNREACHABLE, 22.0, "No route to host")
DENIED = ConnectObservation(ConnectOutcome.DENIED, 0.2, "Permission denied")
COMPLETE = EndObservation(EndKind.COMPLETE, Stage.GOODBYE, elapsed_ms=200.0)
CUT_SHORT = EndObservation(EndKind.CUT_SHORT, Stage.GREETING, elapsed_ms=120.0)


def ended(
    kind: EndKind, stage: Stage, elapsed_ms: float = 200.0, line: bytes = b""
) -> EndObservation:
    return EndObservation(kind, stage, line, elapsed_ms=elapsed_ms)


# -- certificates and handshakes -----------------------------------------------------------


def certificate(**changes: object) -> CertificateFacts:
    good = CertificateFacts(
        subject=f"CN={HOST}",
        issuer="CN=Public Authority,O=Public Trust,C=DE",
        names=(HOST,),
        not_before=NOW - timedelta(days=30),
        not_after=NOW + timedelta(days=60),
        self_issued=False,
        self_signed=False,
        key="ec-secp256r1",
        key_bits=256,
        signature_hash="sha256",
        sha256="ab" * 32,
    )
    return replace(good, **changes)


GOOD_TLS = TlsObservation(
    HandshakeOutcome.VERIFIED,
    60.0,
    "TLSv1.3",
    "TLS_AES_256_GCM_SHA384",
    (certificate(),),
    chain_trusted=True,
    name_matches=True,
    first_bytes=b"\x16\x03\x03",
    private_root=False,
)


def bad_tls(
    *chain: CertificateFacts, trusted: bool | None = True, matches: bool = True
) -> TlsObservation:
    return replace(
        GOOD_TLS,
        outcome=HandshakeOutcome.UNVERIFIED,
        chain=chain or (certificate(),),
        chain_trusted=trusted,
        name_matches=matches,
        error="certificate verify failed",
        private_root=None,
    )


def broken_tls(outcome: HandshakeOutcome, **changes: object) -> TlsObservation:
    return replace(TlsObservation(outcome, 50.0), **changes)


# -- conversations -------------------------------------------------------------------------


def greeting(
    spoken: Spoken,
    kind: GreetingKind = GreetingKind.READY,
    raw: bytes = b"",
    elapsed_ms: float = 45.0,
) -> GreetingObservation:
    return GreetingObservation(kind, spoken, raw or GREETINGS[spoken], elapsed_ms)


def capabilities(protocol: Protocol, **changes: object) -> Capabilities:
    return replace(Capabilities(mechanisms=MECHANISMS[protocol], raw=b"250 AUTH PLAIN"), **changes)


def hello_conversation(
    protocol: Protocol,
    tls: TlsObservation = GOOD_TLS,
    *,
    spoken: Spoken | None = None,
    offers: Capabilities | None = None,
    end: EndObservation = COMPLETE,
    kind: GreetingKind | None = None,
    slow_ms: float = 100.0,
) -> Conversation:
    """A ClientHello that was answered in TLS."""
    own = Spoken(protocol.value)
    heard = spoken or own
    if tls.outcome is not HandshakeOutcome.VERIFIED:
        return Conversation(Opening.CLIENT_HELLO, OPEN, tls=tls, end=end)
    kind = kind or (GreetingKind.READY if heard is own else GreetingKind.FOREIGN)
    return Conversation(
        Opening.CLIENT_HELLO,
        OPEN,
        tls=tls,
        tls_greeting=greeting(heard, kind, elapsed_ms=slow_ms),
        tls_capabilities=(offers or capabilities(protocol)) if heard is own else None,
        end=end,
    )


def hello_answered_in_text(raw: bytes) -> Conversation:
    tls = broken_tls(HandshakeOutcome.NOT_TLS, first_bytes=raw)
    return Conversation(
        Opening.CLIENT_HELLO, OPEN, tls=tls, end=ended(EndKind.STOPPED, Stage.HANDSHAKE)
    )


def listening(
    protocol: Protocol,
    *,
    spoken: Spoken | None = None,
    kind: GreetingKind | None = None,
    raw: bytes = b"",
    starttls: StartTlsOutcome | None = StartTlsOutcome.ACCEPTED,
    plain: Capabilities | None = None,
    tls: TlsObservation | None = GOOD_TLS,
    offers: Capabilities | None = None,
    end: EndObservation = COMPLETE,
    slow_ms: float = 45.0,
) -> Conversation:
    """A connection on which the server spoke first."""
    own = Spoken(protocol.value)
    heard = spoken or own
    kind = kind or (GreetingKind.READY if heard is own else GreetingKind.FOREIGN)
    first = greeting(heard, kind, raw, slow_ms)
    if kind is not GreetingKind.READY:
        preauth = StartTlsObservation(StartTlsOutcome.PREAUTH)
        upgrade = preauth if kind is GreetingKind.PREAUTH else None
        return Conversation(
            Opening.LISTEN,
            OPEN,
            first,
            starttls=upgrade,
            end=ended(EndKind.STOPPED, Stage.GREETING),
        )
    offered = starttls is not StartTlsOutcome.NOT_OFFERED
    plain = plain or Capabilities(starttls=offered, mechanisms=(), raw=b"250-STARTTLS")
    accepted = starttls is StartTlsOutcome.ACCEPTED
    verified = accepted and tls is not None and tls.outcome is HandshakeOutcome.VERIFIED
    return Conversation(
        Opening.LISTEN,
        OPEN,
        first,
        plain_capabilities=plain,
        starttls=StartTlsObservation(starttls, b"454 no") if starttls else None,
        tls=tls if accepted else None,
        tls_capabilities=(offers or capabilities(protocol)) if verified else None,
        end=end,
    )


def waiting_in_vain(
    opening: Opening = Opening.LISTEN, end: EndObservation = CUT_SHORT
) -> Conversation:
    return Conversation(opening, OPEN, end=end)


def not_connected(connect: ConnectObservation, opening: Opening = Opening.LISTEN) -> Conversation:
    return Conversation(opening, connect, end=ended(EndKind.STOPPED, Stage.CONNECT))


# -- endpoints -----------------------------------------------------------------------------


def seen(
    role: Role,
    protocol: Protocol,
    port: int,
    *conversations: Conversation,
    host: str = HOST,
    address: str | None = ADDRESS,
    configured: bool = True,
    candidate: bool = False,
    security: Security | None = None,
) -> EndpointObservation:
    return EndpointObservation(
        role,
        configured,
        Endpoint(protocol, host, port),
        security or default_security(port),
        address,
        conversations,
        candidate,
    )


def tls_port(role: Role, protocol: Protocol, port: int, **more: object) -> EndpointObservation:
    """A healthy port for implicit TLS."""
    return seen(role, protocol, port, hello_conversation(protocol), **more)


def starttls_port(role: Role, protocol: Protocol, port: int, **more: object) -> EndpointObservation:
    """A healthy port for STARTTLS."""
    return seen(role, protocol, port, listening(protocol), **more)


def neighbour(observation: EndpointObservation) -> EndpointObservation:
    return replace(observation, configured=False)


# -- cases ---------------------------------------------------------------------------------


def typed(
    protocol: Protocol,
    port: int | str = "",
    security: Security | None = None,
    *,
    host: str = HOST,
    auth: AuthMethod | None = None,
    username: str = "",
) -> ServerDraft:
    return ServerDraft(protocol, host, str(port), security, auth, username)


def found(host: str = HOST, *addresses: str) -> NameObservation:
    return NameObservation(host, NameOutcome.FOUND, addresses or (ADDRESS,), 12.0)


def case_of(
    incoming: ServerDraft | None,
    outgoing: ServerDraft | None,
    *endpoints: EndpointObservation,
    email: str = EMAIL,
    names: tuple[NameObservation, ...] | None = None,
    sign_ins: tuple[SignInObservation, ...] = (),
    network: NetworkFacts | None = None,
    passwords: Passwords | None = None,
    neighbours: bool = True,
    cancelled: bool = False,
    same_credentials: bool = True,
) -> Case:
    draft = AccountDraft(email, incoming, outgoing, same_credentials)
    hosts = dict.fromkeys(e.endpoint.host for e in endpoints)
    return Case(
        intake=take_in(draft, load_providers()),
        observations=Observations(
            started=NOW,
            names=tuple(found(host) for host in hosts) if names is None else names,
            endpoints=endpoints,
            sign_ins=sign_ins,
            network=network or NetworkFacts(has_ipv4_route=True, has_ipv6_route=True),
        ),
        thresholds=load_thresholds(),
        providers=load_providers(),
        interceptors=load_interceptors(),
        now=NOW,
        passwords=passwords or Passwords(),
        neighbours=neighbours,
        cancelled=cancelled,
    )


def sign_in(
    role: Role,
    protocol: Protocol,
    port: int,
    result: SignInResult = SignInResult.ACCEPTED,
    *,
    host: str = HOST,
    security: Security | None = None,
    **more: object,
) -> SignInObservation:
    tried = result is not SignInResult.NOT_TESTED
    observation = SignInObservation(
        role,
        Endpoint(protocol, host, port),
        security or default_security(port),
        result,
        mechanism="PLAIN" if tried else "",
        secret_sent=tried,
    )
    return replace(observation, **more)


def codes(case: Case, *, without: frozenset[str] = frozenset({"sign-in-not-tested"})) -> list[str]:
    """The codes of a case, in order; that no sign-in was tried is left out."""
    return [finding.code for finding in diagnose(case) if finding.code not in without]
