#!/usr/bin/env python3
"""What a release needs besides the packages. The release workflow calls nothing but these.

    packaging/release.py check TAG              may this tag be released?
    packaging/release.py appimage               dist/Mailcheck.AppDir as one file
    packaging/release.py sign-windows FILE...   sign, where the secrets are in the environment
    packaging/release.py try-windows FILE...    install, start, uninstall; .exe and .msi, on Windows
    packaging/release.py sbom NAME              the parts of dist/mailcheck, in CycloneDX format
    packaging/release.py publish TAG            checksums, and the release's text in notes.md

Files go to and come from the folder `--target`, usually dist/release. Only `sbom` needs more than
Python: the environment of `dev.py setup`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bundling import project
from releasing import (
    appimage_file,
    authenticode,
    bill_of_materials,
    changelog,
    checksums,
    notes,
    statement,
)
from windows_packages import trial

DIST = project.ROOT / "dist"
ENVIRONMENT = project.ROOT / "build" / "environment"


def check(tag: str) -> int:
    """Say why a tag cannot be released, or nothing."""
    found = changelog.complaints(tag)
    print("\n".join(found) or f"{tag} can be released")
    return 1 if found else 0


def appimage(target: Path) -> None:
    """Write the AppImage."""
    file = target / f"mailcheck-{project.version()}-x86_64.AppImage"
    tools = project.ROOT / "build" / "tools"
    appimage_file.build_appimage(DIST / "Mailcheck.AppDir", file, tools, project.source_date())
    print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


def sign_windows(files: list[Path], target: Path) -> None:
    """Sign programs or installers, and say so."""
    with authenticode.certificate() as by:
        statement.state(authenticode.sign_all(files, by), "windows", target)


def try_windows(files: list[Path]) -> None:
    """Try installers, one after the other."""
    for file in files:
        print(f"{file.name}:", flush=True)
        attempt = trial.try_msi if file.suffix == ".msi" else trial.try_setup
        attempt(file)
        print(f"{file.name}: installed, tried, uninstalled")


def sbom(name: str, target: Path) -> None:
    """Write the list of what the bundle is made of; `name` says for which system."""
    folder = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin")
    file = target / f"mailcheck-{project.version()}-{name}.cdx.json"
    bill_of_materials.write_bill(DIST / "mailcheck", folder / "python", file, project.source_date())
    print(f"{file.name} written")


def publish(tag: str, target: Path) -> None:
    """Write the checksums of all files, and the text of the release."""
    sentences = statement.collect(target)
    text = (project.ROOT / "CHANGELOG.md").read_text("utf-8")
    changes = changelog.section(text, tag.removeprefix("v"))
    sums = checksums.write_checksums(target)
    page = target.with_name("notes.md")
    page.write_text(notes.page(changes, sorted(target.iterdir()), sentences), "utf-8")
    print(sums.read_text("utf-8"), page.read_text("utf-8"), sep="\n")


def main() -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(description="What a release needs besides the packages.")
    parser.add_argument("--target", type=Path, default=DIST / "release")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("check", "publish"):
        commands.add_parser(name).add_argument("tag")
    commands.add_parser("appimage")
    for name in ("sign-windows", "try-windows"):
        commands.add_parser(name).add_argument("files", type=Path, nargs="+")
    commands.add_parser("sbom").add_argument("name")
    arguments = parser.parse_args()
    target = arguments.target.absolute()
    actions: dict[str, Callable[[], int | None]] = {
        "check": lambda: check(arguments.tag),
        "publish": lambda: publish(arguments.tag, target),
        "appimage": lambda: appimage(target),
        "sign-windows": lambda: sign_windows(arguments.files, target),
        "try-windows": lambda: try_windows(arguments.files),
        "sbom": lambda: sbom(arguments.name, target),
    }
    try:
        return actions[arguments.command]() or 0
    except ValueError as error:
        sys.exit(f"release.py: {error}")


if __name__ == "__main__":
    sys.exit(main())
