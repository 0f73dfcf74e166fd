"""`mailcheck explain` in this process: what it reads, what it writes, how it ends."""

from __future__ import annotations

import io
import json
import sys

import pytest

from mailcheck_gui.cli.explain import read_text
from mailcheck_gui.cli.main import main
from mailcheck_gui.diagnosis.pasted_text import PASTE_LIMIT
from mailcheck_gui.model.quoting import QUOTE_LIMIT

KEYS = {
    "id", "title", "meaning", "codes", "check", "matched", "said_by", "confidence", "source",
}  # fmt: skip


def never() -> object:
    raise AssertionError("explaining needs no servers")


def run(*argv: str) -> int:
    return main(list(argv), never, never)  # type: ignore[arg-type]


@pytest.fixture
def paste(monkeypatch: pytest.MonkeyPatch):
    """Return a function that puts bytes on standard input."""

    def put(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return put


def document(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def test_a_code_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "0x800CCC1A") == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("The mail program and the server did not agree on how encryption starts")
    assert "[tls-on-starttls-port, likely]" in " ".join(out.split())
    assert "What to check:" in out
    assert "mailcheck check --email you@example.com" in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_what_needs_sending_is_checked_at_the_outgoing_server(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("explain", "552 5.2.2 mailbox full") == 0
    out = capsys.readouterr().out
    assert "--smtp SERVER" in out
    assert "--imap" not in out
    assert "with your password" in out


def test_what_no_check_can_show_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "550 5.1.1 recipient address rejected: user unknown") == 0
    out = capsys.readouterr().out
    assert "A check of your servers cannot show this." in out
    assert "mailcheck check" not in out


def test_other_meanings_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "554 5.7.1 Relay access denied (SPF)") == 0
    assert "It may also mean:" in capsys.readouterr().out


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "535 5.7.8 authentication failed", "--json") == 0
    found = document(capsys)
    assert list(found) == ["version", "text", "matches"]
    assert found["version"] == 1
    assert found["text"] == "535 5.7.8 authentication failed"
    best = found["matches"][0]
    assert set(best) == KEYS
    assert best["codes"][0] == "sign-in-failed"
    assert best["confidence"] in ("certain", "likely", "possible")
    assert all(isinstance(sentence, str) for sentence in best["check"])


def test_words_may_come_without_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "--json", "wrong", "version", "number") == 0
    assert document(capsys)["text"] == "wrong version number"


def test_nothing_known_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "my cat sleeps") == 0
    assert "is not known here" in capsys.readouterr().out
    assert run("explain", "my cat sleeps", "--json") == 0
    assert document(capsys)["matches"] == []


@pytest.mark.parametrize(
    "argv", [("explain",), ("explain", ""), ("explain", " \n"), ("explain", "-")]
)
def test_without_a_text(argv: tuple[str, ...], paste, capsys: pytest.CaptureFixture[str]) -> None:
    paste(b" \r\n")
    assert run(*argv) == 2
    assert capsys.readouterr() == ("", "mailcheck: There is no text to explain.\n")


def test_standard_input(paste, capsys: pytest.CaptureFixture[str]) -> None:
    paste(b"\xef\xbb\xbf-ERR [IN-USE] locked \xff\x07\n")
    assert run("explain", "-", "--json") == 0
    found = document(capsys)
    assert found["text"] == "-ERR [IN-USE] locked \\xFF⟨0x07⟩"
    assert found["matches"][0]["codes"] == ["mailbox-in-use"]


def test_standard_input_that_cannot_be_read() -> None:
    class Broken(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError

    with pytest.raises(Exception, match="cannot be read"):
        read_text(Broken())


def test_a_long_text_is_capped(paste, capsys: pytest.CaptureFixture[str]) -> None:
    paste(b"0x800CCC1A " + b"x" * (2 * PASTE_LIMIT))
    assert run("explain", "-", "--json") == 0
    found = document(capsys)
    assert len(found["text"]) == QUOTE_LIMIT + 1
    assert found["matches"][0]["matched"] == "0x800CCC1A"


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_pasted_password_is_not_repeated(
    options: tuple[str, ...], paste, capsys: pytest.CaptureFixture[str]
) -> None:
    paste(b"AUTH PLAIN AGFubmEAc2VjcmV0\r\na1 LOGIN anna plum-pie\r\n535 5.7.8 no")
    assert run("explain", "-", *options) == 0
    out = capsys.readouterr().out
    assert "AGFubmEAc2VjcmV0" not in out
    assert "plum-pie" not in out


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_hostile_text_comes_out_visible(
    options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("explain", "relay\u202e access \x1b[31m denied", *options) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
