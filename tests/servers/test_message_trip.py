"""A test message to oneself: sent, seen, removed, on practice servers over sockets."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest
from check_stage import draft, typed
from engine_stage import (
    BOTH,
    CREDENTIAL,
    HOST,
    IMAP,
    POP3,
    SMTP,
    SSL,
    STARTTLS,
    USER,
    V4,
    hurried,
    speaking,
)
from recording import RecordingNetwork, forms_of

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.engine.ledger import SignInLedger
from mailcheck_gui.engine.message_trip import compose, run_message_trip
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import (
    AccountDraft,
    AuthMethod,
    Credential,
    Credentials,
    ServerDraft,
)
from mailcheck_gui.model.event import StepState
from mailcheck_gui.model.message_trip import MessageTrip, TripEvent, TripFinished, TripStep
from mailcheck_gui.model.observation import Stage
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.practice.behaviour import Fault, Misstep
from mailcheck_gui.practice.network import PracticeNetwork
from mailcheck_gui.practice.post_office import PostOffice
from mailcheck_gui.practice.servers import PracticeHost, PracticeServers
from mailcheck_gui.practice.smtp import SmtpSession
from mailcheck_gui.practice.wire import HungUp, Wire

OTHERS = (b"Subject: an old one\r\n\r\nKeep me\r\n", b"Subject: another\r\n\r\nKeep me too\r\n")
PATIENT = hurried(syn_final=4.0, mute_final=10.0, step_timeout=10.0)  # a machine may be busy
QUICK = replace(PATIENT, trip_timeout=30.0, trip_pause=0.05, trip_pop3_wait=0.1)
IMPATIENT = replace(QUICK, trip_timeout=6.0)  # where the message never comes
WORKS, ERROR, WARNING, SKIPPED = (
    StepState.WORKS,
    StepState.ERROR,
    StepState.WARNING,
    StepState.NOT_TESTED,
)
IMAP_AND_SMTP = draft(typed(IMAP, SSL, 993), typed(SMTP, SSL, 465))


@dataclass
class Ended:
    """A trip that is over, with all that it left behind."""

    trip: MessageTrip
    events: list[TripEvent]
    said: bytes
    left: PostOffice

    @property
    def states(self) -> tuple[StepState, ...]:
        return tuple(line.state for line in self.trip.lines)

    def detail(self, step: TripStep) -> str:
        return next(line for line in self.trip.lines if line.step is step).detail.english()


@dataclass
class TripStage:
    """Servers for one trip; `act` may cancel the task at any event."""

    thresholds: Thresholds = QUICK
    ports: dict[int, object] = field(
        default_factory=lambda: {
            993: speaking(IMAP, implicit=True),
            995: speaking(POP3, implicit=True),
            465: speaking(SMTP, implicit=True),
            143: speaking(IMAP),
            587: speaking(SMTP),
        }
    )
    act: Callable[[TripEvent, asyncio.Task[MessageTrip], PostOffice], None] = (
        lambda _event, _task, _office: None
    )

    def go(
        self,
        account: AccountDraft = IMAP_AND_SMTP,
        credentials: Credentials = BOTH,
        options: CheckOptions | None = None,
    ) -> Ended:
        return asyncio.run(self._go(account, credentials, options))

    async def _go(
        self, account: AccountDraft, credentials: Credentials, options: CheckOptions | None
    ) -> Ended:
        host = PracticeHost(HOST, (V4,), tuple(self.ports.items()))  # type: ignore[arg-type]
        async with PracticeServers((host,)) as servers:
            for content in OTHERS:
                servers.post_office.deliver(content)
            events: list[TripEvent] = []

            def take(event: TripEvent) -> None:
                events.append(event)
                self.act(event, task, servers.post_office)

            network = RecordingNetwork(PracticeNetwork(servers))
            intake = take_in(account, load_providers())
            task = asyncio.create_task(
                run_message_trip(
                    intake,
                    credentials,
                    network,
                    take,
                    options,
                    thresholds=self.thresholds,
                    ledger=SignInLedger(),
                )
            )
            trip = await task
            said = b"".join(
                bytes(h.inside_tls) for port in self.ports for h in servers.heard(HOST, port)
            )
            return Ended(trip, events, said, servers.post_office)


def with_port(port: int, protocol: object, **behaviour: object) -> TripStage:
    stage = TripStage()
    stage.ports[port] = speaking(protocol, implicit=port in (465, 993, 995), **behaviour)  # type: ignore[arg-type]
    return stage


@pytest.mark.parametrize(
    "account",
    [
        IMAP_AND_SMTP,
        draft(typed(POP3, SSL, 995), typed(SMTP, SSL, 465)),
        draft(typed(IMAP, STARTTLS, 143), typed(SMTP, STARTTLS, 587)),
    ],
    ids=["imap", "pop3", "starttls"],
)
def test_the_message_is_sent_seen_and_removed(account: AccountDraft) -> None:
    ended = TripStage().go(account)

    assert ended.trip.complete
    assert ended.states == (WORKS, WORKS, WORKS)
    assert [letter.content for letter in ended.left.letters] == list(OTHERS)
    assert ended.trip.subject.encode() in ended.said
    assert b"\r\nAuto-Submitted: auto-generated\r\n" in ended.said
    assert ended.events[-1] == TripFinished(ended.trip)


@pytest.mark.parametrize("address", ["a..b@e.example", "=?utf-8?q?=0A?=@e.example"])
def test_the_message_names_the_address_as_it_is(address: str) -> None:
    lines = compose(address, "token@e.example", "A subject").split(b"\r\n")
    assert f"From: {address}".encode() in lines
    assert f"To: {address}".encode() in lines
    assert not any(b"\n" in line for line in lines)


def test_one_sign_in_a_side() -> None:
    ended = TripStage().go()
    assert ended.said.count(b"AUTH PLAIN") == 1
    assert ended.said.count(b"AUTHENTICATE PLAIN") == 1


def test_no_secret_is_kept() -> None:
    ended = TripStage().go()
    everything = repr((ended.trip, ended.events)).encode()
    assert not [form for form in forms_of(CREDENTIAL) if form in everything]
    assert b"(the test message)" in everything


def test_without_uidplus_it_is_removed_where_nothing_else_is_marked() -> None:
    ended = with_port(993, IMAP, uidplus=False).go()
    assert ended.states == (WORKS, WORKS, WORKS)
    assert [letter.content for letter in ended.left.letters] == list(OTHERS)


def test_without_uidplus_no_message_of_the_person_is_removed() -> None:
    stage = with_port(993, IMAP, uidplus=False)
    stage.act = lambda _event, _task, office: setattr(office.letters[0], "deleted", True)
    ended = stage.go()

    assert ended.states == (WORKS, WORKS, WARNING)
    assert [letter.content for letter in ended.left.letters][:2] == list(OTHERS)
    assert [letter.deleted for letter in ended.left.letters] == [True, False, False]
    assert "still in your inbox" in ended.detail(TripStep.REMOVE)


def test_a_search_that_lists_everything_removes_only_the_test_message() -> None:
    """Some large servers list every message, whatever they are asked to search for."""
    ended = with_port(993, IMAP, lists_everything=True).go()
    assert ended.states == (WORKS, WORKS, WORKS)
    assert [letter.content for letter in ended.left.letters] == list(OTHERS)


@pytest.mark.parametrize("pause", [0.5, 0.0], ids=["between-looks", "within-a-look"])
def test_a_search_that_lists_everything_finds_no_message_that_is_not_there(pause: float) -> None:
    """Whenever the time runs out: without a pause that is in the middle of a look."""
    stage = with_port(993, IMAP, lists_everything=True)
    stage.ports[465] = speaking(SMTP, implicit=True, delivers=False)
    stage.thresholds = replace(IMPATIENT, trip_pause=pause, total_limit=1 << 30)
    ended = stage.go()
    assert ended.states == (WORKS, WARNING, SKIPPED)
    assert [letter.content for letter in ended.left.letters] == list(OTHERS)
    assert not any(letter.deleted for letter in ended.left.letters)


@pytest.mark.parametrize("incoming", [typed(IMAP, SSL, 993), typed(POP3, SSL, 995)], ids=str)
def test_other_messages_stay_out_of_the_transcript(incoming: ServerDraft) -> None:
    stage = with_port(993, IMAP, lists_everything=True)
    ended = stage.go(draft(incoming, typed(SMTP, SSL, 465)))
    assert ended.trip.complete
    shown = [line.text for line in ended.trip.transcript]
    assert "(the header of a message)" in shown
    assert not [text for text in shown if "Subject:" in text or "Message-ID:" in text]


def test_a_connection_that_breaks_off_is_told_apart_from_a_message_that_is_not_there() -> None:
    faults = (Fault(Stage.GOODBYE, Misstep.CLOSE),)
    ended = with_port(995, POP3, faults=faults).go(
        draft(typed(POP3, SSL, 995), typed(SMTP, SSL, 465))
    )
    assert ended.states == (WORKS, WORKS, WARNING)  # seen; the goodbye would have removed it
    assert not ended.trip.removed
    assert len(ended.left.letters) == len(OTHERS) + 1


@pytest.mark.parametrize("incoming", [typed(IMAP, SSL, 993), typed(POP3, SSL, 995)], ids=str)
def test_a_message_that_does_not_arrive(incoming: ServerDraft) -> None:
    stage = with_port(465, SMTP, delivers=False)
    stage.thresholds = IMPATIENT
    ended = stage.go(draft(incoming, typed(SMTP, SSL, 465)))

    assert ended.states == (WORKS, WARNING, SKIPPED)
    assert (ended.trip.sent, ended.trip.seconds, ended.trip.removed) == (True, None, False)
    assert "Spam" in ended.detail(TripStep.ARRIVE)
    assert [letter.content for letter in ended.left.letters] == list(OTHERS)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_refused_message_is_told_with_the_servers_words(verb: str) -> None:
    refusal = "554 5.7.1 No message of yours"
    ended = with_port(465, SMTP, envelope=((verb, refusal),)).go()

    assert ended.states == (ERROR, SKIPPED, SKIPPED)
    assert ended.trip.lines[0].reply.strip() == refusal.encode()
    assert b"AUTHENTICATE" not in ended.said


def test_a_refused_sign_in_sends_nothing() -> None:
    wrong = Credential(USER, "another secret")
    ended = TripStage().go(credentials=Credentials(wrong, wrong))

    assert ended.states == (ERROR, SKIPPED, SKIPPED)
    assert "sign-in" in ended.detail(TripStep.SEND)
    assert b"DATA" not in ended.said


def test_a_certificate_for_another_name_gets_neither_password_nor_message() -> None:
    ended = with_port(465, SMTP, certificate_names=("other.practice.example",)).go()
    assert ended.states == (ERROR, SKIPPED, SKIPPED)
    assert ended.said == b""


def test_a_host_without_the_persons_yes_gets_nothing() -> None:
    ended = TripStage().go(options=CheckOptions(unconfirmed_hosts=frozenset({HOST})))
    assert ended.states == (ERROR, SKIPPED, SKIPPED)
    assert b"AUTH" not in ended.said


@pytest.mark.parametrize(
    ("account", "credentials", "reason"),
    [
        (draft(typed(IMAP, SSL, 993)), BOTH, "incoming and an outgoing"),
        (IMAP_AND_SMTP, Credentials(CREDENTIAL, None), "password of both"),
        (
            draft(typed(IMAP, SSL, 993), typed(SMTP, SSL, 465, auth=AuthMethod.NONE)),
            BOTH,
            "password of both",
        ),
        (replace(IMAP_AND_SMTP, email="gr\u00fcn@practice.example"), BOTH, "plain letters"),
        (replace(IMAP_AND_SMTP, email='"a\u2028b"@practice.example'), BOTH, "plain letters"),
        (replace(IMAP_AND_SMTP, email=""), BOTH, "plain letters"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(
    account: AccountDraft, credentials: Credentials, reason: str
) -> None:
    ended = TripStage().go(account, credentials)
    assert ended.states == (SKIPPED, SKIPPED, SKIPPED)
    assert reason in ended.detail(TripStep.SEND)
    assert ended.said == b""


def _holding(
    meanwhile: Callable[[asyncio.Task[MessageTrip]], Awaitable[None]], *, delivers: bool = True
) -> TripStage:
    """An outgoing server with something to do between a message and its answer to it."""
    trips: list[tuple[asyncio.Task[MessageTrip], PostOffice]] = []

    class Holding(SmtpSession):
        async def say(self, *lines: str) -> None:
            if lines == ("250 2.0.0 Taken",):
                await meanwhile(trips[0][0])
            await super().say(*lines)

    async def serve(wire: Wire, context: ssl.SSLContext) -> None:
        behaviour = speaking(SMTP, implicit=True, delivers=delivers)
        await Holding(wire, behaviour, context, HOST, trips[0][1]).run()

    stage = TripStage()
    stage.ports[465] = serve
    stage.act = lambda _event, task, office: trips.append((task, office))
    return stage


def test_the_outgoing_server_may_look_at_the_message_for_longer_than_a_step() -> None:
    """RFC 5321, section 4.5.3.2.6, gives it ten minutes: filters run before it answers."""
    step = 2.0

    async def filter_it(_trip: asyncio.Task[MessageTrip]) -> None:
        await asyncio.sleep(1.5 * step)

    stage = _holding(filter_it)
    stage.thresholds = replace(QUICK, step_timeout=step)
    ended = stage.go()

    assert ended.states == (WORKS, WORKS, WORKS)
    assert [letter.content for letter in ended.left.letters] == list(OTHERS)


async def _hang_up(_trip: asyncio.Task[MessageTrip]) -> None:
    raise HungUp("before it answered")


async def _say_nothing(_trip: asyncio.Task[MessageTrip]) -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize("meanwhile", [_hang_up, _say_nothing])
def test_a_message_without_an_answer_is_looked_for_and_removed(
    meanwhile: Callable[[asyncio.Task[MessageTrip]], Awaitable[None]],
) -> None:
    stage = _holding(meanwhile)
    stage.thresholds = replace(QUICK, trip_timeout=12.0)
    ended = stage.go()

    assert ended.states == (ERROR, WORKS, WORKS)
    assert not ended.trip.sent
    assert not ended.trip.complete
    assert "did not say that it took it" in ended.detail(TripStep.SEND)
    assert [letter.content for letter in ended.left.letters] == list(OTHERS)


def test_a_message_without_an_answer_that_does_not_come_may_come_later() -> None:
    stage = _holding(_hang_up, delivers=False)
    stage.thresholds = IMPATIENT
    ended = stage.go()

    assert ended.states == (ERROR, WARNING, SKIPPED)
    assert "did not say whether it took it" in ended.detail(TripStep.SEND)
    assert "may still arrive" in ended.detail(TripStep.ARRIVE)


def test_stopped_before_the_answer_to_the_message() -> None:
    async def stop(trip: asyncio.Task[MessageTrip]) -> None:
        trip.cancel()
        await asyncio.Event().wait()

    ended = _holding(stop).go()
    assert (ended.trip.cancelled, ended.trip.sent) == (True, False)
    assert "may still arrive" in ended.detail(TripStep.REMOVE)
    assert len(ended.left.letters) == len(OTHERS) + 1


def _cancel_at(step: TripStep, state: StepState) -> TripStage:
    def act(event: TripEvent, task: asyncio.Task[MessageTrip], _office: PostOffice) -> None:
        line = getattr(event, "line", None)
        if line is not None and (line.step, line.state) == (step, state):
            task.cancel()

    stage = with_port(465, SMTP, delivers=False)
    stage.act = act
    return stage


@pytest.mark.parametrize(
    ("step", "sent", "left"),
    [(TripStep.SEND, False, "Stopped."), (TripStep.ARRIVE, True, "may still be in your inbox")],
)
def test_a_stopped_trip_tells_what_it_leaves_behind(step: TripStep, sent: bool, left: str) -> None:
    ended = _cancel_at(step, StepState.RUNNING).go()
    assert ended.trip.cancelled
    assert ended.trip.sent is sent
    assert left in ended.detail(TripStep.REMOVE)
    assert ended.events[-1] == TripFinished(ended.trip)
