"""Arguments to terminal or window: where the parts of each program are put together."""

from __future__ import annotations

import gc
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck_gui.cli.practice import Practice
    from mailcheck_gui.network.seam import Network

_SWITCH_SECONDS = 0.0005
"""How long a thread of the terminal program may keep the others waiting. Python's own 5 ms would
hold up answers that have come, each time another thread computes."""

_TERMINAL_COMMANDS = frozenset({"check", "explain", "find", "ports", "practice", "send-test"})


def terminal_main() -> int:
    """Run the terminal program `mailcheck`; no Qt is imported.

    Ctrl+C while it loads stops it as one later does. Once its status is known, none changes that.
    """
    try:
        from mailcheck_gui.cli.interrupts import INTERRUPTS

        INTERRUPTS.install()
        from mailcheck_gui.cli.main import main

        sys.setswitchinterval(_SWITCH_SECONDS)
        return main(sys.argv[1:], _system_network, _practice)
    except KeyboardInterrupt:
        return _stopped()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stopped() -> int:
    """Say so without a part that may not be loaded; the status is `ExitStatus.CANCELLED`."""
    if sys.stderr is not None:
        sys.stderr.write("mailcheck: Stopped.\n")
    return 130


def window_main() -> int:
    """Run the window program `mailcheck-gui`.

    Nothing that loading makes is garbage: it is collected again once the window is painted.
    """
    gc.disable()
    try:
        from mailcheck_gui.ui.module_sources import leave_sources_unread

        leave_sources_unread()
        from mailcheck_gui.app import main
    except ImportError as error:
        return _cannot_start(error)
    return main(sys.argv[1:])


def _cannot_start(error: ImportError) -> int:
    """Say which part is missing: a library of the system that Qt links, or a module."""
    missing = str(error).partition(":")[0]
    if sys.stderr is not None:  # a window program on Windows has none
        sys.stderr.write(
            f"mailcheck-gui: The window needs a part that is missing here: {missing}.\n"
        )
    return 3


def _system_network() -> Network:
    from mailcheck_gui.network.system import SystemNetwork

    return SystemNetwork()


def _practice() -> Practice:
    from mailcheck_gui.cli.practice import Practice
    from mailcheck_gui.practice import practice_accounts, practice_network

    return Practice(practice_accounts(), practice_network)


if __name__ == "__main__":
    wants_terminal = not _TERMINAL_COMMANDS.isdisjoint(sys.argv[1:2])
    sys.exit(terminal_main() if wants_terminal else window_main())
