"""URLs of strangers that may be asked: http and https on their usual ports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
_LABEL = "[a-z0-9_-]{1,63}"  # RFC 1035, section 2.3.4; TLS refuses to ask for a longer one
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})+|[0-9a-f:.]*:[0-9a-f:.]*")
_PATH = re.compile(r"/[!-~]{0,1000}")
_LONGEST_HOST = 253


@dataclass(frozen=True, slots=True)
class WebPlace:
    """Where a URL leads. `host` is an A-label name or an IP literal."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """The host as a Host header wants it (RFC 9110 section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The place in one spelling, to recognise one that was asked before."""
        return f"{self.scheme}://{self.named}{self.path}"


def read_place(url: str) -> WebPlace | None:
    """Return where a URL leads, or None where nothing is fetched from."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    allowed = parts.scheme in _PORTS and parts.username is None
    if not allowed or not _HOST.fullmatch(host) or len(host) > _LONGEST_HOST:
        return None
    port = _PORTS[parts.scheme] if port is None else port
    if port not in _PORTS.values() or not _PATH.fullmatch(path):
        return None
    return WebPlace(parts.scheme, host, port, path)
