"""Any bytes end in a value, and the work grows no faster than the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import count_calls

from mailcheck_gui.discovery.autoconfig import parse_autoconfig
from mailcheck_gui.discovery.autodiscover import parse_autodiscover
from mailcheck_gui.discovery.pacc import digest_fits, parse_pacc
from mailcheck_gui.discovery.reading import USERNAME_LIMIT
from mailcheck_gui.model.account import Security, Server, holds_control
from mailcheck_gui.model.finding import Message

EMAIL = "anna@company.example"

SERVER = (
    "<incomingServer type='imap'>", "<outgoingServer type='smtp'>", "<incomingServer>",
    "</incomingServer>", "</outgoingServer>", "<hostname>", "</hostname>", "<port>", "</port>",
    "<socketType>", "</socketType>", "<authentication>", "</authentication>", "<username>",
    "</username>", "imap.a.example", "993", "SSL", "STARTTLS", "plain", "password-cleartext",
    "%EMAILADDRESS%", "<clientConfig>", "</clientConfig>", "<emailProvider>", "</emailProvider>",
    "<?xml version='1.0'?>", "<!-- x -->", "<![CDATA[", "]]>", "&lt;", "&#0;", "&#x202e;", "&x;",
    "<!DOCTYPE a>", "\n", "ä", "<enable visiturl='http://a/'>", "<instruction>", "{x}",
)  # fmt: skip
POX = (
    "<Autodiscover>", "</Autodiscover>", "<Response>", "</Response>", "<Account>", "</Account>",
    "<Protocol>", "</Protocol>", "<Type>IMAP</Type>", "<Type>EXCH</Type>", "<Server>", "</Server>",
    "a.example", "<Port>993</Port>", "<LoginName>", "</LoginName>", "<Error>", "</Error>",
    "<Action>redirectUrl</Action>", "<RedirectUrl>x</RedirectUrl>", "<SSL>off</SSL>", "{", "\0",
)  # fmt: skip
JSON = (
    "{", "}", "[", "]", '"protocols":', '"imap":', '"host":', '"a.example"', ",", ":", "true",
    "1e9", '"authentication":', '"password":', '"oauth-public":', '"info":', '"help":', "null",
    "NaN", '"', "\\ud800", '"\\u0000"',
)  # fmt: skip


def files(words: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    joined = st.lists(st.sampled_from(words), max_size=40).map("".join)
    return st.one_of(st.binary(max_size=300), joined.map(str.encode))


def assert_sound(
    servers: tuple[Server, ...], problem: Message | None, notes: tuple[Message, ...]
) -> None:
    assert (problem is None) == bool(servers)
    for server in servers:
        assert server.security is not Security.NONE
        assert 0 < server.port < 65536
        assert server.ascii_host.isascii()
        assert len(server.username) <= USERNAME_LIMIT
        assert not holds_control(server.username)
    for sentence in filter(None, (problem, *notes)):
        assert len(sentence.english()) < 400


@given(files(SERVER))
def test_any_bytes_as_an_autoconfig_file(data: bytes) -> None:
    file = parse_autoconfig(data, EMAIL)
    assert_sound((*file.incoming, *file.outgoing), file.problem, file.notes)
    for step in file.preparation:
        assert not set("{}") & set(step.text)


@given(files(POX))
def test_any_bytes_as_an_autodiscover_answer(data: bytes) -> None:
    answer = parse_autodiscover(data, EMAIL, "postmaster@company.example")
    if not (answer.redirect_url or answer.redirect_address):
        assert_sound((*answer.incoming, *answer.outgoing), answer.problem, answer.notes)


@given(files(JSON))
def test_any_bytes_as_a_pacc_file(data: bytes) -> None:
    file = parse_pacc(data, EMAIL)
    assert_sound((*file.incoming, *file.outgoing), file.problem, ())


@given(st.lists(st.binary(max_size=60), max_size=4), st.binary(max_size=20))
def test_any_records_as_digests(records: list[bytes], data: bytes) -> None:
    assert digest_fits(records, data) is False


WHOLE = (
    "<clientConfig><emailProvider><incomingServer type='imap'><hostname>i.a.example</hostname>"
    "<port>993</port><socketType>SSL</socketType><authentication>password-cleartext"
    "</authentication></incomingServer></emailProvider></clientConfig>"
)


@given(st.integers(0, len(WHOLE)), st.binary(min_size=1, max_size=3))
def test_a_file_with_damage(place: int, damage: bytes) -> None:
    data = WHOLE.encode()
    for broken in (data[:place], data[:place] + damage + data[place:]):
        file = parse_autoconfig(broken, EMAIL)
        assert_sound((*file.incoming, *file.outgoing), file.problem, file.notes)


@pytest.mark.parametrize(
    ("head", "piece", "tail"),
    [
        ("<clientConfig>", "<a/>", "</clientConfig>"),
        ("<clientConfig>", "<incomingServer type='x'/>", "</clientConfig>"),
        ("<clientConfig><a>", "<!-- x -->", "</a></clientConfig>"),
        ("<clientConfig><enable><instruction>", "a\n", "</instruction></enable></clientConfig>"),
        ("<clientConfig ", "", "/>"),
    ],
)  # fmt: skip
def test_the_work_grows_with_the_file(head: str, piece: str, tail: str) -> None:
    def calls(count: int) -> int:
        data = (head + piece * count + tail).encode()
        return count_calls(lambda: parse_autoconfig(data, EMAIL))

    calls(10)
    short = calls(1000)
    assert calls(2000) <= short * 2.3 + 500
