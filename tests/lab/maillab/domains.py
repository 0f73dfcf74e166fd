"""Mail domains and what each publishes about its settings: files, DNS records, server names."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from maillab.accounts import DOMAIN

FOUND, FAR, CLOSED, DROPPED = "found", "far", "closed", "dropall"
"""Hosts that names of the domains lead to: a healthy one; one so far away that every source has
answered before it is proven; one where nothing listens; one that is never heard of.
"""

ISPDB = "https://autoconfig.thunderbird.net/v1.1"
HOSTER = "hoster.test"
"""A domain that others' mail exchangers and redirects lead to."""

_AUTODISCOVER = "autodiscover/autodiscover.xml"
_NS = 2  # RFC 1035 section 3.2.2


@dataclass(frozen=True, slots=True)
class Page:
    """What a web server answers at one URL. It is sent `times` times; a `mute` one never comes.

    With `drip` it comes byte by byte, a second apart.
    """

    body: bytes = b""
    kind: str = "text/xml"
    status: int = 200
    location: str = ""
    times: int = 1
    mute: bool = False
    drip: bool = False


@dataclass(frozen=True, slots=True)
class Domain:
    """One mail domain. `pages` are by URL; their hosts' names lead to the host `web`.

    `servers` are names in the domain that lead to mail servers, by the label of the lab's host.
    `records` are lines for dnsmasq.
    """

    name: str
    pages: dict[str, Page] = field(default_factory=dict)
    servers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    web: str = "web"

    def web_names(self) -> set[str]:
        """Return the names of the hosts of all pages."""
        return {url.split("/")[2] for url in self.pages}


def autoconfig_file(domain: str, *servers: tuple[str, str, int, str]) -> Page:
    """Return an autoconfig file: type, host, port, socketType of each server."""
    lines = "".join(
        f'<{_element(kind)} type="{kind}"><hostname>{host}</hostname><port>{port}</port>'
        f"<socketType>{socket}</socketType><username>%EMAILADDRESS%</username>"
        f"<authentication>password-cleartext</authentication></{_element(kind)}>"
        for kind, host, port, socket in servers
    )
    return Page(
        f'<?xml version="1.0"?>\n<clientConfig version="1.1"><emailProvider id="{domain}">'
        f"<domain>{domain}</domain>{lines}</emailProvider></clientConfig>".encode()
    )


def _element(kind: str) -> str:
    return "outgoingServer" if kind == "smtp" else "incomingServer"


def secure_file(domain: str, incoming: str = "in", outgoing: str = "out") -> Page:
    """Return a file with IMAP and SMTP over implicit TLS, at hosts in the domain."""
    return autoconfig_file(
        domain,
        ("imap", f"{incoming}.{domain}", 993, "SSL"),
        ("smtp", f"{outgoing}.{domain}", 465, "SSL"),
    )


def autodiscover_settings(domain: str) -> Page:
    """Return an Autodiscover answer with IMAP and SMTP over implicit TLS."""
    protocols = "".join(
        f"<Protocol><Type>{kind}</Type><Server>{host}.{domain}</Server><Port>{port}</Port>"
        "<SSL>on</SSL><SPA>off</SPA><AuthRequired>on</AuthRequired></Protocol>"
        for kind, host, port in (("IMAP", "in", 993), ("SMTP", "out", 465))
    )
    return _autodiscover_answer(f"<Action>settings</Action>{protocols}")


def autodiscover_redirect(url: str) -> Page:
    """Return an Autodiscover answer that leads to another place."""
    return _autodiscover_answer(f"<Action>redirectUrl</Action><RedirectUrl>{url}</RedirectUrl>")


def autodiscover_elsewhere(domain: str) -> Page:
    """Return an Autodiscover answer that names another address, whose domain is to be asked."""
    address = f"<RedirectAddr>somebody@{domain}</RedirectAddr>"
    return _autodiscover_answer(f"<Action>redirectAddr</Action>{address}")


def _autodiscover_answer(account: str) -> Page:
    schema = "http://schemas.microsoft.com/exchange/autodiscover"
    return Page(
        f'<?xml version="1.0"?>\n<Autodiscover xmlns="{schema}/responseschema/2006">'
        f'<Response xmlns="{schema}/outlook/responseschema/2006a"><Account>'
        f"<AccountType>email</AccountType>{account}</Account></Response></Autodiscover>".encode()
    )


