from __future__ import annotations

import pytest

from mailcheck_gui.cli.ports import GUIDES, port_lines
from mailcheck_gui.model.endpoint import PORT_ROLES
from mailcheck_gui.reporting.wording import untranslated


def guide(port: int | None) -> str:
    return "\n".join(line.text for line in port_lines(port, untranslated))


def test_every_port_of_mail_has_a_guide_with_short_sentences() -> None:
    assert set(GUIDES) == {role.port for role in PORT_ROLES}
    for entry in GUIDES.values():
        for sentence in (entry.summary, *entry.details):
            assert all(len(part.split()) <= 20 for part in sentence.english().split(". "))


def test_the_overview_has_one_line_a_port() -> None:
    lines = [line for line in guide(None).splitlines() if line[:1].isdigit()]
    assert [int(line.split()[0]) for line in lines] == [role.port for role in PORT_ROLES]


@pytest.mark.parametrize(
    ("port", "words"),
    [
        (465, "Since January 2018 it is a standard"),
        (465, "RFC 8314"),
        (587, "protects as well as port 465"),
        (25, "not for mail programs"),
        (2525, "not registered"),
        (993, "SSL/TLS"),
        (4711, "no place in mail"),
    ],
)
def test_one_port(port: int, words: str) -> None:
    assert words in guide(port)


@pytest.mark.parametrize("port", sorted(GUIDES))
def test_folklore_is_not_repeated(port: int) -> None:
    text = guide(port).lower()
    assert "deprecated" not in text
    assert "obsolete" not in text
    assert "unsafe" not in text
