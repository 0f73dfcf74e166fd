"""The wrong encryption for a port."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, Side, change, codes, imap, one_side, pop3, smtp

BEST = {"imap": imap("imap", 993, "ssl"), "pop3": pop3("imap", 995, "ssl"),
        "smtp": smtp("smtp", 465, "ssl")}  # fmt: skip

ON_25 = codes("submission-on-port-25")


def wrong(side: Side, error: str) -> Scenario:
    """One side with the wrong encryption; its strongest way is there and signs in."""
    return one_side(
        f"{side.security}-on-{side.port}",
        side,
        change(BEST[side.protocol]),
        errors=codes(error),
        codes=ON_25 if side.port == 25 else codes(),
    )


SCENARIOS = [
    wrong(smtp("smtp", 587, "ssl"), "tls-on-starttls-port"),
    wrong(imap("imap", 143, "ssl"), "tls-on-starttls-port"),
    wrong(pop3("imap", 110, "ssl"), "tls-on-starttls-port"),
    wrong(smtp("smtp", 25, "ssl"), "tls-on-starttls-port"),
    wrong(smtp("smtp", 465, "starttls"), "starttls-on-tls-port"),
    wrong(imap("imap", 993, "starttls"), "starttls-on-tls-port"),
    wrong(pop3("imap", 995, "starttls"), "starttls-on-tls-port"),
    wrong(smtp("smtp", 465, "none"), "plaintext-on-tls-port"),
    wrong(imap("imap", 993, "none"), "plaintext-on-tls-port"),
    wrong(pop3("imap", 995, "none"), "plaintext-on-tls-port"),
    wrong(smtp("smtp", 25, "none"), "plaintext-password"),
    wrong(smtp("smtp", 587, "none"), "plaintext-password"),
    wrong(imap("imap", 143, "none"), "plaintext-password"),
    wrong(pop3("imap", 110, "none"), "plaintext-password"),
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
class TestWrongEncryption(Examination):
    """Issue: SSL/TLS on 587, 143, 110, 25; STARTTLS on 465, 993, 995; none on all of them."""
