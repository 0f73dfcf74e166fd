"""What a conversation does for the person once its side has signed in."""

from __future__ import annotations

from typing import Protocol as Interface

from mailcheck_gui.checks.wire import Wire
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.observation import Capabilities
from mailcheck_gui.network.deadline import Deadline


class Errand(Interface):
    """Runs inside verified TLS, right after the sign-in."""

    async def ask(
        self,
        wire: Wire,
        endpoint: Endpoint,
        offered: Capabilities,
        deadline: Deadline,
        *,
        signed_in: bool,
        goodbye_timeout: float,
    ) -> None:
        """Do it, where this conversation is one that can. Raises `Ended` as `wire` does.

        `deadline` is that of one step; `goodbye_timeout` seconds the goodbye may take.
        """
