import base64
import hashlib
import html
import json
import urllib.parse

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from mailcheck_gui.checks.redaction import EXCERPT_WINDOW, Redactor, SentDigests
from mailcheck_gui.model.account import Credential
from mailcheck_gui.model.observation import EndKind, EndObservation, Stage

NAME, SECRET = "anna@example.test", 'pä ss"w&o\\r<d 42'
CREDENTIAL = Credential(NAME, SECRET)
RAW = SECRET.encode()

FORMS = {
    "raw": RAW,
    "latin-1": SECRET.encode("latin-1"),
    "percent": urllib.parse.quote(SECRET, safe="").encode(),
    "percent, lower case": urllib.parse.quote(SECRET, safe="").lower().encode(),
    "form": urllib.parse.quote_plus(SECRET).encode(),
    "json": json.dumps(SECRET)[1:-1].encode(),
    "json, utf-8": json.dumps(SECRET, ensure_ascii=False)[1:-1].encode(),
    "html": html.escape(SECRET).encode(),
    "imap": SECRET.replace("\\", "\\\\").replace('"', '\\"').encode(),
    "plain": base64.b64encode(f"\0{NAME}\0{SECRET}".encode()),
    "plain with identity": base64.b64encode(f"{NAME}\0{NAME}\0{SECRET}".encode()),
    "login": base64.b64encode(RAW),
    "xoauth2": base64.b64encode(f"user={NAME}\1auth=Bearer {SECRET}\1\1".encode()),
    "alignment 1": base64.b64encode(b"x" + RAW + b"yz"),
    "alignment 2": base64.b64encode(b"xx" + RAW + b"y"),
    "url-safe": base64.urlsafe_b64encode(b"??" + RAW),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_every_form_is_taken_out_and_the_rest_stays(form: bytes) -> None:
    cleaned = Redactor([CREDENTIAL]).clean(b"535 before " + form + b" after")
    assert cleaned == b"535 before *** after"


@given(
    secret=st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=6, max_size=40),
    before=st.binary(max_size=5),
    after=st.binary(max_size=5),
)
@example(secret="aaaaaa", before=b"", after=b"")
def test_base64_betrays_no_secret_in_any_surrounding(
    secret: str, before: bytes, after: bytes
) -> None:
    token = base64.b64encode(before + secret.encode() + after)
    cleaned = Redactor([Credential("someone", secret)]).clean(b"334 " + token)
    for cut in range(len(token) - 7):
        assert token[cut : cut + 8] not in cleaned


@given(secret=st.text(min_size=1, max_size=20), text=st.binary(max_size=80))
def test_the_secret_is_never_in_what_is_left(secret: str, text: bytes) -> None:
    assume(secret.isprintable())
    assume(not set(secret) <= {"*"})
    raw = secret.encode()
    cleaned = Redactor([Credential("", secret)]).clean(text + raw + text)
    assert raw not in cleaned.replace(b"***", b"")


def test_a_user_name_stands_alone_or_stays() -> None:
    redactor = Redactor([Credential("mail", "secret-word")])
    assert redactor.clean(b"user mail unknown") == b"user *** unknown"
    assert redactor.clean(b"mail.example.com webmail") == b"mail.example.com webmail"


def test_without_names_only_secrets_go() -> None:
    redactor = Redactor([CREDENTIAL], names=False)
    assert redactor.clean(NAME.encode() + b" " + RAW) == NAME.encode() + b" ***"


def test_two_credentials_go_both() -> None:
    redactor = Redactor([Credential("a", "first secret"), Credential("b", "second secret")])
    assert redactor.clean(b"first secret, second secret") == b"***, ***"


def test_no_credential_changes_nothing() -> None:
    assert Redactor().clean(b"220 mail.example.com") == b"220 mail.example.com"
    assert Redactor([Credential("", "")]).clean(b"220 mail") == b"220 mail"


def test_observations_are_cleaned_all_through() -> None:
    end = EndObservation(EndKind.CLOSED, Stage.SIGN_IN, b"no " + RAW, f"why {SECRET}", 1.5)
    cleaned = Redactor([CREDENTIAL]).clean_value(end)
    assert cleaned == EndObservation(EndKind.CLOSED, Stage.SIGN_IN, b"no ***", "why ***", 1.5)


def test_an_excerpt_cuts_no_secret_in_two() -> None:
    redactor = Redactor([CREDENTIAL])
    for shift in range(len(RAW)):
        flood = b"-" * (EXCERPT_WINDOW - shift) + RAW + b"-" * 100
        kept = redactor.excerpt(flood, EXCERPT_WINDOW)
        assert not set(kept) - set(b"-*")


def test_an_excerpt_has_its_limit() -> None:
    assert Redactor().excerpt(b"x" * 100_000, 500) == b"x" * 500


def test_repr_shows_nothing() -> None:
    assert repr(Redactor([CREDENTIAL])) == "Redactor(***)"


DIGEST = hashlib.md5(b"a challenge and the secret", usedforsecurity=False).hexdigest().encode()
DIGEST_MESSAGES = {
    "APOP": b"APOP anna@example.test " + DIGEST + b"\r\n",
    "CRAM-MD5": base64.b64encode(b"anna@example.test " + DIGEST) + b"\r\n",
    "CRAM-MD5 in a command": b"A1 X " + base64.b64encode(b"anna " + DIGEST) + b"\r\n",
}
DIGEST_ECHOES = {
    "as it was": DIGEST,
    "in capitals": DIGEST.upper(),
    "in base64": base64.b64encode(DIGEST),
    "in base64, shifted": base64.b64encode(b"ab" + DIGEST + b"c"),
}


@pytest.mark.parametrize("message", DIGEST_MESSAGES.values(), ids=DIGEST_MESSAGES.keys())
@pytest.mark.parametrize("echo", DIGEST_ECHOES.values(), ids=DIGEST_ECHOES.keys())
def test_a_digest_that_was_sent_is_taken_out_by_every_redactor(message: bytes, echo: bytes) -> None:
    redactor = Redactor([CREDENTIAL])
    other = Redactor([CREDENTIAL], names=False, sent=redactor.sent)
    redactor.sent.learn(message)
    for cleaner in (redactor, other):
        assert cleaner.clean(b"535 before " + echo + b" after") == b"535 before *** after"


def test_digests_of_several_messages_stay_hidden() -> None:
    sent = SentDigests()
    other = DIGEST[::-1]
    sent.learn(b"APOP anna " + DIGEST)
    sent.learn(b"APOP anna " + other)
    sent.learn(b"no digest here, and no base64: ****")
    sent.learn(b"")
    assert Redactor(sent=sent).clean(DIGEST + b" " + other) == b"*** ***"


def test_longer_hexadecimal_is_no_digest() -> None:
    sent = SentDigests()
    sent.learn(b"APOP anna " + DIGEST + b"00")
    assert sent.spelled is None
