"""`sock_extended_err` as the kernel lays it out (linux/errqueue.h), byte by byte."""

from __future__ import annotations

import socket
import sys

import pytest

from mailcheck_gui.model.observation import IcmpMessage
from mailcheck_gui.network.icmp import keep_icmp_errors, parse_extended_error, take_icmp_error

pytestmark = pytest.mark.skipif(
    sys.byteorder != "little", reason="the bytes below are those of a little-endian kernel"
)

V4_ADMIN_PROHIBITED = bytes.fromhex(
    "71000000"  # ee_errno 113, EHOSTUNREACH
    "02 03 0d 00"  # origin ICMP, type 3 (unreachable), code 13 (prohibited), padding
    "00000000 00000000"  # ee_info, ee_data
    "0200 0000 c6336401 0000000000000000"  # AF_INET, port 0, 198.51.100.1, sin_zero
)
V6_ADMIN_PROHIBITED = bytes.fromhex(
    "0d000000"  # ee_errno 13, EACCES
    "03 01 01 00"  # origin ICMP6, type 1 (unreachable), code 1 (prohibited), padding
    "00000000 00000000"
    "0a00 0000 00000000"  # AF_INET6, port 0, flow label 0
    "20010db8000a00000000000000000001 00000000"  # 2001:db8:a::1, scope 0
)


def test_icmp_v4_gives_type_code_and_router() -> None:
    assert parse_extended_error(V4_ADMIN_PROHIBITED) == IcmpMessage(3, 13, "198.51.100.1")


def test_icmp_v6_gives_type_code_and_router() -> None:
    assert parse_extended_error(V6_ADMIN_PROHIBITED) == IcmpMessage(1, 1, "2001:db8:a::1")


@pytest.mark.parametrize("origin", [0, 1, 4])
def test_an_error_of_this_computer_is_no_icmp_message(origin: int) -> None:
    data = bytearray(V4_ADMIN_PROHIBITED)
    data[4] = origin
    assert parse_extended_error(bytes(data)) is None


@pytest.mark.parametrize("length", range(16))
def test_a_short_structure_is_nothing(length: int) -> None:
    assert parse_extended_error(V4_ADMIN_PROHIBITED[:length]) is None


@pytest.mark.parametrize("length", [16, 17, 18, 23])
def test_a_missing_router_leaves_type_and_code(length: int) -> None:
    assert parse_extended_error(V4_ADMIN_PROHIBITED[:length]) == IcmpMessage(3, 13, "")


def test_an_unspecified_family_gives_no_router() -> None:
    data = V4_ADMIN_PROHIBITED[:16] + bytes(16)
    assert parse_extended_error(data) == IcmpMessage(3, 13, "")


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_an_empty_queue_gives_nothing(family: socket.AddressFamily) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        sock.setblocking(False)
        keep_icmp_errors(sock, keep=True)
        assert take_icmp_error(sock) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the error queue")
def test_the_kernel_of_this_computer_fills_the_queue() -> None:
    """A datagram to a closed loopback port brings a real port-unreachable (type 3, code 3)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unused:
            unused.bind(("127.0.0.1", 0))
            address = unused.getsockname()
        keep_icmp_errors(sock, keep=True)
        sock.connect(address)
        sock.send(b"anyone?")
        sock.settimeout(5)
        with pytest.raises(ConnectionRefusedError):
            sock.recv(1)
        assert take_icmp_error(sock) == IcmpMessage(3, 3, "127.0.0.1")
