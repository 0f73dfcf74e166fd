from __future__ import annotations

import pytest
from protocol_driving import CREDENTIAL, SECRET, USER

from mailcheck_gui.model.account import Credential
from mailcheck_gui.protocols.errors import LocalProtocolError
from mailcheck_gui.protocols.sasl import Secret, sasl_client

TIM = Secret.of(Credential("tim", "tanstaaftanstaaf"))


def test_plain_sends_both_once_for_the_empty_challenge() -> None:
    client = sasl_client("PLAIN", Secret.of(CREDENTIAL))
    assert client.respond(b"") == f"\0{USER}\0{SECRET}".encode()
    assert client.respond(b"") is None


@pytest.mark.parametrize("challenge", [b"more", None])
def test_plain_tells_nothing_to_a_challenge_with_words(challenge: bytes | None) -> None:
    assert sasl_client("PLAIN", TIM).respond(challenge) is None


def test_login_answers_two_challenges_whatever_they_say() -> None:
    client = sasl_client("LOGIN", TIM)
    assert [client.respond(b"Username:"), client.respond(None), client.respond(b"Password:")] == [
        b"tim",
        b"tanstaaftanstaaf",
        None,
    ]


def test_cram_md5_is_the_digest_of_rfc_2195() -> None:
    client = sasl_client("CRAM-MD5", TIM)
    challenge = b"<1896.697170952@postoffice.reston.mci.net>"
    assert client.respond(challenge) == b"tim b913a602c7eda7a495b4e6e7334d3890"
    assert client.respond(challenge) is None


@pytest.mark.parametrize("challenge", [b"", None])
def test_cram_md5_digests_no_empty_challenge(challenge: bytes | None) -> None:
    assert sasl_client("CRAM-MD5", TIM).respond(challenge) is None


def test_xoauth2_message_and_the_empty_answer_to_its_error() -> None:
    client = sasl_client("XOAUTH2", Secret.of(Credential("a@example.org", "tok/en==")))
    assert client.respond(b"") == b"user=a@example.org\x01auth=Bearer tok/en==\x01\x01"
    assert client.respond(b'{"status":"400"}') == b""
    assert client.error_detail == b'{"status":"400"}'
    assert client.respond(b'{"status":"401"}') is None
    assert client.error_detail == b'{"status":"400"}'


def test_xoauth2_does_not_send_the_token_for_a_challenge_with_words() -> None:
    client = sasl_client("XOAUTH2", TIM)
    assert client.respond(b"give me the token") is None
    assert client.error_detail == b""


@pytest.mark.parametrize(
    "character", ["\r", "\n", "\0", "\t", "\x01", "\x1b", "\x7f", "\x85", "\ud800"]
)
def test_control_characters_and_surrogates_are_refused_without_being_shown(character: str) -> None:
    for user, secret in ((f"u{character}ser", "fine"), ("fine", f"sec{character}ret")):
        with pytest.raises(LocalProtocolError) as caught:
            Secret.of(Credential(user, secret))
        assert str(caught.value) == "a control character in user name or secret"
        assert caught.value.__context__ is None


def test_blanks_and_special_characters_are_kept_as_typed() -> None:
    secret = Secret.of(CREDENTIAL)
    assert (secret.user.decode(), secret.secret.decode()) == (USER, SECRET)


def test_secret_shows_nothing() -> None:
    assert repr(TIM) == str(TIM) == "Secret()"


def test_unknown_mechanism_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        sasl_client("NTLM", TIM)
