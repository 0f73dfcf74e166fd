"""Healthy servers: nothing is wrong, both sides sign in."""

from __future__ import annotations

import re

import pytest
from labcheck.examination import Examination
from labcheck.program import Examined
from labcheck.scenario import Scenario, Side, change, codes, imap, keep, pop3, smtp
from maillab.handle import Lab

STRONGER = codes("weaker-than-available")


def healthy(incoming: Side, outgoing: Side, better: tuple[Side, Side] | None = None) -> Scenario:
    """A healthy pair; where a stronger way is there too, it is told without a change of verdict."""
    receives, sends = keep(), keep()
    if better:
        receives, sends = (change(side, proof="handshake") for side in better)
    return Scenario(
        f"{incoming.protocol}-{incoming.port}-{outgoing.host}-{outgoing.port}",
        incoming,
        outgoing,
        verdict="ok",
        codes=STRONGER if better else codes(),
        receives=receives,
        sends=sends,
    )


SCENARIOS = [
    scenario
    for sender in ("smtp", "exim")
    for scenario in (
        healthy(imap("imap", 993, "ssl"), smtp(sender, 465, "ssl")),
        healthy(
            imap("imap", 143, "starttls"),
            smtp(sender, 587, "starttls"),
            (imap("imap", 993, "ssl"), smtp(sender, 465, "ssl")),
        ),
        healthy(pop3("imap", 995, "ssl"), smtp(sender, 465, "ssl")),
        healthy(
            pop3("imap", 110, "starttls"),
            smtp(sender, 587, "starttls"),
            (pop3("imap", 995, "ssl"), smtp(sender, 465, "ssl")),
        ),
    )
]
QUIET = Scenario(
    "one-host-for-both",
    imap("quiet", 993, "ssl"),
    smtp("quiet", 465, "ssl"),
    verdict="ok",
    codes=codes("private-authority"),
    receives=keep(),
    sends=keep(),
)


@pytest.mark.parametrize("scenario", [*SCENARIOS, QUIET], ids=str)
class TestHealthy(Examination):
    """Issue: verdict ok, both signed in, status keep or change only for a stronger way."""


# What a well-behaved client leaves behind: it came, spoke TLS, named a sender, said goodbye.
POSTFIX_ORDINARY = re.compile(
    r"connect from|TLS connection established|client=.* sasl_method=|disconnect from .* quit=1"
)
DOVECOT_ORDINARY = re.compile(r"Debug: |starting up|Login: |Logged out|by logging out \(no auth")


@pytest.mark.parametrize("scenario", [QUIET], ids=str)
def test_healthy_check_leaves_no_complaint_in_the_servers_logs(
    examined: Examined, lab: Lab
) -> None:
    """Servers log and ban for malformed openings: a healthy check has none (issue, Build 4)."""
    assert examined.status == 0
    sending = lab.inside("postfix/log").read_text("utf-8").splitlines()
    mine = [line for line in sending if "postfix/quiet/" in line]
    receiving = lab.inside("dovecot-quiet/log").read_text("utf-8").splitlines()
    assert mine
    assert [line for line in mine if not POSTFIX_ORDINARY.search(line)] == []
    assert [line for line in receiving if not DOVECOT_ORDINARY.search(line)] == []
