"""Files that cannot be understood: kept under another name, so that nothing in them is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mailcheck_gui.storage.json_file import NotJson, parse_object, read_bytes
from mailcheck_gui.storage.problem import StorageProblem, read_problem

if TYPE_CHECKING:
    from datetime import datetime

    from mailcheck_gui.model.finding import Message

_MARK: Final = ".damaged-"


def now() -> datetime:
    """Return the time that goes into the name."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


def set_aside(
    path: Path, sentence: Callable[[str], Message], clock: Callable[[], datetime] = now
) -> StorageProblem:
    """Rename a file; `sentence` tells it, with the new name."""
    stamp = clock().strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.stem}{_MARK}{stamp}{path.suffix}")
    try:
        path.replace(aside)
    except OSError as error:
        return read_problem(path, error)
    return StorageProblem(sentence(aside.name))


def copies_aside(path: Path) -> tuple[Path, ...]:
    """Return what `set_aside` has kept of a file and nobody has removed since, oldest first."""
    return tuple(sorted(path.parent.glob(f"{path.stem}{_MARK}*{path.suffix}")))


def set_aside_preferences(path: Path) -> StorageProblem | None:
    """Rename preferences that are no JSON object; None where there are none, or all is well."""
    try:
        parse_object(read_bytes(path))
    except OSError:
        return None  # none yet; or the next change will say that it cannot be written
    except NotJson:
        return set_aside(path, _preferences_sentence)
    return None


def _preferences_sentence(name: str) -> Message:
    from mailcheck_gui.model.finding import message

    return message("The preferences could not be read. The file is kept as {file}.", file=name)
