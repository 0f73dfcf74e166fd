"""What a search found as plain text, 80 columns wide."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from mailcheck_gui.model.account import SIDES, Role, Security, Server
from mailcheck_gui.model.discovery import (
    Discovery,
    Provenance,
    SettingsCandidate,
    SourceOutcome,
    SourceState,
    Trust,
)
from mailcheck_gui.model.finding import Message, PreparationStep, Proof, message
from mailcheck_gui.reporting.find_remarks import remark_lines
from mailcheck_gui.reporting.find_words import (
    NO_SUCH_DOMAIN,
    SOURCES,
    is_guess,
    proof_words,
    step_text,
    trust_words,
)
from mailcheck_gui.reporting.text_report import Line, Tone, wrapped
from mailcheck_gui.reporting.wording import (
    ENCRYPTION,
    PROTOCOLS,
    SIGN_IN,
    Translate,
    say,
    side_name,
    untranslated,
)

_SHOWN = 5
"""Candidates that are written out; `--json` has them all."""

_PROVEN = message("Settings found for {email}")
_PROVEN_BODY = message("The servers answered and proved their names. No password was sent.")
_ASK_FIRST = message("Settings found for {email}, on a way that was not secure")
_GUESSED = message("Settings found for {email}, with server names that were guessed")
_ASK_FIRST_BODY = message(
    "The servers proved their names. Ask your provider whether they are the right ones."
)
_KNOWN = message("Settings known for {email}")
_KNOWN_BODY = message("They stand in the catalogue. The servers themselves were not reached.")
_NAMED = message("Settings named for {email}, but not proven")
_NAMED_BODY = message("No complete pair of servers proved itself. Read below what each one said.")
_NONE = message("No settings found for {email}")
_NONE_BODY = message("Your provider can name the servers.")
_LIKELY = message("These are likely, but not proven:")
_USUAL = message("Servers are often called this, but DNS does not know these names:")
_NO_SERVERS = message("{provider} has no servers for mail programs")
_STOPPED_EMPTY = message("Stopped before settings for {email} were found")
_STOPPED = message("The search was stopped. What follows is what was known by then.")

_WORDS = {
    Security.IMPLICIT_TLS: "ssl",
    Security.STARTTLS: "starttls",
    Security.NONE: "none",
}


def discovery_lines(discovery: Discovery, translate: Translate = untranslated) -> tuple[Line, ...]:
    """Return the lines of the text. Sections that have nothing to say are left out."""
    writer = _Writer(discovery, translate)
    sections = [list(section()) for section in writer.sections]
    lines: list[Line] = []
    for section in filter(None, sections):
        lines += [Line(), *section] if lines else section
    return tuple(lines)


def check_command(email: str, servers: tuple[Server, ...]) -> str:
    """Return the command that checks named servers, ready for a POSIX shell."""
    words = ["mailcheck", "check", "--email", email]
    for server in servers:
        host = f"[{server.host}]" if ":" in server.host else server.host
        where = f"{host}:{server.port}/{_WORDS[server.security]}"
        words += [f"--{server.protocol.value}", where]
    return shlex.join(words)


class _Writer:
    """Writes the sections of one search."""

    def __init__(self, discovery: Discovery, translate: Translate) -> None:
        self._discovery = discovery
        self._translate = translate
        self._best = next(iter(discovery.candidates), None)
        self.sections = (
            self._headline,
            self._unsupported,
            self._candidates,
            self._preparation,
            self._remarks,
            self._next_step,
            self._tried,
        )

    def _say(self, sentence: Message) -> str:
        return say(sentence, self._translate)

    # -- the result ------------------------------------------------------------------------

    def _headline(self) -> Iterator[Line]:
        provider = self._discovery.provider
        if self._best is None and provider is not None and provider.unsupported:
            title = _NO_SERVERS.with_values({"provider": provider.name})
            yield from wrapped(self._say(title), tone=Tone.WARNING)
            return
        title, body, tone = _headline(self._discovery)
        values = {"email": self._discovery.email, "domain": self._discovery.domain}
        yield from wrapped(self._say(title.with_values(values)), tone=tone)
        yield from wrapped(" ".join(self._say(sentence) for sentence in body))
        if self._discovery.cancelled and self._best is not None:
            yield from wrapped(self._say(_STOPPED))

    def _unsupported(self) -> Iterator[Line]:
        provider = self._discovery.provider
        if provider is not None and provider.unsupported:
            yield from wrapped(self._translate(provider.unsupported), tone=Tone.WARNING)

    def _candidates(self) -> Iterator[Line]:
        shown = self._discovery.candidates[:_SHOWN] or self._discovery.suggestions
        for number, candidate in enumerate(shown, start=1):
            if number > 1:
                yield Line()
            yield from self._candidate(number, candidate)
        more = len(self._discovery.candidates) - _SHOWN
        if more > 0:
            yield Line()
            yield from wrapped(self._say(message("{count} more are left out here.", count=more)))

    def _candidate(self, number: int, candidate: SettingsCandidate) -> Iterator[Line]:
        for role in SIDES:
            server = candidate.server(role)
            if server is not None:
                first = f"{number}. " if role is self._first_side(candidate) else "   "
                yield from self._side(first, role, server, candidate.proof(role))
        if candidate.trouble is not None:
            yield from wrapped(self._say(candidate.trouble), "   ", tone=Tone.WARNING)
        if candidate in self._discovery.candidates:
            yield from self._origins(candidate)
        if candidate.also:
            names = ", ".join(self._say(SOURCES[source]) for source in candidate.also)
            same = message("Others name the same servers: {names}.", names=names)
            yield from wrapped(self._say(same), "   ")

    def _first_side(self, candidate: SettingsCandidate) -> Role:
        return Role.OUTGOING if candidate.incoming is None else Role.INCOMING

    def _side(self, first: str, role: Role, server: Server, proof: Proof | None) -> Iterator[Line]:
        line = self._say(
            message(
                "{side}: {type}, {host}, port {port}, {encryption}, {sign_in}, "
                "user name {user} ({proof})",
                side=self._say(side_name(role)),
                type=PROTOCOLS[server.protocol],
                host=server.host,
                port=server.port,
                encryption=self._say(ENCRYPTION[server.security]),
                sign_in=self._say(SIGN_IN[server.auth]),
                user=server.username,
                proof=self._say(proof_words(proof)),
            )
        )
        tone = Tone.WORKS if proof is Proof.HANDSHAKE else Tone.PLAIN
        yield from wrapped(line, "     ", first=first, tone=tone)

    def _origins(self, candidate: SettingsCandidate) -> Iterator[Line]:
        if candidate.outgoing_from is None:
            heading = message("From: {origin}")
            yield from self._origin(heading, candidate.origin(Role.INCOMING))
            return
        for role, heading in (
            (Role.INCOMING, message("Incoming mail is from: {origin}")),
            (Role.OUTGOING, message("Outgoing mail is from: {origin}")),
        ):
            yield from self._origin(heading, candidate.origin(role))

    def _origin(self, heading: Message, origin: Provenance) -> Iterator[Line]:
        parts = [self._say(SOURCES[origin.source]), origin.url, origin.date]
        named = ", ".join(part for part in parts if part)
        origin_line = self._say(heading.with_values({"origin": named}))
        yield from wrapped(origin_line, "   ", whole_words=True)
        if origin.trust is Trust.UNVERIFIED:
            sentences = [self._say(text) for text in trust_words(origin)]
            yield from wrapped(" ".join(sentences), "   ", tone=Tone.WARNING)

    # -- what to do ------------------------------------------------------------------------

    def _preparation(self) -> Iterator[Line]:
        if self._discovery.preparation:
            yield self._heading(message("Before you sign in"))
        for step in self._discovery.preparation:
            yield from wrapped(f"- {step_text(step, self._translate)}", "    ", first="  ")
            yield from wrapped(_step_origin(step), "    ", tone=Tone.QUOTE, whole_words=True)

    def _remarks(self) -> Iterator[Line]:
        if self._discovery.provider is not None:
            yield from remark_lines(self._discovery.provider, self._translate)

    def _next_step(self) -> Iterator[Line]:
        best, email = self._best, self._discovery.email
        if best is None:
            return
        servers = tuple(s for s in (best.incoming, best.outgoing) if s is not None)
        secure = best.trust is Trust.SECURE
        yield self._heading(message("To check them with a sign-in"))
        yield Line(f"  {check_command(email, () if secure else servers)}")

    def _tried(self) -> Iterator[Line]:
        if self._discovery.tried:
            yield self._heading(message("What was asked, and what it said"))
        for outcome in self._discovery.tried:
            tone = Tone.PLAIN if outcome.state is SourceState.FOUND else Tone.QUOTE
            said = self._outcome(outcome)
            yield from wrapped(said, "      ", first="  ", tone=tone, whole_words=True)

    def _outcome(self, outcome: SourceOutcome) -> str:
        mark = "*" if outcome.state is SourceState.FOUND else "-"
        source = self._say(SOURCES[outcome.source])
        asked = f" [{outcome.asked}]" if outcome.asked else ""
        time = f" ({outcome.elapsed_ms:.0f} ms)" if outcome.elapsed_ms is not None else ""
        return f"{mark} {source}{asked}: {self._say(outcome.outcome)}{time}"

    def _heading(self, sentence: Message) -> Line:
        return Line(self._say(sentence), Tone.HEADING)


def _headline(discovery: Discovery) -> tuple[Message, tuple[Message, ...], Tone]:
    """Return the title, the sentences below it, and how it looks."""
    if not discovery.candidates:
        return (*_nothing(discovery), Tone.WARNING)
    title, body, tone = _found(discovery.candidates[0])
    return title, (body,), tone


def _nothing(discovery: Discovery) -> tuple[Message, tuple[Message, ...]]:
    if discovery.no_such_domain:
        return NO_SUCH_DOMAIN, ()
    title, body = (_STOPPED_EMPTY, ()) if discovery.cancelled else (_NONE, (_NONE_BODY,))
    if not discovery.suggestions:
        return title, body
    return title, (*body, _USUAL if discovery.names_lead_nowhere else _LIKELY)


def _found(best: SettingsCandidate) -> tuple[Message, Message, Tone]:
    proofs = {best.proof(role) for role in SIDES if best.server(role) is not None}
    if proofs == {Proof.HANDSHAKE}:
        if best.trust is Trust.SECURE:
            return _PROVEN, _PROVEN_BODY, Tone.WORKS
        guessed = any(
            is_guess(best.origin(role)) for role in SIDES if best.server(role) is not None
        )
        return _GUESSED if guessed else _ASK_FIRST, _ASK_FIRST_BODY, Tone.WARNING
    if None not in proofs:
        return _KNOWN, _KNOWN_BODY, Tone.INFO
    return _NAMED, _NAMED_BODY, Tone.WARNING


def _step_origin(step: PreparationStep) -> str:
    origin = ", ".join(part for part in (step.source, step.date) if part)
    return f"{step.url} ({origin})" if step.url and origin else step.url or origin
