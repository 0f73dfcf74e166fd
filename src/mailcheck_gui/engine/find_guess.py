"""The last source: the usual names of mail servers, and the names that certificates lead to.

A guess is named only once it is proven by greeting, TLS and a certificate for its name. That shows
whose server it is, not that the address's mail is there: a password wants the person's yes. Names
that lead to the same address are one server: the next of them is tried only where the certificate
of the first is for another name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from mailcheck_gui.diagnosis.addresses import registrable_domain
from mailcheck_gui.diagnosis.found_servers import judge, names_instead
from mailcheck_gui.diagnosis.guesses import (
    ANY_NAME,
    guessed_names,
    guessed_ports,
    guessed_server,
    usual_names,
)
from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.discovery.answer import Offer, Question
from mailcheck_gui.engine.find_prober import Prober
from mailcheck_gui.model.account import Protocol, Role, Server
from mailcheck_gui.model.discovery import Source, SourceOutcome, SourceState, Trust
from mailcheck_gui.model.endpoint import PortRole
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.observation import NameOutcome

TRIES = 4
"""Names that are tried on one port of one address."""

GUESSED = "guess"
"""The first link of every way that began with a usual name."""

CERTIFICATE = "certificate"
"""The link of a way that is a name read from a certificate."""

CERTIFICATE_NAMES = 2
"""Names of one certificate that are tried in place of the name that it is not for."""

NAMES_READ = 100
"""Names of one certificate that are looked at; some have thousands."""

_PROVEN = message("{hosts} proved to be mail servers of {domain}.")
_NONE = message("No usual server name of {domain} proved to be a mail server.")
_NOT_LOOKED_UP = message("The usual server names of {domain} could not be looked up.")
_NO_NAMES = message("No usual server name of {domain} leads anywhere.")
_ANY_NAME = message("Every name of {domain} leads somewhere, so that a name alone says nothing.")

_DEAD = (NameOutcome.FAILED, NameOutcome.TIMED_OUT)
"""How a look-up ends where DNS gives no answer, whatever the name."""

_NOWHERE = (NameOutcome.NOT_FOUND, NameOutcome.NO_ADDRESS)
"""How a look-up ends where DNS answers that nothing is behind the name."""

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Proven:
    """A server that proved itself, and how its name was come by."""

    server: Server
    way: tuple[str, ...]


class Guess:
    """Tries the usual names. `proven` grows on the way; `changed` is called when it has.

    `leading` are the names that lead somewhere, `absent` those of which DNS says that they do not.
    `related` tells whether a host of a certificate may be tried at all.
    """

    def __init__(
        self,
        question: Question,
        prober: Prober,
        related: Callable[[str], bool],
        changed: Callable[[], None],
    ) -> None:
        self.leading: frozenset[str] = frozenset()
        self.absent: frozenset[str] = frozenset()
        self._question = question
        self._prober = prober
        self._related = related
        self._changed = changed
        self._proven: list[_Proven] = []
        self._any_name = False
        self._looked_up = False

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is proven so far, as one offer for each way to it."""
        ways = dict.fromkeys(proven.way for proven in self._proven)
        return tuple(self._offer(way) for way in ways)

    def _offer(self, way: tuple[str, ...]) -> Offer:
        servers = [proven.server for proven in self._proven if proven.way == way]
        return Offer(
            Source.GUESS,
            tuple(server for server in servers if server.protocol is not Protocol.SMTP),
            tuple(server for server in servers if server.protocol is Protocol.SMTP),
            Trust.UNVERIFIED,
            way=(GUESSED, *way),
        )

    async def run(self, exchangers: Callable[[], tuple[str, ...]]) -> None:
        """Try the usual names; where a side stays without, the bare domain and `exchangers`.

        Where DNS is dead for the usual names, nothing else is tried.
        """
        domain = self._question.domain
        usual = usual_names(domain)
        await asyncio.gather(self._ask_any_name(), self._try_names(usual, frozenset(Protocol), ()))
        if not self._looked_up:
            return
        await self._try_names((domain,), self._missing(), ())
        foreign = tuple(host for host in exchangers() if host not in (*usual, domain))
        await self._try_names(foreign[:1], self._missing(), ("mx",))

    async def _ask_any_name(self) -> None:
        name = await self._prober.resolve(f"{ANY_NAME}.{self._question.domain}")
        self._any_name = bool(name.addresses)

    def _missing(self) -> frozenset[Protocol]:
        """Return the protocols to look on for: POP3 only as long as there is no IMAP."""
        found = {proven.server.protocol for proven in self._proven}
        if found & {Protocol.IMAP, Protocol.POP3}:
            found |= {Protocol.IMAP, Protocol.POP3}
        return frozenset(Protocol) - found

    async def _try_names(
        self, names: tuple[str, ...], protocols: frozenset[Protocol], way: tuple[str, ...]
    ) -> None:
        groups = await self._grouped(names) if protocols else ()
        async with asyncio.TaskGroup() as tasks:
            for group in groups:
                for protocol, port in _doors(protocols):
                    wanted = self._wanted(protocol, group, way)
                    if wanted:
                        tasks.create_task(self._try_port(protocol, port, wanted, way))

    async def _grouped(self, names: tuple[str, ...]) -> tuple[Group, ...]:
        """Return the names that lead somewhere, those with the same addresses together."""
        found = await asyncio.gather(*(self._prober.resolve(name) for name in names))
        self._looked_up |= any(name.outcome not in _DEAD for name in found)
        self.absent |= {name.host for name in found if name.outcome in _NOWHERE}
        groups: dict[frozenset[str], list[str]] = {}
        for name in found:
            if name.addresses:
                groups.setdefault(frozenset(name.addresses), []).append(name.host)
        self.leading |= {name for group in groups.values() for name in group}
        return tuple(tuple(group) for group in groups.values())

    def _wanted(self, protocol: Protocol, group: Group, way: tuple[str, ...]) -> tuple[str, ...]:
        if way:
            return group
        usual = guessed_names(protocol, self._question.domain)
        return tuple(name for name in usual if name in group)

    async def _try_port(
        self, protocol: Protocol, port: PortRole, names: tuple[str, ...], way: tuple[str, ...]
    ) -> None:
        waiting = list(names)
        tried: list[str] = []
        while waiting and len(tried) < TRIES:
            host = waiting.pop(0)
            tried.append(host)
            server = guessed_server(protocol, host, port, self._question.email)
            judged = judge(server, seen := await self._prober.look(server))
            if judged.proof is not None:
                self._note(judged.server, way if host in names else (*way, CERTIFICATE))
                return
            instead = names_instead(server, seen)
            if not instead:
                return  # whoever answers there, or nobody, it is the same under another name
            certified = related_names(instead, tried, self._related)
            waiting = [*certified, *(name for name in waiting if name not in certified)]

    def _note(self, server: Server, way: tuple[str, ...]) -> None:
        self._proven.append(_Proven(server, way))
        self._changed()

    def outcomes(self) -> tuple[SourceOutcome, ...]:
        """Return what came of it, in a sentence or two."""
        domain = read_host(self._question.domain).host
        hosts = dict.fromkeys(proven.server.host for proven in self._proven)
        if hosts:
            state, text = SourceState.FOUND, _PROVEN.with_values({"hosts": ", ".join(hosts)})
        else:
            state, text = self._nothing()
        text = text.with_values({"domain": domain})
        said = [SourceOutcome(Source.GUESS, state, text, self._question.domain)]
        if self._any_name:
            remark = _ANY_NAME.with_values({"domain": domain})
            asked = f"*.{self._question.domain}"
            said.append(SourceOutcome(Source.GUESS, SourceState.UNUSABLE, remark, asked))
        return tuple(said)

    def _nothing(self) -> tuple[SourceState, Message]:
        if not self._looked_up:
            return SourceState.NO_ANSWER, _NOT_LOOKED_UP
        return SourceState.NOTHING, _NONE if self.leading else _NO_NAMES


