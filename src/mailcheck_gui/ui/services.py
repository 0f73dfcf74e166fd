"""What the pages need from outside, put together once by the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck_gui.engine.find_options import FindOptions

if TYPE_CHECKING:
    from mailcheck_gui.engine.options import CheckOptions
    from mailcheck_gui.model.account import Credentials
    from mailcheck_gui.model.discovery import FindFinished
    from mailcheck_gui.model.event import CheckFinished
    from mailcheck_gui.model.finding import Provider
    from mailcheck_gui.model.intake import Intake
    from mailcheck_gui.model.message_trip import TripFinished
    from mailcheck_gui.network.seam import Network
    from mailcheck_gui.storage.credentials import CredentialStore, MemoryStore
    from mailcheck_gui.ui.account_book import AccountBook
    from mailcheck_gui.ui.engine_thread import EngineJob, ReportEvent

MakeNetwork = Callable[[], "Network"]


@dataclass(frozen=True, slots=True)
class Services:
    """Stores, catalogue and networks. The callables are called late, so the window opens fast.

    `may_ask_controls` tells whether the person allows comparison with other people's servers,
    `find_options` what a search for settings may tell.
    `network` and `practice_network` are called in the thread of a run; `practice_network`
    starts the practice servers where they are not running yet.
    """

    book: AccountBook
    keychain: CredentialStore
    memory: MemoryStore
    providers: Callable[[], tuple[Provider, ...]]
    network: MakeNetwork
    practice_network: MakeNetwork
    may_ask_controls: Callable[[], bool] = bool
    find_options: Callable[[], FindOptions] = FindOptions


def check_job(
    intake: Intake,
    credentials: Credentials,
    network: MakeNetwork,
    options: CheckOptions,
) -> EngineJob:
    """Return the engine with everything bound; it is imported in the thread that runs it."""

    async def job(tell: ReportEvent) -> CheckFinished:
        from mailcheck_gui.engine.check import run_check
        from mailcheck_gui.model.event import CheckFinished

        return CheckFinished(await run_check(intake, credentials, network(), tell, options))

    return job


def trip_job(
    intake: Intake,
    credentials: Credentials,
    network: MakeNetwork,
    options: CheckOptions,
) -> EngineJob:
    """Return the trip of a test message; imported in the thread that runs it."""

    async def job(tell: ReportEvent) -> TripFinished:
        from mailcheck_gui.engine.message_trip import run_message_trip
        from mailcheck_gui.model.message_trip import TripFinished

        trip = await run_message_trip(intake, credentials, network(), tell, options)
        return TripFinished(trip)

    return job


def find_job(email: str, network: MakeNetwork, options: FindOptions) -> EngineJob:
    """Return a search for the settings of an address; imported in the thread that runs it."""

    async def job(tell: ReportEvent) -> FindFinished:
        from mailcheck_gui.engine.find import run_find
        from mailcheck_gui.model.discovery import FindFinished

        return FindFinished(await run_find(email, network(), tell, options))

    return job
