"""Which proxy the system wants https requests to go through."""

from __future__ import annotations

import asyncio
import os
import sys
from urllib.parse import urlsplit

from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import WebProxy
from mailcheck_gui.network.threads import in_daemon_thread

_DEFAULT_PORT = 8080


async def system_proxy(host: str, deadline: Deadline) -> WebProxy | None:
    """Return the proxy for https to a host, from environment, registry or system preferences.

    A configuration script (PAC) is not run: nothing in Python's library does. Windows may look up
    the host to compare it with its exceptions, which takes time.
    """
    if not _may_be_configured():
        return None
    try:
        async with asyncio.timeout(deadline.remaining):
            return await in_daemon_thread(lambda: _configured(host), "proxy settings")
    except TimeoutError:
        return None  # and no time is left for a request either


def _may_be_configured() -> bool:
    """Whether a look is worth it: where only the environment counts, it is nearly always empty."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(name.lower() == "https_proxy" for name in os.environ)


def _configured(host: str) -> WebProxy | None:
    from urllib.request import getproxies, proxy_bypass

    url = getproxies().get("https", "")
    return None if not url or proxy_bypass(host) else read_proxy(url)


def read_proxy(url: str) -> WebProxy | None:
    """Return what a proxy setting names; a name in it for signing in is not used."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}", scheme="http")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    return WebProxy(parts.scheme, host, port or _DEFAULT_PORT) if host else None
