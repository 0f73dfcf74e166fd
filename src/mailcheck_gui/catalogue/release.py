"""Load where newer versions are announced."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


class ReleaseError(ValueError):
    """The file that names the place is not as it should be."""


@cache
def version_file() -> str:
    """Return the address of the file that names the newest version; https only.

    Raises:
        ReleaseError: where `resources/release.toml` does not name one.
    """
    text = files("mailcheck_gui.resources").joinpath("release.toml").read_text("utf-8")
    try:
        url = tomllib.loads(text).get("version_file")
    except tomllib.TOMLDecodeError as error:
        raise ReleaseError(str(error)) from error
    if not isinstance(url, str) or not url.startswith("https://"):
        raise ReleaseError("version_file: is not an https address")
    return url
