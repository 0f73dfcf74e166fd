"""What is suggested for what was seen, with which proof, and what is never suggested."""

from __future__ import annotations

from dataclasses import replace

import pytest
from diagnosis_builders import (
    ADDRESS,
    ADDRESS6,
    CLOSED,
    EMAIL,
    HOST,
    IMAP,
    IN,
    NONE,
    OUT,
    POP3,
    SILENT,
    SMTP,
    STARTTLS,
    TLS,
    bad_tls,
    capabilities,
    case_of,
    certificate,
    codes,
    found,
    hello_answered_in_text,
    hello_conversation,
    listening,
    neighbour,
    not_connected,
    seen,
    sign_in,
    starttls_port,
    tls_port,
    typed,
    waiting_in_vain,
)

from mailcheck_gui.diagnosis.candidates import candidates
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.suggest import suggest
from mailcheck_gui.model.account import AuthMethod
from mailcheck_gui.model.finding import Proof, SideStatus
from mailcheck_gui.model.observation import (
    Capabilities,
    NameObservation,
    NameOutcome,
    NetworkFacts,
    NotTestedReason,
    Opening,
    SignInResult,
    Spoken,
    StartTlsOutcome,
)

HELLO = Opening.CLIENT_HELLO
TEXT_587 = seen(OUT, SMTP, 587, hello_answered_in_text(b"220 x\r\n"), listening(SMTP), security=TLS)
BARE = listening(SMTP, starttls=StartTlsOutcome.NOT_OFFERED, plain=Capabilities())


def suggestion(case):
    return suggest(case, diagnose(case))


def outgoing(port, security, *endpoints, auth=None, **more):
    return case_of(None, typed(SMTP, port, security, auth=auth), *endpoints, **more)


def incoming(protocol, port, security, *endpoints, auth=None, **more):
    return case_of(typed(protocol, port, security, auth=auth), None, *endpoints, **more)


def summary(side):
    server = side.server
    where = (server.port, server.security) if server else None
    return side.status, where, side.proof


class TestKeep:
    @pytest.mark.parametrize("result", [None, SignInResult.ACCEPTED, SignInResult.TEMPORARY])
    def test_as_good_as_can_be(self, result):
        done = (sign_in(OUT, SMTP, 465, result),) if result else ()
        case = outgoing(465, TLS, tls_port(OUT, SMTP, 465), sign_ins=done)
        proof = Proof.SIGNED_IN if result is SignInResult.ACCEPTED else Proof.HANDSHAKE
        assert summary(suggestion(case).outgoing) == (SideStatus.KEEP, (465, TLS), proof)
        assert suggestion(case).incoming.status is SideStatus.NOT_GIVEN

    def test_starttls_without_a_stronger_way(self):
        case = outgoing(
            587,
            STARTTLS,
            starttls_port(OUT, SMTP, 587),
            neighbour(seen(OUT, SMTP, 465, not_connected(SILENT, HELLO))),
        )
        assert suggestion(case).outgoing.status is SideStatus.KEEP

    def test_broken_ipv6_is_no_matter_of_settings(self):
        dead = seen(OUT, SMTP, 465, not_connected(SILENT, HELLO), address=ADDRESS6)
        case = outgoing(465, TLS, tls_port(OUT, SMTP, 465), dead)
        assert suggestion(case).outgoing.status is SideStatus.KEEP

    def test_wrong_password_has_no_cure(self):
        refused = sign_in(OUT, SMTP, 587, SignInResult.REFUSED)
        case = outgoing(
            587,
            STARTTLS,
            starttls_port(OUT, SMTP, 587),
            neighbour(tls_port(OUT, SMTP, 465)),
            sign_ins=(refused,),
        )
        assert suggestion(case).outgoing.status is SideStatus.NO_CURE


