"""The IMAP dialogue."""

from __future__ import annotations

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.protocols.session import Session


class ImapDialogue(Session):
    """One IMAP conversation, from the greeting to the goodbye."""

    protocol = Protocol.IMAP
