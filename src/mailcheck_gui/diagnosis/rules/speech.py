"""What speaks on the configured port is not what was set.

Precedence, so that one cause makes one finding. The first that fits wins:

1. `servers-swapped`: both boxes hold the other side's kind of server (proven), or its usual port
   or name while nothing shows otherwise.
2. `protocol-port-mismatch`: IMAP and POP3 mixed up, proven by a greeting; or, where no greeting
   came, by what the port is registered for.
3. `wrong-protocol`: a mail server of the other side, in one box only.
4. `not-a-mail-server`: anything else that spoke.

The rules about encryption (`encryption.py`) hold their tongue wherever another protocol spoke.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import PROTOCOL_NAMES, make_finding
from mailcheck_gui.diagnosis.reading import (
    MAIL,
    conversation_for,
    is_open,
    plain_greeting,
    spoken,
    tls_greeting,
)
from mailcheck_gui.diagnosis.rules.middleboxes import is_captive
from mailcheck_gui.diagnosis.sides import Side, given_sides, side_of
from mailcheck_gui.model.account import Field, Protocol, Role, Security
from mailcheck_gui.model.endpoint import default_port, port_role
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import EndKind, EndpointObservation, Spoken, Stage

_RECEIVING = frozenset({Protocol.IMAP, Protocol.POP3})
_NAME_LABELS = {
    "imap": Protocol.IMAP,
    "imaps": Protocol.IMAP,
    "pop": Protocol.POP3,
    "pop3": Protocol.POP3,
    "smtp": Protocol.SMTP,
    "smtps": Protocol.SMTP,
}


def servers_swapped(case: Case) -> Iterator[Finding]:
    """The incoming box holds an SMTP server or port, the outgoing box an IMAP or POP3 one."""
    if not is_swapped(case):
        return
    incoming, outgoing = side_of(case, Role.INCOMING), side_of(case, Role.OUTGOING)
    assert incoming is not None
    assert outgoing is not None
    heard = [shown_protocol(incoming), shown_protocol(outgoing)]
    yield make_finding(
        "servers-swapped",
        Role.ACCOUNT,
        variant="" if None not in heard else "usual",
        confidence=Confidence.CERTAIN if None not in heard else Confidence.LIKELY,
        field=Field.HOST,
        facts={
            "incoming": str(incoming.endpoint),
            "incoming_speaks": heard[0].value if heard[0] else "",
            "outgoing": str(outgoing.endpoint),
            "outgoing_speaks": heard[1].value if heard[1] else "",
        },
        quote=_greeting_bytes(incoming),
    )


def is_swapped(case: Case) -> bool:
    """Whether each box holds a server of the other side."""
    incoming, outgoing = side_of(case, Role.INCOMING), side_of(case, Role.OUTGOING)
    if incoming is None or outgoing is None:
        return False
    return _kind(incoming) is Protocol.SMTP and _kind(outgoing) in _RECEIVING


def _kind(side: Side) -> Protocol | None:
    """Return the protocol that a box holds: heard, else by its port, else by its name."""
    heard = shown_protocol(side)
    if heard is not None:
        return heard
    if side.verified:
        return side.server.protocol
    role = port_role(side.server.port)
    if role is not None and _foreign(role.protocol, side):
        return role.protocol
    by_name = _NAME_LABELS.get(side.server.ascii_host.partition(".")[0])
    if by_name is not None and _foreign(by_name, side) and not _answered(side):
        return by_name
    return side.server.protocol


def _foreign(protocol: Protocol, side: Side) -> bool:
    return (protocol is Protocol.SMTP) != (side.server.protocol is Protocol.SMTP)


def _answered(side: Side) -> bool:
    return side.main is not None and is_open(side.main)


def shown_protocol(side: Side) -> Protocol | None:
    """Return the mail protocol that the configured port showed, None where none was heard."""
    heard = spoken(side.main) if side.main is not None else None
    return Protocol(heard.value) if heard in MAIL else None


def protocol_port_mismatch(case: Case) -> Iterator[Finding]:
    """IMAP on a POP3 port or the reverse."""
    if is_swapped(case):
        return
    for side in given_sides(case):
        actual = mismatched_protocol(side)
        if actual is None:
            continue
        proven = shown_protocol(side) is not None
        yield make_finding(
            "protocol-port-mismatch",
            side.role,
            variant="" if proven else "usual",
            confidence=Confidence.CERTAIN if proven else Confidence.LIKELY,
            endpoint=side.endpoint,
            field=Field.PORT,
            values={
                **side.values,
                "spoken": PROTOCOL_NAMES[actual],
                "right_port": default_port(side.server.protocol, _encrypted(side)),
            },
            facts={"speaks": actual.value},
            quote=_greeting_bytes(side),
        )


def _encrypted(side: Side) -> Security:
    none = side.server.security is Security.NONE
    return Security.IMPLICIT_TLS if none else side.server.security


def mismatched_protocol(side: Side) -> Protocol | None:
    """Return POP3 where IMAP is set and the port is one of POP3, and the reverse; else None."""
    if side.server.protocol not in _RECEIVING:
        return None
    heard = shown_protocol(side)
    if heard is None:
        role = port_role(side.server.port)
        heard = role.protocol if role is not None else None
    return heard if heard in _RECEIVING and heard is not side.server.protocol else None


def wrong_protocol(case: Case) -> Iterator[Finding]:
    """A mail server of the other side stands in one of the boxes."""
    if is_swapped(case):
        return
    for side in given_sides(case):
        heard = shown_protocol(side)
        if heard is None or not _foreign(heard, side):
            continue
        yield make_finding(
            "wrong-protocol",
            side.role,
            variant="sends" if heard is Protocol.SMTP else "receives",
            endpoint=side.endpoint,
            field=Field.HOST,
            values={**side.values, "spoken": PROTOCOL_NAMES[heard]},
            facts={"speaks": heard.value},
            quote=_greeting_bytes(side),
        )


def not_a_mail_server(case: Case) -> Iterator[Finding]:
    """HTTP, SSH, FTP or nothing known; its first bytes are quoted."""
    for side in given_sides(case):
        seen = side.main
        if seen is None or is_captive(case):
            continue
        heard = spoken(seen)
        nonsense = _nonsense(side, seen)
        if (heard is None and not nonsense) or heard in MAIL:
            continue
        known = heard in (Spoken.HTTP, Spoken.SSH, Spoken.FTP)
        yield make_finding(
            "not-a-mail-server",
            side.role,
            variant=heard.value if heard is not None and known else "",
            endpoint=side.endpoint,
            field=Field.HOST,
            values=side.values,
            facts={"address": seen.address or "", "speaks": heard.value if heard else ""},
            quote=_greeting_bytes(side) or nonsense,
        )


def _nonsense(side: Side, seen: EndpointObservation) -> bytes:
    """Return what came in place of a greeting where no grammar allows it."""
    talk = conversation_for(seen, side.server.security)
    end = talk.end if talk else None
    if end is None or end.kind is not EndKind.VIOLATION or end.stage is not Stage.GREETING:
        return b""
    return end.last_line or end.detail.encode()


def _greeting_bytes(side: Side) -> bytes:
    if side.main is None:
        return b""
    greeting = tls_greeting(side.main) or plain_greeting(side.main)
    return greeting.raw if greeting else b""
