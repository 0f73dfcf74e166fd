"""Pasted sign-ins lose what may be a password; everything else stays."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcheck_gui.diagnosis.explain import explain, safe_text
from mailcheck_gui.diagnosis.pasted_secrets import without_secrets
from mailcheck_gui.reporting.explanation_json import explanations_to_json

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
    ("anna:secret123@smtp.example.com:587 timed out", "secret123"),
    ("anna@example.com:sec/ret@123@smtp.example.com", "ret@123"),
    ("Authorization: Basic YW5uYTpzZWNyZXQ=", "YW5uYTpzZWNyZXQ"),
    ("'password' => 'secret123',", "secret123"),
    ("smtp_pass=secret123 535 no", "secret123"),
    ("$mail->Password = 'secret123';", "secret123"),
    ("Kennwort: secret123", "secret123"),
    ("CLIENT -> SERVER: AUTH LOGIN\nCLIENT -> SERVER: c2VjcmV0MTIz\n", "c2VjcmV0MTIz"),
    (
        (
            "2024-01-01 10:00:00 SERVER -> CLIENT: 334 UGFzc3dvcmQ6\n"
            "2024-01-01 10:00:00 CLIENT -> SERVER: c2VjcmV0MTIz\n"
            "2024-01-01 10:00:00 SERVER -> CLIENT: 535 no"
        ),
        "c2VjcmV0MTIz",
    ),
    (
        (
            "send: 'AUTH LOGIN YW5uYQ==\\r\\n'\nreply: b'334 UGFzc3dvcmQ6\\r\\n'\n"
            "reply: retcode (334); Msg: b'UGFzc3dvcmQ6'\nsend: 'c2VjcmV0MTIz\\r\\n'"
        ),
        "c2VjcmV0MTIz",
    ),
    ("12:01:02.334 S: 334 UGFzc3dvcmQ6\n12:01:02.334 C: c2VjcmV0MTIz", "c2VjcmV0MTIz"),
    ("334 UGFzc3dvcmQ6\nabcd", "abcd"),
    ("31:41.46 > b'PIJB1 LOGIN anna \"secret123\"'", "secret123"),
    ("C: a1 LOGIN anna secret123 (12 ms)", "secret123"),
    ('LOGIN "anna" "sec\\"ret123"', "ret123"),
    ('a1 LOGIN "anna" "sec\\"ret123"', "ret123"),
    ("C: LOGIN anna secret123", "secret123"),
    ("a login anna secret123", "secret123"),
    ("a1 LOGIN anna {13}\n+ go\nsecret, 123\na1 NO", "secret, 123"),
    ("a1 LOGIN {4}\n+ go\nanna {9}\n+ go\nsecret123", "secret123"),
    ("*cmd* 'PASS secret123'", "secret123"),
    ("pass secret123", "secret123"),
    ("334 UGFzc3dvcmQ6\nC: c2VjcmV0MTIz" + " " * 500, "c2VjcmV0MTIz"),
    ("*put* b'PASS secret123'", "secret123"),
    ("send: b'PASS secret123\\r\\n'", "secret123"),
    ("APOP anna c4c9334bac560ecc979e58001b3e22fb", "c4c9334bac560ecc979e58001b3e22fb"),
    ("password: abcd efgh ijkl mnop", "mnop"),
    ('"password": "abcd efgh ijkl", "host": "x"', "ijkl"),
    ("password=sec;ret,'\"123", "123"),
    ('{"user": "a", "password": "sec,\\"ret123"}', "ret123"),
    ("EMAIL_HOST_PASSWORD = 'it's secret123'", "secret123"),
    ("<password>sec ret123</password>", "ret123"),
    ("Password:\nsecret123\n", "secret123"),
    ("My password is secret123 and it does not work", "secret123"),
    ("My password is SecretWord and it does not work", "SecretWord"),
    ("smtp://anna:p@secret123@smtp.example.com", "secret123"),
    ("curl -u anna:secret123 imaps://host.example", "secret123"),
    ("curl --user 'anna:sec ret123' imaps://host.example", "ret123"),
    ("swaks -au anna -ap secret123 -tls", "secret123"),
    ("tool --password secret123 --host x", "secret123"),
    ('tool --auth-password "sec ret123" --host x', "ret123"),
    ("access_token=ya29.secret123", "secret123"),
    ('{"refresh_token": "1//secret123"}', "secret123"),
    ("Authorization: Bearer ya29.secret123", "secret123"),
    ("user=anna auth=Bearer ya29.secret123", "secret123"),
    ("Password for anna: secret123", "secret123"),
    ("  Password for user anna@example.com: sec ret123", "ret123"),
    ("Password for 'https://anna@mail.example.com': secret123", "secret123"),
    ("Enter password for imap.example.com: sec:ret123", "ret123"),
    ("Kennwort für anna: secret123", "secret123"),
    ("| User | anna |\n| Password | sec|ret123 |", "ret123"),
    ("Server\timap.example.com\nPassword\tsecret123", "secret123"),
    ("user;anna\npassword;secret123", "secret123"),
    ('"password","sec,ret123"', "ret123"),
    ("<tr><td>Passwort:</td>\n<td class=x>secret123</td>", "secret123"),
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
    "IMAP command 'LOGIN <user> <pass>' returned an error",
    "535 login authentication failed",
    "The password is incorrect.",
    "Login failed: Invalid password for user anna: try again later",
    "Normal password | STARTTLS | 587",
    "Basic authentication is disabled.",
    "DEBUG SMTP: AUTH LOGIN command trace suppressed",
    "250-AUTH PLAIN LOGIN\n250-STARTTLS\n250 8BITMIME",
    "S: 334 UGFzc3dvcmQ6\nS: 535 5.7.8 Error: authentication failed",
    "smtp://smtp.example.com:587 and anna@example.com",
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


def in_base64(secret):
    return base64.b64encode(secret.encode()).decode()


PLACES = (
    (
        "CLIENT -> SERVER: AUTH LOGIN\nSERVER -> CLIENT: 334 VXNlcm5hbWU6\n"
        "CLIENT -> SERVER: YW5uYQ==\nSERVER -> CLIENT: 334 UGFzc3dvcmQ6\n"
        "CLIENT -> SERVER: {base64}\nSERVER -> CLIENT: 535 authentication failed"
    ),
    (
        "send: 'AUTH LOGIN YW5uYQ==\\r\\n'\nreply: b'334 UGFzc3dvcmQ6\\r\\n'\n"
        "reply: retcode (334); Msg: b'UGFzc3dvcmQ6'\nsend: '{base64}\\r\\n'\n"
        "reply: b'535 5.7.8 authentication failed\\r\\n'"
    ),
    "a1 AUTHENTICATE PLAIN\n+ \n{base64}\na1 NO authentication failed",
    "AUTH PLAIN {base64}\n535 authentication failed",
    "send: 'AUTH PLAIN {base64}\\r\\n'",
    "31:41.46 > b'PIJB1 LOGIN anna {quoted}'",
    "a1 LOGIN anna {secret} (12 ms)",
    'LOGIN "anna" {quoted}',
    "a1 LOGIN anna {{20}}\n+ go\n{secret}\na1 NO authentication failed",
    "*cmd* 'PASS {secret}'",
    "send: b'PASS {secret}\\r\\n'",
    "password: {secret}\n535 authentication failed",
    "Password={secret}",
    '{{"password": {quoted}, "error": "535 authentication failed"}}',
    "smtp://anna:{secret}@smtp.example.com:587 timed out",
    "cannot reach <anna:{secret}@smtp.example.com>",
    "curl -u anna:{secret} imaps://host.example",
    "swaks -au anna -ap {secret} -tls",
    "tool --password {secret} --host x",
    "tool --password {quoted} --host x",
    "access_token={secret}",
    "Authorization: Basic {base64}",
    "Authorization: Bearer {secret}",
    "PASS {secret} authentication failed timed out",
    "Password for anna: {secret}",
    "| Password | {secret} |\n535 authentication failed",
    "Password\t{secret}",
)
SIGNS = "abcXYZ0189,;'\"@:/\\!$%&*()[]{}<>|^~`?.=+_#-äß"
UNBROKEN = st.text(alphabet=SIGNS, max_size=30).map("S3cret{}T4il".format)
SPACED = st.lists(UNBROKEN, min_size=1, max_size=4).map(" ".join)
SPACES_END_IT = ("://", "<anna:", "-u anna", "-ap ", "--password {secret}", "access_token")


MARKS = ("S3cret", "T4il")


def filled(place, data):
    """Return a place with a random secret in it, and what must not be seen of that."""
    secret = data.draw(UNBROKEN if any(end in place for end in SPACES_END_IT) else SPACED)
    coded, quoted = in_base64(secret), json.dumps(secret, ensure_ascii=False)
    return place.format(secret=secret, base64=coded, quoted=quoted), (*MARKS, coded)


@pytest.mark.parametrize("place", PLACES)
@given(data=st.data())
def test_no_secret_is_in_the_text_shown(place, data):
    text, secrets = filled(place, data)
    assert not [secret for secret in secrets if secret in safe_text(text)]


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=20)  # searches for every known error; the places of secrets are the same
@given(data=st.data())
def test_no_secret_is_in_the_document(place, data):
    text, secrets = filled(place, data)
    document = explanations_to_json(safe_text(text), explain(text))
    assert not [secret for secret in secrets if secret in document]


@pytest.mark.parametrize("secret", ["timed out", "authentication failed", "0x800CCC0E"])
def test_what_looks_like_an_error_is_not_quoted_from_a_secret(secret):
    for found in explain(f"PASS {secret} hidden"):
        assert found.matched in ("", "***")


def test_an_error_behind_the_word_password_is_still_recognised():
    found = explain("password: authentication failed")
    assert found[0].codes[0] == "sign-in-failed"


def test_what_is_quoted_stands_in_the_text_shown():
    text = "PASS secret123 authentication failed"
    assert all(found.matched in safe_text(text) for found in explain(text))
