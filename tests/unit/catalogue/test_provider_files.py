"""The catalogue: strict files, no contradictions, the right provider for a name."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mailcheck_gui.catalogue.lint import lint
from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.match import (
    provider_of_domain,
    provider_of_mx,
    provider_of_server,
    provider_of_web_host,
    retired_host,
)
from mailcheck_gui.catalogue.near import near_names, slips
from mailcheck_gui.catalogue.schema import CatalogueError, parse_provider
from mailcheck_gui.model.account import Protocol, Security

PROVIDERS = load_providers()
TOOL = Path(__file__).parents[3] / "tools" / "check_catalogue.py"

GOOD = """
id = "firma"
name = "Firma"
domains = ["firma.test"]

[[server]]
protocol = "imap"
hosts = ["imap.firma.test", "imap.firma.example"]
port = 993
security = "implicit-tls"
auth = ["password"]
source = "help page"
date = "2026-03"

[usernames]
imap = "full"
source = "help page"
date = "2026-03-14"

[[retired]]
host = "old.firma.test"
today = "imap.firma.test"
source = "help page"
date = "2026-03"

[[preparation]]
text = "Create an app password."
url = "https://firma.test/help"
source = "help page"
date = "2026-03"
"""


def test_what_ships_is_clean_and_complete():
    assert lint(PROVIDERS) == ()
    assert {
        "gmail", "microsoft365", "outlook-com", "yahoo", "icloud", "gmx", "webde", "ionos",
        "tonline", "fastmail",
    } <= {provider.id for provider in PROVIDERS}  # fmt: skip


def test_it_is_read_once():
    assert load_providers() is PROVIDERS


def test_a_good_file():
    provider = parse_provider("firma.toml", GOOD)
    assert [s.host for s in provider.servers] == ["imap.firma.test", "imap.firma.example"]
    assert provider.username_forms == ((Protocol.IMAP, "full"),)
    assert provider.retired_hosts == (("old.firma.test", "imap.firma.test"),)
    assert lint((provider,)) == ()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('id = "firma"', "", "id"),
        ('id = "firma"', "id = 7", "id"),
        ('name = "Firma"', 'name = "  "', "name"),
        ('domains = ["firma.test"]', 'domains = "firma.test"', "domains"),
        ("port = 993", 'port = "993"', "server[0].port"),
        ("port = 993", "port = true", "server[0].port"),
        ('protocol = "imap"', 'protocol = "imaps"', "server[0].protocol"),
        ('security = "implicit-tls"', 'security = "ssl"', "server[0].security"),
        ('auth = ["password"]', 'auth = ["plain"]', "server[0].auth"),
        ('auth = ["password"]', "auth = []", "server[0].auth"),
        ('date = "2026-03-14"', 'date = "March"', "usernames.date"),
        ('date = "2026-03-14"\n', "", "usernames.date"),
        ('imap = "full"', 'imap = "both"', "usernames.imap"),
        ("[[retired]]", "[[retird]]", "retird"),
        ('today = "imap.firma.test"', "", "retired[0].today"),
        ('url = "https://firma.test/help"', "link = 1", "preparation[0].link"),
        ("[[server]]", "[server]", "server"),
        ("[usernames]", "[[usernames]]", "usernames"),
        ('id = "firma"', "id = ", "(file)"),
    ],
)
def test_errors_name_file_and_key(old, new, key):
    assert old in GOOD
    with pytest.raises(CatalogueError) as caught:
        parse_provider("firma.toml", GOOD.replace(old, new, 1))
    assert caught.value.key == key
    assert str(caught.value).startswith(f"firma.toml: {key}: ")


class TestLint:
    provider = parse_provider("firma.toml", GOOD)

    def server(self, **changes):
        return replace(self.provider, servers=(replace(self.provider.servers[0], **changes),))

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"security": Security.STARTTLS}, "goes with implicit-tls"),
            ({"security": Security.NONE}, "without encryption"),
            ({"port": 995}, "is a port of pop3"),
            ({"port": 4711}, "is no port of mail"),
            ({"host": "IMAP.firma.test"}, "lower case"),
        ],
    )
    def test_servers(self, changes, words):
        assert any(words in sentence for sentence in lint((self.server(**changes),)))

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"servers": ()}, "has no server"),
            ({"retired_hosts": (("imap.firma.test", "imap.firma.test"),)}, "retired and in use"),
            ({"retired_hosts": (("old.firma.test", "new.firma.test"),)}, "is no server of it"),
            ({"web_hosts": ("imap.firma.test",)}, "a server and a web page"),
        ],
    )
    def test_providers(self, changes, words):
        sentences = lint((replace(self.provider, **changes),))
        assert any(words in sentence for sentence in sentences)

    def test_duplicates(self):
        sentences = lint((self.provider, self.provider))
        assert "domain firma.test stands in the catalogue 2 times" in sentences
        assert "id firma stands in the catalogue 2 times" in sentences


class TestMatch:
    @pytest.mark.parametrize(
        ("ask", "name", "expected"),
        [
            (provider_of_domain, "googlemail.com", "gmail"),
            (provider_of_domain, "hotmail.de", "outlook-com"),
            (provider_of_domain, "", None),
            (provider_of_domain, "mail.gmail.com", None),
            (provider_of_server, "smtp.web.de", "webde"),
            (provider_of_server, "web.de", None),
            (provider_of_mx, "aspmx.l.google.com", "gmail"),
            (provider_of_mx, "alt2.aspmx.l.google.com", "gmail"),
            (provider_of_mx, "firma-test.mail.protection.outlook.com", "microsoft365"),
            (provider_of_mx, "imap.gmail.com", None),
            (provider_of_web_host, "mail.google.com", "gmail"),
            (provider_of_web_host, "gmail.com", None),
        ],
    )
    def test_one_provider(self, ask, name, expected):
        provider = ask(PROVIDERS, name)
        assert (provider.id if provider else None) == expected

    def test_retired(self):
        retired = retired_host(PROVIDERS, "smtp.live.com")
        assert (retired.provider.id, retired.today) == ("outlook-com", "smtp-mail.outlook.com")
        assert retired_host(PROVIDERS, "smtp.gmail.com") is None


class TestNearNames:
    @pytest.mark.parametrize(
        ("typed", "known", "distance"),
        [
            ("gmail", "gmail", 0),
            ("gmial", "gmail", 1),
            ("gmal", "gmail", 1),
            ("gmaill", "gmail", 1),
            ("gnail", "gmail", 1),
            ("gmli", "gmail", 2),
            ("outlook", "gmail", 3),
            ("", "ab", 2),
        ],
    )
    def test_slips(self, typed, known, distance):
        assert slips(typed, known) == distance
        assert slips(known, typed) == distance

    def test_nearest_first(self):
        assert near_names("imap.gmial.com", ["imap.gmai.com", "imap.gmail.com"])[0] == (
            "imap.gmail.com"
        )

    def test_a_known_name_has_no_neighbours(self):
        assert near_names("imap.one.test", ["imap.one.test", "imap.two.test"]) == ()

    def test_short_names_are_allowed_one_slip(self):
        assert near_names("a.test", ["b.test"]) == ("b.test",)
        assert near_names("ab.test", ["cd.test"]) == ()


def test_the_tool_says_that_all_is_well():
    done = subprocess.run(
        [sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "no contradiction" in done.stdout
