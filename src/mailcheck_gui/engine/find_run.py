"""One search: all sources at once, every named server probed, and at every moment the best."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from mailcheck_gui.diagnosis.found_servers import Judgement, Sighting, judge, names_instead
from mailcheck_gui.diagnosis.mail_addresses import MailAddress
from mailcheck_gui.discovery.answer import Inquiry, Offer, Question, SourceAnswer
from mailcheck_gui.discovery.inquiries import first_inquiries
from mailcheck_gui.engine.find_guess import (
    CERTIFICATE,
    Guess,
    certified_offers,
    is_related,
    related_names,
)
from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.engine.find_prober import Prober
from mailcheck_gui.engine.find_ranking import Key, is_settled, key, rank
from mailcheck_gui.engine.find_record import SourceRecord
from mailcheck_gui.engine.find_result import Findings, discovery_of
from mailcheck_gui.model.account import Protocol, Server
from mailcheck_gui.model.discovery import (
    CandidateFound,
    Discovery,
    FindEvent,
    FindStarted,
    SettingsCandidate,
    Source,
    Trust,
)
from mailcheck_gui.model.finding import Proof
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network

SERVERS_PER_PROTOCOL = 4
"""Servers of one protocol of one offer that are probed; sources name two as a rule."""

MOST_INQUIRIES = 40
"""Questions of one search; answers may lead on, but not for ever."""


class FindRun:
    """One search. `search` fills it; `discovery` says what is known at every moment."""

    def __init__(
        self,
        address: MailAddress,
        question: Question,
        network: Network,
        report_event: Callable[[FindEvent], None],
        options: FindOptions,
    ) -> None:
        thresholds = question.thresholds
        self._address = address
        self._question = question
        self._network = network
        self._emit = report_event
        self._options = options
        self._began = time.monotonic()
        self._deadline = Deadline.after(options.timeout or thresholds.find_timeout)
        self._cancelled = False
        self._stopped = False
        self._group: asyncio.TaskGroup | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._asked: set[tuple[Source, str]] = set()
        self._answers: list[SourceAnswer] = []
        self._certified: list[Offer] = []
        self._shown: dict[Key, SettingsCandidate] = {}
        self._patience: asyncio.TimerHandle | None = None
        self._record = SourceRecord(report_event)
        self._prober = Prober(
            network, thresholds, self._deadline, address.domain, self._spawn, self._update
        )
        self._guess = Guess(question, self._prober, self._is_related, self._update)

    # -- searching -------------------------------------------------------------------------

    async def search(self) -> None:
        """Ask every source that may be asked, and probe what they name. Ends by the deadline."""
        self._emit(FindStarted(tuple(s for s in Source if self._options.allows(s))))
        end = asyncio.get_running_loop().call_later(self._deadline.remaining, self._stop_waiting)
        try:
            async with asyncio.TaskGroup() as self._group:
                self._spawn(self._begin())
        finally:
            self._group = None
            end.cancel()
            if self._patience is not None:
                self._patience.cancel()

    async def _begin(self) -> None:
        """Take what ships with the program first, since it needs no wait; then ask the others."""
        first = first_inquiries(self._question)
        for inquiry in first:
            if not inquiry.needs_network and self._may_ask(inquiry):
                await self._inquire(inquiry)
        left_out = tuple(s for s in Source if not self._options.allows(s))
        self._record.leave_out(left_out, offline=self._options.offline)
        for inquiry in first:
            self._ask(inquiry)
            await asyncio.sleep(0)  # an answer that has come meanwhile goes on before the next
        if self._options.allows(Source.GUESS):
            self._spawn(self._guess_names())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        assert self._group is not None
        task = self._group.create_task(work)
        if self._stopped:
            task.cancel()
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _stop_waiting(self) -> None:
        """End everything that still runs, and what it would start: the rest comes too late."""
        self._stopped = True
        for task in tuple(self._tasks):
            task.cancel()

    def _ask(self, inquiry: Inquiry) -> None:
        if self._may_ask(inquiry):
            self._spawn(self._inquire(inquiry))

    def _may_ask(self, inquiry: Inquiry) -> bool:
        """Whether something is allowed and new; it is taken as asked from here on."""
        place = (inquiry.source, inquiry.asked)
        offline = self._options.offline and inquiry.needs_network
        if offline or not self._options.allows(inquiry.source) or place in self._asked:
            return False
        if len(self._asked) >= MOST_INQUIRIES:
            return False
        self._asked.add(place)
        return True

    async def _inquire(self, inquiry: Inquiry) -> None:
        self._record.asking(inquiry)
        reserve = min(self._question.thresholds.find_reserve, self._deadline.remaining / 3)
        answer = await inquiry.ask(self._network, Deadline(self._deadline.at - reserve))
        answer = replace(answer, offers=tuple(map(_worth_probing, answer.offers)))
        self._record.answered(inquiry, answer)
        self._answers.append(answer)
        for further in answer.further:
            self._ask(further)
        for offer in answer.offers:
            self._probe(offer)
        self._update()

    def _probe(self, offer: Offer) -> None:
        if not self._options.offline:
            for server in (*offer.incoming, *offer.outgoing):
                self._spawn(self._look(offer, server))

    async def _look(self, offer: Offer, server: Server) -> None:
        """Probe a server; where its certificate is for another name, that one too."""
        seen = await self._prober.look(server)
        instead = names_instead(server, seen)
        if not instead or CERTIFICATE in offer.way:
            return
        hosts = related_names(instead, [server.ascii_host], self._is_related)
        for certified in certified_offers(offer, server, hosts):
            self._certified.append(certified)
            self._probe(certified)

    async def _guess_names(self) -> None:
        """Guess, unless what the catalogue says of the domain holds."""
        if await self._catalogue_holds():
            self._record.not_needed(Source.GUESS)
            return
        domain = self._question.domain
        self._record.guessing(domain)
        try:
            await self._guess.run(self._exchangers)
        except asyncio.CancelledError:
            if self._guess.offers:
                self._record.guessed(domain, self._guess.outcomes())
            raise
        self._record.guessed(domain, self._guess.outcomes())

    async def _catalogue_holds(self) -> bool:
        """Whether the catalogue knows the domain, and its first servers are what it says."""
        known = [o for o in self._offers() if o.source is Source.CATALOGUE]
        for offer in (o for o in known if o.trust is Trust.SECURE):
            servers = (*offer.incoming[:1], *offer.outgoing[:1])
            seen = [judge(server, await self._prober.look(server)) for server in servers]
            if all(judged.proof is Proof.HANDSHAKE for judged in seen):
                return True
        return False

    def _exchangers(self) -> tuple[str, ...]:
        """Return the domain's mail exchangers, but for those of a provider that is known."""
        strangers = (answer for answer in self._answers if answer.provider is None)
        return tuple(dict.fromkeys(host for answer in strangers for host in answer.hosts))

    def _is_related(self, host: str) -> bool:
        """Whether a name from a certificate may be tried (ARCHITECTURE, Credentials)."""
        secure = (o for o in self._offers() if o.trust is Trust.SECURE)
        named = (s.ascii_host for o in secure for s in (*o.incoming, *o.outgoing))
        learnt = (h for answer in self._answers for h in answer.hosts)
        return is_related(host, (self._question.domain, *named, *learnt))

    def note_cancelled(self) -> None:
        """Note that the person stopped the search."""
        self._cancelled = True

    async def close(self) -> None:
        """Close every connection that is still open."""
        try:
            await self._prober.close()
        except asyncio.CancelledError:
            self._cancelled = True
            await self._prober.close()

    # -- what is known ---------------------------------------------------------------------

    def _offers(self) -> tuple[Offer, ...]:
        named = (offer for answer in self._answers for offer in answer.offers)
        return (*named, *self._certified, *self._guess.offers)

    def _judge(self, server: Server) -> Judgement:
        return judge(server, self._prober.seen(server))

    def _update(self) -> None:
        """Tell of candidates that are new or better known; wait no longer than worth it."""
        candidates = rank(self._offers(), self._judge)
        for candidate in candidates:
            if self._shown.get(key(candidate)) != candidate:
                self._shown[key(candidate)] = candidate
                self._emit(CandidateFound(candidate))
        if self._patience is None and is_settled(candidates):
            patience = self._question.thresholds.find_patience
            loop = asyncio.get_running_loop()
            self._patience = loop.call_later(patience, self._stop_waiting)

    def discovery(self) -> Discovery:
        """Return the result."""
        findings = Findings(
            address=self._address,
            question=self._question,
            answers=tuple(self._answers),
            offers=self._offers(),
            tried=self._record.rows(),
            leading=self._guess.leading,
            absent=self._guess.absent,
        )
        return replace(
            discovery_of(findings, self._final_judgement),
            cancelled=self._cancelled,
            duration_ms=(time.monotonic() - self._began) * 1000,
        )

    def _final_judgement(self, server: Server) -> Judgement:
        """Judge a server at the end: a probe that did not end is a trouble, none at all is not."""
        if self._options.offline:
            return judge(server, None)
        return judge(server, self._prober.seen(server) or Sighting(unfinished=True))


def _worth_probing(offer: Offer) -> Offer:
    """Return an offer without the servers that are beyond the limit."""
    return replace(
        offer, incoming=_first_of_each(offer.incoming), outgoing=_first_of_each(offer.outgoing)
    )


def _first_of_each(servers: tuple[Server, ...]) -> tuple[Server, ...]:
    counted: Counter[Protocol] = Counter()
    kept = []
    for server in servers:
        counted[server.protocol] += 1
        if counted[server.protocol] <= SERVERS_PER_PROTOCOL:
            kept.append(server)
    return tuple(kept)
