"""Autoconfig files, versions 1.1 and 1.2, as Mozilla's database and providers publish them.

The format: draft-ietf-mailmaint-autoconfig. A file is never refused for its version or for
elements that are not known. Servers without encryption, and those whose name would hold a part of
the address other than the domain, are left out and noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck_gui.discovery.reading import (
    filled,
    host_of,
    names_person,
    port_of,
    shown,
    username_of,
    web_url,
)
from mailcheck_gui.discovery.xml_file import children, local_name, read_xml, text_of
from mailcheck_gui.model.account import AuthMethod, Protocol, Security, Server
from mailcheck_gui.model.finding import Message, PreparationStep, message

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SERVERS_LIMIT = 100
"""Servers of one file that are read, each side."""

STEPS_LIMIT = 8
"""Links and instructions of one file that are kept."""

_STEP_LENGTH = 300
_PROTOCOLS = {
    "incomingServer": {"imap": Protocol.IMAP, "pop3": Protocol.POP3},
    "outgoingServer": {"smtp": Protocol.SMTP},
}
_SECURITY = {
    "ssl": Security.IMPLICIT_TLS,
    "tls": Security.IMPLICIT_TLS,
    "ssl/tls": Security.IMPLICIT_TLS,
    "starttls": Security.STARTTLS,
    "plain": Security.NONE,
}
_METHODS = {
    "password-cleartext": AuthMethod.PASSWORD,
    "plain": AuthMethod.PASSWORD,  # version 1.0
    "password-encrypted": AuthMethod.ENCRYPTED_PASSWORD,
    "secure": AuthMethod.ENCRYPTED_PASSWORD,  # version 1.0
    "oauth2": AuthMethod.OAUTH2,
    "oauth": AuthMethod.OAUTH2,
    "none": AuthMethod.NONE,
    "client-ip-address": AuthMethod.NONE,
    "sasl plain": AuthMethod.PASSWORD,
    "sasl login": AuthMethod.PASSWORD,
    "sasl cram-md5": AuthMethod.ENCRYPTED_PASSWORD,
    "sasl xoauth2": AuthMethod.OAUTH2,
    "sasl oauthbearer": AuthMethod.OAUTH2,
}


@dataclass(frozen=True, slots=True)
class AutoconfigFile:
    """What a file says. `problem` is None exactly where there is a server that can be used.

    Servers stand in the file's order, which is its preference; ones without encryption and ones
    that are not complete are left out, with a note. `preparation` are the provider's own
    instructions and pages (their `source` and `date` are for the reader's caller to say).
    """

    incoming: tuple[Server, ...] = ()
    outgoing: tuple[Server, ...] = ()
    notes: tuple[Message, ...] = ()
    problem: Message | None = None
    preparation: tuple[PreparationStep, ...] = ()


def parse_autoconfig(data: bytes, email: str) -> AutoconfigFile:
    """Read a file for an address. Never raises, whatever the bytes."""
    root = read_xml(data)
    if isinstance(root, Message):
        return AutoconfigFile(problem=root)
    if local_name(root) != "clientConfig":
        name = shown(local_name(root))
        return AutoconfigFile(
            problem=message(
                "The file begins with {element} in place of clientConfig.", element=name
            )
        )
    incoming, left_out_in = _side(root, "incomingServer", email)
    outgoing, left_out_out = _side(root, "outgoingServer", email)
    notes = (*left_out_in, *left_out_out)
    nothing = None if incoming or outgoing else _nothing_usable(notes)
    return AutoconfigFile(incoming, outgoing, notes, nothing, tuple(_preparation(root)))


def _nothing_usable(notes: tuple[Message, ...]) -> Message:
    if not notes:
        return message("The file names no mail server.")
    if len(notes) == 1:
        return notes[0]
    return message("None of the servers in the file can be used.")


def _side(
    root: Element, section: str, email: str
) -> tuple[tuple[Server, ...], tuple[Message, ...]]:
    """Return the servers of one side, and a note for each that is left out."""
    elements = [element for element in _sections(root) if local_name(element) == section]
    read = [_read_server(element, email) for element in elements[:SERVERS_LIMIT]]
    servers = dict.fromkeys(server for server in read if isinstance(server, Server))
    notes = dict.fromkeys(note for note in read if isinstance(note, Message))
    return tuple(servers), tuple(notes)


def _sections(root: Element) -> Iterator[Element]:
    """Yield what stands in the root or in `emailProvider`, which has no meaning of its own."""
    for element in root:
        if local_name(element) == "emailProvider":
            yield from element
        else:
            yield element


def _read_server(element: Element, email: str) -> Server | Message:
    """Return a server that can be used, or a note that says why it is left out."""
    kind = element.get("type", "").strip().lower()
    protocol = _PROTOCOLS[local_name(element)].get(kind)
    if protocol is None:
        return message("A server of the kind {kind} is left out.", kind=shown(kind) or "?")
    written = text_of(element, "hostname")
    if names_person(written):  # looking it up would tell the name of the person to all DNS
        return message("A server is left out: its name would hold your own: {name}.").with_values(
            {"name": shown(written)}
        )
    named = filled(written, email)
    host, port = host_of(named), port_of(text_of(element, "port"))
    if host is None:
        return message("A server without a usable name is left out: {name}.", name=shown(named))
    if port is None:
        return message("{host} is left out: its port is missing or no number.", host=host.host)
    security = _SECURITY.get(text_of(element, "socketType").lower())
    auth = _method(element)
    problem = _unusable(security, auth)
    if problem is not None:
        return problem.with_values({"host": host.host, "port": port})
    assert security is not None
    assert auth is not None
    username = username_of(filled(text_of(element, "username"), email), email)
    return Server(protocol, host.host, host.ascii_host, port, security, auth, username)


def _method(element: Element) -> AuthMethod | None:
    """Return the first way to sign in that is known; the file's order is its preference."""
    named = (" ".join((a.text or "").split()).lower() for a in children(element, "authentication"))
    return next((_METHODS[name] for name in named if name in _METHODS), None)


def _unusable(security: Security | None, auth: AuthMethod | None) -> Message | None:
    if security is Security.NONE:
        return message("{host}, port {port}, is left out: it would be used without encryption.")
    if security is None:
        return message("{host}, port {port}, is left out: its encryption is not named.")
    if auth is None:
        return message("{host}, port {port}, is left out: it names no known way to sign in.")
    return None


def _preparation(root: Element) -> Iterator[PreparationStep]:
    """Yield what the file asks the person to do first, then the pages that it points to."""
    sections = list(_sections(root))
    steps = (
        *(_enable(element) for element in sections if local_name(element) == "enable"),
        *(_page(element) for element in sections if local_name(element) == "documentation"),
    )
    found = dict.fromkeys(step for step in steps if step is not None)
    yield from list(found)[:STEPS_LIMIT]


def _enable(element: Element) -> PreparationStep | None:
    """Read `<enable visiturl="…"><instruction>…</instruction></enable>`."""
    text = _in_english(element, "instruction")
    return _step(text, element.get("visiturl", "")) if text else None


def _page(element: Element) -> PreparationStep | None:
    """Read `<documentation url="…"><descr>…</descr></documentation>`; without a page it is none."""
    url = web_url(element.get("url", ""))
    return _step(_in_english(element, "descr") or url, url) if url else None


def _in_english(element: Element, name: str) -> str:
    """Return the English text of some in several languages, else the first."""
    texts = [((c.text or "").strip(), c.get("lang", "en")) for c in children(element, name)]
    english = (text for text, language in texts if text and language.lower().startswith("en"))
    return next(english, next((text for text, _ in texts if text), ""))


def _step(text: str, url: str) -> PreparationStep:
    # Braces would be taken for the name of a value.
    plain = shown(text, _STEP_LENGTH).replace("{", "(").replace("}", ")")
    return PreparationStep(plain, web_url(url), source="", date="")
