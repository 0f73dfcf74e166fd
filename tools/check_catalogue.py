"""Check the provider files: schema, contradictions, duplicates.

`python tools/check_catalogue.py` prints what it found; with `--check` (for CI) it also exits 1
where there is anything.
"""

from __future__ import annotations

import argparse

from mailcheck_gui.catalogue.lint import lint
from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.schema import CatalogueError


def problems() -> tuple[str, ...]:
    """Return everything that is wrong with the catalogue."""
    try:
        return lint(load_providers())
    except CatalogueError as error:
        return (str(error),)


def main() -> int:
    """Print the problems; return the exit status."""
    parser = argparse.ArgumentParser(description="Check the provider files.")
    parser.add_argument("--check", action="store_true", help="exit 1 where anything is wrong")
    arguments = parser.parse_args()
    found = problems()
    for problem in found:
        print(problem)
    if not found:
        print(f"{len(load_providers())} providers, no contradiction")
    return 1 if arguments.check and found else 0


if __name__ == "__main__":
    raise SystemExit(main())
