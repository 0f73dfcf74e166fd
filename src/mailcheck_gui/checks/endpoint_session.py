"""What speaks at one address of one endpoint: one conversation, or two of both openings.

Whichever opening hears the server ends the other's wait. A refusal that came while another
connection of ours was open is asked once more, alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from mailcheck_gui.checks.approach import Place, is_tls
from mailcheck_gui.checks.conversation import Cut, Talk, TalkEvents
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.learn_more import learn_more
from mailcheck_gui.checks.limits import Priority
from mailcheck_gui.checks.openings import (
    OpeningPlan,
    configured_opening,
    is_malformed,
    other_opening,
    plan_openings,
)
from mailcheck_gui.checks.sign_in import SignInPlace
from mailcheck_gui.model.account import AuthMethod, Security
from mailcheck_gui.model.endpoint import PlannedEndpoint
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    Conversation,
    EndpointObservation,
    Opening,
    Spoken,
    Stage,
)
from mailcheck_gui.protocols.greeting import recognise

MAIL = frozenset({Spoken.SMTP, Spoken.IMAP, Spoken.POP3})
"""What a mail server may speak."""


class EndpointSession:
    """Examines one address of one endpoint.

    `auth` is set where the side's one sign-in may happen here. `changed` is called after each
    stage. With `only_opening` (for a proof) nothing else is tried. `finished` is set at the end.
    """

    def __init__(
        self,
        examination: Examination,
        planned: PlannedEndpoint,
        address: str,
        changed: Callable[[EndpointSession], None],
        *,
        auth: AuthMethod | None = None,
        only_opening: Opening | None = None,
        candidate: bool = False,
    ) -> None:
        self.planned = planned
        self.address = address
        self.finished = asyncio.Event()
        self._examination = examination
        self._tell = changed
        self._auth = auth
        self._only_opening = only_opening is not None
        self._openings = _plan(planned, only_opening)
        self._candidate = candidate
        self._hurried = False
        self._talks: dict[Opening, Talk] = {}
        self._learned: dict[Opening, Conversation] = {}
        self._answered = asyncio.Event()
        self._group: asyncio.TaskGroup | None = None

    @property
    def observation(self) -> EndpointObservation:
        """What was seen so far."""
        return EndpointObservation(
            self.planned.role,
            self.planned.configured,
            self.planned.endpoint,
            self.planned.security,
            self.address,
            tuple(self._learned.get(o, talk.seen) for o, talk in self._talks.items()),
            self._candidate,
        )

    @property
    def so_far(self) -> EndpointObservation:
        """What was seen so far, a silence that still lasts included."""
        talks = tuple(self._learned.get(o, talk.so_far) for o, talk in self._talks.items())
        return replace(self.observation, conversations=talks)

    async def run(self) -> None:
        """Examine the endpoint. Raises nothing for what the peer or the path does."""
        try:
            await self._hold_all()
            await self._ask_alone()
            if self.planned.configured:
                await self._learn_more()
        finally:
            self.finished.set()
            self._tell(self)

    def hurry(self) -> None:
        """From now on wait no longer than the provisional limits for SYNs and mute servers."""
        self._hurried = True
        for talk in self._talks.values():
            self._limit_patience(talk)

    def stop_waiting(self) -> None:
        """End what still waits for a first word: another address has said what this port is."""
        self._answered.set()
        for talk in self._talks.values():
            if talk.connected.is_set() and not talk.has_heard:
                talk.cut(Cut.ANSWERED)

    def _limit_patience(self, talk: Talk) -> None:
        thresholds = self._examination.thresholds
        self._cut_after(thresholds.syn_provisional, talk, only_dialling=True)
        self._cut_after(thresholds.mute_provisional, talk, only_dialling=False)

    def _cut_after(self, patience: float, talk: Talk, *, only_dialling: bool) -> None:
        """Cut a talk once it has lasted `patience` seconds since its SYN."""
        left = patience - talk.lasted
        if left > 0:
            again = partial(self._cut_after, patience, talk, only_dialling=only_dialling)
            asyncio.get_running_loop().call_later(left, again)
        elif not (only_dialling and talk.connected.is_set()):
            talk.cut(Cut.ENOUGH)

    # -- the openings ----------------------------------------------------------------------

    async def _hold_all(self) -> None:
        try:
            async with asyncio.TaskGroup() as self._group:
                for opening in self._openings.at_once:
                    self._begin(opening)
                if self._openings.after_silence is not None:
                    self._begin_after_silence(self._openings.after_silence)
        finally:
            self._group = None

    def _begin(self, opening: Opening) -> None:
        if self._group is not None and self._take_connection():
            talk = self._talks[opening] = self._talk(opening)
            self._group.create_task(self._hold(talk))
            if self._hurried:
                self._limit_patience(talk)

    def _begin_after_silence(self, opening: Opening) -> None:
        first = self._talks.get(other_opening(opening))
        if self._group is not None and first is not None:
            self._group.create_task(self._open_after_silence(first, opening))

    async def _open_after_silence(self, first: Talk, opening: Opening) -> None:
        await first.connected.wait()
        thresholds = self._examination.thresholds
        connect = first.seen.connect
        patience = thresholds.second_opening_extra
        patience += thresholds.second_opening_connects * connect.elapsed_ms / 1000
        if connect.outcome is not ConnectOutcome.OPEN:
            return
        try:
            async with asyncio.timeout(patience):
                await self._answered.wait()
        except TimeoutError:
            if self._allowed(opening):
                self._begin(opening)

    def _allowed(self, opening: Opening) -> bool:
        endpoint = self.planned.endpoint
        if not is_malformed(endpoint.port, opening):
            return True
        return self._examination.limits.malformed(endpoint.host).left

    async def _hold(self, talk: Talk) -> None:
        try:
            await talk.run()
        finally:
            if talk.withheld:
                del self._talks[talk.opening]
            else:
                self._answered.set()
        if talk.withheld and not self._answered.is_set():
            self._begin_after_silence(talk.opening)

    def _talk(self, opening: Opening, *, alone: bool = False) -> Talk:
        return Talk(
            self._examination,
            self._place(),
            opening,
            TalkEvents(self._heard, lambda _talk: self._tell(self)),
            sign_in=self._sign_in_place(opening),
            alone=alone,
        )

    def _place(self) -> Place:
        first = self.planned.configured or self._only_opening
        priority = Priority.CONFIGURED if first else Priority.NEIGHBOUR
        return Place(self.planned.endpoint, self.address, priority)

    def _sign_in_place(self, opening: Opening) -> SignInPlace | None:
        planned = self.planned
        as_configured = opening is configured_opening(planned.security)
        if self._auth is None or planned.security is Security.NONE or not as_configured:
            return None
        return SignInPlace(
            planned.role, planned.endpoint, planned.security, self.address, self._auth
        )

    def _take_connection(self) -> bool:
        """Count one connection of the run; False where this address has had all of them."""
        return self._examination.limits.take(self.planned.endpoint, self.address)

    def _heard(self, talk: Talk, data: bytes) -> None:
        """Let the server's first bytes decide what becomes of the other opening."""
        self._answered.set()
        spoken = Spoken.UNKNOWN if is_tls(data) else recognise(data)
        other = self._talks.get(other_opening(talk.opening))
        if talk.opening is Opening.CLIENT_HELLO and spoken in MAIL:
            if other is None and not self._only_opening:
                self._begin(Opening.LISTEN)  # only there the server says what it offers
        elif other is not None and not other.has_heard and _settles(talk.opening, data, spoken):
            other.cut(Cut.ANSWERED)

    # -- afterwards ------------------------------------------------------------------------

    async def _ask_alone(self) -> None:
        for opening, talk in tuple(self._talks.items()):
            if talk.turned_away and talk.was_shared and self._take_connection():
                again = self._talks[opening] = self._talk(opening, alone=True)
                try:
                    await again.run()
                finally:  # it may be cut or cancelled: then the refusal is what is known
                    if not _is_answered(again, talk):
                        self._talks[opening] = talk

    async def _learn_more(self) -> None:
        for opening, talk in tuple(self._talks.items()):
            self._learned[opening] = await learn_more(
                self._examination, self._place(), talk.seen, self._take_connection
            )


def _plan(planned: PlannedEndpoint, only: Opening | None) -> OpeningPlan:
    return plan_openings(planned) if only is None else OpeningPlan((only,))


def _is_answered(again: Talk, refused: Talk) -> bool:
    """Whether a talk came further than the one that was turned away, or was turned away too."""
    stages = tuple(Stage)
    return again.turned_away or stages.index(again.stage) > stages.index(refused.stage)


def _settles(opening: Opening, data: bytes, spoken: Spoken) -> bool:
    """Whether the first bytes after an opening leave nothing for the other opening to find."""
    if opening is Opening.LISTEN:
        return not is_tls(data)
    return is_tls(data) or spoken is not Spoken.UNKNOWN
