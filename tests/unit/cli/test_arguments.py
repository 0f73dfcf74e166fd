from __future__ import annotations

import pytest

from mailcheck_gui.cli.arguments import parse_arguments
from mailcheck_gui.model.account import AuthMethod, Security


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    with pytest.raises(SystemExit) as caught:
        parse_arguments(list(argv))
    assert caught.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_every_option_of_the_contract() -> None:
    line = (
        "check --email a@example.com --imap imap.example.com:993/ssl --smtp [::1]:587/starttls "
        "--user u --smtp-user v --auth password --smtp-auth oauth2 --password-stdin --no-sign-in "
        "--no-neighbours --no-controls --timeout 12.5 --json --lang en --account home"
    )
    seen = parse_arguments(line.split())
    assert seen.command == "check"
    assert seen.imap is not None
    assert seen.smtp is not None
    assert (seen.imap.host, seen.imap.port) == ("imap.example.com", "993")
    assert (seen.smtp.host, seen.smtp.security) == ("::1", Security.STARTTLS)
    assert (seen.user, seen.smtp_user) == ("u", "v")
    assert (seen.auth, seen.smtp_auth) == (AuthMethod.PASSWORD, AuthMethod.OAUTH2)
    assert (seen.timeout, seen.controls, seen.account) == (12.5, False, "home")
    assert seen.password_stdin
    assert seen.no_sign_in
    assert seen.no_neighbours
    assert seen.json


def test_what_is_not_given_is_not_there() -> None:
    seen = parse_arguments(["check"])
    assert (seen.imap, seen.pop3, seen.smtp, seen.controls, seen.timeout) == (None,) * 5
    assert seen.lang == "en"
    assert not seen.json


def test_the_language_may_stand_before_the_command() -> None:
    assert parse_arguments(["--lang", "en", "ports", "25"]).port == 25


@pytest.mark.parametrize(
    "argv",
    [
        ["check", "--password", "s3cret-word"],
        ["check", "--password=s3cret-word"],
        ["check", "--pass=s3cret-word"],
        ["check", "--token", "s3cret-word"],
        ["check", "-p", "s3cret-word"],
        ["check", "--password-stdin=s3cret-word"],
        ["check", "--json=s3cret-word"],
        ["check", "s3cret-word"],
        ["ports", "25", "s3cret-word"],
    ],
)
def test_a_password_on_the_command_line_is_refused_and_not_repeated(
    capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    assert "s3cret-word" not in refused(capsys, *argv)


def test_controls_are_open_on_or_off() -> None:
    assert parse_arguments(["check"]).controls is None
    assert parse_arguments(["check", "--controls"]).controls is True
    assert parse_arguments(["check", "--no-controls"]).controls is False


def test_the_password_option_names_the_right_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Use --password-stdin." in refused(capsys, "check", "--password", "x")


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        ([], "check, find, send-test, explain, ports or practice"),
        (["check", "--imap", "a", "--pop3", "b"], "--pop3 and --imap exclude each other."),
        (["check", "--settings", "a", "--account", "b"], "--account and --settings exclude"),
        (["check", "--controls", "--no-controls"], "--no-controls and --controls exclude"),
        (["check", "--imap"], "--imap needs a value behind it."),
        (["check", "--settings", ""], "--settings: It needs a file name."),
        (["send-test", "--account", " "], "--account: It needs the name of an account."),
        (["practice", ""], "NAME: It needs the name of an account."),
        (["check", "--json=yes"], "--json takes no value."),
        (["check", "--imap", "a/tls"], "ssl, starttls, none"),
        (["check", "--auth", "ntlm"], "encrypted-password"),
        (["check", "--timeout", "0"], "seconds above 0"),
        (["check", "--timeout", "nan"], "seconds above 0"),
        (["check", "--timeout", "soon"], "seconds above 0"),
        (["check", "--lang", "tlh"], "--lang: The texts are there in en"),
        (["ports", "70000"], "from 1 to 65535"),
        (["ports", "²"], "from 1 to 65535"),
        (["check", "--unknown"], "--unknown"),
        (["check", "--un\x1b[31m"], "--un⟨0x1B⟩[31m"),
        (["repair", "now"], "There is no command 'repair'."),
    ],
)
def test_refusals_name_the_way_out(
    capsys: pytest.CaptureFixture[str], argv: list[str], word: str
) -> None:
    said = refused(capsys, *argv)
    assert said.startswith("usage: mailcheck")
    assert word in said


@pytest.mark.parametrize("blame", ["invalid", "failed", "error"])
@pytest.mark.parametrize(
    "argv",
    [
        ["repair"],
        ["check", "--auth", "plain"],
        ["check", "--timeout", "soon"],
        ["check", "--imap"],
        ["check", "--json=yes"],
        ["ports", "submission"],
    ],
)
def test_refusals_blame_nobody(
    capsys: pytest.CaptureFixture[str], argv: list[str], blame: str
) -> None:
    assert blame not in refused(capsys, *argv).lower()


def test_third_parties_are_asked_or_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse_arguments(["check", "--no-controls", "--no-third-parties"]).no_third_parties
    assert parse_arguments(["find", "a@example.com", "--no-third-parties"]).no_third_parties
    said = refused(capsys, "check", "--controls", "--no-third-parties")
    assert "--controls and --no-third-parties exclude each other." in said
