"""What a person typed into a server box, tidied into a host name and perhaps a port."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum

import idna

from mailcheck_gui.model.pasted_address import SCHEMES, commas_as_dots, split_userinfo

HOST_LIMIT = 253
"""Characters of a whole name (RFC 1035, section 2.3.4, without the closing dot)."""

LABEL_LIMIT = 63
"""Characters of one part of a name (RFC 1035, section 2.3.4)."""

TYPED_LIMIT = 2000
"""Characters that are looked at: no address of a server or a page is longer."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BLANKS = (
    " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
)
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):/{1,3}")
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
_PORT_BESIDE = re.compile(r"^(\S+?)[ ,;:]+(\d{1,9})$")
_CLOSING_COLON = re.compile(r"(?<!:):$")
_ADDRESS_START = re.compile(r"\[?[0-9a-f]{0,4}:")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_BROADCAST = ipaddress.IPv4Address("255.255.255.255")
_ASCII_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")
_WEB_SCHEMES = frozenset({"http", "https"})
_WEB_PORTS = frozenset({80, 443, 2082, 2083, 2086, 2087, 2095, 2096, 8080, 8443})
_WEB_LABELS = frozenset({"webmail", "owa", "roundcube", "horde", "squirrelmail", "cpanel", "www"})
_WEB_PATH = re.compile(
    r"owa|roundcube|webmail|horde|squirrelmail|rainloop|sogo|mail/", re.IGNORECASE
)
_QUERY = re.compile(r"[?#;]")  # what is behind it is hidden from reports, and so counts nowhere
_MAIL_LABELS = frozenset({"imap", "imaps", "pop", "pop3", "pop3s", "smtp", "smtps"})


class HostProblem(StrEnum):
    """Why nothing can be made of a typed host."""

    EMPTY = "empty"
    CONTROL = "control"  # CR, LF, NUL or another control character
    TOO_LONG = "too-long"
    LABEL_TOO_LONG = "label-too-long"
    EMPTY_LABEL = "empty-label"  # two dots in a row
    INNER_COMMA = "inner-comma"
    INNER_BLANK = "inner-blank"
    NO_PORT = "no-port"  # what stands behind a colon
    NOT_AN_ADDRESS = "not-an-address"  # figures and dots or colons, but no IP address
    NO_SERVER_HERE = "no-server-here"  # an IP address for all computers, for many or for none
    NOT_A_NAME = "not-a-name"


@dataclass(frozen=True, slots=True)
class TypedHost:
    """A typed host after cleaning.

    `host` is for reading (U-labels), `ascii_host` the only form that goes out; `host` read again
    gives the same `ascii_host`, since forms keep the one and consent the other. `port` is what
    stood behind the name. `web` is True where the text is the address of a web page.
    """

    typed: str
    host: str = ""
    ascii_host: str = ""
    port: int | None = None
    problem: HostProblem | None = None
    web: bool = False

    @property
    def cleaned(self) -> bool:
        """Whether something was taken off, case and encoding aside."""
        return self.problem is None and self.typed.lower() not in (self.host, self.ascii_host)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A typed text, taken apart."""

    scheme: str
    name: str
    port: int | None
    path: str


def read_host(typed: str) -> TypedHost:
    """Clean what was typed into a server box. Never raises; `problem` says what is wrong."""
    if len(typed) > TYPED_LIMIT:
        return TypedHost(typed, problem=HostProblem.TOO_LONG)
    if any(_is_control(character) for character in typed):
        return TypedHost(typed, problem=HostProblem.CONTROL)
    parts = _take_apart(_tidy(typed))
    problem, host, ascii_host = _encode(parts.name)
    web = _is_web(parts, ascii_host)
    return TypedHost(typed, host, ascii_host, parts.port, problem, web)


def ascii_name(typed: str) -> str:
    """Return the A-label form of a typed host, or what was typed where it has none."""
    return read_host(typed).ascii_host or typed


def _is_control(character: str) -> bool:
    code = ord(character)
    return (code < 32 and character != "\t") or 127 <= code < 160


def _tidy(typed: str) -> str:
    """Drop what is invisible, and blanks and commas where they cannot mean anything."""
    text = typed.translate(_INVISIBLE)
    text = text.translate({ord(blank): " " for blank in _BLANKS}).strip(" ,;<>\"'")
    text = _MAILTO.sub("", text)
    return re.sub(r" *([.@:/]) *", r"\1", text)


def _take_apart(text: str) -> _Parts:
    match = _SCHEME.match(text)
    scheme = match.group(1).lower() if match else ""
    if "@" in text and scheme not in SCHEMES:
        match, scheme = None, ""
    text = text[match.end() :] if match else text.lstrip("/\\")
    name, path = _split_path(split_userinfo(text)[1])
    name, port = _split_port(name)
    return _Parts(scheme, commas_as_dots(name.strip(". ").lower()), port, path)


def _split_path(text: str) -> tuple[str, str]:
    end = re.search(r"[/\\?#]", text)
    return (text[: end.start()], text[end.start() :]) if end else (text, "")


def _split_port(text: str) -> tuple[str, int | None]:
    bracketed = re.fullmatch(r"\[([^\]]*)\](?::(\d*))?", text)
    if bracketed:
        return bracketed.group(1), _number(bracketed.group(2))
    text = _CLOSING_COLON.sub("", text)
    if text.count(":") > 1 and " " not in text:
        return text, None  # a bare IPv6 address
    beside = _PORT_BESIDE.match(text)
    return (beside.group(1), _number(beside.group(2))) if beside else (text, None)


def _number(figures: str | None) -> int | None:
    return int(figures) if figures else None


def _encode(name: str) -> tuple[HostProblem | None, str, str]:
    """Return what is wrong, or the readable and the A-label form of a name or IP literal."""
    if not name:
        return HostProblem.EMPTY, "", ""
    if "," in name:
        return HostProblem.INNER_COMMA, "", ""
    if " " in name:
        return HostProblem.INNER_BLANK, "", ""
    if ":" in name and not _ADDRESS_START.match(name):
        return HostProblem.NO_PORT, "", ""
    if _looks_like_address(name):
        return _encode_address(name)
    return _encode_name(name)


def _looks_like_address(name: str) -> bool:
    """Whether resolvers take a name for an IP address: for its last part, 0x7f is a number too."""
    return ":" in name or _NUMBER.fullmatch(name.rpartition(".")[2]) is not None


def _encode_address(name: str) -> tuple[HostProblem | None, str, str]:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return HostProblem.NOT_AN_ADDRESS, "", ""
    if "%" in name:  # an interface's own address: no mail server of a provider has one
        return HostProblem.NOT_AN_ADDRESS, "", ""
    if _is_of_no_server(address):
        return HostProblem.NO_SERVER_HERE, "", ""
    return None, str(address), str(address)


def _is_of_no_server(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether no single computer has an address (RFC 6890, RFC 4291 section 2.7)."""
    meant = getattr(address, "ipv4_mapped", None) or address
    return meant.is_unspecified or meant.is_multicast or meant == _BROADCAST


