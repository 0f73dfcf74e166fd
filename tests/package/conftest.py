"""What the tests of packages share: the programs that build them, and what was built."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))  # the building blocks are no installed package


@pytest.fixture(scope="session")
def dist() -> Path:
    """Return the folder with what `python3 dev.py package` built."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux packages are tried here")
    folder = ROOT / "dist"
    if not (folder / "mailcheck").is_dir():
        pytest.skip("nothing was built; run: python3 dev.py package")
    return folder
