"""What is known of one account while it is open: settings, passwords in memory, Apply and Undo.

No widgets, no network: the page asks it what to check and tells it what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from mailcheck_gui.diagnosis.hosts import ascii_name
from mailcheck_gui.model.account import (
    SIDES,
    Account,
    AccountDraft,
    AuthMethod,
    Credential,
    Credentials,
    Role,
    Server,
    holds_control,
)
from mailcheck_gui.model.discovery import SettingsCandidate, Trust
from mailcheck_gui.model.finding import Change, Severity
from mailcheck_gui.model.pasted_address import HIDDEN
from mailcheck_gui.model.report import Report
from mailcheck_gui.storage.credentials import MemoryStore
from mailcheck_gui.storage.saved_account import (
    KeychainEntry,
    LastCheck,
    SavedAccount,
    new_account_id,
)
from mailcheck_gui.ui.drafts import hosts, is_practice, title_of, with_candidate, with_suggestion
from mailcheck_gui.ui.requests import ApplyRequest, FillRequest, ResultContext, TypedPasswords

_TYPED, _KEPT = "typed", "kept"
"""Where a password in memory came from: a field, or the keychain."""

_STILL_TRUE = timedelta(minutes=10)
"""So long after its start a report speaks for servers that Apply left as they were."""


@dataclass(frozen=True, slots=True)
class _Before:
    """What Undo goes back to."""

    draft: AccountDraft
    report: Report
    unconfirmed: tuple[str, ...]


class AccountSession:
    """One open account, saved or not. Passwords stay in `memory` until the window closes."""

    def __init__(self, memory: MemoryStore, saved: SavedAccount | None = None) -> None:
        self._memory = memory
        self.saved = saved
        self.id = saved.id if saved is not None else new_account_id()
        self.draft = saved.draft if saved is not None else AccountDraft()
        self.report: Report | None = None
        self.agreed: frozenset[str] = frozenset()
        self.unconfirmed: tuple[str, ...] = (
            tuple(ascii_name(host) for host in saved.unconfirmed) if saved is not None else ()
        )
        self.checked = saved.last_check if saved is not None else None
        self._applied: tuple[Change, ...] = ()
        self._before: _Before | None = None
        self._tried: AccountDraft | None = None
        self._used = Credentials()
        self._just_applied = False
        self._as_saved: AccountDraft | None = None

    # Names

    @property
    def title(self) -> str:
        """What the account is called, never its password; empty where nothing was typed."""
        title = title_of(self.draft, self.saved.name if self.saved is not None else "")
        return HIDDEN if title and title in map(self.secret, SIDES) else title

    @property
    def practice(self) -> bool:
        """Whether the settings lead to practice servers."""
        return is_practice(self.draft)

    def context(self, *, practice: bool) -> ResultContext:
        """Return what a result page needs to know beside the report."""
        return ResultContext(
            title=self.title,
            practice=practice,
            applied=self._applied,
            can_undo=self._before is not None,
            separate_passwords=not self.draft.same_credentials,
        )

    # Settings

    def show(self, draft: AccountDraft) -> None:
        """Take over the form's way of writing the same settings (a port that was left open)."""
        if self.saved is not None and self.draft == self.saved.draft:
            self._as_saved = draft
        self.draft = draft

    @property
    def matches_saved(self) -> bool:
        """Whether the settings are those that are saved."""
        return self.saved is not None and self.draft in (self.saved.draft, self._as_saved)

    def edit(self, draft: AccountDraft) -> None:
        """Take over what was typed; a change ends Undo, a host typed anew needs no question."""
        if draft == self.draft:
            return
        self.draft = draft
        self._before = None
        self._applied = ()
        self._just_applied = False
        typed = {ascii_name(host) for host in hosts(draft)}
        self.unconfirmed = tuple(host for host in self.unconfirmed if host in typed)

    def fill(self, request: FillRequest) -> None:
        """Take over settings that were found.

        A name that came over an unverified way waits for a yes, unless it was entered or agreed to
        before; one that came over a secure way was shown to the person, who pressed the button.
        """
        entered = {ascii_name(host) for host in hosts(self.draft)} - set(self.unconfirmed)
        self.edit(with_candidate(self.draft, request.candidate))
        secure = set(_hosts_of(request.candidate, Trust.SECURE))
        fresh = set(_hosts_of(request.candidate, Trust.UNVERIFIED)) - secure - entered - self.agreed
        kept = (host for host in self.unconfirmed if host not in secure)
        self.unconfirmed = tuple(dict.fromkeys((*kept, *sorted(fresh))))
        self.add_passwords(request.passwords)

    def apply(self, request: ApplyRequest) -> None:
        """Take over suggested values; Apply alone is no yes to a new host."""
        assert self.report is not None
        self._before = _Before(self.draft, self.report, self.unconfirmed)
        self._just_applied = True
        self._applied = _joined(self._applied, request.suggestion.changes)
        shared = self.secret(Role.OUTGOING)
        self.draft = with_suggestion(self.draft, request.suggestion)
        self._hold(Role.OUTGOING, _KEPT, shared)  # should sending have its own name from now on
        self.agreed |= request.agreed_hosts
        fresh = _hosts_without_yes(request)
        self.unconfirmed = tuple(dict.fromkeys((*self.unconfirmed, *fresh)))
        self.add_passwords(request.passwords)

    @property
    def can_undo(self) -> bool:
        """Whether Apply was the last change."""
        return self._before is not None

    def undo(self) -> None:
        """Go back to the settings and the report from before Apply."""
        if self._before is None:
            return
        before, self._before = self._before, None
        self._just_applied = False
        self.draft, self.report = before.draft, before.report
        self.unconfirmed = before.unconfirmed
        self._applied = ()

    # Passwords

    def _entry(self, role: Role, origin: str) -> KeychainEntry:
        return KeychainEntry.of(self.id, role, origin)

    def _hold(self, role: Role, origin: str, secret: str) -> None:
        if secret:
            self._memory.write(self._entry(role, origin), secret)
        else:
            self._memory.delete(self._entry(role, origin))

    def _held(self, role: Role, origin: str) -> str:
        return self._memory.read(self._entry(role, origin)).secret or ""

    def remember(self, typed: TypedPasswords) -> None:
        """Keep what stands in the password fields until the window closes."""
        for role in SIDES:
            self._hold(role, _TYPED, typed.of(role))

    def add_passwords(self, typed: TypedPasswords) -> None:
        """Keep passwords typed elsewhere; an empty one leaves what is known."""
        for role in SIDES:
            if typed.of(role):
                self._hold(role, _TYPED, typed.of(role))

    def typed_passwords(self) -> TypedPasswords:
        """Return what was typed, for the password fields."""
        return TypedPasswords(self._held(Role.INCOMING, _TYPED), self._held(Role.OUTGOING, _TYPED))

    def forget_passwords(self) -> None:
        """Forget what memory holds."""
        for role in SIDES:
            self._hold(role, _TYPED, "")
            self._hold(role, _KEPT, "")
        self._used = Credentials()

    def secret(self, role: Role) -> str:
        """Return the password of a side, empty where none is known; a typed one comes first."""
        own = self._held(role, _TYPED) or self._held(role, _KEPT)
        if own or not self.draft.same_credentials:
            return own
        other = Role.OUTGOING if role is Role.INCOMING else Role.INCOMING
        return self._held(other, _TYPED) or self._held(other, _KEPT)

    def unread_entries(self) -> tuple[KeychainEntry, ...]:
        """Return the keychain entries whose password is not in memory yet."""
        entries = self.saved.keychain if self.saved is not None else ()
        return tuple(entry for entry in entries if not self.secret(entry.role))

    def take_secret(self, entry: KeychainEntry, secret: str) -> None:
        """Keep what the keychain gave."""
        self._hold(entry.role, _KEPT, secret)

    def credentials(self, account: Account) -> Credentials:
        """Return what may be used: nothing for a host that is still to be agreed to."""
        found = {role: self._credential(role, server) for role, server in account.sides()}
        return Credentials(found.get(Role.INCOMING), found.get(Role.OUTGOING))

    def _credential(self, role: Role, server: Server) -> Credential | None:
        secret = self.secret(role)
        if not secret or server.auth is AuthMethod.NONE or self._is_open(server):
            return None
        if holds_control(secret):  # no protocol carries it; it may have come from the keychain
            return None
        return Credential(server.username, secret)

    def _is_open(self, server: Server) -> bool:
        """Whether a host waits for a yes; so does one that the present settings do not name."""
        host = server.ascii_host
        typed = {ascii_name(each) for each in hosts(self.draft)}
        return host in self.unconfirmed or host not in typed | self.agreed

    def hosts_to_ask(self, account: Account) -> tuple[str, ...]:
        """Return the hosts that a known password would go to, but for want of a yes."""
        asked = [
            server.host
            for role, server in account.sides()
            if self._is_open(server) and self.secret(role) and server.auth is not AuthMethod.NONE
        ]
        return tuple(dict.fromkeys(asked))

    def agree(self, hosts: tuple[str, ...]) -> None:
        """Note the yes to sending the password to these hosts, which are those that were asked."""
        agreed = {ascii_name(host) for host in hosts}
        self.agreed |= agreed
        self.unconfirmed = tuple(host for host in self.unconfirmed if host not in agreed)

    # Results

    def begin(self, account: Account, credentials: Credentials) -> Report | None:
        """Note that the present settings are being checked.

        Returns the report from before Apply where it still tells the truth of the servers that
        stay as they were, so that only the others need to be examined.
        """
        previous = self._previous(account, credentials)
        self._tried, self._used, self._just_applied = self.draft, credentials, False
        return previous

    def _previous(self, account: Account, credentials: Credentials) -> Report | None:
        if not self._just_applied or self._before is None:
            return None
        report = self._before.report
        same = [role for role, server in account.sides() if report.account.server(role) == server]
        if any(credentials.of(role) != self._used.of(role) for role in same):
            return None
        return report if datetime.now(UTC) - report.started < _STILL_TRUE else None

    def look_afresh(self) -> None:
        """Let the next check examine everything: it goes to other servers than the one before."""
        self._just_applied = False

    def take_report(self, report: Report) -> None:
        """Keep a finished report; a cancelled one says nothing about the account's state."""
        self.report = report
        if not report.cancelled:
            self.checked = last_check(report)

    def to_save(self, name: str = "") -> SavedAccount:
        """Return the account as it is to be saved now."""
        known = self.saved or SavedAccount(self.id, name or self.title, self.draft)
        checked = self.checked if self._tried in (None, self.draft) else known.last_check
        return replace(known, draft=self.draft, last_check=checked, unconfirmed=self.unconfirmed)


