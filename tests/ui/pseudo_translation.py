"""A language for tests: every translated text is bracketed, accented and 40 percent longer.

Whatever is shown in plain letters was not translated, or is a value: a host, a name, a number.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import PySide6.QtGui
import PySide6.QtWidgets
from PySide6.QtCore import (
    QAbstractItemModel,
    QBuffer,
    QByteArray,
    QIODevice,
    QModelIndex,
    QTranslator,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

_PLAIN = "ABCDEFGHIJKLMNOPRSTUVWYZabcdefghijklmnoprstuvwyz"
_ACCENTED = "ÀßÇÐÈƑĜĤÌĴĶĻṀÑÒÞŔŠŢÙṼŴÝŽàƀçđèƒĝĥìĵķļṁñòþŕšţùṽŵýž"
_MOST_COLUMNS = 4
_LETTERS = str.maketrans(_PLAIN, _ACCENTED)
_KEPT = re.compile(r"(\{\w*\}|<[^>]*>|&\w+;)")
_MARKS = re.compile("[\u200b\u2060\ufeff]")
_DRAWN = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)


class PseudoTranslator(QTranslator):
    """Translates every text of the program, and none of Qt's own (names of keys, menus)."""

    def isEmpty(self) -> bool:
        """Tell Qt that there is something to ask for."""
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Return the text in the made-up language."""
        if hasattr(PySide6.QtWidgets, context) or hasattr(PySide6.QtGui, context):
            return ""
        return pseudo(text)


def pseudo(text: str) -> str:
    """Return a text in the made-up language; what is in braces stays, so that values fit in."""
    parts = _KEPT.split(text)
    words = "".join(p if i % 2 else p.translate(_LETTERS) for i, p in enumerate(parts))
    return f"⟦{words}{'·' * round(len(text) * 0.4)}⟧"


def shown_texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Yield everything that can be seen or heard below a widget, each with where it stands."""
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisible():
            place = f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
            for text in _texts_of(widget):
                yield _MARKS.sub("", text), place
    for text in painted_texts(root):
        yield _MARKS.sub("", text), "painted"


def _texts_of(widget: QWidget) -> Iterator[str]:
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield html.unescape(re.sub("<[^>]*>", "", widget.toolTip()))
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
        for action in widget.actions():
            yield action.toolTip()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    elif isinstance(widget, QAbstractItemView):
        yield from _cells(widget.model())
    elif isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    roles = PySide6.QtCore.Qt.ItemDataRole
    for row in range(model.rowCount(QModelIndex())):
        for column in range(_MOST_COLUMNS):
            for role in (roles.DisplayRole, roles.AccessibleTextRole, roles.ToolTipRole):
                yield str(model.index(row, column).data(role) or "")


def painted_texts(root: QWidget) -> list[str]:
    """Return the texts that a widget and its children draw, line by line."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QSvgGenerator()
    picture.setOutputDevice(buffer)
    picture.setSize(root.size())
    root.render(picture)
    return [html.unescape(text) for text in _DRAWN.findall(bytes(content.data()).decode())]
