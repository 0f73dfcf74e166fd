"""The margins of the page's column, also for what stands above and below the page."""

from __future__ import annotations

from mailcheck_gui.ui.theme import Size, Space, scaled

_NARROW = 880
_LEAST_MARGIN = Space.S


def page_margins(width: int, gutter: int = 0) -> tuple[int, int]:
    """Return the left and right margin of a page: 24 when narrow, content at most 960 wide.

    The gutter of a scroll bar is part of the right margin.
    """
    margin = Space.XXL if width < _NARROW else Space.XXXL
    spare = max(0, width - 2 * margin - scaled(Size.CONTENT))
    return margin, max(_LEAST_MARGIN, margin - gutter) + spare
