"""A desktop for one test: an X server, a session bus, and a real, unlocked Secret Service.

Everything runs in a folder of its own and ends with the test. Keys are pressed with xdotool
through the XTEST extension, so they go the way that a keyboard's go.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from jeepney import DBusAddress, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NEEDED = ("Xvfb", "xdotool", "dbus-run-session", "gnome-keyring-daemon", "at-spi-bus-launcher")
"""The programs without which there is no desktop."""

PATIENCE = 60.0
"""Seconds until something that should happen is given up."""

_Found = TypeVar("_Found")


def missing_programs() -> list[str]:
    """Return the needed programs that this machine does not have."""
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/libexec"])
    return [name for name in NEEDED if shutil.which(name, path=places) is None]


def wait_for(look: Callable[[], _Found | None], what: str) -> _Found:
    """Look again and again until there is something to see."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {PATIENCE:.0f} s for {what}")


@dataclass
class Desktop:
    """A running desktop. `environment` is what programs on it get."""

    environment: dict[str, str]
    bus_address: str
    programs: list[subprocess.Popen[str]] = field(default_factory=list)

    def run_mailcheck(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the real program."""
        program = subprocess.Popen(
            [sys.executable, "-m", "mailcheck_gui", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.programs.append(program)
        return program

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def focus_window(self, program: subprocess.Popen[str]) -> str:
        """Wait for the program's window, give it the keyboard, and return its id.

        There is no window manager here, so nobody else would.
        """

        def look() -> str:
            assert program.poll() is None, program.communicate()[0]
            words = ("search", "--onlyvisible", "--name", ".")
            return self._xdotool(*words).partition("\n")[0]

        window = wait_for(look, "the window")
        self._xdotool("windowfocus", "--sync", window)
        return window

    def title(self, window: str) -> str:
        """Return the title of a window."""
        return self._xdotool("getwindowname", window)

    def press(self, *keys: str) -> None:
        """Press keys, by the names that xdotool has for them."""
        self._xdotool("key", "--delay", "20", *keys)

    def type(self, text: str) -> None:
        """Type a text key by key."""
        self._xdotool("type", "--delay", "12", "--", text)


@contextlib.contextmanager
def run_desktop() -> Iterator[Desktop]:
    """Start a desktop, and end everything that runs on it."""
    with contextlib.ExitStack() as stack:
        environment = stack.enter_context(_home())
        environment["DISPLAY"] = stack.enter_context(_x_server())
        address = stack.enter_context(_secret_service(environment))
        desktop = Desktop(environment, address)
        stack.callback(lambda: [_end(program) for program in desktop.programs])
        yield desktop


@contextlib.contextmanager
def run_secret_service() -> Iterator[str]:
    """Start a session bus with an unlocked Secret Service and no screen; return its address."""
    with _home() as environment, _secret_service(environment) as address:
        yield address


@contextlib.contextmanager
def _home() -> Iterator[dict[str, str]]:
    """Return the environment of a person without any files yet."""
    with tempfile.TemporaryDirectory(prefix="mailcheck-desktop-") as home:
        yield _environment(Path(home))


@contextlib.contextmanager
def _secret_service(environment: dict[str, str]) -> Iterator[str]:
    with _session_bus(environment) as address:
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        with _keyring(environment):
            yield address


def _environment(home: Path) -> dict[str, str]:
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "MAILCHECK_HOME": str(home / "mailcheck"),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONFAULTHANDLER": "1",
    }


@contextlib.contextmanager
def _x_server() -> Iterator[str]:
    """Run an X server that does not begin anew, and refuse callers, after its last client left."""
    reader, writer = os.pipe()
    screen = ["-screen", "0", "1280x900x24", "-noreset", "-nolisten", "tcp"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), *screen],
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb gave no display"
        yield f":{number}"
    finally:
        _end(server)


@contextlib.contextmanager
def _session_bus(environment: dict[str, str]) -> Iterator[str]:
    """Hold a session open: it ends when the shell's standard input is closed."""
    session = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", "echo $DBUS_SESSION_BUS_ADDRESS; read line"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert session.stdin is not None
    assert session.stdout is not None
    try:
        yield session.stdout.readline().strip()
    finally:
        session.stdin.close()  # the shell ends, and dbus-run-session ends its bus: no signal
        with contextlib.suppress(subprocess.TimeoutExpired):
            session.wait(10)
        _end(session)


@contextlib.contextmanager
def _keyring(environment: dict[str, str]) -> Iterator[None]:
    """Run GNOME's Secret Service, unlocked with a password of its own."""
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdin is not None
    daemon.stdin.write("the password of the log-in")
    daemon.stdin.close()
    try:
        with open_dbus_connection(bus=environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            wait_for(lambda: _is_unlocked(connection), "the Secret Service")
        yield
    finally:
        _end(daemon)


def _is_unlocked(connection: DBusConnection) -> bool:
    """Whether the service is on the bus with an open default collection.

    Asked for too early, the bus would start a second, locked one.
    """
    name = "org.freedesktop.secrets"
    (owned,) = connection.send_and_get_reply(message_bus.NameHasOwner(name)).body
    if not owned:
        return False
    service = DBusAddress("/org/freedesktop/secrets", name, "org.freedesktop.Secret.Service")
    alias = new_method_call(service, "ReadAlias", "s", ("default",))
    (path,) = connection.send_and_get_reply(alias).body
    if path == "/":
        return False
    collection = DBusAddress(path, name, "org.freedesktop.Secret.Collection")
    (locked,) = connection.send_and_get_reply(Properties(collection).get("Locked")).body
    return not locked[1]


def _end(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
    if process.stdout is not None:
        process.stdout.close()
