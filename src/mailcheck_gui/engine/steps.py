"""The narration of a running check: six steps for each side, told whenever one of them changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from mailcheck_gui.checks.progress import (
    EndpointChanged,
    EndpointExamined,
    NameKnown,
    Progress,
    SignInBegun,
    SignInKnown,
)
from mailcheck_gui.engine.side_facts import SideFacts, StepLine
from mailcheck_gui.engine.step_encryption import certificate_line, encryption_line
from mailcheck_gui.engine.step_reach import connect_line, name_line
from mailcheck_gui.engine.step_sign_in import sign_in_line
from mailcheck_gui.model.account import Account, AuthMethod, Role
from mailcheck_gui.model.endpoint import Family
from mailcheck_gui.model.event import CheckEvent, Step, StepChanged, StepState
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.observation import (
    EndpointObservation,
    NotTestedReason,
    Observations,
    SignInResult,
    family_of,
)
from mailcheck_gui.model.thresholds import Thresholds

_NEEDED_FIRST = {
    Step.CONNECT: message("Needs an address first"),
    Step.ENCRYPTION: message("Needs a connection first"),
    Step.CERTIFICATE: message("Needs encryption first"),
}


def describe(facts: SideFacts) -> dict[Step, StepLine]:
    """Return the six steps of a side for what is known of it."""
    lines = {Step.NAME: name_line(facts)}
    before = Step.NAME
    for step, line in (
        (Step.CONNECT, connect_line),
        (Step.ENCRYPTION, encryption_line),
        (Step.CERTIFICATE, certificate_line),
    ):
        lines[step] = line(facts) if lines[before].done else _held_up(step, lines[before])
        before = step
    lines[Step.SIGN_IN] = sign_in_line(facts, lines)
    lines[Step.READY] = _ready(facts, lines)
    return lines


def _held_up(step: Step, before: StepLine) -> StepLine:
    if before.pending:
        return StepLine(StepState.WAITING)
    return StepLine(StepState.NOT_TESTED, _NEEDED_FIRST[step])


def _ready(facts: SideFacts, lines: dict[Step, StepLine]) -> StepLine:
    certificate, sign_in = lines[Step.CERTIFICATE], lines[Step.SIGN_IN]
    seen = facts.sign_in
    accepted = seen is not None and seen.result is SignInResult.ACCEPTED
    if certificate.done and (accepted or facts.server.auth is AuthMethod.NONE):
        return StepLine(StepState.WORKS)
    if (certificate.pending or sign_in.pending) and not facts.over:
        return StepLine(StepState.WAITING)
    return StepLine(StepState.NOT_TESTED)


class StepNarrator:
    """Keeps the facts of both sides and tells each change of a step once."""

    def __init__(
        self,
        account: Account,
        thresholds: Thresholds,
        now: datetime,
        report_event: Callable[[CheckEvent], None],
        no_sign_in: Mapping[Role, NotTestedReason],
    ) -> None:
        self._thresholds = thresholds
        self._emit = report_event
        self._sides = {
            role: SideFacts(role, server, thresholds, now, no_sign_in=no_sign_in.get(role))
            for role, server in account.sides()
        }
        self._told: dict[tuple[Role, Step], StepLine] = {}
        self._examined: dict[Role, set[str]] = {role: set() for role in self._sides}

    def begin(self) -> None:
        """Tell the first step of each side."""
        self._tell_all()

    @contextmanager
    def reminders(self) -> Iterator[None]:
        """Tell, after the provisional limits, what is still waited for."""
        loop = asyncio.get_running_loop()
        timers = [
            loop.call_later(self._thresholds.syn_provisional, self._grow_late, 1),
            loop.call_later(self._thresholds.mute_provisional, self._grow_late, 2),
        ]
        try:
            yield
        finally:
            for timer in timers:
                timer.cancel()

    def take(self, progress: Progress) -> None:
        """Take what the probe tells, and tell what that changes."""
        match progress:
            case NameKnown(name):
                for role, facts in self._sides.items():
                    if facts.server.ascii_host == name.host:
                        self._update(role, replace(facts, name=name))
            case EndpointExamined(seen):
                if seen.configured and seen.address is not None:
                    self._examined[seen.role].add(seen.address)
                self._see(seen)
            case EndpointChanged(seen):
                self._see(seen)
            case SignInBegun(role, endpoint):
                self._update(role, replace(self._sides[role], signing_in=endpoint))
            case SignInKnown(sign_in):
                facts = self._sides[sign_in.role]
                self._update(sign_in.role, replace(facts, sign_in=sign_in, signing_in=None))

    def finish(self, observations: Observations) -> None:
        """Tell how each step ended; none is left waiting."""
        for role, facts in self._sides.items():
            self._update(role, replace(facts, sign_in=observations.sign_in(role), over=True))

    def _see(self, seen: EndpointObservation) -> None:
        if not seen.configured:
            return
        facts = self._sides[seen.role]
        rows = {row.address: row for row in facts.rows} | {seen.address: seen}
        complete = self._examined[seen.role].issuperset(self._expected(facts))
        self._update(seen.role, replace(facts, rows=tuple(rows.values()), complete=complete))

    def _expected(self, facts: SideFacts) -> set[str]:
        addresses = facts.name.addresses if facts.name is not None else ()
        limit = self._thresholds.addresses_per_family
        by_family = ([a for a in addresses if family_of(a) is family] for family in Family)
        return {address for mine in by_family for address in mine[:limit]}

    def _grow_late(self, late: int) -> None:
        self._sides = {role: replace(facts, late=late) for role, facts in self._sides.items()}
        self._tell_all()

    def _update(self, role: Role, facts: SideFacts) -> None:
        self._sides[role] = facts
        self._tell(role)

    def _tell_all(self) -> None:
        for role in self._sides:
            self._tell(role)

    def _tell(self, role: Role) -> None:
        for step, line in describe(self._sides[role]).items():
            if self._told.get((role, step), StepLine(StepState.WAITING)) != line:
                self._told[role, step] = line
                self._emit(StepChanged(role, step, line.state, line.detail, line.elapsed_ms))
