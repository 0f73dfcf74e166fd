"""Which shared libraries a bundle needs, once the plugins that nobody uses are gone.

PyInstaller collects what any collected file links, and keeps it when that file is taken out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

from bundling.contents import KEPT_PLUGINS, plugin_of

Entry = tuple[str, str, str]
"""A row of PyInstaller's table: name inside the bundle, source (or target of a link), kind."""


def base_name(path: str) -> str:
    """Return what libraries are found by: the last part, in lower case as Windows takes it."""
    return PurePosixPath(path.replace("\\", "/")).name.lower()


def is_root(entry: Entry) -> bool:
    """Whether a file is loaded by name: a module of Python, Python itself, or a kept plugin."""
    name, _, kind = entry
    plugin = plugin_of(name)
    if plugin is not None:
        return plugin in KEPT_PLUGINS
    return kind == "EXTENSION" or base_name(name).startswith(("libpython", "python"))


def reachable(
    entries: Sequence[Entry], needs: Callable[[str], Iterable[str]]
) -> tuple[list[Entry], list[Entry]]:
    """Return the files that are loaded by name or needed by one that is, and all the others.

    `needs` gives the names or paths of the libraries that a file links. A symbolic link stays
    where what it leads to stays.
    """
    files = [entry for entry in entries if entry[2] != "SYMLINK"]
    by_name: dict[str, list[Entry]] = {}
    for entry in files:
        by_name.setdefault(base_name(entry[0]), []).append(entry)
    kept: set[str] = set()
    waiting = [entry for entry in files if is_root(entry)]
    while waiting:
        name, source, _ = waiting.pop()
        if name in kept:
            continue
        kept.add(name)
        for needed in needs(source):
            waiting += [e for e in by_name.get(base_name(needed), ()) if plugin_of(e[0]) is None]
    names = {base_name(name) for name in kept}
    stays = [e for e in entries if e[0] in kept or (e[2] == "SYMLINK" and base_name(e[1]) in names)]
    return stays, [entry for entry in entries if entry not in stays]


def frameworks(entries: Iterable[Entry]) -> set[str]:
    """Return the names of the macOS frameworks among files."""
    found = set()
    for name, _, _ in entries:
        parts = PurePosixPath(name.replace("\\", "/")).parts
        found |= {part.removesuffix(".framework") for part in parts if part.endswith(".framework")}
    return found
