"""Cyrus and Courier: healthy, refused, and each in its own words."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, Secret, Side, change, codes, imap, keep, no_cure, pop3

SERVERS = ("cyrus", "courier")
REFUSALS = {
    ("cyrus", "imap"): "NO authentication failure",
    ("cyrus", "pop3"): "-ERR [AUTH] authenticating: authentication failure",
    ("courier", "imap"): "NO Login failed.",
    ("courier", "pop3"): "-ERR Authentication failed.",
}


def ways(host: str) -> tuple[tuple[Side, Side], tuple[Side, Side]]:
    """Return both protocols, each with implicit TLS and with STARTTLS."""
    return (
        (imap(host, 993, "ssl"), imap(host, 143, "starttls")),
        (pop3(host, 995, "ssl"), pop3(host, 110, "starttls")),
    )


def scenarios(host: str) -> list[Scenario]:
    """Return what is checked of one implementation."""
    return [
        scenario
        for best, weaker in ways(host)
        for scenario in (
            Scenario(f"{host}-{best.port}", best, verdict="ok", receives=keep()),
            Scenario(
                f"{host}-{weaker.port}",
                weaker,
                verdict="ok",
                codes=codes("weaker-than-available"),
                receives=change(best, proof="handshake"),
            ),
            Scenario(
                f"{host}-{best.protocol}-wrong-password",
                best,
                errors=codes("sign-in-failed"),
                receives=no_cure("refused"),
                evidence=(REFUSALS[host, best.protocol],),
                secret=Secret.WRONG,
                slow=host == "courier",  # it answers after 5 s
            ),
            Scenario(
                f"{host}-{weaker.port}-without-encryption",
                Side(weaker.protocol, host, weaker.port, "none"),
                errors=codes("plaintext-password"),
                receives=change(best),
            ),
            Scenario(
                f"{host}-{weaker.port}-ssl",
                Side(weaker.protocol, host, weaker.port, "ssl"),
                errors=codes("tls-on-starttls-port"),
                receives=change(best),
            ),
            Scenario(
                f"{host}-{best.port}-starttls",
                Side(best.protocol, host, best.port, "starttls"),
                errors=codes("starttls-on-tls-port"),
                receives=change(best),
            ),
        )
    ]


NO_ENCRYPTION = [
    Scenario(
        "cyrus-without-tls-imap",
        imap("cyrus-no-tls", 143, "starttls"),
        errors=codes("starttls-not-offered", "sign-in-needs-encryption"),
        also=codes("encryption-unavailable"),
        receives=no_cure(),
        evidence=("LOGINDISABLED",),
    ),
    Scenario(
        "cyrus-without-tls-pop3",
        pop3("cyrus-no-tls", 110, "starttls"),
        errors=codes("starttls-not-offered"),
        also=codes("encryption-unavailable", "sign-in-needs-encryption"),
        receives=no_cure(),
    ),
]


@pytest.mark.parametrize(
    "scenario", [entry for host in SERVERS for entry in scenarios(host)], ids=str
)
class TestBoth(Examination):
    """Issue: both servers, each port in each encryption, and a wrong password."""


@pytest.mark.parametrize("scenario", NO_ENCRYPTION, ids=str)
class TestNoEncryption(Examination):
    """Issue: sign-in switched off where nothing is encrypted."""
