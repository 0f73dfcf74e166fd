#!/usr/bin/env python3
"""Build what people install. Started by `python3 dev.py package`, which prepares the environment.

    packaging/build.py bundle      the folder with both programs, dist/mailcheck, on every system
    packaging/build.py linux       the same, then the Debian package and the AppImage's folder
    packaging/build.py windows     the same, then the installer (and the MSI, where wixl is found)
    packaging/build.py wrap BUNDLE only these two, of a Windows bundle that is there: signed, say
    packaging/build.py compare A B list what differs between two builds, and why

Two builds of one commit have the same content: all times are those of the commit, and Python's
order of sets is fixed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bundling import project
from bundling.comparison import compare
from bundling.icon_files import ico, renderer
from linux_packages import appimage, debian
from linux_packages.product import Product
from windows_packages import msi, setup_program

WORK = project.ROOT / "build"


def build_bundle(target: Path, when: int) -> Path:
    """Build the bundle below `target` and return its folder."""
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(when),
        "PYTHONHASHSEED": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        *("--distpath", str(target), "--workpath", str(WORK)),
        str(project.ROOT / "packaging" / "mailcheck.spec"),
    ]
    if subprocess.run(command, check=False, env=environment).returncode:
        sys.exit("build.py: PyInstaller built no bundle; its words stand above")
    return target / "mailcheck"


def build_linux(target: Path, when: int) -> None:
    """Build bundle, Debian package and AppImage folder below `target`."""
    bundle = build_bundle(target, when)
    product = Product(
        bundle=bundle,
        sources=WORK / "mailcheck" / "sources.json",
        version=project.version(),
        when=when,
        render=renderer(project.DRAWING),
    )
    package = debian.build_package(product, WORK / "debian", target)
    appimage.build_folder(product, target / "Mailcheck.AppDir")
    print(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB")


def wrap_for_windows(bundle: Path, target: Path, version: str, more: list[str]) -> None:
    """Build what installs a Windows bundle, into `target`: the installer and the MSI.

    `more` are further definitions for the installer's script.
    """
    target.mkdir(parents=True, exist_ok=True)
    icon = WORK / "windows" / "mailcheck.ico"
    icon.parent.mkdir(parents=True, exist_ok=True)
    icon.write_bytes(ico(renderer(project.DRAWING)))
    built = [setup_program.build_setup_program(bundle, version, icon, target, more)]
    if msi.compiler():
        built.append(msi.build_msi(bundle, version, icon, icon.parent / "msi", target))
    else:
        print("no MSI: wixl is not installed (it is a program for Linux)")
    for each in built:
        print(f"{each.name}: {each.stat().st_size / 1e6:.1f} MB")


def build_windows(target: Path, when: int) -> None:
    """Build the bundle, and what installs it where the programs for that are found."""
    bundle = build_bundle(target, when)
    if setup_program.compiler() is None:
        print("no installer: NSIS is not installed (https://nsis.sourceforge.io)")
        return
    wrap_for_windows(bundle, target, project.version(), [])


BUILDERS = {"bundle": build_bundle, "linux": build_linux, "windows": build_windows}


def parse_arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description="Build what people install.")
    parser.add_argument("--target", type=Path, default=project.ROOT / "dist")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in BUILDERS:
        commands.add_parser(name)
    wrapping = commands.add_parser("wrap")
    wrapping.add_argument("bundle", type=Path)
    wrapping.add_argument("--version", default=project.version())
    wrapping.add_argument("--define", action="append", default=[], metavar="NAME=VALUE")
    comparison = commands.add_parser("compare")
    comparison.add_argument("first", type=Path)
    comparison.add_argument("second", type=Path)
    return parser.parse_args()


def main() -> int:
    """Run one command."""
    arguments = parse_arguments()
    target = arguments.target.absolute()
    if arguments.command == "compare":
        differences = compare(arguments.first, arguments.second)
        print("\n".join(map(str, differences)) or "the same files with the same bytes")
        return 1 if any(each.unexplained for each in differences) else 0
    if arguments.command == "wrap":
        wrap_for_windows(arguments.bundle, target, arguments.version, arguments.define)
        return 0
    shutil.rmtree(target, ignore_errors=True)
    BUILDERS[arguments.command](target, project.source_date())
    return 0


if __name__ == "__main__":
    sys.exit(main())
