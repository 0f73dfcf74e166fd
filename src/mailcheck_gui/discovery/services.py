"""Addresses of third parties, from `resources/discovery.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def ispdb_url() -> str:
    """Return where Mozilla's database lies; a domain is appended to it."""
    text = files("mailcheck_gui.resources").joinpath("discovery.toml").read_text("utf-8")
    url: str = tomllib.loads(text)["ispdb"]
    return url
