"""Everything that a judgement may rest on, gathered in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mailcheck_gui.diagnosis.intake import account_of
from mailcheck_gui.model.account import Account, Role
from mailcheck_gui.model.finding import Provider
from mailcheck_gui.model.intake import Intake
from mailcheck_gui.model.interceptor import Interceptor
from mailcheck_gui.model.observation import Observations
from mailcheck_gui.model.thresholds import Thresholds

_SMART_QUOTES = frozenset("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb")
_HARD_BLANKS = frozenset("\u00a0\u2007\u202f\u200b\ufeff")


@dataclass(frozen=True, slots=True)
class PasswordTraits:
    """What is odd about a password; never a character of it."""

    outer_blank: bool = False
    hard_blank: bool = False  # no-break space, zero-width space
    smart_quote: bool = False
    non_ascii: bool = False
    same_as_user: bool = False

    @property
    def suspicious(self) -> bool:
        """Whether any of it is a usual trace of copying, another keyboard or a wrong box."""
        copied = self.outer_blank or self.hard_blank or self.smart_quote
        return copied or self.non_ascii or self.same_as_user


def password_traits(secret: str, username: str = "") -> PasswordTraits:
    """Return what is odd about a password, so that rules need not see the password."""
    return PasswordTraits(
        outer_blank=secret != secret.strip(" \t"),
        hard_blank=any(character in _HARD_BLANKS for character in secret),
        smart_quote=any(character in _SMART_QUOTES for character in secret),
        non_ascii=not secret.isascii(),
        same_as_user=bool(username) and secret.strip() == username,
    )


@dataclass(frozen=True, slots=True)
class Passwords:
    """The traits of each side's password; None where none was given.

    `shared` is True where both sides have the same user name and password.
    """

    incoming: PasswordTraits | None = None
    outgoing: PasswordTraits | None = None
    shared: bool = False

    def of(self, role: Role) -> PasswordTraits | None:
        """Return the traits of one side."""
        return self.incoming if role is Role.INCOMING else self.outgoing


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity: what rules share is kept
class Case:
    """One run, as the rules see it. `controls` tells whether other servers could be asked.

    `providers` is the whole catalogue. `sign_in` and `neighbours` tell what the one who started
    the check allowed. `agreed_hosts` are A-label names, agreed to beyond those that were entered;
    `unconfirmed_hosts` stand in the settings without having been entered or agreed to.
    `interceptors` are all that are known.
    """

    intake: Intake
    observations: Observations
    thresholds: Thresholds
    providers: tuple[Provider, ...]
    now: datetime
    passwords: Passwords = field(default_factory=Passwords)
    sign_in: bool = True
    neighbours: bool = True
    cancelled: bool = False
    controls: bool = False
    agreed_hosts: frozenset[str] = frozenset()
    unconfirmed_hosts: frozenset[str] = frozenset()
    interceptors: tuple[Interceptor, ...] = ()

    @property
    def account(self) -> Account:
        """The cleaned account; without a side where nothing could be examined."""
        return account_of(self.intake)
