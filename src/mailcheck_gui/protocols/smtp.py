"""The SMTP dialogue."""

from __future__ import annotations

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.protocols.session import Session


class SmtpDialogue(Session):
    """One SMTP conversation, from the greeting to the goodbye."""

    protocol = Protocol.SMTP
