"""Files that only look like autoconfig, or that want what nobody may do."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from acceptance.autoconfig_corpus import (
    FOREIGN_METHODS,
    LEFT_OUT,
    Draw,
    Feature,
    File,
    Layout,
    Part,
    Problem,
    Row,
    changed,
    file,
    pair,
    person,
    server,
    write,
)
from acceptance.autoconfig_features import OUTSIDE, PLEASE

AUTODISCOVER = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"


def _broken(name: str, data: bytes, problem: Problem = "needed") -> File:
    return File(name, data, "anna@example.com", problem=problem)


def _text(draw: Draw) -> str:
    who = person(draw)
    return write(draw, pair(draw, who), who, Layout()).decode()


def truncated(draw: Draw, name: str) -> File:
    """The end is missing."""
    text = _text(draw)
    return _broken(name, text[: draw.randrange(len("<?xml"), len(text) - 1)].encode())


def not_xml(draw: Draw, name: str) -> File:
    """Something else altogether."""
    others = (
        b"", b"   \r\n", b"\0" * 400, b"%PDF-1.7\n%\xe2\xe3", b"404 page not found",
        json.dumps({"imap": "mail.example.com"}).encode(), b"\x1f\x8b\x08\x00garbage", b"<", b"<a",
        b"&amp;", bytes(range(256)), b"imap.example.com:993", b"\xff\xfe<\0", b"<clientConfig>",
    )  # fmt: skip
    return _broken(name, draw.choice(others))


def web_page(draw: Draw, name: str) -> File:
    """A page for people, well-formed or not."""
    pages = (
        "<!DOCTYPE html><html><head><title>Not found</title><body><p>Sorry<br></html>",
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Welcome</p></body></html>',
        "<html><body><clientConfig>none</clientConfig></body></html>",
        "<meta http-equiv='refresh' content='0; url=https://example.com/'>",
        "<html><body><h1>Sign in to this Wi-Fi</h1></body></html>",
    )
    return _broken(name, draw.choice(pages).encode())


def other_document(draw: Draw, name: str) -> File:
    """XML, but of another kind."""
    documents = (
        f'<Autodiscover xmlns="{AUTODISCOVER}"><Response><Error/></Response></Autodiscover>',
        "<rss version='2.0'><channel><title>News</title></channel></rss>",
        "<Error><Code>NoSuchKey</Code></Error>", "<x/>", "<plist version='1.0'><dict/></plist>",
    )  # fmt: skip
    return _broken(name, draw.choice(documents).encode())


def with_doctype(draw: Draw, name: str) -> File:
    """A document type is refused, with what it would expand or fetch."""
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype, used = draw.choice((
        (f'<!DOCTYPE clientConfig [<!ENTITY e0 "ha">{bomb}]>', "&e9;"),
        ('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>', "&f;"),
        ('<!DOCTYPE x [<!ENTITY f SYSTEM "http://127.0.0.1:1/">]>', "&f;"),
        ('<!DOCTYPE x [<!ENTITY h "mail.example.com">]>', "&h;"),
        ('<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>', ""),
        (f'<!DOCTYPE x [<!ENTITY long "{"a" * 50_000}">]>', "&long;" * 200),
    ))  # fmt: skip
    text = _text(draw).replace("?>\n", f"?>\n{doctype}", 1)
    return _broken(name, text.replace("<displayName>", f"<displayName>{used}", 1).encode())


def not_well_formed(draw: Draw, name: str) -> File:
    """A slip of the pen that makes it no XML."""
    text = _text(draw)
    slips = (
        text.replace("</port>", "</prot>", 1), text.replace("&", "", 1) + "<again/>",
        text.replace("<port>", "<port", 1), text.replace("<displayName>", "<displayName>&nbsp;", 1),
        text.replace("<displayName>", "<displayName>AT&T", 1), text + text,
        text.replace("<displayName>", "<displayName>&#0;", 1), text.replace('type="', "type=", 1),
        text.replace("<displayName>", "<displayName>&#x1b;[31m", 1),
        text.replace("</clientConfig>", ""), text.replace('type="', 'type="x" type="', 1),
    )  # fmt: skip
    return _broken(name, draw.choice(slips).encode())


def wrong_bytes(draw: Draw, name: str) -> File:
    """Bytes that are none of the declared encoding."""
    byte = draw.choice((b"\xff", b"\xe9 ", b"\xc3(", b"\xed\xa0\x80", b"\0"))
    return _broken(name, _text(draw).encode().replace(b"<displayName>", b"<displayName>" + byte, 1))


def no_servers(draw: Draw, name: str) -> File:
    """The format is kept, but there is no mail server to use."""
    who = person(draw)
    kind = draw.choice(("none", "bad", "foreign"))
    parts: list[Part] = []
    if kind == "bad":
        port = draw.choice(("-993", "70000", "0", "x"))
        parts = [changed(part, "port", port, LEFT_OUT) for part in pair(draw, who)]
    layout = Layout(head=PLEASE[:1], outside=OUTSIDE[:2])
    if kind == "foreign":
        layout.head = (
            '<incomingServer type="jmap"><url>https://x.example/</url></incomingServer>',
        )
    return _broken(name, write(draw, parts, who, layout))


def only_foreign_methods(draw: Draw, name: str) -> File:
    """Servers that all want a sign-in which nobody here speaks."""
    who = person(draw)
    methods_given = draw.sample(FOREIGN_METHODS, draw.randrange(1, 3))
    return file(draw, name, who, pair(draw, who, methods=methods_given), problem="noted")


def hostile_username(draw: Draw, name: str) -> File:
    """A line end inside a user name is never sent; the address may stand in for that name."""
    who = person(draw)
    bad = draw.choice(("anna&#10;A1 LOGOUT", "anna&#13;&#10;QUIT", "an&#9;na", "a\nb"))
    parts = []
    for part in pair(draw, who):
        others: list[Row | None] = [(*row[:5], who.email) for row in part.slot if row is not None]
        parts.append(changed(part, "username", bad, frozenset((None, *others))))
    whole = server(draw, who, "imap")
    return file(draw, name, who, [whole, *parts], problem="free")


def escaped_username(draw: Draw, name: str) -> File:
    """Characters that XML escapes come out as they are."""
    who = person(draw)
    username = draw.choice(("a&b", "<anna>", 'say "x"', "it's", "über-%EMAILLOCALPART%", "日本"))
    parts = pair(draw, who, username=username)
    assert all(escape(username) == dict(part.elements)["username"] for part in parts)
    return file(draw, name, who, parts)


BROKEN: dict[str, Feature] = {
    each.__name__.replace("_", "-"): each
    for each in (
        truncated, not_xml, web_page, other_document, with_doctype, not_well_formed, wrong_bytes,
        no_servers, only_foreign_methods, hostile_username, escaped_username,
    )
}  # fmt: skip
