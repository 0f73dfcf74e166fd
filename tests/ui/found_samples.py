"""Answers of searches as the window gets them, for tests of its pages."""

from __future__ import annotations

from dataclasses import replace

from mailcheck_gui.model.account import AuthMethod, Protocol, Security, Server
from mailcheck_gui.model.discovery import (
    Discovery,
    SettingsCandidate,
    Source,
    SourceOutcome,
    SourceState,
    Trust,
)
from mailcheck_gui.model.finding import PreparationStep, Proof, Provider, message

EMAIL = "anna@example.org"


def server(
    protocol: Protocol, host: str, port: int, auth: AuthMethod = AuthMethod.PASSWORD
) -> Server:
    return Server(protocol, host, host, port, Security.IMPLICIT_TLS, auth, EMAIL)


IMAP = server(Protocol.IMAP, "imap.example.org", 993)
POP3 = server(Protocol.POP3, "pop.example.org", 995)
SMTP = server(Protocol.SMTP, "smtp.example.org", 465)

SECURE = SettingsCandidate(
    IMAP,
    SMTP,
    Source.AUTOCONFIG,
    Trust.SECURE,
    url="https://autoconfig.example.org/mail/config-v1.1.xml",
    incoming_proof=Proof.HANDSHAKE,
    outgoing_proof=Proof.HANDSHAKE,
    also=(Source.ISPDB, Source.GUESS),
)
SECURE_POP3 = replace(SECURE, incoming=POP3)
DOCUMENTED = SettingsCandidate(
    IMAP,
    SMTP,
    Source.CATALOGUE,
    Trust.SECURE,
    date="2026-03-01",
    incoming_proof=Proof.DOCUMENTED,
    outgoing_proof=Proof.DOCUMENTED,
)
UNVERIFIED = replace(
    SECURE,
    source=Source.MX,
    trust=Trust.UNVERIFIED,
    way=("mx", "http"),
    url="http://autoconfig.hoster.example/mail/config-v1.1.xml",
    also=(),
)
STALE = SettingsCandidate(
    server(Protocol.IMAP, "mail.old.example.org", 993),
    SMTP,
    Source.ISPDB,
    Trust.SECURE,
    url="https://autoconfig.thunderbird.net/v1.1/example.org",
    date="2019-05-01",
    trouble=message("{host} does not exist.", host="mail.old.example.org"),
)
GUESS = SettingsCandidate(IMAP, SMTP, Source.GUESS, Trust.UNVERIFIED)
PROVEN_GUESS = replace(
    SECURE, source=Source.GUESS, trust=Trust.UNVERIFIED, url="", way=("guess",), also=()
)
OAUTH = replace(
    DOCUMENTED,
    incoming=replace(IMAP, auth=AuthMethod.OAUTH2),
    outgoing=replace(SMTP, auth=AuthMethod.OAUTH2),
)
STEP = PreparationStep(
    "Create an app password.", "https://help.example.org/app", "Example help", "2026-03-01"
)
TRIED = (
    SourceOutcome(
        Source.CATALOGUE,
        SourceState.NOTHING,
        message("The catalogue does not know {domain}.", domain="example.org"),
        "example.org",
        0.1,
    ),
    SourceOutcome(
        Source.AUTOCONFIG,
        SourceState.NO_ANSWER,
        message("{host} did not answer in time.", host="autoconfig.example.org"),
        "https://autoconfig.example.org/mail/config-v1.1.xml",
        6000.0,
    ),
    SourceOutcome(
        Source.AUTOCONFIG,
        SourceState.FOUND,
        message("It names {servers}.", servers="imap.example.org"),
        "https://example.org/.well-known/autoconfig/mail/config-v1.1.xml",
        41.0,
    ),
    SourceOutcome(
        Source.ISPDB,
        SourceState.NOT_ASKED,
        message("It is switched off."),
        "https://autoconfig.thunderbird.net/v1.1/example.org",
    ),
)


def discovery(*candidates: SettingsCandidate, **more: object) -> Discovery:
    return replace(
        Discovery(EMAIL, candidates, tried=TRIED, duration_ms=800.0),
        **more,  # type: ignore[arg-type]
    )


UNSUPPORTED = Provider(
    "tuta", "Tuta", ("tuta.com",), (), unsupported="Tuta works with its own programs only."
)