def related_names(
    instead: tuple[str, ...], tried: list[str], related: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the names of a certificate to try: well-formed, new, and of a domain that may be."""
    fit = (
        name
        for name in instead[:NAMES_READ]
        if name not in tried and read_host(name).ascii_host == name and related(name)
    )
    return tuple(islice(fit, CERTIFICATE_NAMES))


def certified_offers(offer: Offer, server: Server, hosts: tuple[str, ...]) -> Iterator[Offer]:
    """Yield an offer for each host of a certificate, in place of the server that showed it."""
    for host in hosts:
        shown = replace(server, host=read_host(host).host, ascii_host=host)
        way = (*offer.way, CERTIFICATE)
        sides = {Role.INCOMING: (shown,), Role.OUTGOING: ()}
        if server.protocol is Protocol.SMTP:
            sides = {Role.INCOMING: (), Role.OUTGOING: (shown,)}
        yield replace(
            offer,
            incoming=sides[Role.INCOMING],
            outgoing=sides[Role.OUTGOING],
            trust=Trust.UNVERIFIED,
            way=way,
        )


def is_related(host: str, names: tuple[str, ...]) -> bool:
    """Return whether a host belongs to the registrable domain of one of the names."""
    own = registrable_domain(host)
    return bool(own) and any(registrable_domain(name) == own for name in names)


def _doors(protocols: frozenset[Protocol]) -> Iterator[tuple[Protocol, PortRole]]:
    for protocol in Protocol:
        if protocol in protocols:
            yield from ((protocol, port) for port in guessed_ports(protocol))
