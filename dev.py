#!/usr/bin/env python3
"""Set up, start and test Mailcheck on a machine that has only Python.

    python3 dev.py run [-- ARGUMENTS]    set up, then open the window
    python3 dev.py run -- --practice     the same, on made-up accounts: no password, no network
    python3 dev.py test [-- ARGUMENTS]   set up, then run all tests that this machine can run
    python3 dev.py gates                 set up, then run the checks on the source code
    python3 dev.py setup                 only set up
    python3 dev.py package [-- COMMAND]  build what people install, in `dist` (packaging/README.md)

Everything Python goes into `.venv` beside this file, from lock files with hashes; what builds
packages goes into `build/environment`, which holds nothing else. On Linux the
system libraries that Qt needs are installed when this runs as root on Debian or Ubuntu; otherwise
the exact line to run is printed. Only the standard library is used here.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PACKAGE_VENV = ROOT / "build" / "environment"
STAMP = "installed-locks.txt"
OLDEST_PYTHON = (3, 11)

# A missing one of these makes Qt abort with a misleading message, so they are looked for first.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# Programs that tests start: a screen with real key presses, a real keychain, a real network.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "dbus-run-session": "dbus-daemon",
    "gnome-keyring-daemon": "gnome-keyring",
    "at-spi-bus-launcher": "at-spi2-core",
    "ip": "iproute2",
    "nft": "nftables",
    "openssl": "openssl",
    "nsenter": "util-linux",
    "faketime": "faketime",
}

# Libraries whose packages a Debian package names, besides those of Qt above.
PACKAGE_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

# Programs that build and check the packages.
PACKAGE_PROGRAMS = {
    "dpkg-shlibdeps": "dpkg-dev",
    "dpkg-deb": "dpkg",
    "strip": "binutils",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "makensis": "nsis",
    "wixl": "wixl",
    "msiinfo": "msitools",
    "osslsigncode": "osslsigncode",
}

# What packaging/build.py builds on each system, unless told otherwise.
USUAL_PACKAGES = {"linux": "linux", "win32": "windows"}


def say(text: str) -> None:
    """Tell what is being done."""
    print(f"dev.py: {text}", flush=True)


def fail(text: str) -> None:
    """End with a sentence."""
    sys.exit(f"dev.py: {text}")


def run(*command: str | Path, **environment: str) -> int:
    """Run a program in the project's folder and return its exit status."""
    words = [str(word) for word in command]
    return subprocess.run(
        words, cwd=ROOT, env={**os.environ, **environment}, check=False
    ).returncode


def must(*command: str | Path, **environment: str) -> None:
    """Run a program that has to succeed."""
    status = run(*command, **environment)
    if status:
        fail(f"'{' '.join(str(word) for word in command)}' ended with status {status}")


# --- system packages (Linux)


def missing_libraries(wanted: Mapping[str, str]) -> list[str]:
    """Return the Debian packages of those wanted libraries that are missing."""
    packages = []
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def missing_programs(wanted: Mapping[str, str]) -> list[str]:
    """Return the Debian packages of those wanted programs that are missing."""
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin", "/usr/libexec"])
    return [
        package for program, package in wanted.items() if shutil.which(program, path=places) is None
    ]


def install_packages(packages: Iterable[str], purpose: str, *, needed: bool) -> None:
    """Install Debian packages as root, or print the line that does."""
    wanted = sorted(set(packages))
    if not wanted:
        return
    line = "apt-get install -y --no-install-recommends " + " ".join(wanted)
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"installing what {purpose}: {' '.join(wanted)}")
        must("apt-get", "-q", "update")
        must(*line.split(), DEBIAN_FRONTEND="noninteractive")
    elif needed:
        fail(f"missing here, and {purpose}. On Debian or Ubuntu run:\n    sudo {line}")
    else:
        say(f"missing here, and {purpose} (those tests are skipped): sudo {line}")


def system_packages(*, for_tests: bool) -> None:
    """See to it that Qt finds its libraries, and the tests their programs."""
    if not sys.platform.startswith("linux"):
        return
    install_packages(missing_libraries(QT_LIBRARIES), "the window needs it", needed=True)
    if for_tests:
        install_packages(missing_programs(TEST_PROGRAMS), "some tests need it", needed=False)