def pacc_file(domain: str) -> Page:
    """Return a PACC file with IMAP and SMTP."""
    protocols = {"imap": {"host": f"in.{domain}"}, "smtp": {"host": f"out.{domain}"}}
    content = {"protocols": protocols, "authentication": {"password": True}}
    return Page(json.dumps(content).encode(), "application/json")


def own_file_url(domain: str, scheme: str = "https") -> str:
    """Return where a domain's autoconfig file lies."""
    return f"{scheme}://autoconfig.{domain}/mail/config-v1.1.xml"


def well_known_url(domain: str, scheme: str = "https") -> str:
    """Return the other place for it."""
    return f"{scheme}://{domain}/.well-known/autoconfig/mail/config-v1.1.xml"


def ispdb_url(domain: str) -> str:
    """Return a domain's place in Mozilla's database."""
    return f"{ISPDB}/{domain}"


def autodiscover_url(domain: str, scheme: str = "https") -> str:
    """Return where a domain's Autodiscover answers."""
    return f"{scheme}://autodiscover.{domain}/{_AUTODISCOVER}"


def pacc_url(domain: str) -> str:
    """Return where a domain's PACC file lies."""
    return f"https://ua-auto-config.{domain}/.well-known/user-agent-configuration.json"


def mx(domain: str, host: str) -> str:
    """Return the record of a mail exchanger."""
    return f"mx-host={domain},{host},10"


def ns(domain: str, host: str) -> str:
    """Return the record of a name server, which dnsmasq knows no word for."""
    wire = b"".join(bytes([len(label)]) + label.encode() for label in host.split(".")) + b"\0"
    return f"dns-rr={domain},{_NS},{wire.hex()}"


def srv(domain: str, incoming: str = "in", outgoing: str = "out") -> tuple[str, ...]:
    """Return the records of IMAP and submission over implicit TLS; POP3 is not offered."""
    return (
        f"srv-host=_imaps._tcp.{domain},{incoming}.{domain},993,0,1",
        f"srv-host=_submissions._tcp.{domain},{outgoing}.{domain},465,0,1",
        f"srv-host=_pop3s._tcp.{domain},.,0,0,0",
    )


def pacc_digest(domain: str) -> str:
    """Return the record with the digest of a domain's PACC file."""
    digest = base64.b64encode(hashlib.sha256(pacc_file(domain).body).digest()).decode()
    return f'txt-record=_ua-auto-config.{domain},"v=UAAC1; a=sha256; d={digest}"'


def _redirects(first: str, *targets: str) -> dict[str, Page]:
    """Return pages that lead from one URL to the next."""
    return {
        url: Page(status=302, location=target)
        for url, target in zip((first, *targets), targets, strict=False)
    }


def _lead_on(domain: str, count: int) -> dict[str, Page]:
    """Return a chain of redirects from the well-known place."""
    return _redirects(
        well_known_url(domain), *(f"https://{domain}/step/{number}" for number in range(count))
    )


_AT_FOUND = {FOUND: ("in", "out")}
_BOMB = Page(
    b'<?xml version="1.0"?><!DOCTYPE bomb [<!ENTITY a "laugh">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><clientConfig version="1.1"><emailProvider id="x">&j;</emailProvider></clientConfig>'
)
_WEB_PAGE = Page(b"<!DOCTYPE html><html><body>This domain is for sale</body></html>", "text/html")

