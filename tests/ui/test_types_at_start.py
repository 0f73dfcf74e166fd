"""The window opens before PySide has made the types of widgets that it does not show."""

from __future__ import annotations

from pathlib import Path

from offscreen_script import lines_of

WATCHED = """
import enum, sys
made = []
make = enum.EnumType.__new__
def noted(kind, name, *rest, **more):
    made.append(name)
    return make(kind, name, *rest, **more)
enum.EnumType.__new__ = noted
from pathlib import Path
from mailcheck_gui.app import WindowProgram, parse_arguments
from mailcheck_gui.storage.folders import HOME_VARIABLE, user_folders
program = WindowProgram(parse_arguments([]), user_folders({HOME_VARIABLE: sys.argv[1]}))
program.window.begin()
program.window.show()
program.window.focus_page()
print("WizardStyle" in made, "ScrollBarPolicy" in made)
from PySide6.QtWidgets import QScrollArea
QScrollArea().viewport()
print("WizardStyle" in made)
program.close_log()
"""


def test_no_type_of_a_widget_that_is_not_shown_is_made_before_the_first_picture(
    tmp_path: Path,
) -> None:
    """The second line shows what a single viewport of Qt's own would have done."""
    assert lines_of(WATCHED, str(tmp_path)) == ["False True", "True"]
