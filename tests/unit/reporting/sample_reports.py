"""Reports made by hand, as full of hostile server text as a real run could be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from mailcheck_gui.model.account import (
    Account,
    AuthMethod,
    Cleaning,
    Field,
    Protocol,
    Role,
    Security,
    Server,
)
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
    EndKind,
    EndObservation,
    EndpointObservation,
    GreetingKind,
    GreetingObservation,
    HandshakeOutcome,
    Observations,
    Opening,
    SignInObservation,
    SignInResult,
    Spoken,
    Stage,
    TlsObservation,
    TranscriptLine,
)
from mailcheck_gui.model.report import Report, Verdict

STARTED = datetime(2026, 11, 21, 23, 5, 7, 891234, timezone(timedelta(hours=1)))
HOSTILE = b"220 \x1b[31m<b>hello</b> \xff\xfe \xe2\x80\xae[red]mx[/red]"
IMAP = Server(
    Protocol.IMAP,
    "post.müller.example",
    "post.xn--mller-kva.example",
    993,
    Security.IMPLICIT_TLS,
    AuthMethod.PASSWORD,
    "anna@example.com",
)
SMTP = Server(
    Protocol.SMTP,
    "smtp.example.com",
    "smtp.example.com",
    587,
    Security.IMPLICIT_TLS,
    AuthMethod.PASSWORD,
    "anna@example.com",
)
IMAP_AT = Endpoint(Protocol.IMAP, IMAP.ascii_host, 993)
SMTP_AT = Endpoint(Protocol.SMTP, SMTP.ascii_host, 587)
OPEN = ConnectObservation(ConnectOutcome.OPEN, 40.12345)
LEAF = CertificateFacts(
    subject="CN=smtp.example.com",
    issuer="CN=Sample\u202e CA",
    names=("smtp.example.com", "mail.example.com"),
    not_before=datetime(2026, 1, 1, tzinfo=UTC),
    not_after=datetime(2027, 1, 1, 12, 30, tzinfo=UTC),
    self_issued=False,
    self_signed=False,
    key="ec-secp256r1",
    key_bits=256,
    signature_hash="sha256",
    sha256="00" * 32,
)
TLS = TlsObservation(
    HandshakeOutcome.VERIFIED,
    80.0,
    "TLSv1.3",
    "TLS_AES_256_GCM_SHA384",
    (LEAF,),
    chain_trusted=True,
    name_matches=True,
)
COMPLETE = EndObservation(EndKind.COMPLETE, Stage.GOODBYE, elapsed_ms=321.5)


def finding(
    code: str = "tls-on-starttls-port",
    severity: Severity = Severity.ERROR,
    role: Role = Role.OUTGOING,
    title: str = "Port 587 starts without encryption, but SSL/TLS is set",
    quote: bytes = HOSTILE,
) -> Finding:
    return Finding(
        code,
        severity,
        Confidence.CERTAIN,
        role,
        message("{text}", text=title),
        message("The server {host} greeted in plain text.", host=SMTP.host),
        message("Use port 465 with SSL/TLS."),
        SMTP_AT,
        Evidence((("port", 587), ("offered", True), ("words", "a\x07b")), quote),
        Field.PORT,
    )


def talk(opening: Opening = Opening.LISTEN, **traits: object) -> Conversation:
    return Conversation(opening, OPEN, **traits)  # type: ignore[arg-type]


def row(
    *talks: Conversation, endpoint: Endpoint = SMTP_AT, address: str | None = "203.0.113.20"
) -> EndpointObservation:
    role = Role.OUTGOING if endpoint.protocol is Protocol.SMTP else Role.INCOMING
    return EndpointObservation(role, True, endpoint, Security.STARTTLS, address, talks)


PLAIN_ROW = row(
    talk(
        greeting=GreetingObservation(GreetingKind.READY, Spoken.SMTP, HOSTILE, 41.0),
        plain_capabilities=Capabilities(("STARTTLS", "SIZE 1"), ("PLAIN",), starttls=True),
        end=COMPLETE,
    )
)
TLS_ROW = row(
    talk(
        Opening.CLIENT_HELLO,
        tls=TLS,
        tls_greeting=GreetingObservation(GreetingKind.READY, Spoken.IMAP, b"* OK hi\r\n", 99.0),
        tls_capabilities=Capabilities(("IMAP4rev1", "AUTH=PLAIN"), ("PLAIN", "LOGIN-COMMAND")),
        end=COMPLETE,
    ),
    endpoint=IMAP_AT,
)


def connection(outcome: ConnectOutcome) -> EndpointObservation:
    return row(Conversation(Opening.LISTEN, ConnectObservation(outcome, 8000.0)))


def signed_in(role: Role, result: SignInResult, **traits: object) -> SignInObservation:
    endpoint = SMTP_AT if role is Role.OUTGOING else IMAP_AT
    return SignInObservation(role, endpoint, Security.IMPLICIT_TLS, result, **traits)  # type: ignore[arg-type]


ACCEPTED = tuple(
    signed_in(role, SignInResult.ACCEPTED, mechanism="PLAIN", reply=b"235 ok\xff\r\n")
    for role in (Role.INCOMING, Role.OUTGOING)
)
CHANGES = (
    Change(Role.OUTGOING, Field.PORT, "587", "465", "tls-on-starttls-port", Proof.SIGNED_IN),
)
BETTER = Server(
    Protocol.SMTP,
    SMTP.host,
    SMTP.ascii_host,
    465,
    Security.IMPLICIT_TLS,
    AuthMethod.PASSWORD,
    "anna@example.com",
)


def report(verdict: Verdict = Verdict.OK, **traits: object) -> Report:
    both_kept = Suggestion(
        SideSuggestion(SideStatus.KEEP, IMAP, Proof.SIGNED_IN),
        SideSuggestion(SideStatus.KEEP, SMTP, Proof.SIGNED_IN),
    )
    values: dict[str, object] = {
        "account": Account("anna@example.com", IMAP, SMTP),
        "cleaned": (),
        "verdict": verdict,
        "findings": (),
        "suggestion": both_kept,
        "observations": Observations(STARTED, sign_ins=ACCEPTED),
        "not_tested": (),
        "started": STARTED,
        "duration_ms": 1234.56,
    }
    return Report(**{**values, **traits})  # type: ignore[arg-type]


def broken_report() -> Report:
    """Return a report in which sending is broken and cured by one change."""
    transcript = (
        TranscriptLine(SMTP_AT, "203.0.113.20", 12.3456, "received", "220 mx\x00\u202e"),
        TranscriptLine(SMTP_AT, "203.0.113.20", 13.0, "sent", "EHLO [203.0.113.250]"),
    )
    return report(
        Verdict.ERROR,
        cleaned=(Cleaning(Role.INCOMING, Field.HOST, " post.müller.example\t", IMAP.host),),
        findings=(finding(),),
        suggestion=Suggestion(
            SideSuggestion(SideStatus.KEEP, IMAP, Proof.SIGNED_IN),
            SideSuggestion(SideStatus.CHANGE, BETTER, Proof.SIGNED_IN, CHANGES),
        ),
        observations=Observations(
            STARTED,
            endpoints=(
                TLS_ROW,
                PLAIN_ROW,
                connection(ConnectOutcome.SILENT),
                row(address=None),
                connection(ConnectOutcome.NOT_TRIED),
            ),
            sign_ins=ACCEPTED,
            transcript=transcript,
        ),
        not_tested=(NotTested(message("Sending a mail"), message("Nothing is ever sent.")),),
    )
