"""Line icons in the colours of the theme, sharp at every device pixel ratio."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailcheck_gui.ui.resource_folder import RESOURCES
from mailcheck_gui.ui.theme import roles, scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

ICON_SIZE = 20
_PIXEL_RATIOS = (1.0, 2.0, 3.0)
_FOLDER = RESOURCES / "icons"


@cache
def _source(name: str) -> str:
    return (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = _source(name).replace("currentColor", colour)
    return QSvgRenderer(QByteArray(text.encode()))


def draw_icon(painter: QPainter, name: str, place: QRectF, colour: str) -> None:
    """Paint an icon into a square.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour).render(painter, place)


def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """Return an icon of `size` device-independent pixels for a device pixel ratio.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    renderer = _renderer(name, colour)
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def icon(name: str, colour: str | QColor, size: int = ICON_SIZE) -> QIcon:
    """Return an icon for a native button or action, in one colour.

    Take it anew when the palette changes.
    """
    from PySide6.QtGui import QIcon  # it lists the icons of every desktop; not every page has one

    result = QIcon()
    shade = QColor(colour).name()
    for ratio in _PIXEL_RATIOS:
        result.addPixmap(pixmap(name, size, shade, ratio))
    return result


class IconMark(QWidget):
    """An icon as a widget, in a role of the theme, of a size at the standard text size."""

    def __init__(
        self,
        name: str,
        role: str = "accent",
        size: int = ICON_SIZE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the square, grown with the text size."""
        return QSize(scaled(self._size), scaled(self._size))

    def minimumSizeHint(self) -> QSize:
        """Return the same square."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        draw_icon(QPainter(self), self._name, QRectF(self.rect()), getattr(roles(), self._role))
