"""Whole checks: findings, suggestion with proof, verdict, and one exchange for each side."""

from __future__ import annotations

import pytest
from check_stage import CheckStage, Outcome, draft, typed
from engine_stage import (
    CREDENTIAL,
    HOST,
    IMAP,
    NONE,
    POP3,
    SMTP,
    SSL,
    STARTTLS,
    USER,
    V4,
    V6,
    Behind,
    speaking,
)
from recording import assert_nothing_readable, forms_of

from mailcheck_gui.engine.ledger import SignInLedger
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import (
    AccountDraft,
    Credential,
    Credentials,
    Protocol,
    Role,
    Security,
)
from mailcheck_gui.model.event import CheckFinished, CheckStarted, EndpointKnown, Step, StepState
from mailcheck_gui.model.finding import Proof, SideStatus
from mailcheck_gui.model.observation import NotTestedReason, SignInResult
from mailcheck_gui.model.observation import Stage as TalkStage
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.practice.authority import CertificateKind
from mailcheck_gui.practice.behaviour import Fault, Misstep, StartTls
from mailcheck_gui.practice.servers import Door, PracticeHost

WORKING: dict[int, Behind] = {
    143: speaking(IMAP),
    993: speaking(IMAP, implicit=True),
    110: speaking(POP3),
    995: speaking(POP3, implicit=True),
    25: speaking(SMTP),
    465: speaking(SMTP, implicit=True),
    587: speaking(SMTP),
}

GOOD = draft(typed(IMAP, SSL, 993), typed(SMTP, SSL, 465))


def with_incoming(protocol: Protocol, security: Security, port: int) -> AccountDraft:
    return draft(typed(protocol, security, port), typed(SMTP, SSL, 465))


def with_outgoing(security: Security, port: int) -> AccountDraft:
    return draft(typed(IMAP, SSL, 993), typed(SMTP, security, port))


def assert_safe(outcome: Outcome, exchanges: int = 2) -> None:
    assert_nothing_readable(outcome.network, CREDENTIAL)
    assert outcome.credential_exchanges() == exchanges


def test_all_is_well() -> None:
    outcome = CheckStage(WORKING, addresses=(V4, V6)).check(GOOD)

    assert outcome.report.verdict is Verdict.OK
    assert outcome.codes == {"message-size-limit"}
    for role in (Role.INCOMING, Role.OUTGOING):
        side = outcome.report.suggestion.side(role)
        assert (side.status, side.proof) == (SideStatus.KEEP, Proof.SIGNED_IN)
        assert set(outcome.states(role).values()) == {StepState.WORKS}
        assert set(outcome.states(role)) == set(Step)
    assert_safe(outcome)


def test_events_come_in_order_and_hold_everything() -> None:
    outcome = CheckStage(WORKING).check(GOOD)

    assert isinstance(outcome.events[0], CheckStarted)
    assert isinstance(outcome.events[-1], CheckFinished)
    assert outcome.events[-1].report is outcome.report
    known = [e.observation for e in outcome.events if isinstance(e, EndpointKnown)]
    assert sorted(known, key=repr) == sorted(outcome.report.observations.endpoints, key=repr)
    assert {row.endpoint for row in known} == {p.endpoint for p in outcome.events[0].plan}


@pytest.mark.parametrize(
    ("account", "role", "code"),
    [
        (with_outgoing(SSL, 587), Role.OUTGOING, "tls-on-starttls-port"),
        (with_outgoing(SSL, 25), Role.OUTGOING, "tls-on-starttls-port"),
        (with_outgoing(STARTTLS, 465), Role.OUTGOING, "starttls-on-tls-port"),
        (with_outgoing(NONE, 465), Role.OUTGOING, "plaintext-on-tls-port"),
        (with_outgoing(NONE, 587), Role.OUTGOING, "plaintext-password"),
        (with_incoming(IMAP, SSL, 143), Role.INCOMING, "tls-on-starttls-port"),
        (with_incoming(IMAP, STARTTLS, 993), Role.INCOMING, "starttls-on-tls-port"),
        (with_incoming(IMAP, NONE, 143), Role.INCOMING, "plaintext-password"),
        (with_incoming(IMAP, SSL, 995), Role.INCOMING, "protocol-port-mismatch"),
        (with_incoming(POP3, SSL, 110), Role.INCOMING, "tls-on-starttls-port"),
        (with_incoming(POP3, STARTTLS, 995), Role.INCOMING, "starttls-on-tls-port"),
    ],
)
def test_a_wrong_pair_is_named_and_its_cure_signed_in(
    account: AccountDraft, role: Role, code: str
) -> None:
    outcome = CheckStage(WORKING).check(account)

    assert code in outcome.codes
    assert outcome.report.verdict is Verdict.ERROR
    side = outcome.report.suggestion.side(role)
    assert (side.status, side.proof) == (SideStatus.CHANGE, Proof.SIGNED_IN)
    assert outcome.states(role)[Step.SIGN_IN] is StepState.WORKS
    assert_safe(outcome)


