"""A test message on real servers: Exim takes it, Dovecot has it, Mailcheck removes it again."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from labcheck.leaks import leaks
from labcheck.program import run_inside
from maillab.accounts import Mailbox, mailbox
from maillab.capture import CaptureReader
from maillab.handle import Lab

HOST = "circle.example.test"
CASES = {
    "imap-starttls": ("--imap", f"{HOST}:143/starttls", "--smtp", f"{HOST}:587/starttls"),
    "imap-ssl": ("--imap", f"{HOST}:993/ssl", "--smtp", f"{HOST}:465/ssl"),
    "pop3-ssl": ("--pop3", f"{HOST}:995/ssl", "--smtp", f"{HOST}:465/ssl"),
    "wrong-password": ("--imap", f"{HOST}:993/ssl", "--smtp", f"{HOST}:465/ssl"),
}
BOXES = {name: mailbox(place) for place, name in enumerate(CASES, 280)}
OLD_MESSAGE = "Subject: an old message\n\nIt stays.\n"


def maildir(lab: Lab, box: Mailbox) -> Path:
    return lab.inside(f"dovecot-circle/mail/{box.address}/Maildir")


def put_old_message(lab: Lab, box: Mailbox) -> None:
    folder = maildir(lab, box)
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    (folder / "cur/1000000000.old.circle:2,S").write_text(OLD_MESSAGE, "utf-8")
    for path in (folder.parent, folder, *folder.rglob("*")):
        shutil.chown(path, "nobody", "nogroup")
        path.chmod(0o777)  # Exim delivers as a user of its own


def messages(lab: Lab, box: Mailbox) -> list[str]:
    folder = maildir(lab, box)
    return [
        path.read_text("utf-8") for name in ("cur", "new") for path in (folder / name).iterdir()
    ]


def send_test(lab: Lab, home: Path, case: str, password: str) -> tuple[int, str]:
    address = BOXES[case].address
    words = [sys.executable, "-m", "mailcheck_gui", "send-test", "--json", "--password-stdin"]
    words += ["--email", address, "--user", address, *CASES[case]]
    result = run_inside(lab, home, words, f"{password}\n")
    assert result.stderr == ""
    return result.returncode, result.stdout


@pytest.mark.parametrize("case", ["imap-starttls", "imap-ssl", "pop3-ssl"])
def test_a_message_makes_its_trip(
    lab: Lab, capture: CaptureReader, tmp_path: Path, case: str
) -> None:
    """Taken, seen, removed; the person's own message stays; nothing readable on the wire."""
    box = BOXES[case]
    put_old_message(lab, box)
    status, output = send_test(lab, tmp_path, case, box.password)
    trip = json.loads(output)

    assert [step["state"] for step in trip["steps"]] == ["works"] * 3, trip["steps"]
    assert (status, trip["sent"], trip["removed"]) == (0, True, True)
    assert messages(lab, box) == [OLD_MESSAGE]
    assert box.password not in output
    assert leaks(capture, box.password, trip["subject"]) == []


def test_a_refused_sign_in_sends_nothing(lab: Lab, tmp_path: Path) -> None:
    """No message, one refused sign-in, and the person's own message stays."""
    box = BOXES["wrong-password"]
    put_old_message(lab, box)
    status, output = send_test(lab, tmp_path, "wrong-password", "a wrong password")

    assert status == 1
    assert [step["state"] for step in json.loads(output)["steps"]] == ["error"] + ["not-tested"] * 2
    assert messages(lab, box) == [OLD_MESSAGE]
