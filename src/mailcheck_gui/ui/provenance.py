"""Where settings were read, when they were confirmed, and whether the way to them was secure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.account import Role
from mailcheck_gui.model.discovery import Provenance, SettingsCandidate, Trust
from mailcheck_gui.ui.card import INNER, Rule
from mailcheck_gui.ui.find_words import agreeing_text, provenance_text, trust_text
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.server_words import side_text
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Space
from mailcheck_gui.ui.translation import translate_message
from mailcheck_gui.ui.web_address import WebAddress

_MARK = 18


class ProvenanceLines(QWidget):
    """Lines below the values of a candidate; for each side where both have their own source."""

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
        if candidate.outgoing_from is None:
            self._add_origin(candidate.origin(Role.INCOMING), self.tr("Source"))
        else:
            for role in (Role.INCOMING, Role.OUTGOING):
                self._add_origin(candidate.origin(role), side_text(role))
        if agreeing := agreeing_text(candidate):
            self._add(IconMark("check", "secondary", _MARK), agreeing)
        if candidate.trouble is not None:
            seen = translate_message(candidate.trouble)
            self._add(ShapeMark(Shape.WARNING, _MARK), seen, Tone.WARNING)

    def _add_origin(self, origin: Provenance, name: str) -> None:
        source = provenance_text(origin.source, origin.date)
        words = self.tr("{name}: {source}").format(name=name, source=source)
        self._add(IconMark("book", "secondary", _MARK), words)
        if origin.trust is Trust.SECURE:
            self._add(IconMark("shield", "works", _MARK), trust_text(origin))
        else:
            self._add(ShapeMark(Shape.WARNING, _MARK), trust_text(origin), Tone.WARNING)
        if origin.url:
            address = WebAddress(origin.url, words, opens=False)
            mark = IconMark("link", "secondary", _MARK)
            self._add_line(mark, address, Qt.AlignmentFlag.AlignVCenter)

    def _add(self, mark: QWidget, words: str, tone: Tone = Tone.SECONDARY) -> None:
        self._add_line(mark, WrapLabel(words, tone=tone))

    def _add_line(
        self,
        mark: QWidget,
        content: QWidget,
        place: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
    ) -> None:
        line = QHBoxLayout()
        line.setSpacing(Space.S + 2)
        line.addWidget(mark, 0, place)
        line.addWidget(content, 1)
        self._lines.addLayout(line)
