"""The list of public suffixes: what stands behind the names that anybody can register."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


@cache
def public_suffixes() -> PublicSuffixList:
    """Return the list, read from its file when it is first asked for."""
    # Most checks never ask. Suffixes as A-labels too would take four times as long to load.
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_encoded_idn=False)


def has_public_suffix(name: str) -> bool:
    """Whether a lower-case name ends in a suffix of the list; internal and made-up ones do not."""
    return public_suffixes().publicsuffix(name, accept_unknown=False) is not None
