"""The program's icon as .ico and .icns, from pictures of one drawing in many sizes."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

WINDOWS_SIZES: Final = (16, 20, 24, 32, 48, 64, 256)
LINUX_SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
MAC_TYPES: Final = {
    b"icp4": 16,
    b"icp5": 32,
    b"icp6": 64,
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
    b"ic10": 1024,
    b"ic11": 32,
    b"ic12": 64,
    b"ic13": 256,
    b"ic14": 512,
}
"""Types of the icns format that hold a PNG, with the width in pixels."""

Render = Callable[[int], bytes]
"""Draws the icon as a PNG of so many pixels in width and height."""


def ico(render: Render) -> bytes:
    """Return an .ico file, one PNG for each size (read by Windows Vista and newer)."""
    pictures = [(size, render(size)) for size in WINDOWS_SIZES]
    place = 6 + 16 * len(pictures)
    rows = b""
    for size, png in pictures:
        edge = size % 256  # 0 stands for 256
        rows += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(png), place)
        place += len(png)
    return struct.pack("<HHH", 0, 1, len(pictures)) + rows + b"".join(png for _, png in pictures)


def icns(render: Render) -> bytes:
    """Return an .icns file, one PNG for each type."""
    body = b""
    for kind, size in MAC_TYPES.items():
        png = render(size)
        body += kind + struct.pack(">I", len(png) + 8) + png
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def renderer(drawing: Path) -> Render:
    """Return what draws an SVG file with Qt, without a screen."""
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    svg = QSvgRenderer(str(drawing))
    if not svg.isValid():
        raise ValueError(f"{drawing} cannot be drawn")

    def render(size: int) -> bytes:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        svg.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    return render
