"""The Debian package: dependencies computed from the libraries, nothing to run on installation."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import textwrap
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from bundling.project import ROOT, SUMMARY

from linux_packages.product import Product
from linux_packages.system_libraries import of_the_system
from linux_packages.tree import (
    lay_out_desktop,
    lay_out_manual,
    lay_out_programs,
    level,
    packed,
    write,
)

PACKAGE: Final = "mailcheck"
MAINTAINER: Final = "Mailcheck maintainers <maintainers@mailcheck.invalid>"
_ARCHITECTURES: Final = {"x86_64": "amd64", "aarch64": "arm64"}
_ICONS: Final = "hicolor-icon-theme"
"""Describes the folders of icons; without it nobody finds the program's own."""
_DOC: Final = f"usr/share/doc/{PACKAGE}"

_CONTROL = """\
Package: {package}
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kibibytes}
Depends: {depends}
Recommends: ca-certificates
Suggests: gnome-keyring
Section: mail
Priority: optional
Description: {summary}
 Checks the settings of a mail account for receiving and sending, names the
 one that is wrong, and tries the settings that it proposes.
 .
 mailcheck-gui opens the window, mailcheck is for the terminal.
"""


def architecture() -> str:
    """Return Debian's name of this machine's processor. Raises KeyError for one without wheels."""
    return _ARCHITECTURES[platform.machine()]


def build_package(product: Product, work: Path, target: Path) -> Path:
    """Build the package below `target` and return its file. The system's libraries are apt's.

    Raises CalledProcessError or RuntimeError where one of Debian's tools gives up.
    """
    shutil.rmtree(work, ignore_errors=True)
    root = work / "root"
    home = lay_out_programs(root, product.bundle, of_the_system(product.sources))
    lay_out_desktop(root, product)
    lay_out_manual(root, product)
    lay_out_documents(root, product)
    depends = dependencies(home, work / "shlibdeps")
    write(root / "DEBIAN/control", control(root, product.version, depends).encode())
    write(root / "DEBIAN/md5sums", checksums(root).encode())
    level(root, product.when)
    file = target / f"{PACKAGE}_{product.version}_{architecture()}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(file)],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(product.when)},
    )
    return file


def lay_out_documents(root: Path, product: Product) -> None:
    """Write what Debian wants to know of every package, and why lintian's rules do not fit."""
    year = datetime.fromtimestamp(product.when, UTC).year
    terms = _COPYRIGHT.format(year=year, rows=product.licences())
    write(root / _DOC / "copyright", terms.encode())
    log = changelog(product.version, product.when)
    write(root / _DOC / "changelog.gz", packed(log.encode()))
    write(root / f"usr/share/lintian/overrides/{PACKAGE}", _OVERRIDES.encode())


def dependencies(home: Path, work: Path) -> str:
    """Return the Depends line: what the libraries and programs below `home` need, and icons."""
    write(
        work / "debian/control",
        f"Source: {PACKAGE}\n\nPackage: {PACKAGE}\nArchitecture: {architecture()}\n".encode(),
    )
    own = sorted({str(path.parent) for path in home.rglob("*.so*")})
    done = subprocess.run(
        [
            *("dpkg-shlibdeps", "-O", "--ignore-missing-info"),
            *(f"-l{folder}" for folder in own),
            *(f"-e{path}" for path in sorted(home.rglob("*")) if is_elf(path)),
        ],
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"^shlibs:Depends=(.+)$", done.stdout, re.MULTILINE)
    if done.returncode or found is None:
        raise RuntimeError(f"dpkg-shlibdeps: {done.stderr}")
    return f"{found[1]}, {_ICONS}"


def is_elf(path: Path) -> bool:
    """Whether a file is a program or a library, and not a link to one."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def control(root: Path, version: str, depends: str) -> str:
    """Return the control file."""
    size = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir())
    return _CONTROL.format(
        package=PACKAGE,
        version=version,
        architecture=architecture(),
        maintainer=MAINTAINER,
        kibibytes=-(-size // 1024),
        depends=depends,
        summary=SUMMARY[0].lower() + SUMMARY[1:],
    )


def checksums(root: Path) -> str:
    """Return the md5sums file, by which `dpkg --verify` finds damaged files."""
    rows = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if path.is_file() and not path.is_symlink() and name.parts[0] != "DEBIAN":
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False)
            rows.append(f"{digest.hexdigest()}  {name}\n")
    return "".join(rows)


def changelog(version: str, when: int) -> str:
    """Return a changelog as Debian's tools read it, from the first section of CHANGELOG.md."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    section = re.split(r"^## .*$", text, flags=re.MULTILINE)[1]
    points = [line.removeprefix("- ") for line in section.splitlines() if line.startswith("- ")]
    day = format_datetime(datetime.fromtimestamp(when, UTC))
    rows = "".join(
        textwrap.fill(point, 78, initial_indent="  * ", subsequent_indent="    ") + "\n"
        for point in points
    )
    return f"{PACKAGE} ({version}) stable; urgency=medium\n\n{rows}\n -- {MAINTAINER}  {day}\n"


_COPYRIGHT = """\
Mailcheck
Copyright {year} the Mailcheck maintainers. See the repository for the terms.

The program is built with PyInstaller, whose start program is under the GNU
General Public License, version 2 or later, with an exception for what it
starts. It holds Python (Python Software Foundation License) and:
{rows}
Qt and PySide6 are under the GNU Lesser General Public License, version 3
(/usr/share/common-licenses/LGPL-3). Their libraries are separate files below
/usr/lib/mailcheck/_internal/PySide6 and can be replaced.

The texts of the other licences are in /usr/lib/mailcheck/_internal/licences.
"""

_OVERRIDES = """\
# Qt and Python are carried along in the versions that Mailcheck was tested with.
mailcheck: custom-library-search-path
mailcheck: embedded-library
mailcheck: hardening-no-pie
# Compiled for the Python that is carried along; no other Python reads it.
mailcheck: package-installs-python-bytecode
# Modules of Python and ICU's data call nothing but what Python itself brings along.
mailcheck: shared-library-lacks-prerequisites
mailcheck: library-not-linked-against-libc
"""
