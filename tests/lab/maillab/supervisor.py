"""PID 1 of the lab: mounts, certificates, networks, servers; then it waits until it is ended.

    python -m maillab.supervisor READY_FD

When everything listens it writes one line to the file descriptor: "ready", or what went wrong.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from maillab import filesystem, networks
from maillab.certificates import Authority
from maillab.courier import courier
from maillab.cyrus import cyrus
from maillab.daemon import Daemon, make_folder
from maillab.dns import resolver
from maillab.dovecot import dovecot
from maillab.exim import exim
from maillab.hosts import places
from maillab.opensmtpd import opensmtpd
from maillab.places import IMPORT_ROOT, INSIDE, READY_MARK, namespace
from maillab.postfix import postfix
from maillab.scripted import scripted

_START_LIMIT = 40.0
_POLL = 0.01
_LISTENING = "0A"


class StartError(Exception):
    """A part of the lab did not start."""


def main(ready_fd: int) -> None:
    """Build the lab, say so, and reap children until SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # the kernel ends all the rest
    try:
        build()
        outcome = READY_MARK
    except (StartError, RuntimeError, OSError) as error:
        outcome = f"{type(error).__name__}: {error}"
    with os.fdopen(ready_fd, "w") as pipe:
        pipe.write(" ".join(outcome.split()) + "\n")
    while outcome == READY_MARK:
        try:
            os.wait()
        except ChildProcessError:
            signal.pause()


def build() -> None:
    """Build everything. Raises StartError where a server does not come up."""
    filesystem.make_private()
    _write_certificates()
    networks.make_namespaces()
    _start_wire()
    networks.connect_namespaces()
    networks.load_firewall()
    started = [(daemon, _start(daemon)) for daemon in _daemons()]
    deadline = time.monotonic() + _START_LIMIT
    for daemon, process in started:
        _await_listening(daemon, process, deadline)


def log_path(name: str) -> Path:
    """Return where a daemon's standard output and error go."""
    return INSIDE / "logs" / f"{name}.log"


def _write_certificates() -> None:
    folder = make_folder("certificates")
    authority = Authority()
    authority.write_root(folder)
    for host in (place.host for place in places()):
        for label, kind in host.certificates.items():
            authority.write(folder, label, kind.names or (host.name,), kind)
    for path in folder.iterdir():
        path.chmod(0o644)  # servers read them as users of their own


def _start_wire() -> None:
    profile = INSIDE / "profile.json"
    profile.write_text(json.dumps(networks.default_profile()), "utf-8")
    command = (sys.executable, "-m", "maillab.wire", str(profile), str(INSIDE / "capture.pcap"))
    process = _start(Daemon("wire", command, ""))
    (INSIDE / "wire.pid").write_text(str(process.pid), "utf-8")
    deadline = time.monotonic() + _START_LIMIT
    while READY_MARK not in log_path("wire").read_text("utf-8"):
        _pause_or_fail("wire", process, deadline)


def _daemons() -> list[Daemon]:
    rows = [(place, place.host) for place in places()]
    daemons = [resolver(), scripted()]
    daemons += [dovecot(place, host.dovecot) for place, host in rows if host.dovecot]
    daemons += [exim(place, host.exim) for place, host in rows if host.exim]
    daemons += [opensmtpd(place) for place, host in rows if host.opensmtpd]
    daemons += [cyrus(place, host.cyrus) for place, host in rows if host.cyrus]
    daemons += [courier(place, host.courier) for place, host in rows if host.courier]
    smtp = [(place, host.postfix) for place, host in rows if host.postfix]
    return [*daemons, postfix(smtp)]


def _start(daemon: Daemon) -> subprocess.Popen[bytes]:
    inside = ("nsenter", f"--net={namespace(daemon.namespace)}") if daemon.namespace else ()
    log = log_path(daemon.name)
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as output:
        return subprocess.Popen(
            (*inside, *daemon.command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,
            env={
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG": "C.UTF-8",
                "PYTHONPATH": str(IMPORT_ROOT),
                **daemon.environment,
            },
        )


def _await_listening(daemon: Daemon, process: subprocess.Popen[bytes], deadline: float) -> None:
    wanted = set(daemon.listens)
    while not wanted <= _listeners(process.pid):
        _pause_or_fail(daemon.name, process, deadline)


def _pause_or_fail(name: str, process: subprocess.Popen[bytes], deadline: float) -> None:
    if process.poll() is not None or time.monotonic() > deadline:
        state = "is not ready" if process.poll() is None else f"ended ({process.returncode})"
        raise StartError(f"{name} {state}: {log_path(name).read_text('utf-8', 'replace')[-800:]}")
    time.sleep(_POLL)


def _listeners(pid: int) -> set[tuple[str, int]]:
    """Return address and port of every listening socket in a process's network namespace.

    Reading the kernel's table asks nothing of the servers, so nothing appears in their logs. A
    process that has ended listens nowhere.
    """
    found = set()
    for table in (Path(f"/proc/{pid}/net/{name}") for name in ("tcp", "tcp6")):
        for line in table.read_text("ascii").splitlines()[1:] if table.exists() else []:
            columns = line.split()
            if columns[3] == _LISTENING:
                address, port = columns[1].split(":")
                found.add((_readable(address), int(port, 16)))
    return found


def _readable(address: str) -> str:
    """Return an address of /proc/net/tcp, hexadecimal words in host byte order, as text."""
    words = bytes.fromhex(address)
    ordered = b"".join(words[i : i + 4][::-1] for i in range(0, len(words), 4))
    family = socket.AF_INET if len(ordered) == 4 else socket.AF_INET6
    return socket.inet_ntop(family, ordered)


if __name__ == "__main__":
    main(int(sys.argv[1]))
