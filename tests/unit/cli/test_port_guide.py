from __future__ import annotations

import re

import pytest

from mailcheck_gui.cli.ports import port_lines
from mailcheck_gui.model.endpoint import PORT_ROLES
from mailcheck_gui.reporting.port_guide import PORT_FACTS
from mailcheck_gui.reporting.wording import untranslated


def guide(port: int | None) -> str:
    return "\n".join(line.text for line in port_lines(port, untranslated))


def sentences() -> list[str]:
    texts = [
        text.english()
        for fact in PORT_FACTS
        for text in (fact.summary, fact.blocked_by, fact.to_do, fact.ask, fact.myth, fact.truth)
        if text is not None
    ]
    return [sentence for text in texts for sentence in re.split(r"(?<=[.?]) ", text)]


def test_every_port_of_mail_has_a_guide_with_short_sentences() -> None:
    assert {fact.port for fact in PORT_FACTS} == {role.port for role in PORT_ROLES}
    for sentence in sentences():
        assert len(sentence.split()) <= 20, sentence


def test_the_overview_has_one_line_a_port() -> None:
    lines = [line for line in guide(None).splitlines() if line[:1].isdigit()]
    assert [int(line.split()[0]) for line in lines] == [fact.port for fact in PORT_FACTS]


@pytest.mark.parametrize(
    ("port", "words"),
    [
        (465, "Since January 2018 it is a standard"),
        (465, "RFC 8314"),
        (465, "Who blocks it"),
        (587, "protects as well as port 465"),
        (25, "Not for mail programs"),
        (25, "What to ask your internet provider"),
        (2525, "not registered"),
        (993, "SSL/TLS"),
        (4711, "no place in mail"),
    ],
)
def test_one_port(port: int, words: str) -> None:
    assert words in " ".join(guide(port).split())


@pytest.mark.parametrize("port", [fact.port for fact in PORT_FACTS])
def test_folklore_is_not_repeated(port: int) -> None:
    text = guide(port).lower()
    assert "deprecated" not in text
    assert "obsolete" not in text
    assert "unsafe" not in text


def test_what_is_often_read_but_wrong_is_corrected_at_once() -> None:
    for fact in PORT_FACTS:
        assert (fact.myth is None) == (fact.truth is None)
    text = " ".join(guide(465).split())
    assert text.index("outdated") < text.index("Since January 2018")
