"""The licences of the libraries inside a bundle, as their own metadata has them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from typing import Final

FOLDER: Final = "licences"
"""The folder of the bundle with the licence texts, one folder for each library."""

_WORDS = ("licen", "copying", "notice", "authors")


def shipped(modules: Iterable[str]) -> tuple[Distribution, ...]:
    """Return the installed libraries that some modules belong to, in the order of their names."""
    owners = packages_distributions()
    tops = {name.partition(".")[0] for name in modules}
    names = {name for top in tops for name in owners.get(top, ())}
    return tuple(distribution(name) for name in sorted(names, key=str.casefold))


def licence_of(library: Distribution) -> str:
    """Return what a library says its licence is, in a few words."""
    for field in ("License-Expression", "License"):
        stated = (library.metadata.get_all(field) or [""])[0]
        if stated and "\n" not in stated:
            return str(stated)
    rows = library.metadata.get_all("Classifier") or []
    kinds = [row.rpartition(" :: ")[2] for row in rows if row.startswith("License :: ")]
    return ", ".join(kinds) or "see the licence file"


def licence_files(libraries: Iterable[Distribution]) -> list[tuple[str, str, str]]:
    """Return PyInstaller's rows (name in the bundle, file, kind) for the licence texts."""
    rows = []
    for library in libraries:
        for entry in library.files or ():
            path = Path(str(entry.locate()))
            in_metadata = ".dist-info" in str(entry)
            if in_metadata and any(word in path.name.lower() for word in _WORDS):
                rows.append((f"{FOLDER}/{library.name}/{path.name}", str(path), "DATA"))
    return sorted(rows)


def overview(libraries: Iterable[Distribution]) -> str:
    """Return one line for each library: name, version, licence."""
    return "".join(f"{each.name} {each.version}: {licence_of(each)}\n" for each in libraries)
