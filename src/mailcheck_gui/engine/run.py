"""The state of one run: what is allowed, what was seen so far, and how it becomes a report."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.farewell import Farewells
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
from mailcheck_gui.checks.sign_in import SignInDesk, SignInPlace
from mailcheck_gui.checks.transcript import Transcript
from mailcheck_gui.diagnosis.case import Case, Passwords, password_traits
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.suggest import suggest
from mailcheck_gui.diagnosis.verdict import not_tested, verdict
from mailcheck_gui.engine.allowance import allow_sign_ins
from mailcheck_gui.engine.known import take_over
from mailcheck_gui.engine.ledger import SignInLedger
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.engine.proof import ROUNDS, Trial, next_trial
from mailcheck_gui.engine.sign_ins import sign_ins_of
from mailcheck_gui.engine.steps import StepNarrator
from mailcheck_gui.model.account import Account, Credential, Credentials, Role, Server
from mailcheck_gui.model.event import CheckEvent, CheckStarted, EndpointKnown
from mailcheck_gui.model.finding import Provider
from mailcheck_gui.model.intake import Intake
from mailcheck_gui.model.observation import (
    EndpointObservation,
    NetworkFacts,
    NotTestedReason,
    Observations,
    SignInObservation,
)
from mailcheck_gui.model.report import Report
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network


class CheckRun:
    """One run. `examine` fills it, `report` may be asked for at any moment after `close`."""

    def __init__(
        self,
        intake: Intake,
        credentials: Credentials,
        network: Network,
        report_event: Callable[[CheckEvent], None],
        options: CheckOptions,
        thresholds: Thresholds,
        providers: tuple[Provider, ...],
        ledger: SignInLedger,
    ) -> None:
        self._intake = intake
        self._account = intake.account or Account(email=intake.draft.email)
        self._given = credentials
        self._options = options
        self._thresholds = thresholds
        self._providers = providers
        self._ledger = ledger
        self._emit = report_event
        self._started = datetime.now(UTC)
        self._began = time.monotonic()
        self._cancelled = False
        self._facts = NetworkFacts()
        self._proofs: list[Proof] = []
        self._hosts = options.agreed_hosts | {s.ascii_host for _, s in self._account.sides()}
        self._plan = plan_endpoints(self._account, options.neighbours)
        self._known = take_over(options.previous, self._account, self._plan)
        self._allowance = allow_sign_ins(
            self._account,
            _without(credentials, self._known.sides),
            options,
            ledger,
            thresholds.resend_pause,
        )
        self._narrator = StepNarrator(
            self._account, thresholds, self._started, report_event, self._reasons()
        )
        self._examination = self._new_examination(network)
        self._probe = Probe(
            replace(self._examination, deadline=self._probe_deadline()),
            self._account,
            tuple(planned for planned in self._plan if not self._known.covers(planned)),
        )

    def _reasons(self) -> dict[Role, NotTestedReason]:
        """Return why a side that is examined now will have no sign-in, as far as that is known."""
        known = self._known.sides
        return {role: why for role, why in self._allowance.reasons.items() if role not in known}

    def _new_examination(self, network: Network) -> Examination:
        redactor = Redactor(self._credentials_given())
        return Examination(
            network=network,
            thresholds=self._thresholds,
            deadline=Deadline.after(self._options.timeout or self._thresholds.run_timeout),
            limits=RunLimits(self._thresholds),
            desk=SignInDesk(
                self._allowance.credentials, redactor, self._hosts, self._sign_in_changed
            ),
            redactor=redactor,
            secrets=Redactor(self._credentials_given(), names=False),
            transcript=Transcript(redactor),
            farewells=Farewells(self._thresholds),
            report=self._progressed,
        )

    def _credentials_given(self) -> tuple[Credential, ...]:
        both = (self._given.incoming, self._given.outgoing)
        return tuple(credential for credential in both if credential is not None)

    def _probe_deadline(self) -> Deadline:
        """Return the end of the probe: earlier than that of the run where a proof may follow."""
        whole = self._examination.deadline
        may_prove = any(self._examination.desk.expects(role) for role, _ in self._account.sides())
        reserve = min(self._thresholds.proof_reserve, whole.remaining / 4) if may_prove else 0.0
        return Deadline(whole.at - reserve)

    # -- examining -------------------------------------------------------------------------

    async def examine(self) -> None:
        """Probe the plan, then prove what could be suggested."""
        if self._intake.account is None:
            return
        self._emit(CheckStarted(self._plan))
        self._narrator.begin()
        self._tell_known()
        self._facts = await self._examination.network.facts()
        with self._narrator.reminders():
            await self._probe.run()
            await self._prove()

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
        case = self._case()
        desk = self._examination.desk
        trials = (next_trial(case, r, desk, self._hosts, done) for r, _ in self._account.sides())
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

    def _sign_in_changed(self, change: SignInPlace | SignInObservation) -> None:
        if isinstance(change, SignInPlace):
            self._progressed(SignInBegun(change.role, change.endpoint))
            return
        credential = self._given.of(change.role)
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
            account=self._account,
            cleaned=self._intake.cleaned,
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
        incoming, outgoing = self._given.incoming, self._given.outgoing
        return Case(
            intake=self._intake,
            observations=self._observations(),
            thresholds=self._thresholds,
            providers=self._providers,
            now=datetime.now(UTC),
            passwords=Passwords(
                password_traits(incoming.secret) if incoming else None,
                password_traits(outgoing.secret) if outgoing else None,
            ),
            sign_in=self._options.sign_in,
            neighbours=self._options.neighbours,
            cancelled=self._cancelled,
            agreed_hosts=self._options.agreed_hosts,
        )

    def _observations(self) -> Observations:
        known, proofs = self._known, self._proofs
        new_names = (*self._probe.names, *(name for proof in proofs for name in proof.names))
        looked_up = {name.host for name in new_names}
        return Observations(
            started=self._started,
            names=(*new_names, *(name for name in known.names if name.host not in looked_up)),
            endpoints=self._endpoints(),
            sign_ins=self._sign_ins(),
            network=self._facts,
            transcript=(*known.transcript, *self._examination.transcript.lines),
            unprobed_addresses=max(self._probe.unprobed_addresses, known.unprobed_addresses),
        )

    def _endpoints(self) -> tuple[EndpointObservation, ...]:
        """Return all rows: those of the plan in its order, then what was tried beyond it."""
        proven = [row for proof in self._proofs for row in proof.endpoints]
        rows = (*self._known.endpoints, *self._probe.endpoints, *proven)
        order = {planned.endpoint: place for place, planned in enumerate(self._plan)}
        return tuple(sorted(rows, key=lambda row: order.get(row.endpoint, len(order))))

    def _sign_ins(self) -> tuple[SignInObservation, ...]:
        made = sign_ins_of(
            self._account,
            self._examination.desk,
            self._reasons(),
            self._probe.endpoints,
            cancelled=self._cancelled,
        )
        new = (sign_in for sign_in in made if sign_in.role not in self._known.sides)
        return (*self._known.sign_ins, *new)


def _without(credentials: Credentials, sides: frozenset[Role]) -> Credentials:
    """Return the credentials of the other sides: those of unchanged ones are not sent again."""
    incoming = None if Role.INCOMING in sides else credentials.incoming
    outgoing = None if Role.OUTGOING in sides else credentials.outgoing
    return Credentials(incoming, outgoing)
