"""Everything that can be asked about an address at once."""

from __future__ import annotations

from mailcheck_gui.discovery.answer import Inquiry, Question


def first_inquiries(question: Question) -> tuple[Inquiry, ...]:  # noqa: ARG001 - sources follow
    """Return what is asked first, best source first; answers name what is to be asked then."""
    return ()
