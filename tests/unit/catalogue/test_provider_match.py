"""The right provider for a name of any kind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from provider_text import GOOD

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.match import (
    domain_slips,
    provider_of_domain,
    provider_of_mx,
    provider_of_ns,
    provider_of_server,
    provider_of_web_host,
    retired_host,
    server_hosts,
    servers_for,
)
from mailcheck_gui.catalogue.schema import parse_provider

PROVIDERS = load_providers()


@pytest.mark.parametrize(
    ("ask", "name", "expected"),
    [
        (provider_of_domain, "googlemail.com", "gmail"),
        (provider_of_domain, "hotmail.de", "outlook-com"),
        (provider_of_domain, "", None),
        (provider_of_domain, "mail.gmail.com", None),
        (provider_of_domain, "firma.onmicrosoft.com", "microsoft365"),
        (provider_of_domain, "austin.rr.com", "roadrunner"),
        (provider_of_domain, "indy.rr.com", "spectrum"),
        (provider_of_domain, "anna.plus.com", "plusnet"),
        (provider_of_server, "smtp.web.de", "webde"),
        (provider_of_server, "web.de", None),
        (provider_of_server, "", None),
        (provider_of_server, "127.0.0.1", None),
        (provider_of_server, "localhost", None),
        (provider_of_mx, "gmail-smtp-in.l.google.com", "gmail"),
        (provider_of_mx, "aspmx.l.google.com", "google-workspace"),
        (provider_of_mx, "alt2.aspmx.l.google.com", "google-workspace"),
        (provider_of_mx, "firma-test.mail.protection.outlook.com", "microsoft365"),
        (provider_of_mx, "imap.gmail.com", None),
        (provider_of_mx, "", None),
        (provider_of_ns, "gmail.com", None),
        (provider_of_ns, "ns1045.ui-dns.biz", "ionos"),
        (provider_of_ns, "hydrogen.ns.hetzner.com", "hetzner"),
        (provider_of_server, "w0123456.kasserver.com", "all-inkl"),
        (provider_of_server, "email-smtp.mx-central-1.amazonaws.com", "amazon-ses"),
        (provider_of_server, "imap.gmail.com", "gmail"),
        (provider_of_server, "outlook.office365.com", "microsoft365"),
        (provider_of_server, "imap.mail.yahoo.com", "yahoo"),
        (provider_of_web_host, "mail.google.com", "gmail"),
        (provider_of_web_host, "gmail.com", None),
    ],
)
def test_one_provider(ask, name, expected):
    provider = ask(PROVIDERS, name)
    assert (provider.id if provider else None) == expected


def test_patterns_of_a_host_of_its_own_and_of_name_servers():
    firma = parse_provider("firma.toml", GOOD)
    assert provider_of_server((firma,), "w0815.hosts.firma.test") is firma
    assert provider_of_server((firma,), "hosts.firma.test") is None
    assert provider_of_server((firma,), "w0815.hosts.firma.test.evil.example") is None
    assert provider_of_ns((firma,), "ns7.firma.test") is firma
    assert "w0815.hosts.firma.test" not in server_hosts((firma,))


def test_a_neighbour_of_a_common_domain_is_no_slip():
    firma = parse_provider("firma.toml", GOOD)
    assert domain_slips((firma,), "firmas.test") == ("firma.test",)
    assert domain_slips((firma,), "firmae.test") == ()
    assert domain_slips((firma,), "firma.example") == ()


def test_the_first_has_a_name_that_several_share():
    first = parse_provider("firma.toml", GOOD)
    second = replace(first, id="second")
    for ask, name in (
        (provider_of_domain, "firma.test"),
        (provider_of_server, "imap.firma.test"),
        (provider_of_mx, "mx1.firma.test"),
    ):
        assert ask((first, second), name) is first
        assert ask((second, first), name) is second


@pytest.mark.parametrize(
    ("provider", "name", "first"),
    [
        ("ionos", "mx00.ionos.co.uk", "imap.ionos.co.uk"),
        ("ionos", "firma.fr", "imap.ionos.fr"),
        ("ionos", "firma.test", "imap.ionos.de"),
        ("inbox-lv", "inbox.eu", "mail.inbox.eu"),
        ("netease", "126.com", "imap.126.com"),
        ("optimum", "optonline.net", "mail.optimum.net"),
        ("comcast", "comcast.net", "imap.comcast.net"),
        ("vodafone-de", "kabelmail.de", "imap.vodafonemail.de"),
    ],
)
def test_the_server_of_the_brand_or_country_comes_first(provider, name, first):
    (known,) = (p for p in PROVIDERS if p.id == provider)
    servers = servers_for(known, name)
    assert servers[0].host == first
    assert sorted(map(id, servers)) == sorted(map(id, known.servers))
    assert [bool(s.disputed) for s in servers] == sorted(bool(s.disputed) for s in servers)


def test_retired():
    retired = retired_host(PROVIDERS, "smtp.live.com")
    assert (retired.provider.id, retired.today) == ("outlook-com", "smtp-mail.outlook.com")
    assert retired_host(PROVIDERS, "smtp.gmail.com") is None
