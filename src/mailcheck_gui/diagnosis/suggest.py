"""The one complete corrected pair of settings."""

from __future__ import annotations

from dataclasses import replace

from mailcheck_gui.diagnosis.candidate_proof import was_entered
from mailcheck_gui.diagnosis.candidates import candidates, main_cause
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.diagnosis.proven import RELAY_PORT, STRENGTH, proven_on_host
from mailcheck_gui.diagnosis.rules.typed import other_username, provider_behind, username_in_form
from mailcheck_gui.diagnosis.sides import Side, side_of
from mailcheck_gui.model.account import Field, Role, Server, ServerDraft
from mailcheck_gui.model.endpoint import default_port, default_security, endpoint_of
from mailcheck_gui.model.finding import (
    Change,
    Finding,
    Proof,
    SideStatus,
    SideSuggestion,
    Suggestion,
)
from mailcheck_gui.model.intake import Candidate
from mailcheck_gui.model.pasted_address import without_pasted_secrets

_METHOD_CODES = ("sign-in-method-unsupported", "oauth-required")


def suggest(case: Case, findings: tuple[Finding, ...]) -> Suggestion:
    """Return what to keep and what to change on each side, with proof.

    Plain text is never suggested, nor a certificate that was not verified, and a documented
    server only where nothing proven is there.
    """
    return Suggestion(
        _for_side(case, findings, Role.INCOMING), _for_side(case, findings, Role.OUTGOING)
    )


def _for_side(case: Case, findings: tuple[Finding, ...], role: Role) -> SideSuggestion:
    draft = case.intake.draft.incoming if role is Role.INCOMING else case.intake.draft.outgoing
    if draft is None:
        return SideSuggestion(SideStatus.NOT_GIVEN)
    side = side_of(case, role)
    best = best_candidate(case, role, findings)
    if best is not None:
        return _change(case, findings, _typed_server(draft, side, best), best)
    if side is None:
        return SideSuggestion(SideStatus.NO_CURE)
    return _keep(case, findings, side)


def best_candidate(case: Case, role: Role, findings: tuple[Finding, ...]) -> Candidate | None:
    """Return the best candidate that may be suggested: proven, else documented."""
    ranked = candidates(case, role, findings)
    proven = [c for c in ranked if c.proof in (Proof.SIGNED_IN, Proof.HANDSHAKE)]
    documented = [
        replace(c, proof=Proof.DOCUMENTED) for c in ranked if c.source and _may_be_named(case, c)
    ]
    return next(iter([*proven, *documented]), None)


def _may_be_named(case: Case, candidate: Candidate) -> bool:
    """Whether a server that only the catalogue speaks for may be suggested.

    Where the catalogue documents the typed host as well, another host of the provider needs proof.
    So does another port of it that is weaker, that was asked in this run, or that no address of
    the host leads to.
    """
    side = side_of(case, candidate.role)
    if side is None or not _is_documented(case, side.server):
        return True
    typed, other = side.server, candidate.server
    nameless = side.name is not None and not side.name.addresses
    if nameless or other.ascii_host != typed.ascii_host:
        return False
    weaker = STRENGTH[other.security] < STRENGTH[typed.security]
    return not weaker and not case.observations.at(endpoint_of(other))


def _is_documented(case: Case, typed: Server) -> bool:
    """Whether the provider documents the typed host for the typed protocol."""
    provider = provider_behind(case, typed)
    here = (typed.protocol, typed.ascii_host)
    return provider is not None and any((s.protocol, s.host) == here for s in provider.servers)


