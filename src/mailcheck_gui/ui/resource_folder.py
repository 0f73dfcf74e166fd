"""Where the files lie that ship with the program."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

# Not by `importlib.resources`: that brings in archives and temporary files before the first
# picture, and Qt reads its translations from a folder anyway.
RESOURCES: Final = Path(import_module("mailcheck_gui.resources").__path__[0])