_ALONE = (
    Domain(
        "autoconfig-host.test",
        {own_file_url("autoconfig-host.test"): secure_file("autoconfig-host.test")},
        _AT_FOUND,
    ),
    Domain(
        "well-known.test",
        {well_known_url("well-known.test"): secure_file("well-known.test")},
        _AT_FOUND,
    ),
    Domain("ispdb.test", {ispdb_url("ispdb.test"): secure_file("ispdb.test")}, _AT_FOUND),
    Domain("srv.test", servers=_AT_FOUND, records=srv("srv.test")),
    Domain(
        "autodiscover.test",
        {autodiscover_url("autodiscover.test"): autodiscover_settings("autodiscover.test")},
        _AT_FOUND,
    ),
    Domain(
        "autodiscover-on.test",
        {
            autodiscover_url("autodiscover-on.test"): autodiscover_redirect(
                f"https://web.{HOSTER}/autodiscover-on"
            ),
            f"https://web.{HOSTER}/autodiscover-on": autodiscover_settings("autodiscover-on.test"),
        },
        _AT_FOUND,
    ),
    Domain(
        "autodiscover-http.test",
        {
            autodiscover_url("autodiscover-http.test", "http"): Page(
                status=302, location=f"https://web.{HOSTER}/autodiscover-http"
            ),
            f"https://web.{HOSTER}/autodiscover-http": autodiscover_settings(
                "autodiscover-http.test"
            ),
        },
        _AT_FOUND,
    ),
    Domain(
        "autodiscover-srv.test",
        {f"https://web.{HOSTER}/{_AUTODISCOVER}": autodiscover_settings("autodiscover-srv.test")},
        _AT_FOUND,
        (f"srv-host=_autodiscover._tcp.autodiscover-srv.test,web.{HOSTER},443,0,1",),
    ),
    Domain(
        "autodiscover-away.test",
        {autodiscover_url("autodiscover-away.test"): autodiscover_elsewhere("autodiscover.test")},
    ),
    Domain(
        "pacc.test",
        {pacc_url("pacc.test"): pacc_file("pacc.test")},
        _AT_FOUND,
        (pacc_digest("pacc.test"),),
    ),
    Domain(
        "pacc-undigested.test",
        {pacc_url("pacc-undigested.test"): pacc_file("pacc-undigested.test")},
        _AT_FOUND,
    ),
    # The domain of the mailboxes: its own file names the servers, so a sign-in needs no yes.
    Domain(DOMAIN, {own_file_url(DOMAIN): secure_file(DOMAIN, "imap", "smtp")}),
    Domain("guess.test", servers={FOUND: ("imap", "smtp")}),
    Domain("pop-only.test", servers={"pop3-alone": ("pop", "smtp")}),
)

_NAMES = (
    Domain(
        "moved.test",
        {
            own_file_url("moved.test"): Page(status=301, location=f"https://web.{HOSTER}/moved"),
            f"https://web.{HOSTER}/moved": secure_file("moved.test"),
        },
        _AT_FOUND,
    ),
    Domain(
        "xn--mller-kva.test",
        {own_file_url("xn--mller-kva.test"): secure_file("xn--mller-kva.test")},
        _AT_FOUND,
    ),
)

_ELSEWHERE = (
    Domain(
        HOSTER,
        {own_file_url(HOSTER): secure_file(HOSTER)},
        _AT_FOUND,
    ),
    Domain("fastmail.com", servers={FOUND: ("imap", "pop", "smtp")}),
    Domain("company.test", records=(mx("company.test", "in1-smtp.messagingengine.com"),)),
    Domain("hosted.test", records=(mx("hosted.test", f"mx.{HOSTER}"),)),
    Domain("parked-zone.test", records=(ns("parked-zone.test", "ns1.messagingengine.com"),)),
    Domain(
        "shared.test",
        servers={"box9": ("imap", "smtp")},
        records=(mx("shared.test", "box9.hosting.test"),),
    ),
)

_TOGETHER = (
    Domain(
        "everything.test",
        {
            own_file_url("everything.test"): secure_file("everything.test", "imap", "smtp"),
            ispdb_url("everything.test"): secure_file("everything.test", "imap", "smtp"),
            pacc_url("everything.test"): pacc_file("everything.test"),
            autodiscover_url("everything.test"): autodiscover_settings("everything.test"),
        },
        {FAR: ("imap", "smtp", "in", "out")},
        (*srv("everything.test"), pacc_digest("everything.test")),
    ),
    Domain(
        "contradicting.test",
        {
            own_file_url("contradicting.test"): secure_file("contradicting.test"),
            ispdb_url("contradicting.test"): secure_file("contradicting.test", "old", "old"),
        },
        {FAR: ("in", "out"), FOUND: ("other",), CLOSED: ("old",)},
        srv("contradicting.test", "other", "other"),
    ),
    Domain(
        "stale.test",
        {own_file_url("stale.test"): secure_file("stale.test", "old", "old")},
        {FAR: ("imap", "smtp"), CLOSED: ("old",)},
    ),
    Domain(
        "half-stale.test",
        {own_file_url("half-stale.test"): secure_file("half-stale.test", "in", "old")},
        {FAR: ("in", "smtp"), CLOSED: ("old",)},
    ),
)

