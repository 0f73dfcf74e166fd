"""Both sides as they were tried, side by side, each with its proof."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from mailcheck_gui.model.account import Role
from mailcheck_gui.model.finding import Proof
from mailcheck_gui.model.observation import HandshakeOutcome, SignInResult, TlsObservation
from mailcheck_gui.model.report import Report
from mailcheck_gui.ui.badge import Badge, BadgeKind
from mailcheck_gui.ui.proof_badge import proof_badge
from mailcheck_gui.ui.side_summary import SideColumns, SideSummary


class WorksColumns(SideColumns):
    """The given sides of a report."""

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("WorksColumns", "Certificate")
        super().__init__(
            [
                SideSummary(
                    role, server, _badge(report, role), [(name, _certificate(report, role))]
                )
                for role, server in report.account.sides()
            ],
            parent,
        )


def _badge(report: Report, role: Role) -> Badge:
    sign_in = report.observations.sign_in(role)
    if sign_in is not None and sign_in.result is SignInResult.ACCEPTED:
        return proof_badge(Proof.SIGNED_IN)
    if verified_handshake(report, role) is not None:
        return proof_badge(Proof.HANDSHAKE)
    return Badge(BadgeKind.PLAIN, QCoreApplication.translate("WorksColumns", "Not tested"))


def _certificate(report: Report, role: Role) -> str:
    tls = verified_handshake(report, role)
    if tls is None or not tls.chain:
        return ""
    days = (tls.chain[0].not_after - report.started).days
    if days == 1:
        return QCoreApplication.translate("WorksColumns", "valid for one day")
    template = QCoreApplication.translate("WorksColumns", "valid for {days} days")
    return template.format(days=days)


def verified_handshake(report: Report, role: Role) -> TlsObservation | None:
    """Return a verified handshake of the configured server, or None."""
    for endpoint in report.observations.endpoints:
        if not endpoint.configured or endpoint.role is not role:
            continue
        for talk in endpoint.conversations:
            if talk.tls is not None and talk.tls.outcome is HandshakeOutcome.VERIFIED:
                return talk.tls
    return None
