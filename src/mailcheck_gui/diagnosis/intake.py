"""Typed settings in, cleaned settings out: refusals and findings that need no network."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailcheck_gui.catalogue.match import (
    provider_of_domain,
    provider_of_mx,
    provider_of_server,
    provider_of_web_host,
)
from mailcheck_gui.diagnosis.addresses import domain_of, tidy_email, tidy_text
from mailcheck_gui.diagnosis.findings import PROTOCOL_NAMES, make_finding
from mailcheck_gui.diagnosis.hosts import TypedHost, read_host
from mailcheck_gui.diagnosis.mail_addresses import refusal_of
from mailcheck_gui.diagnosis.ports import TypedPort, check_port, read_port
from mailcheck_gui.diagnosis.texts import refusals
from mailcheck_gui.model.account import (
    Account,
    AccountDraft,
    AuthMethod,
    Cleaning,
    Field,
    Role,
    Server,
    ServerDraft,
    holds_control,
)
from mailcheck_gui.model.endpoint import default_port, default_security
from mailcheck_gui.model.field_limits import LONGEST_TEXT
from mailcheck_gui.model.finding import Finding, Message, Provider
from mailcheck_gui.model.intake import Intake, Refusal
from mailcheck_gui.model.pasted_address import without_pasted_secrets


@dataclass(slots=True)
class _Notes:
    """What taking in one account has brought up so far."""

    cleaned: list[Cleaning] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def clean(self, role: Role, where: Field, typed: str, used: str) -> None:
        if typed != used:
            self.cleaned.append(Cleaning(role, where, without_pasted_secrets(typed), used))

    def refuse(self, role: Role, where: Field, sentence: Message, finding: Finding) -> None:
        self.refusals.append(Refusal(role, where, sentence))
        self.findings.append(finding)


def take_in(draft: AccountDraft, providers: tuple[Provider, ...]) -> Intake:
    """Clean typed settings, and name every value that nothing can be made of.

    A side that is None was not given; a side with an empty server name is refused. An e-mail
    address that must not be used stops both sides, since user names default to it.
    """
    notes = _Notes()
    email = _take_email(draft.email, notes)
    incoming = _take_side(draft, Role.INCOMING, email or "", providers, notes)
    outgoing = _take_side(draft, Role.OUTGOING, email or "", providers, notes)
    if draft.incoming is None and draft.outgoing is None:
        sentence = refusals.NOTHING_GIVEN
        notes.refusals.append(Refusal(Role.INCOMING, Field.HOST, sentence))
    account = None
    if email is not None and (incoming or outgoing):
        account = Account(email, incoming, outgoing, draft.same_credentials, draft.name)
    return Intake(
        draft, account, tuple(notes.cleaned), tuple(notes.findings), tuple(notes.refusals)
    )


def account_of(intake: Intake) -> Account:
    """Return the cleaned account; without a side where nothing can be examined.

    An address that must not be used is left out: a password may stand in it.
    """
    draft = intake.draft
    email = "" if refusal_of(draft.email) is not None else tidy_email(draft.email)
    return intake.account or Account(email=email, name=draft.name)


def can_be_checked(intake: Intake, providers: tuple[Provider, ...]) -> bool:
    """Whether a report can be made: a side can be examined, or the catalogue knows its servers."""
    if intake.account is not None:
        return True
    if refusal_of(intake.draft.email) is not None:
        return False
    sides = (intake.draft.incoming, intake.draft.outgoing)
    return any(_leads_on(side, intake.draft.email, providers) for side in sides if side)


def _leads_on(side: ServerDraft, email: str, providers: tuple[Provider, ...]) -> bool:
    """Whether the catalogue knows servers in place of a refused side."""
    host = read_host(side.host)
    provider = provider_of_typed(host.ascii_host, providers)
    if provider is None and host.web:
        provider = provider_of_domain(providers, domain_of(tidy_email(email)))
    return provider is not None and bool(provider.servers)


def provider_of_typed(ascii_host: str, providers: tuple[Provider, ...]) -> Provider | None:
    """Return the provider that a typed name leads to: as server, web page, MX or mail domain."""
    if not ascii_host:
        return None
    return (
        provider_of_server(providers, ascii_host)
        or provider_of_web_host(providers, ascii_host)
        or provider_of_mx(providers, ascii_host)
        or provider_of_domain(providers, ascii_host)
    )


def is_web_address(typed: TypedHost, providers: tuple[Provider, ...]) -> bool:
    """Whether a web page was entered; a documented mail server behind https:// is none."""
    if provider_of_server(providers, typed.ascii_host) is not None:
        return False
    return typed.web or provider_of_web_host(providers, typed.ascii_host) is not None


def _take_email(typed: str, notes: _Notes) -> str | None:
    """Return the bare address, or None where it must not be used."""
    refusal = refusal_of(typed)
    if refusal is not None:
        finding = make_finding(
            "email-invalid", Role.ACCOUNT, field=Field.EMAIL, explanation=refusal
        )
        notes.refuse(Role.ACCOUNT, Field.EMAIL, refusal, finding)
        return None
    email = tidy_email(typed)
    notes.clean(Role.ACCOUNT, Field.EMAIL, typed, email)
    return email


