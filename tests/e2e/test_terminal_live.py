"""The terminal face on a real terminal: colours, a line per step in place, a hidden password."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from terminal import HOST, PASSWORD, USER, Street, Terminal, street

from mailcheck_gui.model.account import AccountDraft, Protocol, Security, ServerDraft
from mailcheck_gui.model.observation import Stage
from mailcheck_gui.practice import Fault, Misstep, ServerBehaviour
from mailcheck_gui.storage.folders import user_folders
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.storage.saved_account import SavedAccount

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

import pty

_TAKE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


class Screen:
    """A child process on a pseudo-terminal of its own."""

    def __init__(self, terminal: Terminal, *arguments: str) -> None:
        environment = {**terminal.environment(), "TERM": "xterm-256color", "COLUMNS": "100"}
        environment.pop("NO_COLOR", None)
        self._handle, inner = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _TAKE_TERMINAL, terminal.program(), *arguments],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=environment,
            start_new_session=True,
        )
        os.close(inner)
        self.seen = b""

    def read_until(self, words: bytes) -> None:
        while words not in self.seen:
            self.seen += os.read(self._handle, 4096)

    def type(self, text: str) -> None:
        self.press(text.encode() + b"\n")

    def press(self, keys: bytes) -> None:
        os.write(self._handle, keys)

    def finish(self) -> int:
        """Read what is left and return the exit status."""
        try:
            while data := os.read(self._handle, 4096):
                self.seen += data
        except OSError:
            pass  # Linux reports the end of a pseudo-terminal as EIO
        os.close(self._handle)
        return self._process.wait(30)


def _asking(servers: Street) -> tuple[str, ...]:
    """Return the arguments of a check that asks for a password."""
    return ("check", "--imap", servers.at(993, "ssl"), "--user", USER, "--no-neighbours")


def test_prompt_live_steps_and_colours(terminal: Terminal, healthy: Street) -> None:
    screen = Screen(terminal, *_asking(healthy))
    screen.read_until(b"Password of anna@example.com at 127.0.0.1: ")
    screen.type(PASSWORD)
    assert screen.finish() == 0
    text = screen.seen.decode()
    assert "\x1b[32m✓" in text  # a step that works, in green
    assert "\x1b[1A" in text  # lines are drawn again in place
    assert "\x1b[1;32mReceiving mail works\x1b[0m" in text
    assert PASSWORD not in text


def test_an_empty_answer_means_no_password(terminal: Terminal, healthy: Street) -> None:
    screen = Screen(terminal, *_asking(healthy))
    screen.read_until(b"Password of")
    screen.type("")
    assert screen.finish() == 0
    assert "Checked without password" in screen.seen.decode()


def test_the_password_of_a_saved_account_is_asked_for_where_none_is_kept(
    terminal: Terminal, healthy: Street
) -> None:
    port = str(healthy.port(993))
    server = ServerDraft(Protocol.IMAP, HOST, port, Security.IMPLICIT_TLS, username=USER)
    kept = SavedAccount("home", "Home", AccountDraft(USER, server))
    accounts_file = user_folders(terminal.environment()).accounts_file
    assert ProfileStore(accounts_file).save(kept) is None
    screen = Screen(terminal, "check", "--account", "Home", "--no-neighbours")
    screen.read_until(b"Password of anna@example.com at 127.0.0.1: ")
    screen.type(PASSWORD)
    assert screen.finish() == 0
    assert "Receiving mail works" in screen.seen.decode()


def test_standard_input_is_not_shown_where_it_is_a_terminal(
    terminal: Terminal, healthy: Street
) -> None:
    screen = Screen(terminal, *_asking(healthy), "--password-stdin")
    screen.read_until(b"Password: ")
    screen.type(PASSWORD)
    assert screen.finish() == 0
    text = screen.seen.decode()
    assert "Receiving mail works" in text
    assert PASSWORD not in text


def test_no_password_is_asked_for_without_a_user_name(terminal: Terminal, healthy: Street) -> None:
    screen = Screen(terminal, "check", "--imap", healthy.at(993, "ssl"), "--no-neighbours")
    assert screen.finish() == 0
    text = screen.seen.decode()
    assert "Password of" not in text
    assert "Checked without user name" in text


def test_ctrl_c_at_the_prompt(terminal: Terminal, healthy: Street) -> None:
    screen = Screen(terminal, *_asking(healthy))
    screen.read_until(b"Password of")
    screen.press(b"\x03")
    assert screen.finish() == 130
    assert "Stopped." in screen.seen.decode()


def test_ctrl_c_in_a_check_gives_the_report_so_far(terminal: Terminal, healthy: Street) -> None:
    silent = ServerBehaviour(
        Protocol.SMTP, implicit_tls=True, faults=(Fault(Stage.HANDSHAKE, Misstep.SILENCE),)
    )
    with street(p465=silent) as quiet:
        screen = Screen(
            terminal,
            *("check", "--imap", healthy.at(993, "ssl"), "--smtp", quiet.at(465, "ssl")),
            *("--no-neighbours", "--no-sign-in"),
        )
        screen.read_until(b"Incoming mail, certificate")
        screen.press(b"\x03")
        assert screen.finish() == 130
    text = screen.seen.decode()
    assert "Stopped after " in text
    assert "IMAP 127.0.0.1" in text
