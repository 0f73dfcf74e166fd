"""Hints for the Port and Encryption boxes: what the registered roles of ports say offline."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.findings import PROTOCOL_NAMES
from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.diagnosis.ports import read_port
from mailcheck_gui.diagnosis.proven import RELAY_PORT
from mailcheck_gui.diagnosis.texts import hints as words
from mailcheck_gui.diagnosis.texts import refusals
from mailcheck_gui.model.account import (
    AccountDraft,
    AuthMethod,
    Field,
    Protocol,
    Role,
    Security,
    ServerDraft,
)
from mailcheck_gui.model.endpoint import PortRole, default_port, port_role
from mailcheck_gui.model.finding import Message, Severity
from mailcheck_gui.model.intake import Hint

_PAIR_CODES = {
    (Security.IMPLICIT_TLS, Security.STARTTLS): "tls-on-starttls-port",
    (Security.STARTTLS, Security.IMPLICIT_TLS): "starttls-on-tls-port",
    (Security.NONE, Security.IMPLICIT_TLS): "plaintext-on-tls-port",
}
"""Set, and usual for the port."""


def swap_hints(draft: AccountDraft) -> Iterator[Hint]:
    """Yield one hint where each box holds what is usual for the other side."""
    incoming, outgoing = draft.incoming, draft.outgoing
    if incoming is None or outgoing is None:
        return
    if _usual_side(incoming) is not Role.OUTGOING or _usual_side(outgoing) is not Role.INCOMING:
        return
    yield Hint(
        "servers-swapped",
        Role.INCOMING,
        Field.HOST,
        Severity.WARNING,
        words.SWAPPED,
        words.SWAP,
        (*_values(Role.INCOMING, outgoing), *_values(Role.OUTGOING, incoming)),
    )


def _usual_side(side: ServerDraft) -> Role | None:
    """Return the side that a box's port, else its name, is usual for."""
    number = _port_of(side)
    role = port_role(number) if number is not None else None
    if role is not None:
        return Role.OUTGOING if role.protocol is Protocol.SMTP else Role.INCOMING
    label = read_host(side.host).ascii_host.partition(".")[0].rstrip("s")
    names = {"smtp": Role.OUTGOING, "imap": Role.INCOMING, "pop": Role.INCOMING}
    return names.get(label.removesuffix("3"))


def _values(role: Role, source: ServerDraft) -> tuple[tuple[Role, Field, str], ...]:
    security = source.security.value if source.security else ""
    pairs = ((Field.HOST, source.host), (Field.PORT, source.port), (Field.SECURITY, security))
    return tuple((role, field, value) for field, value in pairs if value)


def port_hints(role: Role, side: ServerDraft) -> Iterator[Hint]:
    """Yield what there is to say about port and encryption; the first that fits wins."""
    port = read_port(side.port)
    if port.problem is not None:
        sentence = refusals.port_sentence(port.problem, side.port)
        yield Hint("port-invalid", role, Field.PORT, Severity.ERROR, sentence)
        return
    number = _port_of(side)
    usual = port_role(number) if number is not None else None
    if usual is not None and usual.protocol is not side.protocol:
        yield _other_protocol(role, side, usual)
    elif role is Role.OUTGOING and number == RELAY_PORT:
        yield _use_port("submission-on-port-25", role, words.PORT_25, 465, Security.IMPLICIT_TLS)
    else:
        yield from _pair(role, side, number, usual)


def _port_of(side: ServerDraft) -> int | None:
    port = read_port(side.port)
    return port.number if side.port.strip() else read_host(side.host).port


def _other_protocol(role: Role, side: ServerDraft, usual: PortRole) -> Hint:
    receiving = Protocol.SMTP not in (usual.protocol, side.protocol)
    if receiving:
        name = PROTOCOL_NAMES[usual.protocol]
        sentence = words.PORT_BELONGS.with_values({"port": usual.port, "protocol": name})
    else:
        sends = usual.protocol is Protocol.SMTP
        text = words.PORT_SENDS if sends else words.PORT_RECEIVES
        sentence = text.with_values({"port": usual.port})
    code = "protocol-port-mismatch" if receiving else "wrong-protocol"
    security = side.security if side.security is Security.STARTTLS else Security.IMPLICIT_TLS
    return _use_port(code, role, sentence, default_port(side.protocol, security), security)


def _use_port(code: str, role: Role, sentence: Message, port: int, security: Security) -> Hint:
    return Hint(
        code,
        role,
        Field.PORT,
        Severity.WARNING,
        sentence,
        words.USE_PORT.with_values({"value": port}),
        ((role, Field.PORT, str(port)), (role, Field.SECURITY, security.value)),
    )


def _pair(
    role: Role, side: ServerDraft, number: int | None, usual: PortRole | None
) -> Iterator[Hint]:
    if side.security is None:
        return
    if usual is not None and usual.registered and side.security is not usual.security:
        code = _PAIR_CODES.get((side.security, usual.security))
        if code is not None:
            sentence = words.PORT_GOES_WITH[usual.security].with_values({"port": usual.port})
            yield _use_security(code, role, sentence, usual.security)
            return
    if side.security is Security.NONE and side.auth is not AuthMethod.NONE:
        plain_port = usual is not None and usual.security is Security.STARTTLS
        security = Security.STARTTLS if plain_port else Security.IMPLICIT_TLS
        hint = _use_security("plaintext-password", role, words.PLAIN_PASSWORD, security)
        if not plain_port and number is not None:
            port = default_port(side.protocol, security)
            fix = (*hint.fix, (role, Field.PORT, str(port)))
            hint = Hint(hint.code, role, hint.field, hint.severity, hint.sentence, hint.button, fix)
        yield hint


def _use_security(code: str, role: Role, sentence: Message, security: Security) -> Hint:
    return Hint(
        code,
        role,
        Field.SECURITY,
        Severity.WARNING,
        sentence,
        words.USE_SECURITY[security],
        ((role, Field.SECURITY, security.value),),
    )
