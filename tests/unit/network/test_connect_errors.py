from __future__ import annotations

import errno

import pytest

from mailcheck_gui.model.observation import ConnectOutcome, IcmpMessage
from mailcheck_gui.network.connect_errors import connect_outcome, error_number, is_reset

ROUTER_SAID_NO = IcmpMessage(3, 13, "198.51.100.1")
AT_ONCE, LATER = 0.2, 22.0


@pytest.mark.parametrize(
    ("number", "icmp", "elapsed_ms", "outcome"),
    [
        (errno.ECONNREFUSED, None, LATER, ConnectOutcome.CLOSED),
        (errno.ECONNREFUSED, IcmpMessage(3, 3, "203.0.113.9"), LATER, ConnectOutcome.CLOSED),
        (errno.ECONNABORTED, None, LATER, ConnectOutcome.CLOSED),
        (errno.ETIMEDOUT, None, LATER, ConnectOutcome.SILENT),
        (errno.EHOSTUNREACH, ROUTER_SAID_NO, LATER, ConnectOutcome.UNREACHABLE),
        (errno.ENETUNREACH, ROUTER_SAID_NO, AT_ONCE, ConnectOutcome.UNREACHABLE),
        (errno.EACCES, IcmpMessage(1, 1, "2001:db8:a::1"), LATER, ConnectOutcome.UNREACHABLE),
        (errno.EHOSTUNREACH, None, LATER, ConnectOutcome.UNREACHABLE),
        (errno.ENETUNREACH, None, AT_ONCE, ConnectOutcome.NO_ROUTE),
        (errno.EHOSTUNREACH, None, AT_ONCE, ConnectOutcome.NO_ROUTE),
        (errno.EADDRNOTAVAIL, None, LATER, ConnectOutcome.NO_ROUTE),
        (errno.EAFNOSUPPORT, None, AT_ONCE, ConnectOutcome.NO_ROUTE),
        (errno.EINVAL, None, AT_ONCE, ConnectOutcome.NO_ROUTE),
        (errno.EACCES, None, AT_ONCE, ConnectOutcome.DENIED),
        (errno.EPERM, None, AT_ONCE, ConnectOutcome.DENIED),
        (errno.EMFILE, None, AT_ONCE, ConnectOutcome.NOT_TRIED),
    ],
)
def test_outcome(
    number: int, icmp: IcmpMessage | None, elapsed_ms: float, outcome: ConnectOutcome
) -> None:
    assert connect_outcome(number, icmp, elapsed_ms) is outcome


@pytest.mark.parametrize(
    ("windows", "number"),
    [
        (10061, errno.ECONNREFUSED),
        (1225, errno.ECONNREFUSED),
        (10060, errno.ETIMEDOUT),
        (121, errno.ETIMEDOUT),
        (10013, errno.EACCES),
        (10051, errno.ENETUNREACH),
        (10065, errno.EHOSTUNREACH),
        (10022, errno.EINVAL),
        (87, errno.EINVAL),
        (10054, errno.ECONNRESET),
        (64, errno.ECONNRESET),
    ],
)
def test_windows_numbers(windows: int, number: int) -> None:
    class WindowsError(OSError):
        winerror = windows

    assert error_number(WindowsError()) == number


def test_an_errno_of_this_system_stays_as_it_is() -> None:
    assert error_number(OSError(errno.ECONNREFUSED, "refused")) == errno.ECONNREFUSED


def test_an_error_without_a_number() -> None:
    assert error_number(OSError("no number")) == 0


def test_only_a_reset_is_a_reset() -> None:
    assert is_reset(ConnectionResetError(errno.ECONNRESET, "reset"))
    assert not is_reset(BrokenPipeError(errno.EPIPE, "broken pipe"))
