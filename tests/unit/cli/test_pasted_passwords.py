"""A password inside a pasted server address is in nothing that the terminal program writes."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcheck_gui.cli.main import main
from mailcheck_gui.cli.practice import Practice
from mailcheck_gui.practice import PracticeNetwork, PracticeServers

MARK = "zq7k"
"""Begins and ends every password, so that any part of one is recognised, whatever its case."""

SIGNS = "abcXYZ0189@:/\\?#%&*()[]{}<>|^~`=+_,;.'\"!$- äß"
PASSWORDS = st.text(alphabet=SIGNS, max_size=12).map(f"{MARK}{{}}{MARK}".format)
ADDRESSES = (
    "imap://anna:{}@imap.nowhere.example",
    "IMAPS:///anna:{}@imap.nowhere.example:993/INBOX",
    "imap:/anna:{}@imap.nowhere.example",
    "imap://anna%40example.org:%2F{}@imap.nowhere.example",
    "imap://anna:/{}@imap.nowhere.example",
    "imap://anna:12/{}@imap.nowhere.example",
    "anna:{}@imap.nowhere.example",
    "anna:{}@imap.nowhere.example:993/ssl",
    "anna:/{}@imap.nowhere.example",
    "anna://{}@imap.nowhere.example",
    "anna@example.org:{}@imap.nowhere.example",
    "https://anna:{}@webmail.nowhere.example",
    "https://anna:{}@mail.google.com/mail/",
    "imap://anna:{}@two..dots",
    "imap://anna:{}@",
    "[anna:{}]:{}@imap.nowhere.example",
)
OUTPUTS = (("--json",), ())


def written(*argv: str) -> str:
    """Return what a command writes to standard output and standard error."""
    streams = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(streams[0]),
        contextlib.redirect_stderr(streams[1]),
        contextlib.suppress(SystemExit),  # how the command line is refused
    ):
        main(list(argv), lambda: PracticeNetwork(PracticeServers(())), no_practice)
    return "".join(stream.getvalue() for stream in streams)


def no_practice() -> Practice:
    raise AssertionError("practice was not asked for")


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("address", ADDRESSES)
@settings(max_examples=8, deadline=None)
@given(password=PASSWORDS)
def test_a_check_repeats_no_password_of_a_server_address(
    address: str, output: tuple[str, ...], password: str
) -> None:
    server = address.replace("{}", password)
    out = written("check", "--imap", server, "--smtp", server, "--no-sign-in", *output)
    assert out
    assert MARK not in out.lower()


E_MAIL_ADDRESSES = (
    f"anna:{MARK}@example.org",
    f"anna:x@{MARK}@example.org",
    f"anna:{MARK}@example.org <anna@example.org>",
    f"imap://anna:{MARK}@imap.nowhere.example",
)


@pytest.mark.parametrize(
    "argv",
    [
        ("check", "--imap", "mail.google.com", "--no-sign-in", "--json", "--email"),
        ("check", "--imap", "imap.nowhere.example", "--no-sign-in", "--json", "--email"),
        ("check", "--imap", "imap.nowhere.example", "--no-sign-in", "--email"),
        ("check", "--email"),
        ("find", "--offline"),
    ],
)
@pytest.mark.parametrize("typed", [*E_MAIL_ADDRESSES, f"anna@example.org:{MARK}"])
def test_nothing_repeats_the_password_beside_an_e_mail_address(
    argv: tuple[str, ...], typed: str
) -> None:
    out = written(*argv, typed)
    assert out
    assert MARK not in out.lower()


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("typed", E_MAIL_ADDRESSES)
def test_an_explanation_repeats_no_password_of_an_address(
    output: tuple[str, ...], typed: str
) -> None:
    out = written("explain", *output, f"{typed} timed out")
    assert out
    assert MARK not in out.lower()


@pytest.mark.parametrize("argv", [(), ("practice",), ("check", "--account")])
def test_no_refusal_repeats_the_password_of_an_address(argv: tuple[str, ...]) -> None:
    out = written(*argv, f"imap://anna:{MARK}@imap.nowhere.example")
    assert out
    assert MARK not in out.lower()
