"""Watches every search of a test: what it sent, and what it names."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from find_contract import broken_find_rules
from recording import SIGN_IN_COMMAND, RecordingNetwork

from mailcheck_gui.diagnosis.mail_addresses import MailAddress
from mailcheck_gui.discovery.answer import Question
from mailcheck_gui.engine.find_run import FindRun
from mailcheck_gui.model.account import SIDES, Security
from mailcheck_gui.model.discovery import Discovery, Source
from mailcheck_gui.model.finding import Proof
from mailcheck_gui.network.seam import Network
from mailcheck_gui.reporting.find_json import discovery_to_object
from mailcheck_gui.reporting.find_text import discovery_lines

SHORTEST_LOCAL_PART = 4
"""Characters of a local part that is searched for: a shorter one stands in any random bytes."""


@dataclass
class WatchedSearch:
    """One search: whose settings, whether the address may be told, and what was sent."""

    email: str
    domain: str
    shared: bool
    network: RecordingNetwork

    def problems(self) -> Iterator[str]:
        """Yield every broken promise about what is sent."""
        told = [bytes(sent) for _, _, sent in self.network.sent]
        told += [b"".join(talk.messages) for talk in self.network.inside]
        told += [name.encode() for name in self.network.names]
        if not self.shared and any(form in said for said in told for form in self._forms()):
            yield "the part before the @ in a request"
        for talk in self.network.inside:
            if any(SIGN_IN_COMMAND.match(message) for message in talk.messages):
                yield f"a sign-in at {talk.host} during a search"

    def _forms(self) -> tuple[bytes, ...]:
        local = self.email.rpartition("@")[0]
        if len(local) < SHORTEST_LOCAL_PART or local in self.domain:
            return ()
        raw = local.encode()
        return (raw, quote(local).encode(), base64.b64encode(raw).rstrip(b"=")[:-1])


class SearchWatch:
    """The searches of one test, and what they broke."""

    def __init__(self) -> None:
        self.searches: list[WatchedSearch] = []
        self._found: list[Discovery] = []

    def over(self, network: Network, question: Question) -> RecordingNetwork:
        """Return a network that a search is watched through."""
        recording = RecordingNetwork(network)
        self.searches.append(
            WatchedSearch(question.email, question.domain, question.share_address, recording)
        )
        return recording

    def take(self, discovery: Discovery) -> None:
        """Take the result of a search."""
        self._found.append(discovery)

    def problems(self) -> list[str]:
        """Return every promise that the searches so far have broken."""
        found = [problem for search in self.searches for problem in search.problems()]
        for discovery in self._found:
            found += broken_find_rules(discovery_to_object(discovery))
            found += weak_candidates(discovery)
            discovery_lines(discovery)  # whatever was found can be written
        return found

    def forget(self) -> None:
        """Forget what was seen so far, for a test that plants a leak."""
        self.searches.clear()
        self._found.clear()


def weak_candidates(discovery: Discovery) -> Iterator[str]:
    """Yield each candidate that promises more than it keeps."""
    for candidate in (*discovery.candidates, *discovery.suggestions):
        for role in SIDES:
            server = candidate.server(role)
            if server is not None and server.security is Security.NONE:
                yield f"plain text is a candidate on {server.host}"
    for candidate in discovery.candidates:
        for role in SIDES:
            guessed = candidate.origin(role).source is Source.GUESS
            if guessed and candidate.server(role) and candidate.proof(role) is not Proof.HANDSHAKE:
                yield "a guess is a candidate without proof"
    for likely in discovery.suggestions:
        if likely.incoming_proof or likely.outgoing_proof:
            yield "a suggestion is called proven"


def watched_search(watch: SearchWatch) -> type[FindRun]:
    """Return the engine's search, led through a watch."""

    class Watched(FindRun):
        def __init__(
            self, address: MailAddress, question: Question, network: Network, *rest: Any
        ) -> None:
            super().__init__(address, question, watch.over(network, question), *rest)

        def discovery(self) -> Discovery:
            discovery = super().discovery()
            watch.take(discovery)
            return discovery

    return Watched