def test_a_weaker_way_that_works_is_kept_working() -> None:
    outcome = CheckStage(WORKING).check(draft(typed(IMAP, STARTTLS, 143), typed(SMTP, SSL, 465)))

    assert outcome.codes == {"weaker-than-available", "message-size-limit"}
    assert outcome.report.verdict is Verdict.OK
    side = outcome.report.suggestion.incoming
    assert (side.status, side.proof) == (SideStatus.CHANGE, Proof.HANDSHAKE)
    assert_safe(outcome)


def test_a_blocked_port_leads_to_the_open_one() -> None:
    outcome = CheckStage(WORKING | {587: Door.BLOCKED}).check(with_outgoing(STARTTLS, 587))

    assert "port-silent" in outcome.codes
    side = outcome.report.suggestion.outgoing
    assert side.server is not None
    assert (side.server.port, side.proof) == (465, Proof.SIGNED_IN)
    assert_safe(outcome)


def test_a_wrong_password_is_sent_once_to_each_side_and_nowhere_else() -> None:
    wrong = Credential(USER, "something else")
    outcome = CheckStage(WORKING).check(GOOD, Credentials(wrong, wrong))

    assert outcome.codes == {"sign-in-failed", "message-size-limit"}
    assert {s.result for s in outcome.report.observations.sign_ins} == {SignInResult.REFUSED}
    assert outcome.states(Role.INCOMING)[Step.SIGN_IN] is StepState.ERROR
    assert_safe(outcome)


def test_a_dropped_sign_in_is_not_made_up_for_elsewhere() -> None:
    drops = speaking(SMTP, implicit=True, faults=(Fault(TalkStage.SIGN_IN, Misstep.CLOSE),))
    outcome = CheckStage(WORKING | {465: drops}).check(GOOD)

    sign_in = outcome.report.observations.sign_in(Role.OUTGOING)
    assert sign_in is not None
    assert (sign_in.result, sign_in.secret_sent) == (SignInResult.UNDECIDED, True)
    assert outcome.report.verdict is not Verdict.OK
    assert_safe(outcome)


@pytest.mark.parametrize(
    "kind",
    [CertificateKind.EXPIRED, CertificateKind.SELF_SIGNED, CertificateKind.OTHER_AUTHORITY],
)
def test_a_bad_certificate_has_no_cure_and_gets_no_password(kind: CertificateKind) -> None:
    ports: dict[int, Behind] = {
        993: speaking(IMAP, implicit=True, certificate=kind),
        143: speaking(IMAP, certificate=kind),
    }
    outcome = CheckStage(ports).check(draft(typed(IMAP, SSL, 993)))

    assert outcome.report.verdict is Verdict.ERROR
    assert outcome.report.suggestion.incoming.status is SideStatus.NO_CURE
    assert outcome.states(Role.INCOMING)[Step.CERTIFICATE] is StepState.ERROR
    assert outcome.states(Role.INCOMING)[Step.SIGN_IN] is StepState.NOT_TESTED
    assert_safe(outcome, exchanges=0)


def test_a_name_from_the_certificate_is_proven_without_a_password() -> None:
    named = "imap.practice.example"
    server = speaking(IMAP, implicit=True, certificate_names=(named,))
    also = PracticeHost(named, (V4,), ((993, server),))  # one machine, two names
    outcome = CheckStage({993: server}, more_hosts=(also,)).check(draft(typed(IMAP, SSL, 993)))

    assert "certificate-name-mismatch" in outcome.codes
    side = outcome.report.suggestion.incoming
    assert side.server is not None
    assert (side.server.host, side.proof) == (named, Proof.HANDSHAKE)
    assert side.needs_consent
    assert any(row.candidate for row in outcome.report.observations.endpoints)
    assert_safe(outcome, exchanges=0)