def packaging_packages() -> None:
    """See to it that the programs are there that packages are built with."""
    if not sys.platform.startswith("linux"):
        return
    missing = [*missing_programs(PACKAGE_PROGRAMS), *missing_libraries(PACKAGE_LIBRARIES)]
    install_packages(missing, "packages are built with it", needed=True)
    name = "libpython{}.{}".format(*sys.version_info)
    library = f"{name}.so.1.0"
    beside = Path(sysconfig.get_config_var("LIBDIR") or "/") / library
    try:
        ctypes.CDLL(str(beside) if beside.exists() else library)
    except OSError:  # Debian's own Python holds all of it in the program
        install_packages([name], "PyInstaller needs Python as a library", needed=True)


# --- the virtual environment


def in_venv(program: str, place: Path = VENV) -> Path:
    """Return the path of a program in a virtual environment."""
    folder, suffix = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return place / folder / (program + suffix)


def make_venv(place: Path = VENV) -> None:
    """Create an environment unless it is there; Debian keeps the module for it in a package."""
    if in_venv("python", place).exists():
        return
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        install_packages([version], "Python needs it to make a virtual environment", needed=True)
    say(f"making {place.relative_to(ROOT)}")
    venv.create(place, with_pip=True, clear=True)


def fingerprint(lock: Path) -> str:
    """Return what an installation was made from."""
    content = b"".join(path.read_bytes() for path in (lock, ROOT / "pyproject.toml"))
    return f"{lock.name} {hashlib.sha256(content).hexdigest()}"


def install(lock_name: str, place: Path = VENV, *, project: bool = True) -> None:
    """Install a lock file, and the project itself, into an environment; again: nothing to do."""
    lock = ROOT / "requirements" / lock_name
    print_of_lock = fingerprint(lock)
    stamp = place / STAMP
    done = stamp.read_text("utf-8").splitlines() if stamp.exists() else []
    if print_of_lock in done:
        return
    say(f"installing requirements/{lock_name} into {place.relative_to(ROOT)}")
    python = in_venv("python", place)
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    must(*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock)
    if project:
        must(*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", ROOT)
    kept = [line for line in done if not line.startswith(lock.name)]
    stamp.write_text("\n".join([*kept, print_of_lock]) + "\n", "utf-8")


def set_up(lock_name: str, *, for_tests: bool) -> None:
    """Make everything ready that a command needs."""
    system_packages(for_tests=for_tests)
    make_venv()
    install(lock_name)


# --- the commands


def command_run(arguments: list[str]) -> int:
    """Open the window."""
    set_up("run.txt", for_tests=False)
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        fail("there is no screen here (no DISPLAY); the terminal program is .venv/bin/mailcheck")
    return run(in_venv("mailcheck-gui"), *arguments)


def command_test(arguments: list[str]) -> int:
    """Run all tests; pytest lists with the reason what this machine cannot run."""
    set_up("develop.txt", for_tests=True)
    return run(in_venv("python"), "-m", "pytest", *arguments)


def command_gates(_: list[str]) -> int:
    """Run every check on the source; all of them, even after one has failed."""
    set_up("develop.txt", for_tests=False)
    gates = (
        (in_venv("ruff"), "check", "."),
        (in_venv("ruff"), "format", "--check", "."),
        (in_venv("mypy"),),
        (in_venv("lint-imports"),),
        *((in_venv("python"), tool, "--check") for tool in sorted((ROOT / "tools").glob("*.py"))),
    )
    failed = [" ".join(map(str, gate[:2])) for gate in gates if run(*gate)]
    for gate in failed:
        say(f"did not pass: {gate}")
    return 1 if failed else 0


def command_setup(_: list[str]) -> int:
    """Only set up, for running and for testing."""
    set_up("develop.txt", for_tests=True)
    return 0


def command_package(arguments: list[str]) -> int:
    """Build packages; without arguments all that this system can build."""
    system_packages(for_tests=False)
    packaging_packages()
    make_venv(PACKAGE_VENV)
    install("package.txt", PACKAGE_VENV, project=False)
    usual = [USUAL_PACKAGES.get(sys.platform, "bundle")]
    return run(in_venv("python", PACKAGE_VENV), "packaging/build.py", *(arguments or usual))


COMMANDS = {
    "run": command_run,
    "test": command_test,
    "gates": command_gates,
    "setup": command_setup,
    "package": command_package,
}


def main(words: list[str]) -> int:
    """Run one command."""
    if sys.version_info < OLDEST_PYTHON:
        fail("Python {}.{} or newer is needed, this is {}".format(*OLDEST_PYTHON, sys.version))
    command = COMMANDS.get(words[0]) if words else None
    if command is None:
        print(__doc__)
        return 0 if words in ([], ["-h"], ["--help"]) else 2
    arguments = words[1:]
    return command(arguments[1:] if arguments[:1] == ["--"] else arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
