"""Ports and hosts that cannot be reached, names that lead nowhere, servers that are mute."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, change, codes, imap, keep, no_cure, smtp
from maillab.networks import RESOLVER_V4

PORTS = [
    Scenario(
        "587-dropped",
        outgoing=smtp("drop587", 587, "starttls"),
        errors=codes("port-silent"),
        sends=change(smtp("drop587", 465, "ssl")),
        slow=True,
    ),
    Scenario(
        "465-dropped",
        outgoing=smtp("drop465", 465, "ssl"),
        errors=codes("port-silent"),
        sends=change(smtp("drop465", 587, "starttls")),
        slow=True,
    ),
    Scenario(
        "25-dropped",
        outgoing=smtp("drop25", 25, "starttls"),
        errors=codes("port-silent"),
        codes=codes("submission-on-port-25"),
        sends=change(smtp("drop25", 465, "ssl")),
        slow=True,
    ),
    Scenario(
        "465-closed",
        outgoing=smtp("only587", 465, "ssl"),
        errors=codes("port-closed"),
        sends=change(smtp("only587", 587, "starttls")),
    ),
    Scenario(
        "465-reset-by-the-router",
        outgoing=smtp("reset465", 465, "ssl"),
        errors=codes("port-closed"),
        sends=change(smtp("reset465", 587, "starttls")),
    ),
    Scenario(
        "25-forbidden-by-the-router",
        outgoing=smtp("forbidden25", 25, "starttls"),
        errors=codes("port-silent"),
        codes=codes("submission-on-port-25"),
        sends=change(smtp("forbidden25", 465, "ssl")),
        evidence=(RESOLVER_V4,),
    ),
    Scenario(
        "every-port-closed",
        imap("closed", 993, "ssl"),
        errors=codes("port-closed"),
        receives=no_cure(),
    ),
    Scenario(
        "every-port-dropped",
        imap("dropall", 993, "ssl"),
        errors=codes("host-unreachable"),
        receives=no_cure(),
        slow=True,
    ),
]

HOSTS = [
    Scenario(
        "host-does-not-exist",
        imap("absent", 993, "ssl"),
        errors=codes("host-unreachable"),
        receives=no_cure(),
        evidence=(RESOLVER_V4,),
        slow=True,
    ),
    Scenario(
        "host-forbidden-by-the-router",
        outgoing=smtp("forbidden", 587, "starttls"),
        errors=codes("host-unreachable"),
        sends=no_cure(),
        evidence=(RESOLVER_V4,),
    ),
    Scenario(
        "no-network",
        imap("imap", 993, "ssl"),
        smtp("smtp", 465, "ssl"),
        errors=codes("offline"),
        receives=no_cure(),
        sends=no_cure(),
        wrapper=("unshare", "--net"),
        slow=True,
    ),
]

NAMES = [
    Scenario(
        "name-does-not-exist",
        imap("nothing", 993, "ssl"),
        errors=codes("name-not-found"),
        receives=no_cure(),
    ),
    Scenario(
        "name-without-address",
        imap("addressless", 993, "ssl"),
        errors=codes("name-has-no-address"),
        receives=no_cure(),
    ),
    Scenario(
        "resolver-fails",
        imap("imap.broken.test", 993, "ssl"),
        errors=codes("name-lookup-failed"),
        receives=no_cure(),
        slow=True,
    ),
]

FAMILIES = [
    Scenario(
        "ipv6-dead",
        imap("dead6", 993, "ssl"),
        verdict="warning",
        codes=codes("ipv6-broken"),
        receives=keep(),
        slow=True,
    ),
    Scenario(
        "ipv4-dead",
        imap("dead4", 993, "ssl"),
        verdict="warning",
        codes=codes("ipv4-broken"),
        receives=keep(),
        slow=True,
    ),
]

MUTE = [
    Scenario(
        "greeting-after-8-seconds",
        outgoing=smtp("tarpit", 587, "starttls"),
        verdict="warning",
        codes=codes("greeting-slow"),
        sends=keep(),
        slow=True,
    ),
    Scenario(
        "silent-143",
        imap("silent", 143, "starttls"),
        errors=codes("server-silent"),
        receives=no_cure(),
        slow=True,
    ),
    Scenario(
        "silent-993",
        imap("silent", 993, "ssl"),
        errors=codes("server-silent"),
        receives=no_cure(),
        slow=True,
    ),
    Scenario(
        "reset-after-accept",
        imap("hangup", 143, "starttls"),
        errors=codes("connection-reset"),
        receives=no_cure(),
    ),
    Scenario(
        "dropped-in-the-dialogue",
        outgoing=smtp("hangup", 587, "starttls"),
        errors=codes("connection-dropped"),
        sends=no_cure(),
        evidence=("220 scripted",),
    ),
    Scenario(
        "turned-away-on-25",
        outgoing=smtp("turnedaway", 25, "starttls"),
        errors=codes("server-refuses-client"),
        codes=codes("submission-on-port-25"),
        sends=change(smtp("turnedaway", 465, "ssl")),
        evidence=("554 5.7.1",),
    ),
    Scenario(
        "goodbye-as-greeting",
        imap("goodbye", 143, "starttls"),
        errors=codes("server-refuses-client"),
        receives=no_cure(),
        evidence=("* BYE Not from here",),
    ),
]


@pytest.mark.parametrize("scenario", PORTS, ids=str)
class TestPorts(Examination):
    """Issue: dropped, closed and reset ports, with the ports beside them."""


@pytest.mark.parametrize("scenario", HOSTS, ids=str)
class TestHosts(Examination):
    """Issue: a host that does not exist; the router that says so is in the evidence."""


@pytest.mark.parametrize("scenario", NAMES, ids=str)
class TestNames(Examination):
    """Issue: a name that does not exist; without an address; a resolver that fails."""


@pytest.mark.parametrize("scenario", FAMILIES, ids=str)
class TestFamilies(Examination):
    """Issue: AAAA dead with A fine, and the reverse."""


@pytest.mark.parametrize("scenario", MUTE, ids=str)
class TestMute(Examination):
    """Issue: greeting after 8 s, silent port; and servers that hang up."""