STRONGER = [
    # configured, neighbours, what is suggested
    ((587, TLS, TEXT_587), [tls_port(OUT, SMTP, 465)], (465, TLS)),
    ((587, TLS, TEXT_587), [], (587, STARTTLS)),
    ((587, TLS, TEXT_587), [tls_port(OUT, SMTP, 25, security=TLS)], (587, STARTTLS)),
    ((465, STARTTLS, seen(OUT, SMTP, 465, hello_conversation(SMTP), waiting_in_vain(),
      security=STARTTLS)), [starttls_port(OUT, SMTP, 587)], (465, TLS)),
    ((465, NONE, seen(OUT, SMTP, 465, hello_conversation(SMTP), waiting_in_vain(),
      security=NONE)), [], (465, TLS)),
    ((587, NONE, seen(OUT, SMTP, 587, listening(SMTP), security=NONE)),
     [tls_port(OUT, SMTP, 465)], (465, TLS)),
    ((587, NONE, seen(OUT, SMTP, 587, listening(SMTP), security=NONE)), [], (587, STARTTLS)),
    ((465, TLS, seen(OUT, SMTP, 465, not_connected(SILENT, HELLO))),
     [starttls_port(OUT, SMTP, 587)], (587, STARTTLS)),
    ((587, STARTTLS, seen(OUT, SMTP, 587, not_connected(SILENT))),
     [tls_port(OUT, SMTP, 465), starttls_port(OUT, SMTP, 2525)], (465, TLS)),
    ((587, STARTTLS, seen(OUT, SMTP, 587, BARE)), [tls_port(OUT, SMTP, 465)], (465, TLS)),
    ((25, STARTTLS, starttls_port(OUT, SMTP, 25)), [starttls_port(OUT, SMTP, 587)],
     (587, STARTTLS)),
    ((25, STARTTLS, starttls_port(OUT, SMTP, 25)),
     [starttls_port(OUT, SMTP, 587), tls_port(OUT, SMTP, 465)], (465, TLS)),
    ((587, STARTTLS, starttls_port(OUT, SMTP, 587)), [tls_port(OUT, SMTP, 465)], (465, TLS)),
    ((2525, STARTTLS, starttls_port(OUT, SMTP, 2525)), [tls_port(OUT, SMTP, 465)], (465, TLS)),
    # port 25 with encryption only where it was typed, and nothing else is proven
    ((25, NONE, seen(OUT, SMTP, 25, listening(SMTP), security=NONE)), [], (25, STARTTLS)),
    ((25, TLS, seen(OUT, SMTP, 25, hello_answered_in_text(b"220 x\r\n"), listening(SMTP),
      security=TLS)), [], (25, STARTTLS)),
    ((25, NONE, seen(OUT, SMTP, 25, listening(SMTP), security=NONE)),
     [starttls_port(OUT, SMTP, 587)], (587, STARTTLS)),
    # of two equally strong ones, the registered port
    ((465, TLS, seen(OUT, SMTP, 465, not_connected(CLOSED, HELLO))),
     [starttls_port(OUT, SMTP, 2525), starttls_port(OUT, SMTP, 587)], (587, STARTTLS)),
]  # fmt: skip


@pytest.mark.parametrize(("configured", "others", "expected"), STRONGER)
def test_change_on_the_same_host(configured, others, expected):
    port, security, ours = configured
    side = suggestion(outgoing(port, security, ours, *map(neighbour, others))).outgoing
    assert summary(side) == (SideStatus.CHANGE, expected, Proof.HANDSHAKE)
    assert not side.needs_consent
    assert {change.because for change in side.changes} != {""}


@pytest.mark.parametrize(
    ("port", "security", "ours", "others"),
    [
        (587, NONE, seen(OUT, SMTP, 587, BARE, security=NONE), []),
        (587, STARTTLS, seen(OUT, SMTP, 587, BARE), [seen(OUT, SMTP, 25, BARE)]),
        (25, STARTTLS, starttls_port(OUT, SMTP, 25), []),
        (465, TLS, seen(OUT, SMTP, 465, not_connected(CLOSED, HELLO)),
         [starttls_port(OUT, SMTP, 25)]),
        (465, TLS, seen(OUT, SMTP, 465, hello_conversation(SMTP, bad_tls())), []),
        (465, TLS, seen(OUT, SMTP, 465, hello_conversation(SMTP, bad_tls())),
         [seen(OUT, SMTP, 587, listening(SMTP, tls=bad_tls()))]),
    ],
)  # fmt: skip
def test_no_cure(port, security, ours, others):
    side = suggestion(outgoing(port, security, ours, *map(neighbour, others))).outgoing
    assert (side.status, side.server, side.changes) == (SideStatus.NO_CURE, None, ())


