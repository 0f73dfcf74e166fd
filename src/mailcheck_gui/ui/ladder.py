"""The ladder of a side: six steps from the name to a server that is ready, as they happen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.event import Step, StepChanged, StepState
from mailcheck_gui.ui.buttons import FocusRing, ring_around
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.roving import RovingFocus
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Size, Space, Type, roles, scaled, wants_less_motion
from mailcheck_gui.ui.times import duration_text
from mailcheck_gui.ui.translation import translate_message

_SHAPES = {
    StepState.WAITING: Shape.WAITING,
    StepState.RUNNING: Shape.RUNNING,
    StepState.WORKS: Shape.WORKS,
    StepState.WARNING: Shape.WARNING,
    StepState.ERROR: Shape.ERROR,
    StepState.NOT_TESTED: Shape.NOT_TESTED,
}
_DETAIL_TONES = {
    StepState.RUNNING: Tone.ACCENT,
    StepState.WARNING: Tone.WARNING,
    StepState.ERROR: Tone.ERROR,
}
_DIM = frozenset({StepState.WAITING, StepState.NOT_TESTED})
_MARK = 22
_LINE = 2
_TIME_WIDTH = 44


def step_name(step: Step) -> str:
    """Return the name of a step."""
    names = {
        Step.NAME: QCoreApplication.translate("Ladder", "Name"),
        Step.CONNECT: QCoreApplication.translate("Ladder", "Connect"),
        Step.ENCRYPTION: QCoreApplication.translate("Ladder", "Encryption"),
        Step.CERTIFICATE: QCoreApplication.translate("Ladder", "Certificate"),
        Step.SIGN_IN: QCoreApplication.translate("Ladder", "Sign-in"),
        Step.READY: QCoreApplication.translate("Ladder", "Ready"),
    }
    return names[step]


def state_name(state: StepState) -> str:
    """Return the word for a state, for those who cannot see the shape."""
    names = {
        StepState.WAITING: QCoreApplication.translate("Ladder", "waiting"),
        StepState.RUNNING: QCoreApplication.translate("Ladder", "running"),
        StepState.WORKS: QCoreApplication.translate("Ladder", "works"),
        StepState.WARNING: QCoreApplication.translate("Ladder", "warning"),
        StepState.ERROR: QCoreApplication.translate("Ladder", "error"),
        StepState.NOT_TESTED: QCoreApplication.translate("Ladder", "not tested"),
    }
    return names[state]


class LadderRow(QWidget):
    """One step: shape, name, one sentence, its time."""

    def __init__(self, name: str, *, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = StepState.WAITING
        self._last = last
        self._ring: FocusRing | None = None
        self._mark = ShapeMark(Shape.WAITING, _MARK)
        self._title = TypedLabel(name, Type.BODY, Tone.SECONDARY)
        self._detail = WrapLabel("", Type.CAPTION, Tone.SECONDARY)
        self._time = TypedLabel("", Type.CAPTION, Tone.SECONDARY)
        self._time.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._build()
        self._name_for_ears()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.setContentsMargins(0, 2, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(head)
        words.addWidget(self._detail)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0 if self._last else Space.S)
        row.setSpacing(Space.M + 2)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._detail.hide()
        self.fit_text()

    def fit_text(self) -> None:
        """Take the height, and the room for a time, from the text size."""
        self._time.setMinimumWidth(scaled(_TIME_WIDTH))
        self.setMinimumHeight(scaled(_MARK + 2 if self._last else Size.LADDER_ROW))

    def reset(self) -> None:
        """Wait again."""
        self.show_state(StepState.WAITING, "")

    def show_state(self, state: StepState, detail: str, elapsed_ms: float | None = None) -> None:
        """Show what became of the step, in one sentence."""
        self.state = state
        if state is StepState.RUNNING and not detail and wants_less_motion():
            detail = QCoreApplication.translate("Ladder", "waiting")  # since the ring stands still
        self._mark.set_shape(_SHAPES[state])
        self._title.set_kind(Type.BODY if state in _DIM else Type.STRONG)
        self._title.set_tone(Tone.SECONDARY if state in _DIM else Tone.TEXT)
        self._detail.setText(detail)
        self._detail.set_tone(_DETAIL_TONES.get(state, Tone.SECONDARY))
        self._detail.setVisible(bool(detail))
        self._time.setText("" if elapsed_ms is None else duration_text(elapsed_ms))
        self._name_for_ears()
        self.update()

    def _name_for_ears(self) -> None:
        parts = (self._title.plain_text(), state_name(self.state), self._detail.plain_text())
        self.setAccessibleName(", ".join(part for part in parts if part))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is, around shape and words."""
        self._ring = ring_around(self, self._ring, event)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line down to the next step."""
        colours = roles()
        painter = QPainter(self)
        mark = self._mark.geometry()
        if not self._last:
            ink = colours.works if self.state is StepState.WORKS else colours.card_edge
            top = mark.bottom() + 3
            left = mark.center().x() + 1 - _LINE / 2
            painter.fillRect(QRectF(left, top, _LINE, self.height() - top - 2), QColor(ink))


class Ladder(QWidget):
    """Six rows, fed with the events of one side. The arrow keys walk through them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        steps = tuple(Step)
        self.rows = {step: LadderRow(step_name(step), last=step is steps[-1]) for step in steps}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for row in self.rows.values():
            layout.addWidget(row)
        self._roving = RovingFocus(self)
        self._roving.set_members(list(self.rows.values()))

    def reset(self) -> None:
        """Let every step wait."""
        for row in self.rows.values():
            row.reset()

    def show_change(self, change: StepChanged) -> None:
        """Show one event."""
        detail = translate_message(change.detail)
        self.rows[change.step].show_state(change.state, detail, change.elapsed_ms)

    def done(self) -> int:
        """Return how many steps have ended."""
        open_states = (StepState.WAITING, StepState.RUNNING)
        return sum(row.state not in open_states for row in self.rows.values())

    def has_problem(self) -> bool:
        """Return whether a step ended with an error."""
        return any(row.state is StepState.ERROR for row in self.rows.values())
