"""What the errors of a connection attempt mean: errno and Windows numbers to outcomes."""

from __future__ import annotations

import errno

from mailcheck_gui.model.observation import ConnectOutcome, IcmpMessage

AT_ONCE_MS = 5.0
"""An error this early came from this computer, not from a router (milliseconds)."""

# Windows reports socket errors with numbers of its own: winsock's 100xx, and Win32's where the
# overlapped calls of the proactor loop are used. Each stands beside the errno with its meaning.
_WINDOWS: dict[int, int] = {
    5: errno.EACCES,  # ERROR_ACCESS_DENIED
    10013: errno.EACCES,  # WSAEACCES
    10022: errno.EINVAL,  # WSAEINVAL
    87: errno.EINVAL,  # ERROR_INVALID_PARAMETER
    10047: errno.EAFNOSUPPORT,  # WSAEAFNOSUPPORT
    10049: errno.EADDRNOTAVAIL,  # WSAEADDRNOTAVAIL
    1214: errno.EADDRNOTAVAIL,  # ERROR_INVALID_NETNAME
    10050: errno.ENETDOWN,  # WSAENETDOWN
    10051: errno.ENETUNREACH,  # WSAENETUNREACH
    1231: errno.ENETUNREACH,  # ERROR_NETWORK_UNREACHABLE
    10054: errno.ECONNRESET,  # WSAECONNRESET
    64: errno.ECONNRESET,  # ERROR_NETNAME_DELETED
    10053: errno.ECONNABORTED,  # WSAECONNABORTED
    1236: errno.ECONNABORTED,  # ERROR_CONNECTION_ABORTED
    10060: errno.ETIMEDOUT,  # WSAETIMEDOUT
    121: errno.ETIMEDOUT,  # ERROR_SEM_TIMEOUT
    10061: errno.ECONNREFUSED,  # WSAECONNREFUSED
    1225: errno.ECONNREFUSED,  # ERROR_CONNECTION_REFUSED
    10065: errno.EHOSTUNREACH,  # WSAEHOSTUNREACH
    1232: errno.EHOSTUNREACH,  # ERROR_HOST_UNREACHABLE
    1234: errno.ECONNREFUSED,  # ERROR_PORT_UNREACHABLE
}

_CLOSED = frozenset({errno.ECONNREFUSED, errno.ECONNABORTED})
_DENIED = frozenset({errno.EACCES, errno.EPERM})
_UNREACHABLE = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN})
# EINVAL: Linux answers so for a blackhole route and for a link-local address without its link.
_NO_ROUTE = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.ENETDOWN, errno.EINVAL})


def error_number(error: OSError) -> int:
    """Return the errno of an error, Windows numbers translated; 0 where it has none."""
    number = getattr(error, "winerror", None) or error.errno or 0
    return _WINDOWS.get(number, number)


def is_reset(error: OSError) -> bool:
    """Whether an error says that the other end reset the connection."""
    return error_number(error) == errno.ECONNRESET


def connect_outcome(number: int, icmp: IcmpMessage | None, elapsed_ms: float) -> ConnectOutcome:
    """Return what an errno (see `error_number`) says about a connection attempt.

    An ICMP message decides between this computer and the path: the same ENETUNREACH comes from an
    empty routing table (at once) and from a router, and ICMPv6 "administratively prohibited"
    arrives as the EACCES that also a local firewall gives.
    """
    if number in _CLOSED:
        return ConnectOutcome.CLOSED
    if number == errno.ETIMEDOUT:
        return ConnectOutcome.SILENT
    if icmp is not None:
        return ConnectOutcome.UNREACHABLE
    if number in _DENIED:
        return ConnectOutcome.DENIED
    if number in _NO_ROUTE:
        return ConnectOutcome.NO_ROUTE
    if number in _UNREACHABLE:
        at_once = elapsed_ms < AT_ONCE_MS
        return ConnectOutcome.NO_ROUTE if at_once else ConnectOutcome.UNREACHABLE
    return ConnectOutcome.NOT_TRIED
