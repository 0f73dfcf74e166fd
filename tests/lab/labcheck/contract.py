"""The shapes of the report and of a search: the contract, version 1, written down as data.

Unknown keys are allowed, missing ones and other types are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Shape = Any


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some values."""

    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Nullable:
    """Null, or a shape."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Absent:
    """A key that may be missing."""

    shape: Shape


NUMBER = (int, float)
ROLE = OneOf(("incoming", "outgoing"))
PROTOCOL = OneOf(("imap", "pop3", "smtp"))
SECURITY = OneOf(("implicit-tls", "starttls", "none"))
AUTH = OneOf(("password", "encrypted-password", "oauth2", "none"))
PROOF = OneOf(("signed-in", "handshake", "documented"))
STATUS = OneOf(("keep", "change", "no-cure", "not-given"))

SERVER = {
    "protocol": PROTOCOL,
    "host": str,
    "port": int,
    "security": SECURITY,
    "auth": AUTH,
    "username": Absent(str),
}

ACCOUNT = {
    "version": Absent(OneOf((1,))),
    "email": Absent(str),
    "incoming": Absent(Nullable(SERVER)),
    "outgoing": Absent(Nullable(SERVER)),
}

FINDING = {
    "code": str,
    "severity": OneOf(("error", "warning", "info")),
    "confidence": OneOf(("certain", "likely", "possible")),
    "role": OneOf(("incoming", "outgoing", "account")),
    "endpoint": Nullable({"protocol": PROTOCOL, "host": str, "port": int}),
    "title": str,
    "explanation": str,
    "remedy": str,
    "evidence": {"quote": Absent(Nullable(str))},
}

ENDPOINT = {
    "role": ROLE,
    "configured": bool,
    "protocol": PROTOCOL,
    "host": str,
    "port": int,
    "address": Nullable(str),
    "state": OneOf(("open", "closed", "silent", "unreachable", "reset", None)),
    "speaks": OneOf(("implicit-tls", "plaintext", "nothing", "other", None)),
    "starttls": OneOf((True, False, None)),
    "tls": Nullable({
        "version": Nullable(str),
        "cipher": Nullable(str),
        "trusted": OneOf((True, False, None)),
        "name_matches": OneOf((True, False, None)),
        "names": [str],
        "issuer": Nullable(str),
        "expires": Nullable(str),
    }),
    "greeting": Nullable(str),
    "capabilities": Nullable([str]),
    "auth": Nullable([str]),
    "timing_ms": {
        "connect": Nullable(NUMBER),
        "greeting": Nullable(NUMBER),
        "tls": Nullable(NUMBER),
        "total": Nullable(NUMBER),
    },
}  # fmt: skip

SIGN_IN = {
    "role": ROLE,
    "protocol": PROTOCOL,
    "host": str,
    "port": int,
    "mechanism": Nullable(str),
    "result": OneOf(("accepted", "refused", "temporary", "undecided", "not-tested")),
    "reply": Nullable(str),
}

SUGGESTION = {
    "status": {"incoming": STATUS, "outgoing": STATUS},
    "incoming": Nullable(SERVER),
    "outgoing": Nullable(SERVER),
    "proof": {"incoming": Nullable(PROOF), "outgoing": Nullable(PROOF)},
    "changes": [{
        "role": ROLE,
        "field": str,
        "from": (str, int, type(None)),
        "to": (str, int),
        "because": str,
        "proof": PROOF,
    }],
}  # fmt: skip

REPORT = {
    "version": OneOf((1,)),
    "program": str,
    "started": str,
    "duration_ms": NUMBER,
    "cancelled": bool,
    "verdict": OneOf(("ok", "warning", "error", "incomplete")),
    "account": ACCOUNT,
    "cleaned": [{"field": str, "from": str, "to": str}],
    "findings": [FINDING],
    "endpoints": [ENDPOINT],
    "sign_in": [SIGN_IN],
    "suggestion": SUGGESTION,
    "not_tested": [{"what": str, "why": str}],
    "transcript": [{"endpoint": (str, dict), "at_ms": NUMBER, "direction": str, "text": str}],
}

SOURCE = OneOf(("catalogue", "autoconfig", "ispdb", "srv", "autodiscover", "pacc", "mx", "guess"))
FOUND_PROOF = Nullable(OneOf(("handshake", "documented")))  # a search never signs in
ORIGIN = {"source": SOURCE, "trust": OneOf(("secure", "unverified")), "url": str, "date": str}
PAIR = {"incoming": Nullable(SERVER), "outgoing": Nullable(SERVER)}

SEARCH = {
    "version": OneOf((1,)),
    "email": str,
    "candidates": [{
        **PAIR,
        **ORIGIN,
        "proof": {"incoming": FOUND_PROOF, "outgoing": FOUND_PROOF},
        "outgoing_from": Absent(ORIGIN),
    }],
    "preparation": [{"text": str, "url": str, "source": str, "date": str}],
    "tried": [{
        "source": SOURCE,
        "outcome": str,
        "state": OneOf(("found", "nothing", "unusable", "no-answer", "not-asked")),
        "asked": str,
        "ms": Nullable(NUMBER),
    }],
    "suggestions": Absent([PAIR]),
}  # fmt: skip


def violations(value: object, shape: Shape = REPORT, where: str = "report") -> list[str]:
    """Return what breaks the contract, each with its place; empty where nothing does."""
    if isinstance(shape, Absent):
        return violations(value, shape.shape, where)
    if isinstance(shape, Nullable):
        return [] if value is None else violations(value, shape.shape, where)
    if isinstance(shape, OneOf):
        return [] if value in shape.values else [f"{where}: {value!r}"]
    if isinstance(shape, list):
        return _list_violations(value, shape[0], where)
    if isinstance(shape, dict):
        return _object_violations(value, shape, where)
    allowed = shape if isinstance(shape, tuple) else (shape,)
    fits = isinstance(value, allowed) and (bool in allowed or not isinstance(value, bool))
    return [] if fits else [f"{where}: {value!r}"]


def _list_violations(value: object, shape: Shape, where: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{where}: no list"]
    return [
        problem
        for index, entry in enumerate(value)
        for problem in violations(entry, shape, f"{where}[{index}]")
    ]


def _object_violations(value: object, shape: dict[str, Shape], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: no object"]
    found = []
    for key, inner in shape.items():
        if key in value:
            found += violations(value[key], inner, f"{where}.{key}")
        elif not isinstance(inner, Absent):
            found.append(f"{where}.{key}: missing")
    return found
