"""What a practice server does, declared as data: healthy by default, broken where it says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.observation import Stage
from mailcheck_gui.practice.authority import CertificateKind


class StartTls(StrEnum):
    """How a server that begins in plain text treats the upgrade to TLS."""

    OFFERED = "offered"
    NOT_OFFERED = "not-offered"
    REFUSED = "refused"  # listed, then declined
    STRIPPED = "stripped"  # listed as XXXXXXXA, the mark of a meddling firewall
    INJECTED = "injected"  # further bytes come right behind the go-ahead


class Foreign(StrEnum):
    """A service that is no mail server."""

    HTTP = "http"
    SSH = "ssh"
    GARBAGE = "garbage"


class Misstep(StrEnum):
    """What a server does at a stage, in place of its answer."""

    CLOSE = "close"
    RESET = "reset"
    SILENCE = "silence"  # keeps the connection open and says nothing more


@dataclass(frozen=True, slots=True)
class Fault:
    """A misstep and the stage of the conversation where it happens."""

    stage: Stage
    misstep: Misstep


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A user of a practice server. With XOAUTH2 the password is the token."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServerBehaviour:
    """One practice server at one port.

    Attributes:
        protocol: what it speaks, whatever its port is registered for.
        implicit_tls: the TLS handshake comes before the greeting.
        starttls: how the upgrade is treated; without meaning on an implicit-TLS server.
        certificate: what is wrong with its certificate.
        certificate_names: names in the certificate; empty: the name of the host.
        mechanisms: SASL mechanisms, and `APOP` for POP3, in the order of the listing.
        login_command: IMAP LOGIN or POP3 USER/PASS may be used (else LOGINDISABLED, no USER).
        sign_in_before_tls: signing in is also allowed before TLS.
        sasl_ir: IMAP takes an initial response (RFC 4959).
        capabilities_in_greeting: IMAP's greeting lists the capabilities.
        extended: EHLO or CAPA is understood; else only HELO, or no CAPA.
        preauth: IMAP greets with PREAUTH.
        greeting_delay: seconds before the greeting.
        refusal: a greeting in place of the own one, closed after it; complete, without line end.
        masked_greeting: the SMTP greeting is replaced by asterisks.
        sign_in_reply: the answer to every sign-in in place of a real check; complete, without
            tag and line end.
        envelope: answers to MAIL, RCPT and RSET by verb, in place of the own ones.
        pipelining: SMTP takes commands in groups.
        delivers: what SMTP takes arrives in the inbox; else it is lost.
        uidplus: IMAP can remove one message alone (RFC 4315).
        lists_everything: a search by header lists every message, as on some large servers.
        closes_after_refusal: a refused sign-in ends the connection.
        wants_client_certificate: the handshake demands a certificate of the client.
        oldest_tls_only: speaks TLS 1.0 and nothing newer.
        foreign: a service that is no mail server; nothing else counts then.
        faults: missteps by stage.
        mailboxes: who may sign in.
    """

    protocol: Protocol
    implicit_tls: bool = False
    starttls: StartTls = StartTls.OFFERED
    certificate: CertificateKind = CertificateKind.GOOD
    certificate_names: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ("PLAIN", "LOGIN")
    login_command: bool = True
    sign_in_before_tls: bool = False
    sasl_ir: bool = True
    capabilities_in_greeting: bool = True
    extended: bool = True
    preauth: bool = False
    greeting_delay: float = 0.0
    refusal: str = ""
    masked_greeting: bool = False
    sign_in_reply: str = ""
    envelope: tuple[tuple[str, str], ...] = ()
    pipelining: bool = True
    delivers: bool = True
    uidplus: bool = True
    lists_everything: bool = False
    closes_after_refusal: bool = False
    wants_client_certificate: bool = False
    oldest_tls_only: bool = False
    foreign: Foreign | None = None
    faults: tuple[Fault, ...] = ()
    mailboxes: tuple[Mailbox, ...] = ()

    def misstep_at(self, stage: Stage) -> Misstep | None:
        """Return what goes wrong at a stage, or None."""
        return next((fault.misstep for fault in self.faults if fault.stage is stage), None)
