"""What a probe without credentials says about a server that a source names."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.diagnosis.addresses import is_loopback
from mailcheck_gui.diagnosis.findings import PROTOCOL_NAMES
from mailcheck_gui.diagnosis.proven import proven_among
from mailcheck_gui.diagnosis.reading import (
    is_open,
    is_verified,
    outcome_of,
    plain_greeting,
    speaks,
    starttls_of,
    tls_for,
    tls_greeting,
)
from mailcheck_gui.model.account import Server
from mailcheck_gui.model.finding import Message, Proof, message
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndpointObservation,
    HandshakeOutcome,
    NameObservation,
    NameOutcome,
    Speaks,
    Spoken,
    StartTlsOutcome,
    TlsObservation,
)

_NAMES = {
    NameOutcome.NOT_FOUND: message("{host} does not exist."),
    NameOutcome.NO_ADDRESS: message("{host} has no address."),
    NameOutcome.TIMED_OUT: message("No name server answered the question for {host}."),
    NameOutcome.FAILED: message("The name server could not answer the question for {host}."),
}
_PRIVATE = message("{host} leads into a private network, so it was not asked.")
_THIS_COMPUTER = message("{host} is this computer. A check tells whether a server runs on it.")
_UNFINISHED = message("{host} had not answered on port {port} when the search ended.")
_NOT_ASKED = message("{host} was not asked: too many servers were named.")
_CONNECTS = {
    ConnectOutcome.CLOSED: message("{host} refuses connections on port {port}."),
    ConnectOutcome.SILENT: message("{host} does not answer on port {port}."),
}
_UNREACHABLE = message("{host} cannot be reached from this computer on port {port}.")
_OTHER_NAME = message("The certificate of {host} is for other names: {names}.")
_NOT_TRUSTED = message("The certificate of {host} does not hold on port {port}.")
_NO_ENCRYPTION = message("{host} offers no encryption on port {port}.")
_NO_TLS = message("{host} does not begin with encryption on port {port}.")
_OTHER_PROTOCOL = message("{host} does not speak {protocol} on port {port}.")
_NO_SIGN_IN = message("{host} offers no known way to sign in on port {port}.")
_MUTE = message("{host} accepts connections on port {port}, but says nothing.")
_BROKEN_OFF = message("{host} broke the conversation on port {port} off.")
_NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen of one endpoint in one mode. `name` is None where no look-up was made.

    `private` is True where the name leads into a private network and was left alone therefore,
    `unfinished` where the search ended before the probe.
    """

    name: NameObservation | None = None
    rows: tuple[EndpointObservation, ...] = ()
    private: bool = False
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """A server as it may be used: with the sign-in that it offers, its proof or its trouble.

    `server` is unchanged where nothing is proven. `reached` tells whether a connection was made;
    neither proof nor trouble: not known yet.
    """

    server: Server
    proof: Proof | None = None
    trouble: Message | None = None
    reached: bool = False


def judge(server: Server, seen: Sighting | None) -> Judgement:
    """Return what is known of a server; `handshake` is the most that a probe can prove."""
    if seen is None:
        return Judgement(server)
    proven = [
        p for p in proven_among(seen.rows, server, None) if p.server.security is server.security
    ]
    if proven:
        return Judgement(proven[0].server, Proof.HANDSHAKE, reached=True)
    reached = any(is_open(row) for row in seen.rows)
    return Judgement(server, trouble=trouble_with(server, seen), reached=reached)


def trouble_with(server: Server, seen: Sighting) -> Message:
    """Return in one sentence why a server is not proven."""
    values = {
        "host": server.host,
        "port": server.port,
        "protocol": PROTOCOL_NAMES[server.protocol],
    }
    return _trouble(server, seen).with_values(values)


def _trouble(server: Server, seen: Sighting) -> Message:
    if seen.private:
        return _THIS_COMPUTER if is_loopback(server.ascii_host) else _PRIVATE
    if seen.unfinished:
        return _UNFINISHED
    if seen.name is None:
        return _NOT_ASKED
    if not seen.name.addresses:
        return _NAMES.get(seen.name.outcome, _NAMES[NameOutcome.NO_ADDRESS])
    opened = [row for row in seen.rows if is_open(row)]
    if not opened:
        return _not_connected(seen.rows)
    return _after_connecting(server, opened[0])


def _not_connected(rows: tuple[EndpointObservation, ...]) -> Message:
    outcomes = [outcome_of(row) for row in rows]
    return next((text for outcome, text in _CONNECTS.items() if outcome in outcomes), _UNREACHABLE)


def _after_connecting(server: Server, row: EndpointObservation) -> Message:
    tls = tls_for(row, server.security)
    greeting = tls_greeting(row) or plain_greeting(row)
    if greeting is not None and greeting.spoken is not Spoken(server.protocol.value):
        return _OTHER_PROTOCOL
    if tls is not None and tls.outcome is HandshakeOutcome.UNVERIFIED:
        return _bad_certificate(tls)
    if tls is not None and tls.outcome is HandshakeOutcome.NOT_TLS:
        return _NO_TLS
    if starttls_of(row) in (StartTlsOutcome.NOT_OFFERED, StartTlsOutcome.REFUSED):
        return _NO_ENCRYPTION
    if is_verified(row, server.protocol, server.security):
        return _NO_SIGN_IN
    return _MUTE if speaks(row) is Speaks.NOTHING else _BROKEN_OFF


def _bad_certificate(tls: TlsObservation) -> Message:
    names = certificate_names(tls)
    if tls.name_matches is False and names:
        return _OTHER_NAME.with_values({"names": ", ".join(names[:_NAMES_SHOWN])})
    return _NOT_TRUSTED


def certificate_names(tls: TlsObservation) -> tuple[str, ...]:
    """Return the names that the server's own certificate is for."""
    return tls.chain[0].names if tls.chain else ()


def names_instead(server: Server, seen: Sighting) -> tuple[str, ...]:
    """Return the names in a certificate that is not for the name that was asked."""
    found = [tls_for(row, server.security) for row in seen.rows]
    wrong = [tls for tls in found if tls is not None and tls.name_matches is False]
    return tuple(dict.fromkeys(name.lower() for tls in wrong for name in certificate_names(tls)))
