"""Certificates: every fault at once, each where it belongs, and what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from diagnosis_builders import (
    ADDRESS6,
    GOOD_TLS,
    HOST,
    IMAP,
    IN,
    NOW,
    OPEN,
    OUT,
    SMTP,
    STARTTLS,
    TLS,
    bad_tls,
    broken_tls,
    case_of,
    certificate,
    codes,
    ended,
    found,
    hello_answered_in_text,
    hello_conversation,
    listening,
    seen,
    tls_port,
    typed,
    waiting_in_vain,
)

from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.rules.shown import common_name, in_words
from mailcheck_gui.model.finding import Severity
from mailcheck_gui.model.observation import (
    Conversation,
    EndKind,
    HandshakeOutcome,
    NameObservation,
    NameOutcome,
    Opening,
    Stage,
)

DAY = timedelta(days=1)
OLD = {"not_after": NOW - DAY}
EARLY = {"not_before": NOW + DAY}
SELF = {"self_issued": True, "self_signed": True, "issuer": f"CN={HOST}"}
FOREIGN = {"names": ("mail.hoster.test",)}


def shown(tls, **more):
    return case_of(
        typed(IMAP, 993, TLS), None, seen(IN, IMAP, 993, hello_conversation(IMAP, tls)), **more
    )


@pytest.mark.parametrize(
    ("tls", "expected"),
    [
        (bad_tls(certificate(**OLD)), {"certificate-expired"}),
        (bad_tls(certificate(**EARLY)), {"certificate-not-yet-valid"}),
        (bad_tls(certificate(**FOREIGN), matches=False), {"certificate-name-mismatch"}),
        (bad_tls(certificate(names=()), matches=False), {"certificate-name-mismatch"}),
        (bad_tls(certificate(**SELF), trusted=False), {"certificate-self-signed"}),
        (bad_tls(certificate(), trusted=False), {"certificate-untrusted"}),
        (bad_tls(certificate(key="rsa-1024", key_bits=1024)), {"certificate-weak"}),
        (bad_tls(certificate(signature_hash="sha1")), {"certificate-weak"}),
        (replace(bad_tls(certificate()), verify_code=66), {"certificate-weak"}),
        # a reason that no rule knows is still told
        (bad_tls(certificate()), {"certificate-untrusted"}),
        # several at once
        (bad_tls(certificate(**OLD, **FOREIGN), matches=False),
         {"certificate-expired", "certificate-name-mismatch"}),
        (bad_tls(certificate(**OLD, **SELF, **FOREIGN), trusted=False, matches=False),
         {"certificate-expired", "certificate-name-mismatch", "certificate-self-signed"}),
        (bad_tls(certificate(**OLD), trusted=False),
         {"certificate-expired", "certificate-untrusted"}),
        # an issuer that nobody could judge is not called untrusted
        (bad_tls(certificate(**OLD), trusted=None), {"certificate-expired"}),
        # an expired intermediate, and a needless old root behind a good chain
        (bad_tls(certificate(), certificate(subject="CN=Between", **OLD)),
         {"certificate-expired"}),
        (replace(GOOD_TLS, chain=(certificate(), certificate(self_issued=True, **OLD))), set()),
        # a self-signed certificate that this computer trusts
        (replace(GOOD_TLS, chain=(certificate(**SELF),)), set()),
        (GOOD_TLS, set()),
    ],
)  # fmt: skip
def test_faults(tls, expected):
    assert set(codes(shown(tls))) == expected


def test_expired_names_the_day_in_words():
    (first, *_) = diagnose(shown(bad_tls(certificate(**OLD))))
    assert "20 November 2026" in first.title.english()
    assert in_words(NOW) == "21 November 2026"


def test_expired_intermediate_names_its_subject():
    chain = (certificate(), certificate(subject="CN=Between,O=Trust", **OLD))
    (first, *_) = diagnose(shown(bad_tls(*chain)))
    assert '"Between"' in first.explanation.english()


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(days=20, hours=23), ["certificate-expires-soon"]),
        (timedelta(days=21), []),
        (timedelta(0), ["certificate-expires-soon"]),
    ],
)
def test_expires_soon(left, expected):
    tls = replace(GOOD_TLS, chain=(certificate(not_after=NOW + left),))
    assert codes(shown(tls)) == expected


def test_private_authority_is_told_and_nothing_more():
    (first, *_) = diagnose(shown(replace(GOOD_TLS, private_root=True)))
    assert (first.code, first.severity) == ("private-authority", Severity.INFO)


class TestNames:
    def mismatch(self, *names: str, email: str = "anna@example.com", **changes):
        tls = bad_tls(certificate(names=names, **changes), matches=False)
        return diagnose(shown(tls, email=email))[0]

    def test_a_name_of_the_same_domain_is_offered(self):
        remedy = self.mismatch("srv7.example.com").remedy.english()
        assert "srv7.example.com" in remedy

    @pytest.mark.parametrize("name", ["mail.hoster.test", "*.example.com", HOST])
    def test_foreign_names_and_wildcards_are_only_evidence(self, name):
        finding = self.mismatch(name)
        assert f"{name} may be" not in finding.remedy.english()
        assert name in dict(finding.evidence.facts)["names"]

    @pytest.mark.parametrize(
        ("name", "told"),
        [("*.com", True), ("*.mail.example.com", False), ("*.hoster.test", False)],
    )
    def test_a_star_stands_for_one_label(self, name, told):
        text = self.mismatch(name).explanation.english()
        assert ("exactly one part" in text) is told

    def test_a_name_where_the_catalogue_knows_servers_for_the_address_is_offered(self):
        remedy = self.mismatch("mail.gmx.net", email="anna@gmx.de").remedy.english()
        assert "mail.gmx.net" in remedy
        other = self.mismatch("mail.gmx.net", email="anna@example.com").remedy.english()
        assert "mail.gmx.net" not in other

    def test_a_name_in_the_domain_of_the_address_is_offered(self):
        remedy = self.mismatch("mail.firma.test", email="anna@firma.test").remedy.english()
        assert "mail.firma.test" in remedy

    def test_two_customers_under_a_public_suffix_are_strangers(self):
        remedy = self.mismatch("mail.other.co.uk", email="anna@firma.co.uk").remedy.english()
        assert "mail.other.co.uk" not in remedy

    def test_an_expired_certificate_offers_no_name(self):
        finding = next(
            f
            for f in diagnose(
                shown(bad_tls(certificate(names=("srv7.example.com",), **OLD), matches=False))
            )
            if f.code == "certificate-name-mismatch"
        )
        assert "srv7.example.com" not in finding.remedy.english()

    @pytest.mark.parametrize(
        "name",
        [
            NameObservation("srv7.example.com", NameOutcome.NOT_FOUND),
            found("srv7.example.com", "203.0.113.99"),
        ],
    )
    def test_a_name_that_leads_elsewhere_is_not_offered(self, name):
        tls = bad_tls(certificate(names=("srv7.example.com",)), matches=False)
        (first, *_) = diagnose(shown(tls, names=(found(), name)))
        assert "srv7.example.com" not in first.remedy.english()

    def test_long_lists_are_cut(self):
        title = self.mismatch(*(f"h{n}.hoster.test" for n in range(9))).title.english()
        assert "h2.hoster.test +6" in title


class TestLoopback:
    def bridge(self, address="127.0.0.1", **changes):
        draft = typed(IMAP, 1143, STARTTLS, host="127.0.0.1")
        tls = bad_tls(certificate(**SELF, **changes), trusted=False, matches=False)
        talk = listening(IMAP, tls=tls)
        ours = seen(IN, IMAP, 1143, talk, host="127.0.0.1", address=address, security=STARTTLS)
        return case_of(draft, None, ours)

    def test_a_bridge_is_a_warning(self):
        (first, *_) = diagnose(self.bridge())
        assert (first.code, first.severity) == ("certificate-self-signed", Severity.WARNING)
        assert codes(self.bridge()) == ["certificate-self-signed"]

    def test_elsewhere_it_is_an_error(self):
        findings = diagnose(self.bridge(address="203.0.113.5"))
        assert findings[0].severity is Severity.ERROR


def test_the_same_certificate_at_two_addresses_is_one_finding():
    talk = hello_conversation(IMAP, bad_tls(certificate(**OLD)))
    case = case_of(
        typed(IMAP, 993, TLS),
        None,
        seen(IN, IMAP, 993, talk),
        seen(IN, IMAP, 993, talk, address=ADDRESS6),
    )
    assert codes(case) == ["certificate-expired"]


def test_a_bad_certificate_at_one_of_two_addresses_is_told():
    talk = hello_conversation(IMAP, bad_tls(certificate(sha256="cd" * 32, **OLD)))
    case = case_of(
        typed(IMAP, 993, TLS),
        None,
        tls_port(IN, IMAP, 993),
        seen(IN, IMAP, 993, talk, address=ADDRESS6),
    )
    assert codes(case) == ["certificate-expired", "certificate-differs-between-addresses"]


class TestHandshakes:
    def implicit(self, tls, end=None):
        talk = Conversation(
            Opening.CLIENT_HELLO, OPEN, tls=tls, end=end or ended(EndKind.CLOSED, Stage.HANDSHAKE)
        )
        return codes(case_of(typed(IMAP, 993, TLS), None, seen(IN, IMAP, 993, talk)))

    def upgraded(self, tls):
        talk = listening(SMTP, tls=tls, end=ended(EndKind.CLOSED, Stage.HANDSHAKE))
        return codes(case_of(None, typed(SMTP, 587, STARTTLS), seen(OUT, SMTP, 587, talk)))

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"alert": "protocol_version"}, ["tls-too-old"]),
            ({"alert": "handshake_failure", "legacy_version": "TLSv1"}, ["tls-too-old"]),
            ({"alert": "handshake_failure", "legacy_version": "TLSv1.2"},
             ["tls-handshake-failed"]),
            ({"alert": "handshake_failure"}, ["tls-handshake-failed"]),
            ({"alert": "internal_error"}, ["tls-handshake-failed"]),
            ({"alert": "certificate_required"}, ["client-certificate-required"]),
            ({"alert": "handshake_failure", "client_certificate_requested": True},
             ["client-certificate-required"]),
        ],
    )  # fmt: skip
    def test_alerts(self, changes, expected):
        tls = broken_tls(HandshakeOutcome.ALERT, **changes)
        assert self.implicit(tls) == expected
        assert self.upgraded(tls) == expected

    @pytest.mark.parametrize(
        "outcome",
        [HandshakeOutcome.CLOSED, HandshakeOutcome.TIMED_OUT, HandshakeOutcome.LOCAL_ERROR],
    )
    def test_other_ends_after_the_go_ahead(self, outcome):
        assert self.upgraded(broken_tls(outcome)) == ["tls-handshake-failed"]

    def test_plain_text_after_the_go_ahead(self):
        tls = broken_tls(HandshakeOutcome.NOT_TLS, first_bytes=b"500 what\r\n")
        assert self.upgraded(tls) == ["tls-handshake-failed"]

    def test_closed_in_the_middle_of_tls(self):
        tls = broken_tls(HandshakeOutcome.CLOSED, first_bytes=b"\x16\x03\x03\x00")
        assert self.implicit(tls) == ["tls-handshake-failed"]

    def test_old_tls_behind_a_bare_close(self):
        tls = broken_tls(HandshakeOutcome.CLOSED, legacy_version="TLSv1")
        assert self.upgraded(tls) == ["tls-too-old"]

    @pytest.mark.parametrize(
        ("version", "expected"),
        [("TLSv1", "tls-too-old"), ("TLSv1.1", "tls-too-old"), ("TLSv1.2", "tls-handshake-failed")],
    )
    def test_what_only_a_lowered_handshake_reached_is_no_mere_close(self, version, expected):
        tls = broken_tls(HandshakeOutcome.CLOSED, legacy_version=version)
        assert self.implicit(tls) == [expected]

    def test_a_close_that_nothing_explains_stays_a_close(self):
        assert self.implicit(broken_tls(HandshakeOutcome.CLOSED)) == ["connection-reset"]

    def test_weak_keys_and_ciphers_have_words_of_their_own(self):
        tls = broken_tls(HandshakeOutcome.LOCAL_ERROR, legacy_version="TLSv1.2")
        talk = Conversation(
            Opening.CLIENT_HELLO, OPEN, tls=tls, end=ended(EndKind.STOPPED, Stage.HANDSHAKE)
        )
        (first,) = diagnose(case_of(typed(IMAP, 993, TLS), None, seen(IN, IMAP, 993, talk)))[:1]
        assert "weak" in first.title.english()

    def test_a_greeting_in_place_of_tls_is_no_handshake_fault(self):
        case = case_of(
            typed(IMAP, 143, TLS),
            None,
            seen(IN, IMAP, 143, hello_answered_in_text(b"* OK\r\n"), listening(IMAP)),
        )
        assert codes(case) == ["tls-on-starttls-port"]

    def test_a_request_alone_is_no_demand(self):
        tls = replace(GOOD_TLS, client_certificate_requested=True)
        assert codes(shown(tls)) == []

    def test_tls_13_asks_only_after_the_handshake(self):
        tls = replace(GOOD_TLS, alert="certificate_required", client_certificate_requested=True)
        talk = Conversation(
            Opening.CLIENT_HELLO, OPEN, tls=tls, end=ended(EndKind.CLOSED, Stage.TLS_GREETING)
        )
        case = case_of(typed(IMAP, 993, TLS), None, seen(IN, IMAP, 993, talk))
        assert codes(case) == ["client-certificate-required"]

    def test_certificate_faults_show_where_starttls_was_set_on_a_tls_port(self):
        talk = hello_conversation(IMAP, bad_tls(certificate(**OLD)))
        ours = seen(IN, IMAP, 993, talk, waiting_in_vain(), security=STARTTLS)
        case = case_of(typed(IMAP, 993, STARTTLS), None, ours)
        assert codes(case) == ["starttls-on-tls-port", "certificate-expired"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CN=Public Root,O=Trust,C=DE", "Public Root"),
        (r"CN=Trust\, Inc. Root,C=DE", r"Trust\, Inc. Root"),
        ("O=Only an Organisation,C=DE", "Only an Organisation"),
        ("1.2.3=x", "1.2.3=x"),
        ("", ""),
    ],
)
def test_common_name(name, expected):
    assert common_name(name) == expected
