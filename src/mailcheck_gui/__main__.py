"""Arguments to terminal or window: where the parts of each program are put together."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck_gui.cli.practice import Practice
    from mailcheck_gui.network.seam import Network

_TERMINAL_COMMANDS = frozenset({"check", "ports", "practice"})


def terminal_main() -> int:
    """Run the terminal program `mailcheck`; no Qt is imported."""
    from mailcheck_gui.cli.main import main

    return main(sys.argv[1:], _system_network, _practice)


def window_main() -> int:
    """Run the window program `mailcheck-gui`."""
    from mailcheck_gui.app import main

    return main(sys.argv[1:])


def _system_network() -> Network:
    from mailcheck_gui.network.system import SystemNetwork

    return SystemNetwork()


def _practice() -> Practice:
    from mailcheck_gui.cli.practice import Practice
    from mailcheck_gui.practice import practice_accounts

    return Practice(practice_accounts(), _practice_network)


@asynccontextmanager
async def _practice_network() -> AsyncIterator[Network]:
    from mailcheck_gui.practice import PRACTICE_HOSTS, PracticeNetwork, PracticeServers

    async with PracticeServers(PRACTICE_HOSTS) as servers:
        yield PracticeNetwork(servers)


if __name__ == "__main__":
    wants_terminal = not _TERMINAL_COMMANDS.isdisjoint(sys.argv[1:2])
    sys.exit(terminal_main() if wants_terminal else window_main())
