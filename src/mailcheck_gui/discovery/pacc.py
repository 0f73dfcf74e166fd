"""PACC files: JSON that a domain publishes, with its digest in DNS (draft-ietf-mailmaint-pacc).

The format names hosts only: every mail protocol is on its port for implicit TLS, the user name is
the whole address.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mailcheck_gui.discovery.reading import host_of, shown, web_url
from mailcheck_gui.model.account import AuthMethod, Protocol, Security, Server
from mailcheck_gui.model.endpoint import default_port
from mailcheck_gui.model.finding import Message, PreparationStep, message

_VERSION = "uaac1"
_DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class PaccFile:
    """What a file says. `problem` is None exactly where there is a server that can be used."""

    incoming: tuple[Server, ...] = ()
    outgoing: tuple[Server, ...] = ()
    problem: Message | None = None
    preparation: tuple[PreparationStep, ...] = ()


def parse_pacc(data: bytes, email: str) -> PaccFile:
    """Read a file for an address. Never raises, whatever the bytes."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return PaccFile(problem=message("The file is no JSON."))
    auth = _method(_table(_table(content).get("authentication")))
    if auth is None:
        return PaccFile(problem=message("The file names no known way to sign in."))
    protocols = _table(_table(content).get("protocols"))
    incoming = _servers(protocols, (Protocol.IMAP, Protocol.POP3), auth, email)
    outgoing = _servers(protocols, (Protocol.SMTP,), auth, email)
    problem = None if incoming or outgoing else message("The file names no mail server.")
    return PaccFile(incoming, outgoing, problem, _help(_table(_table(content).get("info"))))


def digest_fits(records: Iterable[bytes], data: bytes) -> bool:
    """Whether one of the TXT records holds the digest of a file: `v=UAAC1; a=sha256; d=…`."""
    wanted = hashlib.sha256(data).digest()
    return any(_digest(record) == wanted for record in records)


def _digest(record: bytes) -> bytes | None:
    pairs = (part.partition("=") for part in record.decode("utf-8", "replace").split(";"))
    tags = {name.strip().lower(): value.strip() for name, _, value in pairs}
    if tags.get("v", "").lower() != _VERSION or tags.get("a", "").lower() != _DIGEST:
        return None
    try:
        return base64.b64decode(tags.get("d", ""), validate=True)
    except (binascii.Error, ValueError):
        return None


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _method(authentication: Mapping[str, object]) -> AuthMethod | None:
    """Return the way to sign in. The format gives no order; a password needs no registration."""
    if authentication.get("password") is True:
        return AuthMethod.PASSWORD
    return AuthMethod.OAUTH2 if _table(authentication.get("oauth-public")) else None


def _servers(
    protocols: Mapping[str, object], wanted: tuple[Protocol, ...], auth: AuthMethod, email: str
) -> tuple[Server, ...]:
    named = ((p, _text(_table(protocols.get(p.value)).get("host"))) for p in wanted)
    read = ((protocol, host_of(text)) for protocol, text in named)
    security = Security.IMPLICIT_TLS
    return tuple(
        Server(p, host.host, host.ascii_host, default_port(p, security), security, auth, email)
        for p, host in read
        if host is not None
    )


def _help(info: Mapping[str, object]) -> tuple[PreparationStep, ...]:
    """Return the provider's page for people who set up a program."""
    url = web_url(_text(_table(info.get("help")).get("documentation")))
    name = shown(_text(_table(info.get("provider")).get("name"))).replace("{", "(")
    return (PreparationStep(name.replace("}", ")") or url, url, "", ""),) if url else ()
