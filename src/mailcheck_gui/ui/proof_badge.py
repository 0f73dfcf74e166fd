"""The badge of a proof: how a suggested value was tested."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mailcheck_gui.model.finding import Confidence, Proof
from mailcheck_gui.ui.badge import Badge, BadgeKind

_KINDS = {
    Proof.SIGNED_IN: BadgeKind.SIGNED_IN,
    Proof.HANDSHAKE: BadgeKind.HANDSHAKE,
    Proof.DOCUMENTED: BadgeKind.DOCUMENTED,
}


def proof_text(proof: Proof, source: str = "") -> str:
    """Return the words of a proof; documented ones name source and date."""
    words = {
        Proof.SIGNED_IN: QCoreApplication.translate("Badge", "Signed in"),
        Proof.HANDSHAKE: QCoreApplication.translate("Badge", "Handshake"),
        Proof.DOCUMENTED: QCoreApplication.translate("Badge", "Documented"),
    }
    if proof is Proof.DOCUMENTED and source:
        template = QCoreApplication.translate("Badge", "Documented, {source}")
        return template.format(source=source)
    return words[proof]


def proof_badge(proof: Proof, source: str = "") -> Badge:
    """Return the badge of a proof, with its meaning as a tool tip."""
    meanings = {
        Proof.SIGNED_IN: QCoreApplication.translate(
            "Badge", "Mailcheck signed in there with your password a moment ago."
        ),
        Proof.HANDSHAKE: QCoreApplication.translate(
            "Badge", "The server answers as expected over verified encryption. No sign-in yet."
        ),
        Proof.DOCUMENTED: QCoreApplication.translate(
            "Badge", "The provider says so. It was not tried."
        ),
    }
    badge = Badge(_KINDS[proof], proof_text(proof, source))
    badge.setToolTip(meanings[proof])
    return badge


def confidence_text(confidence: Confidence) -> str:
    """Return how sure a finding is, in a word."""
    words = {
        Confidence.CERTAIN: QCoreApplication.translate("Badge", "certain"),
        Confidence.LIKELY: QCoreApplication.translate("Badge", "likely"),
        Confidence.POSSIBLE: QCoreApplication.translate("Badge", "possible"),
    }
    return words[confidence]
