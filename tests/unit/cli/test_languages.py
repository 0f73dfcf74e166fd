"""Translation sources as the terminal reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailcheck_gui.cli.languages import known_language, languages, translation_to
from mailcheck_gui.model.finding import message
from mailcheck_gui.reporting.wording import say

SOURCE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>MainWindow</name>
    <message><source>Port {port}</source><translation>falsch</translation></message>
</context>
<context>
    <name>core</name>
    <message><source>Port {port}</source><translation>Anschluss {port}</translation></message>
    <message><source>Works &amp; works</source><translation>Geht &amp; geht</translation></message>
    <message><source>Begun</source><translation type="unfinished">Ange</translation></message>
    <message><source>Gone</source><translation type="vanished">Weg</translation></message>
    <message><source>Empty</source><translation></translation></message>
</context>
</TS>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mailcheck_de.ts").write_text(SOURCE, "utf-8")
    (tmp_path / "mailcheck_de.qm").write_bytes(b"")
    (tmp_path / "mailcheck_en.ts").write_text(SOURCE, "utf-8")
    return tmp_path


def test_english_comes_first_and_once(folder: Path) -> None:
    assert languages(folder) == ("en", "de")


def test_without_a_translation_there_is_english(tmp_path: Path) -> None:
    assert languages(tmp_path / "none") == ("en",)


def test_values_are_put_into_the_translation(folder: Path) -> None:
    assert say(message("Port {port}", port=993), translation_to("de", folder)) == "Anschluss 993"


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Works & works", "Geht & geht"),
        ("Begun", "Begun"),
        ("Gone", "Gone"),
        ("Empty", "Empty"),
        ("Unheard of", "Unheard of"),
    ],
)
def test_what_is_not_finished_stays_english(folder: Path, english: str, german: str) -> None:
    assert translation_to("de", folder)(english) == german


def test_english_is_the_template_itself(folder: Path) -> None:
    assert translation_to("en", folder)("Port {port}") == "Port {port}"


def test_every_language_that_ships_can_be_read() -> None:
    for code in languages():
        assert translation_to(code)("") == ""


def test_a_language_that_does_not_ship_is_refused(folder: Path) -> None:
    assert known_language("de", folder) == "de"
    with pytest.raises(ValueError, match=r"The texts are there in en, de only\."):
        known_language("tlh", folder)
