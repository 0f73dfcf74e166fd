"""Reports and events for the tests of the pages, built from model values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailcheck_gui.model.account import Account, AuthMethod, Field, Protocol, Role, Security, Server
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.finding import (
    Change,
    Confidence,
    Evidence,
    Finding,
    NotTested,
    Proof,
    Severity,
    SideStatus,
    SideSuggestion,
    Suggestion,
    message,
)
from mailcheck_gui.model.observation import (
    Capabilities,
    CertificateFacts,
    ConnectObservation,
    ConnectOutcome,
    Conversation,
    EndpointObservation,
    GreetingKind,
    GreetingObservation,
    HandshakeOutcome,
    NotTestedReason,
    Observations,
    Opening,
    SignInObservation,
    SignInResult,
    Spoken,
    TlsObservation,
    TranscriptLine,
)
from mailcheck_gui.model.report import Report, Verdict

STARTED = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
IMAP_HOST = "imap.example.com"
SMTP_HOST = "smtp.example.com"
USER = "info@example.com"


def server(
    protocol: Protocol, host: str, port: int, security: Security, username: str = USER
) -> Server:
    return Server(protocol, host, host, port, security, AuthMethod.PASSWORD, username)


IMAP = server(Protocol.IMAP, IMAP_HOST, 993, Security.IMPLICIT_TLS)
SMTP_587_TLS = server(Protocol.SMTP, SMTP_HOST, 587, Security.IMPLICIT_TLS)
SMTP_465 = server(Protocol.SMTP, SMTP_HOST, 465, Security.IMPLICIT_TLS)
ACCOUNT = Account(USER, IMAP, SMTP_587_TLS)
GOOD_ACCOUNT = Account(USER, IMAP, SMTP_465)

_SPOKEN = {
    Protocol.IMAP: (Spoken.IMAP, b"* OK Dovecot ready.\r\n"),
    Protocol.POP3: (Spoken.POP3, b"+OK Dovecot ready.\r\n"),
    Protocol.SMTP: (Spoken.SMTP, b"220 smtp.example.com ESMTP Postfix\r\n"),
}


def certificate(host: str, days: int = 74) -> CertificateFacts:
    return CertificateFacts(
        subject=f"CN={host}",
        issuer="CN=Example CA",
        names=(host,),
        not_before=STARTED - timedelta(days=16),
        not_after=STARTED + timedelta(days=days, hours=1),
        self_issued=False,
        self_signed=False,
        key="ec-secp256r1",
        key_bits=256,
        signature_hash="sha256",
        sha256="00" * 32,
    )


def handshake(host: str) -> TlsObservation:
    return TlsObservation(
        HandshakeOutcome.VERIFIED,
        31.0,
        "TLSv1.3",
        "TLS_AES_256_GCM_SHA384",
        (certificate(host),),
        chain_trusted=True,
        name_matches=True,
    )


def seen(
    protocol: Protocol,
    host: str,
    port: int,
    what: str,
    *,
    configured: Security | None = None,
) -> EndpointObservation:
    """What is seen: "tls", "starttls", "plain", "closed", "silent" or "denied"."""
    role = Role.OUTGOING if protocol is Protocol.SMTP else Role.INCOMING
    return EndpointObservation(
        role,
        configured is not None,
        Endpoint(protocol, host, port),
        configured or Security.STARTTLS,
        "203.0.113.25",
        (_conversation(protocol, host, what),),
    )


def _conversation(protocol: Protocol, host: str, what: str) -> Conversation:
    refused = {
        "closed": ConnectOutcome.CLOSED,
        "silent": ConnectOutcome.SILENT,
        "denied": ConnectOutcome.DENIED,
    }
    if what in refused:
        return Conversation(Opening.LISTEN, ConnectObservation(refused[what], 8000.0))
    spoken, words = _SPOKEN[protocol]
    greeting = GreetingObservation(GreetingKind.READY, spoken, words, 20.0)
    connected = ConnectObservation(ConnectOutcome.OPEN, 23.0)
    if what == "tls":
        return Conversation(
            Opening.CLIENT_HELLO, connected, tls=handshake(host), tls_greeting=greeting
        )
    offers = Capabilities(("STARTTLS",) if what == "starttls" else (), starttls=what == "starttls")
    return Conversation(Opening.LISTEN, connected, greeting, offers)


def sign_in(
    role: Role, result: SignInResult, reason: NotTestedReason | None = None
) -> SignInObservation:
    chosen = IMAP if role is Role.INCOMING else SMTP_465
    endpoint = Endpoint(chosen.protocol, chosen.ascii_host, chosen.port)
    return SignInObservation(role, endpoint, chosen.security, result, "PLAIN", reason=reason)


ENDPOINTS = (
    seen(Protocol.IMAP, IMAP_HOST, 993, "tls", configured=Security.IMPLICIT_TLS),
    seen(Protocol.IMAP, IMAP_HOST, 143, "starttls"),
    seen(Protocol.POP3, IMAP_HOST, 110, "plain"),
    seen(Protocol.POP3, IMAP_HOST, 995, "silent"),
    seen(Protocol.SMTP, SMTP_HOST, 587, "starttls", configured=Security.IMPLICIT_TLS),
    seen(Protocol.SMTP, SMTP_HOST, 465, "tls"),
    seen(Protocol.SMTP, SMTP_HOST, 25, "denied"),
    seen(Protocol.SMTP, SMTP_HOST, 2525, "closed"),
)
TRANSCRIPT = (
    TranscriptLine(Endpoint(Protocol.SMTP, SMTP_HOST, 465), "203.0.113.26", 61.0, "received",
                   "220 smtp.example.com ESMTP Postfix"),
    TranscriptLine(Endpoint(Protocol.SMTP, SMTP_HOST, 465), "203.0.113.26", 62.0, "sent",
                   "EHLO [203.0.113.7]"),
    TranscriptLine(Endpoint(Protocol.SMTP, SMTP_HOST, 465), "203.0.113.26", 92.0, "sent",
                   "AUTH PLAIN ***"),
)  # fmt: skip
OBSERVATIONS = Observations(
    STARTED,
    endpoints=ENDPOINTS,
    sign_ins=(
        sign_in(Role.INCOMING, SignInResult.ACCEPTED),
        sign_in(Role.OUTGOING, SignInResult.ACCEPTED),
    ),
    transcript=TRANSCRIPT,
)


def finding(
    code: str,
    severity: Severity,
    role: Role,
    title: str,
    explanation: str = "",
    remedy: str = "",
    *,
    confidence: Confidence = Confidence.CERTAIN,
    said: bytes = b"",
    facts: tuple[tuple[str, str | int | float | bool], ...] = (),
    endpoint: Endpoint | None = None,
) -> Finding:
    return Finding(
        code,
        severity,
        confidence,
        role,
        message(title),
        message(explanation),
        message(remedy),
        endpoint,
        Evidence(facts, said),
    )


TLS_ON_STARTTLS = finding(
    "tls-on-starttls-port",
    Severity.ERROR,
    Role.OUTGOING,
    "SSL/TLS is set on a port that starts without encryption",
    "The server on port 587 greets in plain text and offers STARTTLS. "
    "Your program waits for encryption that never starts, and gives up.",
    "Use port 465 with SSL/TLS. (Port 587 with STARTTLS would be equally valid.)",
    said=b"220 smtp.example.com ESMTP Postfix\r\n250-smtp.example.com\r\n"
    b"250-SIZE 52428800\r\n250 STARTTLS\r\n",
)
IPV6 = finding(
    "ipv6-broken",
    Severity.WARNING,
    Role.ACCOUNT,
    "IPv6 does not work on this internet line",
    "The mail server is fine. Programs try IPv6 first, wait in vain, and then use IPv4.",
    "Tell whoever looks after your internet line. No mail setting needs to change.",
    confidence=Confidence.LIKELY,
    facts=(("address", "2001:db8::25"), ("waited_ms", 8000.0)),
)
PORT_25 = finding(
    "port-blocked-by-network",
    Severity.INFO,
    Role.OUTGOING,
    "Port 25 is blocked by your network",
    "This is usual: port 25 is for mail between servers. Mail programs do not need it.",
    endpoint=Endpoint(Protocol.SMTP, SMTP_HOST, 25),
    facts=(("silent_ms", 8000.0),),
)
PORT_CHANGE = Change(
    Role.OUTGOING, Field.PORT, "587", "465", "tls-on-starttls-port", Proof.SIGNED_IN
)
KEEP_IMAP = SideSuggestion(SideStatus.KEEP, IMAP, Proof.SIGNED_IN)
KEEP_SMTP = SideSuggestion(SideStatus.KEEP, SMTP_465, Proof.SIGNED_IN)


def problem() -> Report:
    """SSL/TLS on 587: one change, signed in."""
    return Report(
        ACCOUNT,
        (),
        Verdict.ERROR,
        (TLS_ON_STARTTLS, IPV6, PORT_25),
        Suggestion(
            KEEP_IMAP,
            SideSuggestion(SideStatus.CHANGE, SMTP_465, Proof.SIGNED_IN, (PORT_CHANGE,)),
        ),
        OBSERVATIONS,
        (),
        STARTED,
        2100.0,
    )


def all_fine() -> Report:
    """Everything works; IPv6 does not."""
    return replace(
        problem(),
        account=GOOD_ACCOUNT,
        verdict=Verdict.WARNING,
        findings=(IPV6,),
        suggestion=Suggestion(KEEP_IMAP, KEEP_SMTP),
        observations=replace(OBSERVATIONS, endpoints=_good_endpoints()),
        duration_ms=1300.0,
    )


def perfect() -> Report:
    """Everything works, and nothing else is to be said."""
    return replace(all_fine(), verdict=Verdict.OK, findings=())


def _good_endpoints() -> tuple[EndpointObservation, ...]:
    good = seen(Protocol.SMTP, SMTP_HOST, 465, "tls", configured=Security.IMPLICIT_TLS)
    return tuple(good if e.endpoint == good.endpoint else replace(e, configured=e.configured and
                 e.endpoint.port != 587) for e in ENDPOINTS)  # fmt: skip


MISSPELT = "imap.exmaple.com"
TYPO = finding(
    "host-typo",
    Severity.ERROR,
    Role.INCOMING,
    f"There is no server called {MISSPELT}",
    "Two letters are swapped: imap.example.com exists and answers on port 993.",
    "Did you mean imap.example.com?",
)
SILENT_25 = finding(
    "port-silent",
    Severity.ERROR,
    Role.OUTGOING,
    "No answer from smtp.example.com on port 25 within 8 seconds",
    "Many networks block this port.",
    "Use port 465 with SSL/TLS.",
    confidence=Confidence.LIKELY,
)
SHORT_USER = finding(
    "username-incomplete",
    Severity.WARNING,
    Role.INCOMING,
    "The user name should be the whole address",
    "This provider signs in with the whole address.",
    "Use info@example.com.",
)


def both_sides(*, needs_consent: bool = False) -> Report:
    """Both sides are wrong, nothing was signed in with."""
    typed_imap = replace(IMAP, host=MISSPELT, ascii_host=MISSPELT, username="info")
    typed_smtp = server(Protocol.SMTP, SMTP_HOST, 25, Security.STARTTLS)
    handshake_proof = Proof.HANDSHAKE
    incoming = (
        Change(Role.INCOMING, Field.HOST, MISSPELT, IMAP_HOST, "host-typo", handshake_proof),
        Change(
            Role.INCOMING, Field.USERNAME, "info", USER, "username-incomplete", Proof.DOCUMENTED
        ),
    )
    outgoing = (
        Change(Role.OUTGOING, Field.PORT, "25", "465", "port-silent", handshake_proof),
        Change(
            Role.OUTGOING,
            Field.SECURITY,
            "starttls",
            "implicit-tls",
            "port-silent",
            handshake_proof,
        ),
    )
    no_password = NotTestedReason.NO_PASSWORD
    return replace(
        problem(),
        account=Account(USER, typed_imap, typed_smtp),
        findings=(TYPO, SILENT_25, SHORT_USER),
        suggestion=Suggestion(
            SideSuggestion(
                SideStatus.CHANGE,
                IMAP,
                handshake_proof,
                incoming,
                needs_consent=needs_consent,
                source="2026-09",
            ),
            SideSuggestion(SideStatus.CHANGE, SMTP_465, handshake_proof, outgoing),
        ),
        observations=replace(
            OBSERVATIONS,
            endpoints=(),
            sign_ins=(
                sign_in(Role.INCOMING, SignInResult.NOT_TESTED, no_password),
                sign_in(Role.OUTGOING, SignInResult.NOT_TESTED, no_password),
            ),
            transcript=(),
        ),
        duration_ms=6400.0,
    )


EXPIRED = finding(
    "certificate-expired",
    Severity.ERROR,
    Role.INCOMING,
    "The certificate of imap.example.com ran out on 3 March",
    "A mail program cannot tell any more whether this is the right server.",
    "Only your provider can renew it. Do not click a warning away.",
    endpoint=Endpoint(Protocol.IMAP, IMAP_HOST, 993),
    facts=(("expired", "2026-03-03"),),
)


def no_cure() -> Report:
    """The provider's certificate has run out."""
    return replace(
        problem(),
        account=GOOD_ACCOUNT,
        findings=(EXPIRED,),
        suggestion=Suggestion(SideSuggestion(SideStatus.NO_CURE), KEEP_SMTP),
        observations=replace(
            OBSERVATIONS,
            endpoints=_good_endpoints(),
            sign_ins=(
                sign_in(Role.INCOMING, SignInResult.NOT_TESTED, NotTestedReason.NOT_VERIFIED),
                sign_in(Role.OUTGOING, SignInResult.ACCEPTED),
            ),
        ),
    )


