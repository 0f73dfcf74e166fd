"""Autoconfig files by the published format, and files that only look like it."""

from __future__ import annotations

import pytest

from acceptance.autoconfig_broken import BROKEN
from acceptance.autoconfig_corpus import corpus
from acceptance.autoconfig_features import PUBLISHED
from acceptance.autoconfig_reading import faults
from mailcheck_gui.discovery.autoconfig import parse_autoconfig

SEED = 20261122
FILES = corpus(SEED, PUBLISHED, each=11) | corpus(SEED, BROKEN, each=6)


def test_enough_files() -> None:
    """There are more than 320 files, and hardly any twice."""
    every = [file for files in FILES.values() for file in files]
    assert len(every) >= 320
    assert len({file.data for file in every}) >= 300


@pytest.mark.parametrize("feature", FILES)
def test_files(feature: str) -> None:
    """All files of one kind are read as the format says, or refused with a sentence."""
    wrong = [fault for file in FILES[feature] for fault in faults(file)]
    assert not wrong, "\n\n".join(wrong)


FRAME = '<clientConfig version="1.1"><emailProvider id="x">{}</emailProvider></clientConfig>'
SERVER = (
    '<incomingServer type="imap"><hostname>m{}.example.com</hostname><port>993</port>'
    "<socketType>SSL</socketType><authentication>password-cleartext</authentication>"
    "<username>anna</username></incomingServer>"
)


@pytest.mark.parametrize("size", [1, 100, 1000])
def test_many_servers(size: int) -> None:
    """So many servers are read in order, or the first of them."""
    data = FRAME.format("".join(SERVER.format(number) for number in range(size)))
    read = parse_autoconfig(data.encode(), "anna@example.com")
    hosts = [server.ascii_host for server in read.incoming]
    assert hosts[:1] == ["m0.example.com"]
    assert hosts == [f"m{number}.example.com" for number in range(len(hosts))]


def test_deep_nesting() -> None:
    """Unknown elements within one another do no harm."""
    data = FRAME.format("<x>" * 20_000 + "</x>" * 20_000)
    read = parse_autoconfig(data.encode(), "anna@example.com")
    assert (read.incoming, read.outgoing) == ((), ())
    assert read.problem
