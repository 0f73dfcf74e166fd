"""What an error text means: the likeliest cause in full, others in short."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.explanation import Explanation
from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.ui.badge import Badge, BadgeKind
from mailcheck_gui.ui.card import INNER, Card, Ground, Rule
from mailcheck_gui.ui.card_head import CardHead
from mailcheck_gui.ui.disclosure import Disclosure
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.layouts import FlowLayout
from mailcheck_gui.ui.proof_badge import confidence_text
from mailcheck_gui.ui.severity import Shape
from mailcheck_gui.ui.steps import NumberDisc
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.translation import translate_message

_LONGEST_MATCH = 48


class ExplanationCard(Card):
    """The likeliest meaning: who says it, what it means, what to check in which order, and how."""

    def __init__(
        self, explanation: Explanation, foot: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(padding=1, parent=parent)
        self.explanation = explanation
        content = QVBoxLayout()
        content.setContentsMargins(INNER, INNER, INNER, INNER)
        content.setSpacing(Space.S)
        content.addWidget(_badges(explanation))
        heading = QHBoxLayout()
        heading.addWidget(WrapLabel(translate_message(explanation.title), Type.VERDICT), 1)
        heading.addWidget(_confidence(explanation), 0, Qt.AlignmentFlag.AlignTop)
        content.addLayout(heading)
        content.addWidget(WrapLabel(translate_message(explanation.meaning)))
        if explanation.checks:
            content.addSpacing(Space.XS)
            content.addWidget(Rule())
            content.addSpacing(Space.XS)
            content.addWidget(WrapLabel(self.tr("What to check"), Type.STRONG))
            content.addWidget(checks_of(explanation))
        self.column.addLayout(content)
        self.column.addWidget(foot)

    def spoken(self) -> str:
        """Return title and meaning in one go."""
        title = translate_message(self.explanation.title)
        return f"{title}. {translate_message(self.explanation.meaning)}"


class OtherMeaning(Card):
    """Another meaning: title and meaning; what to check is one press below."""

    def __init__(self, explanation: Explanation, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.explanation = explanation
        title = translate_message(explanation.title)
        heading = QHBoxLayout()
        heading.addWidget(WrapLabel(title, Type.STRONG), 1)
        heading.addWidget(_confidence(explanation), 0, Qt.AlignmentFlag.AlignTop)
        self.column.setContentsMargins(Space.XL, Space.M + 2, Space.XL, Space.M + 2)
        self.column.setSpacing(Space.XS)
        self.column.addLayout(heading)
        self.column.addWidget(WrapLabel(translate_message(explanation.meaning)))
        if explanation.checks:
            words = self.tr("What to check")
            self.column.addWidget(Disclosure(words, lambda: checks_of(explanation), title))


def checks_of(explanation: Explanation) -> QWidget:
    """Return what to check as numbered lines."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.S)
    for number, check in enumerate(explanation.checks, start=1):
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        line.addWidget(NumberDisc(number), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(WrapLabel(translate_message(check)), 1)
        column.addLayout(line)
    return whole


def _badges(explanation: Explanation) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder)
    matched = visible_text(" ".join(explanation.matched.split()), _LONGEST_MATCH)
    for text in (explanation.said_by, matched):
        if text:
            flow.addWidget(Badge(BadgeKind.PLAIN, text))
    return holder


def _confidence(explanation: Explanation) -> TypedLabel:
    words = confidence_text(explanation.confidence)
    return TypedLabel(words, Type.CAPTION_STRONG, Tone.SECONDARY)


class UnknownCard(Card):
    """Nothing was recognised: what helps, and a check."""

    def __init__(self, foot: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PLAIN, edge=Ground.SUNKEN, padding=1, parent=parent)
        title = self.tr("This message is not known here")
        body = self.tr("Paste the whole message, with its numbers.")
        self._head = CardHead(Ground.SUNKEN, Shape.NOT_TESTED, title, body)
        self._head.lined = False  # the foot follows at once, with its own
        self.column.addWidget(self._head)
        self.column.addWidget(foot)

    def spoken(self) -> str:
        """Return title and advice in one go."""
        return self._head.spoken()
