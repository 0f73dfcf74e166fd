"""A report as the JSON object of `--json`, version 1.

The order of the keys is written out here and never sorted. Codes and values are the contract;
titles, explanations and remedies are texts in the reader's language. No secret can be in it: the
report holds none.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from mailcheck_gui import __version__
from mailcheck_gui.model.account import Account, Cleaning, Server
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.finding import Evidence, Finding, NotTested, SideSuggestion, Suggestion
from mailcheck_gui.model.observation import (
    EndpointObservation,
    SignInObservation,
    TlsObservation,
    TranscriptLine,
)
from mailcheck_gui.model.quoting import quote, visible_text
from mailcheck_gui.model.report import Report
from mailcheck_gui.reporting.endpoint_state import EndpointState, endpoint_state, was_tried
from mailcheck_gui.reporting.wording import Translate, field_path, say, untranslated

REPORT_VERSION = 1

JsonObject = dict[str, object]


def report_to_json(report: Report, translate: Translate = untranslated) -> str:
    """Return the report as one JSON object, readable by a person, without a line end behind it."""
    return json.dumps(report_to_object(report, translate), ensure_ascii=False, indent=2)


def report_to_object(report: Report, translate: Translate = untranslated) -> JsonObject:
    """Return the report as a JSON object."""
    observations = report.observations
    return {
        "version": REPORT_VERSION,
        "program": f"mailcheck {__version__}",
        "started": _utc(report.started),
        "duration_ms": round(report.duration_ms),
        "cancelled": report.cancelled,
        "verdict": report.verdict.value,
        "account": _account(report.account),
        "cleaned": [_cleaning(cleaning) for cleaning in report.cleaned],
        "findings": [_finding(finding, translate) for finding in report.findings],
        "endpoints": [_row(row) for row in observations.endpoints if was_tried(row)],
        "sign_in": [_sign_in(sign_in) for sign_in in observations.sign_ins],
        "suggestion": _suggestion(report.suggestion),
        "not_tested": [_not_tested(gap, translate) for gap in report.not_tested],
        "transcript": [transcript_object(line) for line in observations.transcript],
    }


def _account(account: Account) -> JsonObject:
    """Return the settings as a settings file that says everything, so that it can be one."""
    document: JsonObject = {"version": 1}
    if account.name:
        document["name"] = account.name
    document["email"] = account.email
    document["same_credentials"] = account.same_credentials
    for role, server in account.sides():
        document[role.value] = server_to_object(server)
    return document


def server_to_object(server: Server) -> JsonObject:
    """Return a server with the keys of the settings file."""
    return {
        "protocol": server.protocol.value,
        "host": server.host,
        "port": server.port,
        "security": server.security.value,
        "auth": server.auth.value,
        "username": server.username,
    }


def _cleaning(cleaning: Cleaning) -> JsonObject:
    return {
        "field": field_path(cleaning.role, cleaning.field),
        "from": visible_text(cleaning.typed),
        "to": cleaning.used,
    }


def _finding(finding: Finding, translate: Translate) -> JsonObject:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "role": finding.role.value,
        "endpoint": _endpoint(finding.endpoint) if finding.endpoint else None,
        "title": say(finding.title, translate),
        "explanation": say(finding.explanation, translate),
        "remedy": say(finding.remedy, translate),
        "evidence": _evidence(finding.evidence),
    }


def _endpoint(endpoint: Endpoint) -> JsonObject:
    return {"protocol": endpoint.protocol.value, "host": endpoint.host, "port": endpoint.port}


def _evidence(evidence: Evidence) -> JsonObject:
    facts = {
        key: visible_text(value) if isinstance(value, str) else value
        for key, value in evidence.facts
    }
    return {**facts, "quote": quote(evidence.quote)}


def _row(observation: EndpointObservation) -> JsonObject:
    seen = endpoint_state(observation)
    offered = seen.capabilities
    return {
        "role": observation.role.value,
        "configured": observation.configured,
        **_endpoint(observation.endpoint),
        "address": observation.address,
        "state": seen.state.value,
        "speaks": seen.speaks.value if seen.speaks else None,
        "starttls": seen.starttls,
        "tls": _tls(seen.tls) if seen.tls else None,
        "greeting": quote(seen.greeting.raw) if seen.greeting else None,
        "capabilities": [visible_text(word) for word in offered.values] if offered else [],
        "auth": [visible_text(name) for name in offered.mechanisms] if offered else [],
        "timing_ms": _timing(seen),
    }


def _tls(tls: TlsObservation) -> JsonObject:
    leaf = tls.chain[0] if tls.chain else None
    return {
        "version": tls.version or None,
        "cipher": tls.cipher or None,
        "trusted": tls.chain_trusted,
        "name_matches": tls.name_matches,
        "names": [visible_text(name) for name in leaf.names] if leaf else [],
        "issuer": visible_text(leaf.issuer) if leaf else None,
        "expires": _utc(leaf.not_after) if leaf else None,
    }


def _timing(seen: EndpointState) -> JsonObject:
    talk = seen.talk
    if talk is None:
        return {"connect": None, "greeting": None, "tls": None, "total": None}
    return {
        "connect": round(talk.connect.elapsed_ms, 1),
        "greeting": round(seen.greeting.elapsed_ms, 1) if seen.greeting else None,
        "tls": round(talk.tls.elapsed_ms, 1) if talk.tls else None,
        "total": round(talk.end.elapsed_ms, 1) if talk.end else None,
    }


def _sign_in(sign_in: SignInObservation) -> JsonObject:
    return {
        "role": sign_in.role.value,
        **_endpoint(sign_in.endpoint),
        "mechanism": sign_in.mechanism or None,
        "result": sign_in.result.value,
        "reply": quote(sign_in.reply),
    }


def _suggestion(suggestion: Suggestion) -> JsonObject:
    incoming, outgoing = suggestion.incoming, suggestion.outgoing
    return {
        "status": {"incoming": incoming.status.value, "outgoing": outgoing.status.value},
        "incoming": _suggested_server(incoming),
        "outgoing": _suggested_server(outgoing),
        "proof": {"incoming": _proof(incoming), "outgoing": _proof(outgoing)},
        "changes": [
            {
                "role": change.role.value,
                "field": change.field.value,
                "from": change.typed,
                "to": change.suggested,
                "because": change.because,
                "proof": change.proof.value,
            }
            for change in suggestion.changes
        ],
    }


def _suggested_server(side: SideSuggestion) -> JsonObject | None:
    return server_to_object(side.server) if side.server else None


def _proof(side: SideSuggestion) -> str | None:
    return side.proof.value if side.proof else None


def _not_tested(gap: NotTested, translate: Translate) -> JsonObject:
    return {"what": say(gap.what, translate), "why": say(gap.why, translate)}


def transcript_object(line: TranscriptLine) -> JsonObject:
    """Return one line of a transcript."""
    return {
        "endpoint": _endpoint(line.endpoint),
        "at_ms": round(line.at_ms, 1),
        "direction": line.direction,
        "text": visible_text(line.text),
    }


def _utc(moment: datetime) -> str:
    """Return a moment as RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