def test_signed_in_at_the_candidate_is_the_proof():
    accepted = sign_in(OUT, SMTP, 465)
    case = outgoing(587, TLS, TEXT_587, neighbour(tls_port(OUT, SMTP, 465)), sign_ins=(accepted,))
    side = suggestion(case).outgoing
    assert side.proof is Proof.SIGNED_IN
    assert [(c.field.value, c.typed, c.suggested, c.because) for c in side.changes] == [
        ("port", "587", "465", "tls-on-starttls-port")
    ]


def test_bad_certificate_at_one_address_spoils_the_endpoint():
    bad = seen(OUT, SMTP, 465, hello_conversation(SMTP, bad_tls()), address=ADDRESS6)
    case = outgoing(465, TLS, tls_port(OUT, SMTP, 465), bad)
    assert suggestion(case).outgoing.status is SideStatus.NO_CURE


class TestProtocols:
    def test_imap_on_a_pop3_port_goes_to_the_imap_port(self):
        pop = seen(IN, IMAP, 995, hello_conversation(IMAP, spoken=Spoken.POP3))
        case = incoming(
            IMAP,
            995,
            TLS,
            pop,
            neighbour(tls_port(IN, IMAP, 993)),
            neighbour(tls_port(IN, POP3, 995)),
        )
        side = suggestion(case).incoming
        assert summary(side) == (SideStatus.CHANGE, (993, TLS), Proof.HANDSHAKE)
        assert side.server.protocol is IMAP

    def test_without_imap_the_type_changes(self):
        pop = seen(IN, IMAP, 995, hello_conversation(IMAP, spoken=Spoken.POP3))
        case = incoming(
            IMAP, 995, TLS, pop, replace(tls_port(IN, POP3, 995), configured=False, candidate=True)
        )
        side = suggestion(case).incoming
        assert side.server.protocol is POP3
        assert [c.field.value for c in side.changes] == ["protocol"]

    def test_the_type_to_prove_is_a_candidate(self):
        pop = seen(IN, IMAP, 995, hello_conversation(IMAP, spoken=Spoken.POP3))
        (first, *_) = candidates(incoming(IMAP, 995, TLS, pop), IN)
        assert (first.server.protocol, first.server.port, first.proof) == (POP3, 995, None)
        assert first.may_sign_in

    def test_swapped_boxes_are_exchanged(self):
        hosts = {"in": "smtp.example.com", "out": "imap.example.com"}
        case = case_of(
            typed(IMAP, 587, STARTTLS, host=hosts["in"]),
            typed(SMTP, 993, TLS, host=hosts["out"]),
            seen(IN, IMAP, 587, listening(IMAP, spoken=Spoken.SMTP), host=hosts["in"]),
            seen(OUT, SMTP, 993, hello_conversation(SMTP, spoken=Spoken.IMAP), host=hosts["out"]),
            tls_port(IN, IMAP, 993, host=hosts["out"], configured=False, candidate=True),
            starttls_port(OUT, SMTP, 587, host=hosts["in"], configured=False, candidate=True),
        )
        result = suggestion(case)
        assert (result.incoming.server.host, result.incoming.server.port) == (hosts["out"], 993)
        assert (result.outgoing.server.host, result.outgoing.server.port) == (hosts["in"], 587)
        assert {c.because for c in result.changes} == {"servers-swapped"}
        assert not result.incoming.needs_consent

    def test_swapped_boxes_may_take_the_sign_in_once_they_are_tried(self):
        sends = hello_conversation(IMAP, spoken=Spoken.SMTP)
        receives = hello_conversation(SMTP, spoken=Spoken.IMAP)
        case = case_of(
            typed(IMAP, 465, TLS, host="smtp.example.com"),
            typed(SMTP, 993, TLS, host="imap.example.com"),
            seen(IN, IMAP, 465, sends, host="smtp.example.com"),
            seen(OUT, SMTP, 993, receives, host="imap.example.com"),
        )
        (first, *_) = candidates(case, IN)
        assert (first.server.host, first.server.port) == ("imap.example.com", 993)
        assert first.proof is None
        assert first.may_sign_in


