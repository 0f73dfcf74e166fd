"""Healthy servers: nothing is wrong, both sides sign in."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, Side, change, codes, imap, keep, pop3, smtp

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
SCENARIOS.append(
    Scenario(
        "one-host-for-both",
        imap("mail", 993, "ssl"),
        smtp("mail", 465, "ssl"),
        verdict="ok",
        codes=codes("private-authority"),
        receives=keep(),
        sends=keep(),
    )
)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
class TestHealthy(Examination):
    """Issue: verdict ok, both signed in, status keep or change only for a stronger way."""
