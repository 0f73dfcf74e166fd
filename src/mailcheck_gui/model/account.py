"""What a person enters, and what is left of it after cleaning."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Which half of an account something belongs to."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    ACCOUNT = "account"


SIDES = (Role.INCOMING, Role.OUTGOING)
"""The two halves that have a server."""


class Protocol(StrEnum):
    """The mail protocols that Mailcheck examines."""

    IMAP = "imap"
    POP3 = "pop3"
    SMTP = "smtp"


class Security(StrEnum):
    """When TLS starts on a connection (RFC 8314, section 3)."""

    IMPLICIT_TLS = "implicit-tls"
    STARTTLS = "starttls"
    NONE = "none"


class AuthMethod(StrEnum):
    """How the person signs in; `encrypted-password` is CRAM-MD5, on port 995 APOP."""

    PASSWORD = "password"  # noqa: S105 - the name of a method
    ENCRYPTED_PASSWORD = "encrypted-password"  # noqa: S105
    OAUTH2 = "oauth2"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ServerDraft:
    """One side as it was typed; every text may be wrong or empty.

    `security` and `auth` are None where nothing was chosen: the port's usual mode then holds.
    """

    protocol: Protocol
    host: str = ""
    port: str = ""
    security: Security | None = None
    auth: AuthMethod | None = None
    username: str = ""


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """An account as it was typed. A side that was not given is None."""

    email: str = ""
    incoming: ServerDraft | None = None
    outgoing: ServerDraft | None = None
    same_credentials: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True)
class Server:
    """One side after cleaning: everything is set and well-formed.

    `host` is what the person reads (U-labels), `ascii_host` the A-label form or IP literal, the
    only form that reaches resolver, SNI and verification (UTS 46, non-transitional).
    """

    protocol: Protocol
    host: str
    ascii_host: str
    port: int
    security: Security
    auth: AuthMethod = AuthMethod.PASSWORD
    username: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A cleaned account: at least one side is there."""

    email: str = ""
    incoming: Server | None = None
    outgoing: Server | None = None
    same_credentials: bool = True
    name: str = ""

    def server(self, role: Role) -> Server | None:
        """Return the server of one side, or None where that side was not given."""
        return self.incoming if role is Role.INCOMING else self.outgoing

    def hosts_with_consent(
        self, agreed: frozenset[str], unconfirmed: frozenset[str]
    ) -> frozenset[str]:
        """Return the A-labels that a credential may go to: those entered or agreed to.

        `unconfirmed` stand in the settings through a suggestion, without the person's yes.
        """
        return frozenset(s.ascii_host for _, s in self.sides()) - unconfirmed | agreed

    def sides(self) -> tuple[tuple[Role, Server], ...]:
        """Return the given sides, incoming first."""
        pairs = ((Role.INCOMING, self.incoming), (Role.OUTGOING, self.outgoing))
        return tuple((role, server) for role, server in pairs if server is not None)


class Field(StrEnum):
    """A field of the form; the names are those of the settings file."""

    EMAIL = "email"
    PROTOCOL = "protocol"
    HOST = "host"
    PORT = "port"
    SECURITY = "security"
    AUTH = "auth"
    USERNAME = "username"
    PASSWORD = "password"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Cleaning:
    """A value that was tidied before use: what was typed, and what is used instead.

    A password that stood in a pasted address is not in `typed`.
    """

    role: Role
    field: Field
    typed: str
    used: str


def holds_control(text: str) -> bool:
    """Return whether a text holds a control character or half a surrogate pair.

    No protocol carries those in a user name or password (RFC 4616 section 2, RFC 9051 section 9).
    """
    return any(unicodedata.category(character) in {"Cc", "Cs"} for character in text)


@dataclass(frozen=True, slots=True)
class Credential:
    """A user name with its password or token. Never shown: `repr` hides both."""

    username: str = field(repr=False)
    secret: str = field(repr=False)

    def __repr__(self) -> str:
        return "Credential(***)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Credentials:
    """The credential of each side; None where there is none, so sign-in is not tested there."""

    incoming: Credential | None = None
    outgoing: Credential | None = None

    def of(self, role: Role) -> Credential | None:
        """Return the credential of one side."""
        return self.incoming if role is Role.INCOMING else self.outgoing
