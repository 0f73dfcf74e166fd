"""Filters, bans, proxies, portals and slow lines: what proves them, and what only comes close."""

from __future__ import annotations

from dataclasses import replace

import pytest
from diagnosis_builders import (
    ADDRESS,
    ADDRESS6,
    CLOSED,
    DENIED,
    GOOD_TLS,
    HOST,
    IMAP,
    IN,
    NO_ROUTE,
    NONE,
    OPEN,
    OUT,
    SILENT,
    SILENT_SO_FAR,
    SMTP,
    STARTTLS,
    TLS,
    UNREACHABLE,
    broken_tls,
    case_of,
    codes,
    ended,
    hello_answered_in_text,
    hello_conversation,
    listening,
    neighbour,
    not_connected,
    seen,
    starttls_port,
    tls_port,
    typed,
    waiting_in_vain,
)

from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.model.finding import Confidence, Severity
from mailcheck_gui.model.observation import (
    ControlObservation,
    ControlPurpose,
    Conversation,
    EndKind,
    GreetingKind,
    HandshakeOutcome,
    IcmpMessage,
    NameObservation,
    NameOutcome,
    Opening,
    Stage,
)

HELLO, LISTEN = Opening.CLIENT_HELLO, Opening.LISTEN
HTTP = b"HTTP/1.1 302 Found\r\n"


def control(port, connect=OPEN, operator="Google", network="AS1", greeting=b""):
    return ControlObservation(
        ControlPurpose.CONTROL, f"{operator.lower()}.test", port, "203.0.113.80", connect,
        operator, network, greeting,
    )  # fmt: skip


def others(port, connect=OPEN, greeting=b""):
    """Two unrelated controls that fare alike."""
    return (
        control(port, connect, greeting=greeting),
        control(port, connect, "Microsoft", "AS2", greeting),
    )


def own_web(connect=OPEN, host=HOST):
    return ControlObservation(ControlPurpose.OWN_WEB, host, 443, ADDRESS, connect)


def unused(port, connect=OPEN, purpose=ControlPurpose.UNUSED):
    return ControlObservation(purpose, "192.0.2.1", port, "192.0.2.1", connect)


def with_controls(case, *controls):
    return replace(case, observations=replace(case.observations, controls=controls))


# -- silent ports --------------------------------------------------------------------------

ONE_SILENT = (
    seen(OUT, SMTP, 587, not_connected(SILENT)),
    neighbour(tls_port(OUT, SMTP, 465)),
)
ALL_SILENT = (
    seen(OUT, SMTP, 587, not_connected(SILENT)),
    neighbour(seen(OUT, SMTP, 465, not_connected(SILENT, HELLO))),
    neighbour(seen(OUT, SMTP, 25, not_connected(SILENT))),
)
REFUSED = (
    seen(OUT, SMTP, 587, not_connected(CLOSED)),
    neighbour(seen(OUT, SMTP, 465, not_connected(CLOSED, HELLO))),
)
HALF_REFUSED = (ALL_SILENT[0], neighbour(seen(OUT, SMTP, 465, not_connected(CLOSED, HELLO))))
FORBIDDEN = replace(UNREACHABLE, icmp=IcmpMessage(3, 13, "198.51.100.1"))

NETWORK, SERVER, BANNED = "port-blocked-by-network", "port-blocked-by-server", "address-banned"

