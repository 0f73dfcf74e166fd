"""Write or check the lock files in `requirements/`.

    python tools/lock.py            resolve again, newest versions
    python tools/lock.py --check    fail when a lock no longer fits pyproject.toml, names an index
                                    or a path, or has no wheels for one of the supported systems

The locks are universal: one file for all systems, with markers and the hashes of all wheels.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "run.txt": ("build",),
    "develop.txt": ("build", "dev"),
    "package.txt": ("package",),
}
PLATFORMS = (
    "x86_64-manylinux_2_34",
    "aarch64-manylinux_2_39",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
)
PYTHONS = ("3.11", "3.14")
OLDEST_MACOS = "13.0"  # the one of Info.plist; a wheel that starts only on a newer one is missing
HEADER = "# Made by tools/lock.py from pyproject.toml and constraints.txt; do not edit.\n"


def uv(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run uv and return what it said."""
    command = [sys.executable, "-m", "uv", *arguments]
    environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": OLDEST_MACOS}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def resolve(extras: tuple[str, ...], previous: str) -> str:
    """Return the lock for the project with some extras; versions of `previous` are kept."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "lock.txt"
        if previous:
            output.write_text(previous, "utf-8")
        wanted = [part for extra in extras for part in ("--extra", extra)]
        done = uv(
            *("pip", "compile", "--quiet", "--universal", "--python-version", PYTHONS[0]),
            *("--generate-hashes", "--no-header", "--no-annotate", "--no-config"),
            *("--constraint", "requirements/constraints.txt", *wanted),
            *("pyproject.toml", "--output-file", str(output)),
        )
        if done.returncode:
            sys.exit(done.stderr)
        return HEADER + output.read_text("utf-8")


def complaints(name: str, text: str) -> list[str]:
    """Return what is wrong with a lock that fits pyproject.toml."""
    found = [
        f"{name}: names an index or a path: {line}"
        for line in text.splitlines()
        if "://" in line or line.startswith(("-", "/", "."))
    ]
    for platform in PLATFORMS:
        for python in PYTHONS:
            done = uv(
                *(
                    "pip",
                    "install",
                    "--quiet",
                    "--dry-run",
                    "--no-config",
                    "--target",
                    ".venv/none",
                ),
                *("--python-platform", platform, "--python-version", python),
                *("--only-binary", ":all:", "--require-hashes", "-r", f"requirements/{name}"),
            )
            if done.returncode:
                found.append(f"{name}: {platform}, Python {python}: {done.stderr.strip()}")
    return found


def check(name: str, extras: tuple[str, ...]) -> list[str]:
    """Return what is wrong with one lock file."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    if resolve(extras, text.removeprefix(HEADER)) != text:
        return [f"{name}: does not fit pyproject.toml; run tools/lock.py"]
    return complaints(name, text)


def main() -> int:
    """Write the locks, or check them."""
    parser = argparse.ArgumentParser(description="Write or check the lock files.")
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        found = [line for name, extras in LOCKS.items() for line in check(name, extras)]
        print("\n".join(found) or f"{len(LOCKS)} locks fit, on {len(PLATFORMS)} platforms")
        return 1 if found else 0
    for name, extras in LOCKS.items():
        (ROOT / "requirements" / name).write_text(resolve(extras, ""), "utf-8")
        print(f"requirements/{name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
