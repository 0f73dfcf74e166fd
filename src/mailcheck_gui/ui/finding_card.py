"""One finding: what was seen, how sure that is, what to do, and the evidence one press below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.finding import Finding
from mailcheck_gui.model.quoting import quote, visible_text
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.disclosure import Disclosure
from mailcheck_gui.ui.evidence_box import EvidenceBox
from mailcheck_gui.ui.hint import SHAPES
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.proof_badge import confidence_text
from mailcheck_gui.ui.severity import ShapeMark
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.translation import translate_message


class FindingCard(Card):
    """Shows a finding. `disclosure` is None where there is no evidence."""

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.finding = finding
        self.disclosure: Disclosure | None = None
        self._title = WrapLabel(translate_message(finding.title), Type.STRONG)
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(Space.XS + 2)
        words.addLayout(self._heading())
        self._add_texts(words)
        self._add_evidence(words)
        row = QHBoxLayout()
        row.setSpacing(Space.M + 2)
        row.addWidget(ShapeMark(SHAPES[finding.severity], 20), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M + 2)
        self.column.addLayout(row)
        self.setAccessibleName(self._title.plain_text())

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._title, 1)
        sure = TypedLabel(
            confidence_text(self.finding.confidence), Type.CAPTION_STRONG, Tone.SECONDARY
        )
        row.addWidget(sure, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _add_texts(self, words: QVBoxLayout) -> None:
        explanation = translate_message(self.finding.explanation)
        remedy = translate_message(self.finding.remedy)
        if explanation:
            words.addWidget(WrapLabel(explanation))
        if remedy:
            words.addWidget(self._remedy(remedy))

    def _remedy(self, remedy: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S - 2)
        lead = TypedLabel(self.tr("What to do:"), Type.STRONG)
        row.addWidget(lead, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(WrapLabel(remedy), 1)
        return line

    def _add_evidence(self, words: QVBoxLayout) -> None:
        text = evidence_text(self.finding)
        if not text:
            return
        link = self.tr("Show evidence")
        if quotes_server(self.finding):
            link = self.tr("What the server said")
        title = self._title.plain_text()
        self.disclosure = Disclosure(link, lambda: EvidenceBox(link, text), title)
        words.addWidget(self.disclosure)


def quotes_server(finding: Finding) -> bool:
    """Return whether the evidence quotes the server, not this computer's own TLS library."""
    own_words = finding.code.startswith(("certificate-", "tls-handshake", "tls-too-old"))
    return bool(finding.evidence.quote) and not own_words


def evidence_text(finding: Finding) -> str:
    """Return the server's words, then the measured facts, one on a line."""
    said = quote(finding.evidence.quote)
    facts = [f"{name}: {_fact(value)}" for name, value in finding.evidence.facts]
    parts = (said, "\n".join(facts))
    return "\n\n".join(part for part in parts if part)


def _fact(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return visible_text(str(value))