def _take_side(
    draft: AccountDraft, role: Role, email: str, providers: tuple[Provider, ...], notes: _Notes
) -> Server | None:
    typed = draft.incoming if role is Role.INCOMING else draft.outgoing
    if typed is None:
        return None
    host = _take_host(typed, role, email, providers, notes)
    port = _take_port(typed, role, host, notes)
    username = _take_username(draft, typed, role, email, notes)
    if host is None or port.problem is not None or username is None:
        return None
    security = typed.security or default_security(port.number)
    return Server(
        protocol=typed.protocol,
        host=host.host,
        ascii_host=host.ascii_host,
        port=port.number or default_port(typed.protocol, security),
        security=security,
        auth=typed.auth or AuthMethod.PASSWORD,
        username=username,
    )


def _take_host(
    typed: ServerDraft, role: Role, email: str, providers: tuple[Provider, ...], notes: _Notes
) -> TypedHost | None:
    host = read_host(typed.host)
    if is_web_address(host, providers):
        notes.refuse(
            role,
            Field.HOST,
            refusals.web_sentence(typed.host),
            _web_finding(typed, role, host, email, providers),
        )
        return None
    if host.problem is not None:
        sentence = refusals.host_sentence(host.problem, typed.host)
        finding = make_finding(
            "host-invalid",
            role,
            field=Field.HOST,
            values={"typed": refusals.shown(typed.host)},
            explanation=sentence,
            facts={"typed": refusals.shown(typed.host), "problem": host.problem.value},
        )
        notes.refuse(role, Field.HOST, sentence, finding)
        return None
    if host.cleaned:
        notes.clean(role, Field.HOST, typed.host, host.host)
        values = {"host": host.host, "typed": refusals.shown(typed.host)}
        notes.findings.append(
            make_finding("host-cleaned", role, field=Field.HOST, values=values, facts=values)
        )
    return host


def _web_finding(
    typed: ServerDraft,
    role: Role,
    host: TypedHost,
    email: str,
    providers: tuple[Provider, ...],
) -> Finding:
    provider = provider_of_typed(host.ascii_host, providers)
    provider = provider or provider_of_domain(providers, domain_of(email))
    servers = provider.servers if provider else ()
    today = next((s.host for s in servers if s.protocol is typed.protocol), "")
    facts = {"typed": refusals.shown(typed.host)}
    if provider is None or not today:
        return make_finding(
            "host-is-web-address", role, field=Field.HOST, values=facts, facts=facts
        )
    return make_finding(
        "host-is-web-address",
        role,
        variant="known",
        field=Field.HOST,
        values={**facts, "today": today, "provider": provider.name},
        facts={**facts, "provider": provider.name, "server": today},
    )


def _take_port(typed: ServerDraft, role: Role, host: TypedHost | None, notes: _Notes) -> TypedPort:
    """Read the port box; a port behind the server name counts where the box is empty."""
    port = read_port(typed.port)
    found = host.port if host is not None else None
    if port.number is None and port.problem is None and found is not None:
        port = check_port(str(found), found)
        if port.problem is None:
            notes.clean(role, Field.PORT, typed.port, str(found))
    if port.problem is not None:
        sentence = refusals.port_sentence(port.problem, port.typed)
        finding = make_finding(
            "port-invalid",
            role,
            field=Field.PORT,
            values={
                "typed": refusals.shown(port.typed),
                "port": default_port(typed.protocol, None),
                "protocol": PROTOCOL_NAMES[typed.protocol],
            },
            explanation=sentence,
            facts={"typed": refusals.shown(port.typed)},
        )
        notes.refuse(role, Field.PORT, sentence, finding)
    return port


def _take_username(
    draft: AccountDraft, typed: ServerDraft, role: Role, email: str, notes: _Notes
) -> str | None:
    """Return the user name of a side, or None where it must not be used."""
    own = tidy_text(typed.username)
    refusal = username_refusal(own)
    if refusal is not None:
        finding = make_finding("username-invalid", role, field=Field.USERNAME, explanation=refusal)
        notes.refuse(role, Field.USERNAME, refusal, finding)
        return None
    notes.clean(role, Field.USERNAME, typed.username, own)
    return own or _inherited_username(draft, role) or email


def _inherited_username(draft: AccountDraft, role: Role) -> str:
    """Return the incoming user name for sending; a password of its own changes nothing in it."""
    if role is Role.INCOMING or draft.incoming is None:
        return ""
    shared = tidy_text(draft.incoming.username)
    return "" if username_refusal(shared) is not None else shared


def username_refusal(username: str) -> Message | None:
    """Return why a user name must not be used, or None."""
    if len(username) > LONGEST_TEXT:
        return refusals.USERNAME_TOO_LONG
    return refusals.USERNAME_CONTROL if holds_control(username) else None
