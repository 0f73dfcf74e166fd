"""Reads the window as a screen reader does: over AT-SPI, from another process.

What is asserted with this is what a blind person hears. It needs no hook in the program, and a
label that only eyes can see would fail the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop_session import Desktop, wait_for
from jeepney import DBusAddress, DBusErrorResponse, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_SHOWING = 25  # ATSPI_STATE_SHOWING
_FOCUSED = 12  # ATSPI_STATE_FOCUSED
_ON_SCREEN = 0  # ATSPI_COORD_TYPE_SCREEN

Place = tuple[str, str]


@dataclass(frozen=True)
class Item:
    """One thing that can be heard."""

    role: str
    name: str
    focused: bool
    place: Place


class ScreenReader:
    """A connection to the accessibility bus of a desktop."""

    def __init__(self, desktop: Desktop) -> None:
        self._session = open_dbus_connection(bus=desktop.bus_address)
        bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        (address,) = _call(self._session, bus, "GetAddress")
        self._bus = open_dbus_connection(bus=address)

    def close(self) -> None:
        """Close both connections."""
        self._bus.close()
        self._session.close()

    def items(self) -> list[Item]:
        """Return everything that is showing in every window of every program."""
        return list(self._walk(_REGISTRY, top=True))

    def heard(self) -> str:
        """Return all names, one a line."""
        return "\n".join(item.name for item in self.items() if item.name)

    def wait_to_hear(self, words: str) -> Item:
        """Wait until something says these words, and return it."""

        def look() -> Item | None:
            return next((item for item in self.items() if words in item.name), None)

        try:
            return wait_for(look, f"the words {words!r}")
        except AssertionError as error:
            raise AssertionError(f"{error}; heard instead:\n{self.heard()}") from None

    def wait_for(self, name: str) -> Item:
        """Wait until something is called exactly so, and return it."""

        def look() -> Item | None:
            return next((item for item in self.items() if item.name == name), None)

        return wait_for(look, f"something called {name!r}")

    def centre(self, item: Item) -> tuple[int, int]:
        """Return the middle of an item, in pixels of the screen: where a mouse would press."""
        address = DBusAddress(item.place[1], item.place[0], "org.a11y.atspi.Component")
        ((x, y, width, height),) = _send(
            self._bus, new_method_call(address, "GetExtents", "u", (_ON_SCREEN,))
        )
        return x + width // 2, y + height // 2

    def wait_for_silence_about(self, words: str) -> None:
        """Wait until nothing says these words any more."""
        wait_for(lambda: words not in self.heard(), f"{words!r} to go")

    def focused(self) -> Item | None:
        """Return where the keyboard is. Qt calls the current entry of any list focused as well."""
        entries = ("list item", "cell")
        on = [item for item in self.items() if item.focused and item.role not in entries]
        return on[-1] if on else None  # the innermost: the line in an editable box

    def _walk(self, place: Place, *, top: bool = False) -> Iterator[Item]:
        try:
            if not top:
                item, showing = self._look(place)
                if not showing and item.role != "application":
                    return
                yield item
            (children,) = _call(
                self._bus, DBusAddress(place[1], place[0], _ACCESSIBLE), "GetChildren"
            )
        except DBusErrorResponse:
            return  # it went away while it was looked at
        for child in children:
            yield from self._walk(child)

    def _look(self, place: Place) -> tuple[Item, bool]:
        address = DBusAddress(place[1], place[0], _ACCESSIBLE)
        reply = _send(self._bus, Properties(address).get("Name"))
        name = reply[0][1]
        (role,) = _call(self._bus, address, "GetRoleName")
        ((low, _high),) = _call(self._bus, address, "GetState")
        focused = bool(low & (1 << _FOCUSED))
        return Item(role, name, focused, place), bool(low & (1 << _SHOWING))


def _call(connection: DBusConnection, address: DBusAddress, method: str) -> Any:
    return _send(connection, new_method_call(address, method))


def _send(connection: DBusConnection, message: Any) -> Any:
    reply = connection.send_and_get_reply(message, timeout=30)
    if reply.header.message_type is MessageType.error:
        raise DBusErrorResponse(reply)
    return reply.body
