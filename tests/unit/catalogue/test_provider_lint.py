"""Contradictions within a provider and between providers, each planted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from provider_text import GOOD

from mailcheck_gui.catalogue.lint import lint
from mailcheck_gui.catalogue.overdue import OLDEST_MONTHS, overdue
from mailcheck_gui.catalogue.schema import parse_provider
from mailcheck_gui.model.account import Protocol, Security

FIRMA = parse_provider("firma.toml", GOOD)
PAGE = FIRMA.preparation[0]
LIMIT = FIRMA.limits[0]


def found(*providers) -> str:
    return "\n".join(lint(providers))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"security": Security.STARTTLS}, "goes with implicit-tls"),
        ({"security": Security.NONE}, "without encryption"),
        ({"port": 995}, "is a port of pop3"),
        ({"port": 4711}, "is no port of mail"),
        ({"port": 2587}, "is no port of mail"),
        ({"protocol": Protocol.SMTP, "port": 2587}, "goes with starttls"),
        ({"host": "IMAP.firma.test"}, "no name in lower-case A-labels"),
        ({"host": "imap.fïrma.test"}, "no name in lower-case A-labels"),
        ({"host": "imap.firma.example"}, "imap.firma.example:993 stands there 2 times"),
    ],
)
def test_servers(changes, words):
    first, *others = FIRMA.servers
    assert words in found(replace(FIRMA, servers=(replace(first, **changes), *others)))


def test_a_mode_that_the_port_is_not_registered_for_is_allowed_where_it_is_said():
    odd = replace(FIRMA.servers[2], security=Security.STARTTLS)
    assert found(replace(FIRMA, servers=(*FIRMA.servers[:2], odd))) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"servers": (), "host_patterns": (), "username_forms": ()}, "has no server"),
        ({"servers": FIRMA.servers[2:]}, "is disputed, but stands alone"),
        (
            {"retired_hosts": (("imap.firma.test", "imap.firma.test"),)},
            "is retired and in use by firma",
        ),
        ({"retired_hosts": (("old.firma.test", "new.firma.test"),)}, "is no server of it"),
        ({"retired_hosts": FIRMA.retired_hosts * 2}, "retired old.firma.test stands"),
        ({"web_hosts": ("imap.firma.test",)}, "a server and a web page"),
        ({"common_domains": ("other.test",)}, "is common, but no domain of it"),
        ({"neighbours": ("other.test",)}, "would not be taken for a slip"),
        ({"domains": ("Firma.test", "firma.test")}, "no name in lower-case A-labels"),
        ({"domains": ("", "firma.test")}, "no name in lower-case A-labels"),
        ({"domain_patterns": ("*.test",)}, "would fit names of others"),
        ({"mx_patterns": ("*.test",)}, "would fit names of others"),
        ({"mx_patterns": ("*firma.test",)}, "would fit names of others"),
        ({"mx_patterns": ("mx.firma.test.",)}, "is no pattern"),
        ({"preparation": (replace(PAGE, url="http://firma.test"),)}, "is no https page"),
        ({"preparation": (replace(PAGE, text="Please wait."),)}, "“Please” has no place"),
        ({"preparation": (replace(PAGE, text="Do it!"),)}, "“!” has no place"),
        ({"preparation": (replace(PAGE, text="Ask {provider}."),)}, "“{” has no place"),
        ({"limits": (replace(LIMIT, text="No POP3"),)}, "is no whole sentence"),
        ({"conflicts": (replace(LIMIT, text=f"{'so ' * 20}on."),)}, "more than 20 words"),
        ({"unsupported": "See http://firma.test."}, "“http://” has no place"),
    ],
)
def test_providers(changes, words):
    assert words in found(replace(FIRMA, **changes))


def test_an_account_host_of_its_own_needs_no_server():
    assert found(replace(FIRMA, servers=(), retired_hosts=())) == ""


def other(**changes):
    """Return a second provider that shares nothing, but for the changes."""
    own = {
        "id": "other",
        "domains": ("other.test",),
        "common_domains": (),
        "neighbours": (),
        "domain_patterns": (),
        "mx_patterns": (),
        "ns_patterns": (),
        "host_patterns": ("*.hosts.other.test",),
        "servers": (),
        "retired_hosts": (),
        "username_forms": (),
    }
    return replace(FIRMA, **{**own, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"id": "firma"}, "id firma stands in the catalogue 2 times"),
        ({"domains": ("firma.test",)}, "domain firma.test stands in the catalogue 2 times"),
        ({"domain_patterns": ("*.firma.test",)}, "*.kunden.firma.test fits the same names"),
        ({"mx_patterns": ("mx*.firma.test",)}, "mx*.firma.test fits the same names"),
        ({"mx_patterns": ("mx1.firma.test",)}, "fits the same names as mx1.firma.test of other"),
        ({"ns_patterns": ("*.firma.test",)}, "ns*.firma.test fits the same names as"),
        ({"host_patterns": ("*.hosts.firma.test",)}, "w*.hosts.firma.test fits the same names"),
        ({"host_patterns": ("imap.firma.*.test", "*.firma.test")}, "a server of firma"),
    ],
)
def test_between_providers(changes, words):
    sentences = found(FIRMA, other(**changes))
    assert words in sentences
    assert bool(words) == bool(sentences)


def test_a_host_that_one_provider_retired_is_no_server_of_another():
    user = other(servers=(replace(FIRMA.servers[0], host="old.firma.test"),))
    assert "firma: old.firma.test is retired and in use by other" in found(FIRMA, user)


class TestOverdue:
    reviewed = date(2026, 11, 22)

    def sentences(self, old, new):
        assert old in GOOD
        return list(overdue("firma.toml", GOOD.replace(old, new, 1), self.reviewed))

    def test_fresh_facts(self):
        assert list(overdue("firma.toml", GOOD, self.reviewed)) == []

    def test_the_oldest_that_is_allowed(self):
        assert self.sentences('date = "2026-03-14"', 'date = "2023-11-30"') == []

    @pytest.mark.parametrize(
        ("old", "new", "key"),
        [
            ('date = "2026-03-14"', 'date = "2023-10-31"', "usernames.date: 2023-10-31"),
            ('[names]\nsource = "help page"\ndate = "2026-03"',
             '[names]\nsource = "help page"\ndate = "2019-01"', "names.date: 2019-01"),
            ('source = "a list"\ndate = "2026-03"',
             'source = "a list"\ndate = "2020-02"', "server[1].date: 2020-02"),
        ],
    )  # fmt: skip
    def test_too_old(self, old, new, key):
        (sentence,) = self.sentences(old, new)
        assert sentence.startswith(f"firma.toml: {key} is more than {OLDEST_MONTHS} months before")

    @pytest.mark.parametrize("later", ["2026-12", "2026-11-23", "2027-01-01"])
    def test_not_yet(self, later):
        (sentence,) = self.sentences('date = "2026-03-14"', f'date = "{later}"')
        assert sentence == f"firma.toml: usernames.date: {later} is later than 2026-11-22"

    def test_since_when_something_stopped_may_be_long_ago(self):
        assert self.sentences('since = "2025-01"', 'since = "2009-05"') == []
