"""The report contract of `--json`, version 1, as a check that knows nothing of the code.

`broken_rules(document)` returns what is wrong, one text a fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Rule = Callable[[object, str], Iterator[str]]

ROLE = ("incoming", "outgoing")
SECURITY = ("implicit-tls", "starttls", "none")
AUTH = ("password", "encrypted-password", "oauth2", "none")
PROTOCOL = ("imap", "pop3", "smtp")
PROOF = ("signed-in", "handshake", "documented")


def fits(kind: type | tuple[type, ...]) -> Rule:
    def check(value: object, where: str) -> Iterator[str]:
        wrong_bool = isinstance(value, bool) and kind is not bool
        if wrong_bool or not isinstance(value, kind):
            yield f"{where}: {value!r} is no {kind}"

    return check


def one_of(*values: object) -> Rule:
    def check(value: object, where: str) -> Iterator[str]:
        if value not in values:
            yield f"{where}: {value!r} is not one of {values}"

    return check


def matches(pattern: str) -> Rule:
    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield f"{where}: {value!r} does not match {pattern}"

    return check


def nullable(rule: Rule) -> Rule:
    def check(value: object, where: str) -> Iterator[str]:
        if value is not None:
            yield from rule(value, where)

    return check


def each(rule: Rule) -> Rule:
    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where}: no list"
            return
        for number, item in enumerate(value):
            yield from rule(item, f"{where}[{number}]")

    return check


def record(
    rules: dict[str, Rule], *, others: bool = False, optional: frozenset[str] = frozenset()
) -> Rule:
    """All keys of `rules` in their order; other keys only where `others` says so."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where}: no object"
            return
        wanted = [key for key in rules if key in value or key not in optional]
        found = [key for key in value if key in rules or not others]
        if found != wanted:
            yield f"{where}: keys {found}, not {wanted}"
        for key, rule in rules.items():
            if key in value:
                yield from rule(value[key], f"{where}.{key}")

    return check


text = fits(str)
number = fits((int, float))
flag = fits(bool)
moment = matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
host_and_port = {"protocol": one_of(*PROTOCOL), "host": text, "port": fits(int)}
server = record(
    {**host_and_port, "security": one_of(*SECURITY), "auth": one_of(*AUTH), "username": text}
)
settings = record(
    {
        "version": one_of(1),
        "name": text,
        "email": text,
        "same_credentials": flag,
        "incoming": server,
        "outgoing": server,
    },
    optional=frozenset({"name", "incoming", "outgoing"}),
)
finding = record(
    {
        "code": matches("[a-z0-9]+(-[a-z0-9]+)*"),
        "severity": one_of("error", "warning", "info"),
        "confidence": one_of("certain", "likely", "possible"),
        "role": one_of("incoming", "outgoing", "account"),
        "endpoint": nullable(record(host_and_port)),
        "title": text,
        "explanation": text,
        "remedy": text,
        "evidence": record({"quote": text}, others=True),
    }
)
tls = record(
    {
        "version": nullable(text),
        "cipher": nullable(text),
        "trusted": nullable(flag),
        "name_matches": nullable(flag),
        "names": each(text),
        "issuer": nullable(text),
        "expires": nullable(moment),
    }
)
timing = record({key: nullable(number) for key in ("connect", "greeting", "tls", "total")})
endpoint = record(
    {
        "role": one_of(*ROLE),
        "configured": flag,
        **host_and_port,
        "address": nullable(text),
        "state": one_of("open", "closed", "silent", "unreachable", "reset"),
        "speaks": one_of("implicit-tls", "plaintext", "nothing", "other", None),
        "starttls": nullable(flag),
        "tls": nullable(tls),
        "greeting": nullable(text),
        "capabilities": each(text),
        "auth": each(text),
        "timing_ms": timing,
    }
)
sign_in = record(
    {
        "role": one_of(*ROLE),
        **host_and_port,
        "mechanism": nullable(text),
        "result": one_of("accepted", "refused", "temporary", "undecided", "not-tested"),
        "reply": text,
    }
)
status = one_of("keep", "change", "no-cure", "not-given")
suggestion = record(
    {
        "status": record({"incoming": status, "outgoing": status}),
        "incoming": nullable(server),
        "outgoing": nullable(server),
        "proof": record({side: nullable(one_of(*PROOF)) for side in ROLE}),
        "changes": each(
            record(
                {
                    "role": one_of(*ROLE),
                    "field": text,
                    "from": text,
                    "to": text,
                    "because": text,
                    "proof": one_of(*PROOF),
                }
            )
        ),
    }
)
report = record(
    {
        "version": one_of(1),
        "program": matches(r"mailcheck \d+\.\d+\.\d+.*"),
        "started": moment,
        "duration_ms": number,
        "cancelled": flag,
        "verdict": one_of("ok", "warning", "error", "incomplete"),
        "account": settings,
        "cleaned": each(record({"field": text, "from": text, "to": text})),
        "findings": each(finding),
        "endpoints": each(endpoint),
        "sign_in": each(sign_in),
        "suggestion": suggestion,
        "not_tested": each(record({"what": text, "why": text})),
        "transcript": each(
            record(
                {
                    "endpoint": record(host_and_port),
                    "at_ms": number,
                    "direction": one_of("sent", "received"),
                    "text": text,
                }
            )
        ),
    }
)


def broken_rules(document: object) -> list[str]:
    """Return what breaks the contract, empty where all is well."""
    return list(report(document, "report"))