class TestMethods:
    def with_methods(self, *mechanisms, auth, sign_ins=()):
        talk = hello_conversation(SMTP, offers=capabilities(SMTP, mechanisms=mechanisms))
        return outgoing(465, TLS, seen(OUT, SMTP, 465, talk), auth=auth, sign_ins=sign_ins)

    def test_the_offered_method_is_suggested(self):
        case = self.with_methods("PLAIN", auth=AuthMethod.ENCRYPTED_PASSWORD)
        (change,) = suggestion(case).changes
        assert (change.field.value, change.suggested, change.because) == (
            "auth",
            "password",
            "sign-in-method-unsupported",
        )
        assert candidates(case, OUT)[0].may_sign_in

    def test_oauth_is_suggested_and_takes_no_password(self):
        case = self.with_methods("XOAUTH2", auth=AuthMethod.PASSWORD)
        (change,) = suggestion(case).changes
        assert (change.suggested, change.because) == ("oauth2", "oauth-required")
        assert not candidates(case, OUT)[0].may_sign_in
        assert not suggestion(case).outgoing.needs_consent

    def test_oauth_after_a_refusal_that_says_so(self):
        reply = b"535 5.7.139 basic authentication is disabled"
        refused = sign_in(OUT, SMTP, 465, SignInResult.REFUSED, reply=reply)
        case = self.with_methods("PLAIN", "XOAUTH2", auth=AuthMethod.PASSWORD, sign_ins=(refused,))
        (change,) = suggestion(case).changes
        assert (change.suggested, change.because) == ("oauth2", "oauth-required")

    def test_a_token_is_never_sent_as_a_password(self):
        case = self.with_methods("PLAIN", auth=AuthMethod.OAUTH2)
        assert suggestion(case).outgoing.server.auth is AuthMethod.PASSWORD
        assert not candidates(case, OUT)[0].may_sign_in


class TestCertificateNames:
    typed_host = found(HOST, ADDRESS)

    def mismatch(self, *names, **more):
        tls = bad_tls(certificate(names=names), matches=False)
        return case_of(
            typed(IMAP, 993, TLS), None, seen(IN, IMAP, 993, hello_conversation(IMAP, tls)), **more
        )

    def test_a_related_name_wants_one_more_probe_without_a_password(self):
        (first, *_) = candidates(self.mismatch("srv7.example.com"), IN)
        assert (first.server.host, first.proof) == ("srv7.example.com", None)
        assert not first.may_sign_in
        assert suggestion(self.mismatch("srv7.example.com")).incoming.status is SideStatus.NO_CURE

    @pytest.mark.parametrize("name", ["mail.hoster.test", "*.example.com"])
    def test_foreign_names_are_never_candidates(self, name):
        assert candidates(self.mismatch(name), IN) == ()

    def proven(self, *addresses, **more):
        tls = bad_tls(certificate(names=("srv7.example.com",)), matches=False)
        return case_of(
            typed(IMAP, 993, TLS),
            None,
            seen(IN, IMAP, 993, hello_conversation(IMAP, tls)),
            tls_port(IN, IMAP, 993, host="srv7.example.com", configured=False, candidate=True),
            names=(self.typed_host, found("srv7.example.com", *addresses)),
            **more,
        )

    def test_proven_it_is_suggested_and_asks_for_consent(self):
        side = suggestion(self.proven(ADDRESS)).incoming
        assert (side.server.host, side.proof) == ("srv7.example.com", Proof.HANDSHAKE)
        assert side.needs_consent
        assert side.changes[0].because == "certificate-name-mismatch"

    def test_another_server_of_that_name_is_not(self):
        side = suggestion(self.proven("203.0.113.99")).incoming
        assert side.status is SideStatus.NO_CURE

    def test_consent_that_was_given_is_not_asked_again(self):
        case = replace(self.proven(ADDRESS), agreed_hosts=frozenset({"srv7.example.com"}))
        assert not suggestion(case).incoming.needs_consent
        assert candidates(case, IN)[0].may_sign_in


