"""Typed settings and what is done to them: fixes of hints, suggestions, practice. No widgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailcheck_gui.diagnosis.addresses import domain_of, tidy_email
from mailcheck_gui.diagnosis.hosts import ascii_name
from mailcheck_gui.model.account import (
    SIDES,
    AccountDraft,
    AuthMethod,
    Field,
    Protocol,
    Role,
    Security,
    Server,
    ServerDraft,
)
from mailcheck_gui.model.discovery import SettingsCandidate
from mailcheck_gui.model.finding import SideStatus, SideSuggestion, Suggestion
from mailcheck_gui.model.pasted_address import email_without_secrets, without_pasted_secrets

PRACTICE_SUFFIX = ".practice.example"
"""Hosts that exist only in practice mode; `example` is never registered (RFC 2606)."""


def side_of(draft: AccountDraft, role: Role) -> ServerDraft | None:
    """Return one side of a draft."""
    return draft.incoming if role is Role.INCOMING else draft.outgoing


def empty_side(role: Role) -> ServerDraft:
    """Return a side in which nothing was typed."""
    return ServerDraft(Protocol.IMAP if role is Role.INCOMING else Protocol.SMTP)


def with_side(draft: AccountDraft, role: Role, side: ServerDraft | None) -> AccountDraft:
    """Return the draft with another side."""
    if role is Role.INCOMING:
        return replace(draft, incoming=side)
    return replace(draft, outgoing=side)


def _with_value(side: ServerDraft, field: Field, value: str) -> ServerDraft:
    match field:
        case Field.PROTOCOL:
            return replace(side, protocol=Protocol(value))
        case Field.SECURITY:
            return replace(side, security=Security(value))
        case Field.AUTH:
            return replace(side, auth=AuthMethod(value))
        case Field.HOST:
            return replace(side, host=value)
        case Field.PORT:
            return replace(side, port=value)
        case Field.USERNAME:
            return replace(side, username=value)
        case Field.EMAIL | Field.PASSWORD:
            raise ValueError(field)


def with_fix(draft: AccountDraft, fix: Iterable[tuple[Role, Field, str]]) -> AccountDraft:
    """Return the draft with the values that a hint's button sets."""
    for role, field, value in fix:
        if field is Field.EMAIL:
            draft = replace(draft, email=value)
        else:
            side = side_of(draft, role) or empty_side(role)
            draft = with_side(draft, role, _with_value(side, field, value))
    return draft


def _server_value(server: Server, field: Field) -> str:
    match field:
        case Field.PROTOCOL:
            return server.protocol.value
        case Field.SECURITY:
            return server.security.value
        case Field.AUTH:
            return server.auth.value
        case Field.HOST:
            return server.host
        case Field.PORT:
            return str(server.port)
        case Field.USERNAME:
            return server.username
        case Field.EMAIL | Field.PASSWORD:
            raise ValueError(field)


_SERVER_FIELDS = (
    Field.PROTOCOL,
    Field.HOST,
    Field.PORT,
    Field.SECURITY,
    Field.AUTH,
    Field.USERNAME,
)


def _changed_fields(side: ServerDraft | None, suggested: SideSuggestion) -> tuple[Field, ...]:
    """The fields to take over; all of them where the side was not given at all.

    Port and encryption go together, also where the draft left one of them open.
    """
    if side is None:
        return _SERVER_FIELDS
    changed = {change.field for change in suggested.changes}
    if changed & {Field.PROTOCOL, Field.PORT, Field.SECURITY}:
        changed |= {Field.PORT, Field.SECURITY}
    return tuple(field for field in _SERVER_FIELDS if field in changed)


def with_suggestion(draft: AccountDraft, suggestion: Suggestion) -> AccountDraft:
    """Return the draft with the suggested values; what needs no change stays as it was typed."""
    for role in SIDES:
        suggested = suggestion.side(role)
        server = suggested.server
        if suggested.status is not SideStatus.CHANGE or server is None:
            continue
        fields = _changed_fields(side_of(draft, role), suggested)
        draft = with_fix(draft, [(role, field, _server_value(server, field)) for field in fields])
        if role is Role.OUTGOING and Field.USERNAME in fields:
            draft = replace(draft, same_credentials=_same_user(draft))
    return draft


def _same_user(draft: AccountDraft) -> bool:
    """Whether sending still has the user name of receiving after a change of its own."""
    incoming, outgoing = draft.incoming, draft.outgoing
    if incoming is None or outgoing is None:
        return draft.same_credentials
    return draft.same_credentials and outgoing.username in ("", incoming.username)


def with_candidate(draft: AccountDraft, candidate: SettingsCandidate) -> AccountDraft:
    """Return the draft with the servers that were found; a side that was not found stays."""
    for role in SIDES:
        server = candidate.server(role)
        if server is not None:
            fix = [(role, field, _server_value(server, field)) for field in _SERVER_FIELDS]
            draft = with_fix(draft, fix)
    return replace(draft, same_credentials=_same_user(replace(draft, same_credentials=True)))


def hosts(draft: AccountDraft) -> tuple[str, ...]:
    """Return the typed hosts without surrounding blanks, each once, incoming first."""
    typed = (side.host.strip() for side in (draft.incoming, draft.outgoing) if side)
    return tuple(dict.fromkeys(host for host in typed if host))


def is_practice(draft: AccountDraft) -> bool:
    """Return whether address or server, as they are read, are of practice: nothing is real then."""
    if domain_of(tidy_email(draft.email)) == PRACTICE_SUFFIX[1:]:
        return True
    return any(ascii_name(host).endswith(PRACTICE_SUFFIX) for host in hosts(draft))


def title_of(draft: AccountDraft, name: str = "") -> str:
    """Return what an account is called: its name, else its address, else its first host."""
    host = next(iter(hosts(draft)), "")
    typed = email_without_secrets(draft.email.strip()) or without_pasted_secrets(host)
    return name or draft.name or typed
