"""The Network of this computer."""

from __future__ import annotations

import ssl

from mailcheck_gui.model.observation import ConnectObservation, NameObservation, NetworkFacts
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected


class SystemNetwork:
    """Names, connections and trust as this computer has them. Make one for each check."""

    async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
        """See `seam.Network.resolve`."""
        raise NotImplementedError

    async def connect(
        self, address: str, port: int, deadline: Deadline
    ) -> Connected | ConnectObservation:
        """See `seam.Network.connect`."""
        raise NotImplementedError

    def client_context(
        self, *, check_times: bool = True, check_name: bool = True
    ) -> ssl.SSLContext:
        """See `seam.Network.client_context`."""
        raise NotImplementedError

    async def facts(self) -> NetworkFacts:
        """See `seam.Network.facts`."""
        raise NotImplementedError
