"""What the port map shows, worked out from observations: one tile for each port."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from mailcheck_gui.model.account import Protocol, Role, Security
from mailcheck_gui.model.endpoint import Endpoint, PlannedEndpoint, endpoint_of, port_role
from mailcheck_gui.model.finding import SideStatus
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndpointObservation,
    HandshakeOutcome,
    Speaks,
    TlsObservation,
)
from mailcheck_gui.model.quoting import quote
from mailcheck_gui.model.report import Report
from mailcheck_gui.reporting.endpoint_state import EndpointState, PortState, endpoint_state


class TileState(Enum):
    """What speaks on a port, best first; then what is still open."""

    TLS = "tls"
    STARTTLS = "starttls"
    UNENCRYPTED = "unencrypted"
    OTHER = "other"
    CLOSED = "closed"
    NO_ANSWER = "no-answer"
    BLOCKED = "blocked"
    RUNNING = "running"
    WAITING = "waiting"


class Mark(Enum):
    """What hangs below a tile."""

    NONE = "none"
    USE_THIS = "use-this"
    YOURS = "yours"
    YOURS_DIFFERS = "yours-differs"


@dataclass(frozen=True, slots=True)
class Tile:
    """One port. `configured` is what the person set there; None on a neighbour.

    `protocol` is set where the person set another protocol than the port has.
    `greeting` is a server's text, made visible; `certificate` its name and how far it is trusted.
    """

    role: Role
    endpoint: Endpoint
    state: TileState
    mark: Mark = Mark.NONE
    configured: Security | None = None
    protocol: Protocol | None = None
    greeting: str = ""
    certificate: TlsObservation | None = None
    verified: bool = True

    @property
    def port(self) -> int:
        """The number."""
        return self.endpoint.port


def tile_state(observation: EndpointObservation) -> TileState:
    """Return what speaks at one address of a port."""
    known = endpoint_state(observation)
    if known.state is PortState.OPEN:
        return _open_state(known)
    outcomes = {talk.connect.outcome for talk in observation.conversations}
    if ConnectOutcome.DENIED in outcomes:
        return TileState.BLOCKED
    return TileState.CLOSED if known.state is PortState.CLOSED else TileState.NO_ANSWER


def _open_state(known: EndpointState) -> TileState:
    if known.speaks is Speaks.IMPLICIT_TLS:
        return TileState.TLS
    if known.speaks is Speaks.PLAINTEXT:
        return TileState.STARTTLS if known.starttls else TileState.UNENCRYPTED
    return TileState.OTHER if known.speaks is Speaks.OTHER else TileState.NO_ANSWER


_RANK = {state: rank for rank, state in enumerate(TileState)}
_SPOKEN = {
    TileState.TLS: Security.IMPLICIT_TLS,
    TileState.STARTTLS: Security.STARTTLS,
    TileState.UNENCRYPTED: Security.NONE,
}


def planned_tile(planned: PlannedEndpoint, state: TileState) -> Tile:
    """Return the tile of a port that nothing is known of yet."""
    configured = planned.security if planned.configured else None
    mark = Mark.YOURS if planned.configured else Mark.NONE
    return Tile(planned.role, planned.endpoint, state, mark, configured)


def known_tile(observations: Iterable[EndpointObservation]) -> Tile:
    """Return the tile of a port from what was seen at its addresses; the best one counts."""
    best = min(observations, key=lambda observation: _RANK[tile_state(observation)])
    state = tile_state(best)
    known = endpoint_state(best)
    configured = best.security if best.configured else None
    greeting = quote(known.greeting.raw, 200) if known.greeting else ""
    tls = known.tls
    return Tile(
        best.role,
        best.endpoint,
        state,
        _own_mark(configured, state),
        configured,
        greeting=greeting,
        certificate=tls,
        verified=tls is None or tls.outcome is not HandshakeOutcome.UNVERIFIED,
    )


def _own_mark(configured: Security | None, state: TileState) -> Mark:
    if configured is None:
        return Mark.NONE
    spoken = _SPOKEN.get(state)
    return Mark.YOURS if spoken in (None, configured) else Mark.YOURS_DIFFERS


def report_tiles(report: Report) -> tuple[Tile, ...]:
    """Return the tiles of a finished check, with its marks, in the order of the map."""
    by_endpoint: dict[Endpoint, list[EndpointObservation]] = {}
    for observation in report.observations.endpoints:
        if observation.conversations and not observation.candidate:
            by_endpoint.setdefault(observation.endpoint, []).append(observation)
    blocked = {
        finding.endpoint for finding in report.findings if finding.code.startswith("port-blocked")
    }
    use = _suggested_endpoints(report)
    tiles = one_tile_a_port(known_tile(group) for group in by_endpoint.values())
    return in_map_order(_finish(tile, blocked, use) for tile in tiles)


def _finish(tile: Tile, blocked: set[Endpoint | None], use: set[Endpoint]) -> Tile:
    state = TileState.BLOCKED if tile.endpoint in blocked else tile.state
    free = tile.endpoint in use and tile.mark is Mark.NONE
    return replace(tile, state=state, mark=Mark.USE_THIS if free else tile.mark)


def _suggested_endpoints(report: Report) -> set[Endpoint]:
    sides = (report.suggestion.incoming, report.suggestion.outgoing)
    return {
        endpoint_of(side.server)
        for side in sides
        if side.status is SideStatus.CHANGE and side.server is not None
    }


_PROTOCOLS = (Protocol.SMTP, Protocol.IMAP, Protocol.POP3)


def in_map_order(tiles: Iterable[Tile]) -> tuple[Tile, ...]:
    """Sort tiles: outgoing, IMAP, POP3; by number within each."""
    return tuple(
        sorted(
            tiles, key=lambda tile: (_PROTOCOLS.index(tile.endpoint.protocol), tile.endpoint.port)
        )
    )


def one_tile_a_port(tiles: Iterable[Tile]) -> tuple[Tile, ...]:
    """Merge tiles of one port: IMAP set on a POP3 port is seen twice, once for each protocol."""
    by_port: dict[tuple[str, int], list[Tile]] = {}
    for tile in tiles:
        by_port.setdefault((tile.endpoint.host, tile.endpoint.port), []).append(tile)
    return tuple(_merged(group) for group in by_port.values())


def _merged(group: list[Tile]) -> Tile:
    registered = port_role(group[0].port)
    home = next(
        (t for t in group if registered and t.endpoint.protocol is registered.protocol), group[0]
    )
    yours = next((t for t in group if t.configured is not None and t is not home), None)
    if yours is None:
        return home
    state = min(home.state, yours.state, key=lambda each: _RANK[each])
    seen = state not in (TileState.RUNNING, TileState.WAITING)
    return replace(
        home,
        state=state,
        mark=Mark.YOURS_DIFFERS if seen else Mark.YOURS,
        configured=yours.configured,
        protocol=yours.endpoint.protocol,
    )
