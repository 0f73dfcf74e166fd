"""The picture at the left of the installer's last page: the icon on a plain ground."""

from __future__ import annotations

from pathlib import Path
from typing import Final

WIDTH: Final = 164
HEIGHT: Final = 314
"""The size in pixels that NSIS expects."""

_GROUND: Final = "#eef1f6"  # the window's own side bar
_ICON_WIDTH: Final = 96


def draw_side_picture(drawing: Path, target: Path) -> Path:
    """Draw an SVG file onto the ground, write it as a bitmap and return its path.

    Raises OSError where it cannot be written.
    """
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB888)
    image.fill(QColor(_GROUND))
    painter = QPainter(image)
    left = (WIDTH - _ICON_WIDTH) / 2
    QSvgRenderer(str(drawing)).render(painter, QRectF(left, left, _ICON_WIDTH, _ICON_WIDTH))
    painter.end()
    if not image.save(str(target), "BMP"):  # type: ignore[call-overload]
        raise OSError(f"{target} cannot be written")
    return target
