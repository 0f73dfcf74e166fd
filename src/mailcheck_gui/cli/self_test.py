"""`--self-test`: does this installation hold together? Touches no network but loopback."""

from __future__ import annotations

import asyncio

from mailcheck_gui import __version__
from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.cli.check import intake_of
from mailcheck_gui.cli.console import complain, write_out
from mailcheck_gui.cli.exit_status import ExitStatus
from mailcheck_gui.cli.practice import Practice
from mailcheck_gui.engine.check import run_check
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.reporting.wording import Translate, say, untranslated


def self_test(practice: Practice, translate: Translate) -> ExitStatus:
    """Load what ships with the program and check the first practice account for real."""
    load_thresholds()
    load_providers()
    report = asyncio.run(_checked(practice))
    if report.verdict is not Verdict.OK:
        found = message("The self-test ends with {verdict} in place of ok.", verdict=report.verdict)
        complain(say(found, translate))
        return ExitStatus.OUR_FAULT
    passed = message("Mailcheck {version} passed its self-test.", version=__version__)
    write_out(say(passed, translate) + "\n")
    return ExitStatus.FINE


async def _checked(practice: Practice) -> Report:
    account = practice.accounts[0]
    async with practice.open_network() as network:
        intake = intake_of(account.draft, untranslated)
        return await run_check(intake, account.credentials, network, lambda _: None)
