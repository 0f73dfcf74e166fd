"""What is to be done at the provider before a mail program may sign in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from mailcheck_gui.model.finding import PreparationStep
from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.reporting.find_words import step_text
from mailcheck_gui.ui.steps import Steps
from mailcheck_gui.ui.times import month_text
from mailcheck_gui.ui.translation import translate_template
from mailcheck_gui.ui.web_address import WebAddress


class PreparationSteps(Steps):
    """Numbered steps, each with the provider's page as plain text."""

    def __init__(self, preparation: Sequence[PreparationStep]) -> None:
        super().__init__(QCoreApplication.translate("PreparationSteps", "Before you sign in"))
        for step in preparation:
            text = step_text(step, translate_template)
            column = self.add_step(text, _source(step))
            if step.url:
                column.addWidget(WebAddress(step.url, text))


def _source(step: PreparationStep) -> str:
    month = month_text(step.date)
    source = visible_text(step.source)
    if not source or not month:
        return source
    template = QCoreApplication.translate("PreparationSteps", "Source: {source}, {month}")
    return template.format(source=source, month=month)
