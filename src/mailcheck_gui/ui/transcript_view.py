"""The conversations of a check, line by line, without secrets."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from mailcheck_gui.model.observation import TranscriptLine
from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.disclosure import Disclosure
from mailcheck_gui.ui.evidence_box import EvidenceBox
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.theme import Space, Type

_LINES = 24
_MOST_LINES = 2000
_ARROWS = {"sent": "\u2192", "received": "\u2190"}


class TranscriptView(Card):
    """A card that opens to all that was said. Passwords were left out when it was written."""

    def __init__(self, lines: Iterable[TranscriptLine], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M + 2)
        self.column.setSpacing(Space.XS)
        self.column.addWidget(WrapLabel(self.tr("Conversation with the servers"), Type.STRONG))
        sentence = self.tr("All that was sent and received, in order. Passwords are left out.")
        self.column.addWidget(WrapLabel(sentence, tone=Tone.SECONDARY))
        self._said = tuple(lines)
        self.disclosure = Disclosure(self.tr("Show the conversation"), self._make_box)
        self.column.addWidget(self.disclosure)

    def _make_box(self) -> EvidenceBox:
        name = self.tr("Conversation with the servers")
        return EvidenceBox(name, transcript_text(self._said), lines=_LINES)


def transcript_text(lines: Iterable[TranscriptLine]) -> str:
    """Return the lines grouped by connection, each with its time and direction."""
    groups: dict[str, list[str]] = {}
    for line in list(lines)[:_MOST_LINES]:
        where = f"{line.endpoint}" + (f" ({line.address})" if line.address else "")
        arrow = _ARROWS.get(line.direction, line.direction)
        text = visible_text(line.text)
        groups.setdefault(where, []).append(f"{line.at_ms:7.0f} ms {arrow} {text}")
    return "\n\n".join("\n".join([where, *said]) for where, said in groups.items())
