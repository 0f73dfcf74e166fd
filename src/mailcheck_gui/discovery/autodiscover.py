"""Autodiscover answers in plain old XML ("POX"), as Exchange and many hosters give them.

The format: [MS-OXDSCLI]. Of all that, only what names IMAP, POP3 and SMTP servers is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from mailcheck_gui.discovery.reading import host_of, port_of, shown, username_of
from mailcheck_gui.discovery.xml_file import children, local_name, read_xml, text_of
from mailcheck_gui.model.account import AuthMethod, Protocol, Security, Server
from mailcheck_gui.model.endpoint import port_role
from mailcheck_gui.model.finding import Message, message

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CONTENT_TYPE = "text/xml; charset=utf-8"
"""Of the request."""

SERVERS_LIMIT = 20
"""Servers of one answer that are read."""

_REQUEST = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    "<Autodiscover"
    ' xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006">'
    "<Request><EMailAddress>{address}</EMailAddress><AcceptableResponseSchema>"
    "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
    "</AcceptableResponseSchema></Request></Autodiscover>"
)
_PROTOCOLS = {"imap": Protocol.IMAP, "pop3": Protocol.POP3, "smtp": Protocol.SMTP}
_OFF = "off"


@dataclass(frozen=True, slots=True)
class AutodiscoverAnswer:
    """What an answer says: servers, or where to ask instead, or why it is of no use.

    `redirect_address` is an address whose domain is to be asked, `redirect_url` a place. `problem`
    is None where there is a server or a redirect.
    """

    incoming: tuple[Server, ...] = ()
    outgoing: tuple[Server, ...] = ()
    redirect_address: str = ""
    redirect_url: str = ""
    notes: tuple[Message, ...] = ()
    problem: Message | None = None


def request_body(address: str) -> bytes:
    """Return the request for an address."""
    return _REQUEST.format(address=escape(address)).encode()


def parse_autodiscover(data: bytes, email: str, asked: str) -> AutodiscoverAnswer:
    """Read an answer for an address, where `asked` stood in the request. Never raises.

    A user name that is made of `asked` is made of `email` instead.
    """
    root = read_xml(data)
    if isinstance(root, Message):
        return AutodiscoverAnswer(problem=root)
    if local_name(root) != "Autodiscover":
        name = shown(local_name(root))
        problem = message(
            "The answer begins with {element} in place of Autodiscover.", element=name
        )
        return AutodiscoverAnswer(problem=problem)
    refusal = next(_refusals(root), None)
    if refusal is not None:
        return AutodiscoverAnswer(problem=refusal)
    accounts = [a for response in children(root, "Response") for a in children(response, "Account")]
    redirect = _redirect(accounts)
    return redirect if redirect is not None else _settings(accounts, email, asked)


def _refusals(root: Element) -> Iterator[Message]:
    for parent in (root, *children(root, "Response")):
        for error in children(parent, "Error"):
            words = shown(text_of(error, "Message") or text_of(error, "ErrorCode"), 150)
            yield message("The answer is a refusal: {words}", words=words or "?")


def _redirect(accounts: list[Element]) -> AutodiscoverAnswer | None:
    for account in accounts:
        action = text_of(account, "Action").lower()
        address, url = text_of(account, "RedirectAddr"), text_of(account, "RedirectUrl")
        if action == "redirectaddr" and address:
            return AutodiscoverAnswer(redirect_address=address)
        if action == "redirecturl" and url:
            return AutodiscoverAnswer(redirect_url=url)
    return None


def _settings(accounts: list[Element], email: str, asked: str) -> AutodiscoverAnswer:
    named = [p for account in accounts for p in children(account, "Protocol")]
    mail = [element for element in named if _kind(element) in _PROTOCOLS]
    read = [_read_server(element, email, asked) for element in mail[:SERVERS_LIMIT]]
    servers = tuple(dict.fromkeys(server for server in read if isinstance(server, Server)))
    notes = tuple(dict.fromkeys(note for note in read if isinstance(note, Message)))
    return AutodiscoverAnswer(
        tuple(server for server in servers if server.protocol is not Protocol.SMTP),
        tuple(server for server in servers if server.protocol is Protocol.SMTP),
        notes=notes,
        problem=None if servers else _nothing_usable(named, mail, notes),
    )


def _nothing_usable(
    named: list[Element], mail: list[Element], notes: tuple[Message, ...]
) -> Message:
    if named and not mail:
        return message("The answer names Exchange only. Exchange itself is not examined here.")
    return notes[0] if len(notes) == 1 else message("The answer names no usable mail server.")


def _kind(element: Element) -> str:
    return (text_of(element, "Type") or element.get("Type", "")).strip().lower()


def _read_server(element: Element, email: str, asked: str) -> Server | Message:
    named = text_of(element, "Server")
    host, port = host_of(named), port_of(text_of(element, "Port"))
    if host is None:
        return message("A server without a usable name is left out: {name}.", name=shown(named))
    if port is None:
        return message("{host} is left out: its port is missing or no number.", host=host.host)
    security = _security(element, port)
    if security is Security.NONE:
        return message(
            "{host}, port {port}, is left out: it would be used without encryption.",
            host=host.host,
            port=port,
        )
    auth = AuthMethod.PASSWORD
    if text_of(element, "AuthRequired").lower() == _OFF:
        auth = AuthMethod.NONE
    username = _username(text_of(element, "LoginName"), email, asked)
    protocol = _PROTOCOLS[_kind(element)]
    return Server(protocol, host.host, host.ascii_host, port, security, auth, username)


def _security(element: Element, port: int) -> Security:
    """Return when TLS starts. `Encryption` overrules `SSL`, which is on where it is missing.

    "TLS" is to mean STARTTLS, yet files say it of port 993 as well: on a registered port the port
    decides which of the two modes it is.
    """
    encryption = text_of(element, "Encryption").lower()
    if encryption == "none" or (not encryption and text_of(element, "SSL").lower() == _OFF):
        return Security.NONE
    if encryption == "ssl":
        return Security.IMPLICIT_TLS
    role = port_role(port)
    if role is not None:
        return role.security
    return Security.STARTTLS if encryption == "tls" else Security.IMPLICIT_TLS


def _username(login: str, email: str, asked: str) -> str:
    """Return the user name that a login name stands for."""
    if not login or login.lower() == asked.lower():
        return email
    if login.lower() == asked.rpartition("@")[0].lower():
        return email.rpartition("@")[0]
    own = asked == email
    return username_of(login, email) if own else email
