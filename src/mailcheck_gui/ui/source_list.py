"""What is asked about an address, one quiet line for each source, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.discovery import Source, SourceOutcome, SourceState
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.find_words import STATE_SHAPES, source_text, state_text
from mailcheck_gui.ui.labels import ElideLabel, Tone, TypedLabel, WrapLabel, plain_tool_tip
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.times import duration_text
from mailcheck_gui.ui.translation import translate_message

_TELLING = (
    SourceState.FOUND,
    SourceState.ASKING,
    SourceState.UNUSABLE,
    SourceState.NOTHING,
    SourceState.NO_ANSWER,
    SourceState.NOT_ASKED,
)
"""Of several questions to one source the first of these states stands for all of them."""


class SourceRow(QWidget):
    """One source: a shape, its name, what it said, and how long that took.

    A source may be asked several things; the row shows the most telling, its tool tip all.
    """

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._outcomes: dict[str, SourceOutcome] = {}
        self._mark = ShapeMark(Shape.WAITING, 18)
        self._said = WrapLabel("", Type.CAPTION, Tone.SECONDARY)
        self._asked = ElideLabel("", Type.CAPTION, Tone.SECONDARY)
        self._time = TypedLabel("", Type.CAPTION, Tone.SECONDARY)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(WrapLabel(source_text(source), Type.STRONG))
        words.addWidget(self._said)
        words.addWidget(self._asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)
        self._show()

    @property
    def state(self) -> SourceState | None:
        """The state that stands for all questions; None before the first."""
        shown = self.outcome()
        return shown.state if shown is not None else None

    def outcome(self) -> SourceOutcome | None:
        """Return the most telling outcome."""
        known = sorted(self._outcomes.values(), key=lambda each: _TELLING.index(each.state))
        return next(iter(known), None)

    def take(self, outcome: SourceOutcome) -> None:
        """Show what became of a question."""
        self._outcomes[outcome.asked] = outcome
        self._show()

    def _show(self) -> None:
        shown = self.outcome()
        said = translate_message(shown.outcome) if shown is not None else self.tr("Next")
        asked = shown.asked if shown is not None else ""
        elapsed = shown.elapsed_ms if shown is not None else None
        self._mark.set_shape(STATE_SHAPES[shown.state] if shown is not None else Shape.WAITING)
        self._said.setText(said)
        self._asked.set_text(asked)
        self._asked.setVisible(bool(asked))
        self._time.setText(duration_text(elapsed) if elapsed is not None else "")
        self.setToolTip(plain_tool_tip(self._all()))
        state = state_text(shown.state) if shown is not None else ""
        self.setAccessibleName(", ".join(p for p in (source_text(self.source), state, said) if p))

    def _all(self) -> str:
        if len(self._outcomes) < 2:
            return ""
        template = self.tr("{asked}: {said}")
        return "\n".join(
            template.format(asked=each.asked, said=translate_message(each.outcome))
            for each in self._outcomes.values()
        )

    def spoken(self) -> str:
        """Return the row in one sentence."""
        return self.accessibleName()


class SourceList(Card):
    """All sources of a search, in the order in which they are named."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows: dict[Source, SourceRow] = {}
        self._counter = TypedLabel("", Type.CAPTION, Tone.SECONDARY)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.M)
        heading = QHBoxLayout()
        heading.addWidget(WrapLabel(self.tr("Who is asked, and what they say"), Type.STRONG), 1)
        heading.addWidget(self._counter, 0, Qt.AlignmentFlag.AlignTop)
        self.column.setContentsMargins(Space.XL, Space.L - 1, Space.XL, Space.L)
        self.column.setSpacing(Space.L)
        self.column.addLayout(heading)
        self.column.addLayout(self._lines)

    def start(self, sources: Iterable[Source]) -> None:
        """Begin anew with these sources."""
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {}
        for source in sources:
            self._row(source)
        self._count()

    def _row(self, source: Source) -> SourceRow:
        if source not in self._rows:
            row = self._rows[source] = SourceRow(source)
            self._lines.addWidget(row)
            row.show()
        return self._rows[source]

    def take(self, outcome: SourceOutcome) -> SourceRow:
        """Show an outcome in the row of its source; return the row."""
        row = self._row(outcome.source)
        row.take(outcome)
        self._count()
        return row

    def rows(self) -> tuple[SourceRow, ...]:
        """Return the rows from top to bottom."""
        return tuple(self._rows.values())

    def done(self) -> tuple[int, int]:
        """Return how many sources have answered or were given up, and of how many."""
        ended = [r for r in self._rows.values() if r.state not in (None, SourceState.ASKING)]
        return len(ended), len(self._rows)

    def _count(self) -> None:
        done, total = self.done()
        words = self.tr("{done} of {total} done").format(done=done, total=total)
        self._counter.setText(words if total else "")
