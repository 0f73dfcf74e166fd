"""The other commands as processes: practice, ports, version, and a fault of our own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from terminal import PASSWORD, Terminal, forms_of_the_password

import mailcheck_gui


def test_version_and_help(terminal: Terminal) -> None:
    assert terminal.run("--version").out == f"mailcheck {mailcheck_gui.__version__}\n"
    assert terminal.run("check", "--help").status == 0


def test_the_self_test(terminal: Terminal) -> None:
    done = terminal.run("--self-test")
    assert (done.status, done.err) == (0, "")
    verdict = f"Mailcheck {mailcheck_gui.__version__} passed its self-test."
    assert done.out.splitlines()[-1] == verdict  # below the table of parts


def test_the_port_guide(terminal: Terminal) -> None:
    done = terminal.run("ports", "465")
    assert (done.status, done.err) == (0, "")
    assert "RFC 8314" in done.out


def test_an_error_text_is_explained(terminal: Terminal) -> None:
    done = terminal.run("explain", "SSL routines:ssl3_get_record:wrong version number")
    assert (done.status, done.err) == (0, "")
    assert "tls-on-starttls-port" in done.out


def test_a_pasted_log_is_explained(terminal: Terminal) -> None:
    log = "C: AUTH PLAIN AGFubmEAc2VjcmV0\r\nS: 535 5.7.8 Error: authentication failed\r\n"
    done = terminal.run("explain", "-", "--json", typed=log)
    assert (done.status, done.err) == (0, "")
    document = json.loads(done.out)
    assert document["matches"][0]["codes"][0] == "sign-in-failed"
    assert "AGFubmEAc2VjcmV0" not in done.out


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("all-fine", 0, ("Everything works",)),
        (
            "tls-on-587",
            1,
            ("You can receive mail, but not send it", "> Port           587", "Proof: signed in"),
        ),
        ("STARTTLS on 465", 1, ("> Encryption     STARTTLS",)),
        ("plain-on-25", 1, ("> Encryption     None", "465")),
        ("imap-on-pop3-port", 1, ("> Port           995", "993", "Proof: signed in")),
        ("expired-certificate", 1, ("No change here is known to put it right",)),
        ("wrong-password", 1, ("Neither receiving nor sending works",)),
        ("blocked-587", 1, ("> Port           587", "465", "Proof: signed in")),
    ],
)
def test_practice_accounts_are_checked_for_real(
    terminal: Terminal, name: str, status: int, words: tuple[str, ...]
) -> None:
    done = terminal.run("practice", name)
    assert done.status == status, done.out
    for word in words:
        assert word in " ".join(done.out.split()) or word in done.out
    assert "plum pie" not in done.out + done.err


def test_no_qt_is_imported_for_the_terminal() -> None:
    code = (
        "import sys; from mailcheck_gui.cli.main import main\n"
        "import mailcheck_gui.cli.check, mailcheck_gui.cli.practice, mailcheck_gui.cli.ports\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_fault_of_our_own_is_one_sentence_without_secrets() -> None:
    code = (
        "import sys; from mailcheck_gui.cli.main import main\n"
        "def broken(): raise RuntimeError(sys.argv[1])\n"
        "sys.exit(main(['check', '--imap', '127.0.0.1:1', '--no-sign-in'], broken, broken))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, PASSWORD], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("mailcheck: Mailcheck has a fault of its own (RuntimeError")
    assert done.stderr.count("\n") == 1
    assert not [form for form in forms_of_the_password() if form in done.stderr]
