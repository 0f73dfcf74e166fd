"""What real servers say after the sign-in: sender, relay, limits, lists."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, change, codes, keep, no_cure, smtp

ENVELOPE = [
    Scenario(
        "sender-of-another",
        outgoing=smtp("others-address", 465, "ssl"),
        errors=codes("sender-refused"),
        sends=no_cure("accepted"),
        evidence=("553 5.7.1", "not owned by user"),
    ),
    Scenario(
        "relay-denied",
        outgoing=smtp("no-relay", 465, "ssl"),
        errors=codes("relay-denied"),
        sends=no_cure("accepted"),
        evidence=("relay not permitted",),
    ),
    Scenario(
        "greylisted",
        outgoing=smtp("greylist", 465, "ssl"),
        verdict="warning",
        codes=codes("greylisted"),
        sends=keep(),
        evidence=("450 4.7.1",),
    ),
    Scenario(
        "sending-rate-limited",
        outgoing=smtp("too-much", 465, "ssl"),
        verdict="warning",
        codes=codes("sending-rate-limited"),
        sends=keep(),
        evidence=("rate limit exceeded",),
    ),
    Scenario(
        "blocklisted",
        outgoing=smtp("listed", 465, "ssl"),
        errors=codes("address-blocklisted"),
        sends=no_cure("accepted"),
        evidence=("zen.spamhaus.org",),
    ),
    Scenario(
        "mailbox-full",
        outgoing=smtp("full", 465, "ssl"),
        errors=codes("mailbox-full"),
        sends=no_cure("accepted"),
        evidence=("552 5.2.2",),
    ),
    Scenario(
        "size-limit",
        outgoing=smtp("small", 465, "ssl"),
        verdict="ok",
        codes=codes("message-size-limit"),
        sends=keep(),
        evidence=("5000000",),
    ),
    Scenario(
        "sends-only-after-a-sign-in",
        outgoing=smtp("only-signed-in", 465, "ssl", "none"),
        errors=codes("sign-in-required-to-send"),
        sends=change(smtp("only-signed-in", 465, "ssl"), "handshake", "not-tested"),
        evidence=("554 5.7.1",),
    ),
    Scenario(
        "sends-after-the-sign-in",
        outgoing=smtp("only-signed-in", 465, "ssl"),
        verdict="ok",
        sends=keep(),
    ),
]


@pytest.mark.parametrize("scenario", ENVELOPE, ids=str)
class TestEnvelope(Examination):
    """Issue: sender rules, relay rules, greylisting, rates and size; no message is sent."""
