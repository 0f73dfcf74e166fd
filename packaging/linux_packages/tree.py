"""The files of an installed Mailcheck below one root, as a package puts them there."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import Final

from bundling.icon_files import LINUX_SIZES
from bundling.project import (
    DRAWING,
    HOMEPAGE,
    IDENTIFIER,
    ROOT,
    TERMINAL_PROGRAM,
    WINDOW_PROGRAM,
)

from linux_packages.product import Product

TEMPLATES: Final = ROOT / "packaging" / "linux"
PROGRAMS: Final = (WINDOW_PROGRAM, TERMINAL_PROGRAM)


def lay_out_programs(root: Path, bundle: Path, without: Iterable[str]) -> Path:
    """Copy the bundle to usr/lib/mailcheck without some libraries; return that folder."""
    home = root / "usr/lib/mailcheck"
    shutil.copytree(bundle, home, symlinks=True)
    for name in without:
        (home / "_internal" / name).unlink()
    programs = root / "usr/bin"
    programs.mkdir(parents=True)
    for name in PROGRAMS:
        (programs / name).symlink_to(f"../lib/mailcheck/{name}")
    return home


def lay_out_desktop(root: Path, product: Product) -> None:
    """Write what menus and software centres read: desktop entry, metainfo, icons."""
    share = root / "usr/share"
    write(share / "applications/mailcheck.desktop", filled("mailcheck.desktop", product))
    write(share / f"metainfo/{IDENTIFIER}.metainfo.xml", filled("metainfo.xml", product))
    icons = share / "icons/hicolor"
    for size in LINUX_SIZES:
        write(icons / f"{size}x{size}/apps/mailcheck.png", product.render(size))
    write(icons / "scalable/apps/mailcheck.svg", DRAWING.read_bytes())


def lay_out_manual(root: Path, product: Product) -> None:
    """Write the manual pages of both programs."""
    for name in PROGRAMS:
        write(root / f"usr/share/man/man1/{name}.1.gz", packed(filled(f"{name}.1", product)))


def filled(template: str, product: Product) -> bytes:
    """Return a template with version, date, identifier and home page in it."""
    day = datetime.fromtimestamp(product.when, UTC).date().isoformat()
    text = Template((TEMPLATES / template).read_text("utf-8"))
    return text.substitute(
        version=product.version, date=day, identifier=IDENTIFIER, homepage=HOMEPAGE
    ).encode()


def packed(content: bytes) -> bytes:
    """Return gzip's form of a content, without the time and the name of a file."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def write(path: Path, content: bytes) -> None:
    """Write one file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def level(root: Path, when: int) -> None:
    """Give everything below a root plain permissions and one time, whoever built it and when."""
    programs = [root / "AppRun", *(root / "usr/lib/mailcheck" / name for name in PROGRAMS)]
    for path in [*root.rglob("*"), root]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in programs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)
