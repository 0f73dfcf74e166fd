"""Postfix: one master for all hosts, one line in master.cf for every address and port."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from pwd import getpwnam

from maillab.accounts import postfix_mailboxes
from maillab.daemon import Daemon, certificate_files, make_folder
from maillab.dovecot import password_socket
from maillab.hosts import PASSWORD_CHECKER, POST_OFFICE
from maillab.personality import Host, Place, Postfix

_QUEUE_FOLDERS = (
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private",
    "saved", "trace",
)  # fmt: skip

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
meta_directory = /etc/postfix
maillog_file_prefixes = {folder}
maillog_file = {folder}/log
mail_owner = postfix
setgid_group = postdrop
inet_protocols = all
mydestination =
virtual_mailbox_domains = example.test
virtual_transport = discard:
virtual_mailbox_base = {mail}
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_uid_maps = static:{nobody}
virtual_gid_maps = static:{nobody}
virtual_minimum_uid = 1
default_transport = discard:
alias_maps =
alias_database =
smtpd_recipient_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_type = dovecot
smtpd_peername_lookup = no
smtpd_tls_loglevel = 1
smtpd_tls_session_cache_database =
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
"""

_SERVICES = """
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
tlsmgr    unix  - - n 1000? 1 tlsmgr
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
proxymap  unix  - - n - - proxymap
virtual   unix  - n n - - virtual
discard   unix  - - n - - discard
anvil     unix  - - n - 1 anvil
postlog   unix-dgram n - n - 1 postlogd
"""


def postfix(rows: list[tuple[Place, Postfix]]) -> Daemon:
    """Write the configuration for all hosts and return how to start Postfix."""
    folder = make_folder("postfix")
    _make_queue(folder)
    settings = folder / "configuration"
    settings.mkdir()
    (settings / "main.cf").write_text(_MAIN.format(**_places(folder)), "utf-8")
    (folder / "mailboxes").write_text(postfix_mailboxes(), "utf-8")
    lines = "".join(_listener(place, port, changes)
                    for place, personality in rows
                    for port, changes in personality.ports.items())  # fmt: skip
    (settings / "master.cf").write_text(_SERVICES + lines, "utf-8")
    for name in ("main.cf", "master.cf"):
        os.utime(settings / name, (1e9, 1e9))  # Postfix waits 2 s for a file just edited
    return Daemon(
        "postfix",
        ("/usr/lib/postfix/sbin/master", "-c", str(settings), "-d"),
        "servers",
        tuple(
            (address, port)
            for place, personality in rows
            for port in personality.ports
            for address in place.addresses
        ),
        {"MAIL_CONFIG": str(settings)},
    )


def _listener(place: Place, port: int, changes: dict[str, str]) -> str:
    certificate, key = certificate_files(place.host.label)
    settings = {
        "myhostname": place.host.name,
        "syslog_name": f"postfix/{place.host.label}",
        "smtpd_tls_chain_files": f"{key},{certificate}",
        "smtpd_tls_security_level": "encrypt" if port == 465 else "may",
        "smtpd_tls_wrappermode": "yes" if port == 465 else "no",
        "smtpd_sasl_auth_enable": "no" if port == 25 else "yes",
        "smtpd_sasl_path": str(password_socket(_password_checker(place.host))),
        "smtpd_tls_auth_only": "yes",
        "content_filter": "virtual:" if place.host.label == POST_OFFICE else "",
        **changes,
    }
    options = "".join(f"  -o {{ {name} = {value} }}\n" for name, value in settings.items())
    listeners = (place.v4, f"[{place.v6}]")
    return "".join(f"{address}:{port} inet n - n - - smtpd\n{options}" for address in listeners)


def _places(folder: Path) -> dict[str, object]:
    mail = make_folder(f"dovecot-{POST_OFFICE}") / "mail"
    return {"folder": folder, "mail": mail, "nobody": getpwnam("nobody").pw_uid}


def _password_checker(host: Host) -> str:
    """Return the label of the host whose Dovecot checks passwords."""
    own = host.dovecot is not None and host.dovecot.for_postfix
    return host.label if own else PASSWORD_CHECKER


def _make_queue(folder: Path) -> None:
    for name in ("spool", "data", "spool/pid"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix", "postfix")
    for name in _QUEUE_FOLDERS:
        _make_owned(folder / "spool" / name, "postfix", 0o700)
    _make_owned(folder / "spool/maildrop", "postdrop", 0o1730)
    _make_owned(folder / "spool/public", "postdrop", 0o2710)


def _make_owned(path: Path, group: str, mode: int) -> None:
    path.mkdir()
    shutil.chown(path, "postfix", group)
    path.chmod(mode)
