"""One check, from cleaned settings to the report."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.engine.assignment import Assignment
from mailcheck_gui.engine.cancellation import forgive_cancellation
from mailcheck_gui.engine.ledger import LEDGER, SignInLedger
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.engine.run import CheckRun
from mailcheck_gui.model.account import Credentials
from mailcheck_gui.model.event import CheckEvent, CheckFinished
from mailcheck_gui.model.intake import Intake
from mailcheck_gui.model.report import Report
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.seam import Network


async def run_check(
    intake: Intake,
    credentials: Credentials,
    network: Network,
    report_event: Callable[[CheckEvent], None],
    options: CheckOptions | None = None,
    *,
    thresholds: Thresholds | None = None,
    ledger: SignInLedger = LEDGER,
) -> Report:
    """Examine an account and return the report; the last event is `CheckFinished` with it.

    `report_event` is called on the event loop's thread and must return at once. A cancelled task
    does not raise: it returns what is known, with `cancelled` set. The run ends by its own time
    limit (`options.timeout`). Whatever the servers and the network do ends up in the report; an
    exception is a bug of ours.
    """
    assignment = Assignment(
        intake,
        credentials,
        options or CheckOptions(),
        thresholds or load_thresholds(),
        load_providers(),
    )
    run = CheckRun(assignment, network, ledger, report_event)
    try:
        await run.examine()
    except asyncio.CancelledError:
        run.note_cancelled()
        forgive_cancellation()
    finally:
        await run.close()
    report = run.report()
    report_event(CheckFinished(report))
    return report


def unbegun_check(intake: Intake, network: Network, after_ms: float) -> Report:
    """Return the report of a check that was stopped before it began, so late in milliseconds.

    The person stopped the search for its servers: no side is known yet.
    """
    assignment = Assignment(
        intake, Credentials(), CheckOptions(), load_thresholds(), load_providers()
    )
    run = CheckRun(assignment, network, LEDGER, lambda _event: None)
    run.note_cancelled()
    return replace(run.report(), duration_ms=after_ms)
