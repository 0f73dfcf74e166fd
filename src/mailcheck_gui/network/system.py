"""The Network of this computer."""

from __future__ import annotations

import functools
import ssl
import threading
from typing import TYPE_CHECKING

from mailcheck_gui.model.dns import RecordKind, RecordsObservation
from mailcheck_gui.model.observation import ConnectObservation, NameObservation, NetworkFacts
from mailcheck_gui.network import dns_records, proxies, public_roots, resolver, trust
from mailcheck_gui.network.connection import open_connection
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.routes import network_facts
from mailcheck_gui.network.seam import Connected, WebProxy

if TYPE_CHECKING:
    from dns.resolver import Resolver


class SystemNetwork:
    """Names, connections and trust as this computer has them. Make one for each check.

    Roots and the certificate library take some 100 ms to load. That happens in a thread while the
    first name is looked up, so that no handshake waits for it.
    """

    def __init__(self) -> None:
        self._context = functools.cache(trust.system_context)
        self._context_lock = threading.Lock()
        self._warm_up_started = False
        self._resolver: Resolver | None = None
        self._resolver_lock = threading.Lock()

    async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
        """See `seam.Network.resolve`."""
        self._start_warm_up()
        return await resolver.resolve(host, deadline)

    async def records(self, name: str, kind: RecordKind, deadline: Deadline) -> RecordsObservation:
        """See `seam.Network.records`."""
        return await dns_records.look_up_records(name, kind, deadline, self._name_servers)

    async def web_proxy(self, host: str, deadline: Deadline) -> WebProxy | None:
        """See `seam.Network.web_proxy`."""
        return await proxies.system_proxy(host, deadline)

    async def connect(
        self, address: str, port: int, deadline: Deadline
    ) -> Connected | ConnectObservation:
        """See `seam.Network.connect`."""
        self._start_warm_up()
        return await open_connection(address, port, deadline)

    def client_context(
        self, *, check_times: bool = True, check_name: bool = True
    ) -> ssl.SSLContext:
        """See `seam.Network.client_context`. Kept for the life of this object on most systems.

        Where the operating system verifies, each call makes a context: truststore locks it for
        the whole of a verification, so that a shared one would make handshakes wait in turn.
        """
        if trust.VERIFIED_BY_SYSTEM:
            return trust.system_context(check_times=check_times, check_name=check_name)
        with self._context_lock:
            return self._context(check_times=check_times, check_name=check_name)

    def completing_context(self, intermediates: tuple[bytes, ...]) -> ssl.SSLContext:
        """See `seam.Network.completing_context`. Takes tens of milliseconds."""
        context = trust.system_context(check_times=False, check_name=False)
        trust.add_intermediates(context, intermediates)
        return context

    async def facts(self) -> NetworkFacts:
        """See `seam.Network.facts`."""
        return network_facts()

    def _name_servers(self) -> Resolver:
        """Return a resolver with the system's name servers, read once. Raises as dnspython does."""
        from dns.resolver import Resolver

        with self._resolver_lock:
            if self._resolver is None:
                self._resolver = Resolver()
            return self._resolver

    def _start_warm_up(self) -> None:
        if not self._warm_up_started:
            self._warm_up_started = True
            # No daemon: the interpreter must not end while OpenSSL loads roots (it would crash).
            threading.Thread(target=self._warm_up, name="warm-up", daemon=False).start()

    def _warm_up(self) -> None:
        self.client_context()
        public_roots.prepare()
