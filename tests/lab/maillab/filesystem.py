"""The lab's private view of the disk: the unpacked servers in /usr, writable copies of the rest."""

from __future__ import annotations

import subprocess
from pathlib import Path

from maillab.networks import RESOLVER_V4
from maillab.places import INSIDE, unpacked_folder

_RUN = Path("/run")
_USERS = {
    "postfix": 901,
    "dovecot": 902,
    "dovenull": 903,
    "Debian-exim": 904,
    "cyrus": 906,
    "courier": 907,
    "opensmtpd": 908,
    "opensmtpq": 909,
}
_GROUPS = {**_USERS, "postdrop": 905}


def make_private() -> None:
    """Mount the private view. Only for a process in a mount namespace of its own."""
    _mount("tmpfs", "mode=755", _RUN)
    for name in ("lock", "netns"):
        (_RUN / name).mkdir()
    INSIDE.mkdir(mode=0o755)
    _mount("overlay", f"lowerdir={unpacked_folder()}/usr:/usr", Path("/usr"))
    for name in ("etc", "var"):
        _overlay(name)
    _add_users()
    Path("/etc/hosts").write_text("127.0.0.1 localhost\n::1 localhost\n", "utf-8")
    Path("/etc/resolv.conf").unlink(missing_ok=True)
    resolver = f"nameserver {RESOLVER_V4}\noptions timeout:2 attempts:2\n"
    Path("/etc/resolv.conf").write_text(resolver, "utf-8")
    Path("/etc/nsswitch.conf").write_text(
        "passwd: files\ngroup: files\nhosts: files dns\n", "utf-8"
    )


def _overlay(name: str) -> None:
    """Lay a folder that forgets over /`name`."""
    changes, work = _RUN / f"{name}-changes", _RUN / f"{name}-work"
    changes.mkdir(mode=0o755)
    work.mkdir()
    lower = f"{unpacked_folder()}/{name}:/{name}"
    _mount("overlay", f"lowerdir={lower},upperdir={changes},workdir={work}", Path("/") / name)


def _add_users() -> None:
    """Add the users that the packages' installation would have made."""
    _append_missing("/etc/passwd", {
        user: f"{user}:x:{number}:{number}::/nonexistent:/usr/sbin/nologin"
        for user, number in _USERS.items()
    })  # fmt: skip
    _append_missing("/etc/group", {
        group: f"{group}:x:{number}:" for group, number in _GROUPS.items()
    })  # fmt: skip


def _append_missing(path: str, lines: dict[str, str]) -> None:
    text = Path(path).read_text("utf-8")
    known = {line.split(":")[0] for line in text.splitlines()}
    missing = [line for name, line in lines.items() if name not in known]
    Path(path).write_text(text + "".join(f"{line}\n" for line in missing), "utf-8")


def _mount(kind: str, options: str, target: Path) -> None:
    command = ["mount", "-t", kind, "-o", options, kind, str(target)]
    result = subprocess.run(command, text=True, capture_output=True, check=False)
    if result.returncode:
        raise RuntimeError(f"cannot mount {kind} on {target}: {result.stderr.strip()}")
