"""What `mailcheck-gui --self-test` tries besides the parts that need no window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader, QSize, QTranslator
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from mailcheck_gui.cli.console import prepare_streams
from mailcheck_gui.cli.installation import (
    DoesNotWork,
    NotAvailable,
    Part,
    core_parts,
    try_part,
)
from mailcheck_gui.cli.languages import ENGLISH, languages
from mailcheck_gui.cli.practice import Practice
from mailcheck_gui.cli.self_test import tell_parts
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.practice import practice_accounts, practice_network
from mailcheck_gui.reporting.wording import untranslated
from mailcheck_gui.ui.resource_folder import RESOURCES

_WINDOW_SYSTEMS = ("qcocoa", "qwayland", "qwindows", "qxcb")


def run_self_test(window: QWidget) -> int:
    """Try every part, write the table, and return the exit status: 0, or 3 with a broken part."""
    prepare_streams()
    return tell_parts(window_parts(window), untranslated)


def window_parts(window: QWidget) -> list[Part]:
    """Try every part of the window program. Needs a QApplication, offscreen will do."""
    practice = Practice(practice_accounts(), practice_network)
    return [
        *core_parts(practice, with_qt=True),
        try_part(message("Window system"), load_window_systems),
        try_part(message("Fonts"), find_fonts),
        try_part(message("Icons"), lambda: load_icons(RESOURCES / "icons")),
        try_part(message("Translations of the window"), load_window_translations),
        try_part(message("Window"), lambda: paint(window)),
    ]


def load_window_systems() -> Message:
    """Load Qt's plugins for the window systems, also those that are not in use now."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    found = [p for p in sorted(folder.iterdir()) if p.stem.removeprefix("lib") in _WINDOW_SYSTEMS]
    for path in found:
        loader = QPluginLoader(str(path))
        if not loader.load():
            raise NotAvailable(message("{reason}", reason=loader.errorString()))
    if not found:
        raise DoesNotWork(message("{folder} holds no window system.", folder=folder))
    return message("this run: {name}", name=QGuiApplication.platformName())


def find_fonts() -> Message:
    """Count the fonts; without any, every text is a row of boxes."""
    count = len(QFontDatabase.families())
    if not count:
        raise NotAvailable(message("There is no font on this computer."))
    return message("{count} families", count=count)


def load_icons(folder: Path) -> Message:
    """Read every icon of a folder."""
    paths = sorted(folder.glob("*.svg"))
    for path in paths:
        if not QSvgRenderer(str(path)).isValid():
            raise DoesNotWork(message("{file} cannot be drawn.", file=path.name))
    if not paths:
        raise DoesNotWork(message("{folder} is empty.", folder=folder))
    return message("{count} drawn", count=len(paths))


def load_window_translations() -> Message:
    """Load what Qt compiled of each translation that ships."""
    codes = [code for code in languages() if code != ENGLISH]
    for code in codes:
        name = f"mailcheck_{code}.qm"
        if not QTranslator().load(str(RESOURCES / "translations" / name)):
            raise DoesNotWork(message("{module} is missing.", module=name))
    return message("languages: {codes}", codes=", ".join([ENGLISH, *codes]))


def paint(window: QWidget) -> Message:
    """Paint the whole window into a picture, without showing it."""
    size: QSize = window.grab().size()
    window.close()
    if size.isEmpty():
        raise DoesNotWork(message("Nothing was painted."))
    return message("painted")
