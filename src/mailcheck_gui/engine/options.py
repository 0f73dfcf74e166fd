"""How one check is to be run."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.model.report import Report


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Choices of the one who starts a check.

    `timeout` is the whole run in seconds (None: the threshold). `agreed_hosts` are A-label names
    that the person was asked about and agreed to, beyond those that were entered. `automatic` is
    True where no one pressed a button: then the pause between equal sign-ins holds. `previous` is
    set for a check right after Apply, with unchanged credentials: what the report tells of servers
    that stay as they were is taken over, and only the rest is examined.
    `unconfirmed_hosts` are A-label names that stand in the settings through a suggestion, without
    the person's yes: no credential goes there. `controls` allows to ask
    other people's servers for comparison where a port is silent: off until the person agreed.
    """

    sign_in: bool = True
    neighbours: bool = True
    timeout: float | None = None
    agreed_hosts: frozenset[str] = frozenset()
    unconfirmed_hosts: frozenset[str] = frozenset()
    automatic: bool = False
    previous: Report | None = None
    ask_issuers: bool = True
    controls: bool = False
