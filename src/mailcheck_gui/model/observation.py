"""What a check saw. Facts only: nothing in here is an opinion.

Times are milliseconds. Bytes that a server sent are kept as bytes, capped by the reader that took
them; whoever shows them makes control characters visible (`model.quoting`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailcheck_gui.model.account import Role, Security
from mailcheck_gui.model.endpoint import Endpoint, Family


class NameOutcome(StrEnum):
    """How the look-up of a name ended."""

    FOUND = "found"
    NOT_FOUND = "not-found"  # NXDOMAIN, EAI_NONAME
    NO_ADDRESS = "no-address"  # the name exists, without A and AAAA
    FAILED = "failed"  # SERVFAIL, REFUSED, EAI_AGAIN
    TIMED_OUT = "timed-out"
    LITERAL = "literal"  # an IP address needs no look-up


@dataclass(frozen=True, slots=True)
class NameObservation:
    """The look-up of one host name. Addresses come in the resolver's order."""

    host: str
    outcome: NameOutcome
    addresses: tuple[str, ...] = ()
    elapsed_ms: float = 0.0
    detail: str = ""


class ConnectOutcome(StrEnum):
    """How a TCP connection attempt ended."""

    OPEN = "open"
    CLOSED = "closed"  # RST to the SYN
    SILENT = "silent"  # no answer
    UNREACHABLE = "unreachable"  # ICMP said so
    NO_ROUTE = "no-route"  # this computer has no way to that network
    DENIED = "denied"  # EACCES, EPERM, WSAEACCES without an ICMP message behind it
    NOT_TRIED = "not-tried"


@dataclass(frozen=True, slots=True)
class IcmpMessage:
    """An ICMP error that ended a connection attempt, and the router that sent it (Linux only)."""

    kind: int
    code: int
    router: str


@dataclass(frozen=True, slots=True)
class ConnectObservation:
    """One TCP connection attempt. `elapsed_ms` is how long it took, or how long silence lasted.

    `final` is False where the run ended before the limit for silence was reached.
    """

    outcome: ConnectOutcome
    elapsed_ms: float = 0.0
    error: str = ""
    icmp: IcmpMessage | None = None
    final: bool = True


class Speaks(StrEnum):
    """What answered on a port, whatever was expected there."""

    IMPLICIT_TLS = "implicit-tls"
    PLAINTEXT = "plaintext"
    NOTHING = "nothing"
    OTHER = "other"


class Spoken(StrEnum):
    """The protocol that a greeting in plain text (or inside TLS) belongs to."""

    IMAP = "imap"
    POP3 = "pop3"
    SMTP = "smtp"
    HTTP = "http"
    SSH = "ssh"
    FTP = "ftp"
    UNKNOWN = "unknown"


class GreetingKind(StrEnum):
    """What a greeting says about the session."""

    READY = "ready"
    PREAUTH = "preauth"  # IMAP: already signed in
    REFUSED = "refused"  # 421, 554, BYE, -ERR
    FOREIGN = "foreign"  # another protocol's greeting, or nothing known


