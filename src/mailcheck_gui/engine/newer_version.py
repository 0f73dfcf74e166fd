"""Look whether there is a newer version: one https request, and only where it was switched on.

The request tells nothing but the address of the file. Nothing is downloaded or installed.
"""

from __future__ import annotations

import json
import re

from mailcheck_gui.discovery.reading import web_url
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.release import LookState, VersionLooked
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network
from mailcheck_gui.network.web import WebAnswer, WebLimits, WebRequest, fetch

LIMITS = WebLimits(size=4096, redirects=3, seconds=10.0)

_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){1,3}")
_NO_ANSWER = message("The page with the newest version did not answer.")
_NO_SENSE = message("The page with the newest version says something that makes no sense.")


async def look_for_newer(network: Network, current: str, version_file: str) -> VersionLooked:
    """Ask for `version_file` and compare. Never raises for what a stranger does.

    Only what came over https, hop by hop, counts.
    """
    answer = await fetch(network, WebRequest(version_file), LIMITS, Deadline.after(LIMITS.seconds))
    if not answer.ok or not answer.secure:
        return VersionLooked(LookState.UNKNOWN, _NO_ANSWER)
    return _compared(answer, current)


def _compared(answer: WebAnswer, current: str) -> VersionLooked:
    version, page = _read(answer.body)
    if not version:
        return VersionLooked(LookState.UNKNOWN, _NO_SENSE)
    if _numbers(version) <= _numbers(current):
        sentence = message("This is the newest version, {version}.", version=current)
        return VersionLooked(LookState.CURRENT, sentence)
    sentence = message("Version {version} is there. You have {current}.").with_values(
        {"version": version, "current": current}
    )
    return VersionLooked(LookState.NEWER, sentence, version, page)


def _read(body: bytes) -> tuple[str, str]:
    """Return version and page of a file; a version of "" where it makes no sense."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return "", ""
    version = told.get("version") if isinstance(told, dict) else None
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        return "", ""
    page = told.get("page")
    url = web_url(page) if isinstance(page, str) else ""
    return version, url if url.startswith("https://") else ""


def _numbers(version: str) -> tuple[int, ...]:
    """Return the leading numbers of a version, without zeros at the end: 1.2 is 1.2.0."""
    found = _VERSION.match(version)
    numbers = [int(number) for number in found.group().split(".")] if found else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
