"""Cyrus for IMAP and POP3: one instance a personality. A server of the lab checks its passwords."""

from __future__ import annotations

import shutil
from pathlib import Path

from maillab.daemon import Daemon, certificate_files, make_folder
from maillab.password_server import cyrus_socket
from maillab.personality import Cyrus, Place

_USER, _GROUP = "cyrus", "mail"
_FOLDERS = ("configuration", "configuration/socket", "configuration/log", "spool", "proc")
_SERVICES = (
    ("imap", "imapd", 143),
    ("imaps", "imapd -s", 993),
    ("pop3", "pop3d", 110),
    ("pop3s", "pop3d -s", 995),
)

_CONFIGURATION = """
configdirectory: {folder}/configuration
defaultpartition: default
partition-default: {folder}/spool
proc_path: {folder}/proc
mboxname_lockpath: {folder}/configuration/lock
cyrus_user: {user}
cyrus_group: {group}
servername: {name}
admins: nobody-of-the-lab
virtdomains: userid
defaultdomain: defaultdomain.invalid
unixhierarchysep: yes
autocreate_quota: 0
autocreate_post: 0
allowplaintext: no
sasl_pwcheck_method: saslauthd
sasl_saslauthd_path: {passwords}
sasl_mech_list: PLAIN LOGIN
failedloginpause: 0
syslog_prefix: {label}
"""
# A user of the default domain is looked up without it: one that no mailbox has keeps names whole.

_TLS = """
tls_server_cert: {folder}/certificate
tls_server_key: {folder}/key
tls_session_timeout: 0
"""


def cyrus(place: Place, personality: Cyrus) -> Daemon:
    """Write the configuration of one instance and return how to start it."""
    folder = make_folder(f"cyrus-{place.host.label}")
    for name in _FOLDERS:
        (folder / name).mkdir()
    sockets = Path("/run/cyrus/socket")
    sockets.mkdir(parents=True, exist_ok=True)
    (folder / "imapd.conf").write_text(_configuration(place, personality, folder), "utf-8")
    (folder / "cyrus.conf").write_text(_services(place, personality, folder), "utf-8")
    for path in (sockets.parent, sockets, folder, *folder.rglob("*")):
        shutil.chown(path, _USER, _GROUP)
    command = ("/usr/lib/cyrus/bin/master", "-D", "-C", "imapd.conf", "-M", "cyrus.conf",
               "-p", "master.pid")  # fmt: skip
    return Daemon(
        folder.name,
        tuple(str(folder / word) if "." in word else word for word in command),
        "servers",
        tuple((address, port) for port in personality.ports for address in place.addresses),
        {"CYRUS_USER": _USER},
    )


def _configuration(place: Place, personality: Cyrus, folder: Path) -> str:
    text = _CONFIGURATION.format(
        folder=folder,
        user=_USER,
        group=_GROUP,
        name=place.host.name,
        label=place.host.label,
        passwords=cyrus_socket(in_trouble=not personality.knows_passwords),
    )
    text += "".join(f"{line}\n" for line in personality.settings)
    if not personality.tls:
        return text
    for source, name in zip(
        certificate_files(place.host.label), ("certificate", "key"), strict=True
    ):
        shutil.copy(source, folder / name)
    return text + _TLS.format(folder=folder)


def _services(place: Place, personality: Cyrus, folder: Path) -> str:
    lines = [
        f'  {name}{index} cmd="/usr/lib/cyrus/bin/{program} -C {folder}/imapd.conf"'
        f' listen="[{address}]:{port}" proto="tcp{"6" if ":" in address else "4"}" prefork=0'
        for name, program, port in _SERVICES
        if port in personality.ports
        for index, address in enumerate(place.addresses)
    ]
    return "START {\n}\nSERVICES {\n" + "\n".join(lines) + "\n}\nEVENTS {\n}\n"
