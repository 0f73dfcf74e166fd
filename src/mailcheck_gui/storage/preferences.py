"""What the person chose: language, theme, size of the window. Losing it costs nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from mailcheck_gui.storage.json_file import NotJson, parse_object, read_bytes, replace_file
from mailcheck_gui.storage.problem import StorageProblem, write_problem

VERSION: Final = 1


class Theme(StrEnum):
    """Which colours the window has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the person chose.

    `language` is "" for the system's, else a code such as "en". Sizes are in Qt's pixels.
    `controls` allows to ask other people's servers for comparison; never without a yes.
    For searches, `offline` keeps to the built-in catalogue, `third_parties` allows to ask Mozilla's
    database too, `share_address` allows requests to carry the part before the @. `newer_version`
    allows to look once a day whether there is one, `looked_on` is that day (ISO 8601).
    `introduced` is True once the person has closed the introduction.
    """

    language: str = ""
    theme: Theme = Theme.SYSTEM
    width: int = 1120
    height: int = 760
    controls: bool = False
    offline: bool = False
    third_parties: bool = True
    share_address: bool = False
    newer_version: bool = False
    looked_on: str = ""
    introduced: bool = False


def load_preferences(path: Path) -> Preferences:
    """Return the preferences; whatever cannot be read or understood has its default. Never raises.

    A damaged file is no reason to bother anyone: the next change replaces it.
    """
    try:
        document = parse_object(read_bytes(path))
    except (OSError, NotJson):
        return Preferences()
    return Preferences(
        language=_text(document.get("language")),
        theme=next((t for t in Theme if t.value == document.get("theme")), Theme.SYSTEM),
        width=_size(document.get("width"), Preferences().width),
        height=_size(document.get("height"), Preferences().height),
        controls=document.get("controls") is True,
        offline=document.get("offline") is True,
        third_parties=document.get("third_parties") is not False,
        share_address=document.get("share_address") is True,
        newer_version=document.get("newer_version") is True,
        looked_on=_text(document.get("looked_on")),
        introduced=document.get("introduced") is True,
    )


def save_preferences(path: Path, preferences: Preferences) -> StorageProblem | None:
    """Replace the file; what prevents it comes back as a value."""
    try:
        replace_file(path, {"version": VERSION, **asdict(preferences)})
    except OSError as error:
        return write_problem(error)
    return None


def _text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= 20 else ""


def _size(value: object, default: int) -> int:
    usable = isinstance(value, int) and not isinstance(value, bool) and 100 <= value <= 20_000
    return int(value) if usable and isinstance(value, int) else default
