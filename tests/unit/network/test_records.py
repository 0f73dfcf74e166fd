from __future__ import annotations

import pytest

from mailcheck_gui.network.records import (
    Alert,
    Record,
    clear_alert,
    looks_like_tls,
    records,
    requests_client_certificate,
)

FATAL_PROTOCOL_VERSION = bytes.fromhex("15 0301 0002 02 46")
WARNING_UNRECOGNIZED_NAME = bytes.fromhex("15 0303 0002 01 70")
ENCRYPTED_ALERT = bytes.fromhex("15 0303 001a") + bytes(26)
CHANGE_CIPHER_SPEC = bytes.fromhex("14 0303 0001 01")


def handshake_record(*messages: tuple[int, bytes]) -> bytes:
    body = b"".join(bytes([kind]) + len(data).to_bytes(3) + data for kind, data in messages)
    return b"\x16\x03\x03" + len(body).to_bytes(2) + body


SERVER_HELLO = (2, bytes(40))
CERTIFICATE = (11, bytes(900))
CERTIFICATE_REQUEST = (13, bytes(20))
DONE = (14, b"")


@pytest.mark.parametrize("answer", [b"", b"\x16", b"\x15\x03", b"\x16\x03\x01\x00", b"\x17\x03"])
def test_what_can_be_tls(answer: bytes) -> None:
    assert looks_like_tls(answer)


@pytest.mark.parametrize(
    "answer",
    [
        b"220 mail",
        b"* OK",
        b"+OK",
        b"HTTP/1.1 400",
        b"SSH-2.0",
        b"\x16\x02\x00",
        b"\x13\x03",
        b"\0",
    ],
)
def test_what_cannot_be_tls(answer: bytes) -> None:
    assert not looks_like_tls(answer)


def test_records_are_cut_at_their_length_and_an_incomplete_one_waits() -> None:
    answer = FATAL_PROTOCOL_VERSION + CHANGE_CIPHER_SPEC + b"\x16\x03\x03\x00\x05abc"
    assert list(records(answer)) == [Record(0x15, b"\x02\x46"), Record(0x14, b"\x01")]


def test_an_alert_in_clear() -> None:
    answer = handshake_record(SERVER_HELLO) + FATAL_PROTOCOL_VERSION
    assert clear_alert(answer) == Alert(2, 70)


def test_the_last_alert_counts() -> None:
    assert clear_alert(WARNING_UNRECOGNIZED_NAME + FATAL_PROTOCOL_VERSION) == Alert(2, 70)


@pytest.mark.parametrize("answer", [b"", ENCRYPTED_ALERT, handshake_record(SERVER_HELLO)])
def test_no_alert_in_clear(answer: bytes) -> None:
    assert clear_alert(answer) is None


def test_a_certificate_request_is_seen_behind_other_messages() -> None:
    answer = handshake_record(SERVER_HELLO, CERTIFICATE, CERTIFICATE_REQUEST, DONE)
    assert requests_client_certificate(answer)


def test_a_certificate_request_that_spans_two_records_is_seen() -> None:
    body = handshake_record(SERVER_HELLO, CERTIFICATE, CERTIFICATE_REQUEST)[5:]
    first, second = body[:700], body[700:]
    answer = b"".join(b"\x16\x03\x03" + len(part).to_bytes(2) + part for part in (first, second))
    assert requests_client_certificate(answer)


def test_a_handshake_without_the_request() -> None:
    assert not requests_client_certificate(handshake_record(SERVER_HELLO, CERTIFICATE, DONE))


def test_what_is_encrypted_is_not_read_as_a_message() -> None:
    encrypted = handshake_record(CERTIFICATE_REQUEST)
    answer = handshake_record(SERVER_HELLO) + CHANGE_CIPHER_SPEC + encrypted
    assert not requests_client_certificate(answer)
