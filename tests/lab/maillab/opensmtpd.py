"""OpenSMTPD 6.8, whose TLS breaks with OpenSSL 3: every handshake ends in an internal error.

A server as it may stand anywhere (OpenSMTPD issues 1171 and 1239). Nobody can sign in, so it knows
one made-up user. There is one instance: the place of its control socket is compiled in.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from maillab.daemon import Daemon, certificate_files, make_folder
from maillab.personality import Place

PORTS = (25, 465, 587)
_SPOOL = Path("/var/spool/smtpd")
_QUEUES = {"purge": 0o700, "queue": 0o700, "corrupt": 0o700, "temporary": 0o700, "incoming": 0o700}
_QUEUE_USER, _OFFLINE_GROUP = "opensmtpq", "opensmtpq"
_LISTEN = """
listen on {address} port 25 tls pki lab hostname {name}
listen on {address} port 587 tls-require pki lab auth <passwords> hostname {name}
listen on {address} port 465 smtps pki lab auth <passwords> hostname {name}
"""
_CONFIGURATION = """
pki lab cert "{folder}/certificate"
pki lab key "{folder}/key"
table passwords {{ nobody = "$6$nothing$hashes.to.this" }}
{listeners}
action "forget" mda "/bin/true" user nobody
match from any for any action "forget"
"""


def opensmtpd(place: Place) -> Daemon:
    """Write the configuration and return how to start the one instance."""
    folder = make_folder(f"opensmtpd-{place.host.label}")
    for source, name in zip(
        certificate_files(place.host.label), ("certificate", "key"), strict=True
    ):
        shutil.copy(source, folder / name)
    (folder / "key").chmod(0o600)
    _make_spool()
    listeners = "".join(
        _LISTEN.format(address=address, name=place.host.name) for address in place.addresses
    )
    path = folder / "smtpd.conf"
    path.write_text(_CONFIGURATION.format(folder=folder, listeners=listeners), "utf-8")
    return Daemon(
        folder.name,
        ("/usr/sbin/smtpd", "-d", "-f", str(path)),
        "servers",
        tuple((address, port) for address in place.addresses for port in PORTS),
    )


def _make_spool() -> None:
    _SPOOL.mkdir(mode=0o711, parents=True, exist_ok=True)
    for name, mode in _QUEUES.items():
        (_SPOOL / name).mkdir()
        (_SPOOL / name).chmod(mode)
        shutil.chown(_SPOOL / name, _QUEUE_USER, "root")
    (_SPOOL / "offline").mkdir()
    (_SPOOL / "offline").chmod(0o770)
    shutil.chown(_SPOOL / "offline", "root", _OFFLINE_GROUP)
    for path in (Path("/var/empty"), Path("/var/lib/opensmtpd/empty"), Path("/run/smtpd")):
        path.mkdir(parents=True, exist_ok=True)
