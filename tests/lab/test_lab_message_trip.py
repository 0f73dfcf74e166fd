"""A message to oneself, through a real Postfix into a real Dovecot and out again."""

from __future__ import annotations

import json
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


def travel(lab: Lab, home: Path, box: Mailbox, incoming: Side, outgoing: Side) -> Trip:
    """Send a message to a mailbox and look for it there."""
    words = [sys.executable, "-m", "mailcheck_gui", "send-test", "--json", "--password-stdin"]
    words += ["--email", box.address, "--user", box.address, "--smtp", outgoing.typed]
    words += [f"--{incoming.protocol}", incoming.typed]
    ended = run_inside(lab, home, words, f"{box.password}\n")
    assert ended.stdout, ended.stderr
    return Trip(box, ended.returncode, ended.stdout)


def messages(lab: Lab, box: Mailbox) -> list[str]:
    """Return the names of all messages in a mailbox."""
    maildir = lab.inside(f"dovecot-{POST_OFFICE}/mail/{box.address}/Maildir")
    return [path.name for folder in ("new", "cur") for path in (maildir / folder).iterdir()]


@pytest.mark.parametrize(("incoming", "box"), [(IMAPS, mailbox(4)), (POP3S, mailbox(5))], ids=str)
def test_message_comes_back_and_is_removed(
    lab: Lab, capture: CaptureReader, tmp_path: Path, incoming: Side, box: Mailbox
) -> None:
    trip = travel(lab, tmp_path, box, incoming, SMTPS)
    report = trip.report
    assert (trip.status, report["sent"], report["removed"]) == (0, True, True), report["steps"]
    assert report["seconds"] is not None
    assert messages(lab, box) == []
    assert attempts(lab, box.address)["outgoing"] == 1
    assert leaks(capture, box.password, report["subject"]) == []
    assert box.password not in trip.output


def test_message_that_is_not_taken_goes_nowhere(lab: Lab, tmp_path: Path) -> None:
    box = mailbox(6)
    trip = travel(lab, tmp_path, box, IMAPS, smtp("others-address", 465, "ssl"))
    report = trip.report
    assert (trip.status, report["sent"], report["seconds"]) == (1, False, None)
    assert "not owned by user" in json.dumps(report["steps"])
