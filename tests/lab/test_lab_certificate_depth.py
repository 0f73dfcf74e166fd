"""What stands behind a certificate: chains, addresses, weak keys, interception and the clock."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, Side, codes, imap, no_cure, one_side, smtp

FAKETIME = (
    "env", "LD_PRELOAD=/usr/$LIB/faketime/libfaketime.so.1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
)  # fmt: skip
INCOMPLETE = "certificate-chain-incomplete"


def refused(
    side: Side, *errors: str, warnings: str = "", evidence: tuple[str, ...] = ()
) -> Scenario:
    """No sign-in, and no cure on this side of the line."""
    name = f"{side.host}-{side.port}"
    also = codes(*warnings.split())
    return one_side(name, side, no_cure(), errors=codes(*errors), codes=also, evidence=evidence)


CHAINS = [
    refused(imap("no-chain", 993, "ssl"), INCOMPLETE, evidence=("issuers.authority.test",)),
    refused(imap("no-chain", 143, "starttls"), INCOMPLETE, evidence=("Lab Intermediate",)),
    refused(smtp("no-chain-smtp", 465, "ssl"), INCOMPLETE),
    refused(smtp("no-chain-smtp", 587, "starttls"), INCOMPLETE),
    # the issuer's place is dead, or holds another issuer: nothing is proven
    refused(imap("no-chain-dead", 993, "ssl"), "certificate-untrusted"),
    refused(imap("no-chain-stranger", 993, "ssl"), "certificate-untrusted"),
]

ADDRESSES = [
    Scenario(
        "one-address-lacks-the-chain",
        imap("half-chain", 993, "ssl", "oauth2"),
        errors=codes(INCOMPLETE),
        codes=codes("certificate-differs-between-addresses"),
        receives=no_cure("accepted"),
        evidence=("2001:db8:b::",),
    ),
    Scenario(
        "one-address-is-out-of-date",
        imap("half-expired", 993, "ssl", "oauth2"),
        errors=codes("certificate-expired"),
        codes=codes("certificate-differs-between-addresses"),
        receives=no_cure("accepted"),
        evidence=("2001:db8:b::",),
    ),
]

WEAK = [
    refused(imap("weak-key", 993, "ssl"), "certificate-weak", evidence=("rsa-1024",)),
    refused(imap("sha1", 993, "ssl"), "certificate-weak", evidence=("sha1",)),
    refused(smtp("weak-ciphers", 587, "starttls"), "tls-handshake-failed", evidence=("TLSv1.2",)),
    refused(smtp("weak-ciphers", 465, "ssl"), "tls-handshake-failed", evidence=("TLSv1.2",)),
]

INTERCEPTED = [
    Scenario(
        "a-product-that-is-known",
        imap("scanned", 993, "ssl"),
        verdict="warning",
        codes=codes("tls-intercepted"),
        receives=no_cure("accepted"),
        evidence=("Norton",),
    ),
    Scenario(
        "two-unrelated-servers-with-one-key",
        imap("north.north.test", 993, "ssl"),
        smtp("south.south.test", 465, "ssl"),
        verdict="warning",
        codes=codes("tls-intercepted"),
        receives=no_cure("accepted"),
        sends=no_cure("accepted"),
    ),
]

CLOCK = [
    Scenario(
        "clock-400-days-ahead",
        imap("dated", 993, "ssl"),
        errors=codes("clock-wrong"),
        receives=no_cure(),
        evidence=("issuers.authority.test",),
        wrapper=(*FAKETIME, "FAKETIME=+400d"),
    ),
    Scenario(
        "clock-400-days-behind",
        imap("dated", 993, "ssl"),
        errors=codes("clock-wrong"),
        receives=no_cure(),
        evidence=("issuers.authority.test",),
        wrapper=(*FAKETIME, "FAKETIME=-400d"),
    ),
]


@pytest.mark.parametrize("scenario", CHAINS, ids=str)
class TestChains(Examination):
    """Issue: an incomplete chain is proven by completing it."""


@pytest.mark.parametrize("scenario", ADDRESSES, ids=str)
class TestAddresses(Examination):
    """Issue: addresses of one server that show different validity."""


@pytest.mark.parametrize("scenario", WEAK, ids=str)
class TestWeak(Examination):
    """Issue: keys and signatures that today's mail programs refuse."""


@pytest.mark.parametrize("scenario", INTERCEPTED, ids=str)
class TestIntercepted(Examination):
    """Issue: trusted here, but not through a public authority, and something says why."""


@pytest.mark.parametrize("scenario", CLOCK, ids=str)
class TestClock(Examination):
    """Issue: this computer's clock is wrong, and independent ones say so."""
