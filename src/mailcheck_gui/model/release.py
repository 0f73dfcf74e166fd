"""What a look for a newer version brought."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailcheck_gui.model.finding import Message


class LookState(StrEnum):
    """What is known after a look."""

    NEWER = "newer"
    CURRENT = "current"
    UNKNOWN = "unknown"  # no answer, or one that makes no sense


@dataclass(frozen=True, slots=True)
class VersionLooked:
    """The end of a look. `version` and `page` are set where there is a newer one."""

    state: LookState
    sentence: Message
    version: str = ""
    page: str = ""
