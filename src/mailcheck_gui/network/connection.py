"""TCP connections on the running asyncio loop."""

from __future__ import annotations

from mailcheck_gui.model.observation import ConnectObservation
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected


async def open_connection(
    address: str, port: int, deadline: Deadline
) -> Connected | ConnectObservation:
    """Open a TCP connection to an IP literal. A failure is the observation of it. Never raises."""
    raise NotImplementedError
