"""Everything that can be asked about an address at once."""

from __future__ import annotations

from mailcheck_gui.discovery.answer import Inquiry, Question
from mailcheck_gui.discovery.autoconfig_source import autoconfig_inquiries, ispdb_inquiry
from mailcheck_gui.discovery.autodiscover_source import autodiscover_inquiries
from mailcheck_gui.discovery.catalogue_source import domain_inquiry, mx_inquiry, ns_inquiry
from mailcheck_gui.discovery.pacc_source import pacc_inquiry
from mailcheck_gui.discovery.srv_source import srv_inquiry


def first_inquiries(question: Question) -> tuple[Inquiry, ...]:
    """Return what is asked first, best source first; answers name what is to be asked then."""
    return (
        domain_inquiry(question),
        *autoconfig_inquiries(question),
        pacc_inquiry(question),
        ispdb_inquiry(question),
        *autodiscover_inquiries(question),
        srv_inquiry(question),
        mx_inquiry(question),
        ns_inquiry(question),
    )
