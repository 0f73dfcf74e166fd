"""Say in one sentence why the lab cannot run on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_COMMANDS = ("apt-get", "dpkg-deb", "unshare", "nsenter", "mount", "setpriv")


def why_not() -> str | None:
    """Return the reason why the lab cannot run here, or None where it can."""
    if not sys.platform.startswith("linux"):
        return "The lab needs Linux network namespaces."
    if os.geteuid() != 0:
        return "The lab needs root for namespaces and mounts."
    if _debian_release() != "12":
        return "The lab's servers are the packages of Debian 12, and this is another system."
    missing = [command for command in _COMMANDS if shutil.which(command) is None]
    if missing:
        return f"The lab needs the command {missing[0]}."
    if not Path("/dev/net/tun").exists():
        return "The lab's wire needs /dev/net/tun."
    return _namespaces()


def _debian_release() -> str:
    try:
        lines = Path("/etc/os-release").read_text("utf-8").splitlines()
    except OSError:
        return ""
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    release = values.get("VERSION_ID", "").strip('"')
    return release if values.get("ID", "").strip('"') == "debian" else ""


def _namespaces() -> str | None:
    probe = ["unshare", "--mount", "--net", "--pid", "--fork", "mount", "-t", "tmpfs", "x", "/mnt"]
    result = subprocess.run(probe, text=True, capture_output=True, check=False)
    if result.returncode:
        return f"The lab may not make namespaces here ({result.stderr.strip()})."
    return None
