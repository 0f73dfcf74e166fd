"""The dialogue for a protocol."""

from __future__ import annotations

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.protocols.dialogue import MailDialogue
from mailcheck_gui.protocols.imap import ImapDialogue
from mailcheck_gui.protocols.lines import Limits
from mailcheck_gui.protocols.pop3 import Pop3Dialogue
from mailcheck_gui.protocols.smtp import SmtpDialogue


def limits_of(thresholds: Thresholds) -> Limits:
    """Return the part of the thresholds that bounds what a server may send."""
    return Limits(
        line=thresholds.line_limit,
        literal=thresholds.literal_limit,
        total=thresholds.total_limit,
        lines=thresholds.reply_lines_limit,
    )


def dialogue_for(protocol: Protocol, thresholds: Thresholds) -> MailDialogue:
    """Return a new dialogue that waits for the greeting, outside TLS.

    For implicit TLS call `tls_established()` before the first `receive`.
    """
    limits = limits_of(thresholds)
    match protocol:
        case Protocol.SMTP:
            return SmtpDialogue(limits)
        case Protocol.IMAP:
            return ImapDialogue(limits)
        case Protocol.POP3:
            return Pop3Dialogue(limits)
