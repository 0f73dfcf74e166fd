"""What storage says when it cannot do what was asked: a value with a sentence, never silence."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck_gui.model.finding import Message


@dataclass(frozen=True, slots=True)
class StorageProblem:
    """Why something could not be read or kept, in one sentence for the user."""

    sentence: Message


def _reason(error: OSError) -> Message:
    from mailcheck_gui.model.finding import message  # a window without problems opens sooner

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return message("The disk is full, so nothing was saved.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return message("Mailcheck may not write to this folder, so nothing was saved.")
    return message(
        "The file could not be written ({reason}), so nothing was saved.",
        reason=error.strerror or type(error).__name__,
    )


def write_problem(error: OSError) -> StorageProblem:
    """Return the sentence for a file that could not be written. The old file is still there."""
    return StorageProblem(_reason(error))


def read_problem(path: Path, error: OSError) -> StorageProblem:
    """Return the sentence for a file that is there but could not be read."""
    from mailcheck_gui.model.finding import message

    reason = error.strerror or type(error).__name__
    return StorageProblem(
        message("{file} could not be read ({reason}).", file=path.name, reason=reason)
    )


def removal_problem(path: Path, error: OSError) -> StorageProblem:
    """Return the sentence for a folder that could not be removed as a whole."""
    from mailcheck_gui.model.finding import message

    reason = error.strerror or type(error).__name__
    return StorageProblem(
        message("{folder} could not be removed ({reason}).", folder=path, reason=reason)
    )