def _encode_name(name: str) -> tuple[HostProblem | None, str, str]:
    if ".." in name:
        return HostProblem.EMPTY_LABEL, "", ""
    if len(name) > HOST_LIMIT:
        return HostProblem.TOO_LONG, "", ""
    if any(len(label) > LABEL_LIMIT for label in name.split(".")):
        return HostProblem.LABEL_TOO_LONG, "", ""
    if name.isascii() and "xn--" not in name:
        # The IDNA rules would refuse an underscore, which real server names carry.
        labels = name.split(".")
        wrong = not all(_ASCII_LABEL.fullmatch(label) for label in labels)
        return (HostProblem.NOT_A_NAME, "", "") if wrong else (None, name, name)
    return _encode_international(name)


def _encode_international(name: str) -> tuple[HostProblem | None, str, str]:
    try:
        ascii_host = _a_labels(name)
        readable = idna.decode(ascii_host)
    except (idna.IDNAError, UnicodeError):
        return HostProblem.NOT_A_NAME, "", ""
    if _looks_like_address(ascii_host):  # typed with full-width or raised figures
        return _encode_address(ascii_host)
    if len(ascii_host) > HOST_LIMIT:
        return HostProblem.TOO_LONG, "", ""
    return None, readable if _leads_back(readable, ascii_host) else ascii_host, ascii_host


def _a_labels(name: str) -> str:
    """Return a name in A-labels; raises what idna raises."""
    # The mapping makes dots of other full stops, also at the end.
    return idna.encode(name, uts46=True, transitional=False).decode("ascii").rstrip(".")


def _leads_back(readable: str, ascii_host: str) -> bool:
    """Whether a readable form, typed, is the same host.

    A joiner between letters (RFC 5892, appendix A) makes another name, and tidying drops it.
    """
    try:
        return _a_labels(_take_apart(_tidy(readable)).name) == ascii_host
    except (idna.IDNAError, UnicodeError):
        return False


def _is_web(parts: _Parts, ascii_host: str) -> bool:
    """Whether a web page was pasted.

    A name such as imap.example.com stays a mail server, even behind https:// or a stray slash.
    """
    first_label = (ascii_host or parts.name).partition(".")[0]
    if _WEB_PATH.search(_QUERY.split(parts.path)[0]) or parts.port in _WEB_PORTS:
        return True
    if first_label in _WEB_LABELS:
        return True
    return parts.scheme in _WEB_SCHEMES and first_label not in _MAIL_LABELS
