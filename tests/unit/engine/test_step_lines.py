"""What each step says for what was seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from step_facts import (
    HELLO,
    HOST,
    LISTEN,
    NONE,
    SSL,
    STARTTLS,
    V4,
    V6,
    at,
    found,
    handshake,
    row,
    side,
    talk,
)

from mailcheck_gui.engine.side_facts import SideFacts
from mailcheck_gui.engine.steps import describe
from mailcheck_gui.model.account import AuthMethod, Protocol
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.event import Step, StepState
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    GreetingKind,
    HandshakeOutcome,
    NameObservation,
    NameOutcome,
    NotTestedReason,
    SignInObservation,
    SignInResult,
    StartTlsOutcome,
    TlsObservation,
)

READY = GreetingKind.READY
WORKS, WARNING, ERROR = StepState.WORKS, StepState.WARNING, StepState.ERROR
RUNNING, WAITING, NOT_TESTED = StepState.RUNNING, StepState.WAITING, StepState.NOT_TESTED


def told(facts: SideFacts, step: Step) -> tuple[StepState, str]:
    line = describe(facts)[step]
    return line.state, line.detail.english()


def signed(facts: SideFacts, result: SignInResult, port: int = 993) -> SideFacts:
    endpoint = Endpoint(Protocol.IMAP, HOST, port)
    seen = SignInObservation(facts.role, endpoint, SSL, result, secret_sent=True)
    return replace(facts, sign_in=seen)


def untested(facts: SideFacts, reason: NotTestedReason) -> SideFacts:
    endpoint = Endpoint(Protocol.IMAP, HOST, 993)
    seen = SignInObservation(facts.role, endpoint, SSL, SignInResult.NOT_TESTED, reason=reason)
    return replace(facts, sign_in=seen, over=True)


HEALTHY = at(side(), talk(tls=handshake(), tls_greeting=READY))


def test_a_healthy_side_from_top_to_bottom() -> None:
    lines = describe(signed(HEALTHY, SignInResult.ACCEPTED))
    assert [(line.state, line.detail.english()) for line in lines.values()] == [
        (WORKS, "Found: 203.0.113.5"),
        (WORKS, "Port 993 answered"),
        (WORKS, "TLS 1.3, from the first byte"),
        (WORKS, "Issued for mail.example.com, valid for 74 days"),
        (WORKS, "User name and password accepted"),
        (WORKS, ""),
    ]
    assert [line.elapsed_ms for line in lines.values()] == [18.0, 24.0, 41.0, None, 0.0, None]


def test_a_side_that_has_just_begun() -> None:
    assert [line.state for line in describe(side()).values()] == [RUNNING] + [WAITING] * 5


@pytest.mark.parametrize(
    ("outcome", "addresses", "line"),
    [
        (NameOutcome.FOUND, (V4, V6), (WORKS, f"Found: {V4} and {V6}")),
        (NameOutcome.FOUND, (V4, V6, V4), (WORKS, f"Found: {V4} and 2 more addresses")),
        (NameOutcome.LITERAL, (V4,), (WORKS, "This is an address, not a name")),
        (NameOutcome.NOT_FOUND, (), (ERROR, f"There is no server called {HOST}")),
        (NameOutcome.NO_ADDRESS, (), (ERROR, f"The name {HOST} has no address")),
        (NameOutcome.TIMED_OUT, (), (ERROR, f"The look-up of {HOST} got no answer")),
        (NameOutcome.FAILED, (), (ERROR, f"The look-up of {HOST} did not work")),
    ],
)
def test_names(
    outcome: NameOutcome, addresses: tuple[str, ...], line: tuple[StepState, str]
) -> None:
    facts = replace(side(), name=NameObservation(HOST, outcome, addresses))
    assert told(facts, Step.NAME) == line


def test_a_missing_name_holds_up_everything() -> None:
    facts = replace(side(), name=NameObservation(HOST, NameOutcome.NOT_FOUND))
    assert told(facts, Step.CONNECT) == (NOT_TESTED, "Needs an address first")
    assert told(facts, Step.CERTIFICATE) == (NOT_TESTED, "Needs encryption first")
    state, sentence = told(facts, Step.SIGN_IN)
    assert state is NOT_TESTED
    assert sentence.endswith("Your password was not sent.")
    assert told(facts, Step.READY) == (NOT_TESTED, "")


def both(v4: ConnectOutcome, v6: ConnectOutcome, *, complete: bool = True) -> SideFacts:
    facts = found(side(), V4, V6)
    rows = (
        row(facts, talk(connect=ConnectObservation(v4, 20.0)), address=V4),
        row(facts, talk(connect=ConnectObservation(v6, 30.0)), address=V6),
    )
    return replace(facts, rows=rows, complete=complete)


OPEN, CLOSED, SILENT = ConnectOutcome.OPEN, ConnectOutcome.CLOSED, ConnectOutcome.SILENT


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (both(OPEN, OPEN), (WORKS, "Port 993 answered over IPv4 and IPv6")),
        (both(OPEN, SILENT), (WORKS, "Port 993 answered over IPv4, not over IPv6")),
        (both(CLOSED, OPEN), (WORKS, "Port 993 answered over IPv6, not over IPv4")),
        (
            both(OPEN, ConnectOutcome.NOT_TRIED, complete=False),
            (WORKS, "Port 993 answered, one address is pending"),
        ),
        (both(CLOSED, CLOSED), (ERROR, "Nothing listens on port 993")),
        (both(ConnectOutcome.NO_ROUTE, CLOSED), (ERROR, "Nothing listens on port 993")),
        (
            both(ConnectOutcome.NO_ROUTE, ConnectOutcome.NO_ROUTE),
            (ERROR, f"This computer has no connection to {HOST}"),
        ),
        (found(side()), (RUNNING, "Calling port 993")),
        (replace(found(side()), late=1), (RUNNING, "No answer on port 993 so far")),
        (replace(found(side()), over=True), (NOT_TESTED, "")),
    ],
)
def test_connections(facts: SideFacts, line: tuple[StepState, str]) -> None:
    assert told(facts, Step.CONNECT) == line


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (SILENT, "No answer on port 993 within 8 s"),
        (ConnectOutcome.UNREACHABLE, f"No way leads to {HOST}"),
        (ConnectOutcome.DENIED, "This computer does not let Mailcheck use port 993"),
    ],
)
def test_why_a_port_did_not_answer(outcome: ConnectOutcome, sentence: str) -> None:
    facts = at(side(), talk(connect=ConnectObservation(outcome, 8005.0)))
    assert told(facts, Step.CONNECT) == (ERROR, sentence)


def tls(outcome: HandshakeOutcome) -> TlsObservation:
    return TlsObservation(outcome)


IN_PLAIN_TEXT = "The server answered in plain text instead"
TLS_FIRST = "The server wants SSL/TLS from the first byte"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (at(side(), talk(tls=tls(HandshakeOutcome.NOT_TLS))), IN_PLAIN_TEXT),
        (at(side(port=143), talk(ended=False), talk(LISTEN, greeting=READY)), IN_PLAIN_TEXT),
        (
            at(side(), talk(tls=tls(HandshakeOutcome.ALERT))),
            "The server ended the encryption before it began",
        ),
        (
            at(side(), talk(tls=tls(HandshakeOutcome.TIMED_OUT))),
            "The server took the call but said nothing",
        ),
        (at(side(STARTTLS), talk(LISTEN), talk(HELLO, tls=handshake())), TLS_FIRST),
        (at(side(NONE), talk(LISTEN), talk(HELLO, tls=handshake())), TLS_FIRST),
        (
            at(
                side(STARTTLS, 143),
                talk(LISTEN, greeting=READY, starttls=StartTlsOutcome.NOT_OFFERED),
            ),
            "The server does not offer STARTTLS",
        ),
        (
            at(
                side(STARTTLS, 143),
                talk(LISTEN, greeting=READY, starttls=StartTlsOutcome.REFUSED),
            ),
            "The server offers STARTTLS, then declines it",
        ),
        (
            at(
                side(STARTTLS, 143),
                talk(LISTEN, greeting=READY, starttls=StartTlsOutcome.INJECTED),
            ),
            "Extra text came in before the encryption began",
        ),
        (
            at(side(STARTTLS, 143), talk(LISTEN, greeting=GreetingKind.PREAUTH)),
            "The server skips the encryption",
        ),
        (
            at(side(STARTTLS, 143), talk(LISTEN, greeting=GreetingKind.REFUSED)),
            "The server declines to talk",
        ),
        (
            at(side(STARTTLS, 143), talk(LISTEN, greeting=GreetingKind.FOREIGN)),
            "Another kind of server answered",
        ),
        (
            at(side(NONE, 143), talk(LISTEN, greeting=READY)),
            "No encryption is set: a password would be readable on the way",
        ),
        (
            at(side(NONE, 143), talk(LISTEN, greeting=READY, tls=handshake())),
            "No encryption is set, though the server offers it",
        ),
    ],
)
def test_encryption_that_does_not_come_about(facts: SideFacts, sentence: str) -> None:
    assert told(facts, Step.ENCRYPTION) == (ERROR, sentence)
    assert told(facts, Step.CERTIFICATE)[0] is NOT_TESTED
    assert told(facts, Step.SIGN_IN) == (
        NOT_TESTED,
        "Needs encryption first. Your password was not sent.",
    )


def test_encryption_after_starttls() -> None:
    facts = at(side(STARTTLS, 143), talk(LISTEN, greeting=READY, tls=handshake()))
    assert told(facts, Step.ENCRYPTION) == (WORKS, "TLS 1.3, after STARTTLS")


def test_encryption_is_waited_for_with_a_word() -> None:
    facts = at(side(), talk(ended=False), complete=False)
    assert told(facts, Step.ENCRYPTION) == (RUNNING, "Waiting for the server's first words")
    late = replace(facts, late=2)
    assert told(late, Step.ENCRYPTION)[1].endswith("no word from it so far")
    assert told(replace(facts, over=True), Step.ENCRYPTION)[0] is NOT_TESTED


UNVERIFIED = HandshakeOutcome.UNVERIFIED


@pytest.mark.parametrize(
    ("seen", "line"),
    [
        (handshake(days=12), (WARNING, f"Issued for {HOST}, only 12 days left")),
        (handshake(UNVERIFIED, days=-3), (ERROR, "It ran out on 17 November 2026")),
        (handshake(UNVERIFIED, begins=2), (ERROR, "It is not valid before 22 November 2026")),
        (
            handshake(UNVERIFIED, names=("other.example",), name_matches=False),
            (ERROR, f"It is for other.example, not for {HOST}"),
        ),
        (handshake(UNVERIFIED, self_signed=True), (ERROR, "The server issued it to itself")),
        (handshake(UNVERIFIED), (ERROR, "This computer does not know who issued it")),
    ],
)
def test_certificates(seen: TlsObservation, line: tuple[StepState, str]) -> None:
    assert told(at(side(), talk(tls=seen)), Step.CERTIFICATE) == line


def test_a_bad_certificate_holds_up_the_sign_in() -> None:
    facts = at(side(), talk(tls=handshake(UNVERIFIED)))
    assert told(facts, Step.SIGN_IN) == (
        NOT_TESTED,
        "Needs a certificate that holds. Your password was not sent.",
    )


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (SignInResult.ACCEPTED, (WORKS, "User name and password accepted")),
        (SignInResult.REFUSED, (ERROR, "The server does not accept this user name and password")),
        (SignInResult.TEMPORARY, (WARNING, "The server asks to try again later")),
        (SignInResult.UNDECIDED, (WARNING, "The server gave no clear answer")),
    ],
)
def test_sign_ins(result: SignInResult, line: tuple[StepState, str]) -> None:
    assert told(signed(HEALTHY, result), Step.SIGN_IN) == line


def test_a_sign_in_that_was_cut_short_is_no_fault_of_the_server() -> None:
    facts = signed(HEALTHY, SignInResult.UNDECIDED)
    assert facts.sign_in is not None
    cut = replace(facts.sign_in, reason=NotTestedReason.CANCELLED)
    assert told(replace(facts, sign_in=cut, over=True), Step.SIGN_IN) == (
        NOT_TESTED,
        "The check was stopped before the server answered",
    )


def test_a_sign_in_under_way() -> None:
    facts = replace(HEALTHY, signing_in=Endpoint(Protocol.IMAP, HOST, 993))
    assert told(facts, Step.SIGN_IN) == (RUNNING, "Waiting for the server's answer")
    assert told(facts, Step.READY)[0] is WAITING


def test_a_sign_in_that_worked_elsewhere_names_the_port_and_readies_nothing() -> None:
    broken = at(side(port=143), talk(tls=tls(HandshakeOutcome.NOT_TLS)))
    facts = signed(broken, SignInResult.ACCEPTED, port=993)
    assert told(facts, Step.SIGN_IN) == (WORKS, "Accepted on port 993 with SSL/TLS")
    assert told(facts, Step.READY) == (NOT_TESTED, "")


@pytest.mark.parametrize("reason", list(NotTestedReason))
def test_every_reason_has_a_sentence(reason: NotTestedReason) -> None:
    state, sentence = told(untested(HEALTHY, reason), Step.SIGN_IN)
    assert state is NOT_TESTED
    assert sentence


def test_no_sign_in_wanted_makes_a_side_ready() -> None:
    facts = replace(
        HEALTHY,
        server=replace(HEALTHY.server, auth=AuthMethod.NONE),
        no_sign_in=NotTestedReason.NOT_WANTED,
    )
    assert told(facts, Step.SIGN_IN) == (NOT_TESTED, "Signing in was not asked for")
    assert told(facts, Step.READY)[0] is WORKS


def test_without_a_password_no_word_about_sending_it() -> None:
    facts = replace(side(), no_sign_in=NotTestedReason.NO_PASSWORD)
    assert told(facts, Step.SIGN_IN) == (NOT_TESTED, "No password was given")


def test_another_server_inside_tls_gets_no_password() -> None:
    facts = at(side(port=995), talk(tls=handshake(), tls_greeting=GreetingKind.FOREIGN))
    assert told(facts, Step.SIGN_IN) == (
        NOT_TESTED,
        "Another kind of server answered. Your password was not sent.",
    )


@pytest.mark.parametrize("facts", [side(), found(side()), HEALTHY])
def test_nothing_waits_when_the_run_is_over(facts: SideFacts) -> None:
    states = {line.state for line in describe(replace(facts, over=True)).values()}
    assert not states & {RUNNING, WAITING}
