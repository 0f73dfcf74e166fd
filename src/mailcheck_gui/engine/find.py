"""One search, from an e-mail address to settings that are proven and say where they come from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.diagnosis.mail_addresses import read_mail_address
from mailcheck_gui.discovery.answer import Question
from mailcheck_gui.engine.cancellation import forgive_cancellation
from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.engine.find_run import FindRun
from mailcheck_gui.model.discovery import Discovery, FindEvent, FindFinished
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.seam import Network


async def run_find(
    email: str,
    network: Network,
    report_event: Callable[[FindEvent], None],
    options: FindOptions | None = None,
    *,
    thresholds: Thresholds | None = None,
) -> Discovery:
    """Look for the settings of an address; the last event is `FindFinished` with the result.

    `report_event` is called on the event loop's thread and must return at once. A cancelled task
    does not raise: it returns what is known, with `cancelled` set. The search ends by its own time
    limit. An address that cannot be used (`diagnosis.mail_addresses` says why) finds nothing.
    Without `share_address` no request carries the part before the @, and none ever a credential.
    """
    address = read_mail_address(email)
    if address.problem is not None:
        discovery = Discovery(address.email)
    else:
        options = options or FindOptions()
        question = Question(
            email=address.email,
            domain=address.domain,
            providers=load_providers(),
            thresholds=thresholds or load_thresholds(),
            share_address=options.share_address,
        )
        discovery = await _searched(FindRun(address, question, network, report_event, options))
    report_event(FindFinished(discovery))
    return discovery


async def _searched(run: FindRun) -> Discovery:
    try:
        await run.search()
    except asyncio.CancelledError:
        run.note_cancelled()
        forgive_cancellation()
    finally:
        await run.close()
    return run.discovery()
