"""The wrong protocol, the wrong box, or no mail server at all."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, change, codes, imap, no_cure, pop3, smtp

PROTOCOLS = [
    Scenario(
        "imap-on-995",
        imap("imap", 995, "ssl"),
        errors=codes("protocol-port-mismatch"),
        receives=change(imap("imap", 993, "ssl")),
        evidence=("+OK",),
    ),
    Scenario(
        "imap-on-110",
        imap("imap", 110, "starttls"),
        errors=codes("protocol-port-mismatch"),
        receives=change(imap("imap", 993, "ssl")),
        evidence=("+OK",),
    ),
    Scenario(
        "pop3-on-993",
        pop3("imap", 993, "ssl"),
        errors=codes("protocol-port-mismatch"),
        receives=change(pop3("imap", 995, "ssl")),
        evidence=("* OK",),
    ),
    Scenario(
        "pop3-on-143",
        pop3("imap", 143, "starttls"),
        errors=codes("protocol-port-mismatch"),
        receives=change(pop3("imap", 995, "ssl")),
        evidence=("* OK",),
    ),
    Scenario(
        "pop3-greeting-on-an-odd-port",
        imap("odd", 2143, "starttls"),
        errors=codes("protocol-port-mismatch"),
        receives=no_cure(),
        evidence=("+OK scripted server",),
    ),
    Scenario(
        "smtp-greeting-on-an-odd-port",
        imap("odd", 2144, "starttls"),
        errors=codes("wrong-protocol"),
        receives=no_cure(),
        evidence=("220 scripted",),
    ),
]

SWAPPED = [
    Scenario(
        "swapped-hosts",
        imap("smtp", 465, "ssl"),
        smtp("imap", 993, "ssl"),
        errors=codes("servers-swapped"),
        receives=change(imap("imap", 993, "ssl")),
        sends=change(smtp("smtp", 465, "ssl")),
    ),
    Scenario(
        "swapped-ports",
        imap("mail", 465, "ssl"),
        smtp("mail", 993, "ssl"),
        errors=codes("servers-swapped"),
        receives=change(imap("mail", 993, "ssl")),
        sends=change(smtp("mail", 465, "ssl")),
    ),
]

FOREIGN = [
    Scenario(
        "http-on-143",
        imap("web", 143, "starttls"),
        errors=codes("not-a-mail-server"),
        receives=no_cure(),
        evidence=("HTTP/1.1 400",),
        slow=True,
    ),
    Scenario(
        "http-on-993",
        imap("web", 993, "ssl"),
        errors=codes("not-a-mail-server"),
        receives=no_cure(),
        evidence=("HTTP/1.1 400",),
        slow=True,
    ),
    Scenario(
        "http-on-587",
        outgoing=smtp("web", 587, "starttls"),
        errors=codes("not-a-mail-server"),
        sends=no_cure(),
        evidence=("HTTP/1.1 400",),
        slow=True,
    ),
    Scenario(
        "ssh-on-143",
        imap("ssh", 143, "starttls"),
        errors=codes("not-a-mail-server"),
        receives=no_cure(),
        evidence=("SSH-2.0",),
    ),
]


@pytest.mark.parametrize("scenario", PROTOCOLS, ids=str)
class TestWrongProtocol(Examination):
    """Issue: IMAP settings on POP3 ports and the reverse."""


@pytest.mark.parametrize("scenario", SWAPPED, ids=str)
class TestSwapped(Examination):
    """Issue: incoming and outgoing swapped. Both hosts were entered, so both may be proven."""


@pytest.mark.parametrize("scenario", FOREIGN, ids=str)
class TestNoMailServer(Examination):
    """Issue: an HTTP server on the port."""
