from __future__ import annotations

import pytest

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.model.account import Protocol
from mailcheck_gui.protocols.errors import ProtocolViolation
from mailcheck_gui.protocols.factory import dialogue_for, limits_of


@pytest.mark.parametrize("protocol", list(Protocol))
def test_every_protocol_has_its_dialogue(protocol: Protocol) -> None:
    dialogue = dialogue_for(protocol, load_thresholds())
    assert dialogue.protocol is protocol
    assert not dialogue.inside_tls
    assert dialogue.pending == b""


def test_limits_are_those_of_the_thresholds() -> None:
    thresholds = load_thresholds()
    limits = limits_of(thresholds)
    assert (limits.line, limits.literal, limits.total, limits.lines) == (
        thresholds.line_limit,
        thresholds.literal_limit,
        thresholds.total_limit,
        thresholds.reply_lines_limit,
    )


def test_dialogue_obeys_its_limits() -> None:
    thresholds = load_thresholds()
    dialogue = dialogue_for(Protocol.SMTP, thresholds)
    with pytest.raises(ProtocolViolation):
        dialogue.receive(b"x" * (thresholds.total_limit + 1))
    with pytest.raises(ProtocolViolation):
        dialogue.next_event()
