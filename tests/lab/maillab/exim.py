"""Exim: submission and relay ports of one host, which accepts and forgets what it is sent."""

from __future__ import annotations

import shutil

from maillab.accounts import DOMAIN, exim_passwords
from maillab.daemon import Daemon, certificate_files, make_folder
from maillab.personality import Exim, Place

PORTS = (25, 465, 587)
_USER = "Debian-exim"

_CONFIGURATION = r"""
primary_hostname = @NAME@
spool_directory = @FOLDER@/spool
log_file_path = @FOLDER@/log/%slog
pid_file_path = @FOLDER@/exim.pid
local_interfaces = <; @ADDRESSES@
daemon_smtp_ports = 25 : 465 : 587
tls_on_connect_ports = 465
tls_advertise_hosts = *
tls_certificate = @FOLDER@/certificate
tls_privatekey = @FOLDER@/key
auth_advertise_hosts = ${if def:tls_in_cipher {*}{}}
host_lookup =
rfc1413_query_timeout = 0s
smtp_enforce_sync = true
smtp_accept_max_per_host = 100
keep_environment =
acl_smtp_rcpt = recipient
begin acl
recipient:
@RECIPIENT@
  accept authenticated = *
  accept domains = @DOMAIN@
  deny message = relay not permitted
note_sign_in:
  accept logwrite = sign-in user=$acl_arg1
begin routers
all:
  driver = accept
  transport = nowhere
begin transports
nowhere:
  driver = appendfile
  file = /dev/null
  user = Debian-exim
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if and{{acl{{note_sign_in}{$auth2}}}{eq{${base64:$auth3}}{${lookup{$auth2}lsearch{@FOLDER@/passwords}}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${if and{{acl{{note_sign_in}{$auth1}}}{eq{${base64:$auth2}}{${lookup{$auth1}lsearch{@FOLDER@/passwords}}}}}}
  server_set_id = $auth1
"""  # noqa: E501 - Exim's conditions cannot be broken


def exim(place: Place, personality: Exim) -> Daemon:
    """Write the configuration of one instance and return how to start it."""
    folder = make_folder(f"exim-{place.host.label}")
    for name in ("spool", "log"):
        (folder / name).mkdir()
        shutil.chown(folder / name, _USER, _USER)
    for source, name in zip(
        certificate_files(place.host.label), ("certificate", "key"), strict=True
    ):
        shutil.copy(source, folder / name)
        shutil.chown(folder / name, _USER)
    if personality.knows_passwords:
        (folder / "passwords").write_text(exim_passwords(), "utf-8")
    text = _CONFIGURATION
    for name, value in (
        ("@NAME@", place.host.name),
        ("@FOLDER@", str(folder)),
        ("@ADDRESSES@", " ; ".join(place.addresses)),
        ("@DOMAIN@", DOMAIN),
        ("@RECIPIENT@", personality.recipient),
    ):
        text = text.replace(name, value)
    path = folder / "exim.conf"
    path.write_text(text, "utf-8")
    return Daemon(
        folder.name,
        ("/usr/sbin/exim4", "-bdf", "-C", str(path)),
        "servers",
        tuple((address, port) for address in place.addresses for port in PORTS),
    )
