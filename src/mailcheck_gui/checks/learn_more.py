"""One more handshake, for diagnosis only: what a certificate's first fault hides, and old TLS.

Nothing is said inside these handshakes, and no credential is near them.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace

from mailcheck_gui.checks.approach import Approach, Place
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.wire import Ended
from mailcheck_gui.model.observation import Conversation, TlsObservation
from mailcheck_gui.network.diagnostic_tls import (
    judged_trust,
    legacy_version,
    wants_judged_trust,
    wants_legacy_version,
)
from mailcheck_gui.network.seam import Connection


def wants_more(seen: Conversation) -> bool:
    """Return whether one more handshake could tell more about this conversation's TLS."""
    tls = seen.tls
    return tls is not None and (wants_judged_trust(tls) or wants_legacy_version(tls))


async def learn_more(examination: Examination, place: Place, seen: Conversation) -> Conversation:
    """Return the conversation with what one more handshake tells about its TLS."""
    approach = Approach(examination, place, seen.opening)
    try:
        async with AsyncExitStack() as open_things:
            wire = await approach.reach_handshake(open_things)
            if wire is None or seen.tls is None:
                return seen
            tls = await _ask(examination, place, wire.connection, seen.tls)
    except Ended:
        return seen
    return replace(seen, tls=tls)


async def _ask(
    examination: Examination, place: Place, connection: Connection, tls: TlsObservation
) -> TlsObservation:
    host = place.endpoint.host
    deadline = examination.deadline.within(examination.thresholds.step_timeout)
    if wants_judged_trust(tls):
        context = examination.network.client_context(check_times=False, check_name=False)
        trusted = await judged_trust(connection, host, context, deadline)
        return replace(tls, chain_trusted=trusted)
    return replace(tls, legacy_version=await legacy_version(connection, host, deadline))