class TestCatalogue:
    def missing(self, host, *, email=EMAIL, outcome=NameOutcome.NOT_FOUND, **more):
        return case_of(
            typed(IMAP, 993, TLS, host=host),
            None,
            seen(IN, IMAP, 993, host=host, address=None),
            names=(NameObservation(host, outcome),),
            email=email,
            **more,
        )

    @pytest.mark.parametrize(
        ("host", "email", "expected"),
        [
            ("imap.gmial.com", EMAIL, "imap.gmail.com"),
            ("mail.gmail.com", "anna@gmail.com", "imap.gmail.com"),
            ("imap-mail.outlook.com", EMAIL, "outlook.office365.com"),
            ("imap.ionos.cmo", EMAIL, "imap.ionos.com"),
        ],
    )
    def test_documented_server(self, host, email, expected):
        side = suggestion(self.missing(host, email=email)).incoming
        assert (side.server.host, side.proof) == (expected, Proof.DOCUMENTED)
        assert side.needs_consent
        assert side.source

    def test_retired_host_that_answers_is_still_replaced(self):
        host = "imap-mail.outlook.com"
        case = case_of(typed(IMAP, 993, TLS, host=host), None, tls_port(IN, IMAP, 993, host=host))
        side = suggestion(case).incoming
        assert side.server.host == "outlook.office365.com"
        assert side.changes[0].because == "host-retired"

    def test_mail_exchanger(self):
        host = "aspmx.l.google.com"
        case = case_of(
            None,
            typed(SMTP, 587, STARTTLS, host=host),
            seen(OUT, SMTP, 587, not_connected(SILENT), host=host),
        )
        side = suggestion(case).outgoing
        assert (side.server.host, side.server.port) == ("smtp.gmail.com", 465)
        assert side.changes[0].because == "host-is-mx"

    def test_no_port_between_servers(self):
        host = "smtp.office365.cmo"
        lost = NameObservation(host, NameOutcome.NOT_FOUND)
        mine = seen(OUT, SMTP, 25, host=host, address=None)
        case = case_of(None, typed(SMTP, 25, STARTTLS, host=host), mine, names=(lost,))
        server = suggestion(case).outgoing.server
        assert (server.host, server.port) == ("smtp.office365.com", 587)

    def test_pasted_web_page(self):
        case = case_of(typed(IMAP, host="https://mail.google.com/mail/u/0"), None)
        side = suggestion(case).incoming
        assert side.status is SideStatus.CHANGE
        assert (side.server.host, side.server.port) == ("imap.gmail.com", 993)
        assert side.changes[0].typed == "https://mail.google.com/mail/u/0"

    def test_unknown_web_page_has_no_cure(self):
        case = case_of(typed(IMAP, host="https://webmail.firma.test"), typed(SMTP, 465, TLS))
        assert suggestion(case).incoming.status is SideStatus.NO_CURE

    def test_near_name_of_the_own_domain_is_only_tried(self):
        case = self.missing("imap.exmaple.com")
        (first, *_) = candidates(case, IN)
        assert (first.server.host, first.proof, first.may_sign_in) == (
            "imap.example.com",
            None,
            False,
        )
        assert suggestion(case).incoming.status is SideStatus.NO_CURE

    def test_near_name_of_the_own_domain_proven(self):
        proof = tls_port(IN, IMAP, 993, host="imap.example.com", configured=False, candidate=True)
        case = case_of(
            typed(IMAP, 993, TLS, host="imap.exmaple.com"),
            None,
            seen(IN, IMAP, 993, host="imap.exmaple.com", address=None),
            proof,
            names=(
                NameObservation("imap.exmaple.com", NameOutcome.NOT_FOUND),
                found("imap.example.com"),
            ),
        )
        side = suggestion(case).incoming
        assert (side.server.host, side.proof) == ("imap.example.com", Proof.HANDSHAKE)
        assert side.needs_consent

    def test_offline_suggests_nothing(self):
        no_way = NetworkFacts(has_ipv4_route=False, has_ipv6_route=False)
        case = self.missing("imap.gmial.com", outcome=NameOutcome.FAILED, network=no_way)
        assert candidates(case, IN) == ()
        assert suggestion(case).incoming.status is SideStatus.NO_CURE


