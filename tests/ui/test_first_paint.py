"""What waits for the first picture does not bring down a page that goes before."""

from __future__ import annotations

from offscreen_script import lines_of

COLLECTED = """
import gc
from PySide6.QtWidgets import QApplication
from mailcheck_gui.ui.start_page import StartPage
application = QApplication(["mailcheck-gui", "-style", "fusion"])
gc.disable()
def show_and_forget(turns, closed):
    page = StartPage()
    page.show()
    for _ in range(turns):
        application.processEvents()
    if closed:
        page.deleteLater()
for turns in (0, 1, 2, 3) * 4:
    for closed in (False, True):
        show_and_forget(turns, closed)
        gc.collect()
        application.processEvents()
print("still here")
"""


def test_a_page_can_be_collected_or_deleted_at_any_time() -> None:
    assert lines_of(COLLECTED) == ["still here"]
