"""One run: probe, prove, and at every moment the report of what is known."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from mailcheck_gui.catalogue.controls import load_controls
from mailcheck_gui.checks.controls import ControlProbes
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.farewell import Farewells
from mailcheck_gui.checks.issuers import IssuerShelf
from mailcheck_gui.checks.limits import RunLimits
from mailcheck_gui.checks.plan import plan_endpoints
from mailcheck_gui.checks.probe import Probe
from mailcheck_gui.checks.progress import (
    EndpointExamined,
    NameKnown,
    Progress,
    SignInBegun,
    SignInKnown,
)
from mailcheck_gui.checks.prove import Proof, prove
from mailcheck_gui.checks.redaction import Redactor
from mailcheck_gui.checks.sending import SendingDesk
from mailcheck_gui.checks.sign_in import SignInDesk, SignInPlace
from mailcheck_gui.checks.transcript import Transcript
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.suggest import suggest
from mailcheck_gui.diagnosis.verdict import not_tested, verdict
from mailcheck_gui.engine.allowance import allow_sign_ins
from mailcheck_gui.engine.assignment import Assignment
from mailcheck_gui.engine.known import take_over
from mailcheck_gui.engine.ledger import SignInLedger
from mailcheck_gui.engine.proof import ROUNDS, Trial, next_trial
from mailcheck_gui.engine.sign_ins import sign_ins_of
from mailcheck_gui.engine.steps import StepNarrator
from mailcheck_gui.model.account import Server
from mailcheck_gui.model.event import CheckEvent, CheckStarted, EndpointKnown
from mailcheck_gui.model.observation import (
    EndpointObservation,
    NetworkFacts,
    Observations,
    SignInObservation,
)
from mailcheck_gui.model.report import Report
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network
from mailcheck_gui.network.threads import in_daemon_thread


class CheckRun:
    """One run. `examine` fills it; after `close`, `report` judges what there is."""

    def __init__(
        self,
        assignment: Assignment,
        network: Network,
        ledger: SignInLedger,
        report_event: Callable[[CheckEvent], None],
    ) -> None:
        self._assignment = assignment
        self._ledger = ledger
        self._emit = report_event
        self._started = datetime.now(UTC)
        self._began = time.monotonic()
        self._cancelled = False
        self._facts = NetworkFacts()
        self._proofs: list[Proof] = []
        self._rehearsal: asyncio.Task[object] | None = None
        account, options = assignment.account, assignment.options
        self._plan = plan_endpoints(account, options.neighbours)
        self._known = take_over(options.previous, account, self._plan)
        self._allowance = allow_sign_ins(assignment, self._known.sides, ledger)
        self._narrator = StepNarrator(
            account, assignment.thresholds, self._started, report_event, self._allowance.reasons
        )
        redactor = Redactor(assignment.given_credentials)
        self._sending = SendingDesk(assignment.sender, redactor)
        self._examination = self._new_examination(network, redactor)
        probing = replace(self._examination, deadline=self._probe_deadline())
        planned = tuple(planned for planned in self._plan if not self._known.covers(planned))
        self._probe = Probe(probing, account, planned)
        self._controls = ControlProbes(probing, account, load_controls(), self._probe.so_far)

    def _new_examination(self, network: Network, redactor: Redactor) -> Examination:
        assignment = self._assignment
        thresholds, given = assignment.thresholds, assignment.given_credentials
        desk = SignInDesk(
            self._allowance.credentials, redactor, assignment.hosts, self._sign_in_changed
        )
        return Examination(
            network=network,
            thresholds=thresholds,
            deadline=Deadline.after(assignment.options.timeout or thresholds.run_timeout),
            limits=RunLimits(thresholds),
            desk=desk,
            sending=self._sending,
            redactor=redactor,
            secrets=Redactor(given, names=False, sent=redactor.sent),
            transcript=Transcript(redactor),
            farewells=Farewells(thresholds),
            report=self._progressed,
            issuers=IssuerShelf(network, thresholds) if assignment.options.ask_issuers else None,
        )

    def _probe_deadline(self) -> Deadline:
        """Return the end of the probe: earlier than that of the run where a proof may follow."""
        whole, desk = self._examination.deadline, self._examination.desk
        if not any(desk.expects(role) for role, _ in self._assignment.account.sides()):
            return whole
        return whole.keeping(self._assignment.thresholds.proof_reserve)

    # -- examining -------------------------------------------------------------------------

    async def examine(self) -> None:
        """Probe the plan, then prove what could be suggested."""
        if self._assignment.intake.account is None:
            return
        self._emit(CheckStarted(self._plan))
        self._narrator.begin()
        self._tell_known()
        self._facts = await self._examination.network.facts()
        with self._narrator.reminders():
            await self._probe_and_compare()
            if self._rehearsal is not None:
                await self._rehearsal
            await self._prove()

    async def _probe_and_compare(self) -> None:
        async with asyncio.TaskGroup() as group:
            probing = group.create_task(self._probe.run())
            if self._assignment.options.controls:
                group.create_task(self._controls.run(probing))

    def _tell_known(self) -> None:
        for name in self._known.names:
            self._progressed(NameKnown(name))
        for row in self._known.endpoints:
            self._progressed(EndpointExamined(row))
        for sign_in in self._known.sign_ins:
            self._progressed(SignInKnown(sign_in))

    async def _prove(self) -> None:
        done: frozenset[Server] = frozenset()
        for _ in range(ROUNDS):
            trials = self._next_trials(done)
            if not trials:
                return
            async with asyncio.TaskGroup() as group:
                for trial in trials:
                    group.create_task(self._try(trial))
            done |= {trial.server for trial in trials}

    def _next_trials(self, done: frozenset[Server]) -> tuple[Trial, ...]:
        case, desk, hosts = self._case(), self._examination.desk, self._assignment.hosts
        sides = self._assignment.account.sides()
        findings = diagnose(case)
        trials = (next_trial(case, findings, role, desk, hosts, done) for role, _ in sides)
        return tuple(trial for trial in trials if trial is not None)

    async def _try(self, trial: Trial) -> None:
        proof = Proof()
        self._proofs.append(proof)
        known = self._observations()
        await prove(
            self._examination, known, trial.role, trial.server, sign_in=trial.sign_in, proof=proof
        )

    def note_cancelled(self) -> None:
        """Note that the person stopped the run."""
        self._cancelled = True

    async def close(self) -> None:
        """Close every connection that is still open."""
        if self._rehearsal is not None:
            self._rehearsal.cancel()
        try:
            await self._examination.farewells.finish()
        except asyncio.CancelledError:
            self._cancelled = True
            await self._examination.farewells.finish()

    # -- progress --------------------------------------------------------------------------

    def _progressed(self, progress: Progress) -> None:
        self._narrator.take(progress)
        if isinstance(progress, EndpointExamined):
            self._emit(EndpointKnown(progress.observation))
            self._rehearse(progress.observation)

    def _rehearse(self, row: EndpointObservation) -> None:
        """Judge once while other answers are under way: rules load their lists when first asked."""
        if row.configured and self._rehearsal is None:
            case = self._case()
            judging = in_daemon_thread(lambda: diagnose(case), "rehearsal")
            self._rehearsal = asyncio.create_task(judging)

    def _sign_in_changed(self, change: SignInPlace | SignInObservation) -> None:
        if isinstance(change, SignInPlace):
            self._progressed(SignInBegun(change.role, change.endpoint))
            return
        credential = self._assignment.credentials.of(change.role)
        if change.secret_sent and credential is not None:
            self._ledger.note(change.endpoint.host, credential)
        self._progressed(SignInKnown(change))

    # -- the result ------------------------------------------------------------------------

    def report(self) -> Report:
        """Judge what was seen."""
        case = self._case()
        self._narrator.finish(case.observations)
        findings = diagnose(case)
        return Report(
            account=case.account,
            cleaned=case.intake.cleaned,
            verdict=verdict(case, findings),
            findings=findings,
            suggestion=suggest(case, findings),
            observations=case.observations,
            not_tested=not_tested(case),
            started=self._started,
            duration_ms=(time.monotonic() - self._began) * 1000,
            cancelled=self._cancelled,
        )

    def _case(self) -> Case:
        return self._assignment.case(self._observations(), cancelled=self._cancelled)

    def _observations(self) -> Observations:
        known, proofs = self._known, self._proofs
        new_names = (*self._probe.names, *(name for proof in proofs for name in proof.names))
        looked_up = {name.host for name in new_names}
        return Observations(
            started=self._started,
            names=(*new_names, *(name for name in known.names if name.host not in looked_up)),
            endpoints=self._endpoints(),
            sign_ins=(*known.sign_ins, *self._sign_ins()),
            network=self._facts,
            transcript=(*known.transcript, *self._examination.transcript.lines),
            controls=(*known.controls, *self._controls.observations),
            unprobed_addresses=max(self._probe.unprobed_addresses, known.unprobed_addresses),
            sending=self._sending.observation or known.sending,
        )

    def _endpoints(self) -> tuple[EndpointObservation, ...]:
        """Return all rows: those of the plan in its order, then what was tried beyond it."""
        proven = [row for proof in self._proofs for row in proof.endpoints]
        rows = (*self._known.endpoints, *self._probe.endpoints, *proven)
        order = {planned.endpoint: place for place, planned in enumerate(self._plan)}
        return tuple(sorted(rows, key=lambda row: order.get(row.endpoint, len(order))))

    def _sign_ins(self) -> tuple[SignInObservation, ...]:
        """Return the sign-in of each side that is examined in this run."""
        sides = self._assignment.account.sides()
        return sign_ins_of(
            tuple((role, server) for role, server in sides if role not in self._known.sides),
            self._examination.desk,
            self._allowance.reasons,
            self._probe.endpoints,
            cancelled=self._cancelled,
        )
