"""The languages of the terminal: translation sources that ship with the program.

The window reads what Qt's lrelease makes of `mailcheck_<code>.ts`. The terminal has no Qt, so it
reads the source itself.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from xml.etree import ElementTree as ET

from mailcheck_gui.reporting.wording import Translate, untranslated

ENGLISH = "en"
"""The language of the templates themselves."""

_CONTEXT = "core"


def languages(folder: Traversable | None = None) -> tuple[str, ...]:
    """Return the codes of the languages that ship, English first."""
    where = _folder(folder)
    names = sorted(entry.name for entry in where.iterdir()) if where.is_dir() else []
    codes = [_code(name) for name in names if _is_source(name)]
    return (ENGLISH, *(code for code in codes if code != ENGLISH))


def known_language(code: str, folder: Traversable | None = None) -> str:
    """Return the code of a language that ships. Raises ValueError, with a sentence, for others."""
    if code not in (known := languages(folder)):
        raise ValueError(f"The texts are there in {', '.join(known)} only.")
    return code


def translation_to(code: str, folder: Traversable | None = None) -> Translate:
    """Return the function that translates templates; what has no translation stays English."""
    if code == ENGLISH:
        return untranslated
    source = _folder(folder) / f"mailcheck_{code}.ts"
    translated = _finished(ET.fromstring(source.read_text("utf-8")))  # noqa: S314 - our own file
    return lambda template: translated.get(template, template)


def _folder(folder: Traversable | None) -> Traversable:
    return folder or files("mailcheck_gui.resources") / "translations"


def _is_source(name: str) -> bool:
    return name.startswith("mailcheck_") and name.endswith(".ts")


def _code(name: str) -> str:
    return name.removeprefix("mailcheck_").removesuffix(".ts")


def _finished(root: ET.Element) -> dict[str, str]:
    """Return the finished translations of the core's templates, none of which has plural forms."""
    found = {}
    for entry in root.iterfind(f"context[name='{_CONTEXT}']/message"):
        translation = entry.find("translation")
        if translation is not None and translation.get("type") is None and translation.text:
            found[entry.findtext("source", "")] = translation.text
    return found
