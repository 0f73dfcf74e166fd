"""Another mail program: signs in, holds its session while a command runs, and leaves after it.

    python rival.py imap|pop3 HOST PORT USER COMMAND...

The password is the first line of standard input, which the command gets whole.
"""

from __future__ import annotations

import imaplib
import poplib
import ssl
import subprocess
import sys
from contextlib import closing

_TIMEOUT = 30.0


def main(protocol: str, host: str, port: int, user: str, *command: str) -> int:
    """Hold a session, run the command, return its exit status."""
    text = sys.stdin.read()
    sign_in = {"imap": _imap, "pop3": _pop3}[protocol]
    with sign_in(host, port, user, text.partition("\n")[0]):
        return subprocess.run(command, input=text, text=True, check=False).returncode


def _imap(host: str, port: int, user: str, password: str) -> imaplib.IMAP4:
    client = imaplib.IMAP4_SSL(host, port, ssl_context=_trust(), timeout=_TIMEOUT)
    client.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
    return client


def _pop3(host: str, port: int, user: str, password: str) -> closing[poplib.POP3]:
    client = poplib.POP3_SSL(host, port, context=_trust(), timeout=_TIMEOUT)
    client.user(user)
    client.pass_(password)
    return closing(client)


def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:]))
