"""The Debian package: its files, its dependencies, installed and purged on a system of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from linux_packages import debian, system_libraries

pytestmark = pytest.mark.timeout(600)


INSTALL_AND_PURGE = Path(__file__).with_name("install_and_purge.sh")


@pytest.fixture(scope="module")
def package(dist: Path) -> Path:
    found = list(dist.glob("mailcheck_*.deb"))
    if not found:
        pytest.skip("no Debian package was built; run: python3 dev.py package")
    return found[0]


def _dpkg(*words: str | Path) -> str:
    return subprocess.run(
        ["dpkg-deb", *map(str, words)], capture_output=True, text=True, check=True
    ).stdout


def test_the_dependencies_were_computed(package: Path) -> None:
    depends = _dpkg("-f", package, "Depends")
    for name in ("libc6", "libegl1", "libfontconfig1", "libxcb-cursor0", "hicolor-icon-theme"):
        assert re.search(rf"(^|, ){name}( |,|$)", depends)
    assert "python" not in depends


def test_nothing_runs_when_it_is_installed(package: Path, tmp_path: Path) -> None:
    _dpkg("-e", package, tmp_path / "control")
    assert sorted(path.name for path in (tmp_path / "control").iterdir()) == ["control", "md5sums"]


def test_the_package_is_small(package: Path) -> None:
    assert package.stat().st_size <= 40_000_000


def test_its_files_lie_where_the_system_looks_for_them(package: Path, tmp_path: Path) -> None:
    _dpkg("-x", package, tmp_path)
    share = tmp_path / "usr/share"
    for program in ("mailcheck", "mailcheck-gui"):
        assert (tmp_path / "usr/bin" / program).resolve().is_file()
        assert (share / f"man/man1/{program}.1.gz").is_file()
    entry = share / "applications/mailcheck.desktop"
    subprocess.run(["desktop-file-validate", entry], check=True)
    metainfo = next((share / "metainfo").glob("*.metainfo.xml"))
    subprocess.run(["appstreamcli", "validate", "--no-net", metainfo], check=True)
    assert (share / "icons/hicolor/scalable/apps/mailcheck.svg").is_file()
    assert (share / "icons/hicolor/48x48/apps/mailcheck.png").is_file()
    assert "LGPL-3" in (share / "doc/mailcheck/copyright").read_text("utf-8")


def test_what_apt_has_is_left_to_apt(package: Path, dist: Path) -> None:
    listed = _dpkg("-c", package)
    left_out = ("libssl.so.3", "libX11.so.6", "libstdc++.so.6", "libfontconfig.so.1")
    assert not [name for name in left_out if f"/_internal/{name}" in listed]
    assert "/_internal/libpython" in listed


@pytest.mark.parametrize("program", ["mailcheck", "mailcheck-gui"])
def test_the_manual_names_what_the_program_takes(program: str) -> None:
    page = (debian.ROOT / f"packaging/linux/{program}.1").read_text("utf-8").replace("\\-", "-")
    for word in ("--self-test", "--lang", "--version", "EXIT STATUS", "MAILCHECK_HOME"):
        assert word in page


def test_the_manual_names_every_command() -> None:
    program = Path(sys.executable).with_name("mailcheck")
    said = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^    ([a-z-]+) ", said, re.MULTILINE)
    page = (debian.ROOT / "packaging/linux/mailcheck.1").read_text("utf-8").replace("\\-", "-")
    assert {"check", "find", "explain"} <= set(commands)
    for command in commands:
        assert f"\n.B mailcheck {command}\n" in page
        assert f"\n.TP\n.B {command}\n" in page


def test_libraries_of_the_system_are_told_from_our_own(tmp_path: Path) -> None:
    sources = tmp_path / "sources.json"
    sources.write_text(
        '{"libssl.so.3": "/usr/lib/x86_64-linux-gnu/libssl.so.3",'
        ' "libX11.so.6": "/lib/x86_64-linux-gnu/libX11.so.6",'
        ' "libpython3.11.so.1.0": "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0",'
        ' "python3.11/lib-dynload/_ssl.so": "/usr/lib/python3.11/lib-dynload/_ssl.so",'
        ' "PySide6/QtCore.abi3.so": "/env/lib/python3.11/site-packages/PySide6/QtCore.abi3.so"}'
    )
    assert system_libraries.of_the_system(sources) == ("libX11.so.6", "libssl.so.3")
    assert system_libraries.of_the_host(sources) == ("libX11.so.6",)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="installing needs root")
@pytest.mark.skipif(shutil.which("apt-get") is None, reason="there is no apt here")
def test_installed_tried_and_purged_without_leftovers(package: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        ["unshare", "--mount", "sh", INSTALL_AND_PURGE, tmp_path, package],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("passed its self-test") == 2
    assert "Everything works" in done.stdout
    assert done.stdout.endswith("left behind:\n")
    assert not shutil.which("mailcheck", path="/usr/bin")
