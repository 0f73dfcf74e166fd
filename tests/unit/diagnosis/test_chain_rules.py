"""Chains that lack a part, and servers that differ in what they show: proof and near miss."""

from __future__ import annotations

from dataclasses import replace

import pytest
from diagnosis_builders import (
    ADDRESS,
    ADDRESS6,
    GOOD_TLS,
    HOST,
    IMAP,
    IN,
    NOW,
    TLS,
    bad_tls,
    case_of,
    certificate,
    codes,
    found,
    hello_conversation,
    neighbour,
    seen,
    tls_port,
    typed,
)

from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.suggest import suggest
from mailcheck_gui.model.finding import Confidence, Severity, SideStatus
from mailcheck_gui.model.observation import IssuerFetch

BETWEEN = "CN=Between,O=Public Trust,C=DE"
ROOT = "CN=Public Root,O=Public Trust,C=DE"
PLACE = "http://issuers.example.net/between.der"

LEAF = certificate(issuer=BETWEEN, aia_issuers=(PLACE,))
MIDDLE = certificate(subject=BETWEEN, issuer=ROOT, sha256="cd" * 32)
WHOLE = replace(GOOD_TLS, chain=(LEAF, MIDDLE))
LACKING = bad_tls(LEAF, trusted=False)
FETCHED = IssuerFetch(PLACE, "issuers.example.net", certificates=1)
COMPLETED = replace(LACKING, issuer_fetches=(FETCHED,), completed=True)
SELF = {"self_issued": True, "self_signed": True}


def configured(tls, address=ADDRESS, **more):
    return seen(IN, IMAP, 993, hello_conversation(IMAP, tls), address=address, **more)


def beside(tls, port=143):
    return neighbour(seen(IN, IMAP, port, hello_conversation(IMAP, tls)))


def shown(*endpoints):
    return case_of(typed(IMAP, 993, TLS), None, *endpoints, names=(found(HOST, ADDRESS, ADDRESS6),))


def first(case, code):
    return next(f for f in diagnose(case) if f.code == code)


INCOMPLETE, UNTRUSTED = "certificate-chain-incomplete", "certificate-untrusted"


@pytest.mark.parametrize(
    ("tls", "expected"),
    [
        # what was fetched makes it a trusted one
        (COMPLETED, [INCOMPLETE]),
        # nobody asked, nothing came, or what came helps nothing
        (LACKING, [UNTRUSTED]),
        (replace(LACKING, issuer_fetches=(replace(FETCHED, certificates=0, problem="dead"),)),
         [UNTRUSTED]),
        (replace(COMPLETED, completed=False), [UNTRUSTED]),
        (replace(COMPLETED, completed=None), [UNTRUSTED]),
        # a chain that ends at a root of its own lacks nothing
        (bad_tls(LEAF, replace(MIDDLE, issuer=BETWEEN, **SELF), trusted=False), [UNTRUSTED]),
        # two faults at once
        (replace(COMPLETED, chain=(replace(LEAF, not_after=NOW.replace(year=2025)),)),
         ["certificate-expired", INCOMPLETE]),
        (WHOLE, []),
    ],
)  # fmt: skip
def test_what_is_fetched_proves_what_is_missing(tls, expected):
    assert codes(shown(configured(tls))) == expected


@pytest.mark.parametrize(
    ("tls", "alone"),
    [
        (LACKING, True),
        (replace(LACKING, completed=False), False),  # what is missing is known, and not trusted
        (bad_tls(LEAF, MIDDLE, trusted=False), False),
    ],
)
def test_a_lone_certificate_that_nobody_knows_may_lack_its_issuer(tls, alone):
    text = first(shown(configured(tls)), UNTRUSTED).remedy.english()
    assert ("whole chain" in text) is alone


def test_the_finding_names_what_is_missing_and_where_it_lies():
    finding = first(shown(configured(COMPLETED)), INCOMPLETE)
    facts = dict(finding.evidence.facts)
    assert finding.confidence is Confidence.CERTAIN
    assert "Between" in finding.explanation.english()
    assert (facts["missing"], facts["completed_by"]) == (BETWEEN, PLACE)


@pytest.mark.parametrize(
    ("elsewhere", "confidence"),
    [
        (WHOLE, Confidence.CERTAIN),
        (replace(WHOLE, chain=(replace(LEAF, sha256="ee" * 32), MIDDLE)), Confidence.LIKELY),
    ],
)
def test_another_address_that_sends_it_proves_it_too(elsewhere, confidence):
    case = shown(configured(LACKING), configured(elsewhere, ADDRESS6))
    finding = first(case, INCOMPLETE)
    assert finding.confidence is confidence
    assert f"[{ADDRESS6}]:993" in finding.explanation.english()
    assert UNTRUSTED not in codes(case)


