"""Load the table of servers that may be asked for comparison."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from mailcheck_gui.model.control import Control

_OPERATOR_KEYS = frozenset({"name", "network", "domains", "source", "date", "controls"})
_LISTS = frozenset({"controls", "domains"})
_PORT = re.compile("[1-9][0-9]{0,4}")


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
    if not isinstance(operators, list):
        raise ControlsError("operator: is not a list of tables")
    return tuple(control for operator in operators for control in _controls(operator))


def _controls(operator: object) -> tuple[Control, ...]:
    if not isinstance(operator, dict):
        raise ControlsError("operator: is not a table")
    name = operator.get("name", "(operator without a name)")
    if wrong := _OPERATOR_KEYS.symmetric_difference(operator):
        raise ControlsError(f"{name}: {', '.join(sorted(wrong))}: missing or not known")
    if misfits := {key for key in operator if not _fits(key, operator[key])}:
        raise ControlsError(f"{name}: {', '.join(sorted(misfits))}: not as it should be")
    return tuple(_control(operator, server) for server in operator["controls"])


def _fits(key: str, value: object) -> bool:
    if key not in _LISTS:
        return isinstance(value, str)
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _control(operator: dict[str, Any], server: str) -> Control:
    host, _, port = server.rpartition(":")
    if not (host and _PORT.fullmatch(port) and int(port) < 2**16):
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
