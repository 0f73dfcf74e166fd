"""Load the provider catalogue that ships with the program."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from mailcheck_gui.catalogue.compiled import read_compiled
from mailcheck_gui.catalogue.schema import parse_provider
from mailcheck_gui.model.finding import Provider

COMPILED = "providers.json"
"""The file among the resources that holds the whole catalogue."""


@cache
def load_providers() -> tuple[Provider, ...]:
    """Return the whole catalogue, in the order of the file names; read once in a process."""
    return read_compiled(files("mailcheck_gui.resources").joinpath(COMPILED).read_text("utf-8"))


def parse_providers(folder: Path) -> tuple[Provider, ...]:
    """Return what the provider files of a folder say, in the order of their names.

    Raises:
        CatalogueError: names the file and the key that is not as it should be.
    """
    return tuple(
        parse_provider(path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))
    )
