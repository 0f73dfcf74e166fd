"""The encryption that is set, against the one that the port speaks.

A rule here holds only where the expected protocol spoke, or where none was heard: for another
protocol `speech.py` has the word. Silence and refusals belong to `reach.py` and `dialogue.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.catalogue.match import provider_of_server
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import Fact, make_finding
from mailcheck_gui.diagnosis.reading import (
    answers_tls,
    handshakes,
    is_open,
    offers_starttls,
    plain_capabilities,
    plain_greeting,
    speaks,
    spoken,
    starttls_of,
)
from mailcheck_gui.diagnosis.rules.advice import proven_way
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.model.account import AuthMethod, Field, Security
from mailcheck_gui.model.endpoint import port_role
from mailcheck_gui.model.finding import Confidence, Finding, Message, message
from mailcheck_gui.model.observation import (
    EndpointObservation,
    GreetingKind,
    Opening,
    Speaks,
    Spoken,
    StartTlsOutcome,
)


def tls_on_starttls_port(case: Case) -> Iterator[Finding]:
    """SSL/TLS is set; the port greets in plain text and offers STARTTLS."""
    for side, seen in _plain(case, Security.IMPLICIT_TLS):
        offered = offers_starttls(seen)
        if offered is not False:
            yield _finding(
                "tls-on-starttls-port",
                side,
                seen,
                variant="" if offered else "unasked",
                confidence=Confidence.CERTAIN if offered else Confidence.LIKELY,
                remedy=proven_way(side, starttls_here=offered is True),
            )


def tls_on_plaintext_port(case: Case) -> Iterator[Finding]:
    """SSL/TLS is set; the port greets in plain text and offers no STARTTLS."""
    for side, seen in _plain(case, Security.IMPLICIT_TLS):
        if offers_starttls(seen) is False:
            yield _finding("tls-on-plaintext-port", side, seen, remedy=proven_way(side))


def starttls_on_tls_port(case: Case) -> Iterator[Finding]:
    """STARTTLS is set; the port answers a ClientHello and greets nobody."""
    for side, seen in _tls_from_the_start(case, Security.STARTTLS):
        yield _finding("starttls-on-tls-port", side, seen)


def plaintext_on_tls_port(case: Case) -> Iterator[Finding]:
    """No encryption is set; the port answers a ClientHello."""
    for side, seen in _tls_from_the_start(case, Security.NONE):
        yield _finding("plaintext-on-tls-port", side, seen)


def plaintext_password(case: Case) -> Iterator[Finding]:
    """No encryption is set, and the port would take a password in plain text."""
    for side, seen in _plain(case, Security.NONE):
        if side.server.auth is AuthMethod.NONE:
            continue
        remedy = proven_way(side) or _encrypt_here(side, seen)
        yield _finding("plaintext-password", side, seen, remedy=remedy)


def _encrypt_here(side: Side, seen: EndpointObservation) -> Message | None:
    if offers_starttls(seen) and side.server.security is Security.NONE:
        return message("Set Encryption to STARTTLS for port {port}.")
    return None


def encryption_unavailable(case: Case) -> Iterator[Finding]:
    """Every port of this server that answers offers no encryption."""
    for side in given_sides(case):
        seen = side.main
        if seen is None or speaks(seen) is not Speaks.PLAINTEXT or not case.neighbours:
            continue
        mine = [o for o in side.host_seen if o.role is side.role and is_open(o)]
        if spoken(seen) in _own(side) and all(_is_bare(o) for o in mine):
            yield make_finding(
                "encryption-unavailable",
                side.role,
                endpoint=side.endpoint,
                values=side.values,
                facts={"open_ports": ", ".join(sorted({str(o.endpoint.port) for o in mine}))},
            )


def _is_bare(seen: EndpointObservation) -> bool:
    """Whether a port is known to offer no encryption; one that was rewritten is not known."""
    capabilities = plain_capabilities(seen)
    masked = capabilities is not None and capabilities.masked
    tls = any(answers_tls(tls) for tls in handshakes(seen))
    return offers_starttls(seen) is False and not masked and not tls


def starttls_not_offered(case: Case) -> Iterator[Finding]:
    """STARTTLS is set and not in the capabilities, and nothing says that it was removed."""
    for side, seen in _upgrade(case, StartTlsOutcome.NOT_OFFERED):
        if _stripping(case, side, seen) is None:
            asked = offers_starttls(seen) is False
            yield _finding(
                "starttls-not-offered",
                side,
                seen,
                confidence=Confidence.CERTAIN if asked else Confidence.LIKELY,
                remedy=proven_way(side),
            )


def starttls_stripped(case: Case) -> Iterator[Finding]:
    """STARTTLS was masked on the way, or is missing against other evidence."""
    for side, seen in _upgrade(case, StartTlsOutcome.NOT_OFFERED):
        evidence = _stripping(case, side, seen)
        if evidence is not None:
            masked = evidence == "masked"
            yield _finding(
                "starttls-stripped",
                side,
                seen,
                variant="" if masked else "missing",
                confidence=Confidence.CERTAIN if masked else Confidence.LIKELY,
                facts={"evidence": evidence},
            )


def _stripping(case: Case, side: Side, seen: EndpointObservation) -> str | None:
    """Return what says that STARTTLS was removed on the way, None where nothing does.

    An open port for implicit TLS is not enough: providers do switch STARTTLS off there.
    """
    capabilities = plain_capabilities(seen)
    if capabilities is not None and capabilities.masked:
        return "masked"
    if any(offers_starttls(other) for other in side.configured):
        return "offered at another address of this server"
    provider = provider_of_server(case.providers, side.server.ascii_host)
    wanted = (side.server.ascii_host, side.server.port, Security.STARTTLS)
    documented = provider.servers if provider else ()
    if any((s.host, s.port, s.security) == wanted for s in documented):
        return "documented by the provider"
    return _stripping_among_neighbours(side)


def _stripping_among_neighbours(side: Side) -> str | None:
    for other in side.host_seen:
        role = port_role(other.endpoint.port)
        usual = role is not None and role.registered and role.security is Security.STARTTLS
        same_side = other.role is side.role and other.endpoint != side.endpoint
        if usual and same_side and offers_starttls(other):
            return f"offered on port {other.endpoint.port} of this server"
    return None


def starttls_refused(case: Case) -> Iterator[Finding]:
    """Offered, then refused: 454, 502, NO, BAD, -ERR, nonsense."""
    for side, seen in _upgrade(case, StartTlsOutcome.REFUSED):
        yield _finding(
            "starttls-refused", side, seen, remedy=proven_way(side), quote=_upgrade_reply(seen)
        )


def starttls_injection(case: Case) -> Iterator[Finding]:
    """Bytes behind the go-ahead for STARTTLS, before the handshake (RFC 9051, section 11.3)."""
    for side, seen in _upgrade(case, StartTlsOutcome.INJECTED):
        yield _finding("starttls-injection", side, seen, quote=_upgrade_reply(seen))


def preauth_before_tls(case: Case) -> Iterator[Finding]:
    """IMAP PREAUTH before encryption: STARTTLS is no longer allowed then (RFC 9051, 6.2.1)."""
    for security in (Security.STARTTLS, Security.NONE):
        for side, seen in _plain(case, security):
            greeting = plain_greeting(seen)
            if greeting is not None and greeting.kind is GreetingKind.PREAUTH:
                yield _finding("preauth-before-tls", side, seen)


def _upgrade_reply(seen: EndpointObservation) -> bytes:
    listened = seen.find(Opening.LISTEN)
    return listened.starttls.reply if listened and listened.starttls else b""


def _own(side: Side) -> tuple[Spoken | None, ...]:
    """Return what the server may have spoken for these rules to hold: its protocol, or nothing."""
    return (Spoken(side.server.protocol.value), None)


def _sides(case: Case, security: Security) -> Iterator[tuple[Side, EndpointObservation]]:
    for side in given_sides(case):
        seen = side.main
        if seen is not None and side.server.security is security and spoken(seen) in _own(side):
            yield side, seen


def _plain(case: Case, security: Security) -> Iterator[tuple[Side, EndpointObservation]]:
    """Yield sides with this setting whose port greeted in plain text, in its own protocol."""
    for side, seen in _sides(case, security):
        greeting = plain_greeting(seen)
        greets = greeting is not None and greeting.kind in (
            GreetingKind.READY,
            GreetingKind.PREAUTH,
        )
        if greets and speaks(seen) is Speaks.PLAINTEXT:
            yield side, seen


def _tls_from_the_start(
    case: Case, security: Security
) -> Iterator[tuple[Side, EndpointObservation]]:
    for side, seen in _sides(case, security):
        if speaks(seen) is Speaks.IMPLICIT_TLS and plain_greeting(seen) is None:
            yield side, seen


def _upgrade(case: Case, outcome: StartTlsOutcome) -> Iterator[tuple[Side, EndpointObservation]]:
    for side, seen in _plain(case, Security.STARTTLS):
        if starttls_of(seen) is outcome:
            yield side, seen


def _finding(
    code: str,
    side: Side,
    seen: EndpointObservation,
    *,
    variant: str = "",
    confidence: Confidence = Confidence.CERTAIN,
    remedy: Message | None = None,
    facts: dict[str, Fact] | None = None,
    quote: bytes = b"",
) -> Finding:
    return make_finding(
        code,
        side.role,
        variant=variant,
        confidence=confidence,
        endpoint=side.endpoint,
        field=Field.SECURITY,
        values=side.values,
        remedy=remedy,
        facts={"address": seen.address or "", **(facts or {})},
        quote=quote or _words_before_tls(seen),
    )


def _words_before_tls(seen: EndpointObservation) -> bytes:
    """Return greeting and capabilities in plain text, or the raw answer to a ClientHello."""
    greeting = plain_greeting(seen)
    capabilities = plain_capabilities(seen)
    words = [greeting.raw if greeting else b"", capabilities.raw if capabilities else b""]
    return b"\r\n".join(word.rstrip(b"\r\n") for word in words if word)
