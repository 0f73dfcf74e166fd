"""Both sides as they were tried, side by side, each with its proof."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.account import Field, Role, Server
from mailcheck_gui.model.finding import Proof
from mailcheck_gui.model.observation import HandshakeOutcome, SignInResult, TlsObservation
from mailcheck_gui.model.report import Report
from mailcheck_gui.ui.badge import Badge, BadgeKind
from mailcheck_gui.ui.card import INNER
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import ElideLabel, Tone, TypedLabel
from mailcheck_gui.ui.layouts import ColumnsLayout
from mailcheck_gui.ui.proof_badge import proof_badge
from mailcheck_gui.ui.server_words import SIDE_ICONS, field_text, side_with_protocol, value_texts
from mailcheck_gui.ui.theme import Space, Type, roles


class SideSummary(QWidget):
    """One side: heading with its proof, then its values."""

    def __init__(self, report: Report, role: Role, server: Server) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(INNER, Space.M, INNER, Space.L)
        column.setSpacing(Space.S)
        column.addLayout(self._heading(report, role, server))
        column.addLayout(self._values(report, role, server))
        column.addStretch(1)

    def _heading(self, report: Report, role: Role, server: Server) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(IconMark(SIDE_ICONS[role], size=18))
        row.addWidget(TypedLabel(side_with_protocol(role, server), Type.STRONG), 1)
        row.addWidget(self._badge(report, role))
        return row

    def _badge(self, report: Report, role: Role) -> Badge:
        sign_in = report.observations.sign_in(role)
        if sign_in is not None and sign_in.result is SignInResult.ACCEPTED:
            return proof_badge(Proof.SIGNED_IN)
        if verified_handshake(report, role) is not None:
            return proof_badge(Proof.HANDSHAKE)
        return Badge(BadgeKind.PLAIN, self.tr("Not tested"))

    def _values(self, report: Report, role: Role, server: Server) -> QGridLayout:
        texts = value_texts(server)
        port = self.tr("{port}, {encryption}").format(
            port=texts[Field.PORT], encryption=texts[Field.SECURITY]
        )
        rows = [
            (field_text(Field.HOST), texts[Field.HOST]),
            (field_text(Field.PORT), port),
            (field_text(Field.USERNAME), texts[Field.USERNAME]),
            (self.tr("Certificate"), self._certificate(report, role)),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS + 1)
        grid.setColumnStretch(1, 1)
        for index, (name, value) in enumerate(row for row in rows if row[1]):
            grid.addWidget(TypedLabel(name, tone=Tone.SECONDARY), index, 0)
            grid.addWidget(ElideLabel(value), index, 1)
        return grid

    def _certificate(self, report: Report, role: Role) -> str:
        tls = verified_handshake(report, role)
        if tls is None or not tls.chain:
            return ""
        days = (tls.chain[0].not_after - report.started).days
        if days == 1:
            return self.tr("valid for one day")
        return self.tr("valid for {days} days").format(days=days)


def verified_handshake(report: Report, role: Role) -> TlsObservation | None:
    """Return a verified handshake of the configured server, or None."""
    for endpoint in report.observations.endpoints:
        if not endpoint.configured or endpoint.role is not role:
            continue
        for talk in endpoint.conversations:
            if talk.tls is not None and talk.tls.outcome is HandshakeOutcome.VERIFIED:
                return talk.tls
    return None


class WorksColumns(QWidget):
    """The given sides, with a line between them."""

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = ColumnsLayout(self, spacing=0)
        self._sides = [SideSummary(report, role, server) for role, server in report.account.sides()]
        for side in self._sides:
            self._columns.addWidget(side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line between the columns, or between the stacked sides."""
        painter = QPainter(self)
        ink = QColor(roles().card_edge)
        for side in self._sides[1:]:
            if side.x() > 0:
                painter.fillRect(side.x(), 0, 1, self.height(), ink)
            else:
                painter.fillRect(0, side.y(), self.width(), 1, ink)
