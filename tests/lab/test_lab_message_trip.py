"""A message to oneself, through a real Postfix into a real Dovecot and out again."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from labcheck.leaks import leaks
from labcheck.program import run_inside
from labcheck.scenario import Side, imap, pop3, smtp
from maillab.accounts import Mailbox, mailbox
from maillab.capture import CaptureReader
from maillab.handle import Lab
from maillab.hosts import POST_OFFICE
from maillab.sign_ins import attempts

IMAPS, POP3S = imap(POST_OFFICE, 993, "ssl"), pop3(POST_OFFICE, 995, "ssl")
OLD_MESSAGE = "Subject: an old message\n\nIt stays.\n"
SMTPS = smtp(POST_OFFICE, 465, "ssl")


@dataclass(frozen=True)
class Trip:
    """A message trip that is over."""

    box: Mailbox
    status: int
    output: str

    @property
    def report(self) -> dict[str, Any]:
        """The one object on standard output."""
        report: dict[str, Any] = json.loads(self.output)
        return report


def travel(
    lab: Lab, home: Path, box: Mailbox, incoming: Side, outgoing: Side, password: str = ""
) -> Trip:
    """Send a message to a mailbox and look for it there."""
    words = [sys.executable, "-m", "mailcheck_gui", "send-test", "--json", "--password-stdin"]
    words += ["--email", box.address, "--user", box.address, "--smtp", outgoing.typed]
    words += [f"--{incoming.protocol}", incoming.typed]
    ended = run_inside(lab, home, words, f"{password or box.password}\n")
    assert ended.stdout, ended.stderr
    return Trip(box, ended.returncode, ended.stdout)


def maildir(lab: Lab, box: Mailbox) -> Path:
    """Return the folder of a mailbox."""
    return lab.inside(f"dovecot-{POST_OFFICE}/mail/{box.address}/Maildir")


def put_old_message(lab: Lab, box: Mailbox) -> None:
    """Make a mailbox with one message."""
    for name in ("cur", "new", "tmp"):
        (maildir(lab, box) / name).mkdir(parents=True)
    (maildir(lab, box) / "cur/1000000000.old.post:2,S").write_text(OLD_MESSAGE, "utf-8")
    for path in (maildir(lab, box).parent, *maildir(lab, box).parent.rglob("*")):
        shutil.chown(path, "nobody", "nogroup")


def messages(lab: Lab, box: Mailbox) -> list[str]:
    """Return all messages of a mailbox."""
    folders = (maildir(lab, box) / name for name in ("new", "cur"))
    return [path.read_text("utf-8") for folder in folders for path in folder.iterdir()]


@pytest.mark.parametrize(("incoming", "box"), [(IMAPS, mailbox(4)), (POP3S, mailbox(5))], ids=str)
def test_message_comes_back_and_is_removed(
    lab: Lab, capture: CaptureReader, tmp_path: Path, incoming: Side, box: Mailbox
) -> None:
    put_old_message(lab, box)
    trip = travel(lab, tmp_path, box, incoming, SMTPS)
    report = trip.report
    assert (trip.status, report["sent"], report["removed"]) == (0, True, True), report["steps"]
    assert report["seconds"] is not None
    assert messages(lab, box) == [OLD_MESSAGE]
    assert attempts(lab, box.address)["outgoing"] == 1
    assert leaks(capture, box.password, report["subject"]) == []
    assert box.password not in trip.output


def test_message_that_is_not_taken_goes_nowhere(lab: Lab, tmp_path: Path) -> None:
    box = mailbox(6)
    trip = travel(lab, tmp_path, box, IMAPS, smtp("others-address", 465, "ssl"))
    report = trip.report
    assert (trip.status, report["sent"], report["seconds"]) == (1, False, None)
    assert "not owned by user" in json.dumps(report["steps"])


def test_refused_sign_in_sends_nothing(lab: Lab, tmp_path: Path) -> None:
    box = mailbox(7)
    put_old_message(lab, box)
    trip = travel(lab, tmp_path, box, IMAPS, SMTPS, "a wrong password")
    states = [step["state"] for step in trip.report["steps"]]
    assert (trip.status, states) == (1, ["error", "not-tested", "not-tested"])
    assert messages(lab, box) == [OLD_MESSAGE]