SILENCE = [
    # one port of a living host
    (ONE_SILENT, (), "port-silent"),
    (ONE_SILENT, others(587, SILENT), NETWORK),
    (ONE_SILENT, others(587, UNREACHABLE), NETWORK),
    (ONE_SILENT, others(587), SERVER),
    (ONE_SILENT, others(587, CLOSED), SERVER),
    (ONE_SILENT, (control(587),), SERVER),
    # ... and what is not enough to name the network
    (ONE_SILENT, (control(587, SILENT),), "port-silent"),
    (ONE_SILENT, (control(587, SILENT), control(587, SILENT)), "port-silent"),
    (ONE_SILENT, (control(587, SILENT), control(587, SILENT, "Gmail")), "port-silent"),
    (ONE_SILENT, others(587, SILENT_SO_FAR), "port-silent"),
    (ONE_SILENT, others(465, SILENT), "port-silent"),
    (ONE_SILENT, (*others(587, SILENT), control(587, OPEN, "GMX", "AS3")), SERVER),
    # silence that may still end proves no filter
    ((seen(OUT, SMTP, 587, not_connected(SILENT_SO_FAR)), ONE_SILENT[1]), others(587),
     "port-silent"),
    ((seen(OUT, SMTP, 587, not_connected(SILENT_SO_FAR)), ONE_SILENT[1]), others(587, SILENT),
     "port-silent"),
    # a router's word
    ((seen(OUT, SMTP, 587, not_connected(FORBIDDEN)), ONE_SILENT[1]), others(587, FORBIDDEN),
     NETWORK),
    ((seen(OUT, SMTP, 587, not_connected(FORBIDDEN)), ONE_SILENT[1]), (), "port-silent"),
    # the whole host
    (ALL_SILENT, (), "host-unreachable"),
    (ALL_SILENT, (*others(587), own_web()), BANNED),
    (ALL_SILENT, (*others(587), own_web(SILENT)), "host-unreachable"),
    (ALL_SILENT, (*others(587), own_web(CLOSED)), "host-unreachable"),
    (ALL_SILENT, (*others(587), own_web(host="other.example.com")), "host-unreachable"),
    (ALL_SILENT, (own_web(),), "host-unreachable"),
    (ALL_SILENT, (*others(587, SILENT), *others(443), own_web()), NETWORK),
    (ALL_SILENT, (*others(587, SILENT), *others(443)), NETWORK),
    (ALL_SILENT, (*others(587, SILENT), *others(443, SILENT), own_web(SILENT)), "offline"),
    (ALL_SILENT, (*others(587, SILENT), own_web(SILENT)), "host-unreachable"),
    # silent here, refused beside it: alive, yet no mail port is open
    (HALF_REFUSED, (), "port-silent"),
    (HALF_REFUSED, others(587), "port-silent"),
    (HALF_REFUSED, (*others(587), own_web()), BANNED),
    (HALF_REFUSED, (*others(587, SILENT), own_web()), NETWORK),
    # a refusal is an answer, whatever the others do
    (REFUSED, (), "port-closed"),
    (REFUSED, (*others(587), own_web()), "port-closed"),
    (REFUSED, (*others(587, SILENT), own_web()), "port-closed"),
    # this computer's own firewall
    ((seen(OUT, SMTP, 587, not_connected(DENIED)), ONE_SILENT[1]), others(587),
     "port-blocked-by-computer"),
    ((seen(OUT, SMTP, 587, not_connected(DENIED)), ONE_SILENT[1]), others(587, SILENT),
     "port-blocked-by-computer"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "controls", "expected"), SILENCE)
def test_whose_filter_it_is(rows, controls, expected):
    case = with_controls(case_of(None, typed(SMTP, 587, STARTTLS), *rows), *controls)
    errors = [f.code for f in diagnose(case) if f.severity is Severity.ERROR]
    assert errors == [expected]


def test_ipv6_that_this_computer_lacks_does_not_hide_silence():
    rows = (*ONE_SILENT, seen(OUT, SMTP, 587, not_connected(NO_ROUTE), address=ADDRESS6))
    case = with_controls(case_of(None, typed(SMTP, 587, STARTTLS), *rows), *others(587))
    assert codes(case) == [SERVER]


def test_the_evidence_names_controls_and_routers():
    rows = (seen(OUT, SMTP, 587, not_connected(FORBIDDEN)), ONE_SILENT[1])
    case = case_of(None, typed(SMTP, 587, STARTTLS), *rows)
    (first, *_) = diagnose(with_controls(case, *others(587, FORBIDDEN)))
    facts = dict(first.evidence.facts)
    assert facts["router"] == "198.51.100.1"
    assert "microsoft.test port 587 (Microsoft): unreachable by router" in str(facts["controls"])
    assert "198.51.100.1" in first.explanation.english()
    assert first.remedy.english() == "Use port 465 with SSL/TLS."


def test_controls_that_answer_make_an_unreachable_host_certain():
    case = case_of(None, typed(SMTP, 587, STARTTLS), *ALL_SILENT)
    (first, *_) = diagnose(with_controls(case, *others(587), own_web(SILENT)))
    assert (first.code, first.confidence) == ("host-unreachable", Confidence.CERTAIN)
    (alone, *_) = diagnose(case)
    assert alone.confidence is Confidence.LIKELY


