"""Words of one language: months and lists follow the window's language, not the computer's."""

from __future__ import annotations

import subprocess
import sys

import pytest

SAID = """
from datetime import datetime
from mailcheck_gui.ui.times import day_text, listed, month_text
print(day_text(datetime(2026, 3, 3, 12)), "|", month_text("2026-05"), "|", listed(["A", "B"]))
"""


@pytest.mark.parametrize(
    "system", ["C", "en_US.UTF-8", "de_DE.UTF-8", "fr_CA.UTF-8", "ja_JP.UTF-8"]
)
def test_english_words_on_a_computer_of_any_language(system: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAID],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": system, "LANG": system},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == "3 March 2026 | May 2026 | A and B\n", done.stderr
