"""A check right after Apply: only what changed is examined, and the report is whole."""

from __future__ import annotations

from dataclasses import replace

from check_stage import CheckStage, draft, typed
from engine_stage import CREDENTIAL, IMAP, POP3, SMTP, SSL, STARTTLS, Behind, speaking
from recording import assert_nothing_readable

from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.event import EndpointKnown, Step, StepState
from mailcheck_gui.model.finding import Proof, SideStatus
from mailcheck_gui.model.observation import SignInResult
from mailcheck_gui.model.report import Verdict

PORTS: dict[int, Behind] = {
    143: speaking(IMAP),
    993: speaking(IMAP, implicit=True),
    110: speaking(POP3),
    995: speaking(POP3, implicit=True),
    25: speaking(SMTP),
    465: speaking(SMTP, implicit=True),
    587: speaking(SMTP),
}
BEFORE = draft(typed(IMAP, SSL, 993), typed(SMTP, SSL, 587))
AFTER = draft(typed(IMAP, SSL, 993), typed(SMTP, STARTTLS, 587))


def test_only_the_changed_server_is_contacted_and_signed_in_to() -> None:
    before = CheckStage(PORTS).check(BEFORE).report
    outcome = CheckStage(PORTS).check(AFTER, options=CheckOptions(previous=before))

    assert {port for _, port, _ in outcome.network.sent} == {587}
    assert outcome.credential_exchanges() == 1
    assert_nothing_readable(outcome.network, CREDENTIAL)


def test_the_report_is_as_whole_as_that_of_a_full_check() -> None:
    before = CheckStage(PORTS).check(BEFORE).report
    outcome = CheckStage(PORTS).check(AFTER, options=CheckOptions(previous=before))
    full = CheckStage(PORTS).check(AFTER)

    assert outcome.report.verdict is full.report.verdict is Verdict.OK
    assert outcome.codes == full.codes
    rows = [(e.role, e.configured, e.endpoint) for e in outcome.report.observations.endpoints]
    assert rows == [(e.role, e.configured, e.endpoint) for e in full.report.observations.endpoints]
    results = {s.role: s.result for s in outcome.report.observations.sign_ins}
    assert results == dict.fromkeys((Role.INCOMING, Role.OUTGOING), SignInResult.ACCEPTED)
    incoming = outcome.report.suggestion.incoming
    assert (incoming.status, incoming.proof) == (SideStatus.KEEP, Proof.SIGNED_IN)


def test_every_step_and_endpoint_is_told() -> None:
    before = CheckStage(PORTS).check(BEFORE).report
    outcome = CheckStage(PORTS).check(AFTER, options=CheckOptions(previous=before))

    for role in (Role.INCOMING, Role.OUTGOING):
        assert set(outcome.states(role).values()) == {StepState.WORKS}
        assert set(outcome.states(role)) == set(Step)
    known = {e.observation.endpoint for e in outcome.events if isinstance(e, EndpointKnown)}
    assert known == {row.endpoint for row in outcome.report.observations.endpoints}


def test_a_refused_side_is_not_tried_again_with_the_same_password() -> None:
    refusing = PORTS | {
        993: speaking(IMAP, implicit=True, sign_in_reply="NO [AUTHENTICATIONFAILED] no")
    }
    before = CheckStage(refusing).check(BEFORE).report
    outcome = CheckStage(refusing).check(AFTER, options=CheckOptions(previous=before))

    assert outcome.report.verdict is Verdict.ERROR
    assert outcome.states(Role.INCOMING)[Step.SIGN_IN] is StepState.ERROR
    assert outcome.credential_exchanges() == 1


def test_a_cancelled_check_is_no_base_for_another() -> None:
    before = replace(CheckStage(PORTS).check(BEFORE).report, cancelled=True)
    outcome = CheckStage(PORTS).check(AFTER, options=CheckOptions(previous=before))

    assert {port for _, port, _ in outcome.network.sent} == set(PORTS)