@pytest.mark.parametrize(
    "treatment", [StartTls.NOT_OFFERED, StartTls.REFUSED, StartTls.STRIPPED, StartTls.INJECTED]
)
def test_a_meddled_upgrade_leads_to_implicit_tls(treatment: StartTls) -> None:
    ports = WORKING | {587: speaking(SMTP, starttls=treatment, sign_in_before_tls=True)}
    outcome = CheckStage(ports).check(with_outgoing(STARTTLS, 587))

    assert outcome.report.verdict is Verdict.ERROR
    side = outcome.report.suggestion.outgoing
    assert side.server is not None
    assert (side.server.port, side.server.security) == (465, SSL)
    assert side.proof is Proof.SIGNED_IN
    assert_safe(outcome)


def test_plain_text_is_never_suggested() -> None:
    ports: dict[int, Behind] = {
        port: speaking(SMTP, starttls=StartTls.NOT_OFFERED, sign_in_before_tls=True)
        for port in (25, 587, 2525)
    }
    outcome = CheckStage(ports).check(draft(outgoing=typed(SMTP, STARTTLS, 587)))

    assert outcome.report.suggestion.outgoing.status is SideStatus.NO_CURE
    assert_safe(outcome, exchanges=0)


def test_without_a_password_the_verdict_is_incomplete() -> None:
    outcome = CheckStage(WORKING).check(GOOD, Credentials())

    assert outcome.report.verdict is Verdict.INCOMPLETE
    reasons = {s.reason for s in outcome.report.observations.sign_ins}
    assert reasons == {NotTestedReason.NO_PASSWORD}
    assert_safe(outcome, exchanges=0)


def test_no_sign_in_means_none_even_with_a_password() -> None:
    outcome = CheckStage(WORKING).check(GOOD, options=CheckOptions(sign_in=False))

    reasons = {s.reason for s in outcome.report.observations.sign_ins}
    assert reasons == {NotTestedReason.NOT_WANTED}
    assert_safe(outcome, exchanges=0)


def test_an_automatic_run_does_not_repeat_a_sign_in_too_soon() -> None:
    ledger = SignInLedger()
    CheckStage(WORKING, ledger=ledger).check(GOOD)
    again = CheckStage(WORKING, ledger=ledger).check(GOOD, options=CheckOptions(automatic=True))
    pressed = CheckStage(WORKING, ledger=ledger).check(GOOD)

    reasons = {s.reason for s in again.report.observations.sign_ins}
    assert reasons == {NotTestedReason.RECENTLY_TRIED}
    assert_safe(again, exchanges=0)
    assert_safe(pressed)


def test_without_neighbours_only_the_configured_ports_are_touched() -> None:
    outcome = CheckStage(WORKING).check(GOOD, options=CheckOptions(neighbours=False))
    assert {port for _, port, _ in outcome.network.sent} == {993, 465}


def test_one_side_alone() -> None:
    outcome = CheckStage(WORKING).check(draft(typed(IMAP, SSL, 993)))

    assert outcome.report.suggestion.outgoing.status is SideStatus.NOT_GIVEN
    assert outcome.report.verdict is Verdict.OK
    assert not outcome.states(Role.OUTGOING)
    assert_safe(outcome, exchanges=1)


def test_a_name_that_does_not_exist() -> None:
    nowhere = "nowhere.practice.example"
    outcome = CheckStage({}).check(draft(typed(IMAP, SSL, 993, host=nowhere)))

    assert "name-not-found" in outcome.codes
    states = outcome.states(Role.INCOMING)
    assert states[Step.NAME] is StepState.ERROR
    assert states[Step.SIGN_IN] is StepState.NOT_TESTED
    assert outcome.network.sent == []


def test_nothing_is_sent_where_nothing_can_be_examined() -> None:
    outcome = CheckStage({}).check(draft(typed(IMAP, SSL, 70000)))
    assert outcome.network.sent == []
    assert isinstance(outcome.events[-1], CheckFinished)


def test_the_time_limit_ends_the_run_with_a_report() -> None:
    mute = speaking(IMAP, faults=(Fault(TalkStage.GREETING, Misstep.SILENCE),))
    outcome = CheckStage({143: mute}).check(
        draft(typed(IMAP, STARTTLS, 143)), options=CheckOptions(timeout=0.4)
    )
    assert not outcome.report.cancelled
    assert outcome.report.verdict is Verdict.ERROR


def test_no_event_and_no_report_holds_a_credential() -> None:
    outcome = CheckStage(WORKING).check(with_outgoing(SSL, 587))

    told = repr((outcome.events, outcome.report.observations)).encode()
    for form in forms_of(CREDENTIAL):
        assert form not in told
    observed = repr(outcome.report.observations).encode()
    assert USER.encode() not in observed
    assert HOST.encode() in observed
