"""The core's English sentences in the language of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from mailcheck_gui.model.finding import Message


def translate_message(message: Message) -> str:
    """Return a sentence of the core, translated; values are put in afterwards as plain text."""
    return message.fill(translate_template(message.template))


def translate_template(template: str) -> str:
    """Return a template of the core, translated; its values are still to be put in."""
    return QCoreApplication.translate("core", template)
