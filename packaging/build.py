#!/usr/bin/env python3
"""Build what people install. Started by `python3 dev.py package`, which prepares the environment.

    packaging/build.py bundle      the folder with both programs, dist/mailcheck, on every system
    packaging/build.py linux       the same, then the Debian package and the AppImage's folder
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
from bundling.icon_files import renderer
from linux_packages import appimage, debian
from linux_packages.product import Product

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


def main() -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(description="Build what people install.")
    parser.add_argument("--target", type=Path, default=project.ROOT / "dist")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("bundle")
    commands.add_parser("linux")
    comparison = commands.add_parser("compare")
    comparison.add_argument("first", type=Path)
    comparison.add_argument("second", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "compare":
        differences = compare(arguments.first, arguments.second)
        print("\n".join(map(str, differences)) or "the same files with the same bytes")
        return 1 if any(each.unexplained for each in differences) else 0
    shutil.rmtree(arguments.target, ignore_errors=True)
    target = arguments.target.absolute()
    if arguments.command == "linux":
        build_linux(target, project.source_date())
    else:
        build_bundle(target, project.source_date())
    return 0


if __name__ == "__main__":
    sys.exit(main())
