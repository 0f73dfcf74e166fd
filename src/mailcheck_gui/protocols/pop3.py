"""The POP3 dialogue."""

from __future__ import annotations

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.protocols.session import Session


class Pop3Dialogue(Session):
    """One POP3 conversation, from the greeting to the goodbye."""

    protocol = Protocol.POP3