@pytest.mark.parametrize(
    "elsewhere",
    [
        GOOD_TLS,  # another issuer's certificate
        replace(WHOLE, chain=(LEAF,)),  # trusted there by chance, and as short as here
        bad_tls(LEAF, MIDDLE, trusted=False),  # as little trusted as here
    ],
)
def test_what_is_shown_elsewhere_and_proves_nothing(elsewhere):
    case = shown(configured(LACKING), configured(elsewhere, ADDRESS6))
    assert INCOMPLETE not in codes(case)
    assert UNTRUSTED in codes(case)


DIFFERS = "certificate-differs-between-addresses"


def test_one_bad_address_is_named():
    expired = bad_tls(certificate(not_after=NOW.replace(year=2025), sha256="ee" * 32))
    finding = first(shown(configured(GOOD_TLS), configured(expired, ADDRESS6)), DIFFERS)
    facts = dict(finding.evidence.facts)
    assert finding.severity is Severity.WARNING
    assert (facts["good"], facts["bad"]) == (f"{ADDRESS}:993", f"[{ADDRESS6}]:993")


def test_a_good_neighbour_of_a_bad_port_is_named():
    case = shown(configured(bad_tls(trusted=False)), beside(GOOD_TLS, 995))
    finding = first(case, DIFFERS)
    assert dict(finding.evidence.facts)["good"] == f"{ADDRESS}:995"
    assert "port" in finding.title.english()


@pytest.mark.parametrize(
    "endpoints",
    [
        (tls_port(IN, IMAP, 993), tls_port(IN, IMAP, 993, address=ADDRESS6)),
        # two certificates, both in order
        (configured(GOOD_TLS),
         configured(replace(GOOD_TLS, chain=(certificate(sha256="ee" * 32),)), ADDRESS6)),
        # bad everywhere
        (configured(bad_tls(trusted=False)), configured(bad_tls(trusted=False), ADDRESS6)),
        # only a neighbour is bad: the settings never meet it
        (configured(GOOD_TLS), beside(bad_tls(trusted=False), 995)),
        # another host
        (configured(bad_tls(trusted=False)), configured(GOOD_TLS, host="other.example.com")),
    ],
)  # fmt: skip
def test_no_difference_worth_telling(endpoints):
    assert DIFFERS not in codes(shown(*endpoints))


def test_the_order_of_the_answers_changes_nothing():
    pair = (configured(GOOD_TLS), configured(LACKING, ADDRESS6), beside(WHOLE, 995))
    assert set(diagnose(shown(*pair))) == set(diagnose(shown(*reversed(pair))))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": "rsa-1024", "key_bits": 1024}, "RSA with 1024 bits"),
        ({"key": "ec-secp192r1", "key_bits": 192}, "an elliptic curve with 192 bits"),
        ({"signature_hash": "sha1"}, "a signature with SHA1"),
        ({"key": "rsa-1024", "key_bits": 1024, "signature_hash": "md5"},
         "RSA with 1024 bits, a signature with MD5"),
    ],
)  # fmt: skip
def test_everything_weak_in_a_certificate_is_told(changes, words):
    finding = first(shown(configured(bad_tls(certificate(**changes)))), "certificate-weak")
    assert words in finding.explanation.english()


def test_each_weak_element_of_a_chain_is_told():
    weak = replace(MIDDLE, signature_hash="sha1")
    leaf = replace(LEAF, key="rsa-1024", key_bits=1024)
    titles = [
        f.title.english()
        for f in diagnose(shown(configured(bad_tls(leaf, weak))))
        if f.code == "certificate-weak"
    ]
    assert titles == [
        f"The certificate of {HOST} is too weak",
        f"A certificate that {HOST} relies on is too weak",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "rsa-2048", "key_bits": 2048},
        {"key": "ec-secp224r1", "key_bits": 224},
        {"key": "ed25519", "key_bits": 256, "signature_hash": ""},
        {"key": "unknown", "key_bits": 0},
    ],
)
def test_what_is_strong_enough(changes):
    assert codes(shown(configured(replace(GOOD_TLS, chain=(certificate(**changes),))))) == []


def test_a_root_that_signed_itself_with_sha1_is_not_weak():
    root = certificate(subject=ROOT, issuer=ROOT, signature_hash="sha1", **SELF)
    assert codes(shown(configured(replace(GOOD_TLS, chain=(LEAF, MIDDLE, root))))) == []


@pytest.mark.parametrize("tls", [COMPLETED, LACKING, bad_tls(certificate(signature_hash="sha1"))])
def test_nothing_of_it_leads_to_a_suggestion(tls):
    case = shown(configured(tls))
    assert suggest(case, diagnose(case)).incoming.status is SideStatus.NO_CURE
