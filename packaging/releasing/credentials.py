"""What signing needs, from the environment: either all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping


def given(names: tuple[str, ...], environment: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the values under some names, or None where there is none of them.

    A pipeline sets a secret that does not exist to "", so that counts as absent. Raises ValueError
    where only some are there: half a configuration would end as an unsigned release that nobody
    wanted. The sentence has names only, never a value.
    """
    values = tuple(environment.get(name, "") for name in names)
    if all(values):
        return values
    if not any(values):
        return None
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    raise ValueError(f"to sign, {' and '.join(missing)} must be set as well")


def without(names: tuple[str, ...], environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment for programs that have no business with some values."""
    return {name: value for name, value in environment.items() if name not in names}
