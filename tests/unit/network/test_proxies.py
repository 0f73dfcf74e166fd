"""Which proxy the system's settings name."""

from __future__ import annotations

import asyncio
import os

import pytest

from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.proxies import read_proxy, system_proxy
from mailcheck_gui.network.seam import WebProxy

PROXY = WebProxy("http", "proxy.example", 3128)


@pytest.mark.parametrize(
    ("setting", "proxy"),
    [
        ("http://proxy.example:3128", PROXY),
        ("http://proxy.example:3128/", PROXY),
        ("proxy.example:3128", PROXY),
        ("http://anna:secret@proxy.example:3128", PROXY),
        ("http://proxy.example", WebProxy("http", "proxy.example", 8080)),
        ("http://[2001:db8::1]:3128", WebProxy("http", "2001:db8::1", 3128)),
        ("socks5://proxy.example:1080", WebProxy("socks5", "proxy.example", 1080)),
        ("http://proxy.example:port", None),
        ("http://[", None),
        ("http://", None),
        ("", None),
    ],
)
def test_settings(setting: str, proxy: WebProxy | None) -> None:
    assert read_proxy(setting) == proxy


def found(host: str) -> WebProxy | None:
    return asyncio.run(system_proxy(host, Deadline.after(20)))


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    return monkeypatch


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY"])
def test_the_environment_counts(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.setenv(name, "http://proxy.example:3128")
    environment.setenv("no_proxy", "inside.example")
    assert found("outside.example") == PROXY
    assert found("www.inside.example") is None


def test_a_proxy_for_other_things_does_not(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ftp_proxy", "http://proxy.example:3128")
    environment.setenv("https_proxy", "")
    assert found("outside.example") is None


def test_a_proxy_never_shows_a_password() -> None:
    assert "secret" not in repr(read_proxy("http://anna:secret@proxy.example:3128"))
