"""What becomes of typed settings before anything is sent: cleaned values, hints and refusals."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.model.account import Account, AccountDraft, Cleaning, Field, Role, Server
from mailcheck_gui.model.finding import Finding, Message, Proof, Severity


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that nothing can be made of, with a clear sentence for its field."""

    role: Role
    field: Field
    sentence: Message


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence beside a field while typing; `fix` holds the values that its button sets.

    `code` is the finding that a check would report for the same slip.
    """

    code: str
    role: Role
    field: Field
    severity: Severity
    sentence: Message
    button: Message | None = None
    fix: tuple[tuple[Role, Field, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """Typed settings after cleaning.

    `account` is None where no side can be examined. `findings` are the input rules that need no
    network. `refusals` name the values that stop a side; the other side can still be checked.
    """

    draft: AccountDraft
    account: Account | None
    cleaned: tuple[Cleaning, ...] = ()
    findings: tuple[Finding, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A server that could replace a configured one.

    `proof` is what is already known of it (None: not examined yet). `may_sign_in` is False for a
    name that the person has not entered. `because` is the finding code behind it.
    """

    role: Role
    server: Server
    proof: Proof | None
    may_sign_in: bool
    because: str
    source: str = ""
