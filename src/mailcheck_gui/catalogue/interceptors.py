"""Load the list of programs and devices that read encrypted connections, and find one by name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from mailcheck_gui.model.interceptor import Interceptor, InterceptorKind


@cache
def load_interceptors() -> tuple[Interceptor, ...]:
    """Return `resources/interceptors.toml`. Raises TypeError or ValueError where it is off."""
    text = files("mailcheck_gui.resources").joinpath("interceptors.toml").read_text("utf-8")
    return tuple(_interceptor(**entry) for entry in tomllib.loads(text)["interceptor"])


def _interceptor(
    *, name: str, kind: str, issuers: list[str], source: str, date: str
) -> Interceptor:
    return Interceptor(name, InterceptorKind(kind), tuple(issuers), source, date)


def interceptor_named(
    interceptors: tuple[Interceptor, ...], names: Iterable[str]
) -> Interceptor | None:
    """Return whose authority one of these common or organisation names is, whatever its case."""
    folded = [name.casefold() for name in names]
    return next(
        (i for i in interceptors for name in folded for p in i.issuers if _follows(name, p)),
        None,
    )


def _follows(name: str, pattern: str) -> bool:
    # A pattern's longest piece rules most names out; fnmatch compiles each pattern that it sees.
    return max(pattern.split("*"), key=len) in name and fnmatchcase(name, pattern)
