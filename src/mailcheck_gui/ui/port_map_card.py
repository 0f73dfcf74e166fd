"""The card around the port map of a finished check."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mailcheck_gui.model.report import Report
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.port_map import PortMap
from mailcheck_gui.ui.port_tiles import Tile
from mailcheck_gui.ui.theme import Space, Type


class PortMapCard(Card):
    """Heading, how it was tried, and the map with its marks."""

    def __init__(
        self, report: Report, tiles: tuple[Tile, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.map = PortMap()
        heading = QWidget()
        row = LeadLayout(heading, lead_width=260)
        row.addWidget(WrapLabel(self.tr("What speaks on which port"), Type.SUBTITLE))
        sentence = self.tr("Other ports than yours were tried without your password")
        row.addWidget(WrapLabel(sentence, Type.CAPTION, Tone.SECONDARY))
        self.column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.L)
        self.column.addWidget(heading)
        self.column.addSpacing(Space.M - 2)
        self.column.addWidget(self.map)
        hosts = {server.protocol: server.host for _, server in report.account.sides()}
        self.map.show_tiles(tiles, hosts)
