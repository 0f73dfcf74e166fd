"""What a host of the lab can be: servers, certificate, faults on the way to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from maillab.accounts import DOMAIN


class Issuer(StrEnum):
    """Who signs a certificate."""

    LAB = "lab"  # the intermediate of the authority that the client trusts
    STRANGER = "stranger"  # an authority that the client does not know
    SELF = "self"
    ANTIVIRUS = "antivirus"  # a product's own authority, which the client trusts too
    SHA1 = "sha1"  # an intermediate of the lab's authority that signs with SHA-1


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a host shows. Without `names` it shows its own; days count from now.

    `issuers_at` is the URL that it names for its issuer's certificate (AIA).
    """

    names: tuple[str, ...] = ()
    issuer: Issuer = Issuer.LAB
    valid_from: int = -30
    valid_to: int = 365
    key: str = "ec"  # or "rsa-1024", "rsa-2048", "shared": one key for all that have it
    sends_chain: bool = True
    issuers_at: str = ""


class Refusal(StrEnum):
    """What the router does with a packet, as nftables says it."""

    DROP = "drop"
    RESET = "reject with tcp reset"
    PROHIBITED = "reject with icmpx admin-prohibited"
    BIG = "meta length > 600 drop"  # a path that swallows big packets without a word


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule on the router for one host: all its ports unless some are named.

    It holds for what goes to the host, or with `towards_client` for what comes from it.
    """

    refusal: Refusal
    ports: tuple[int, ...] = ()
    families: tuple[int, ...] = (4, 6)
    towards_client: bool = False


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A Dovecot of its own. `settings` are lines of dovecot.conf; `openssl` an openssl.cnf.

    `judge` is Lua that decides on every sign-in in place of the list of mailboxes. With
    `for_postfix` it only checks passwords, for the Postfix of its host.
    """

    ports: tuple[int, ...] = (143, 993, 110, 995)
    settings: tuple[str, ...] = ()
    mechanisms: str = "plain login"
    tls: bool = True
    openssl: str = ""
    judge: str = ""
    for_postfix: bool = False


@dataclass(frozen=True, slots=True)
class Postfix:
    """Ports of the one Postfix; each with overrides of main.cf."""

    ports: dict[int, dict[str, str]] = field(default_factory=lambda: {25: {}, 465: {}, 587: {}})


@dataclass(frozen=True, slots=True)
class Exim:
    """An Exim of its own on 25, 465 and 587. `recipient` is what its ACL asks first at RCPT TO.

    Without `knows_passwords` its list of passwords is missing.
    """

    recipient: str = ""
    knows_passwords: bool = True


@dataclass(frozen=True, slots=True)
class Cyrus:
    """A Cyrus of its own. `settings` are lines of imapd.conf.

    Without `knows_passwords` whom it asks about them has no answer.
    """

    ports: tuple[int, ...] = (143, 993, 110, 995)
    settings: tuple[str, ...] = ()
    tls: bool = True
    knows_passwords: bool = True


@dataclass(frozen=True, slots=True)
class Courier:
    """A Courier of its own on all four ports; `knows_passwords` as for Cyrus."""

    knows_passwords: bool = True


class StartTls(StrEnum):
    """What a scripted server does about STARTTLS."""

    ABSENT = "absent"
    REFUSED = "refused"  # offered, then refused
    MASKED = "masked"  # offered as XXXXXXXA, refused when asked
    INJECTED = "injected"  # accepted, with more bytes behind the go-ahead


@dataclass(frozen=True, slots=True)
class Talk:
    """A scripted server that speaks a protocol (`imap`, `pop3`, `smtp`).

    `greeting` replaces the usual one. With `hang_up` the connection ends after the first command.
    """

    protocol: str
    tls: bool = False
    starttls: StartTls = StartTls.ABSENT
    mechanisms: tuple[str, ...] = ()
    greeting: str = ""
    hang_up: bool = False


class Oddity(StrEnum):
    """A scripted server that speaks no mail protocol, or nothing at all."""

    SILENT = "silent"
    HTTP = "http"
    SSH = "ssh"
    RESET = "reset"
    TLS_ALERT = "tls-alert"  # answers a ClientHello with alert 40, handshake_failure
    CLIENT_CERTIFICATE = "client-certificate"  # ends TLS with an alert where there is none
    WEB = "web"  # a web server with the pages of the domains' table
    WEB_TLS = "web-tls"  # the same over https
    WEB_PARKED = "web-parked"  # a web server with one page for everything
    ISSUERS = "issuers"  # a web server with the certificate of the lab's intermediate


@dataclass(frozen=True, slots=True)
class Say:
    """A scripted server that says one line and closes."""

    line: str


Script = Talk | Oddity | Say


@dataclass(frozen=True, slots=True)
class Host:
    """One name with one address per family, `families` of which stand in the DNS.

    An absent host has a name and no computer behind it. `certificate6` is what scripted servers
    show at the IPv6 address, where that differs. One host alone may have `opensmtpd`.
    """

    label: str
    dovecot: Dovecot | None = None
    postfix: Postfix | None = None
    exim: Exim | None = None
    opensmtpd: bool = False
    cyrus: Cyrus | None = None
    courier: Courier | None = None
    scripts: dict[int, Script] = field(default_factory=dict)
    certificate: Certificate = Certificate()
    certificate6: Certificate | None = None
    faults: tuple[Fault, ...] = ()
    aliases: tuple[str, ...] = ()
    families: tuple[int, ...] = (4, 6)
    present: bool = True
    domain: str = DOMAIN

    @property
    def name(self) -> str:
        """The host's full name."""
        return f"{self.label}.{self.domain}"

    @property
    def certificates(self) -> dict[str, Certificate]:
        """What it shows, by the label of the files."""
        both = {self.label: self.certificate, f"{self.label}-6": self.certificate6}
        return {label: kind for label, kind in both.items() if kind is not None}


@dataclass(frozen=True, slots=True)
class Place:
    """A host with its number in the table, from which its addresses follow."""

    number: int
    host: Host

    @property
    def v4(self) -> str:
        """Its IPv4 address."""
        return f"203.0.113.{self.number}"

    @property
    def v6(self) -> str:
        """Its IPv6 address."""
        return f"2001:db8:b::{self.number:x}"

    @property
    def addresses(self) -> tuple[str, str]:
        """Both addresses, IPv4 first."""
        return (self.v4, self.v6)

    @property
    def known_addresses(self) -> tuple[str, ...]:
        """Those that stand in the DNS."""
        both = {4: self.v4, 6: self.v6}
        return tuple(both[family] for family in self.host.families)