def _keep(case: Case, findings: tuple[Finding, ...], side: Side) -> SideSuggestion:
    """Keep what is as good as can be; else only the user name may be changed."""
    proof = _proof_here(side)
    if proof is None:
        return SideSuggestion(SideStatus.NO_CURE)
    other = other_username(case, side)
    if other:
        changes = (_username_change(side.role, side.server.username, other),)
        return SideSuggestion(
            SideStatus.CHANGE,
            replace(side.server, username=other),
            Proof.HANDSHAKE,
            changes,
            source=_username_source(case, side.server),
        )
    relay = side.role is Role.OUTGOING and side.server.port == RELAY_PORT
    if main_cause(findings, side.role) or relay or _is_intercepted(findings, side):
        return SideSuggestion(SideStatus.NO_CURE)
    return SideSuggestion(SideStatus.KEEP, side.server, proof)


def _is_intercepted(findings: tuple[Finding, ...], side: Side) -> bool:
    """Whether others read along, so that it works and still is not as good as can be."""
    return any(f.role is side.role and f.code == "tls-intercepted" for f in findings)


def _proof_here(side: Side) -> Proof | None:
    """Return what the configured settings themselves rest on, None where they do not hold."""
    if not side.verified:
        return None
    return next((p.proof for p in proven_on_host(side) if p.server == side.server), None)


def _typed_server(draft: ServerDraft, side: Side | None, best: Candidate) -> Server:
    """Return the side as it was typed, so that every field can be compared."""
    if side is not None:
        return side.server
    security = draft.security or default_security(None)
    port = draft.port.strip()
    known = port.isascii() and port.isdigit() and len(port) < 6
    return Server(
        protocol=draft.protocol,
        host=without_pasted_secrets(draft.host.strip()),
        ascii_host=read_host(draft.host).ascii_host,
        port=int(port) if known else default_port(draft.protocol, security),
        security=security,
        auth=draft.auth or best.server.auth,
        username=best.server.username,
    )


def _change(
    case: Case, findings: tuple[Finding, ...], typed: Server, best: Candidate
) -> SideSuggestion:
    server = best.server
    proof = best.proof or Proof.DOCUMENTED
    changes = [
        Change(best.role, field, old, new, _because(findings, best, field), proof)
        for field, old, new in _differences(typed, server)
    ]
    other = _documented_username(case, best)
    if other:
        changes.append(_username_change(best.role, server.username, other))
        server = replace(server, username=other)
        proof = Proof.HANDSHAKE if proof is Proof.SIGNED_IN else proof
    return SideSuggestion(
        SideStatus.CHANGE,
        server,
        proof,
        tuple(changes),
        needs_consent=not was_entered(case, server.ascii_host),
        source=best.source if proof is Proof.DOCUMENTED else "",
    )


def _differences(typed: Server, server: Server) -> list[tuple[Field, str, str]]:
    pairs = [
        (Field.PROTOCOL, typed.protocol.value, server.protocol.value),
        (Field.HOST, typed.host, server.host),
        (Field.PORT, str(typed.port), str(server.port)),
        (Field.SECURITY, typed.security.value, server.security.value),
        (Field.AUTH, typed.auth.value, server.auth.value),
    ]
    return [(field, old, new) for field, old, new in pairs if old != new]


def _because(findings: tuple[Finding, ...], best: Candidate, field: Field) -> str:
    """Return the finding behind one change: the way to sign in has findings of its own."""
    codes = [f.code for f in findings if f.role is best.role]
    if field is Field.AUTH:
        return next((code for code in _METHOD_CODES if code in codes), best.because)
    return best.because


def _documented_username(case: Case, best: Candidate) -> str:
    """Return the user name that the suggested server's provider documents, where it differs."""
    if best.proof is Proof.SIGNED_IN:
        return ""
    provider = provider_behind(case, best.server)
    email = case.account.email
    if provider is None or "@" not in email:
        return ""
    return username_in_form(provider, best.server.protocol, best.server.username, email)


def _username_change(role: Role, typed: str, other: str) -> Change:
    return Change(role, Field.USERNAME, typed, other, "username-incomplete", Proof.DOCUMENTED)


def _username_source(case: Case, server: Server) -> str:
    provider = provider_behind(case, server)
    return provider.name if provider else ""
