"""What the form says while someone types, before anything is sent.

The same readers, names and catalogue questions as in the rules; a hint carries the code of the
finding that a check would report.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.catalogue.match import domain_slips, provider_of_domain
from mailcheck_gui.diagnosis.addresses import (
    domain_of,
    local_part_of,
    tidy_email,
    tidy_text,
)
from mailcheck_gui.diagnosis.hints_host import host_hints
from mailcheck_gui.diagnosis.hints_port import port_hints, swap_hints
from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.diagnosis.intake import provider_of_typed, username_refusal
from mailcheck_gui.diagnosis.mail_addresses import refusal_of
from mailcheck_gui.diagnosis.rules.typed import username_in_form
from mailcheck_gui.diagnosis.texts import hints as words
from mailcheck_gui.model.account import AccountDraft, Field, Role, ServerDraft
from mailcheck_gui.model.finding import Message, Provider, Severity
from mailcheck_gui.model.intake import Hint

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def hints_for(draft: AccountDraft, providers: tuple[Provider, ...]) -> tuple[Hint, ...]:
    """Return the hints for every field, most serious first within a field.

    An empty box is not yet a mistake, so it brings no hint. Quick enough for every key press.
    """
    refusal = refusal_of(draft.email)
    email = "" if refusal is not None else tidy_email(draft.email)
    found = list(_email_hints(email, refusal, providers))
    swapped = tuple(swap_hints(draft))
    found.extend(swapped)
    for role, side in ((Role.INCOMING, draft.incoming), (Role.OUTGOING, draft.outgoing)):
        if side is not None:
            found.extend(host_hints(role, side, email, providers))
            found.extend(() if swapped else port_hints(role, side))
            found.extend(_username_hints(role, side, email, providers))
    found.sort(key=lambda hint: _SEVERITIES.index(hint.severity))
    return tuple(found)


def _email_hints(
    email: str, refusal: Message | None, providers: tuple[Provider, ...]
) -> Iterator[Hint]:
    if refusal is not None:
        yield _email_hint("email-invalid", Severity.ERROR, refusal)
        return
    domain = domain_of(email)
    provider = provider_of_domain(providers, domain)
    if provider is None:
        yield from _domain_typo(email, domain, providers)
    elif provider.unsupported:
        yield _email_hint("provider-unsupported", Severity.WARNING, Message(provider.unsupported))
    elif provider.preparation:
        first = provider.preparation[0]
        yield _email_hint("provider-needs-preparation", Severity.INFO, Message(first.text))


def _domain_typo(email: str, domain: str, providers: tuple[Provider, ...]) -> Iterator[Hint]:
    near = domain_slips(providers, domain)
    if domain and near:
        meant = f"{local_part_of(email)}@{near[0]}"
        yield Hint(
            "host-typo",
            Role.ACCOUNT,
            Field.EMAIL,
            Severity.WARNING,
            words.DID_YOU_MEAN.with_values({"near": meant}),
            words.USE_VALUE.with_values({"value": near[0]}),
            ((Role.ACCOUNT, Field.EMAIL, meant),),
        )


def _email_hint(code: str, severity: Severity, sentence: Message) -> Hint:
    return Hint(code, Role.ACCOUNT, Field.EMAIL, severity, sentence)


def _username_hints(
    role: Role, side: ServerDraft, email: str, providers: tuple[Provider, ...]
) -> Iterator[Hint]:
    username = tidy_text(side.username)
    refusal = username_refusal(username)
    if refusal is not None:
        yield Hint("username-invalid", role, Field.USERNAME, Severity.ERROR, refusal)
        return
    provider = provider_of_domain(providers, domain_of(email))
    provider = provider or provider_of_typed(read_host(side.host).ascii_host, providers)
    if provider is None or not username or "@" not in email:
        return
    other = username_in_form(provider, side.protocol, username, email)
    if other:
        sentence = words.USERNAME_FULL if "@" in other else words.USERNAME_LOCAL
        yield Hint(
            "username-incomplete",
            role,
            Field.USERNAME,
            Severity.WARNING if "@" in other else Severity.INFO,
            sentence.with_values({"provider": provider.name}),
            words.USE_VALUE.with_values({"value": other}),
            ((role, Field.USERNAME, other),),
        )
