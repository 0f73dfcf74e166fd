from __future__ import annotations

import ssl

import pytest

from mailcheck_gui.network.alerts import alert_name, received_alert


def library_error(reason: str | None, message: str = "") -> ssl.SSLError:
    error = ssl.SSLError(1, message)
    error.reason = reason  # type: ignore[assignment]
    return error


@pytest.mark.parametrize(
    ("number", "name"),
    [(40, "handshake_failure"), (70, "protocol_version"), (116, "certificate_required")],
)
def test_names_of_rfc_8446(number: int, name: str) -> None:
    assert alert_name(number) == name


def test_an_unknown_number_keeps_its_number() -> None:
    assert alert_name(200) == "alert_200"


@pytest.mark.parametrize(
    ("reason", "name"),
    [
        ("SSLV3_ALERT_HANDSHAKE_FAILURE", "handshake_failure"),
        ("TLSV1_ALERT_PROTOCOL_VERSION", "protocol_version"),
        ("TLSV1_ALERT_USER_CANCELLED", "user_canceled"),
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "certificate_required"),
        ("TLSV1_UNRECOGNIZED_NAME", "unrecognized_name"),
    ],
)
def test_openssl_reasons(reason: str, name: str) -> None:
    assert received_alert(library_error(reason)) == name


def test_a_reason_that_python_does_not_know_is_found_in_the_message() -> None:
    message = "[SSL] tlsv1 alert no application protocol (_ssl.c:1006)"
    assert received_alert(library_error(None, message)) == "no_application_protocol"


@pytest.mark.parametrize("reason", ["WRONG_VERSION_NUMBER", "DH_KEY_TOO_SMALL", "TLSV1_NONSENSE"])
def test_an_error_of_our_own_is_no_alert(reason: str) -> None:
    assert received_alert(library_error(reason)) == ""