class TestDocumentedHost:
    """The catalogue documents the typed host itself: what was not proven there is no cure."""

    host = "smtp.gmail.com"
    silent = (not_connected(SILENT, HELLO), not_connected(SILENT))
    closed = (not_connected(CLOSED, HELLO), not_connected(CLOSED))
    lost = NameObservation(host, NameOutcome.FAILED)

    def at(self, port, security, *endpoints, **more):
        draft = typed(SMTP, port, security, host=self.host)
        return suggestion(case_of(None, draft, *endpoints, email="anna@gmail.com", **more)).outgoing

    @pytest.mark.parametrize("port", [465, 587])
    @pytest.mark.parametrize("talk", [silent, closed])
    def test_a_port_that_does_not_answer_either(self, port, talk):
        security = TLS if port == 465 else STARTTLS
        other = 587 if port == 465 else 465
        side = self.at(
            port,
            security,
            seen(OUT, SMTP, port, *talk, host=self.host),
            neighbour(seen(OUT, SMTP, other, *talk, host=self.host)),
        )
        assert summary(side) == (SideStatus.NO_CURE, None, None)

    def test_a_weaker_port_that_nobody_asked(self):
        side = self.at(465, TLS, seen(OUT, SMTP, 465, *self.silent, host=self.host))
        assert side.status is SideStatus.NO_CURE

    def test_a_stronger_port_that_nobody_asked(self):
        mine = seen(OUT, SMTP, 587, *self.silent, host=self.host)
        side = self.at(587, STARTTLS, mine, neighbours=False)
        assert summary(side) == (SideStatus.CHANGE, (465, TLS), Proof.DOCUMENTED)

    @pytest.mark.parametrize(("port", "security"), [(465, TLS), (587, STARTTLS)])
    def test_a_name_that_leads_nowhere(self, port, security):
        mine = seen(OUT, SMTP, port, host=self.host, address=None)
        side = self.at(port, security, mine, names=(self.lost,))
        assert side.status is SideStatus.NO_CURE

    def test_a_weaker_port_that_was_proven(self):
        side = self.at(
            465,
            TLS,
            seen(OUT, SMTP, 465, *self.silent, host=self.host),
            neighbour(starttls_port(OUT, SMTP, 587, host=self.host)),
        )
        assert summary(side) == (SideStatus.CHANGE, (587, STARTTLS), Proof.HANDSHAKE)

    def test_another_region_of_the_provider(self):
        host = "email-smtp.eu-west-1.amazonaws.com"
        mine = seen(OUT, SMTP, 465, host=host, address=None)
        lost = NameObservation(host, NameOutcome.FAILED)
        case = case_of(None, typed(SMTP, 465, TLS, host=host), mine, names=(lost,))
        assert suggestion(case).outgoing.status is SideStatus.NO_CURE


class TestUserName:
    host = "smtp.gmail.com"

    def gmail(self, *sign_ins, username="anna"):
        return case_of(
            None,
            typed(SMTP, 465, TLS, host=self.host, username=username),
            tls_port(OUT, SMTP, 465, host=self.host),
            email="anna@gmail.com",
            sign_ins=sign_ins,
        )

    @pytest.mark.parametrize("result", [SignInResult.REFUSED, SignInResult.NOT_TESTED])
    def test_documented_form(self, result):
        tried = sign_in(OUT, SMTP, 465, result, host=self.host, reason=NotTestedReason.NO_PASSWORD)
        side = suggestion(self.gmail(tried)).outgoing
        assert side.status is SideStatus.CHANGE
        assert side.server.username == "anna@gmail.com"
        (change,) = side.changes
        assert (change.because, change.proof) == ("username-incomplete", Proof.DOCUMENTED)

    def test_a_name_that_was_accepted_stays(self):
        case = self.gmail(sign_in(OUT, SMTP, 465, host=self.host))
        assert suggestion(case).outgoing.status is SideStatus.KEEP

    def test_a_name_that_another_port_accepted_stays(self):
        case = case_of(
            None,
            typed(SMTP, 587, STARTTLS, host=self.host, username="anna"),
            starttls_port(OUT, SMTP, 587, host=self.host),
            neighbour(tls_port(OUT, SMTP, 465, host=self.host)),
            email="anna@gmail.com",
            sign_ins=(sign_in(OUT, SMTP, 465, host=self.host),),
        )
        side = suggestion(case).outgoing
        assert summary(side) == (SideStatus.CHANGE, (465, TLS), Proof.SIGNED_IN)
        assert side.server.username == "anna"
        assert "username-incomplete" not in codes(case)

    def test_another_name_is_left_alone(self):
        assert suggestion(self.gmail(username="office")).outgoing.status is SideStatus.KEEP


def test_the_configured_server_is_never_its_own_candidate():
    for port, security, ours in (c for c, _, _ in STRONGER):
        case = outgoing(port, security, ours, neighbour(tls_port(OUT, SMTP, 465)))
        servers = [candidate.server for candidate in candidates(case, OUT)]
        assert case.account.outgoing not in servers
        assert len(servers) == len(set(servers))
