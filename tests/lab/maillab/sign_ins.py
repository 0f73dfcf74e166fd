"""Who signed in where, from the servers' own logs."""

from __future__ import annotations

import re
from collections import Counter

from maillab.handle import Lab
from maillab.hosts import places

_DOVECOT = re.compile(r"client passdb out: (?:OK|FAIL)\t\d+\tuser=([^\t\n]+)")
_EXIM = re.compile(r"sign-in user=(\S+)")
_SCRIPTED = re.compile(r"sign-in protocol=(\w+) user=(\S+)")

_CHECKERS = frozenset(
    f"dovecot-{entry.host.label}"
    for entry in places()
    if entry.host.dovecot and entry.host.dovecot.for_postfix
)
"""Folders of those who check passwords for Postfix: what they log are sign-ins for sending."""


def attempts(lab: Lab, user: str) -> Counter[str]:
    """Return how often a user tried to sign in, by side ("incoming", "outgoing")."""
    found: Counter[str] = Counter()
    for path in lab.inside(".").glob("dovecot-*/log"):
        sending = path.parent.name in _CHECKERS
        users = _DOVECOT.findall(path.read_text("utf-8", "replace"))
        found["outgoing" if sending else "incoming"] += users.count(user)
    for path in lab.inside(".").glob("exim-*/log/mainlog"):
        found["outgoing"] += _EXIM.findall(path.read_text("utf-8", "replace")).count(user)
    scripted = lab.inside("logs/scripted.log").read_text("utf-8", "replace")
    for protocol, name in _SCRIPTED.findall(scripted):
        found["outgoing" if protocol == "smtp" else "incoming"] += name == user
    return found
