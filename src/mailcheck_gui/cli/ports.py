"""`mailcheck ports`: what the ports of mail are for, by the RFCs and not by folklore."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.model.endpoint import PORT_ROLES, PortRole, port_role
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.reporting.text_report import Line, Tone, wrapped
from mailcheck_gui.reporting.wording import ENCRYPTION, PROTOCOLS, Translate, say


@dataclass(frozen=True, slots=True)
class PortGuide:
    """What a person should know of a port. `sources` are sections of RFCs."""

    summary: Message
    details: tuple[Message, ...]
    sources: str


_COLUMN = 22
_ENCRYPTION_VARIES = frozenset({25, 2525})

_TLS_AT_ONCE = message("TLS starts at once, before the server says a word.")
_TLS_ON_REQUEST = message(
    "The server greets in plain text. The mail program then asks for TLS with STARTTLS."
)

GUIDES: dict[int, PortGuide] = {
    993: PortGuide(
        message("Reading mail with IMAP, the recommended port."),
        (_TLS_AT_ONCE, message("Set the encryption to SSL/TLS.")),
        "RFC 8314 section 3.2, RFC 9051 section 11.2",
    ),
    143: PortGuide(
        message("Reading mail with IMAP, encrypted by STARTTLS."),
        (
            _TLS_ON_REQUEST,
            message("Set the encryption to STARTTLS, never to None. Port 993 is preferred."),
        ),
        "RFC 9051 sections 6.2.1 and 11.2, RFC 8314 section 3.2",
    ),
    995: PortGuide(
        message("Fetching mail with POP3, the recommended port."),
        (_TLS_AT_ONCE, message("Set the encryption to SSL/TLS.")),
        "RFC 8314 section 3.1",
    ),
    110: PortGuide(
        message("Fetching mail with POP3, encrypted by STARTTLS."),
        (
            _TLS_ON_REQUEST,
            message("Set the encryption to STARTTLS, never to None. Port 995 is preferred."),
        ),
        "RFC 1939, RFC 2595 section 4",
    ),
    465: PortGuide(
        message("Sending mail from a mail program, the recommended port."),
        (
            _TLS_AT_ONCE,
            message("Set the encryption to SSL/TLS."),
            message("Many pages call this port outdated. Since January 2018 it is a standard."),
        ),
        "RFC 8314 sections 3.3 and 7.3",
    ),
    587: PortGuide(
        message("Sending mail from a mail program, encrypted by STARTTLS."),
        (
            _TLS_ON_REQUEST,
            message("Set the encryption to STARTTLS, never to None."),
            message("With required STARTTLS it protects as well as port 465."),
        ),
        "RFC 6409 section 3.1, RFC 8314 section 3.3",
    ),
    25: PortGuide(
        message("Mail from server to server, not for mail programs."),
        (
            message("Many internet providers block it, to stop spam from infected computers."),
            message("Encryption cannot be required here, so it is no place for a password."),
            message("For sending, use port 465 or 587."),
        ),
        "RFC 6409 section 1, RFC 5068 section 3, RFC 3207 section 4",
    ),
    2525: PortGuide(
        message("A spare port for sending that some providers open."),
        (
            message("It serves where a network blocks ports 587 and 465."),
            message("It is not registered for mail. The provider decides how encryption starts."),
        ),
        "no RFC",
    ),
}


def port_lines(port: int | None, translate: Translate) -> list[Line]:
    """Return the guide to one port, or to all."""
    if port is None:
        return _all_ports(translate)
    role = port_role(port)
    if role is None:
        return wrapped(
            say(
                message("Port {port} has no place in mail that is known here.", port=port),
                translate,
            )
        )
    return _one_port(role, translate)


def _all_ports(translate: Translate) -> list[Line]:
    lines: list[Line] = []
    for role in PORT_ROLES:
        summary = say(GUIDES[role.port].summary, translate)
        lines += wrapped(summary, " " * _COLUMN, first=f"{_title(role, translate):<{_COLUMN}}")
    more = say(message("More about one of them: mailcheck ports 465"), translate)
    return [*lines, Line(), *wrapped(more)]


def _one_port(role: PortRole, translate: Translate) -> list[Line]:
    guide = GUIDES[role.port]
    lines = [Line(_title(role, translate), Tone.HEADING)]
    for sentence in (guide.summary, *guide.details):
        lines += wrapped(say(sentence, translate), "  ")
    sources = say(message("Sources: {sources}", sources=guide.sources), translate)
    return [*lines, *wrapped(sources, "  ")]


def _title(role: PortRole, translate: Translate) -> str:
    title = f"{role.port:<4}  {PROTOCOLS[role.protocol]}"
    if role.port in _ENCRYPTION_VARIES:
        return title
    return f"{title}, {say(ENCRYPTION[role.security], translate)}"