@dataclass(frozen=True, slots=True)
class GreetingObservation:
    """The first words of a server. `elapsed_ms` counts from the open connection."""

    kind: GreetingKind
    spoken: Spoken
    raw: bytes
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a server offers at one moment of the session (before or inside TLS).

    `mechanisms` are upper-case SASL names; IMAP's LOGIN command is `LOGIN-COMMAND`, POP3's USER is
    `USER`, APOP is `APOP`. `values` are the raw capability tokens in the server's order.
    """

    values: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    starttls: bool = False
    login_disabled: bool = False
    size_limit: int | None = None
    masked: bool = False  # XXXXXXXA or a banner of asterisks: something rewrote the reply
    answered: bool = True  # False: the question was refused or not understood
    raw: bytes = b""


class StartTlsOutcome(StrEnum):
    """What became of the upgrade from plain text to TLS."""

    NOT_TRIED = "not-tried"
    NOT_OFFERED = "not-offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"  # 454, 502, NO, BAD, -ERR, nonsense
    INJECTED = "injected"  # bytes behind the go-ahead, before the handshake
    PREAUTH = "preauth"  # IMAP: PREAUTH forbids STARTTLS
    NO_REPLY = "no-reply"


@dataclass(frozen=True, slots=True)
class StartTlsObservation:
    """The upgrade, with the server's reply."""

    outcome: StartTlsOutcome
    reply: bytes = b""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One element of the presented chain, as `cryptography` reads it."""

    subject: str
    issuer: str
    names: tuple[str, ...]  # DNS names and IP addresses of the subjectAltName
    not_before: datetime
    not_after: datetime
    self_issued: bool
    self_signed: bool
    key: str  # "rsa-2048", "ec-secp256r1", "ed25519"
    key_bits: int
    signature_hash: str  # "sha256"; "" where the algorithm has none
    sha256: str  # of the DER form, hexadecimal
    aia_issuers: tuple[str, ...] = ()
    key_sha256: str = ""  # of the public key (SubjectPublicKeyInfo), hexadecimal


@dataclass(frozen=True, slots=True)
class IssuerFetch:
    """One request for an issuer's certificate, where a certificate says that it can be fetched.

    `certificates` counts what the answer held, `problem` says why there was none. `server_time` is
    the answer's own date, `local_time` this computer's at that moment.
    """

    url: str
    host: str = ""
    certificates: int = 0
    problem: str = ""
    server_time: datetime | None = None
    local_time: datetime | None = None


class HandshakeOutcome(StrEnum):
    """How a TLS handshake ended."""

    VERIFIED = "verified"  # chain and name accepted by this computer's trust
    UNVERIFIED = "unverified"  # our side ended it, since the certificate is not acceptable
    ALERT = "alert"  # the server ended it with an alert
    CLOSED = "closed"  # the server closed or reset the connection in the handshake
    NOT_TLS = "not-tls"  # the answer to the ClientHello was no TLS record
    LOCAL_ERROR = "local-error"  # our TLS library refused the server's parameters
    TIMED_OUT = "timed-out"
    CUT_SHORT = "cut-short"  # another conversation had already answered the question


@dataclass(frozen=True, slots=True)
class TlsObservation:
    """One TLS handshake.

    `chain_trusted` is None where the first fault hid the issuer's trust and no further handshake
    could tell. `first_bytes` is the raw answer to the ClientHello.
    """

    outcome: HandshakeOutcome
    elapsed_ms: float = 0.0
    version: str = ""
    cipher: str = ""
    chain: tuple[CertificateFacts, ...] = ()
    chain_trusted: bool | None = None
    name_matches: bool | None = None
    alert: str = ""  # RFC 8446 name: "protocol_version"
    error: str = ""  # our TLS library's own words, quoted, never parsed
    verify_code: int = 0  # OpenSSL's X509_V_ERR_*, 0 where verified or not reached
    first_bytes: bytes = b""
    client_certificate_requested: bool = False
    legacy_version: str = ""  # "TLSv1.1": what a diagnosis handshake without credentials reached
    private_root: bool | None = None  # trusted here, but through no public authority
    issuer_fetches: tuple[IssuerFetch, ...] = ()
    completed: bool | None = None  # whether what was fetched makes the chain a trusted one

    @property
    def path_end(self) -> CertificateFacts | None:
        """The end of the path from the server's own certificate upward, by the issuers' names.

        What a server sends besides is left out; its order is often wrong.
        """
        end = next(iter(self.chain), None)
        for _ in self.chain:
            above = [c for c in self.chain if end and c.subject == end.issuer != end.subject]
            end = next(iter(above), end)
        return end


class Stage(StrEnum):
    """Where a conversation was when it ended."""

    CONNECT = "connect"
    GREETING = "greeting"
    CAPABILITIES = "capabilities"
    STARTTLS = "starttls"
    HANDSHAKE = "handshake"
    TLS_GREETING = "tls-greeting"
    TLS_CAPABILITIES = "tls-capabilities"
    SIGN_IN = "sign-in"
    SENDING = "sending"  # MAIL FROM and RCPT TO, without a message
    GOODBYE = "goodbye"


class EndKind(StrEnum):
    """Why a conversation ended."""

    COMPLETE = "complete"  # we said goodbye
    STOPPED = "stopped"  # we had seen enough, or a safety rule ended it
    CLOSED = "closed"  # the server closed it
    RESET = "reset"
    TIMED_OUT = "timed-out"
    VIOLATION = "violation"  # a line too long, a reply that no grammar allows
    CUT_SHORT = "cut-short"  # the other conversation on this port answered the question


@dataclass(frozen=True, slots=True)
class EndObservation:
    """How and where a conversation ended, with the last line that the server sent."""

    kind: EndKind
    stage: Stage
    last_line: bytes = b""
    detail: str = ""
    elapsed_ms: float = 0.0


class Opening(StrEnum):
    """Who speaks first in a conversation of ours."""

    CLIENT_HELLO = "client-hello"
    LISTEN = "listen"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One connection from SYN to its end."""

    opening: Opening
    connect: ConnectObservation
    greeting: GreetingObservation | None = None
    plain_capabilities: Capabilities | None = None
    starttls: StartTlsObservation | None = None
    tls: TlsObservation | None = None
    tls_capabilities: Capabilities | None = None
    end: EndObservation | None = None
    tls_greeting: GreetingObservation | None = None
    retried_alone: bool = False


