"""Opinions: what is wrong, how sure that is, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mailcheck_gui.model.account import AuthMethod, Field, Protocol, Role, Security, Server
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.severity import Severity as Severity  # noqa: PLC0414 - a part of findings


class Confidence(StrEnum):
    """How sure a finding is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the user: a translatable English template and its values.

    Templates use `str.format` names (`{host}`). Values are plain text, never markup; they are put
    in after translation, so a server's words cannot change the template.
    """

    template: str
    values: tuple[tuple[str, str], ...] = ()

    def with_values(self, values: Mapping[str, object]) -> Message:
        """Return the same template with more values; those already there win."""
        mine = dict(self.values)
        more = {name: str(value) for name, value in values.items() if name not in mine}
        return Message(self.template, (*more.items(), *self.values))

    def english(self) -> str:
        """Return the sentence in English."""
        return self.fill(self.template)

    def fill(self, translated: str) -> str:
        """Return a translated template with the values put in."""
        return translated.format_map(dict(self.values)) if translated else ""


def message(template: str, /, **values: object) -> Message:
    """Build a `Message`; values are turned into text here."""
    return Message(template, tuple((name, str(value)) for name, value in values.items()))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding rests on: named facts, and the server's own bytes.

    `facts` are short machine-readable pairs (they become keys of the report's evidence object);
    `quote` is raw.
    """

    facts: tuple[tuple[str, str | int | float | bool], ...] = ()
    quote: bytes = b""


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, judged. `code` is a row of the vocabulary and part of the report contract."""

    code: str
    severity: Severity
    confidence: Confidence
    role: Role
    title: Message
    explanation: Message
    remedy: Message
    endpoint: Endpoint | None = None
    evidence: Evidence = Evidence()
    field: Field | None = None  # the form field it speaks about, where there is one


class Proof(StrEnum):
    """What a suggested server rests on."""

    SIGNED_IN = "signed-in"
    HANDSHAKE = "handshake"
    DOCUMENTED = "documented"


class SideStatus(StrEnum):
    """What the suggestion says about one side."""

    KEEP = "keep"
    CHANGE = "change"
    NO_CURE = "no-cure"
    NOT_GIVEN = "not-given"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that should change. `because` is the code of the finding behind it."""

    role: Role
    field: Field
    typed: str
    suggested: str
    because: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class SideSuggestion:
    """One side of the corrected settings.

    `needs_consent` is True where `server.host` is a name that the person has not entered: the
    window asks before a password goes there.
    """

    status: SideStatus
    server: Server | None = None
    proof: Proof | None = None
    changes: tuple[Change, ...] = ()
    needs_consent: bool = False
    source: str = ""  # for documented proof: source and date


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One complete corrected pair of settings."""

    incoming: SideSuggestion = SideSuggestion(SideStatus.NOT_GIVEN)
    outgoing: SideSuggestion = SideSuggestion(SideStatus.NOT_GIVEN)

    def side(self, role: Role) -> SideSuggestion:
        """Return the suggestion for one side."""
        return self.incoming if role is Role.INCOMING else self.outgoing

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, incoming first."""
        return self.incoming.changes + self.outgoing.changes


@dataclass(frozen=True, slots=True)
class ProviderServer:
    """One server that a provider documents.

    `disputed` says what speaks against it where sources contradict each other; such a server comes
    after the others, and a live measurement decides.
    """

    protocol: Protocol
    host: str
    port: int
    security: Security
    auth: tuple[AuthMethod, ...]
    source: str
    date: str  # ISO 8601, when the fact was last confirmed
    disputed: str = ""


@dataclass(frozen=True, slots=True)
class PreparationStep:
    """Something to do at the provider before a mail program may sign in.

    `kind` tells what a refused sign-in means as long as it is not done, "" where nothing follows.
    """

    text: str
    url: str
    source: str
    date: str
    kind: str = ""  # "app-password", "mail-password", "protocol-switch", "smtp-switch"


@dataclass(frozen=True, slots=True)
class ProviderRemark:
    """Something that does not work at a provider, or a fact that another source contradicts.

    `since` is when it stopped working (ISO 8601), "" where that is not known.
    """

    text: str
    source: str
    date: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """What the catalogue knows about one provider. Servers come in preference order.

    A provider with servers for sending alone is a sending service: it has no mailbox. One with
    `host_patterns` and no servers gives every account a server name of its own.

    `username_forms` are "full", "local" or "given" per protocol: the address, the part before the
    @, or a name of its own that the provider hands out. In patterns, `*` stands for any characters.
    """

    id: str
    name: str
    domains: tuple[str, ...]
    servers: tuple[ProviderServer, ...]
    domain_patterns: tuple[str, ...] = ()  # where each customer has a domain below a common one
    mx_patterns: tuple[str, ...] = ()
    ns_patterns: tuple[str, ...] = ()  # name servers of domains that it hosts
    host_patterns: tuple[str, ...] = ()  # servers that differ from account to account
    common_domains: tuple[str, ...] = ()  # of `domains`: a near miss is likely a slip
    neighbours: tuple[str, ...] = ()  # domains of others that are no such slip
    username_forms: tuple[tuple[Protocol, str], ...] = ()
    retired_hosts: tuple[tuple[str, str], ...] = ()  # old name, today's name
    web_hosts: tuple[str, ...] = ()  # webmail hosts that people paste by mistake
    preparation: tuple[PreparationStep, ...] = ()
    unsupported: str = ""  # why there is no IMAP, POP3 or SMTP at all
    limits: tuple[ProviderRemark, ...] = ()
    conflicts: tuple[ProviderRemark, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTested:
    """Something that was not examined, and why."""

    what: Message
    why: Message