# -- proxies and portals -------------------------------------------------------------------

BANNER = b"220 smtp.isp.test ESMTP\r\n"
HIJACKED = seen(OUT, SMTP, 25, listening(SMTP, raw=BANNER, tls=broken_tls(HandshakeOutcome.ALERT)))

PROXIES = [
    (HIJACKED, (), False),
    (HIJACKED, (unused(25),), True),
    (HIJACKED, (unused(25), unused(50_000, CLOSED, ControlPurpose.UNUSED_HIGH)), True),
    (HIJACKED, (unused(25), unused(50_000, OPEN, ControlPurpose.UNUSED_HIGH)), False),
    (HIJACKED, (unused(25, SILENT),), False),
    (HIJACKED, (unused(25, CLOSED),), False),
    (HIJACKED, (unused(587),), False),
    (HIJACKED, others(25, greeting=BANNER), True),
    (HIJACKED, others(25, greeting=b"220 other.test\r\n"), False),
    (HIJACKED, (control(25, greeting=BANNER),), False),
    (HIJACKED, others(25), False),
    # what is verified inside TLS is the server itself
    (starttls_port(OUT, SMTP, 25), (unused(25),), False),
    (seen(OUT, SMTP, 25, not_connected(SILENT)), (unused(25),), False),
]


@pytest.mark.parametrize(("row", "controls", "expected"), PROXIES)
def test_transparent_proxy(row, controls, expected):
    case = with_controls(case_of(None, typed(SMTP, 25, STARTTLS), row), *controls)
    assert ("transparent-proxy" in codes(case)) is expected


def portal(*others_):
    return (
        seen(IN, IMAP, 993, hello_answered_in_text(HTTP)),
        neighbour(seen(IN, IMAP, 143, waiting_in_vain(), hello_answered_in_text(HTTP))),
        neighbour(seen(IN, IMAP, 995, hello_answered_in_text(HTTP))),
        *others_,
    )


MUTE_NEIGHBOUR = neighbour(seen(IN, IMAP, 110, waiting_in_vain()))


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (MUTE_NEIGHBOUR, ["captive-portal"]),
        (neighbour(seen(IN, IMAP, 110, not_connected(CLOSED))), ["not-a-mail-server"]),
        (neighbour(seen(IN, IMAP, 110, not_connected(SILENT))), ["not-a-mail-server"]),
        (neighbour(starttls_port(IN, IMAP, 110)), ["not-a-mail-server"]),
    ],
)
def test_captive_portal(last, expected):
    assert codes(case_of(typed(IMAP, 993, TLS), None, *portal(last))) == expected


def test_a_web_server_on_three_ports_is_no_portal():
    assert codes(case_of(typed(IMAP, 993, TLS), None, *portal())) == ["not-a-mail-server"]


# -- names ---------------------------------------------------------------------------------


def lies(host, *addresses):
    return (NameObservation(host, NameOutcome.FOUND, addresses),)


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (("127.0.0.1",), ["name-redirected"]),
        (("0.0.0.0",), ["name-redirected"]),
        (("::",), ["name-redirected"]),
        (("192.168.1.1",), ["name-redirected"]),
        (("100.64.0.9",), ["name-redirected"]),
        (("10.0.0.9", ADDRESS), ["port-closed"]),
        ((ADDRESS,), ["port-closed"]),
    ],
)
def test_name_redirected(addresses, expected):
    row = seen(IN, IMAP, 993, not_connected(CLOSED, HELLO), address=addresses[0])
    case = case_of(typed(IMAP, 993, TLS), None, row, names=lies(HOST, *addresses))
    assert codes(case) == expected


@pytest.mark.parametrize("host", ["nas.local", "mail.home.arpa", "mailserver", "mail.lan"])
def test_local_names_may_have_private_addresses(host):
    row = seen(IN, IMAP, 993, not_connected(CLOSED, HELLO), host=host, address="192.168.1.9")
    case = case_of(typed(IMAP, 993, TLS, host=host), None, row, names=lies(host, "192.168.1.9"))
    assert codes(case) == ["port-closed"]


def test_a_private_mail_server_behind_a_public_name_is_no_lie():
    row = tls_port(IN, IMAP, 993, address="10.0.0.9")
    case = case_of(typed(IMAP, 993, TLS), None, row, names=lies(HOST, "10.0.0.9"))
    assert codes(case) == []