class SignInResult(StrEnum):
    """What became of the one sign-in of a side (values of the report contract)."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    TEMPORARY = "temporary"
    UNDECIDED = "undecided"
    NOT_TESTED = "not-tested"


class NotTestedReason(StrEnum):
    """Why a sign-in was not tried. CANCELLED also: why one that was tried is not decided."""

    NO_USER_NAME = "no-user-name"  # none was entered, nor an address to take for one
    NO_PASSWORD = "no-password"  # noqa: S105 - a reason, not a password
    NOT_WANTED = "not-wanted"  # auth none, or --no-sign-in
    NOT_VERIFIED = "not-verified"  # no verified TLS to send it in
    NOT_REACHED = "not-reached"
    METHOD_NOT_OFFERED = "method-not-offered"
    ONLY_OAUTH = "only-oauth"
    LOGIN_DISABLED = "login-disabled"
    HOST_NOT_AGREED = "host-not-agreed"
    RECENTLY_TRIED = "recently-tried"
    LOOPBACK_SELF_SIGNED = "loopback-self-signed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SignInObservation:
    """The sign-in of a side. `reply` never holds what we sent.

    `codes` are reply and response codes without text: "535", "5.7.8", "AUTHENTICATIONFAILED".
    `secret_sent` is True from the moment a byte derived from the credential left.
    """

    role: Role
    endpoint: Endpoint
    security: Security
    result: SignInResult
    mechanism: str = ""
    reply: bytes = b""
    codes: tuple[str, ...] = ()
    reason: NotTestedReason | None = None
    secret_sent: bool = False
    address: str | None = None
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class EnvelopeReply:
    """The answer to MAIL FROM or RCPT TO with the person's own address."""

    accepted: bool
    temporary: bool = False  # 4xx
    reply: bytes = b""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SendingObservation:
    """Whether a server would take a message, asked without one. Answers not given are None."""

    endpoint: Endpoint
    signed_in: bool
    mail_from: EnvelopeReply | None = None
    rcpt_to: EnvelopeReply | None = None
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class EndpointObservation:
    """Everything seen at one address of one endpoint: one conversation, or two of both openings."""

    role: Role
    configured: bool
    endpoint: Endpoint
    security: Security  # configured, or usual for the port
    address: str | None
    conversations: tuple[Conversation, ...] = ()
    candidate: bool = False  # not planned: tried as a proof (a name from the certificate)

    def find(self, opening: Opening) -> Conversation | None:
        """Return the conversation with that opening, or None."""
        return next((c for c in self.conversations if c.opening is opening), None)


class ControlPurpose(StrEnum):
    """Why something beyond the account's own mail ports was asked."""

    CONTROL = "control"  # an unrelated operator's server, which is known to answer there
    OWN_WEB = "own-web"  # the web port of the account's own host
    UNUSED = "unused"  # an address that no computer has (RFC 5737), on a mail port
    UNUSED_HIGH = "unused-high"  # the same address on a random high port


@dataclass(frozen=True, slots=True)
class ControlObservation:
    """One comparison: a connection, at most a greeting, never a sign-in.

    `operator` and `network` are those of the table of controls, "" for what is not from there.
    `address` is None where the name led nowhere.
    """

    purpose: ControlPurpose
    host: str
    port: int
    address: str | None
    connect: ConnectObservation
    operator: str = ""
    network: str = ""
    greeting: bytes = b""


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What this computer's own routing says; None where it was not asked."""

    has_ipv4_route: bool | None = None
    has_ipv6_route: bool | None = None


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One line of a conversation, redacted at the entrance. `direction` is "sent" or "received"."""

    endpoint: Endpoint
    address: str | None
    at_ms: float
    direction: str
    text: str


@dataclass(frozen=True, slots=True)
class Observations:
    """All facts of one run."""

    started: datetime
    names: tuple[NameObservation, ...] = ()
    endpoints: tuple[EndpointObservation, ...] = ()
    sign_ins: tuple[SignInObservation, ...] = ()
    network: NetworkFacts = field(default_factory=NetworkFacts)
    transcript: tuple[TranscriptLine, ...] = ()
    unprobed_addresses: int = 0  # addresses of configured endpoints beyond the limit per family
    sending: SendingObservation | None = None
    controls: tuple[ControlObservation, ...] = ()

    def name(self, host: str) -> NameObservation | None:
        """Return the look-up of a host, or None where it was not looked up."""
        return next((n for n in self.names if n.host == host), None)

    def at(self, endpoint: Endpoint) -> tuple[EndpointObservation, ...]:
        """Return what was seen at each address of an endpoint."""
        return tuple(e for e in self.endpoints if e.endpoint == endpoint)

    def sign_in(self, role: Role) -> SignInObservation | None:
        """Return the sign-in of a side: the one that was tried, else the reason it was not."""
        mine = [s for s in self.sign_ins if s.role is role]
        tried = [s for s in mine if s.result is not SignInResult.NOT_TESTED]
        return next(iter(tried or mine), None)


def family_of(address: str) -> Family:
    """Return the IP version of an address literal."""
    return Family.V6 if ":" in address else Family.V4
