"""`mailcheck practice`: the real check, on practice servers that the caller brings along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol as Interface

from mailcheck_gui.cli.check import intake_of
from mailcheck_gui.cli.console import write_lines
from mailcheck_gui.cli.exit_status import ExitStatus, Unusable, status_of
from mailcheck_gui.cli.interrupts import INTERRUPTS
from mailcheck_gui.cli.live_lines import LiveLines
from mailcheck_gui.cli.progress import progress_for
from mailcheck_gui.engine.check import run_check
from mailcheck_gui.model.account import AccountDraft, Credentials
from mailcheck_gui.model.event import CheckEvent
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.intake import Intake
from mailcheck_gui.model.pasted_address import without_pasted_secrets
from mailcheck_gui.model.report import Report
from mailcheck_gui.network.seam import Network
from mailcheck_gui.reporting.text_report import Line, Tone, report_lines, wrapped
from mailcheck_gui.reporting.wording import Translate, say


class PracticeAccount(Interface):
    """What this face needs of a practice account."""

    @property
    def id(self) -> str:
        """The name on the command line."""

    @property
    def name(self) -> Message:
        """The name for people."""

    @property
    def description(self) -> Message:
        """One sentence on what is wrong."""

    @property
    def draft(self) -> AccountDraft:
        """The settings."""

    @property
    def credentials(self) -> Credentials:
        """The user name and password."""


@dataclass(frozen=True, slots=True)
class Practice:
    """The practice accounts, and how to start the servers they are for."""

    accounts: Sequence[PracticeAccount]
    open_network: Callable[[], AbstractAsyncContextManager[Network]]


def practise(name: str | None, translate: Translate, practice: Practice) -> ExitStatus:
    """Check one practice account, or all, and write the reports. Raises `Unusable`."""
    lines: list[Line] = []
    status = ExitStatus.FINE
    with INTERRUPTS.held():
        for account in _chosen(name, practice.accounts):
            try:
                report = _report(account, translate, practice)
            except KeyboardInterrupt:  # its check had not begun: the reports before it are there
                if not lines:
                    raise
                status = ExitStatus.CANCELLED
                break
            lines += [*([Line()] if lines else []), *_lines(account, report, translate)]
            status = max(status, status_of(report))
            if report.cancelled:
                break
        write_lines(lines)  # at the end: a fault of our own leaves standard output empty
    return status


def _report(account: PracticeAccount, translate: Translate, practice: Practice) -> Report:
    intake = intake_of(account.draft, translate)
    with progress_for(translate) as progress:
        return INTERRUPTS.run(_run(intake, account, practice, progress))


def _chosen(name: str | None, accounts: Sequence[PracticeAccount]) -> Sequence[PracticeAccount]:
    if name is None:
        return accounts
    wanted = name.casefold()
    for account in accounts:
        if wanted in (account.id, account.name.english().casefold()):
            return [account]
    raise Unusable(
        message(
            "There is no practice account called {name}. There are: {known}.",
            name=without_pasted_secrets(name),
            known=", ".join(account.id for account in accounts),
        )
    )


async def _run(
    intake: Intake, account: PracticeAccount, practice: Practice, progress: LiveLines[CheckEvent]
) -> Report:
    async with practice.open_network() as network:
        return await run_check(intake, account.credentials, network, progress.report)


def _lines(account: PracticeAccount, report: Report, translate: Translate) -> list[Line]:
    title = f"{say(account.name, translate)} ({account.id})"
    story = wrapped(say(account.description, translate))
    return [Line(title, Tone.HEADING), *story, Line(), *report_lines(report, translate)]
