"""Pasted sign-ins lose what may be a password; everything else stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck_gui.diagnosis.pasted_secrets import without_secrets

SECRETS = (
    ("AUTH PLAIN AGFubmEAc2VjcmV0", "AGFubmEAc2VjcmV0"),
    ("C: AUTH PLAIN AGFubmEAc2VjcmV0==", "AGFubmEAc2VjcmV0"),
    (">>> auth plain AGFubmEAc2VjcmV0", "AGFubmEAc2VjcmV0"),
    ("a1 AUTHENTICATE PLAIN AGFubmEAc2VjcmV0", "AGFubmEAc2VjcmV0"),
    ("AUTH XOAUTH2 dXNlcj1hbm5hAWF1dGg9QmVhcmVy", "dXNlcj1hbm5hAWF1dGg9QmVhcmVy"),
    ("S: 334 UGFzc3dvcmQ6\nC: c2VjcmV0MTIz\nS: 535 no", "c2VjcmV0MTIz"),
    ("334 UGFzc3dvcmQ6\r\nc2VjcmV0MTIz\r\n535 no", "c2VjcmV0MTIz"),
    ("+ \nAGFubmEAc2VjcmV0\na1 NO", "AGFubmEAc2VjcmV0"),
    ("a1 LOGIN anna secret123", "secret123"),
    ('1 LOGIN "anna@example.com" "sec ret123"', "sec ret123"),
    ("Sending: 4 LOGIN anna@example.com pass/word1", "pass/word1"),
    ("PASS secret123", "secret123"),
    ("[12:01:02] C: PASS two words", "two words"),
    ("smtp://anna:secret123@smtp.example.com:587", "secret123"),
    ("Authorization: Basic YW5uYTpzZWNyZXQ=", "YW5uYTpzZWNyZXQ"),
    ("'password' => 'secret123',", "secret123"),
    ("smtp_pass=secret123 535 no", "secret123"),
    ("$mail->Password = 'secret123';", "secret123"),
    ("Kennwort: secret123", "secret123"),
)

HARMLESS = (
    "250-AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER",
    "AUTH PLAIN authentication failed",
    "warning: SASL LOGIN authentication failed: UGFzc3dvcmQ6",
    "a1 NO LOGIN failed",
    "2 NO [AUTHENTICATIONFAILED] Authentication failed.",
    "The password command failed",
    "Sending of password for user anna did not succeed.",
    "0x800CCC92: Your e-mail server rejected your login.",
    "504 5.7.4 Unrecognized authentication type",
    "https://support.google.com/mail/?p=BadCredentials",
)


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_what_may_be_a_password_goes(text, secret):
    cleaned = without_secrets(text)
    assert secret not in cleaned
    assert "***" in cleaned


@pytest.mark.parametrize("text", HARMLESS)
def test_everything_else_stays(text):
    assert without_secrets(text) == text


@given(st.text(alphabet="aA1=+/ \n:PASLOGINUTH334*\"'@", max_size=300))
def test_any_text_stays_a_text(text):
    assert len(without_secrets(text)) <= len(text) + 3 * (text.count("\n") + text.count(" ") + 1)
