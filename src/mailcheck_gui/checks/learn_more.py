"""More handshakes, for diagnosis only: what a certificate's first fault hides, and old TLS.

Nothing is said inside these handshakes, and no credential is near them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from mailcheck_gui.checks.approach import Approach, Place
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.issuers import wants_issuers, with_issuers
from mailcheck_gui.checks.transcript import RECEIVED, SENT
from mailcheck_gui.checks.wire import Ended
from mailcheck_gui.model.observation import Conversation, IssuerFetch, Opening, TlsObservation
from mailcheck_gui.network.diagnostic_tls import (
    judged_trust,
    legacy_version,
    wants_judged_trust,
    wants_legacy_version,
)

Answer = TypeVar("Answer")


async def learn_more(
    examination: Examination, place: Place, seen: Conversation, take_connection: Callable[[], bool]
) -> Conversation:
    """Return the conversation with what further handshakes tell about its TLS.

    `take_connection` counts one connection of the run; False where there is none left.
    """
    if seen.tls is None:
        return seen
    inquiry = _Inquiry(examination, place, seen.opening, take_connection)
    return replace(seen, tls=await inquiry.explain(seen.tls))


class _Inquiry:
    """Asks the server behind one conversation again, each question on a connection of its own."""

    def __init__(
        self,
        examination: Examination,
        place: Place,
        opening: Opening,
        take_connection: Callable[[], bool],
    ) -> None:
        self._examination = examination
        self._place = place
        self._opening = opening
        self._take_connection = take_connection

    async def explain(self, tls: TlsObservation) -> TlsObservation:
        """Return what was seen with the answers to all questions that it raises."""
        if wants_judged_trust(tls):
            context = self._examination.network.client_context(check_times=False, check_name=False)
            trusted = await self._ask(partial(judged_trust, context=context))
            tls = replace(tls, chain_trusted=trusted)
        elif wants_legacy_version(tls):
            tls = replace(tls, legacy_version=await self._ask(legacy_version) or "")
        shelf = self._examination.issuers
        if shelf is None or not wants_issuers(tls, datetime.now(UTC)):
            return tls
        deadline = self._examination.deadline.within(self._examination.thresholds.issuer_timeout)
        tls = await with_issuers(shelf, tls, self._is_trusted_with, deadline)
        for fetch in tls.issuer_fetches:
            self._remark(fetch)
        return tls

    def _remark(self, fetch: IssuerFetch) -> None:
        """Say in the transcript whom we asked."""
        remark = partial(
            self._examination.transcript.remark, self._place.endpoint, self._place.address
        )
        remark(SENT, f"(asked {fetch.url} for the issuer's certificate)")
        remark(RECEIVED, f"({fetch.problem or f'certificates: {fetch.certificates}'})")

    async def _is_trusted_with(self, certificates: tuple[bytes, ...]) -> bool | None:
        make_context = self._examination.network.completing_context
        context = await asyncio.to_thread(make_context, certificates)  # it loads all roots anew
        return await self._ask(partial(judged_trust, context=context))

    async def _ask(self, question: Callable[..., Awaitable[Answer]]) -> Answer | None:
        """Put a question to a new connection; None where there is no answer."""
        if not self._take_connection():
            return None
        examination, endpoint = self._examination, self._place.endpoint
        try:
            async with AsyncExitStack() as open_things:
                approach = Approach(examination, self._place, self._opening)
                wire = await approach.reach_handshake(open_things)
                if wire is None:
                    return None
                deadline = examination.deadline.within(examination.thresholds.step_timeout)
                return await question(wire.connection, server_name=endpoint.host, deadline=deadline)
        except Ended:
            return None
