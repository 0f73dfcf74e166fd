"""Load the provider files that ship with the program."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from mailcheck_gui.catalogue.schema import parse_provider
from mailcheck_gui.model.finding import Provider


@cache
def load_providers() -> tuple[Provider, ...]:
    """Return the whole catalogue, in the order of the file names; read once in a process.

    Raises:
        CatalogueError: names the file and the key that is not as it should be.
    """
    folder = files("mailcheck_gui.resources").joinpath("providers")
    entries = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")),
        key=lambda entry: entry.name,
    )
    return tuple(parse_provider(entry.name, entry.read_text("utf-8")) for entry in entries)
