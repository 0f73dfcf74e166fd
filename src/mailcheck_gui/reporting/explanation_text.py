"""Explanations as plain text for the terminal, 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.explain_check import CheckHelp, check_help
from mailcheck_gui.diagnosis.texts.general import general_cause
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.explanation import Explanation
from mailcheck_gui.model.finding import Confidence, Message, message
from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.reporting.text_report import Line, Tone, wrapped
from mailcheck_gui.reporting.wording import Translate, say, untranslated

_MATCHED_SHOWN = 160
"""Characters of the pasted text that are repeated."""

_CAUSES_SHOWN = 3

_INDENT = "  "
_NUMBERED = "     "

_NOTHING = (
    message("This message is not known here. A check finds out more."),
    message("Paste the whole text, with all numbers. Or check the servers:"),
)
_CONFIDENCES = {
    Confidence.CERTAIN: message("certain"),
    Confidence.LIKELY: message("likely"),
    Confidence.POSSIBLE: message("possible"),
}
_COMMANDS = {
    frozenset({Role.INCOMING}): "mailcheck check --email you@example.com --imap SERVER",
    frozenset({Role.OUTGOING}): "mailcheck check --email you@example.com --smtp SERVER",
}
_BOTH = "mailcheck check --email you@example.com --imap SERVER --smtp SERVER"


def explanation_lines(
    found: tuple[Explanation, ...], translate: Translate = untranslated
) -> tuple[Line, ...]:
    """Return what a text means: the best explanation whole, of the others what they are."""
    if not found:
        words = [line for text in _NOTHING for line in wrapped(say(text, translate))]
        return (*words, Line(_INDENT + _BOTH))
    return tuple(_Writer(found, translate).lines())


class _Writer:
    """Writes the explanations of one text."""

    def __init__(self, found: tuple[Explanation, ...], translate: Translate) -> None:
        self._best, self._others = found[0], found[1:]
        self._translate = translate

    def lines(self) -> Iterator[Line]:
        """Yield all lines."""
        yield from self._heading()
        yield from self._causes()
        yield from self._checks()
        yield from self._command()
        yield from self._also()

    def _say(self, sentence: Message) -> str:
        return say(sentence, self._translate)

    def _heading(self) -> Iterator[Line]:
        best = self._best
        yield from wrapped(self._say(best.title), tone=Tone.HEADING)
        yield from wrapped(self._say(best.meaning))
        matched = " ".join(visible_text(best.matched, _MATCHED_SHOWN).split())
        if matched and best.said_by:
            recognised = message(
                "Recognised by “{words}”, as {program} says it.",
                words=matched,
                program=best.said_by,
            )
            yield from wrapped(self._say(recognised), tone=Tone.QUOTE)
        elif matched:
            recognised = message("Recognised by “{words}”.", words=matched)
            yield from wrapped(self._say(recognised), tone=Tone.QUOTE)

    def _causes(self) -> Iterator[Line]:
        if not self._best.codes:
            return
        yield Line()
        yield Line(self._say(message("Causes, likeliest first:")))
        sure = self._say(_CONFIDENCES[self._best.confidence])
        for number, code in enumerate(self._best.codes[:_CAUSES_SHOWN], 1):
            cause = general_cause(code)
            behind = f"[{code}, {sure}]" if number == 1 else f"[{code}]"
            title = f"{self._say(cause.title)} {behind}"
            yield from wrapped(title, _NUMBERED, first=f"{_INDENT}{number}. ")

    def _checks(self) -> Iterator[Line]:
        if not self._best.checks:
            return
        yield Line()
        yield Line(self._say(message("What to check:")))
        for check in self._best.checks:
            yield from wrapped(self._say(check), "    ", first="  - ")

    def _command(self) -> Iterator[Line]:
        help_ = check_help(self._best)
        yield Line()
        if not help_.codes:
            yield from wrapped(self._say(message("A check of your servers cannot show this.")))
            return
        yield from wrapped(self._say(_promise(help_)))
        yield Line(_INDENT + _COMMANDS.get(help_.roles, _BOTH))

    def _also(self) -> Iterator[Line]:
        if not self._others:
            return
        yield Line()
        yield Line(self._say(message("It may also mean:")))
        for other in self._others:
            yield from wrapped(self._say(other.title), "    ", first="  - ")


def _promise(help_: CheckHelp) -> Message:
    if help_.password:
        return message("A check with your password tells which one it is:")
    return message("A check tells which one it is, also without a password:")