# -- busy servers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"421 4.7.0 Too many concurrent SMTP connections\r\n", "server-busy"),
        (b"421 4.3.2 Service shutting down for maintenance\r\n", "server-busy"),
        (b"421 mx Connection rate limit exceeded\r\n", "server-busy"),
        (b"554 5.7.1 Dynamic address refused\r\n", "server-refuses-client"),
        (b"421 4.7.1 Your address is blocked\r\n", "server-refuses-client"),
    ],
)
def test_busy_or_refusing(raw, expected):
    talk = listening(SMTP, kind=GreetingKind.REFUSED, raw=raw)
    case = case_of(None, typed(SMTP, 587, STARTTLS), seen(OUT, SMTP, 587, talk))
    assert codes(case) == [expected]


def test_busy_imap_in_a_bye():
    talk = listening(IMAP, kind=GreetingKind.REFUSED, raw=b"* BYE Too many connections\r\n")
    assert codes(case_of(typed(IMAP, 143, STARTTLS), None, seen(IN, IMAP, 143, talk))) == [
        "server-busy"
    ]


# -- slow and stalling lines ---------------------------------------------------------------

HANGS = replace(
    listening(SMTP, tls=broken_tls(HandshakeOutcome.TIMED_OUT)),
    end=ended(EndKind.TIMED_OUT, Stage.HANDSHAKE, 15_000.0),
)


def handshake(elapsed_ms, connect_ms=40.0):
    return replace(
        hello_conversation(SMTP, replace(GOOD_TLS, elapsed_ms=elapsed_ms)),
        connect=replace(OPEN, elapsed_ms=connect_ms),
    )


def throttled(case):
    return [f for f in diagnose(case) if f.code == "connection-throttled"]


def test_a_good_greeting_and_a_hanging_handshake_stall():
    case = case_of(None, typed(SMTP, 587, STARTTLS), seen(OUT, SMTP, 587, HANGS))
    (finding,) = throttled(case)
    assert "MTU" in finding.remedy.english()


def test_a_handshake_that_was_answered_in_part_stalls():
    tls = broken_tls(HandshakeOutcome.TIMED_OUT, first_bytes=b"\x16\x03\x03")
    end = ended(EndKind.TIMED_OUT, Stage.HANDSHAKE, 15_000.0)
    row = seen(OUT, SMTP, 465, Conversation(HELLO, OPEN, tls=tls, end=end))
    assert throttled(case_of(None, typed(SMTP, 465, TLS), row))


def test_a_mute_port_does_not_stall():
    tls = broken_tls(HandshakeOutcome.TIMED_OUT)
    end = ended(EndKind.TIMED_OUT, Stage.HANDSHAKE, 30_000.0)
    row = seen(OUT, SMTP, 465, Conversation(HELLO, OPEN, tls=tls, end=end))
    assert not throttled(case_of(None, typed(SMTP, 465, TLS), row))


@pytest.mark.parametrize(
    ("elapsed_ms", "connect_ms", "expected"),
    [
        (3000.0, 40.0, True),
        (2900.0, 40.0, False),  # short enough for any server
        (5000.0, 700.0, False),  # a far server: everything takes long there
        (6500.0, 700.0, True),
    ],
)
def test_slow_against_its_own_connection(elapsed_ms, connect_ms, expected):
    row = seen(OUT, SMTP, 465, handshake(elapsed_ms, connect_ms))
    assert bool(throttled(case_of(None, typed(SMTP, 465, TLS), row))) is expected


def test_slow_beside_a_quick_port_names_it():
    row = seen(OUT, SMTP, 465, handshake(9000.0))
    (finding,) = throttled(
        case_of(None, typed(SMTP, 465, TLS), row, neighbour(starttls_port(OUT, SMTP, 587)))
    )
    assert finding.confidence is Confidence.LIKELY
    assert "587" in finding.explanation.english()


def test_nothing_is_blocked_without_encryption_either():
    rows = (seen(OUT, SMTP, 25, not_connected(SILENT)), ONE_SILENT[1])
    case = with_controls(case_of(None, typed(SMTP, 25, NONE), *rows), *others(25, SILENT))
    assert codes(case) == [NETWORK, "submission-on-port-25"]