REFUSED = finding(
    "sign-in-failed",
    Severity.ERROR,
    Role.OUTGOING,
    "The server does not accept this user name and password",
    "smtp.example.com was asked once and said no. Server, port and encryption are in order.",
    "Try the same password on your provider's web page.",
    said=b"535 5.7.8 Error: authentication failed \xe2\x80\xae \x07\r\n",
)


def wrong_password() -> Report:
    """Both servers refuse the password."""
    refused = SignInResult.REFUSED
    return replace(
        problem(),
        account=GOOD_ACCOUNT,
        findings=(replace(REFUSED, role=Role.INCOMING), REFUSED),
        suggestion=Suggestion(
            SideSuggestion(SideStatus.NO_CURE), SideSuggestion(SideStatus.NO_CURE)
        ),
        observations=replace(
            OBSERVATIONS,
            endpoints=_good_endpoints(),
            sign_ins=(sign_in(Role.INCOMING, refused), sign_in(Role.OUTGOING, refused)),
        ),
    )


def without_password() -> Report:
    """The servers are right; no password was entered."""
    no_password = NotTestedReason.NO_PASSWORD
    return replace(
        all_fine(),
        verdict=Verdict.INCOMPLETE,
        findings=(),
        suggestion=Suggestion(
            SideSuggestion(SideStatus.KEEP, IMAP, Proof.HANDSHAKE),
            SideSuggestion(SideStatus.KEEP, SMTP_465, Proof.HANDSHAKE),
        ),
        observations=replace(
            OBSERVATIONS,
            endpoints=_good_endpoints(),
            sign_ins=(
                sign_in(Role.INCOMING, SignInResult.NOT_TESTED, no_password),
                sign_in(Role.OUTGOING, SignInResult.NOT_TESTED, no_password),
            ),
        ),
        not_tested=(
            NotTested(message("Sign-in for incoming mail"), message("No password was entered.")),
        ),
    )


