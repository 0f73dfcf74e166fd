"""The main job as a person does it: the real program, real keys, a real Secret Service.

The program is read over AT-SPI, as a screen reader reads it: no test hook in the product.
"""

from __future__ import annotations

import base64
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import secretstorage
from desktop_session import Desktop, missing_programs, run_desktop, wait_for
from jeepney.io.blocking import open_dbus_connection
from screen_reader import ScreenReader

MISSING = missing_programs()

pytestmark = [
    pytest.mark.xserver,
    pytest.mark.secret_service,
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]

USER = "anna@practice.example"
PASSWORD = "plum pie & <two> teas"
FORMS_OF_PASSWORD = (
    PASSWORD,
    base64.b64encode(PASSWORD.encode()).decode(),
    base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode(),
)


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with run_desktop() as running:
        yield running


@pytest.fixture
def reader(desktop: Desktop) -> Iterator[ScreenReader]:
    made = ScreenReader(desktop)
    yield made
    made.close()


def secrets_of(desktop: Desktop) -> dict[str, str]:
    """Return what the Secret Service keeps for Mailcheck: service and secret."""
    connection = open_dbus_connection(bus=desktop.bus_address)
    try:
        collection = secretstorage.get_default_collection(connection)
        items = collection.get_all_items()
        found = {item.get_attributes().get("service", ""): item.get_secret() for item in items}
        return {
            service: secret.decode()
            for service, secret in found.items()
            if service.startswith("mailcheck/")
        }
    finally:
        connection.close()


def go_to(desktop: Desktop, reader: ScreenReader, name: str) -> None:
    """Press Tab until the keyboard is on something of this name.

    Each press waits for its effect: one that is still on its way would move on unseen.
    """

    def look() -> bool:
        before = reader.focused()
        if before is not None and before.name == name:
            return True
        desktop.press("Tab")
        wait_for(lambda: reader.focused() != before, "the keyboard to move")
        return False

    wait_for(look, f"the keyboard on {name!r}")


def fill_in(desktop: Desktop, reader: ScreenReader) -> None:
    """Type the "SSL/TLS on 587" settings with nothing but the keyboard."""
    desktop.press("ctrl+n")
    reader.wait_to_hear("Type settings")
    go_to(desktop, reader, "Type settings")
    desktop.press("Return")
    reader.wait_to_hear("Incoming mail: Server")
    for name, text in (
        ("E-mail address", USER),
        ("Password", PASSWORD),
        ("Incoming mail: Server", "imap.practice.example"),
        ("Incoming mail: User name", USER),
        ("Outgoing mail: Server", "smtp.practice.example"),
    ):
        go_to(desktop, reader, name)
        desktop.type(text)
    go_to(desktop, reader, "Outgoing mail: Port")
    desktop.press("ctrl+a")
    desktop.type("587")
    desktop.press("Tab")  # to the encryption: on Linux Qt names a box by its value alone
    desktop.type("SSL")
    reader.wait_to_hear("Port 587 normally goes with STARTTLS")


def test_from_typing_to_green_saved_reopened_and_deleted(
    desktop: Desktop, reader: ScreenReader
) -> None:
    heard: list[str] = []
    program = desktop.run_mailcheck("--practice")
    window = desktop.focus_window(program)
    reader.wait_to_hear("Practice accounts")

    fill_in(desktop, reader)
    heard.append(reader.heard())
    desktop.press("ctrl+Return")  # Check
    reader.wait_to_hear("You can receive mail, but not send it")
    reader.wait_to_hear("Port 587 starts without encryption, but SSL/TLS is set")
    assert "Sending does not work" in desktop.title(window)
    heard.append(reader.heard())

    desktop.press("ctrl+Return")  # Apply and check again
    reader.wait_to_hear("Everything works")
    heard.append(reader.heard())

    desktop.press("ctrl+s")
    reader.wait_to_hear("The account is saved")
    kept = wait_for(lambda: secrets_of(desktop), "the secret in the keychain")
    assert list(kept.values()) == [PASSWORD]
    assert [service.rpartition("/")[2] for service in kept] == ["incoming"]
    desktop.press("ctrl+q")
    assert program.wait(30) == 0

    program = desktop.run_mailcheck("--account", USER)
    window = desktop.focus_window(program)
    reader.wait_to_hear("Incoming mail: Server")
    desktop.press("ctrl+Return")
    reader.wait_to_hear("Everything works")
    heard.append(reader.heard())
    assert "All fine" in desktop.title(window)

    desktop.press("ctrl+0")
    reader.wait_to_hear("Filter accounts")
    desktop.press("F6", "F6")
    go_to(desktop, reader, "Accounts")
    desktop.press("Down", "Menu", "Up", "Return")  # Delete account, the last in the menu
    reader.wait_to_hear("Its password in the keychain is deleted too")
    desktop.press("shift+Tab", "Return")  # the question begins at the answer that does no harm
    reader.wait_to_hear("Accounts you save appear here")
    wait_for(lambda: not secrets_of(desktop), "the secret to be gone")
    desktop.press("ctrl+q")
    assert program.wait(30) == 0

    everything = "\n".join((*heard, *files_of(desktop)))
    assert not [form for form in FORMS_OF_PASSWORD if form in everything]