_HOSTILE = (
    Domain(
        "slow.test",
        {
            own_file_url("slow.test"): Page(mute=True),
            well_known_url("slow.test"): Page(secure_file("slow.test").body, drip=True),
        },
        _AT_FOUND,
        srv("slow.test"),
    ),
    Domain(
        "looping.test",
        {
            **_redirects(
                own_file_url("looping.test"),
                "https://looping.test/there",
                own_file_url("looping.test"),
            ),
            **_lead_on("looping.test", 9),
            ispdb_url("looping.test"): Page(status=302, location="http://looping.test/plain"),
        },
    ),
    Domain(
        "huge.test",
        {
            own_file_url("huge.test"): Page(b" " * 100_000, times=100),
            well_known_url("huge.test"): _BOMB,
            ispdb_url("huge.test"): Page(b"\xff\xfe\0<\0", "application/octet-stream"),
            autodiscover_url("huge.test"): Page(b'{"not": "xml"}', "application/json"),
            pacc_url("huge.test"): Page(b"[" * 100_000, "application/json"),
        },
    ),
    Domain(
        "wrong-type.test",
        {
            own_file_url("wrong-type.test"): Page(
                secure_file("wrong-type.test").body, "application/octet-stream"
            ),
            well_known_url("wrong-type.test"): Page(_WEB_PAGE.body, "text/xml"),
        },
        _AT_FOUND,
    ),
    Domain(
        "plain.test",
        {
            own_file_url("plain.test"): autoconfig_file(
                "plain.test",
                ("imap", "in.plain.test", 143, "plain"),
                ("smtp", "out.plain.test", 25, "plain"),
            )
        },
        _AT_FOUND,
    ),
    Domain(
        "http-only.test",
        {own_file_url("http-only.test", "http"): secure_file("http-only.test")},
        _AT_FOUND,
        web="web-plain",
    ),
    Domain(
        "expired-web.test",
        {
            own_file_url("expired-web.test"): secure_file("expired-web.test"),
            own_file_url("expired-web.test", "http"): secure_file("expired-web.test"),
        },
        _AT_FOUND,
        web="web-expired",
    ),
    Domain(
        "misnamed-web.test",
        {own_file_url("misnamed-web.test"): secure_file("misnamed-web.test")},
        _AT_FOUND,
        web="web-misnamed",
    ),
    Domain(
        "strange-web.test",
        {own_file_url("strange-web.test"): secure_file("strange-web.test")},
        _AT_FOUND,
        web="web-stranger",
    ),
    Domain(
        "autodiscover-loop.test",
        {
            autodiscover_url("autodiscover-loop.test"): autodiscover_redirect(
                "https://autodiscover-loop.test/autodiscover/autodiscover.xml"
            ),
            "https://autodiscover-loop.test/autodiscover/autodiscover.xml": autodiscover_redirect(
                autodiscover_url("autodiscover-loop.test")
            ),
        },
    ),
    Domain(
        "silent.test",
        {ispdb_url("silent.test"): Page(mute=True)},
        {DROPPED: ("autoconfig", "autodiscover", "ua-auto-config", "imap", "smtp")},
    ),
    Domain("wildcard.test", {"http://wildcard.test/": _WEB_PAGE}, web="web-parked"),
    Domain("nothing-at-all.test"),
)

DOMAINS = (*_ALONE, *_NAMES, *_ELSEWHERE, *_TOGETHER, *_HOSTILE)

SLOW_ZONE = "slow-dns.test"
SLOW_NAMES = (f"imap.{SLOW_ZONE}", f"smtp.{SLOW_ZONE}")
"""Names that lead to `FOUND`; the name server of their zone takes its time."""

WILDCARD = "wildcard.test"
"""Every name in this domain leads to its web server."""


def server_names(label: str) -> tuple[str, ...]:
    """Return the domains' names for a mail host of the lab."""
    return tuple(
        f"{name}.{domain.name}" for domain in DOMAINS for name in domain.servers.get(label, ())
    )


def web_names(label: str) -> tuple[str, ...]:
    """Return the names of pages' hosts that lead to a web host of the lab."""
    named: Iterable[str] = (
        name for domain in DOMAINS if domain.web == label for name in domain.web_names()
    )
    return tuple(sorted(set(named)))


def pages() -> dict[str, Page]:
    """Return every page by its URL."""
    return {url: page for domain in DOMAINS for url, page in domain.pages.items()}
