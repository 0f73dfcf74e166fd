"""Load the provider catalogue that ships with the program."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from mailcheck_gui.catalogue.compiled import read_compiled
from mailcheck_gui.model.finding import Provider

COMPILED = "providers.json"
"""The file among the resources that holds the whole catalogue."""


@cache
def load_providers() -> tuple[Provider, ...]:
    """Return the whole catalogue, in the order of the file names; read once in a process."""
    return read_compiled(files("mailcheck_gui.resources").joinpath(COMPILED).read_text("utf-8"))
