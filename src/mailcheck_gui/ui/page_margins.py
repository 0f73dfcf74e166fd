"""The margins of the page's column, for what stands above and below the page."""

from __future__ import annotations

from mailcheck_gui.ui.theme import Size, Space, scaled

_NARROW = 880


def page_margins(width: int) -> tuple[int, int]:
    """Return the left and right margin of a page: 24 when narrow, content at most 960 wide."""
    margin = Space.XXL if width < 880 else Space.XXXL
    return margin, margin + max(0, width - 2 * margin - scaled(Size.CONTENT))
