"""Hostile servers: a check ends, stays small, and shows their words only as words."""

from __future__ import annotations

import json

import pytest
from misbehaviours import (
    drop_by_drop,
    endless_line,
    endless_reply,
    half_a_record,
    hostile_words,
    huge_literal,
    noise_inside_tls,
)
from whole_check import IMAP, SMTP, SSL, STARTTLS, examine, side

from mailcheck_gui.model.account import Protocol, Role, Security
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.practice import Script
from mailcheck_gui.reporting.text_report import report_to_text


@pytest.mark.parametrize(
    ("script", "protocol", "port", "security"),
    [
        (endless_line, SMTP, 587, STARTTLS),
        (endless_reply, SMTP, 587, STARTTLS),
        (drop_by_drop, SMTP, 587, STARTTLS),
        (half_a_record, SMTP, 465, SSL),
        (noise_inside_tls, SMTP, 465, SSL),
        (noise_inside_tls, IMAP, 993, SSL),
        (huge_literal, IMAP, 993, SSL),
    ],
)
def test_the_check_ends_with_an_error_and_a_small_report(
    script: Script, protocol: Protocol, port: int, security: Security
) -> None:
    role = Role.OUTGOING if protocol is SMTP else Role.INCOMING
    seen = examine(**{role.value: side(protocol, port, security)}, ports={port: script})
    assert seen.report.verdict is Verdict.ERROR
    assert seen.errors
    assert seen.sign_ins(port) == 0
    assert len(json.dumps(seen.document)) < 300_000


def test_words_of_a_server_stay_words() -> None:
    seen = examine(outgoing=side(SMTP, 465, SSL), ports={465: hostile_words})
    assert "sign-in-failed" in seen.errors
    shown = json.dumps(seen.document, ensure_ascii=False) + report_to_text(seen.report)
    for character in "\x1b\x07\u202e":
        assert character not in shown
    assert "⟨U+202E⟩" in shown
    assert "{title}" in shown  # a template of ours would have been filled in
    assert "\\\\xFF" in shown
