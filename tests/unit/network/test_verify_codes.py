from __future__ import annotations

import pytest

from mailcheck_gui.network.verify_codes import UNSPECIFIED, openssl_code, says_untrusted


@pytest.mark.parametrize("code", [0, 10, 18, 20, 62, 66])
def test_openssl_numbers_stay(code: int) -> None:
    assert openssl_code(code) == code


@pytest.mark.parametrize(
    ("code", "openssl"),
    [(0x800B0101, 10), (0x800B0109, 20), (0x800B010F, 62), (-67818, 10), (-67843, 20)],
)
def test_other_systems_numbers_are_translated(code: int, openssl: int) -> None:
    assert openssl_code(code) == openssl


@pytest.mark.parametrize("code", [-1, 0x800B0111, 4711])
def test_unknown_numbers(code: int) -> None:
    assert openssl_code(code) == UNSPECIFIED


@pytest.mark.parametrize(
    ("code", "untrusted"), [(18, True), (19, True), (20, True), (10, False), (62, False)]
)
def test_only_a_missing_issuer_says_untrusted(code: int, untrusted: bool) -> None:
    assert says_untrusted(code) is untrusted
