"""The page of a running check: a ladder of steps for each side, and the other ports."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.account import SIDES, Account, Protocol, Role
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.event import (
    CheckEvent,
    CheckStarted,
    EndpointKnown,
    Step,
    StepChanged,
    StepState,
)
from mailcheck_gui.model.observation import EndpointObservation
from mailcheck_gui.ui.announcer import Announcer
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.ladder import step_name
from mailcheck_gui.ui.ladder_card import LadderCard
from mailcheck_gui.ui.layouts import ColumnsLayout
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.page_header import PageHeader
from mailcheck_gui.ui.port_map import PortMap
from mailcheck_gui.ui.port_tiles import (
    Tile,
    TileState,
    in_map_order,
    known_tile,
    one_tile_a_port,
    planned_tile,
)
from mailcheck_gui.ui.progress_line import ProgressLine
from mailcheck_gui.ui.server_words import side_text
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.translation import translate_message

_ENDED = frozenset({StepState.WORKS, StepState.WARNING, StepState.ERROR})


class OtherPorts(Card):
    """The ports of both servers, filled as they become known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._hosts: dict[Protocol, str] = {}
        self._tiles: dict[Endpoint, Tile] = {}
        self._known: dict[Endpoint, list[EndpointObservation]] = {}
        self._counter = TypedLabel("", Type.CAPTION, Tone.SECONDARY)
        self.map = PortMap()
        self.column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.L)
        self.column.addLayout(self._heading())
        self.column.addSpacing(Space.M)
        self.column.addWidget(self.map)

    def _heading(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(WrapLabel(self.tr("Other ports of these servers"), Type.STRONG))
        sentence = self.tr("Tried without your password, to find out what would work.")
        words.addWidget(WrapLabel(sentence, Type.CAPTION, Tone.SECONDARY))
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self._counter, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def start(self, account: Account) -> None:
        """Forget the last check."""
        self._hosts = {server.protocol: server.host for _, server in account.sides()}
        self._tiles = {}
        self._known = {}
        self.hide()

    def show_plan(self, started: CheckStarted) -> None:
        """Show what will be examined."""
        tiles = [planned_tile(planned, TileState.RUNNING) for planned in started.plan]
        self._tiles = {tile.endpoint: tile for tile in tiles}
        self.setVisible(bool(self._tiles))
        self._show()

    def show_known(self, observation: EndpointObservation) -> None:
        """Show what was seen at one address of a port."""
        if observation.endpoint not in self._tiles or not observation.conversations:
            return
        seen = self._known.setdefault(observation.endpoint, [])
        seen.append(observation)
        self._tiles[observation.endpoint] = known_tile(seen)
        self._show()

    def known(self) -> tuple[int, int]:
        """Return how many ports are known, and of how many."""
        return len(self._known), len(self._tiles)

    def _show(self) -> None:
        self.map.show_tiles(in_map_order(one_tile_a_port(self._tiles.values())), self._hosts)
        known, total = self.known()
        self._counter.setText(self.tr("{known} of {total} known").format(known=known, total=total))


class CheckingView(Page):
    """Shows the events of one run as they come. Holds no engine code."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header = PageHeader()
        self._cancel = Button(self.tr("Cancel"))
        self._cancel.clicked.connect(self.cancel_requested)
        self._progress = ProgressLine()
        self._cards = {role: LadderCard(role) for role in SIDES}
        self._ports = OtherPorts()
        self._announcer = Announcer(self)
        self._build()

    def _build(self) -> None:
        self._header.buttons.addWidget(self._cancel)
        sides = QWidget()
        columns = ColumnsLayout(sides)
        for card in self._cards.values():
            columns.addWidget(card)
        self.column.addWidget(self._header)
        self.column.addWidget(self._progress)
        self.column.addWidget(sides)
        self.column.addWidget(self._ports)

    def start(self, title: str, account: Account) -> None:
        """Show a run that begins now: every step waits, no port is known."""
        self._header.set_texts(
            self.tr("Checking {account}").format(account=title),
            self.tr("Usually done within five seconds. You can read along or just wait."),
        )
        self._cancel.setEnabled(True)
        self._progress.set_part(0.0)
        self._ports.start(account)
        for role, card in self._cards.items():
            server = account.server(role)
            card.setVisible(server is not None)
            if server is not None:
                card.start(server)
        self.verticalScrollBar().setValue(0)

    def handle(self, event: CheckEvent) -> None:
        """Show one event of the run that was started last."""
        if isinstance(event, CheckStarted):
            self._ports.show_plan(event)
        elif isinstance(event, StepChanged):
            self._show_step(event)
        elif isinstance(event, EndpointKnown):
            self._ports.show_known(event.observation)
        self._progress.set_part(self._part())
        self.settle()

    def _show_step(self, event: StepChanged) -> None:
        self._cards[event.role].show_change(event)
        if event.state in _ENDED:
            template = self.tr("{side}, {step}: {detail}")
            sentence = template.format(
                side=side_text(event.role),
                step=step_name(event.step),
                detail=translate_message(event.detail),
            )
            self._announcer.announce(sentence)

    def _part(self) -> float:
        cards = [card for card in self._cards.values() if not card.isHidden()]
        known, total = self._ports.known()
        done = sum(card.ladder.done() for card in cards) + known
        return done / max(1, len(cards) * len(Step) + total)

    def show_cancelling(self) -> None:
        """Say that the run is being stopped; Cancel can be pressed only once."""
        self._cancel.setEnabled(False)
        self._header.set_sentence(self.tr("Stopping"))

    def cancel_has_focus(self) -> bool:
        """Return whether the keyboard is on Cancel: then the verdict gets the focus next."""
        return self._cancel.hasFocus()

    def focus_cancel(self) -> None:
        """Put the keyboard on Cancel."""
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def ladder(self, role: Role) -> LadderCard:
        """Return the card of one side."""
        return self._cards[role]
