"""What the catalogue knows about the typed names and about the provider."""

from __future__ import annotations

import pytest
from diagnosis_builders import (
    CLOSED,
    IMAP,
    IN,
    OUT,
    SMTP,
    STARTTLS,
    TLS,
    case_of,
    codes,
    listening,
    not_connected,
    seen,
    sign_in,
    tls_port,
    typed,
)

from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.suggest import suggest
from mailcheck_gui.model.finding import Confidence, SideStatus
from mailcheck_gui.model.observation import SignInResult

PREPARATION = "provider-needs-preparation"


def imap_at(host, *, email="anna@firma.test", username="", accepted=False):
    done = (sign_in(IN, IMAP, 993, host=host),) if accepted else ()
    return case_of(
        typed(IMAP, 993, TLS, host=host, username=username),
        None,
        tls_port(IN, IMAP, 993, host=host),
        email=email,
        sign_ins=done,
    )


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("imap-mail.outlook.com", "host-retired"),
        ("imap.cox.net", "host-retired"),
        ("aspmx.l.google.com", "host-is-mx"),
        ("firma-test.mail.protection.outlook.com", "host-is-mx"),
        ("mx00.ionos.de", "host-is-mx"),
    ],
)
def test_hosts_that_are_not_for_mail_programs(host, code):
    assert codes(imap_at(host))[0] == code
    assert code not in codes(imap_at(host, accepted=True))


@pytest.mark.parametrize("host", ["imap.gmail.com", "outlook.office365.com", "mail.firma.test"])
def test_documented_and_unknown_hosts_are_left_alone(host):
    assert not {"host-retired", "host-is-mx", "host-typo"} & set(codes(imap_at(host)))


class TestUserNames:
    def finding(self, host, email, username, **more):
        case = imap_at(host, email=email, username=username, **more)
        return next((f for f in diagnose(case) if f.code == "username-incomplete"), None)

    def test_the_whole_address_is_wanted(self):
        finding = self.finding("imap.gmail.com", "anna@gmail.com", "anna")
        assert finding is not None
        assert "anna@gmail.com" in finding.remedy.english()
        assert finding.confidence is Confidence.LIKELY

    def test_only_the_local_part_is_wanted(self):
        finding = self.finding("imap.mail.me.com", "anna@icloud.com", "anna@icloud.com")
        assert finding is not None
        assert finding.confidence is Confidence.POSSIBLE

    @pytest.mark.parametrize(
        ("host", "email", "username"),
        [
            ("imap.gmail.com", "anna@gmail.com", "anna@gmail.com"),
            ("imap.gmail.com", "anna@gmail.com", "office"),
            ("imap.mail.me.com", "anna@icloud.com", "anna"),
            ("mail.firma.test", "anna@firma.test", "anna"),
        ],
    )
    def test_fitting_or_unknown_forms(self, host, email, username):
        assert self.finding(host, email, username) is None

    def test_what_was_accepted_is_right(self):
        assert self.finding("imap.gmail.com", "anna@gmail.com", "anna", accepted=True) is None


class TestPreparation:
    def test_each_step_is_one_finding_with_source_and_date(self):
        case = imap_at("outlook.office365.com", email="anna@outlook.com")
        found = [f for f in diagnose(case) if f.code == PREPARATION]
        assert len(found) == 2
        assert {"url", "source", "date"} <= dict(found[0].evidence.facts).keys()

    def test_known_by_the_server_where_the_domain_is_unknown(self):
        assert PREPARATION in codes(imap_at("imap.gmail.com"))

    def test_done_once_every_side_signed_in(self):
        assert PREPARATION not in codes(imap_at("imap.gmail.com", accepted=True))

    def test_not_done_while_the_other_side_was_refused(self):
        case = case_of(
            typed(IMAP, 993, TLS, host="imap.gmail.com"),
            typed(SMTP, 465, TLS, host="smtp.gmail.com"),
            tls_port(IN, IMAP, 993, host="imap.gmail.com"),
            tls_port(OUT, SMTP, 465, host="smtp.gmail.com"),
            email="anna@gmail.com",
            sign_ins=(
                sign_in(IN, IMAP, 993, host="imap.gmail.com"),
                sign_in(OUT, SMTP, 465, SignInResult.REFUSED, host="smtp.gmail.com"),
            ),
        )
        assert PREPARATION in codes(case)

    def test_unknown_provider(self):
        assert PREPARATION not in codes(imap_at("mail.firma.test"))


class TestUnsupported:
    def test_a_provider_without_servers(self):
        case = imap_at("imap.tuta.com", email="anna@tuta.com")
        assert codes(case)[0] == "provider-unsupported"

    def test_a_provider_behind_a_bridge(self):
        case = imap_at("imap.proton.me", email="anna@proton.me")
        assert "program of its own" in diagnose(case)[0].title.english()

    def test_the_bridge_itself_is_supported(self):
        host = "127.0.0.1"
        case = case_of(
            typed(IMAP, 1143, STARTTLS, host=host),
            None,
            seen(IN, IMAP, 1143, listening(IMAP), host=host, address=host, security=STARTTLS),
            email="anna@proton.me",
        )
        assert "provider-unsupported" not in codes(case)

    def test_other_servers_on_this_computer_are_not_the_bridge(self):
        host = "127.0.0.1"
        case = case_of(
            typed(IMAP, 1143, STARTTLS, host=host),
            None,
            seen(IN, IMAP, 1143, listening(IMAP), host=host, address=host, security=STARTTLS),
            email="anna@firma.test",
        )
        assert PREPARATION not in codes(case)


@pytest.mark.parametrize(
    ("email", "status"),
    [("anna@example.com", SideStatus.NO_CURE), ("anna@proton.me", SideStatus.CHANGE)],
)
def test_the_bridge_is_proposed_only_for_addresses_behind_it(email, status):
    host = "127.0.0.1"
    closed = seen(IN, IMAP, 4143, not_connected(CLOSED), host=host, address=host)
    case = case_of(typed(IMAP, 4143, STARTTLS, host=host), None, closed, email=email)
    assert suggest(case, diagnose(case)).incoming.status is status
