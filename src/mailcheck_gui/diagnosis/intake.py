"""Typed settings in, cleaned settings out: refusals and findings that need no network."""

from __future__ import annotations

from mailcheck_gui.model.account import AccountDraft
from mailcheck_gui.model.finding import Provider
from mailcheck_gui.model.intake import Intake


def take_in(draft: AccountDraft, providers: tuple[Provider, ...]) -> Intake:
    """Clean typed settings, and name every value that nothing can be made of."""
    raise NotImplementedError


def can_be_checked(intake: Intake, providers: tuple[Provider, ...]) -> bool:
    """Whether a report can be made: a side can be examined, or the catalogue knows its servers."""
    raise NotImplementedError
