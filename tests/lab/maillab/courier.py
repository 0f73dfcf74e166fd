"""Courier for IMAP and POP3: one listener a port, each with the environment of its start script.

A server of the lab checks its passwords, at the one place where Courier looks for such a server.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from maillab.daemon import Daemon, certificate_files, make_folder
from maillab.password_server import COURIER_FOLDER, courier_trouble
from maillab.personality import Courier, Place

PORTS = (143, 993, 110, 995)
_PROGRAMS = "/usr/lib/courier/courier"
_IMAP = f"{_PROGRAMS}/imaplogin /usr/bin/imapd Maildir"
_POP3 = f"{_PROGRAMS}/courierpop3login {_PROGRAMS}/courierpop3d Maildir"
_TLS_FIRST = "/usr/bin/couriertls -server -tcpd -user=courier"
_SESSIONS = {
    143: _IMAP,
    993: f"{_TLS_FIRST} {_IMAP}",
    110: _POP3,
    995: f"{_TLS_FIRST} {_POP3}",
}
_CAPABILITIES = "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE SORT QUOTA IDLE"


def courier(place: Place, personality: Courier) -> Daemon:
    """Write the certificate and the start script of one instance and return how to start it."""
    folder = make_folder(f"courier-{place.host.label}")
    COURIER_FOLDER.mkdir(parents=True, exist_ok=True)
    certificate, key = certificate_files(place.host.label)
    both = folder / "key-and-chain"
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    shutil.chown(both, "courier")
    script = folder / "start"
    script.write_text(_script(place, personality, both), "utf-8")
    # a mount namespace of its own: where passwords are checked is compiled in
    return Daemon(
        folder.name,
        ("unshare", "--mount", "sh", "-eu", str(script)),
        "servers",
        tuple((address, port) for port in PORTS for address in place.addresses),
    )


def _script(place: Place, personality: Courier, certificate: Path) -> str:
    trouble = f"mount --bind {courier_trouble()} {COURIER_FOLDER}\n"
    listeners = "".join(_listener(place, port, certificate) for port in PORTS)
    return f"{'' if personality.knows_passwords else trouble}{listeners}wait\n"


def _listener(place: Place, port: int, certificate: Path) -> str:
    words = "".join(
        f"{name}={shlex.quote(value)} " for name, value in _environment(port, certificate).items()
    )
    where = ",".join(f"{address}.{port}" for address in place.addresses)
    options = "-nodnslookup -noidentlookup -maxprocs=40 -maxperip=40"
    return f"env {words} /usr/sbin/couriertcpd {options} {where} {_SESSIONS[port]} &\n"


def _environment(port: int, certificate: Path) -> dict[str, str]:
    implicit = port in (993, 995)
    protocol = "IMAP" if port in (143, 993) else "POP3"
    return {
        "IMAP_CAPABILITY": _CAPABILITIES,
        "IMAP_CAPABILITY_TLS": f"{_CAPABILITIES} AUTH=PLAIN",
        "POP3AUTH_TLS": "LOGIN PLAIN",
        f"{protocol}_TLS": str(int(implicit)),
        f"{protocol}_STARTTLS": "NO" if implicit else "YES",
        f"{protocol}_TLS_REQUIRED": str(int(not implicit)),
        "COURIERTLS": "/usr/bin/couriertls",
        "TLS_CERTFILE": str(certificate),
        "TLS_VERIFYPEER": "NONE",
    }
