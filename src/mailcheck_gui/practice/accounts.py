"""The practice accounts: one that works, and one for each slip that is met most often."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.model.account import (
    AccountDraft,
    AuthMethod,
    Credential,
    Credentials,
    Protocol,
    Security,
    ServerDraft,
)
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.practice.authority import CertificateKind
from mailcheck_gui.practice.autoconfig import AUTOCONFIG_HOST, publish_settings
from mailcheck_gui.practice.behaviour import Mailbox, ServerBehaviour
from mailcheck_gui.practice.servers import Door, PracticeHost

PRACTICE_ADDRESS = "anna@practice.example"
"""The address of every practice account; its settings can be found on the practice network."""

_USER = PRACTICE_ADDRESS
_PASSWORD = "plum pie & <two> teas"  # noqa: S105 - opens only the practice servers
_MAILBOXES = (Mailbox(_USER, _PASSWORD),)


@dataclass(frozen=True, slots=True)
class PracticeAccount:
    """A set of settings to try the program on. `id` is what the command line takes."""

    id: str
    name: Message
    description: Message
    draft: AccountDraft
    credentials: Credentials


def _server(
    protocol: Protocol,
    *,
    implicit_tls: bool = False,
    certificate: CertificateKind = CertificateKind.GOOD,
) -> ServerBehaviour:
    return ServerBehaviour(
        protocol, implicit_tls=implicit_tls, certificate=certificate, mailboxes=_MAILBOXES
    )


def _incoming_ports(
    certificate: CertificateKind = CertificateKind.GOOD,
) -> tuple[tuple[int, ServerBehaviour], ...]:
    imap, pop3 = Protocol.IMAP, Protocol.POP3
    return (
        (143, _server(imap, certificate=certificate)),
        (993, _server(imap, implicit_tls=True, certificate=certificate)),
        (110, _server(pop3, certificate=certificate)),
        (995, _server(pop3, implicit_tls=True, certificate=certificate)),
    )


_SMTP = _server(Protocol.SMTP)
_SMTPS = _server(Protocol.SMTP, implicit_tls=True)

PRACTICE_HOSTS: tuple[PracticeHost, ...] = (
    PracticeHost("imap.practice.example", ("203.0.113.10", "2001:db8::10"), _incoming_ports()),
    PracticeHost(
        "smtp.practice.example",
        ("203.0.113.20", "2001:db8::20"),
        ((25, _SMTP), (587, _SMTP), (465, _SMTPS)),
    ),
    PracticeHost(
        "expired.practice.example",
        ("203.0.113.30",),
        _incoming_ports(CertificateKind.EXPIRED),
    ),
    PracticeHost(
        "blocked.practice.example",
        ("203.0.113.40",),
        ((25, Door.BLOCKED), (587, Door.BLOCKED), (465, _SMTPS)),
    ),
    PracticeHost(AUTOCONFIG_HOST, ("203.0.113.50",), ((443, publish_settings),)),
)
"""Every host of practice mode. 203.0.113.0/24 and 2001:db8::/32 are for documentation."""


def _incoming(
    host: str = "imap.practice.example",
    port: int = 993,
    security: Security = Security.IMPLICIT_TLS,
) -> ServerDraft:
    return ServerDraft(
        Protocol.IMAP, host, str(port), security, AuthMethod.PASSWORD, username=_USER
    )


def _outgoing(
    port: int = 465,
    security: Security = Security.IMPLICIT_TLS,
    host: str = "smtp.practice.example",
) -> ServerDraft:
    return ServerDraft(
        Protocol.SMTP, host, str(port), security, AuthMethod.PASSWORD, username=_USER
    )


def _account(
    account_id: str,
    name: Message,
    description: Message,
    *,
    incoming: ServerDraft | None = None,
    outgoing: ServerDraft | None = None,
    password: str = _PASSWORD,
) -> PracticeAccount:
    credential = Credential(_USER, password)
    draft = AccountDraft(
        email=_USER,
        incoming=incoming or _incoming(),
        outgoing=outgoing or _outgoing(),
        name=name.english(),
    )
    return PracticeAccount(
        account_id, name, description, draft, Credentials(credential, credential)
    )


_ACCOUNTS = (
    _account(
        "all-fine",
        message("All fine"),
        message("Both servers work with the settings as they are."),
    ),
    _account(
        "tls-on-587",
        message("SSL/TLS on 587"),
        message("The outgoing server is set to SSL/TLS on a port that expects STARTTLS."),
        outgoing=_outgoing(587, Security.IMPLICIT_TLS),
    ),
    _account(
        "starttls-on-465",
        message("STARTTLS on 465"),
        message("The outgoing server is set to STARTTLS on a port that expects SSL/TLS."),
        outgoing=_outgoing(465, Security.STARTTLS),
    ),
    _account(
        "plain-on-25",
        message("No encryption on 25"),
        message("The outgoing server is set to port 25 without any encryption."),
        outgoing=_outgoing(25, Security.NONE),
    ),
    _account(
        "imap-on-pop3-port",
        message("IMAP on a POP3 port"),
        message("The incoming server is set to IMAP on a port that speaks POP3."),
        incoming=_incoming(port=995),
    ),
    _account(
        "expired-certificate",
        message("Expired certificate"),
        message("The certificate of the incoming server ran out."),
        incoming=_incoming("expired.practice.example"),
    ),
    _account(
        "wrong-password",
        message("Wrong password"),
        message("The servers do not accept the password."),
        password="not the password",  # noqa: S106
    ),
    _account(
        "blocked-587",
        message("Port 587 is blocked"),
        message("Nothing answers on port 587, while port 465 is open."),
        outgoing=_outgoing(587, Security.STARTTLS, "blocked.practice.example"),
    ),
)


def practice_accounts() -> tuple[PracticeAccount, ...]:
    """Return the practice accounts, the working one first.

    The expected stories:

    * all-fine: both sides signed in, verdict ok, both statuses keep.
    * tls-on-587: `tls-on-starttls-port`; the outgoing port becomes 465 with SSL/TLS, signed in.
    * starttls-on-465: `starttls-on-tls-port`; encryption becomes SSL/TLS on 465, signed in.
    * plain-on-25: `plaintext-password` and `submission-on-port-25`; 465 with SSL/TLS, signed in.
    * imap-on-pop3-port: `protocol-port-mismatch`; the incoming port becomes 993, signed in.
    * expired-certificate: `certificate-expired`; no cure but the provider's; no password is sent.
    * wrong-password: `sign-in-failed` on the incoming side and on the outgoing one.
    * blocked-587: `port-silent`; the outgoing port becomes 465 with SSL/TLS, signed in.
    """
    return _ACCOUNTS
