"""How much a field takes. A module of its own: the first page needs no more of an account."""

from __future__ import annotations

from typing import Final

LONGEST_TEXT: Final = 2000
"""Characters; more than any address or name has, less than a pasted book."""
