"""Cancelling a check at any moment: a report of what is known, and nothing left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from check_stage import CheckStage, draft, typed
from engine_stage import CREDENTIAL, IMAP, SMTP, SSL, STARTTLS, Behind, hurried, speaking
from recording import assert_nothing_readable

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.engine.check import run_check
from mailcheck_gui.model.account import Credentials, Role
from mailcheck_gui.model.event import (
    CheckEvent,
    CheckFinished,
    CheckStarted,
    EndpointKnown,
    Step,
    StepChanged,
    StepState,
)
from mailcheck_gui.model.observation import NotTestedReason, SignInResult
from mailcheck_gui.model.observation import Stage as TalkStage
from mailcheck_gui.model.report import Report
from mailcheck_gui.network.system import SystemNetwork
from mailcheck_gui.practice.behaviour import Fault, Misstep
from mailcheck_gui.practice.servers import Door
from mailcheck_gui.reporting.text_report import report_to_text

WORKING: dict[int, Behind] = {
    143: speaking(IMAP),
    993: speaking(IMAP, implicit=True),
    465: speaking(SMTP, implicit=True),
    587: speaking(SMTP),
    25: Door.BLOCKED,
}
ACCOUNT = draft(typed(IMAP, SSL, 993), typed(SMTP, STARTTLS, 587))
Task = asyncio.Task[Report]


def cancelling(
    when: Callable[[CheckEvent], bool], times: int = 1
) -> Callable[[CheckEvent, Task], None]:
    def act(event: CheckEvent, task: Task) -> None:
        if when(event):
            for _ in range(times):
                task.cancel()

    return act


def is_step(step: Step, state: StepState) -> Callable[[CheckEvent], bool]:
    return lambda e: isinstance(e, StepChanged) and (e.step, e.state) == (step, state)


MOMENTS = {
    "at the start": lambda e: isinstance(e, CheckStarted),
    "at the name": is_step(Step.NAME, StepState.WORKS),
    "at the connection": is_step(Step.CONNECT, StepState.WORKS),
    "at the handshake": is_step(Step.ENCRYPTION, StepState.WORKS),
    "at the sign-in": is_step(Step.SIGN_IN, StepState.RUNNING),
    "after the sign-in": is_step(Step.SIGN_IN, StepState.WORKS),
    "after an endpoint": lambda e: isinstance(e, EndpointKnown),
}


@pytest.mark.parametrize("when", MOMENTS.values(), ids=MOMENTS.keys())
@pytest.mark.parametrize("times", [1, 2])
def test_a_cancelled_check_reports_what_is_known(
    when: Callable[[CheckEvent], bool], times: int
) -> None:
    outcome = CheckStage(WORKING, act=cancelling(when, times)).check(ACCOUNT)

    assert outcome.report.cancelled
    assert isinstance(outcome.events[-1], CheckFinished)
    assert sum(isinstance(event, CheckFinished) for event in outcome.events) == 1
    assert {role for role, _ in outcome.report.account.sides()} == {
        sign_in.role for sign_in in outcome.report.observations.sign_ins
    }
    for role in (Role.INCOMING, Role.OUTGOING):
        left = set(outcome.states(role).values())
        assert not left & {StepState.RUNNING, StepState.WAITING}
    assert_nothing_readable(outcome.network, CREDENTIAL)
    assert outcome.credential_exchanges() <= 2


def test_cancelled_while_the_server_thinks_about_the_password() -> None:
    thinking = speaking(IMAP, implicit=True, faults=(Fault(TalkStage.SIGN_IN, Misstep.SILENCE),))
    stage = CheckStage(
        {993: thinking},
        thresholds=hurried(mute_final=20.0, step_timeout=20.0),
    )

    def later(event: CheckEvent, task: Task) -> None:
        if is_step(Step.SIGN_IN, StepState.RUNNING)(event):
            asyncio.get_running_loop().call_later(0.2, task.cancel)

    stage.act = later
    outcome = stage.check(draft(typed(IMAP, SSL, 993)))

    sign_in = outcome.report.observations.sign_in(Role.INCOMING)
    assert sign_in is not None
    assert (sign_in.result, sign_in.secret_sent) == (SignInResult.UNDECIDED, True)
    assert outcome.report.cancelled
    text = " ".join(report_to_text(outcome.report).split())
    assert "port 993, SSL/TLS (sign-in not tested)" in text
    assert "Sign-in for incoming mail: The check was stopped before the server answered." in text


def test_a_stop_before_the_greeting_says_nothing_about_that_side() -> None:
    slow = speaking(SMTP, greeting_delay=60.0)
    stage = CheckStage(
        {**WORKING, 587: slow},
        thresholds=hurried(mute_provisional=30.0, mute_final=60.0),
        act=cancelling(is_step(Step.SIGN_IN, StepState.WORKS)),
    )
    report = stage.check(ACCOUNT).report

    assert report.cancelled
    text = " ".join(report_to_text(report).split())
    assert "port 993, SSL/TLS (no change needed)" in text
    assert "port 587, STARTTLS (not known: the check was stopped)" in text
    assert "no setting can cure it" not in text


def test_cancelled_before_any_byte_of_the_password_left() -> None:
    stage = CheckStage(WORKING, act=cancelling(is_step(Step.CONNECT, StepState.WORKS)))
    outcome = stage.check(ACCOUNT)

    reasons = {sign_in.reason for sign_in in outcome.report.observations.sign_ins}
    assert reasons == {NotTestedReason.CANCELLED}
    assert outcome.credential_exchanges() == 0


def test_cancelling_after_the_end_changes_nothing() -> None:
    def act(event: CheckEvent, task: Task) -> None:
        if isinstance(event, CheckFinished):
            asyncio.get_running_loop().call_soon(task.cancel)

    outcome = CheckStage(WORKING, act=act).check(ACCOUNT)
    assert not outcome.report.cancelled


def test_cancelled_before_it_began() -> None:
    async def story() -> None:
        events: list[CheckEvent] = []
        intake = take_in(ACCOUNT, load_providers())
        task = asyncio.create_task(run_check(intake, Credentials(), SystemNetwork(), events.append))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert events == []

    asyncio.run(story())
