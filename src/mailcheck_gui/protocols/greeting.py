"""Which protocol a first line belongs to."""

from __future__ import annotations

from mailcheck_gui.model.observation import Spoken


def recognise(raw: bytes) -> Spoken:
    """Return the protocol whose server greets with these bytes (they may be incomplete)."""
    raise NotImplementedError
