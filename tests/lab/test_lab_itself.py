"""The lab's own tests: the servers answer as the table says, and a leak would be seen."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from labcheck.contract import violations
from labcheck.leaks import leaks
from maillab.accounts import mailbox
from maillab.capture import CaptureReader
from maillab.handle import Lab, up
from maillab.hosts import place
from maillab.networks import default_profile
from maillab.sign_ins import attempts

# What a stock Python client sees, said in one word a line.
CLIENT = """
import imaplib, poplib, smtplib, socket, ssl, sys
kind, host, port, user, password, limit = *sys.argv[1:6], float(sys.argv[6])
trust = ssl.create_default_context()
try:
    if kind == "imaps":
        client = imaplib.IMAP4_SSL(host, int(port), ssl_context=trust, timeout=limit)
        client.authenticate("PLAIN", lambda _: f"\\0{user}\\0{password}".encode())
    elif kind == "imap":
        client = imaplib.IMAP4(host, int(port), timeout=limit)
        client.starttls(trust)
        client.login(user, password)
    elif kind == "pop3s":
        client = poplib.POP3_SSL(host, int(port), context=trust, timeout=limit)
        client.user(user)
        client.pass_(password)
    elif kind == "pop3":
        client = poplib.POP3(host, int(port), timeout=limit)
        client.stls(trust)
        client.user(user)
        client.pass_(password)
    elif kind == "smtps":
        smtplib.SMTP_SSL(host, int(port), context=trust, timeout=limit).login(user, password)
    elif kind == "smtp":
        client = smtplib.SMTP(host, int(port), timeout=limit)
        client.starttls(context=trust)
        client.login(user, password)
    elif kind == "tls":
        trust.wrap_socket(socket.create_connection((host, int(port)), limit), server_hostname=host)
    elif kind == "plain":
        print(socket.create_connection((host, int(port)), limit).recv(200).decode().strip())
    elif kind == "clear":
        line = socket.create_connection((host, int(port)), limit)
        line.sendall(f"a LOGIN {user} {password}\\r\\n".encode())
        line.recv(200)
    print("ok")
except Exception as error:
    print(type(error).__name__, error)
