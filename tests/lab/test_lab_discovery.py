"""From an address to settings: each source alone, together, against each other, and hostile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from labcheck.examination import Examination
from labcheck.finding import FindExamination
from labcheck.scenario import Scenario, Side, codes, imap, keep, no_cure, pop3, smtp
from labcheck.search import Search, Tried, Wanted
from maillab.domains import HOSTER, SLOW_ZONE

OFFLINE = ("unshare", "--net")


def pair(
    domain: str,
    source: str,
    trust: str = "secure",
    *,
    names: tuple[str, str] = ("in", "out"),
    outgoing_source: str = "",
) -> Wanted:
    """Return IMAP and SMTP with implicit TLS at two hosts of a domain, proven by a handshake."""
    incoming, outgoing = (f"{name}.{domain}" for name in names)
    return Wanted(
        imap(incoming, 993, "ssl"),
        smtp(outgoing, 465, "ssl"),
        source,
        trust,
        outgoing_source=outgoing_source,
    )


def alone(domain: str, source: str, trust: str = "secure") -> Search:
    """Return a search in a domain with one source, whose server names nobody would guess."""
    return Search(domain, pair(domain, source, trust), (Tried(source, "found"),))


USUAL = ("imap", "smtp")
FASTMAIL: tuple[Side, Side] = (
    imap("imap.fastmail.com", 993, "ssl"),
    smtp("smtp.fastmail.com", 465, "ssl"),
)
DOCUMENTED = tuple(replace(side, auth="oauth2") for side in FASTMAIL)

ALONE = [
    alone("autoconfig-host.test", "autoconfig"),
    alone("well-known.test", "autoconfig"),
    alone("ispdb.test", "ispdb"),
    alone("srv.test", "srv", "unverified"),
    alone("autodiscover.test", "autodiscover"),
    alone("autodiscover-on.test", "autodiscover"),
    alone("autodiscover-http.test", "autodiscover", "unverified"),
    alone("autodiscover-srv.test", "autodiscover", "unverified"),
    Search("autodiscover-away.test", pair("autodiscover.test", "autodiscover")),
    alone("pacc.test", "pacc"),
    alone("moved.test", "autoconfig"),
    Search("m\u00fcller.test", pair("m\u00fcller.test", "autoconfig")),
    Search(
        "guess.test",
        pair("guess.test", "guess", "unverified", names=USUAL),
        (Tried("guess", "found"),),
    ),
    Search(
        "pop-only.test",
        Wanted(
            pop3("pop.pop-only.test", 995, "ssl"),
            smtp("smtp.pop-only.test", 465, "ssl"),
            "guess",
            "unverified",
        ),
    ),
    Search("fastmail.com", Wanted(*FASTMAIL, "catalogue"), (Tried("catalogue", "found"),)),
]

THROUGH_DNS = [
    Search(
        "company.test",
        Wanted(*FASTMAIL, "mx", "unverified"),
        (Tried("mx", "found", "Its mail goes to Fastmail."),),
    ),
    Search(
        "hosted.test",
        pair(HOSTER, "autoconfig", "unverified"),
        (Tried("mx", "nothing", f"Its mail goes to mx.{HOSTER}."), Tried("autoconfig", "found")),
    ),
    Search(
        "parked-zone.test",
        Wanted(*FASTMAIL, "catalogue", "unverified"),
        (Tried("catalogue", "found", "Its domain is run by Fastmail."),),
    ),
    Search(
        "shared.test",
        Wanted(
            imap("box9.hosting.test", 993, "ssl"),
            smtp("box9.hosting.test", 465, "ssl"),
            "guess",
            "unverified",
        ),
    ),
]

TOGETHER = [
    Search(
        "everything.test",
        pair("everything.test", "autoconfig", names=USUAL),
        tuple(
            Tried(source, "found")
            for source in ("autoconfig", "ispdb", "pacc", "autodiscover", "srv", "guess")
        ),
    ),
    Search(
        "contradicting.test",
        pair("contradicting.test", "autoconfig"),
        (
            Tried("srv", "found", "other.contradicting.test"),
            Tried("ispdb", "unusable", "old.contradicting.test refuses connections on port 993."),
        ),
    ),
    Search(
        "stale.test",
        pair("stale.test", "guess", "unverified", names=USUAL),
        (
            Tried("autoconfig", "found", "It names old.stale.test."),
            Tried("autoconfig", "unusable", "old.stale.test refuses connections on port 993."),
            Tried("autoconfig", "unusable", "old.stale.test refuses connections on port 465."),
        ),
    ),
    Search(
        "half-stale.test",
        pair(
            "half-stale.test",
            "autoconfig",
            "unverified",
            names=("in", "smtp"),
            outgoing_source="guess",
        ),
        (Tried("autoconfig", "unusable", "old.half-stale.test refuses connections on port 465."),),
    ),
]

WEB = [
    Search(
        "http-only.test",
        pair("http-only.test", "autoconfig", "unverified"),
        (Tried("autoconfig", "no-answer", "https://autoconfig.http-only.test"),),
    ),
    Search(
        "expired-web.test",
        pair("expired-web.test", "autoconfig", "unverified"),
        (Tried("autoconfig", "unusable", "has expired"),),
    ),
    Search("misnamed-web.test", tried=(Tried("autoconfig", "unusable", "is for another name"),)),
    Search("strange-web.test", tried=(Tried("autoconfig", "unusable", "is not trusted"),)),
    Search(
        "wrong-type.test",
        pair("wrong-type.test", "autoconfig"),
    ),
    Search(
        "slow.test",
        pair("slow.test", "srv", "unverified"),
        (
            Tried("autoconfig", "no-answer", "autoconfig.slow.test did not answer in time."),
            Tried("autoconfig", "no-answer", "https://slow.test/.well-known"),
        ),
        slow=True,
    ),
    Search(
        "silent.test",
        tried=(
            Tried("autoconfig", "no-answer", "https://autoconfig.silent.test"),
            Tried("ispdb", "no-answer"),
            Tried("autodiscover", "no-answer", "https://autodiscover.silent.test"),
            Tried("pacc", "no-answer"),
        ),
        slow=True,
    ),
]

HOSTILE = [
    Search(
        "looping.test",
        tried=(
            Tried("autoconfig", "unusable", "leads back to itself"),
            Tried("autoconfig", "unusable", "leads on more than 5 times"),
            Tried("ispdb", "unusable", "without encryption: http://looping.test/plain"),
        ),
    ),
    Search(
        "autodiscover-loop.test",
        tried=(Tried("autodiscover", "nothing", "It leads on to https://autodiscover"),),
    ),
    Search(
        "huge.test",
        tried=(
            Tried("autoconfig", "unusable", "longer than 256 KiB"),
            Tried("autoconfig", "unusable", "document type or entities"),
            Tried("ispdb", "unusable", "not well-formed XML"),
            Tried("autodiscover", "unusable", "not well-formed XML"),
            Tried("pacc", "unusable", "no JSON"),
        ),
    ),
    Search("plain.test", tried=(Tried("autoconfig", "unusable", "None of the servers"),)),
    Search("pacc-undigested.test", tried=(Tried("pacc", "unusable", "digest"),)),
]

DNS = [
    Search(
        "wildcard.test",
        tried=(
            Tried("guess", "unusable", "Every name of wildcard.test leads somewhere"),
            Tried("autoconfig", "unusable", "is for another name"),
        ),
    ),
    Search(
        "office.broken.test",
        tried=(
            Tried("mx", "no-answer", "SERVFAIL"),
            Tried("srv", "no-answer", "SERVFAIL"),
            Tried("autoconfig", "no-answer", "could not be looked up"),
        ),
    ),
    Search(
        "office.mute.test",
        tried=(
            Tried("mx", "no-answer", "did not answer in time"),
            Tried("srv", "no-answer", "did not answer in time"),
        ),
        slow=True,
    ),
    Search(SLOW_ZONE, pair(SLOW_ZONE, "guess", "unverified", names=USUAL), slow=True),
    Search(
        "nothing-at-all.test",
        tried=(Tried("guess", "nothing"), Tried("mx", "nothing", "DNS knows no")),
        unregistered=True,
    ),
]

NO_NETWORK = [
    Search(
        "guess.test",
        tried=(Tried("autoconfig", "no-answer"), Tried("mx", "no-answer")),
        wrapper=OFFLINE,
        name="no-network",
        slow=True,
    ),
    Search(
        "guess.test",
        tried=tuple(
            Tried(source, "not-asked") for source in ("autoconfig", "ispdb", "srv", "mx", "guess")
        ),
        options=("--offline",),
        name="offline",
    ),
    Search(
        "fastmail.com",
        Wanted(*DOCUMENTED, "catalogue", proof="documented"),
        options=("--offline",),
        wrapper=OFFLINE,
        name="offline-known-provider",
    ),
]


CHECKED = [
    Scenario(
        "found-and-signed-in",
        verdict="ok",
        receives=keep(),
        sends=keep(),
    ),
    Scenario(
        "found-over-dns-alone",
        verdict="incomplete",
        codes=codes("sign-in-not-tested"),
        receives=keep("not-tested"),
        sends=keep("not-tested"),
        domain="srv.test",
    ),
    Scenario(
        "found-by-guessing-alone",
        verdict="incomplete",
        codes=codes("sign-in-not-tested"),
        receives=keep("not-tested"),
        sends=keep("not-tested"),
        domain="guess.test",
    ),
    Scenario(
        "found-through-a-provider",
        verdict="incomplete",
        codes=codes("sign-in-not-tested"),
        receives=no_cure(),  # in the lab a provider's name has a private root
        sends=no_cure(),
        domain="company.test",
    ),
]


@pytest.mark.parametrize("search", ALONE, ids=str)
class TestAlone(FindExamination):
    """Issue: each source alone, and a domain that offers only POP3."""


@pytest.mark.parametrize("search", THROUGH_DNS, ids=str)
class TestThroughDns(FindExamination):
    """Issue: a company's MX that points to a provider; a certificate that names another host."""


@pytest.mark.parametrize("search", TOGETHER, ids=str)
class TestTogether(FindExamination):
    """Issue: all together; contradicting; the proven one wins and the stale source is named."""


@pytest.mark.parametrize("search", WEB, ids=str)
class TestWeb(FindExamination):
    """Issue: http only, certificate errors, wrong content types, slow and silent sources."""


@pytest.mark.parametrize("search", HOSTILE, ids=str)
class TestHostile(FindExamination):
    """Issue: loops, 10 MB answers, XML bombs, plain text."""


@pytest.mark.parametrize("search", DNS, ids=str)
class TestDns(FindExamination):
    """Issue: SERVFAIL, no answer, late answers, wildcards, nothing at all."""


@pytest.mark.parametrize("search", NO_NETWORK, ids=str)
class TestNoNetwork(FindExamination):
    """Issue: without a network, and where nothing may be sent."""


@pytest.mark.parametrize("scenario", CHECKED, ids=str)
class TestChecked(Examination):
    """Contract: an address alone is searched for, then checked; no sign-in at unverified hosts."""
