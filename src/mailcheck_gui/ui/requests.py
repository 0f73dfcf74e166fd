"""What the pages ask of the window: frozen payloads of their signals, and what a page is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailcheck_gui.model.account import Role
from mailcheck_gui.model.discovery import SettingsCandidate
from mailcheck_gui.model.finding import Change, Suggestion


@dataclass(frozen=True, slots=True)
class TypedPasswords:
    """Passwords typed on a result page. Never shown: `repr` hides them.

    An empty text means that nothing was typed; what is already known then stays.
    """

    incoming: str = field(default="", repr=False)
    outgoing: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.incoming or self.outgoing)

    def of(self, role: Role) -> str:
        """Return what was typed for one side."""
        return self.incoming if role is Role.INCOMING else self.outgoing


@dataclass(frozen=True, slots=True)
class ApplyRequest:
    """Put the suggested values into the form and check again.

    `agreed_hosts` are A-label names which the person has not entered, was asked about, and agreed
    to send the password to. It is empty where nothing had to be asked or where the answer was to
    check without the password.
    """

    suggestion: Suggestion
    agreed_hosts: frozenset[str] = frozenset()
    passwords: TypedPasswords = TypedPasswords()


@dataclass(frozen=True, slots=True)
class FillRequest:
    """Put the settings that were found into the form, and check them unless told otherwise.

    Pressing the button is no yes to a server name that came over an unverified way.
    """

    candidate: SettingsCandidate
    passwords: TypedPasswords = TypedPasswords()
    check: bool = True


@dataclass(frozen=True, slots=True)
class ResultContext:
    """What the window knows about a report's account beyond the report itself.

    `applied` are the changes that Apply made since the person last typed: the mail program still
    has the old values. `separate_passwords` is True where sending has a password of its own.
    """

    title: str
    practice: bool = False
    applied: tuple[Change, ...] = ()
    can_undo: bool = False
    separate_passwords: bool = False
