"""`mailcheck find`: an address in, proven settings and where they come from out."""

from __future__ import annotations

from collections.abc import Callable

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.cli.agreed import agreed_find_options
from mailcheck_gui.cli.arguments import Arguments
from mailcheck_gui.cli.console import complain, write_lines, write_out
from mailcheck_gui.cli.exit_status import ExitStatus, Unusable
from mailcheck_gui.cli.find_progress import find_progress_for
from mailcheck_gui.cli.interrupts import INTERRUPTS
from mailcheck_gui.diagnosis.hints import hints_for
from mailcheck_gui.diagnosis.mail_addresses import read_mail_address
from mailcheck_gui.engine.find import run_find
from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.account import AccountDraft
from mailcheck_gui.model.discovery import Discovery
from mailcheck_gui.network.seam import Network
from mailcheck_gui.reporting.find_json import discovery_to_json
from mailcheck_gui.reporting.find_text import discovery_lines
from mailcheck_gui.reporting.wording import Translate, say

_MISSPELT = "host-typo"


def find(arguments: Arguments, translate: Translate, network: Callable[[], Network]) -> ExitStatus:
    """Run one search and write what it found. Raises `Unusable`.

    A search has no verdict: its status is 0 whether it found something or not.
    """
    options = agreed_find_options(arguments)
    with INTERRUPTS.held():
        discovery = search(arguments.address or "", translate, network(), options)
        if arguments.json:
            write_out(discovery_to_json(discovery, translate) + "\n")
        else:
            write_lines(discovery_lines(discovery, translate))
    return ExitStatus.CANCELLED if discovery.cancelled else ExitStatus.FINE


def search(typed: str, translate: Translate, network: Network, options: FindOptions) -> Discovery:
    """Search for an address, with live lines. Raises `Unusable` where it is no address."""
    address = read_mail_address(typed)
    if address.problem is not None:
        raise Unusable(address.problem)
    _ask_whether_misspelt(address.email, translate)
    with find_progress_for(translate) as progress:
        return INTERRUPTS.run(run_find(address.email, network, progress.report, options))


def _ask_whether_misspelt(email: str, translate: Translate) -> None:
    """Point out a domain that is one slip away from a provider's."""
    for hint in hints_for(AccountDraft(email), load_providers()):
        if hint.code == _MISSPELT:
            complain(say(hint.sentence, translate))
