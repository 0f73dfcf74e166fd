"""Autoconfig files with known answers, drawn from a seed by the published format alone.

The format is that of Mozilla's ConfigFileFormat page (1.1) and of draft-ietf-mailmaint-autoconfig
(1.2). Where it leaves a choice, a file lists every reasonable outcome.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape

Row = tuple[str, str, int, str, str, str]  # protocol, host, port, security, auth, username
Slot = frozenset[Row | None]  # what may become of one server of the file; None: left out
Problem = Literal["none", "needed", "noted", "free"]  # noted: a problem or a note
Draw = random.Random

LEFT_OUT: Slot = frozenset({None})
SOCKET_TYPES = {"SSL": "implicit-tls", "STARTTLS": "starttls"}
PORTS = {
    ("imap", "SSL"): 993, ("imap", "STARTTLS"): 143, ("imap", "plain"): 143,
    ("pop3", "SSL"): 995, ("pop3", "STARTTLS"): 110, ("pop3", "plain"): 110,
    ("smtp", "SSL"): 465, ("smtp", "STARTTLS"): 587, ("smtp", "plain"): 25,
}  # fmt: skip
METHODS = {
    "password-cleartext": "password",
    "password-encrypted": "encrypted-password",
    "OAuth2": "oauth2",
    "none": "none",
}
FOREIGN_METHODS = ("NTLM", "GSSAPI", "TLS-client-cert")
_DOMAINS = ("example.com", "firma.example", "mail.example.net", "shop-24.example.org")
_PEOPLE = ("anna", "fred.bloggs", "info+news", "o'hara", "a_b-c", "x")


@dataclass(frozen=True)
class Part:
    """One server of a file: its elements in order, and what may become of it."""

    kind: str
    elements: tuple[tuple[str, str], ...]  # the text as it stands in the file, escaped
    slot: Slot
    attributes: str = ""

    @property
    def tag(self) -> str:
        """The element that holds it."""
        return "outgoingServer" if self.kind == "smtp" else "incomingServer"


@dataclass(frozen=True)
class File:
    """A file, the address it is read for, and the known answer."""

    name: str
    data: bytes
    email: str
    incoming: tuple[Slot, ...] = ()
    outgoing: tuple[Slot, ...] = ()
    problem: Problem = "none"


@dataclass
class Person:
    """The address of a file."""

    local: str
    domain: str

    @property
    def email(self) -> str:
        """The whole address."""
        return f"{self.local}@{self.domain}"

    def fill(self, text: str) -> str:
        """Put the address into the published placeholders."""
        return (
            text.replace("%EMAILADDRESS%", self.email)
            .replace("%EMAILLOCALPART%", self.local)
            .replace("%EMAILDOMAIN%", self.domain)
        )


@dataclass
class Layout:
    """How a file is written down; none of it changes what the file says."""

    version: str = "1.1"
    declaration: str = '<?xml version="1.0" encoding="UTF-8"?>\n'
    encoding: str = "utf-8"
    mark: bytes = b""  # a byte order mark
    head: tuple[str, ...] = ()  # before the servers
    tail: tuple[str, ...] = ()  # after them
    outside: tuple[str, ...] = ()  # beside emailProvider
    root: str = ""  # further attributes of the root
    between: str = "\n"
    inner: Callable[[str, str], str] = field(default=lambda tag, text: f"<{tag}>{text}</{tag}>")


Feature = Callable[[Draw, str], File]


def person(draw: Draw) -> Person:
    """Somebody with an address."""
    return Person(draw.choice(_PEOPLE), draw.choice(_DOMAINS))


def one(row: Row) -> Slot:
    """What can only become this."""
    return frozenset({row})


def server(
    draw: Draw,
    who: Person,
    kind: str,
    *,
    socket: str | None = None,
    methods: Sequence[str] | None = None,
    username: str | None = None,
    host: str | None = None,
    port: int | None = None,
) -> Part:
    """A server as the format describes it; what is not given is drawn."""
    socket = socket or draw.choice(("SSL", "STARTTLS"))
    methods = methods or [draw.choice(("password-cleartext", "password-encrypted", "OAuth2"))]
    username = draw.choice(USERNAMES[:3]) if username is None else username
    host = host or f"{draw.choice((kind, 'mail', 'mx1', 'secure'))}.{who.domain}"
    port = port or draw.choice((PORTS[kind, socket], PORTS[kind, socket], draw.randrange(1, 65536)))
    elements = (
        ("hostname", host), ("port", str(port)), ("socketType", socket),
        *(("authentication", each) for each in methods), ("username", escape(username)),
    )  # fmt: skip
    known = [METHODS[each] for each in methods if each in METHODS]
    if socket not in SOCKET_TYPES or not known:
        return Part(kind, elements, LEFT_OUT)
    row = (kind, who.fill(host), port, SOCKET_TYPES[socket], known[0], who.fill(username))
    return Part(kind, elements, one(row))


USERNAMES = (
    "%EMAILADDRESS%", "%EMAILLOCALPART%", "%EMAILLOCALPART%@%EMAILDOMAIN%",
    "%EMAILLOCALPART%.%EMAILDOMAIN%", "user-%EMAILLOCALPART%", "%EMAILDOMAIN%\\%EMAILLOCALPART%",
    "%EMAILADDRESS%/shared", "fred", "m12345-%EMAILLOCALPART%", "100%",
)  # fmt: skip


def pair(draw: Draw, who: Person, **given: object) -> list[Part]:
    """An incoming and an outgoing server."""
    kinds = (draw.choice(("imap", "imap", "pop3")), "smtp")
    return [server(draw, who, kind, **given) for kind in kinds]  # type: ignore[arg-type]


def changed(part: Part, tag: str, text: str | None, slot: Slot) -> Part:
    """The same server with another text in one element, or without that element."""
    elements = tuple(
        (name, text if name == tag else old)
        for name, old in part.elements
        if name != tag or text is not None
    )
    return Part(part.kind, elements, slot, part.attributes)  # type: ignore[arg-type]


def maybe(part: Part, *others: Row) -> Slot:
    """What the server says, something else, or nothing: the format leaves the choice."""
    return part.slot | {None} | set(others)


def write(draw: Draw, parts: Iterable[Part], who: Person, layout: Layout) -> bytes:
    """Write a file down."""
    lines = [f"<domain>{who.domain}</domain>", "<displayName>Example</displayName>", *layout.head]
    for part in parts:
        inner = layout.between.join(layout.inner(tag, text) for tag, text in part.elements)
        opened = f'<{part.tag} type="{part.kind}"{part.attributes}>'
        lines.append(f"{opened}{layout.between}{inner}{layout.between}</{part.tag}>")
    lines += layout.tail
    provider = layout.between.join((f'<emailProvider id="{who.domain}">', *lines))
    text = layout.between.join(
        (f'<clientConfig version="{layout.version}"{layout.root}>',
         f"{provider}{layout.between}</emailProvider>", *layout.outside, "</clientConfig>")
    )  # fmt: skip
    return layout.mark + (layout.declaration + text).encode(layout.encoding)


def file(
    draw: Draw,
    name: str,
    who: Person,
    parts: Sequence[Part],
    layout: Layout | None = None,
    problem: Problem = "none",
) -> File:
    """The file of *parts* with its answer."""
    layout = layout or Layout(version=draw.choice(("1.1", "1.2")))
    incoming = tuple(part.slot for part in parts if part.kind != "smtp")
    outgoing = tuple(part.slot for part in parts if part.kind == "smtp")
    return File(name, write(draw, parts, who, layout), who.email, incoming, outgoing, problem)


def corpus(seed: int, features: Mapping[str, Feature], each: int) -> dict[str, list[File]]:
    """So many files of each feature; the same seed draws the same files."""
    return {
        name: [
            feature(random.Random(f"{seed}/{name}/{number}"), f"{name}-{number}")
            for number in range(each)
        ]
        for name, feature in features.items()
    }


# --- the comparison -------------------------------------------------------------------------


def fits(slots: Sequence[Slot], rows: Sequence[Row]) -> bool:
    """Whether *rows* are what may become of the servers in *slots*.

    A program may prefer a protocol or a kind of encryption; among its equals the file's order
    holds. Servers that are named twice may be given once.
    """
    wanted = list(dict.fromkeys(slots))
    found = list(dict.fromkeys(rows))
    groups = {row[0::3][:2] for row in found} | {
        row[0::3][:2] for slot in wanted for row in slot if row is not None
    }
    return all(
        _in_order(
            [frozenset(_of(slot, group)) for slot in wanted if _of(slot, group) != {None}],
            [row for row in found if row[0::3][:2] == group],
        )
        for group in groups
    )


def _of(slot: Slot, group: tuple[object, ...]) -> set[Row | None]:
    """What may become of a server within one protocol and kind of encryption."""
    return {row if row is not None and row[0::3][:2] == group else None for row in slot}


def _in_order(slots: Sequence[Slot], rows: Sequence[Row]) -> bool:
    if not slots:
        return not rows
    first, others = slots[0], slots[1:]
    if rows and rows[0] in first and _in_order(others, rows[1:]):
        return True
    return None in first and _in_order(others, rows)