def cancelled() -> Report:
    """Stopped by the person before anything was decided."""
    return replace(
        without_password(),
        cancelled=True,
        duration_ms=1200.0,
        observations=replace(
            OBSERVATIONS,
            endpoints=ENDPOINTS[:2],
            sign_ins=(
                sign_in(Role.INCOMING, SignInResult.NOT_TESTED, NotTestedReason.CANCELLED),
                sign_in(Role.OUTGOING, SignInResult.NOT_TESTED, NotTestedReason.CANCELLED),
            ),
        ),
        not_tested=(),
    )


def offline() -> Report:
    """No way out of this computer."""
    found = finding(
        "offline",
        Severity.ERROR,
        Role.ACCOUNT,
        "This computer has no way to the internet",
        "Neither IPv4 nor IPv6 has a route.",
        "Switch on Wi-Fi or plug in the cable.",
    )
    return replace(
        problem(),
        findings=(found,),
        suggestion=Suggestion(
            SideSuggestion(SideStatus.NO_CURE), SideSuggestion(SideStatus.NO_CURE)
        ),
        observations=Observations(STARTED),
    )


ALL = {
    "problem": problem,
    "all_fine": all_fine,
    "perfect": perfect,
    "both_sides": both_sides,
    "no_cure": no_cure,
    "wrong_password": wrong_password,
    "without_password": without_password,
    "cancelled": cancelled,
    "offline": offline,
}
