from __future__ import annotations

import pytest

from mailcheck_gui.protocols.errors import SAMPLE_LIMIT, ProtocolViolation, TlsInsteadOfText
from mailcheck_gui.protocols.lines import Limits, LineBuffer


def buffer_with(data: bytes, **limits: int) -> LineBuffer:
    buffer = LineBuffer(Limits(**limits))
    buffer.feed(data)
    return buffer


def test_lines_end_with_lf_or_crlf_and_keep_their_end() -> None:
    buffer = buffer_with(b"one\r\ntwo\nthree")
    assert [buffer.next_line(), buffer.next_line(), buffer.next_line()] == [
        b"one\r\n",
        b"two\n",
        None,
    ]
    assert buffer.rest == b"three"


def test_line_is_found_when_its_end_arrives_later() -> None:
    buffer = buffer_with(b"on")
    assert buffer.next_line() is None
    buffer.feed(b"e\r")
    assert buffer.next_line() is None
    buffer.feed(b"\nx")
    assert buffer.next_line() == b"one\r\n"
    assert buffer.rest == b"x"


def test_rest_without_line_end_is_the_last_line_once_the_stream_has_ended() -> None:
    buffer = buffer_with(b"bye")
    assert buffer.next_line() is None
    buffer.end()
    assert buffer.next_line() == b"bye"
    assert buffer.next_line() is None


@pytest.mark.parametrize("data", [b"1234567\n", b"12345678"])
def test_line_may_be_as_long_as_the_limit(data: bytes) -> None:
    buffer = buffer_with(data, line=8)
    assert buffer.next_line() == (data if data.endswith(b"\n") else None)


@pytest.mark.parametrize("data", [b"12345678\n", b"123456789"])
def test_longer_line_is_a_violation(data: bytes) -> None:
    buffer = buffer_with(data, line=8)
    with pytest.raises(ProtocolViolation, match="line of more than 8 bytes") as caught:
        buffer.next_line()
    assert caught.value.sample == data


def test_total_is_bounded_even_if_lines_are_taken() -> None:
    buffer = buffer_with(b"1234567\n", total=10)
    buffer.next_line()
    with pytest.raises(ProtocolViolation, match="more than 10 bytes in all"):
        buffer.feed(b"890")


def test_clear_forgets_bytes_but_not_how_many_there_were() -> None:
    buffer = buffer_with(b"12345678", total=10)
    buffer.clear()
    assert buffer.rest == b""
    with pytest.raises(ProtocolViolation):
        buffer.feed(b"123")


def test_take_returns_exactly_so_many_bytes() -> None:
    buffer = buffer_with(b"abc\r\n")
    assert buffer.take(6) is None
    assert buffer.take(2) == b"ab"
    assert buffer.next_line() == b"c\r\n"


@pytest.mark.parametrize(
    "record",
    [b"\x15\x03\x01\x00\x02\x02\x46", b"\x15\x03\x03\x00\x02\x01\x00", b"\x16\x03\x03\x00"],
)
def test_tls_record_is_spotted_where_a_line_should_start(record: bytes) -> None:
    buffer = buffer_with(b"220 hi\r\n" + record)
    buffer.next_line()
    with pytest.raises(TlsInsteadOfText) as caught:
        buffer.next_line()
    assert caught.value.sample == record


def test_tls_bytes_inside_a_line_are_only_bytes() -> None:
    assert buffer_with(b"220 \x16\x03\x01\r\n").next_line() == b"220 \x16\x03\x01\r\n"


def test_sample_of_a_violation_is_capped() -> None:
    assert len(ProtocolViolation("long", b"x" * 50_000).sample) == SAMPLE_LIMIT


def test_sample_of_a_violation_ends_with_a_line_where_it_can() -> None:
    line = b"x" * 1000 + b"\r\n"
    sample = ProtocolViolation("long", line * 50).sample
    assert sample == line * (SAMPLE_LIMIT // len(line))
