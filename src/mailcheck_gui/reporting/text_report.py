"""A report as plain text, 80 columns wide: for the clipboard, a ticket, or the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mailcheck_gui.model.account import SIDES, Field, Role, Server
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.finding import (
    Finding,
    Message,
    Proof,
    Severity,
    SideSuggestion,
    message,
)
from mailcheck_gui.model.observation import EndpointObservation, Speaks
from mailcheck_gui.model.quoting import quote
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.reporting.endpoint_state import (
    EndpointState,
    PortState,
    endpoint_state,
    was_tried,
)
from mailcheck_gui.reporting.headline import NOTHING, headline
from mailcheck_gui.reporting.side_standing import SideStanding, side_standing
from mailcheck_gui.reporting.wording import (
    FIELDS,
    PROOFS,
    PROTOCOLS,
    Translate,
    field_values,
    say,
    side_name,
    untranslated,
)

WIDTH = 80
_QUOTE_LINES = 12
"""Lines of a server's words at most, as many as the window shows without scrolling."""


class Tone(StrEnum):
    """What a line is, for a face that has colours."""

    PLAIN = "plain"
    HEADING = "heading"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    WORKS = "works"
    CHANGED = "changed"
    QUOTE = "quote"


_VERDICTS = {
    Verdict.OK: Tone.WORKS,
    Verdict.WARNING: Tone.WARNING,
    Verdict.INCOMPLETE: Tone.INFO,
    Verdict.ERROR: Tone.ERROR,
}
_SEVERITIES = {
    Severity.ERROR: (message("Error"), Tone.ERROR),
    Severity.WARNING: (message("Warning"), Tone.WARNING),
    Severity.INFO: (message("Good to know"), Tone.INFO),
}
_STANDINGS = {
    SideStanding.NOT_GIVEN: message("not judged"),
    SideStanding.WORKS: message("no change needed"),
    SideStanding.SIGN_IN_NOT_TESTED: message("sign-in not tested"),
    SideStanding.CHANGE: message("see the changes below"),
    SideStanding.NO_CURE: message("no setting can cure it"),
    SideStanding.NO_CURE_SO_FAR: message("no better setting known: the check was stopped"),
    SideStanding.NOT_KNOWN: message("not known: the check was stopped"),
}
_STATES = {
    PortState.CLOSED: message("closed"),
    PortState.SILENT: message("no answer"),
    PortState.UNREACHABLE: message("unreachable"),
    PortState.RESET: message("ends every connection"),
}
_SPEAKS = {
    Speaks.IMPLICIT_TLS: message("SSL/TLS"),
    Speaks.NOTHING: message("open, but silent"),
    Speaks.OTHER: message("not a mail server"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line, at most 80 wide unless a single word is longer."""

    text: str = ""
    tone: Tone = Tone.PLAIN


def report_to_text(report: Report, translate: Translate = untranslated) -> str:
    """Return the report as text, with a line end behind it."""
    return "".join(f"{line.text}\n" for line in report_lines(report, translate))


def report_lines(report: Report, translate: Translate = untranslated) -> tuple[Line, ...]:
    """Return the lines of the text report. Sections that have nothing to say are left out."""
    writer = _Writer(report, translate)
    sections = [list(section()) for section in writer.sections]
    lines: list[Line] = []
    for section in filter(None, sections):
        lines += [Line(), *section] if lines else section
    return tuple(lines)


class _Writer:
    """Writes the sections of one report."""

    def __init__(self, report: Report, translate: Translate) -> None:
        self._report = report
        self._translate = translate
        self.sections = (
            self._headline,
            self._settings,
            self._changes,
            self._findings,
            self._ports,
            self._gaps,
            self._foot,
        )

    def _say(self, sentence: Message) -> str:
        return say(sentence, self._translate)

    def _headline(self) -> Iterator[Line]:
        words = headline(self._report)
        yield from wrapped(self._say(words.title), tone=_VERDICTS[self._report.verdict])
        parts = [self._say(part) for part in (words.body, words.outlook) if part != NOTHING]
        yield from wrapped(" ".join(f"{part.rstrip('.')}." for part in parts))

    def _settings(self) -> Iterator[Line]:
        for role, server in self._report.account.sides():
            yield from wrapped(self._side_line(role, server))
        for cleaning in self._report.cleaned:
            tidied = self._say(
                message(
                    "Tidied: {field}, from “{typed}” to “{used}”.",
                    field=self._say(FIELDS[cleaning.field]),
                    typed=cleaning.typed,
                    used=cleaning.used,
                )
            )
            yield from wrapped(tidied)

    def _side_line(self, role: Role, server: Server) -> str:
        values = field_values(server, self._translate)
        line = self._say(
            message(
                "{side}: {type}, {host}, port {port}, {encryption}",
                side=self._say(side_name(role)),
                type=values[Field.PROTOCOL],
                host=values[Field.HOST],
                port=values[Field.PORT],
                encryption=values[Field.SECURITY],
            )
        )
        return f"{line} ({self._say(_STANDINGS[side_standing(self._report, role)])})"

    def _changes(self) -> Iterator[Line]:
        tables = [
            self._change_table(role, side, side.server)
            for role in SIDES
            if (side := self._report.suggestion.side(role)).changes and side.server is not None
        ]
        for number, table in enumerate(tables):
            if number:
                yield Line()
            yield from table

    def _change_table(self, role: Role, side: SideSuggestion, server: Server) -> Iterator[Line]:
        proven = side.proof in (Proof.SIGNED_IN, Proof.HANDSHAKE)
        works = message("Works") if proven else message("Suggested")
        yield self._heading(message("Change: {side}", side=self._say(side_name(role))))
        rows = self._change_rows(role, side, server)
        width = max(len(self._say(message("Yours"))), *(len(row.yours) for row in rows)) + 2
        head = _Row(
            False, self._say(message("Setting")), self._say(message("Yours")), self._say(works)
        )
        for row in (head, *rows):
            yield Line(row.text(width), Tone.CHANGED if row.changed else Tone.PLAIN)
        yield from self._proof_lines(side, server)

    def _change_rows(self, role: Role, side: SideSuggestion, server: Server) -> list[_Row]:
        typed = {change.field: change.typed for change in side.changes}
        mine = self._report.account.server(role)
        yours = field_values(mine, self._translate) if mine else typed
        return [
            _Row(field in typed, self._say(FIELDS[field]), yours.get(field) or "-", value or "-")
            for field, value in field_values(server, self._translate).items()
        ]

    def _proof_lines(self, side: SideSuggestion, server: Server) -> Iterator[Line]:
        if side.proof is not None:
            source = f" ({side.source})" if side.source else ""
            proof = self._say(PROOFS[side.proof])
            yield from wrapped(self._say(message("Proof: {proof}", proof=proof)) + source, "  ")
        if side.needs_consent:
            consent = self._say(
                message(
                    "You have not entered {host} yourself. Check again with it if you trust it.",
                    host=server.host,
                )
            )
            yield from wrapped(consent, "  ")

    def _findings(self) -> Iterator[Line]:
        if self._report.findings:
            yield self._heading(message("What the check found"))
        for finding in self._report.findings:
            yield Line()
            yield from self._finding(finding)

    def _finding(self, finding: Finding) -> Iterator[Line]:
        word, tone = _SEVERITIES[finding.severity]
        title = f"{self._say(word)}: {self._say(finding.title)}"
        yield from wrapped(title, "  ", first="", tone=tone)
        yield from wrapped(self._say(finding.explanation), "  ")
        yield from wrapped(self._say(finding.remedy), "  ")
        if finding.evidence.quote:
            yield from _quoted(finding.evidence.quote)

    def _ports(self) -> Iterator[Line]:
        """Write the port map; addresses of one endpoint that answer alike share a line."""
        addresses: dict[tuple[bool, Endpoint, str], list[str]] = {}
        for row in self._report.observations.endpoints:
            if was_tried(row):
                key = (row.configured, row.endpoint, self._speaks(row))
                addresses.setdefault(key, []).append(row.address or "")
        if addresses:
            yield self._heading(message("What speaks on which port (* is yours)"))
        for (configured, endpoint, words), seen in addresses.items():
            mark = "*" if configured else "-"
            where = f"{mark} {PROTOCOLS[endpoint.protocol]} {endpoint.host} {endpoint.port}"
            named = f" [{', '.join(seen)}]" if any(seen) else ""
            yield from wrapped(f"{where}{named}: {words}", "      ", first="  ")

    def _speaks(self, row: EndpointObservation) -> str:
        if row.address is None:
            return self._say(message("the name has no address"))
        seen = endpoint_state(row)
        if seen.state in _STATES:
            return self._say(_STATES[seen.state])
        if seen.speaks is Speaks.PLAINTEXT:
            return self._say(_plain_text_words(seen))
        return self._say(_SPEAKS[seen.speaks] if seen.speaks else message("open"))

    def _gaps(self) -> Iterator[Line]:
        if self._report.not_tested:
            yield self._heading(message("Not tested"))
        for gap in self._report.not_tested:
            yield from wrapped(f"- {self._say(gap.what)}: {self._say(gap.why)}", "    ", first="  ")

    def _foot(self) -> Iterator[Line]:
        started = self._report.started.astimezone()
        foot = self._say(
            message(
                "Checked on {day} at {time}, finished in {seconds} seconds.",
                day=f"{started:%Y-%m-%d}",
                time=f"{started:%H:%M}",
                seconds=f"{self._report.duration_ms / 1000:.1f}",
            )
        )
        yield from wrapped(foot)

    def _heading(self, sentence: Message) -> Line:
        return Line(self._say(sentence), Tone.HEADING)


@dataclass(frozen=True, slots=True)
class _Row:
    """One setting of the change table."""

    changed: bool
    setting: str
    yours: str
    works: str

    def text(self, width: int) -> str:
        """Return the row with its second column that wide."""
        mark = ">" if self.changed else " "
        return f"{mark} {self.setting:<14} {self.yours:<{width}}{self.works}".rstrip()


def wrapped(
    text: str,
    indent: str = "",
    *,
    first: str | None = None,
    tone: Tone = Tone.PLAIN,
    whole_words: bool = False,
) -> list[Line]:
    """Return text in lines of the report's width; blanks and line ends are evened out.

    With `whole_words` a word longer than a line is not cut: a web address, to be copied.
    """
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=not whole_words,
    )
    return [Line(line, tone) for line in lines]


def _quoted(raw: bytes) -> list[Line]:
    texts = quote(raw).split("\n")
    lines = [line for text in texts for line in wrapped(text, "  | ", tone=Tone.QUOTE)]
    cut = [Line("  | …", Tone.QUOTE)] if len(lines) > _QUOTE_LINES else []
    return lines[:_QUOTE_LINES] + cut


def _plain_text_words(seen: EndpointState) -> Message:
    if seen.starttls:
        return message("STARTTLS")
    if seen.starttls is None:
        return message("starts without encryption")
    return message("no encryption offered")
