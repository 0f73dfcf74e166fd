"""Load the table of servers that may be asked for comparison."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from mailcheck_gui.model.control import Control

_OPERATOR_KEYS = frozenset({"name", "network", "domains", "source", "date", "controls"})


class ControlsError(ValueError):
    """The table of controls is not as it should be. The text names operator, key and reason."""


@cache
def load_controls() -> tuple[Control, ...]:
    """Return all controls of `resources/controls.toml`, in the order of the file.

    Raises:
        ControlsError: where a key is missing or unknown, or a server is not `host:port`.
    """
    text = files("mailcheck_gui.resources").joinpath("controls.toml").read_text("utf-8")
    return parse_controls(text)


def parse_controls(text: str) -> tuple[Control, ...]:
    """Return the controls that a TOML text describes. Raises as `load_controls`."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ControlsError(str(error)) from error
    operators = content.get("operator", [])
    return tuple(control for operator in operators for control in _controls(operator))


def _controls(operator: dict[str, Any]) -> tuple[Control, ...]:
    name = operator.get("name", "(operator without a name)")
    if wrong := _OPERATOR_KEYS.symmetric_difference(operator):
        raise ControlsError(f"{name}: {', '.join(sorted(wrong))}: missing or not known")
    return tuple(_control(operator, server) for server in operator["controls"])


def _control(operator: dict[str, Any], server: str) -> Control:
    host, colon, port = server.rpartition(":")
    if not (host and colon and port.isascii() and port.isdigit()):
        raise ControlsError(f"{operator['name']}: {server}: is not host:port")
    return Control(
        host=host,
        port=int(port),
        operator=operator["name"],
        network=operator["network"],
        domains=tuple(operator["domains"]),
        source=operator["source"],
        date=operator["date"],
    )