"""


SEND = """
import socket, sys
socket.create_connection((sys.argv[1], int(sys.argv[2]))).sendall(sys.argv[3].encode())
"""


def ask(lab: Lab, kind: str, host: str, port: int, box: int = 0, *, limit: float = 60.0) -> str:
    """Return what a stock client says about a port, within so many seconds a step."""
    who = mailbox(box)
    words = [sys.executable, "-c", CLIENT, kind, host, str(port), who.address, who.password]
    words.append(str(limit))
    result = subprocess.run(
        lab.command(words), env=lab.environment(), text=True, capture_output=True, check=True
    )
    return result.stdout.strip()


SERVERS = [
    ("imaps", "imap.example.test", 993, "ok"),
    ("imap", "imap.example.test", 143, "ok"),
    ("pop3s", "imap.example.test", 995, "ok"),
    ("pop3", "imap.example.test", 110, "ok"),
    ("smtps", "smtp.example.test", 465, "ok"),
    ("smtp", "smtp.example.test", 587, "ok"),
    ("smtps", "exim.example.test", 465, "ok"),
    ("smtp", "exim.example.test", 587, "ok"),
    ("imaps", "cyrus.example.test", 993, "ok"),
    ("imap", "cyrus.example.test", 143, "ok"),
    ("pop3s", "cyrus.example.test", 995, "ok"),
    ("pop3", "cyrus.example.test", 110, "ok"),
    ("imaps", "courier.example.test", 993, "ok"),
    ("imap", "courier.example.test", 143, "ok"),
    ("pop3s", "courier.example.test", 995, "ok"),
    ("pop3", "courier.example.test", 110, "ok"),
    ("tls", "smtp.example.test", 587, "wrong version number"),
    ("tls", "closed.example.test", 993, "refused"),
    ("tls", "reset465.example.test", 465, "refused"),
    ("tls", "absent.example.test", 993, "No route to host"),
    ("tls", "nothing.example.test", 993, "not known"),
    ("tls", "addressless.example.test", 993, "No address"),
    ("tls", "imap.broken.test", 993, "Temporary failure"),
    ("tls", "expired.example.test", 993, "certificate has expired"),
    ("tls", "future.example.test", 993, "not yet valid"),
    ("tls", "self-signed.example.test", 993, "self-signed certificate"),
    ("tls", "stranger.example.test", 993, "self-signed certificate in certificate chain"),
    ("tls", "old-name.example.test", 993, "not valid for 'old-name.example.test'"),
    ("tls", "new-name.example.test", 993, "ok"),
    ("tls", "weak-key.example.test", 993, "key too weak"),
    ("tls", "expires-soon.example.test", 993, "ok"),
    ("tls", "tls10.example.test", 993, "SSL"),
    ("tls", "tls10-smtp.example.test", 465, "SSL"),
    ("tls", "alert.example.test", 993, "handshake failure"),
    ("plain", "preauth.example.test", 143, "* PREAUTH"),
    ("plain", "turnedaway.example.test", 25, "554 5.7.1"),
    ("plain", "ssh.example.test", 143, "SSH-2.0"),
    ("plain", "odd.example.test", 2143, "+OK"),
    ("plain", "hangup.example.test", 143, "reset"),
    ("imap", "refused-imap.example.test", 143, "establish TLS"),
    ("imap", "no-starttls-imap.example.test", 143, "TLS not supported"),
    ("smtp", "masked-smtp.example.test", 587, "STARTTLS extension not supported"),
    ("pop3", "refused-pop3.example.test", 110, "TLS not available"),
    ("smtp", "notls.example.test", 587, "STARTTLS extension not supported"),
    ("imap", "login-disabled.example.test", 143, "TLS not supported"),
]


@pytest.mark.parametrize(("kind", "host", "port", "answer"), SERVERS)
def test_server_answers_as_the_table_says(
    lab: Lab, kind: str, host: str, port: int, answer: str
) -> None:
    assert answer in ask(lab, kind, host, port)


def test_server_logs_tell_who_signed_in(lab: Lab) -> None:
    ask(lab, "imaps", "imap.example.test", 993, box=1)
    ask(lab, "smtps", "smtp.example.test", 465, box=1)
    ask(lab, "smtps", "exim.example.test", 465, box=1)
    assert attempts(lab, mailbox(1).address) == {"incoming": 1, "outgoing": 2}


def test_requests_to_the_web_are_noted(lab: Lab) -> None:
    url = "https://autoconfig.autoconfig-host.test/mail/config-v1.1.xml?emailaddress=noted@x.test"
    fetch = f"import urllib.request; print(urllib.request.urlopen({url!r}, b'noted body').status)"
    words = lab.command([sys.executable, "-c", fetch])
    result = subprocess.run(
        words, env=lab.environment(), text=True, capture_output=True, check=True
    )
    assert result.stdout == "200\n"
    requests = lab.inside("logs/scripted.log").read_text("utf-8")
    assert f"web POST {url}" in requests
    assert "noted body" in requests


def test_password_in_the_clear_is_found(lab: Lab, capture: CaptureReader) -> None:
    ask(lab, "clear", "plain.example.test", 143, box=2)
    assert leaks(capture, mailbox(2).password)
    assert leaks(capture, mailbox(2).address)


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_password_in_base64_is_found(lab: Lab, capture: CaptureReader, shift: int) -> None:
    secret = f"only here {shift} \u00e9"
    disguised = base64.b64encode(b"\0" * shift + secret.encode() + b"more").decode()
    words = [sys.executable, "-c", SEND, place("plain").v4, "143", disguised]
    subprocess.run(lab.command(words), check=True)
    assert leaks(capture, secret)


def test_password_inside_tls_is_not_found(lab: Lab, capture: CaptureReader) -> None:
    assert ask(lab, "imap", "imap.example.test", 143, box=3) == "ok"
    assert leaks(capture, mailbox(3).password) == []


RULE = """
table inet more {
  chain c {
    type filter hook forward priority 0;
    ip daddr 203.0.113.0/24 tcp dport 2526 reject with icmp admin-prohibited;
  }
}
"""


def test_rules_can_be_switched(lab: Lab) -> None:
    address = place("closed").v4
    assert "refused" in ask(lab, "plain", address, 2526)
    lab.nft(RULE)
    assert "No route to host" in ask(lab, "plain", address, 2526)
    lab.nft()
    assert "refused" in ask(lab, "plain", address, 2526)


def test_lines_can_be_switched(lab: Lab) -> None:
    address = place("turnedaway").v4
    lab.delay({**default_profile(), address: {"loss": 1.0}})
    assert "timed out" in ask(lab, "plain", address, 25, limit=2.0)
    lab.delay(default_profile())
    assert "554" in ask(lab, "plain", address, 25)


def test_contract_names_what_is_missing() -> None:
    assert "report.verdict: missing" in violations({})
    assert violations({"version": 2}, {"version": int, "more": str}) == ["report.more: missing"]


@pytest.fixture
def second_lab() -> Iterator[Lab]:
    """A lab beside the session's: same names, same addresses, nothing shared."""
    lab = up()
    yield lab
    if Path(f"/proc/{lab.pid}").exists():
        lab.down()


def network_links() -> set[Path]:
    """The machine's own network devices."""
    return set(Path("/sys/class/net").iterdir())


def test_nothing_is_left_when_the_lab_is_killed(lab: Lab, second_lab: Lab) -> None:
    mounts, links = Path("/proc/self/mounts").read_text(), network_links()
    children = Path(f"/proc/{second_lab.pid}/task/{second_lab.pid}/children").read_text().split()
    assert children
    os.kill(second_lab.pid, signal.SIGKILL)
    assert second_lab.process is not None
    second_lab.process.wait(10)
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
    assert Path("/proc/self/mounts").read_text() == mounts
    assert network_links() == links
