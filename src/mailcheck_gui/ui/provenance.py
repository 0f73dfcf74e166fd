"""Where settings were read, when they were confirmed, and whether the way to them was secure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.discovery import SettingsCandidate, Trust
from mailcheck_gui.ui.card import INNER, Rule
from mailcheck_gui.ui.find_words import provenance_text, trust_text
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Space
from mailcheck_gui.ui.translation import translate_message
from mailcheck_gui.ui.web_address import WebAddress

_MARK = 18


class ProvenanceLines(QWidget):
    """Lines below the values of a candidate."""

    def __init__(self, candidate: SettingsCandidate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(INNER, Space.M, INNER, Space.M)
        self._lines.setSpacing(Space.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(self._lines)
        source = self.tr("Source: {source}").format(source=provenance_text(candidate))
        self._add(IconMark("book", "secondary", _MARK), source)
        secure = candidate.trust is Trust.SECURE
        shield = IconMark("shield", "works", _MARK) if secure else None
        warning = shield or ShapeMark(Shape.WARNING, _MARK)
        self._add(warning, trust_text(candidate), Tone.SECONDARY if secure else Tone.WARNING)
        if candidate.trouble is not None:
            self._add(ShapeMark(Shape.WARNING, _MARK), translate_message(candidate.trouble))
        if candidate.url:
            self._lines.addWidget(WebAddress(candidate.url, source))

    def _add(self, mark: QWidget, words: str, tone: Tone = Tone.SECONDARY) -> None:
        line = QHBoxLayout()
        line.setSpacing(Space.S + 2)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(WrapLabel(words, tone=tone), 1)
        self._lines.addLayout(line)
