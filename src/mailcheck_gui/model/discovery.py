"""From an e-mail address to settings: what was asked, what it said, how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailcheck_gui.model.account import Role, Server
from mailcheck_gui.model.finding import Message, PreparationStep, Proof, Provider


class Source(StrEnum):
    """Where settings were read; the names are part of the contract of `find --json`."""

    CATALOGUE = "catalogue"
    AUTOCONFIG = "autoconfig"
    ISPDB = "ispdb"
    SRV = "srv"
    AUTODISCOVER = "autodiscover"
    PACC = "pacc"
    MX = "mx"
    GUESS = "guess"


class Trust(StrEnum):
    """Whether the whole way to a fact was secure; its weakest link decides."""

    SECURE = "secure"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one server of a candidate was read, in the words of `SettingsCandidate`."""

    source: Source
    trust: Trust
    url: str = ""
    date: str = ""
    way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsCandidate:
    """One pair of servers that a source names; plain text is never one.

    `url` is where it was read ("" for facts that ship with the program), `date` when that fact was
    last confirmed (ISO 8601). `way` are the links that make it unverified, in the order in which
    they were followed. `also` are further sources that name the same servers. A proof is None
    where nothing was tried or nothing answered; `trouble` then says what was seen.

    `outgoing_from` is set where another source than `source` names the outgoing server, since it is
    better proven there; `source`, `url` and `date` are then those of the incoming one, and `trust`
    is the weaker of both.
    """

    incoming: Server | None
    outgoing: Server | None
    source: Source
    trust: Trust
    url: str = ""
    date: str = ""
    incoming_proof: Proof | None = None
    outgoing_proof: Proof | None = None
    way: tuple[str, ...] = ()  # "http", "mx", "srv", "ns", "redirect", "guess", "certificate"
    also: tuple[Source, ...] = ()
    trouble: Message | None = None
    outgoing_from: Provenance | None = None

    def server(self, role: Role) -> Server | None:
        """Return the server of one side, or None where the source names none."""
        return self.incoming if role is Role.INCOMING else self.outgoing

    def proof(self, role: Role) -> Proof | None:
        """Return what one side's server rests on."""
        return self.incoming_proof if role is Role.INCOMING else self.outgoing_proof

    def origin(self, role: Role) -> Provenance:
        """Return where one side's server was read; a credential may go where it is secure."""
        if role is Role.OUTGOING and self.outgoing_from is not None:
            return self.outgoing_from
        trust = self.trust
        if self.outgoing_from is not None:
            trust = Trust.UNVERIFIED if self.way else Trust.SECURE
        return Provenance(self.source, trust, self.url, self.date, self.way)


class SourceState(StrEnum):
    """How far the question to a source is."""

    ASKING = "asking"
    FOUND = "found"
    NOTHING = "nothing"  # it answered, and has nothing
    UNUSABLE = "unusable"  # it answered with something that cannot be used
    NO_ANSWER = "no-answer"
    NOT_ASKED = "not-asked"  # switched off, offline, or nothing to ask


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """What became of one question. `asked` is the URL, DNS name or host that was asked."""

    source: Source
    state: SourceState
    outcome: Message
    asked: str = ""
    elapsed_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Discovery:
    """All that was found for an address, best candidate first.

    `suggestions` are the usual values where nothing was found: unproven, for typing help.
    `names_lead_nowhere` says that DNS knows no usual server name of the domain, `no_such_domain`
    that not even the domain exists: nothing is suggested then.
    """

    email: str
    candidates: tuple[SettingsCandidate, ...] = ()
    preparation: tuple[PreparationStep, ...] = ()
    tried: tuple[SourceOutcome, ...] = ()
    provider: Provider | None = None
    suggestions: tuple[SettingsCandidate, ...] = ()
    cancelled: bool = False
    duration_ms: float = 0.0
    names_lead_nowhere: bool = False
    no_such_domain: bool = False

    @property
    def domain(self) -> str:
        """What stands behind the @, for reading."""
        return self.email.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class FindStarted:
    """These sources will be asked."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class SourceChanged:
    """A source is asked, or has been; one source may be asked several times."""

    outcome: SourceOutcome


@dataclass(frozen=True, slots=True)
class CandidateFound:
    """A source named servers, or more became known of a candidate named before."""

    candidate: SettingsCandidate


@dataclass(frozen=True, slots=True)
class FindFinished:
    """Everything is settled; nothing follows. Also sent for a cancelled search."""

    discovery: Discovery


FindEvent = FindStarted | SourceChanged | CandidateFound | FindFinished
