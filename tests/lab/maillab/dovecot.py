"""Dovecot for IMAP and POP3: one instance a personality, in the foreground, without the packaged
configuration. It also checks the passwords of Postfix."""

from __future__ import annotations

from pathlib import Path

from maillab.accounts import dovecot_passwords
from maillab.daemon import Daemon, certificate_files, make_folder
from maillab.personality import Dovecot, Place

_LISTENERS = (("imap", 143, 993), ("pop3", 110, 995))

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = {label}
listen = {addresses}
log_path = {folder}/log
auth_debug = yes
protocols = imap pop3
login_greeting = {label} ready.
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
first_valid_uid = 0
mail_location = maildir:~/Maildir
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/passwords
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-reader {{
    mode = 0666
  }}
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener postfix {{
    mode = 0666
  }}
}}
"""

_LISTENER = """
service {protocol}-login {{
  inet_listener {protocol} {{
    port = {plain}
  }}
  inet_listener {protocol}s {{
    port = {implicit}
    ssl = yes
  }}
  chroot =
}}
"""

_TLS = """
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
"""


_JUDGE = """
local answers = dovecot.auth

function auth_password_verify(request, password)
  {}
end

function auth_passdb_lookup(request)
  return answers.PASSDB_RESULT_USER_UNKNOWN, ""
end
"""

_ASK_THE_JUDGE = """
passdb {{
  driver = lua
  args = file={folder}/judge.lua blocking=no
  result_failure = return-fail
  result_internalfail = return-fail
}}
"""


def password_socket(label: str) -> Path:
    """Return the socket where an instance checks passwords for Postfix."""
    return make_folder(f"dovecot-{label}") / "run/postfix"


def dovecot(place: Place, personality: Dovecot) -> Daemon:
    """Write the configuration of one instance and return how to start it."""
    folder = make_folder(f"dovecot-{place.host.label}")
    (folder / "mail").mkdir(exist_ok=True)
    (folder / "mail").chmod(0o777)
    (folder / "passwords").write_text(dovecot_passwords(), "utf-8")
    if personality.judge:
        (folder / "judge.lua").write_text(_JUDGE.format(personality.judge), "utf-8")
    path = folder / "dovecot.conf"
    path.write_text(_configuration(place, personality, folder), "utf-8")
    return Daemon(
        folder.name,
        ("dovecot", "-F", "-c", str(path)),
        "servers",
        tuple((address, port) for address in place.addresses for port in personality.ports),
    )


def _configuration(place: Place, personality: Dovecot, folder: Path) -> str:
    parts = [
        _ASK_THE_JUDGE.format(folder=folder) if personality.judge else "",
        _CONFIGURATION.format(
            folder=folder,
            label=place.host.label,
            addresses=", ".join(place.addresses),
            mechanisms=personality.mechanisms,
        ),
        *(_listener(*ports, personality.ports) for ports in _LISTENERS),
        _tls(place.host.label) if personality.tls else "ssl = no\n",
        *(f"{line}\n" for line in personality.settings),
    ]
    if personality.openssl:
        path = folder / "openssl.cnf"
        path.write_text(personality.openssl, "utf-8")
        # Dovecot clears the environment of its children, but for what is named here
        parts.append(f"import_environment = TZ OPENSSL_CONF={path}\n")
    return "".join(parts)


def _listener(protocol: str, plain: int, implicit: int, ports: tuple[int, ...]) -> str:
    return _LISTENER.format(
        protocol=protocol,
        plain=plain if plain in ports else 0,
        implicit=implicit if implicit in ports else 0,
    )


def _tls(label: str) -> str:
    certificate, key = certificate_files(label)
    return _TLS.format(certificate=certificate, key=key)
