"""`mailcheck ports`: what the ports of mail are for, by the RFCs and not by folklore."""

from __future__ import annotations

from mailcheck_gui.model.endpoint import PortRole, port_role
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.reporting.port_guide import PORT_FACTS, PortFact
from mailcheck_gui.reporting.text_report import Line, Tone, wrapped
from mailcheck_gui.reporting.wording import ENCRYPTION, PROTOCOLS, Translate, say

_COLUMN = 22
_INDENT = "  "
_ENCRYPTION_VARIES = frozenset({25, 2525})


def port_lines(port: int | None, translate: Translate) -> list[Line]:
    """Return the guide to one port, or to all."""
    if port is None:
        return _all_ports(translate)
    fact = next((fact for fact in PORT_FACTS if fact.port == port), None)
    if fact is None:
        unknown = message("Port {port} has no place in mail that is known here.", port=port)
        return wrapped(say(unknown, translate))
    return _one_port(fact, translate)


def _all_ports(translate: Translate) -> list[Line]:
    lines: list[Line] = []
    for fact in PORT_FACTS:
        summary = f"{say(fact.short, translate)}. {say(fact.summary, translate)}"
        lines += wrapped(summary, " " * _COLUMN, first=f"{_title(fact, translate):<{_COLUMN}}")
    more = say(message("More about one of them: mailcheck ports 465"), translate)
    return [*lines, Line(), *wrapped(more)]


def _one_port(fact: PortFact, translate: Translate) -> list[Line]:
    heading = Line(f"{_title(fact, translate)}: {say(fact.short, translate)}", Tone.HEADING)
    lines = [heading, *wrapped(say(fact.summary, translate), _INDENT)]
    for title, words in _sections(fact):
        lines += [Line(), Line(_INDENT + say(title, translate))]
        lines += [line for text in words for line in wrapped(say(text, translate), _INDENT * 2)]
    if fact.sources:
        sources = say(message("Sources: {sources}", sources=fact.sources), translate)
        lines += [Line(), *wrapped(sources, _INDENT)]
    return lines


def _sections(fact: PortFact) -> list[tuple[Message, tuple[Message, ...]]]:
    """Return the titles and texts of the guide to one port, those that it has."""
    sections: list[tuple[Message, tuple[Message, ...]]] = [
        (message("Who blocks it"), (fact.blocked_by,)),
        (message("What to do"), (fact.to_do,)),
    ]
    if fact.ask is not None:
        sections.append((message("What to ask your internet provider"), (fact.ask,)))
    if fact.myth is not None and fact.truth is not None:
        sections.append((message("Often read, but wrong"), (fact.myth, fact.truth)))
    return sections


def _title(fact: PortFact, translate: Translate) -> str:
    role = port_role(fact.port)
    assert role is not None
    title = f"{role.port:<4}  {PROTOCOLS[role.protocol]}"
    return title if _varies(role) else f"{title}, {say(ENCRYPTION[role.security], translate)}"


def _varies(role: PortRole) -> bool:
    return role.port in _ENCRYPTION_VARIES
