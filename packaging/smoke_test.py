#!/usr/bin/env python3
"""Try a built package as a person does, on a system that has never seen it.

    .venv/bin/python packaging/smoke_test.py debian bookworm [--package FILE] [--pictures FOLDER]

Makes a minimal Debian of that name with debootstrap (once, in build/trees), lays a layer over it
that is gone afterwards, installs the package there with apt, starts the window on a real X server
with a real keychain, checks a practice account with real clicks, takes pictures, closes the window,
purges the package, and looks for what it left. Needs root, and what `dev.py setup` installs
besides debootstrap and ImageMagick.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# The desktop of the tests, and what reads its windows.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "tests" / "e2e"))

from desktop_session import Desktop, run_desktop, wait_for
from screen_reader import ScreenReader

ROOT = Path(__file__).resolve().parents[1]
SUITES = ("bookworm", "trixie")
ACCOUNT = "Start practice: SSL/TLS on 587"
OWN_MOUNTS = "MAILCHECK_SMOKE_TEST_MOUNTS"
"""Set once this runs with mounts of its own, which end with it."""


@dataclass(frozen=True)
class System:
    """A Debian in a folder, entered with chroot."""

    root: Path

    def run(self, *words: str, **environment: str) -> str:
        """Run a program in it and return what it wrote. Raises CalledProcessError."""
        done = subprocess.run(
            self._command(words, environment), capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
            done.check_returncode()
        return done.stdout

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Start a program in it."""
        return subprocess.Popen(
            self._command(words, environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _command(self, words: tuple[str, ...], environment: dict[str, str]) -> list[str]:
        plain = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/root"}
        given = [f"{name}={value}" for name, value in {**plain, **environment}.items()]
        return ["chroot", str(self.root), "env", "-i", *given, *words]

    def names(self) -> set[str]:
        """Return all paths outside of temporary folders that carry the program's name."""
        found = self.run("find", "/usr", "/etc", "/var", "/opt", "/root", "-iname", "*mailcheck*")
        return set(found.splitlines())


def must(*words: str | Path) -> None:
    """Run a program that has to succeed."""
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def clean_system(suite: str, tree: Path) -> Iterator[System]:
    """Lay a layer over a minimal Debian, with this machine's /tmp for screen and session."""
    if not (tree / "etc/debian_version").exists():
        must("debootstrap", "--variant=minbase", suite, tree)
    with tempfile.TemporaryDirectory(prefix="mailcheck-smoke-", dir="/var/tmp") as folder:
        layer = Path(folder)
        must("mount", "-t", "tmpfs", "none", layer)
        for name in ("upper", "work", "root"):
            (layer / name).mkdir()
        options = f"lowerdir={tree},upperdir={layer}/upper,workdir={layer}/work"
        must("mount", "-t", "overlay", "overlay", "-o", options, layer / "root")
        for name in ("/proc", "/dev", "/tmp"):
            must("mount", "--rbind", name, f"{layer}/root{name}")
        try:
            yield System(layer / "root")
        finally:
            must("umount", "-l", layer / "root")
            must("umount", "-l", layer)


def click(desktop: Desktop, reader: ScreenReader, name: str) -> None:
    """Press the left mouse button in the middle of what is called so."""
    item = reader.wait_for(name)
    x, y = reader.centre(item)
    words = ("mousemove", "--sync", str(x), str(y), "click", "1")
    subprocess.run(["xdotool", *words], env=desktop.environment, check=True)


def manage_windows(desktop: Desktop) -> None:
    """Start openbox and wait until it is there: it can lose a window that opens meanwhile."""
    manager = subprocess.Popen(
        ["openbox"], env=desktop.environment, stderr=subprocess.DEVNULL, text=True
    )
    desktop.programs.append(manager)

    def is_there() -> bool:
        asked = ["xdotool", "get_num_desktops"]  # which no one else sets
        done = subprocess.run(asked, env=desktop.environment, capture_output=True, check=False)
        return done.returncode == 0

    wait_for(is_there, "the window manager")


def check_with_clicks(desktop: Desktop, system: System, pictures: Path, suite: str) -> None:
    """Start the installed window, check a practice account, apply what is proposed, and close."""
    reader = ScreenReader(desktop)
    environment = {k: v for k, v in desktop.environment.items() if k != "PATH"}
    manage_windows(desktop)
    program = system.start("mailcheck-gui", "--practice", **environment)
    desktop.programs.append(program)
    desktop.focus_window(program)
    desktop.press("shift")  # openbox takes its keys anew after the first of a new keyboard
    click(desktop, reader, ACCOUNT)
    click(desktop, reader, "Check")
    reader.wait_to_hear("You can receive mail, but not send it")
    picture(desktop, pictures / f"{suite}-problem.png")
    click(desktop, reader, "Apply and check again")
    reader.wait_to_hear("Everything works")
    picture(desktop, pictures / f"{suite}-fine.png")
    reader.close()
    desktop.press("alt+F4")
    wait_for(lambda: program.poll() is not None, "the end of the program")
    print(f"{suite}: a practice check was done with clicks")


def picture(desktop: Desktop, file: Path) -> None:
    """Save what the screen shows."""
    subprocess.run(["import", "-window", "root", str(file)], env=desktop.environment, check=True)


def try_on_debian(suite: str, package: Path, tree: Path, pictures: Path) -> None:
    """Install, try, purge. Raises CalledProcessError or AssertionError where something is off."""
    pictures.mkdir(parents=True, exist_ok=True)
    with clean_system(suite, tree) as system, run_desktop() as desktop:
        before = system.names()
        apt = {"DEBIAN_FRONTEND": "noninteractive"}
        system.run("apt-get", "-q", "update", **apt)
        with tempfile.TemporaryDirectory() as place:  # in /tmp, which the system sees
            copy = Path(place) / package.name
            copy.write_bytes(package.read_bytes())
            install = ("apt-get", "install", "-q", "-y", "--no-install-recommends", str(copy))
            system.run(*install, **apt)
        environment = {k: v for k, v in desktop.environment.items() if k != "PATH"}
        for program in ("mailcheck", "mailcheck-gui"):
            print(f"{suite}: {program} --self-test")
            print(system.run(program, "--self-test", **environment))
        check_with_clicks(desktop, system, pictures, suite)
        system.run("apt-get", "purge", "-q", "-y", "mailcheck", **apt)
        left = system.names() - before
        assert not left, f"left behind: {sorted(left)}"
        print(f"{suite}: purged, nothing is left")


def main() -> int:
    """Run one command, with mounts of its own."""
    parser = argparse.ArgumentParser(description="Try a built package on a clean system.")
    commands = parser.add_subparsers(dest="command", required=True)
    debian = commands.add_parser("debian", help="install, click, purge on a clean Debian")
    debian.add_argument("suite", choices=SUITES)
    debian.add_argument("--package", type=Path)
    debian.add_argument("--tree", type=Path)
    debian.add_argument("--pictures", type=Path, default=ROOT / "dist" / "pictures")
    arguments = parser.parse_args()
    if OWN_MOUNTS not in os.environ:
        words = ["unshare", "--mount", sys.executable, *sys.argv]
        os.execvpe("unshare", words, {**os.environ, OWN_MOUNTS: "1"})
    package = arguments.package or next((ROOT / "dist").glob("mailcheck_*.deb"))
    tree = arguments.tree or ROOT / "build" / "trees" / arguments.suite
    try_on_debian(arguments.suite, package, tree, arguments.pictures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
