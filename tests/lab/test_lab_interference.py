"""Networks, filters and proxies that interfere, told apart by control probes on real packets.

The network of the lab drops port 25 to every big server, as many providers do. All other ports of
those servers answer.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, change, codes, imap, keep, no_cure, smtp
from maillab.networks import RESOLVER_V4


def compared(scenario: Scenario) -> Scenario:
    """Return a scenario in which other servers may be asked."""
    return replace(scenario, options=("--controls",))


FILTERS = [
    compared(scenario)
    for scenario in (
        Scenario(
            "25-dropped-by-the-network",
            outgoing=smtp("drop25", 25, "starttls"),
            errors=codes("port-blocked-by-network"),
            codes=codes("submission-on-port-25"),
            sends=change(smtp("drop25", 465, "ssl")),
            evidence=("aspmx.l.google.com port 25 (Google): silent", "(Gandi): silent"),
            slow=True,
        ),
        Scenario(
            "25-forbidden-by-the-networks-router",
            outgoing=smtp("forbidden25", 25, "starttls"),
            errors=codes("port-blocked-by-network"),
            sends=change(smtp("forbidden25", 465, "ssl")),
            evidence=(RESOLVER_V4, "(Microsoft): silent"),
            slow=True,
        ),
        Scenario(
            "587-dropped-for-this-server-alone",
            outgoing=smtp("drop587", 587, "starttls"),
            errors=codes("port-blocked-by-server"),
            sends=change(smtp("drop587", 465, "ssl")),
            evidence=("smtp.gmail.com port 587 (Google): open",),
            slow=True,
        ),
        Scenario(
            "only-the-mail-ports-are-dead",
            imap("banned", 993, "ssl"),
            errors=codes("address-banned"),
            receives=no_cure(),
            evidence=("imap.gmail.com port 993 (Google): open",),
            slow=True,
        ),
        Scenario(
            "nothing-of-the-server-answers",
            imap("dropall", 993, "ssl"),
            errors=codes("host-unreachable"),
            receives=no_cure(),
            evidence=("(Microsoft): open",),
            slow=True,
        ),
        Scenario(
            "refused-is-never-blocked",
            outgoing=smtp("reset465", 465, "ssl"),
            errors=codes("port-closed"),
            sends=change(smtp("reset465", 587, "starttls")),
        ),
        Scenario(
            "every-port-refused-is-never-blocked",
            imap("closed", 993, "ssl"),
            errors=codes("port-closed"),
            receives=no_cure(),
        ),
        Scenario(
            "healthy-with-controls",
            imap("imap", 993, "ssl"),
            verdict="ok",
            receives=keep(),
        ),
    )
]

PROXIES = [
    compared(
        Scenario(
            "25-hijacked",
            outgoing=smtp("hijacked", 25, "starttls"),
            errors=codes("transparent-proxy", "starttls-stripped"),
            codes=codes("submission-on-port-25"),
            sends=change(smtp("hijacked", 465, "ssl")),
            evidence=("192.0.2.1",),
            slow=True,
        )
    ),
    compared(
        Scenario(
            "25-hijacked-over-ipv6",
            outgoing=smtp("hijacked-6", 25, "starttls"),
            errors=codes("transparent-proxy", "starttls-stripped"),
            codes=codes("submission-on-port-25"),
            sends=change(smtp("hijacked-6", 465, "ssl")),
            evidence=("2001:db8::1",),
            slow=True,
        )
    ),
    Scenario(
        "25-hijacked-nobody-else-asked",
        outgoing=smtp("hijacked", 25, "starttls"),
        errors=codes("starttls-stripped"),
        sends=change(smtp("hijacked", 465, "ssl")),
    ),
    Scenario(
        "portal-in-place-of-everything",
        imap("portal", 993, "ssl"),
        errors=codes("captive-portal"),
        receives=no_cure(),
        evidence=("HTTP/1.1",),
        slow=True,
    ),
]

NAMES = [
    Scenario(
        "public-name-leads-to-loopback",
        imap("blocked-name", 993, "ssl"),
        errors=codes("name-redirected"),
        receives=no_cure(),
        evidence=("127.0.0.1",),
    ),
    Scenario(
        "public-name-leads-to-a-private-address",
        imap("private-name", 993, "ssl"),
        errors=codes("name-redirected"),
        receives=no_cure(),
        evidence=("192.168.77.1",),
        slow=True,
    ),
]

LINES = [
    Scenario(
        "rate-limited",
        imap("thin", 993, "ssl"),
        verdict="warning",
        codes=codes("connection-throttled"),
        receives=keep(),
        slow=True,
    ),
    Scenario(
        "stalled-after-some-bytes",
        outgoing=smtp("dying", 587, "starttls"),
        errors=codes("tls-handshake-failed"),
        codes=codes("connection-throttled"),
        sends=no_cure(),
        slow=True,
    ),
    Scenario(
        "big-packets-lost",
        imap("big-packets-lost", 143, "starttls"),
        errors=codes("tls-handshake-failed"),
        codes=codes("connection-throttled"),
        receives=no_cure(),
        slow=True,
    ),
]

BUSY = [
    Scenario(
        "too-many-connections",
        outgoing=smtp("busy", 587, "starttls"),
        verdict="incomplete",
        codes=codes("server-busy"),
        sends=no_cure(),
        evidence=("421 4.7.0",),
    ),
]


OFFLINE = [
    compared(
        Scenario(
            "no-network-with-controls",
            imap("imap", 993, "ssl"),
            smtp("smtp", 465, "ssl"),
            errors=codes("offline"),
            receives=no_cure(),
            sends=no_cure(),
            wrapper=("unshare", "--net"),
            slow=True,
        )
    ),
]


@pytest.mark.parametrize("scenario", OFFLINE, ids=str)
class TestOffline(Examination):
    """Issue: no way out at all, and nobody else to compare with."""


@pytest.mark.parametrize("scenario", FILTERS, ids=str)
class TestFilters(Examination):
    """Issue: dropped for target and controls, for the target alone, only mail ports dead."""


@pytest.mark.parametrize("scenario", PROXIES, ids=str)
class TestProxies(Examination):
    """Issue: hijacked port 25; something that answers in place of every server."""


@pytest.mark.parametrize("scenario", NAMES, ids=str)
class TestLies(Examination):
    """Issue: the resolver lies."""


@pytest.mark.parametrize("scenario", LINES, ids=str)
class TestLines(Examination):
    """Issue: rate-limited and stalled lines, and a path that swallows big packets."""


@pytest.mark.parametrize("scenario", BUSY, ids=str)
class TestBusy(Examination):
    """Issue: connection limits."""
