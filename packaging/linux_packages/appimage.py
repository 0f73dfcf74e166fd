"""The folder of an AppImage. The tool that makes one file of it runs where it can be fetched."""

from __future__ import annotations

import shutil
from pathlib import Path

from linux_packages.product import Product
from linux_packages.system_libraries import of_the_host
from linux_packages.tree import TEMPLATES, lay_out_desktop, lay_out_programs, level, write


def build_folder(product: Product, folder: Path) -> Path:
    """Lay out the AppDir and return its `AppRun`, which starts either program."""
    shutil.rmtree(folder, ignore_errors=True)
    lay_out_programs(folder, product.bundle, of_the_host(product.sources))
    lay_out_desktop(folder, product)
    (folder / "mailcheck.desktop").symlink_to("usr/share/applications/mailcheck.desktop")
    write(folder / "mailcheck.png", product.render(256))
    (folder / ".DirIcon").symlink_to("mailcheck.png")
    write(folder / "AppRun", (TEMPLATES / "AppRun").read_bytes())
    level(folder, product.when)
    return folder / "AppRun"