def files_of(desktop: Desktop) -> list[str]:
    """Return the text of every file that Mailcheck wrote."""
    home = Path(desktop.environment["MAILCHECK_HOME"])
    return [file.read_text("utf-8") for file in home.rglob("*") if file.is_file()]


def test_closing_in_the_middle_of_a_check_leaves_no_process(
    desktop: Desktop, reader: ScreenReader
) -> None:
    program = desktop.run_mailcheck("--practice")
    desktop.focus_window(program)
    reader.wait_to_hear("Start practice: Port 587 is blocked")
    go_to(desktop, reader, "Start practice: Port 587 is blocked")
    desktop.press("Return")
    reader.wait_to_hear("Incoming mail: Server")
    desktop.press("ctrl+Return")
    reader.wait_to_hear("Checking Port 587 is blocked")
    desktop.press("ctrl+q")
    assert program.wait(30) == 0
    assert program.stdout is not None
    assert program.stdout.read() == ""


def test_a_window_without_any_keychain_says_how_long_a_password_is_kept(
    desktop: Desktop, reader: ScreenReader
) -> None:
    desktop.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    program = desktop.run_mailcheck("--practice")
    desktop.focus_window(program)
    fill_in(desktop, reader)
    reader.wait_to_hear("This computer has no keychain")
    desktop.press("ctrl+s")
    reader.wait_to_hear("The account is saved")
    assert secrets_of(desktop) == {}
    desktop.press("ctrl+q")
    assert program.wait(30) == 0


def test_ctrl_c_in_the_terminal_ends_the_program(desktop: Desktop) -> None:
    program = desktop.run_mailcheck()
    desktop.focus_window(program)
    os.kill(program.pid, signal.SIGINT)
    assert program.wait(30) == -signal.SIGINT


def test_from_the_address_alone_to_green(desktop: Desktop, reader: ScreenReader) -> None:
    """Find, fill, check: nothing is typed but an address and a password."""
    heard: list[str] = []
    program = desktop.run_mailcheck()
    window = desktop.focus_window(program)
    reader.wait_to_hear("Start with your e-mail address")
    reader.wait_to_hear("Nothing is sent before you press the button")
    go_to(desktop, reader, "E-mail address")
    desktop.type(USER)
    desktop.press("Return")  # Find my settings
    reader.wait_to_hear("Your settings are found, and they answer")
    reader.wait_to_hear("Practice: nothing here is real")
    reader.wait_to_hear("Read over verified encryption")
    heard.append(reader.heard())
    go_to(desktop, reader, "Password")
    desktop.type(PASSWORD)
    desktop.press("Return")  # Use and check
    reader.wait_to_hear("Everything works")
    assert "All fine" in desktop.title(window)
    heard.append(reader.heard())
    desktop.press("ctrl+q")
    assert program.wait(30) == 0
    everything = "\n".join((*heard, *files_of(desktop)))
    assert not [form for form in FORMS_OF_PASSWORD if form in everything]


def test_closing_in_the_middle_of_a_search_leaves_no_process(
    desktop: Desktop, reader: ScreenReader
) -> None:
    program = desktop.run_mailcheck()
    desktop.focus_window(program)
    reader.wait_to_hear("Start with your e-mail address")
    go_to(desktop, reader, "E-mail address")
    desktop.type(USER)
    desktop.press("Return", "ctrl+q")
    assert program.wait(30) == 0
    assert program.stdout is not None
    assert program.stdout.read() == ""
