"""What the settings table shows, worked out from a report: one row for each field of a side."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from mailcheck_gui.model.account import Field, Role, Server
from mailcheck_gui.model.finding import Change, Proof, Severity
from mailcheck_gui.model.report import Report
from mailcheck_gui.reporting.wording import ENCRYPTION, PROTOCOLS, SIGN_IN
from mailcheck_gui.ui.server_words import field_text, value_texts
from mailcheck_gui.ui.translation import translate_message

_FIELDS = (
    Field.PROTOCOL,
    Field.HOST,
    Field.PORT,
    Field.SECURITY,
    Field.USERNAME,
    Field.AUTH,
)
_ONLY_WHEN_CHANGED = frozenset({Field.PROTOCOL})


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One field. `severity` is set where the value changes: how much the old one matters."""

    field: Field
    name: str
    yours: str
    suggested: str
    severity: Severity | None = None
    proof: Proof | None = None

    @property
    def changed(self) -> bool:
        """Whether another value is suggested."""
        return self.severity is not None


@dataclass(frozen=True, slots=True)
class SideRows:
    """One side that changes."""

    role: Role
    server: Server
    proof: Proof | None
    source: str
    rows: tuple[SettingRow, ...]


def changed_sides(report: Report) -> tuple[SideRows, ...]:
    """Return the sides that should change, incoming first."""
    roles = (Role.INCOMING, Role.OUTGOING)
    sides = [report.suggestion.side(role) for role in roles]
    several = sum(bool(side.changes) for side in sides) > 1
    return tuple(
        SideRows(
            role,
            side.server,
            side.proof,
            side.source,
            _rows(report, role, side.server, _hidden_when_same(several=several)),
        )
        for role, side in zip(roles, sides, strict=True)
        if side.changes and side.server is not None
    )


def _hidden_when_same(*, several: bool) -> frozenset[Field]:
    return _ONLY_WHEN_CHANGED | {Field.AUTH} if several else _ONLY_WHEN_CHANGED


def _rows(
    report: Report, role: Role, suggested: Server, hidden: frozenset[Field]
) -> tuple[SettingRow, ...]:
    changes = {change.field: change for change in report.suggestion.side(role).changes}
    typed = report.account.server(role)
    yours = value_texts(typed) if typed is not None else {}
    theirs = value_texts(suggested)
    return tuple(
        _row(report, role, field, changes.get(field), yours.get(field), theirs[field])
        for field in _FIELDS
        if field in changes or field not in hidden
    )


def _row(
    report: Report,
    role: Role,
    field: Field,
    change: Change | None,
    yours: str | None,
    suggested: str,
) -> SettingRow:
    name = field_text(field)
    if change is None:
        same = _same_as_incoming(report, role, field)
        words = QCoreApplication.translate("SettingsTable", "same as incoming mail")
        shown = words if same else suggested
        return SettingRow(field, name, shown if yours is not None else "", shown)
    typed = change_text(field, change.typed) if yours is None else yours
    return SettingRow(field, name, typed, suggested, _severity(report, change), change.proof)


def _same_as_incoming(report: Report, role: Role, field: Field) -> bool:
    account = report.account
    return (
        field is Field.USERNAME
        and role is Role.OUTGOING
        and account.same_credentials
        and account.incoming is not None
    )


def _severity(report: Report, change: Change) -> Severity:
    for finding in report.findings:
        if finding.code == change.because and finding.role in (change.role, Role.ACCOUNT):
            return finding.severity
    return Severity.ERROR


def change_text(field: Field, value: str) -> str:
    """Return a value of a settings file as the form shows it."""
    words = {str(security): message for security, message in ENCRYPTION.items()}
    if field is Field.AUTH:
        words = {str(auth): message for auth, message in SIGN_IN.items()}
    if field in (Field.SECURITY, Field.AUTH) and value in words:
        return translate_message(words[value])
    if field is Field.PROTOCOL:
        return {str(protocol): name for protocol, name in PROTOCOLS.items()}.get(value, value)
    return value
