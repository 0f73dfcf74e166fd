"""The window opens before PySide has made the types of what it does not show, and looks as after.

Each script runs in a process of its own: a type is made once, and a style is not taken back.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from offscreen_script import lines_of

WATCHED = """
import enum, sys
made = []
make = enum.EnumType.__new__
def noted(kind, name, *rest, **more):
    made.append(name)
    return make(kind, name, *rest, **more)
enum.EnumType.__new__ = noted
from mailcheck_gui.app import WindowProgram, parse_arguments
from mailcheck_gui.storage.folders import HOME_VARIABLE, user_folders
from mailcheck_gui.storage.preferences import Preferences, save_preferences
folders = user_folders({HOME_VARIABLE: sys.argv[1]})
save_preferences(folders.preferences_file, Preferences(introduced=True))
program = WindowProgram(parse_arguments([]), folders)
program.application.setCursorFlashTime(0)
from PySide6.QtGui import QCursor
QCursor.setPos(700, 20)  # an entry of the sidebar under the mouse asks the style
program.window.begin()
program.window.show()
program.window.focus_page()
"""

WIDGETS_OF_QT = (
    WATCHED
    + """
print("WizardStyle" in made, "ScrollBarPolicy" in made)
from PySide6.QtWidgets import QScrollArea
QScrollArea().viewport()
print("WizardStyle" in made)
program.close_log()
"""
)

STYLE = (
    WATCHED
    + """
print("mailcheck_gui.model.account" in sys.modules)
program.application.processEvents()
first_picture = program.window.grab().toImage()
print("PixelMetric" in made, "ThemeIcon" in made, "WritingSystem" in made)
from PySide6.QtWidgets import QApplication
from mailcheck_gui.ui.fusion_style import use_fusion_style
use_fusion_style(program.application)
QApplication.processEvents()
print("PixelMetric" in made, QApplication.style().objectName())
print(program.window.grab().toImage() == first_picture)
program.window.page().entry.email.setEnabled(False)
print(program.window.grab().toImage() == first_picture)
program.close_log()
"""
)


def test_no_type_of_a_widget_that_is_not_shown_is_made_before_the_first_picture(
    tmp_path: Path,
) -> None:
    """The second line shows what a single viewport of Qt's own would have done."""
    assert lines_of(WIDGETS_OF_QT, str(tmp_path)) == ["False True", "True"]


def test_the_start_page_needs_no_extended_style_and_looks_the_same_with_it(tmp_path: Path) -> None:
    """The last line shows that the comparison sees a single changed field.

    Where there may be a style of the platform's own, its name is asked, and its types are made.
    """
    asked = not sys.platform.startswith("linux")
    wanted = ["False", f"{asked} False False", "True mailcheck", "True", "False"]
    assert lines_of(STYLE, str(tmp_path)) == wanted


FIRST_PICTURE = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from mailcheck_gui.app import WindowProgram, parse_arguments
from mailcheck_gui.storage.folders import HOME_VARIABLE, user_folders
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            print(QApplication.style().objectName())
            QTimer.singleShot(0, self.look_again)
        return False
    def look_again(self):
        print(QApplication.style().objectName())
        program.window.close()
program = WindowProgram(parse_arguments(sys.argv[2:]), user_folders({HOME_VARIABLE: sys.argv[1]}))
watch = Watch()
program.window.installEventFilter(watch)
program.run()
"""


def test_the_style_is_extended_behind_the_picture_of_the_start_page_and_before_others(
    tmp_path: Path,
) -> None:
    assert lines_of(FIRST_PICTURE, str(tmp_path / "new")) == ["fusion", "mailcheck"]
    practice = lines_of(FIRST_PICTURE, str(tmp_path / "practice"), "--practice")
    assert practice == ["mailcheck", "mailcheck"]


RIGHT_MARGIN = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from mailcheck_gui.app import WindowProgram, parse_arguments
from mailcheck_gui.storage.folders import HOME_VARIABLE, user_folders
def right_margin():
    return program.window.page().widget().layout().contentsMargins().right()
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show:
            watched.removeEventFilter(self)
            print(right_margin())
            QTimer.singleShot(0, self.look_again)
        return False
    def look_again(self):
        print(right_margin())
        program.window.close()
program = WindowProgram(parse_arguments(sys.argv[2:]), user_folders({HOME_VARIABLE: sys.argv[1]}))
watch = Watch()
program.window.installEventFilter(watch)
program.run()
"""


@pytest.mark.parametrize("arguments", [(), ("--practice",)], ids=["new", "practice"])
def test_the_first_page_does_not_move_behind_its_first_picture(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """A page that was made for another style leaves room for a scroll bar that it does not have."""
    shown, settled = lines_of(RIGHT_MARGIN, str(tmp_path), *arguments)
    assert shown == settled
