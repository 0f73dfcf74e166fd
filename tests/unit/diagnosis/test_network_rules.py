"""Names, connections, silence and hanging up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from diagnosis_builders import (
    ADDRESS,
    ADDRESS6,
    CALLING,
    CLOSED,
    DENIED,
    HOST,
    IMAP,
    IN,
    NO_ROUTE,
    NOT_YET,
    OPEN,
    OUT,
    SILENT,
    SILENT_SO_FAR,
    SMTP,
    STARTTLS,
    TLS,
    UNREACHABLE,
    case_of,
    codes,
    ended,
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

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.near_servers import near_servers
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.finding import Confidence
from mailcheck_gui.model.observation import (
    Conversation,
    EndKind,
    GreetingKind,
    HandshakeOutcome,
    IcmpMessage,
    NameObservation,
    NameOutcome,
    NetworkFacts,
    Opening,
    SignInResult,
    Stage,
    StartTlsOutcome,
    TlsObservation,
)

HELLO, LISTEN = Opening.CLIENT_HELLO, Opening.LISTEN
IMAPS = typed(IMAP, 993, TLS)
MUTE = ended(EndKind.TIMED_OUT, Stage.GREETING, 30_000.0)


def named(outcome: NameOutcome, host: str = HOST) -> tuple[NameObservation, ...]:
    return (NameObservation(host, outcome),)


def unresolved(host: str = HOST):
    return seen(IN, IMAP, 993, host=host, address=None)


class TestNames:
    @pytest.mark.parametrize(
        ("outcome", "expected"),
        [
            (NameOutcome.NOT_FOUND, ["name-not-found"]),
            (NameOutcome.NO_ADDRESS, ["name-has-no-address"]),
            (NameOutcome.FAILED, ["name-lookup-failed"]),
            (NameOutcome.TIMED_OUT, ["name-lookup-failed"]),
        ],
    )
    def test_each_outcome_has_its_finding(self, outcome, expected):
        host = "srv7.hoster.test"
        draft = typed(IMAP, 993, TLS, host=host)
        case = case_of(draft, None, unresolved(host), names=named(outcome, host))
        assert codes(case) == expected

    def test_found_says_nothing(self):
        assert codes(case_of(IMAPS, None, tls_port(IN, IMAP, 993))) == []

    def test_a_misspelt_catalogue_name_is_named(self):
        host = "imap.gmial.com"
        case = case_of(
            typed(IMAP, 993, TLS, host=host),
            None,
            unresolved(host),
            names=named(NameOutcome.NOT_FOUND, host),
            email="anna@example.com",
        )
        assert codes(case) == ["host-typo", "name-not-found"]
        assert "Did you mean imap.gmail.com?" in diagnose(case)[0].title.english()

    def test_a_name_near_the_own_domain_is_named(self):
        host = "imap.exmaple.com"
        case = case_of(
            typed(IMAP, 993, TLS, host=host),
            None,
            unresolved(host),
            names=named(NameOutcome.NOT_FOUND, host),
        )
        assert "Did you mean imap.example.com?" in diagnose(case)[0].title.english()

    def test_a_misspelt_name_that_fails_to_resolve_for_another_reason_is_no_typo(self):
        host = "imap.gmial.com"
        names = named(NameOutcome.FAILED, host)
        case = case_of(typed(IMAP, 993, TLS, host=host), None, unresolved(host), names=names)
        assert codes(case) == ["name-lookup-failed"]

    def test_a_near_name_that_works_is_no_typo(self):
        host = "imap.gmal.com"
        case = case_of(typed(IMAP, 993, TLS, host=host), None, tls_port(IN, IMAP, 993, host=host))
        assert codes(case) == []

    def test_a_known_name_is_never_a_typo_of_another(self):
        host = "pop.gmx.net"
        names = named(NameOutcome.NOT_FOUND, host)
        case = case_of(typed(IMAP, 993, TLS, host=host), None, unresolved(host), names=names)
        assert "host-typo" not in codes(case)

    @pytest.mark.parametrize(
        ("protocol", "host"),
        [
            (IMAP, "smtp.example.com"),  # two slips from imap.example.com
            (SMTP, "imap.example.com"),
            (IMAP, "imap-mail.outlook.com"),  # retired, one slip from smtp-mail.outlook.com
            (IMAP, "smtp.gmaill.com"),  # misspelt, but of a server for sending
            (IMAP, "203.0.113.9"),
        ],
    )
    def test_names_that_are_spelt_well_or_of_the_other_side(self, protocol, host):
        assert near_servers(load_providers(), protocol, host, "example.com") == ()

    def test_an_outgoing_name_is_named_for_the_outgoing_box(self):
        near = near_servers(load_providers(), SMTP, "smtp.gmaill.com", "example.com")
        assert near[0] == "smtp.gmail.com"


class TestOffline:
    no_way = NetworkFacts(has_ipv4_route=False, has_ipv6_route=False)

    def test_no_route_hides_everything_else(self):
        case = case_of(
            IMAPS, None, unresolved(), names=named(NameOutcome.FAILED), network=self.no_way
        )
        (first, *_) = diagnose(case)
        assert codes(case) == ["offline"]
        assert first.role is Role.ACCOUNT

    def test_a_connection_refutes_it(self):
        case = case_of(IMAPS, None, tls_port(IN, IMAP, 993), network=self.no_way)
        assert codes(case) == []

    def test_a_connection_under_way_refutes_it(self):
        ours = seen(IN, IMAP, 993, not_connected(CALLING, HELLO))
        case = case_of(IMAPS, None, ours, network=self.no_way, cancelled=True)
        assert codes(case) == []

    def test_a_connection_that_was_never_begun_does_not(self):
        ours = seen(IN, IMAP, 993, not_connected(NOT_YET, HELLO))
        case = case_of(IMAPS, None, ours, network=self.no_way, cancelled=True)
        assert codes(case) == ["offline"]

    def test_one_route_is_enough(self):
        one = NetworkFacts(has_ipv4_route=True, has_ipv6_route=False)
        case = case_of(IMAPS, None, unresolved(), names=named(NameOutcome.FAILED), network=one)
        assert codes(case) == ["name-lookup-failed"]

    def test_servers_on_this_computer_need_no_route(self):
        draft = typed(IMAP, 1143, STARTTLS, host="127.0.0.1")
        talk = not_connected(CLOSED)
        ours = seen(IN, IMAP, 1143, talk, host="127.0.0.1", address="127.0.0.1")
        assert codes(case_of(draft, None, ours, network=self.no_way)) == ["port-closed"]

    def test_unknown_routes_with_every_attempt_without_route(self):
        ours = seen(IN, IMAP, 993, not_connected(NO_ROUTE, HELLO))
        assert codes(case_of(IMAPS, None, ours, network=NetworkFacts())) == ["offline"]


class TestPorts:
    def test_closed(self):
        case = case_of(IMAPS, None, seen(IN, IMAP, 993, not_connected(CLOSED, HELLO)))
        assert codes(case) == ["port-closed"]

    def test_silent_beside_an_open_port(self):
        case = case_of(
            IMAPS,
            None,
            seen(IN, IMAP, 993, not_connected(SILENT, HELLO)),
            neighbour(starttls_port(IN, IMAP, 143)),
        )
        (first, *_) = diagnose(case)
        assert (first.code, first.confidence) == ("port-silent", Confidence.CERTAIN)
        assert "within 8 seconds" in first.title.english()
        assert first.remedy.english() == "Use port 143 with STARTTLS."

    def test_silence_before_the_limit_is_only_likely(self):
        ours = seen(IN, IMAP, 993, not_connected(SILENT_SO_FAR, HELLO))
        (first, *_) = diagnose(case_of(IMAPS, None, ours))
        assert (first.code, first.confidence) == ("port-silent", Confidence.LIKELY)
        assert "so far" in first.title.english()

    def test_one_silent_port_says_nothing_of_the_host(self):
        case = case_of(IMAPS, None, seen(IN, IMAP, 993, not_connected(SILENT, HELLO)))
        assert codes(case) == ["port-silent"]

    def test_several_silent_ports_lose_the_host(self):
        case = case_of(
            IMAPS,
            None,
            seen(IN, IMAP, 993, not_connected(SILENT, HELLO)),
            neighbour(seen(IN, IMAP, 143, not_connected(SILENT))),
        )
        (first, *_) = diagnose(case)
        assert codes(case) == ["host-unreachable"]
        assert first.confidence is Confidence.LIKELY

    def test_a_refused_port_shows_that_the_host_is_there(self):
        case = case_of(
            IMAPS,
            None,
            seen(IN, IMAP, 993, not_connected(SILENT, HELLO)),
            neighbour(seen(IN, IMAP, 143, not_connected(CLOSED))),
        )
        assert codes(case) == ["port-silent"]

    def test_icmp_for_every_port_is_certain(self):
        case = case_of(
            IMAPS,
            None,
            seen(IN, IMAP, 993, not_connected(UNREACHABLE, HELLO)),
            neighbour(seen(IN, IMAP, 143, not_connected(UNREACHABLE))),
        )
        (first, *_) = diagnose(case)
        assert (first.code, first.confidence) == ("host-unreachable", Confidence.CERTAIN)

    def test_icmp_for_one_port_is_a_filter_and_names_the_router(self):
        icmp = replace(UNREACHABLE, icmp=IcmpMessage(3, 13, "198.51.100.1"))
        case = case_of(
            IMAPS,
            None,
            seen(IN, IMAP, 993, not_connected(icmp, HELLO)),
            neighbour(starttls_port(IN, IMAP, 143)),
        )
        (first, *_) = diagnose(case)
        assert first.code == "port-silent"
        assert "198.51.100.1" in first.explanation.english()

    def test_no_route_to_the_only_family_of_a_server(self):
        ours = seen(IN, IMAP, 993, not_connected(NO_ROUTE, HELLO), address=ADDRESS6)
        one = NetworkFacts(has_ipv4_route=True, has_ipv6_route=False)
        case = case_of(IMAPS, None, ours, network=one)
        assert codes(case) == ["host-unreachable"]
        assert "no route" in diagnose(case)[0].title.english()

    def test_denied_on_this_computer(self):
        case = case_of(IMAPS, None, seen(IN, IMAP, 993, not_connected(DENIED, HELLO)))
        assert codes(case) == ["port-blocked-by-computer"]

    def test_documented_stronger_port_that_is_silent_is_told(self):
        host = "smtp.gmail.com"
        case = case_of(
            None,
            typed(SMTP, 587, STARTTLS, host=host),
            starttls_port(OUT, SMTP, 587, host=host),
            neighbour(seen(OUT, SMTP, 465, not_connected(SILENT, HELLO), host=host)),
            email="anna@firma.test",
        )
        told = [f for f in diagnose(case) if f.code == "port-silent"]
        assert [(f.severity.value, f.endpoint.port) for f in told] == [("info", 465)]


class TestFamilies:
    def both(self, six, four=None):
        return (
            four or tls_port(IN, IMAP, 993),
            seen(IN, IMAP, 993, six, address=ADDRESS6),
        )

    @pytest.mark.parametrize("connect", [SILENT, UNREACHABLE, CLOSED])
    def test_ipv6_broken(self, connect):
        case = case_of(IMAPS, None, *self.both(not_connected(connect, HELLO)))
        assert codes(case) == ["ipv6-broken"]

    def test_no_ipv6_here_is_not_broken(self):
        case = case_of(IMAPS, None, *self.both(not_connected(NO_ROUTE, HELLO)))
        assert codes(case) == []

    def test_too_short_a_wait_is_told_as_such(self):
        case = case_of(IMAPS, None, *self.both(not_connected(SILENT_SO_FAR, HELLO)))
        (first, *_) = diagnose(case)
        assert (first.code, first.confidence) == ("ipv6-broken", Confidence.POSSIBLE)
        assert "so far" in first.title.english()

    def test_ipv4_broken(self):
        dead = seen(IN, IMAP, 993, not_connected(SILENT, HELLO))
        alive = seen(IN, IMAP, 993, hello_conversation(IMAP), address=ADDRESS6)
        assert codes(case_of(IMAPS, None, dead, alive)) == ["ipv4-broken"]

    def test_both_dead_is_no_matter_of_family(self):
        dead = seen(IN, IMAP, 993, not_connected(CLOSED, HELLO))
        case = case_of(IMAPS, None, *self.both(not_connected(CLOSED, HELLO), dead))
        assert codes(case) == ["port-closed"]

    def test_two_hosts_make_one_finding_about_the_line(self):
        case = case_of(
            typed(IMAP, 993, TLS, host="imap.example.com"),
            typed(SMTP, 465, TLS, host="smtp.example.com"),
            *(
                seen(role, protocol, port, talk, host=host, address=address)
                for role, protocol, port, host in (
                    (IN, IMAP, 993, "imap.example.com"),
                    (OUT, SMTP, 465, "smtp.example.com"),
                )
                for address, talk in (
                    (ADDRESS, hello_conversation(protocol)),
                    (ADDRESS6, not_connected(SILENT, HELLO)),
                )
            ),
        )
        assert codes(case) == ["ipv6-broken"]
        assert diagnose(case)[0].role is Role.ACCOUNT


class TestDialogue:
    def one(self, *talks, protocol=IMAP, port=143, **more):
        draft = typed(protocol, port, STARTTLS)
        return case_of(draft, None, seen(IN, protocol, port, *talks), **more)

    @pytest.mark.parametrize("kind", [EndKind.CLOSED, EndKind.RESET])
    def test_hung_up_before_any_word(self, kind):
        assert codes(self.one(waiting_in_vain(LISTEN, ended(kind, Stage.GREETING)))) == [
            "connection-reset"
        ]

    def test_hung_up_at_the_client_hello(self):
        tls = TlsObservation(HandshakeOutcome.CLOSED, 45.0)
        talk = Conversation(HELLO, OPEN, tls=tls, end=ended(EndKind.CLOSED, Stage.HANDSHAKE))
        assert codes(case_of(IMAPS, None, seen(IN, IMAP, 993, talk))) == ["connection-reset"]

    def test_hung_up_on_one_opening_while_the_other_speaks(self):
        cut = waiting_in_vain(HELLO, ended(EndKind.RESET, Stage.HANDSHAKE))
        case = case_of(
            typed(IMAP, 143, TLS), None, seen(IN, IMAP, 143, cut, listening(IMAP), security=TLS)
        )
        assert codes(case) == ["tls-on-starttls-port"]

    def test_mute_to_both_openings(self):
        hello = Conversation(
            HELLO,
            OPEN,
            tls=TlsObservation(HandshakeOutcome.TIMED_OUT, 30_000.0),
            end=ended(EndKind.TIMED_OUT, Stage.HANDSHAKE, 30_000.0),
        )
        (first, *_) = diagnose(self.one(waiting_in_vain(LISTEN, MUTE), hello))
        assert (first.code, first.confidence) == ("server-silent", Confidence.CERTAIN)

    def test_mute_so_far(self):
        cut = ended(EndKind.STOPPED, Stage.GREETING, 11_000.0)
        (first, *_) = diagnose(self.one(waiting_in_vain(LISTEN, cut)))
        assert (first.code, first.confidence) == ("server-silent", Confidence.LIKELY)

    def test_stopped_early_is_not_mute(self):
        cut = ended(EndKind.STOPPED, Stage.GREETING, 800.0)
        assert codes(self.one(waiting_in_vain(LISTEN, cut), cancelled=True)) == []

    @pytest.mark.parametrize(("slow_ms", "expected"), [(2900.0, []), (3000.0, ["greeting-slow"])])
    def test_slow_greeting(self, slow_ms, expected):
        assert codes(self.one(listening(IMAP, slow_ms=slow_ms))) == expected

    def test_refusal_in_place_of_a_greeting(self):
        talk = listening(IMAP, kind=GreetingKind.REFUSED, raw=b"* BYE too many\r\n")
        (first, *_) = diagnose(self.one(talk))
        assert first.code == "server-refuses-client"
        assert first.evidence.quote == b"* BYE too many\r\n"

    def test_refusal_on_port_25_points_to_submission(self):
        talk = listening(SMTP, kind=GreetingKind.REFUSED, raw=b"554 dynamic address\r\n")
        case = case_of(None, typed(SMTP, 25, STARTTLS), seen(OUT, SMTP, 25, talk))
        assert "465" in diagnose(case)[0].remedy.english()

    @pytest.mark.parametrize("stage", [Stage.CAPABILITIES, Stage.STARTTLS, Stage.TLS_CAPABILITIES])
    def test_dropped_halfway_quotes_the_last_line(self, stage):
        end = ended(EndKind.CLOSED, stage, line=b"250-mail.example.com")
        talk = replace(listening(IMAP, starttls=None), plain_capabilities=None, end=end)
        (first, *_) = diagnose(self.one(talk))
        assert first.code == "connection-dropped"
        assert first.evidence.quote == b"250-mail.example.com"

    @pytest.mark.parametrize("kind", [EndKind.COMPLETE, EndKind.STOPPED, EndKind.CUT_SHORT])
    def test_our_own_end_is_no_drop(self, kind):
        talk = replace(listening(IMAP), end=ended(kind, Stage.TLS_CAPABILITIES))
        assert codes(self.one(talk)) == []

    def test_hanging_up_after_a_refused_sign_in_is_the_refusal(self):
        talk = replace(listening(IMAP), end=ended(EndKind.CLOSED, Stage.SIGN_IN))
        refusal = sign_in(IN, IMAP, 143, SignInResult.REFUSED)
        assert codes(self.one(talk, sign_ins=(refusal,))) == ["sign-in-failed"]

    def test_go_ahead_without_a_reply(self):
        talk = replace(
            listening(IMAP, starttls=StartTlsOutcome.NO_REPLY),
            end=ended(EndKind.TIMED_OUT, Stage.STARTTLS),
        )
        assert codes(self.one(talk)) == ["connection-dropped"]


def test_addresses_that_answer_hide_one_that_does_not_in_the_same_family():
    case = case_of(
        IMAPS,
        None,
        tls_port(IN, IMAP, 993),
        seen(IN, IMAP, 993, not_connected(CLOSED, HELLO), address="203.0.113.6"),
        names=(found(HOST, ADDRESS, "203.0.113.6"),),
    )
    assert codes(case) == []


def test_the_address_that_spoke_is_judged_and_not_the_mute_one():
    mute = waiting_in_vain(LISTEN, MUTE)
    web = hello_answered_in_text(b"HTTP/1.1 400 Bad Request\r\n")
    case = case_of(
        typed(IMAP, 143, STARTTLS),
        None,
        seen(IN, IMAP, 143, mute),
        seen(IN, IMAP, 143, mute, web, address=ADDRESS6),
    )
    assert codes(case) == ["not-a-mail-server"]
