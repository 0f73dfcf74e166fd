"""When an issuer's place is asked, and where a chain ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailcheck_gui.checks.issuers import wants_issuers
from mailcheck_gui.model.observation import CertificateFacts, HandshakeOutcome, TlsObservation

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PLACE = ("http://issuers.example.net/x.der",)


def element(subject: str, issuer: str, places: tuple[str, ...] = (), **changes) -> CertificateFacts:
    facts = CertificateFacts(
        subject=subject,
        issuer=issuer,
        names=(),
        not_before=NOW - timedelta(days=30),
        not_after=NOW + timedelta(days=30),
        self_issued=subject == issuer,
        self_signed=subject == issuer,
        key="ec-secp256r1",
        key_bits=256,
        signature_hash="sha256",
        sha256="",
        aia_issuers=places,
    )
    return replace(facts, **changes)


def refused(*chain: CertificateFacts, trusted: bool | None = False) -> TlsObservation:
    return TlsObservation(HandshakeOutcome.UNVERIFIED, chain=chain, chain_trusted=trusted)


LEAF = element("leaf", "between", PLACE)
BETWEEN = element("between", "upper", PLACE)
UPPER = element("upper", "root")
ROOT = element("root", "root")
EXPIRED = {"not_after": NOW - timedelta(days=1)}


@pytest.mark.parametrize(
    ("tls", "wanted"),
    [
        (refused(LEAF), True),
        (refused(LEAF, BETWEEN), True),
        # the upper one names no place; the server's own one still does
        (refused(LEAF, BETWEEN, UPPER), True),
        # nothing is missing
        (refused(LEAF, BETWEEN, UPPER, ROOT), False),
        (refused(element("self", "self", PLACE)), False),
        # no place, or one of a kind that nobody asks
        (refused(element("leaf", "between")), False),
        (refused(element("leaf", "between", ("ldap://x/cn=y",))), False),
        # its issuer is trusted, or nobody could tell: the fault lies elsewhere
        (refused(LEAF, trusted=True), False),
        (refused(LEAF, trusted=None), False),
        # where dates are the fault, the answer has the time
        (refused(replace(LEAF, **EXPIRED), trusted=True), True),
        (refused(LEAF, replace(BETWEEN, **EXPIRED), trusted=True), True),
        (refused(replace(LEAF, aia_issuers=(), **EXPIRED), trusted=True), False),
        (replace(refused(LEAF), outcome=HandshakeOutcome.VERIFIED), False),
        (replace(refused(LEAF), outcome=HandshakeOutcome.CLOSED), False),
        (refused(), False),
    ],
)
def test_when_it_is_asked(tls: TlsObservation, wanted: bool) -> None:
    assert wants_issuers(tls, NOW) is wanted


@pytest.mark.parametrize(
    ("chain", "end"),
    [
        ((), None),
        ((LEAF,), LEAF),
        ((LEAF, BETWEEN, UPPER), UPPER),
        # in another order, with one that belongs nowhere
        ((LEAF, UPPER, element("other", "stranger"), BETWEEN), UPPER),
        # a gap
        ((LEAF, UPPER), LEAF),
        ((LEAF, BETWEEN, UPPER, ROOT), ROOT),
        ((ROOT,), ROOT),
    ],
)
def test_where_a_chain_ends(
    chain: tuple[CertificateFacts, ...], end: CertificateFacts | None
) -> None:
    assert refused(*chain).path_end is end


def test_a_chain_that_goes_round_has_an_end_all_the_same() -> None:
    one, two = element("one", "two"), element("two", "one")
    assert refused(one, two).path_end in (one, two)
