"""Keep PySide from reading the source of every module that the program imports.

PySide looks there for `from __feature__ import snake_case` and the like. This program has none of
that, and the reading took a sixth of its start. Where a PySide works in another way, nothing
happens.
"""

from __future__ import annotations

import sys

_READER = "_mod_uses_pyside"
"""PySide's function that reads them; there is no switch for it."""


def leave_sources_unread() -> None:
    """Let modules that are imported from now on count as without features."""
    import PySide6.QtCore  # noqa: F401 - brings the module that is looked for here

    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and _READER in vars(feature):
        vars(feature)[_READER] = lambda _module: False