def last_check(report: Report) -> LastCheck:
    """Return what is remembered of a report."""
    from mailcheck_gui.reporting.headline import headline

    errors = [found for found in report.findings if found.severity is Severity.ERROR]
    broken = tuple(role for role in SIDES if any(found.role is role for found in errors))
    return LastCheck(report.verdict, report.started, broken, headline(report).body)


def _joined(old: tuple[Change, ...], new: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return all changes since the person last typed; the newest of each field counts."""
    changed = {(change.role, change.field) for change in new}
    kept = (change for change in old if (change.role, change.field) not in changed)
    return (*kept, *new)


def _hosts_of(candidate: SettingsCandidate, trust: Trust) -> tuple[str, ...]:
    """Return the A-labels of the servers that were learnt in a way of this trust.

    The form keeps the readable name and encodes it once more: what comes of that counts as well.
    """
    servers = {role: candidate.server(role) for role in SIDES}
    return tuple(
        host
        for role, server in servers.items()
        if server is not None and candidate.origin(role).trust is trust
        for host in dict.fromkeys((server.ascii_host, ascii_name(server.host)))
    )


def _hosts_without_yes(request: ApplyRequest) -> tuple[str, ...]:
    sides = (request.suggestion.side(role) for role in SIDES)
    servers = (side.server for side in sides if side.needs_consent and side.server)
    return tuple(s.ascii_host for s in servers if s.ascii_host not in request.agreed_hosts)
