"""What the catalogue adds: what does not work at a provider, and where its sources disagree."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.model.finding import Provider, ProviderRemark
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.times import month_text
from mailcheck_gui.ui.translation import translate_template


class ProviderRemarks(Card):
    """Two short lists, each remark with its source."""

    def __init__(self, provider: Provider, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.column.setSpacing(Space.M)
        limits = self.tr("Limits at {provider}").format(provider=provider.name)
        conflicts = self.tr("Where sources on {provider} disagree").format(provider=provider.name)
        for heading, remarks in ((limits, provider.limits), (conflicts, provider.conflicts)):
            if remarks:
                self._add(heading, remarks)

    def _add(self, heading: str, remarks: Sequence[ProviderRemark]) -> None:
        self.column.addWidget(WrapLabel(heading, Type.STRONG))
        for remark in remarks:
            lines = QVBoxLayout()
            lines.setSpacing(1)
            lines.addWidget(WrapLabel(translate_template(remark.text)))
            lines.addWidget(WrapLabel(self._origin(remark), Type.CAPTION, Tone.SECONDARY))
            self.column.addLayout(lines)

    def _origin(self, remark: ProviderRemark) -> str:
        source = self.tr("Source: {source}, {month}")
        words = source.format(source=remark.source, month=month_text(remark.date) or remark.date)
        if not remark.since:
            return words
        since = self.tr("Since {month}.").format(month=month_text(remark.since) or remark.since)
        return f"{since} {words}"


def has_remarks(provider: Provider | None) -> bool:
    """Return whether there is anything to say."""
    return provider is not None and bool(provider.limits or provider.conflicts)
