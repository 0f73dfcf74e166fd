"""The look for a newer version: one https request, compared with care, told in a sentence."""

from __future__ import annotations

import asyncio
import ssl

import pytest

from mailcheck_gui.engine.newer_version import LIMITS, look_for_newer
from mailcheck_gui.model.release import LookState, VersionLooked
from mailcheck_gui.practice import PracticeHost, PracticeRunner, Wire
from mailcheck_gui.practice.servers import Script

HOST = "mailcheck.example"
URL = f"https://{HOST}/version.json"


def web(answer: bytes) -> Script:
    """Return a server that gives one answer to anything."""

    async def serve(wire: Wire, context: ssl.SSLContext) -> None:
        await wire.start_tls(context)
        while await wire.read_line():
            pass
        await wire.send(answer)

    return serve


def ok(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (
        len(body),
        body,
    )


def look(answer: bytes, *, current: str = "0.1.0", url: str = URL) -> tuple[VersionLooked, bytes]:
    """Return what came of a look, and what the server heard."""
    host = PracticeHost(HOST, ("203.0.113.60",), ((443, web(answer)),))
    with PracticeRunner((host,)) as runner:
        looked = asyncio.run(look_for_newer(runner.network, current, url))
        heard = b"".join(bytes(each.inside_tls) for each in runner.servers.heard(HOST, 443))
    return looked, heard


@pytest.mark.parametrize(
    ("current", "newest", "state"),
    [
        ("0.1.0", "0.1.1", LookState.NEWER),
        ("0.9.0", "0.10.0", LookState.NEWER),
        ("0.1.0", "1.0", LookState.NEWER),
        ("0.1.0", "0.1.0", LookState.CURRENT),
        ("0.1", "0.1.0", LookState.CURRENT),
        ("0.1.0", "0.1", LookState.CURRENT),
        ("0.2.0.dev1", "0.1.9", LookState.CURRENT),
    ],
)
def test_versions_are_compared_number_by_number(
    current: str, newest: str, state: LookState
) -> None:
    looked, _ = look(ok(b'{"version": "%s"}' % newest.encode()), current=current)
    assert looked.state is state


def test_a_newer_one_is_told_with_its_page() -> None:
    body = b'{"version": "0.2.0", "page": "https://mailcheck.example/0.2.0", "later": 1}'
    looked, _ = look(ok(body))
    assert (looked.version, looked.page) == ("0.2.0", "https://mailcheck.example/0.2.0")
    assert looked.sentence.english() == "Version 0.2.0 is there. You have 0.1.0."


def test_the_request_tells_nothing_but_the_address() -> None:
    _, heard = look(ok(b'{"version": "0.2.0"}'))
    head = heard.decode("ascii").lower()
    assert head.startswith("get /version.json http/1.1\r\n")
    for word in ("0.1.0", "cookie", "referer", "authorization", "linux", "python"):
        assert word not in head


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'"0.2.0"',
        b"{}",
        b'{"version": 2}',
        b'{"version": "new"}',
        b'{"version": "0.2.0; rm -rf /"}',
        b'{"version": "99999999999999999999.1"}',
        b'{"version": "0.2.0"',
        b"\xff\xfe",
        b"[" * 3000,
        b"<html>Log in to the hotel's network</html>",
    ],
)
def test_what_makes_no_sense_is_no_news(body: bytes) -> None:
    looked, _ = look(ok(body))
    assert looked.state is LookState.UNKNOWN
    assert (looked.version, looked.page) == ("", "")


@pytest.mark.parametrize(
    "page",
    [
        "http://x/",
        "javascript:alert(1)",
        "https://x/" + "a" * 600,
        "https://x/ y",
        "https://x/\\u202e",
    ],
)
def test_a_page_that_may_not_be_opened_is_left_out(page: str) -> None:
    looked, _ = look(ok(b'{"version": "0.2.0", "page": "%s"}' % page.encode()))
    assert (looked.version, looked.page) == ("0.2.0", "")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://mailcheck.example/\r\nContent-Length: 0\r\n\r\n",
        ok(b" " * (LIMITS.size + 1) + b'{"version": "0.2.0"}'),
        b"220 mail.example ESMTP\r\n",
    ],
)
def test_an_answer_that_is_none_is_told(answer: bytes) -> None:
    looked, _ = look(answer)
    assert looked.state is LookState.UNKNOWN
    assert looked.sentence.english() == "The page with the newest version did not answer."


@pytest.mark.parametrize("url", ["http://mailcheck.example/v", "https://nowhere.example/v"])
def test_nothing_counts_that_was_not_read_over_verified_encryption(url: str) -> None:
    looked, heard = look(ok(b'{"version": "0.2.0"}'), url=url)
    assert looked.state is LookState.UNKNOWN
    assert heard == b""
