"""What the form says while someone types, before anything is sent."""

from __future__ import annotations

from mailcheck_gui.model.account import AccountDraft
from mailcheck_gui.model.finding import Provider
from mailcheck_gui.model.intake import Hint


def hints_for(draft: AccountDraft, providers: tuple[Provider, ...]) -> tuple[Hint, ...]:
    """Return the hints for every field, most serious first within a field."""
    raise NotImplementedError
