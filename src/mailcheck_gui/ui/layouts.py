"""Two layouts that make room for large text and long words by moving things below one another."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from mailcheck_gui.ui.theme import TWO_COLUMNS, Space, scaled

_PAGE_MARGINS = 2 * Space.XXL


class _ItemLayout(QLayout):
    """What all layouts share: a list of items, and a height that follows from the width."""

    # Qt asks for items once more when Python has emptied an object that goes away with its widget.
    _items: list[QLayoutItem] = []  # noqa: RUF012

    def __init__(self, parent: QWidget | None = None, *, spacing: int = Space.S) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than the hint."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return True: narrow means high."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the items need in a width."""
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        height = self._arrange(QRect(0, 0, inner, 0), place=False)
        return height + margins.top() + margins.bottom()

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), place=True)

    def minimumSize(self) -> QSize:
        """Return the room for the widest item alone."""
        margins = self.contentsMargins()
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0) + margins.left() + margins.right(),
            max((size.height() for size in sizes), default=0) + margins.top() + margins.bottom(),
        )

    def sizeHint(self) -> QSize:
        """Return the room for all items side by side."""
        margins = self.contentsMargins()
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown)
        width += self.spacing() * max(0, len(shown) - 1)
        height = max((item.sizeHint().height() for item in shown), default=0)
        return QSize(
            width + margins.left() + margins.right(), height + margins.top() + margins.bottom()
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Place the items in a rectangle, or only measure; return the height used."""
        raise NotImplementedError


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return max(item.heightForWidth(width), item.minimumSize().height())
    return item.sizeHint().height()


def _stack(items: list[QLayoutItem], rect: QRect, gap: int, *, place: bool) -> int:
    top = rect.top()
    for item in items:
        height = _height(item, rect.width())
        if place:
            item.setGeometry(QRect(rect.left(), top, rect.width(), height))
        top += height + gap
    return top - gap - rect.top() if items else 0


class ColumnsLayout(_ItemLayout):
    """Columns side by side; one above the other on a narrow page.

    Columns are equally wide, or share the width by `weights`. They are as high as the highest, so
    that cards end on one line, unless `same_height` is off.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        spacing: int = Space.L,
        weights: tuple[int, ...] = (),
        same_height: bool = True,
    ) -> None:
        super().__init__(parent, spacing=spacing)
        self._weights = weights
        self._same_height = same_height

    def side_by_side(self, width: int) -> bool:
        """Return whether a width has room for columns."""
        return width >= scaled(TWO_COLUMNS - _PAGE_MARGINS)

    def _widths(self, width: int, count: int) -> list[int]:
        weights = (self._weights or (1,) * count)[:count]
        room = width - self.spacing() * (count - 1)
        widths = [room * weight // sum(weights) for weight in weights]
        widths[-1] += room - sum(widths)
        return widths

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        items = self._shown()
        if not items:
            return 0
        if not self.side_by_side(rect.width()):
            return _stack(items, rect, self.spacing(), place=place)
        widths = self._widths(rect.width(), len(items))
        heights = [_height(item, width) for item, width in zip(items, widths, strict=True)]
        needed = max(heights)
        if place:
            if self._same_height:
                heights = [max(needed, rect.height())] * len(items)
            self._place(rect, items, list(zip(widths, heights, strict=True)))
        return needed

    def _place(self, rect: QRect, items: list[QLayoutItem], sizes: list[tuple[int, int]]) -> None:
        left = rect.left()
        for item, (width, height) in zip(items, sizes, strict=True):
            item.setGeometry(QRect(left, rect.top(), width, height))
            left += width + self.spacing()


class LeadLayout(_ItemLayout):
    """A lead that takes what is left beside items of fixed width; stacked where that is too little.

    The first item is the lead. `lead_width` is the least that it should get beside the others, at
    the standard text size; a shorter lead is content with less.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        spacing: int = Space.M,
        lead_width: int = 260,
        centred: bool = True,
    ) -> None:
        super().__init__(parent, spacing=spacing)
        self._lead_width = lead_width
        self._centred = centred

    def side_by_side(self, width: int) -> bool:
        """Return whether a width has room for all items beside the lead."""
        items = self._shown()
        wish = min(items[0].sizeHint().width(), scaled(self._lead_width)) if items else 0
        return width >= wish + self._followers_width(items)

    def _followers_width(self, items: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() + self.spacing() for item in items[1:])

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        items = self._shown()
        if not items:
            return 0
        if not self.side_by_side(rect.width()):
            return _stack(items, rect, self.spacing(), place=place)
        lead = rect.width() - self._followers_width(items)
        widths = [lead, *(item.sizeHint().width() for item in items[1:])]
        heights = [_height(item, width) for item, width in zip(items, widths, strict=True)]
        if place:
            self._place(rect, items, list(zip(widths, heights, strict=True)))
        return max(heights)

    def _place(self, rect: QRect, items: list[QLayoutItem], sizes: list[tuple[int, int]]) -> None:
        left = rect.left()
        for item, (width, height) in zip(items, sizes, strict=True):
            spare = max(0, rect.height() - height) // 2 if self._centred else 0
            item.setGeometry(QRect(left, rect.top() + spare, width, height))
            left += width + self.spacing()


class FlowLayout(_ItemLayout):
    """Items in a row that goes on in the next line, like words; to the right if wanted."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        spacing: int = Space.S,
        to_the_right: bool = False,
    ) -> None:
        super().__init__(parent, spacing=spacing)
        self._to_the_right = to_the_right

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = width + 1
        for item in self._shown():
            wish = item.sizeHint().width()
            if used + self.spacing() + wish > width:
                lines.append([])
                used = -self.spacing()
            lines[-1].append(item)
            used += self.spacing() + wish
        return lines

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        top = rect.top()
        lines = self._lines(rect.width())
        for line in lines:
            height = max(_height(item, item.sizeHint().width()) for item in line)
            if place:
                self._place_line(line, rect, top, height)
            top += height + self.spacing()
        return top - self.spacing() - rect.top() if lines else 0

    def _place_line(self, line: list[QLayoutItem], rect: QRect, top: int, height: int) -> None:
        widths = [min(item.sizeHint().width(), rect.width()) for item in line]
        left = rect.left()
        if self._to_the_right:
            left += rect.width() - sum(widths) - self.spacing() * (len(line) - 1)
        for item, width in zip(line, widths, strict=True):
            own = _height(item, width)
            item.setGeometry(QRect(left, top + (height - own) // 2, width, own))
            left += width + self.spacing()
