"""Remedies that several rules share: the strongest port that was proven on the same server."""

from __future__ import annotations

from mailcheck_gui.diagnosis.proven import alternatives
from mailcheck_gui.diagnosis.sides import Side
from mailcheck_gui.diagnosis.texts.encryption import (
    USE_IMPLICIT,
    USE_IMPLICIT_OR_STARTTLS,
    USE_STARTTLS,
)
from mailcheck_gui.model.account import Security
from mailcheck_gui.model.finding import Message


def proven_way(side: Side, *, starttls_here: bool = False) -> Message | None:
    """Return what to set instead, or None where nothing else was proven on this server.

    `starttls_here` adds that STARTTLS on the configured port does as well.
    """
    others = alternatives(side)
    if not others:
        return None
    best = others[0].server
    if best.security is Security.IMPLICIT_TLS:
        text = USE_IMPLICIT_OR_STARTTLS if starttls_here else USE_IMPLICIT
    elif best.port == side.server.port:
        return None  # the rule's own remedy says so in better words
    else:
        text = USE_STARTTLS
    return text.with_values({"better": best.port, "port": side.server.port})
