"""Fetch the mail servers as Debian packages and unpack them: nothing is installed.

Mail servers conflict with one another as packages, so they cannot be installed together; unpacked
side by side and laid over `/usr` in the lab's own mount namespace they can run together.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from maillab.places import cache_folder, unpacked_folder

SERVER_GROUPS = (
    (
        "dovecot-core",
        "dovecot-imapd",
        "dovecot-pop3d",
        "dovecot-auth-lua",
        "postfix",
        "dnsmasq-base",
    ),
    ("exim4-daemon-light",),
    ("opensmtpd",),
    ("cyrus-imapd", "cyrus-pop3d"),
    ("courier-imap", "courier-pop", "courier-authdaemon"),
)
"""Packages that can be resolved together. Those that relay mail conflict, and so do those that keep
it.
"""

TOOLS = ("iproute2", "nftables", "libfaketime")
"""Fetched only where the machine lacks them."""

_SIMULATION = (
    "apt-get", "-s", "-o", "Debug::NoLocking=1", "--no-install-recommends", "install",
)  # fmt: skip
_NEW_PACKAGE = re.compile(r"^Inst (\S+) \(", re.MULTILINE)  # "[": installed in another version
_MERGED_FOLDERS = ("bin", "sbin", "lib", "lib64")
_EXTRACT = 'dpkg-deb --fsys-tarfile "$0" | tar -x --keep-directory-symlink -C "$1"'


class SetupError(Exception):
    """The packages could not be fetched; the text says what apt said."""


def is_complete() -> bool:
    """Tell whether the packages of today's list have been unpacked."""
    mark = _mark()
    return mark.is_file() and mark.read_text("utf-8") == _wanted()


def set_up() -> bool:
    """Fetch and unpack what is missing. Return whether anything was done. Raises SetupError.

    What is unpacked already stays in place: a lab that is up may be using it.
    """
    if is_complete():
        return False
    archives = _download(_resolve())
    _unpack(archives)
    _mark().write_text(_wanted(), "utf-8")
    return True


def _wanted() -> str:
    return "\n".join(" ".join(group) for group in (*SERVER_GROUPS, TOOLS)) + "\n"


def _mark() -> Path:
    return cache_folder() / "unpacked.txt"


def _run(command: list[str], folder: Path | None = None) -> str:
    result = subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)
    if result.returncode:
        raise SetupError(f"{' '.join(command[:4])} ...: {result.stderr.strip()}")
    return result.stdout


def _resolve() -> list[str]:
    """Return the names of all packages that are needed and not installed."""
    try:
        return _simulate()
    except SetupError:
        _run(["apt-get", "-q", "update"])  # a new machine has no package lists yet
        return _simulate()


def _simulate() -> list[str]:
    names = {name for group in SERVER_GROUPS for name in group}
    for group in (*SERVER_GROUPS, TOOLS):
        plan = _run([*_SIMULATION, *group])
        names.update(match[1] for match in _NEW_PACKAGE.finditer(plan))
    return sorted(names)


def _download(names: list[str]) -> list[Path]:
    folder = cache_folder() / "archives"
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in names if not list(folder.glob(f"{name}_*.deb"))]
    if missing:
        _run(["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", *missing], folder)
    return [archive for name in names for archive in folder.glob(f"{name}_*.deb")]


def _unpack(archives: list[Path]) -> None:
    root = unpacked_folder()
    for name in _MERGED_FOLDERS:  # Debian 12 merges /lib into /usr/lib; some packages do not yet
        (root / "usr" / name).mkdir(parents=True, exist_ok=True)
        if not (root / name).exists():
            (root / name).symlink_to(f"usr/{name}")
    for archive in archives:
        _run(["sh", "-c", _EXTRACT, str(archive), str(root)])
