"""What the port guide says of each port, in every face: by the RFCs, against the folklore."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mailcheck_gui.model.finding import Message, message


class PortUse(Enum):
    """The three groups of the guide."""

    SENDING = "sending"
    IMAP = "imap"
    POP3 = "pop3"


class Advice(Enum):
    """How a port suits a mail program."""

    GOOD = "good"
    SPECIAL = "special"
    NOT_FOR_YOU = "not-for-you"


@dataclass(frozen=True, slots=True)
class PortFact:
    """One port. `ask` is a question for the internet provider, `myth` a sentence often read.

    `sources` are sections of RFCs, not translated.
    """

    port: int
    use: PortUse
    advice: Advice
    service: str
    name: Message
    short: Message
    summary: Message
    blocked_by: Message
    to_do: Message
    ask: Message | None
    myth: Message | None
    truth: Message | None
    sources: str


_RARELY_BLOCKED = message(
    "Few networks block it. Some guest, hotel and company networks let only web pages through."
)
_TRY_ANOTHER_LINE = message(
    "Try another network, for example a phone's. If it works there, the first one is in the way."
)
_ASK_BOTH = message("“Is outgoing TCP port 465 or 587 filtered on my line, and can you open both?”")


def _ask_reading(port: int) -> Message:
    return message(
        "“Is outgoing TCP port {port} filtered on my line, and can you open it?”", port=port
    )


PORT_FACTS: tuple[PortFact, ...] = (
    PortFact(
        465,
        PortUse.SENDING,
        Advice.GOOD,
        "submissions",
        message("Submission, SSL/TLS"),
        message("Best choice"),
        message(
            "Your mail program hands over messages here. Encryption starts with the first byte."
        ),
        message("Rarely anyone. Some company and hotel networks block all ports for sending."),
        message(
            "Set port 465 with SSL/TLS, and sign in. If it does not answer, use 587 with STARTTLS."
        ),
        _ASK_BOTH,
        message("“Port 465 is outdated.”"),
        message(
            "It was for some years. Since January 2018 it is a standard, and RFC 8314 prefers it."
        ),
        "RFC 8314 sections 3.3 and 7.3",
    ),
    PortFact(
        587,
        PortUse.SENDING,
        Advice.GOOD,
        "submission",
        message("Submission, STARTTLS"),
        message("Equally good"),
        message(
            "Your mail program hands over messages here. It asks for encryption after the greeting."
        ),
        message(
            "Rarely anyone. Some firewalls and antivirus programs remove the offer of STARTTLS."
        ),
        message(
            "Set port 587 with STARTTLS, and sign in. "
            "With required STARTTLS it protects as well as port 465."
        ),
        _ASK_BOTH,
        message("“SSL/TLS is old, STARTTLS is new.”"),
        message("Both words only say when encryption starts. TLS 1.2 and 1.3 come with either."),
        "RFC 6409 section 3.1, RFC 8314 section 3.3",
    ),
    PortFact(
        2525,
        PortUse.SENDING,
        Advice.SPECIAL,
        "",
        message("Same as 587, unofficial"),
        message("If 465 and 587 are blocked"),
        message(
            "Some providers open this port beside 587. It is not registered for mail. "
            "Others of this kind are 2587, 2465, 8025 and 26."
        ),
        message("Hardly anyone, since few know it. That is what it is for."),
        message(
            "Use it only if your provider names it. Whether encryption starts at once or with "
            "STARTTLS is the provider's choice. A check shows it."
        ),
        None,
        message("“2525 is a standard port for mail.”"),
        message("No RFC names it. It works where a provider offers it, and nowhere else."),
        "",
    ),
    PortFact(
        25,
        PortUse.SENDING,
        Advice.NOT_FOR_YOU,
        "smtp",
        message("Between servers"),
        message("Not for mail programs"),
        message("Mail goes from server to server here. Mail programs use port 465 or 587."),
        message(
            "Most internet providers, mobile networks, hotels and cloud hosts, because of spam. "
            "Many mail servers refuse it from home lines as well."
        ),
        message("Set port 465 with SSL/TLS, or 587 with STARTTLS. Opening port 25 is not needed."),
        message("“Is outgoing TCP port 25 filtered on my line, and are 465 and 587 open?”"),
        message("“A user name and a password make port 25 secure.”"),
        message(
            "Encryption cannot be required here. Without it a password is readable on the way."
        ),
        "RFC 6409 section 1, RFC 5068 section 3, RFC 3207 section 4",
    ),
    PortFact(
        993,
        PortUse.IMAP,
        Advice.GOOD,
        "imaps",
        message("SSL/TLS"),
        message("Best choice"),
        message("Your mail program reads mail here, and leaves it on the server."),
        _RARELY_BLOCKED,
        _TRY_ANOTHER_LINE,
        _ask_reading(993),
        message("“A port of its own for encryption is a thing of the past.”"),
        message("RFC 2595 said so in 1999. RFC 8314 turned it round in 2018."),
        "RFC 8314 section 3.2, RFC 9051 section 11.2",
    ),
    PortFact(
        143,
        PortUse.IMAP,
        Advice.GOOD,
        "imap",
        message("STARTTLS"),
        message("Good, if encryption is required"),
        message("Your mail program reads mail here. It asks for encryption after the greeting."),
        _RARELY_BLOCKED,
        message(
            "Set port 143 with STARTTLS, never with None. Port 993 is simpler where it is open."
        ),
        _ask_reading(143),
        message("“With STARTTLS encryption is optional.”"),
        message("Only if the mail program lets it be. Mailcheck always requires it."),
        "RFC 9051 sections 6.2.1 and 11.2, RFC 8314 section 3.2",
    ),
    PortFact(
        995,
        PortUse.POP3,
        Advice.GOOD,
        "pop3s",
        message("SSL/TLS"),
        message("Best choice"),
        message("Your mail program fetches mail here, and usually removes it from the server."),
        _RARELY_BLOCKED,
        _TRY_ANOTHER_LINE,
        _ask_reading(995),
        message("“POP3 and IMAP are the same with other numbers.”"),
        message("They are two languages. A server answers the wrong one with an error."),
        "RFC 8314 section 3.1",
    ),
    PortFact(
        110,
        PortUse.POP3,
        Advice.GOOD,
        "pop3",
        message("STARTTLS"),
        message("Good, if encryption is required"),
        message("Your mail program fetches mail here. It asks for encryption after the greeting."),
        _RARELY_BLOCKED,
        message(
            "Set port 110 with STARTTLS, never with None. Port 995 is simpler where it is open."
        ),
        _ask_reading(110),
        message("“If the certificate does not match, switch encryption off.”"),
        message("Never. Your password would cross the network readable. Ask your provider."),
        "RFC 1939, RFC 2595 section 4",
    ),
)
"""The ports in the order of the guide."""
