"""Check the provider files, and compile them into the one file that ships.

    python tools/check_catalogue.py             prints what is wrong
    python tools/check_catalogue.py --check     for CI: exits 1 where anything is wrong
    python tools/check_catalogue.py --write     compiles `resources/providers.json`
    python tools/check_catalogue.py --today     measures the age of facts against today

The schema reads each file; then come contradictions, duplicates, facts that are too old, and
whether the compiled file says what the provider files say (docs/adr/0010).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from mailcheck_gui.catalogue.compiled import compile_providers
from mailcheck_gui.catalogue.lint import lint
from mailcheck_gui.catalogue.load import COMPILED
from mailcheck_gui.catalogue.overdue import overdue
from mailcheck_gui.catalogue.schema import parse_providers
from mailcheck_gui.catalogue.table import CatalogueError

RESOURCES = Path(__file__).parents[1] / "resources"

REVIEWED = date(2026, 11, 22)
"""When someone last went through the catalogue; ages are measured against this day.

Not against the calendar: the same commit must give the same answer on every day. Whoever reviews
the catalogue before a release runs `--today`, confirms what it names, and moves this date.
"""


def problems(resources: Path, today: date) -> Iterator[str]:
    """Yield everything that is wrong with the catalogue of a resource folder."""
    folder = resources / "providers"
    try:
        providers = parse_providers(folder)
    except CatalogueError as error:
        yield str(error)
        return
    yield from lint(providers)
    for path in sorted(folder.glob("*.toml")):
        yield from overdue(path.name, path.read_text("utf-8"), today)
    compiled = resources / COMPILED
    if not compiled.exists() or compiled.read_text("utf-8") != compile_providers(providers):
        yield f"{COMPILED} is not what the provider files say: run {Path(__file__).name} --write"


def main() -> int:
    """Do what was asked; return the exit status."""
    parser = argparse.ArgumentParser(description="Check the provider files.")
    parser.add_argument("--check", action="store_true", help="exit 1 where anything is wrong")
    parser.add_argument("--write", action="store_true", help=f"compile {COMPILED} first")
    parser.add_argument("--today", action="store_true", help="measure ages against today")
    parser.add_argument("--resources", type=Path, default=RESOURCES, help="the resource folder")
    arguments = parser.parse_args()
    resources = arguments.resources
    if arguments.write:
        compiled = compile_providers(parse_providers(resources / "providers"))
        (resources / COMPILED).write_text(compiled, "utf-8")
    today = datetime.now(UTC).date() if arguments.today else REVIEWED
    found = tuple(problems(resources, today))
    for problem in found:
        print(problem)
    if not found:
        print(f"{len(parse_providers(resources / 'providers'))} providers, no contradiction")
    return 1 if arguments.check and found else 0


if __name__ == "__main__":
    raise SystemExit(main())
