"""Painting must not lose references to None: PySide6 6.12.0 ends the process after a while."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot
from window_kit import make_stage

PAINTINGS = 20


def test_painting_the_form_loses_no_reference_to_none(qtbot: QtBot, tmp_path: Path) -> None:
    stage = make_stage(qtbot, tmp_path)
    stage.window.begin_typing()
    stage.window.grab()  # the first painting fills caches
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(PAINTINGS):
        stage.window.grab()
    assert sys.getrefcount(None) > before - PAINTINGS
    stage.window.close()
