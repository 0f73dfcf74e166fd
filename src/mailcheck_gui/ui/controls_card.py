"""The question whether other people's servers may be asked for comparison, and which ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.model.control import Control
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.check_box import CheckBox, ExplainedBox
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.times import month_text


class ControlsCard(Card):
    """A tick, what happens with it, and every server that may then be asked."""

    def __init__(self, controls: Sequence[Control], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.column.setSpacing(Space.M)
        self.allowed = CheckBox(self.tr("Ask other servers when a port is silent"))
        self.column.addWidget(TypedLabel(self.tr("Comparison"), Type.SUBTITLE))
        sentence = self.tr(
            "Mailcheck then tries the same port at servers of other companies. "
            "Their answer shows whether your network blocks the port. "
            "They see only your internet address. Nothing is sent to them."
        )
        self.column.addWidget(ExplainedBox(self.allowed, sentence))
        self.column.addWidget(WrapLabel(self.tr("Only these are asked:"), Type.STRONG))
        for operator, own in groupby(controls, key=lambda control: control.operator):
            self.column.addLayout(self._operator(operator, tuple(own)))

    def _operator(self, name: str, controls: Sequence[Control]) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(WrapLabel(name))
        lines.addWidget(WrapLabel(self._servers(controls), Type.CAPTION, Tone.SECONDARY))
        known = self.tr("Source: {source}, {month}")
        first = controls[0]
        words = known.format(source=first.source, month=month_text(first.date))
        lines.addWidget(WrapLabel(words, Type.CAPTION, Tone.SECONDARY))
        return lines

    def _servers(self, controls: Iterable[Control]) -> str:
        ports: dict[str, list[str]] = {}
        for control in controls:
            ports.setdefault(control.host, []).append(str(control.port))
        template = self.tr("{host} ({ports})")
        return "; ".join(
            template.format(host=host, ports=", ".join(own)) for host, own in ports.items()
        )
