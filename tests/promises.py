"""What holds for every report of every test: no weaker advice, no blame on a network unproven.

`broken_promises(report)` returns what is broken, one sentence a fault; `broken_promises_of` does
the same for a report as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mailcheck_gui.model.account import Security, Server
from mailcheck_gui.model.finding import Finding, Message, Proof, Suggestion
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndpointObservation,
    HandshakeOutcome,
    Observations,
)
from mailcheck_gui.model.report import Report

BLOCKED = frozenset(
    {"port-blocked-by-network", "port-blocked-by-server", "port-blocked-by-computer"}
)
"""Codes that say that something between us and the server drops what we send."""

FORBIDDEN_ADVICE = re.compile(
    r"(turn|switch|leave)\w* (off|out) (the )?(encryption|tls|ssl|starttls|security)"
    r"|disable (encryption|tls|ssl|starttls|security|certificate)"
    r"|set encryption to none|choose none|encryption: none"
    r"|(accept|allow|trust|confirm|permit)\w* (the|this|that|its|any|all|every) certificate"
    r"|(add|store|confirm)\w* (a |the |an )?(security )?exception|continue anyway|proceed anyway"
    r"|ignore (the|this|that) (warning|certificate)",
    re.IGNORECASE,
)
_PROHIBITION = re.compile(r"\b(never|not|n't|no|instead of|rather than)\b", re.IGNORECASE)


def broken_promises(report: Report) -> list[str]:
    """Return what a report promises less than Mailcheck does."""
    texts = [text for item in report.not_tested for text in (item.what, item.why)]
    texts += [text for f in report.findings for text in (f.title, f.explanation, f.remedy)]
    return [
        *weak_suggestions(report.suggestion, report.observations),
        *false_blocks(report.findings, report.observations),
        *forbidden_advice(texts),
        *forbidden_advice(
            text for f in report.findings for text in (f.title, f.explanation, f.remedy)
        ),
    ]


def weak_suggestions(suggestion: Suggestion, seen: Observations) -> Iterator[str]:
    """Yield each suggestion of plain text, or of a server whose certificate does not hold."""
    for side in (suggestion.incoming, suggestion.outgoing):
        if side.server is None:
            continue
        if side.server.security is Security.NONE:
            yield f"plain text is suggested on {side.server.host}"
        if side.proof is not Proof.DOCUMENTED and not _verified(side.server, seen):
            yield f"{side.server.host} is suggested as proven without verified TLS"
    for change in suggestion.changes:
        if change.suggested == Security.NONE.value:
            yield "a change to no encryption is suggested"


def _verified(server: Server, seen: Observations) -> bool:
    handshakes = [
        talk.tls.outcome
        for row in seen.endpoints
        for talk in row.conversations
        if (row.endpoint.host, row.endpoint.port) == (server.ascii_host, server.port) and talk.tls
    ]
    return HandshakeOutcome.VERIFIED in handshakes


def false_blocks(findings: Iterable[Finding], seen: Observations) -> Iterator[str]:
    """Yield each finding that calls a port blocked which the server itself refused or opened."""
    for finding in findings:
        if finding.code in BLOCKED and finding.endpoint is not None:
            answered = [row for row in seen.at(finding.endpoint) if _answered(row)]
            if answered and not any(_unanswered(row) for row in seen.at(finding.endpoint)):
                yield f"{finding.code} at {finding.endpoint}, which answered"


def _answered(row: EndpointObservation) -> bool:
    answers = (ConnectOutcome.OPEN, ConnectOutcome.CLOSED)
    return any(talk.connect.outcome in answers for talk in row.conversations)


def _unanswered(row: EndpointObservation) -> bool:
    return bool(row.conversations) and not _answered(row)


def forbidden_advice(texts: Iterable[Message]) -> Iterator[str]:
    """Yield each sentence that advises to go without encryption or verification."""
    for text in texts:
        yield from _forbidden(text.english())


def _forbidden(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.?:])\s+", text):
        if FORBIDDEN_ADVICE.search(sentence) and not _PROHIBITION.search(sentence):
            yield f"advice that is never given: {sentence}"


def broken_promises_of(document: dict[str, Any]) -> list[str]:
    """Return what a report as JSON promises less than Mailcheck does."""
    suggested = [document["suggestion"][role] for role in ("incoming", "outgoing")]
    found = [
        f"plain text is suggested on {server['host']}"
        for server in suggested
        if server is not None and server["security"] == Security.NONE.value
    ]
    for finding in document["findings"]:
        for part in ("title", "explanation", "remedy"):
            found += _forbidden(finding[part])
        states = {row["state"] for row in document["endpoints"] if _is_at(row, finding)}
        if finding["code"] in BLOCKED and states and states <= {"open", "closed", "reset"}:
            found.append(f"{finding['code']} where the server answered")
    return found


def _is_at(row: dict[str, Any], finding: dict[str, Any]) -> bool:
    endpoint = finding["endpoint"]
    return bool(endpoint) and all(row[key] == endpoint[key] for key in endpoint)
