"""Load the thresholds that ship with the program."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from mailcheck_gui.model.thresholds import Thresholds


@cache
def load_thresholds() -> Thresholds:
    """Return `resources/thresholds.toml`. Raises TypeError where a value is missing or unknown."""
    text = files("mailcheck_gui.resources").joinpath("thresholds.toml").read_text("utf-8")
    return Thresholds(**tomllib.loads(text))
