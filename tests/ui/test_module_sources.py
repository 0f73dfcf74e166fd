"""PySide reads no source of ours at the start, and the window is none the worse for it."""

from __future__ import annotations

from offscreen_script import lines_of

WATCHED = """
import inspect, sys
read = []
inspect.getsource = lambda module: read.append(module.__name__) or ""
from mailcheck_gui.ui.module_sources import leave_sources_unread
leave_sources_unread()
del read[:]
import mailcheck_gui.app
known = sys.modules["shibokensupport.feature"].pyside_feature_dict
print(read, known["mailcheck_gui.ui.sidebar"])
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("words")
print(label.sizeHint().width() > 0, hasattr(label, "size_hint"))
"""


def test_no_source_is_read_and_names_stay_as_they_are() -> None:
    assert lines_of(WATCHED) == ["[] -1", "True False"]
