"""The ICMP error behind a failed connection attempt, and the router that sent it (Linux).

With IP_RECVERR set, the kernel keeps the ICMP message in the socket's error queue, where an
unprivileged program can read it: see ip(7), ipv6(7) and `struct sock_extended_err`.
"""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys

from mailcheck_gui.model.observation import IcmpMessage

# Linux numbers of <linux/in.h>, <linux/in6.h> and <linux/errqueue.h>; Python names none of them.
_IP_RECVERR = 11
_IPV6_RECVERR = 25
_MSG_ERRQUEUE = 0x2000
_ORIGIN_ICMP = 2
_ORIGIN_ICMP6 = 3

# __u32 ee_errno; __u8 ee_origin, ee_type, ee_code, ee_pad; __u32 ee_info, ee_data
_EXTENDED_ERROR = struct.Struct("=IBBBBII")
_FAMILY = struct.Struct("=H")
_IPV4_ADDRESS = slice(4, 8)  # behind sin_family and sin_port
_IPV6_ADDRESS = slice(8, 24)  # behind sin6_family, sin6_port and sin6_flowinfo

_QUEUE_LIMIT = 8  # messages read at most; a SYN and its repetitions cause few
_BUFFER = 512

SUPPORTED = sys.platform == "linux"
"""Whether this system lets a program read ICMP errors."""


def _option(family: int) -> tuple[int, int]:
    if family == socket.AF_INET6:
        return socket.IPPROTO_IPV6, _IPV6_RECVERR
    return socket.IPPROTO_IP, _IP_RECVERR


def keep_icmp_errors(sock: socket.socket, keep: bool) -> None:
    """Switch the error queue of a socket on or off (nothing happens where there is none).

    It must be off again once the connection stands: with it a single ICMP message ends an open
    TCP connection that would have survived a change of route (ip(7)).
    """
    if SUPPORTED:
        level, option = _option(sock.family)
        sock.setsockopt(level, option, int(keep))


def take_icmp_error(sock: socket.socket) -> IcmpMessage | None:
    """Return the ICMP message in the error queue of a socket, or None."""
    if not SUPPORTED:
        return None
    for _ in range(_QUEUE_LIMIT):
        try:
            _, ancillary, _, _ = sock.recvmsg(_BUFFER, _BUFFER, _MSG_ERRQUEUE)
        except OSError:  # the queue is empty
            return None
        for level, option, data in ancillary:
            if (level, option) == _option(sock.family):
                message = parse_extended_error(data)
                if message is not None:
                    return message
    return None


def parse_extended_error(data: bytes) -> IcmpMessage | None:
    """Read a `sock_extended_err` and the address behind it; None where it is not from ICMP."""
    if len(data) < _EXTENDED_ERROR.size:
        return None
    _, origin, kind, code, _, _, _ = _EXTENDED_ERROR.unpack_from(data)
    if origin not in (_ORIGIN_ICMP, _ORIGIN_ICMP6):
        return None
    return IcmpMessage(kind, code, _offender(data[_EXTENDED_ERROR.size :]))


def _offender(sockaddr: bytes) -> str:
    """Return the address in a `sockaddr_in` or `sockaddr_in6`, "" where there is none."""
    if len(sockaddr) < _FAMILY.size:
        return ""
    (family,) = _FAMILY.unpack_from(sockaddr)
    if family == socket.AF_INET and len(sockaddr) >= _IPV4_ADDRESS.stop:
        return str(ipaddress.IPv4Address(sockaddr[_IPV4_ADDRESS]))
    if family == socket.AF_INET6 and len(sockaddr) >= _IPV6_ADDRESS.stop:
        return str(ipaddress.IPv6Address(sockaddr[_IPV6_ADDRESS]))
    return ""
