"""What a person typed into a port box."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_PORT = 65535


class PortProblem(StrEnum):
    """Why a typed port is none."""

    NOT_A_NUMBER = "not-a-number"
    OUT_OF_RANGE = "out-of-range"


@dataclass(frozen=True, slots=True)
class TypedPort:
    """A typed port: `number` is None where the box is empty or the value is no port."""

    typed: str
    number: int | None = None
    problem: PortProblem | None = None


def read_port(typed: str) -> TypedPort:
    """Read a port box; blanks around the number do not matter."""
    text = typed.strip()
    if not text:
        return TypedPort(typed)
    if not (text.isascii() and text.isdigit()):
        return TypedPort(typed, problem=PortProblem.NOT_A_NUMBER)
    return check_port(typed, int(text[:9]))


def check_port(typed: str, number: int) -> TypedPort:
    """Judge a number that was found (in the server box, for example)."""
    if not 1 <= number <= MAX_PORT:
        return TypedPort(typed, problem=PortProblem.OUT_OF_RANGE)
    return TypedPort(typed, number)
