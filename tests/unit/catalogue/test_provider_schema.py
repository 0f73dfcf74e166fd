"""A provider file is read strictly: every error names file and key."""

from __future__ import annotations

import pytest
from provider_text import GOOD

from mailcheck_gui.catalogue.lint import lint
from mailcheck_gui.catalogue.schema import parse_provider
from mailcheck_gui.catalogue.table import CatalogueError
from mailcheck_gui.model.account import Protocol


def test_a_good_file():
    provider = parse_provider("firma.toml", GOOD)
    assert [s.host for s in provider.servers] == [
        "imap.firma.test",
        "imap.firma.example",
        "mail.firma.test",
    ]
    assert [bool(s.disputed) for s in provider.servers] == [False, False, True]
    assert provider.username_forms == ((Protocol.IMAP, "full"),)
    assert provider.retired_hosts == (("old.firma.test", "imap.firma.test"),)
    assert provider.ns_patterns == ("ns*.firma.test",)
    assert provider.host_patterns == ("w*.hosts.firma.test",)
    assert [(r.text, r.since) for r in provider.limits] == [("There is no POP3.", "2025-01")]
    assert [r.source for r in provider.conflicts] == ["a list"]
    assert lint((provider,)) == ()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('id = "firma"', "", "id"),
        ('id = "firma"', "id = 7", "id"),
        ('name = "Firma"', 'name = "  "', "name"),
        ('common_domains = ["firma.test"]', 'common_domains = "firma.test"', "common_domains"),
        ("port = 993", 'port = "993"', "server[0].port"),
        ("port = 993", "port = true", "server[0].port"),
        ('protocol = "imap"', 'protocol = "imaps"', "server[0].protocol"),
        ('security = "implicit-tls"', 'security = "ssl"', "server[0].security"),
        ('auth = ["password"]', 'auth = ["plain"]', "server[0].auth"),
        ('auth = ["password"]', "auth = []", "server[0].auth"),
        ('auth = ["password"]\nsource = "help page"', 'auth = ["password"]', "server[0].source"),
        ('disputed = "The help page names another server."', "disputed = 1", "server[1].disputed"),
        ('date = "2026-03-14"', 'date = "March"', "usernames.date"),
        ('date = "2026-03-14"', 'date = "2026-13"', "usernames.date"),
        ('date = "2026-03-14"', 'date = "2026-02-30"', "usernames.date"),
        ('date = "2026-03-14"\n', "", "usernames.date"),
        ('imap = "full"', 'imap = "both"', "usernames.imap"),
        ("[[retired]]", "[[retird]]", "retird"),
        ('today = "imap.firma.test"', "", "retired[0].today"),
        ('url = "https://firma.test/help"', "link = 1", "preparation[0].link"),
        ('since = "2025-01"', 'since = "January"', "limit[0].since"),
        ("[[limit]]", "[limit]", "limit"),
        ("[names]", "[name_list]", "names"),
        ('[names]\nsource = "help page"', "[names]", "names.source"),
        ("[[server]]", "[server]", "(file)"),
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
