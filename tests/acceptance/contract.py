"""A strict reading of the report contract: every way in which a report breaks it, in words."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import idna

from acceptance.harness import CANCELLED, HERE, OK, PROBLEM, Json, is_unsafe, wording_faults

SEVERITIES = {"error", "warning", "info"}
CONFIDENCES = {"certain", "likely", "possible"}
ROLES = {"incoming", "outgoing"}
VERDICTS = {"ok", "warning", "error", "incomplete"}
STATES = {"open", "closed", "silent", "unreachable", "reset"}
SPEAKS = {"implicit-tls", "plaintext", "nothing", "other", None}
SECURITIES = {"implicit-tls", "starttls", "none"}
AUTHS = {"password", "encrypted-password", "oauth2", "none"}
RESULTS = {"accepted", "refused", "temporary", "undecided", "not-tested"}
STATUSES = {"keep", "change", "no-cure", "not-given"}
PROOFS = {"signed-in", "handshake", "documented"}
PROTOCOLS = {"incoming": {"imap", "pop3"}, "outgoing": {"smtp"}}
LAST_PORT = 65535

TOP = {
    "version", "program", "started", "duration_ms", "cancelled", "verdict", "account",
    "cleaned", "findings", "endpoints", "sign_in", "suggestion", "not_tested", "transcript",
}  # fmt: skip
FINDING = {
    "code", "severity", "confidence", "role", "endpoint", "title", "explanation", "remedy",
    "evidence",
}  # fmt: skip
ENDPOINT = {
    "role", "configured", "protocol", "host", "port", "address", "state", "speaks", "starttls",
    "tls", "greeting", "capabilities", "auth", "timing_ms",
}  # fmt: skip
TLS = {"version", "cipher", "trusted", "name_matches", "names", "issuer", "expires"}
TIMES = {"connect", "greeting", "tls", "total"}
SIGN_IN = {"role", "protocol", "host", "port", "mechanism", "result", "reply"}
CHANGE = {"role", "field", "from", "to", "because", "proof"}


def _documented_severities() -> dict[str, str]:
    lines = (HERE / "data" / "finding_codes.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines[1:])


SEVERITY_OF = _documented_severities()


class Faults(list[str]):
    """The faults found so far."""

    def check(self, holds: object, text: str) -> bool:
        """Note *text* unless *holds*."""
        if not holds:
            self.append(text)
        return bool(holds)

    def keys(self, value: object, wanted: set[str], where: str) -> bool:
        """Note unless *value* is an object that has the *wanted* keys; others are allowed."""
        if not self.check(isinstance(value, dict), f"{where} is no object: {value!r}"):
            return False
        missing = sorted(wanted - set(value))  # type: ignore[call-overload]
        return self.check(not missing, f"{where} lacks {missing}")

    def one_of(self, value: object, allowed: set[Any], where: str) -> bool:
        """Note unless *value* is one of the *allowed* words."""
        known = isinstance(value, (str, type(None))) and value in allowed
        return self.check(known, f"{where} is {value!r}")

    def text(self, value: object, where: str) -> bool:
        """Note unless *value* is a text with something in it."""
        return self.check(isinstance(value, str) and value.strip(), f"{where} is {value!r}")

    def optional_text(self, value: object, where: str) -> None:
        """Note unless *value* is a text or null."""
        self.check(value is None or isinstance(value, str), f"{where} is {value!r}")

    def number(self, value: object, where: str, *, optional: bool = False) -> None:
        """Note unless *value* is a number that is not negative."""
        number = isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
        self.check(number or (optional and value is None), f"{where} is {value!r}")

    def port(self, value: object, where: str) -> None:
        """Note unless *value* is a port number."""
        number = isinstance(value, int) and not isinstance(value, bool)
        self.check(number and 1 <= value <= LAST_PORT, f"{where} is {value!r}")  # type: ignore[operator]

    def host(self, value: object, where: str) -> None:
        """Note unless *value* is an ASCII host: only A-labels reach the network."""
        self.check(
            isinstance(value, str) and value and value.isascii() and value == value.strip(),
            f"{where} is {value!r}",
        )

    def texts(self, value: object, where: str, *, optional: bool = True) -> None:
        """Note unless *value* is a list of texts."""
        listed = isinstance(value, list) and all(isinstance(text, str) for text in value)
        self.check(listed or (optional and value is None), f"{where} is {value!r}")


def violations(report: Json, status: int) -> list[str]:
    """Every way in which *report*, of a run that ended with *status*, breaks the contract."""
    faults = Faults()
    if not faults.keys(report, TOP, "the report"):
        return faults
    parts: tuple[Callable[[Faults, Json], None], ...] = (
        _head, _account, _cleaned, _findings, _endpoints, _sign_ins, _suggestion, _lists, _strings,
    )  # fmt: skip
    for part in parts:
        part(faults, report)
    if not faults:
        _severities(faults, report)
        _verdict(faults, report)
        _proofs(faults, report)
        _status(faults, report, status)
    return faults


def assert_report(report: Json, status: int) -> None:
    """Fail with every fault of *report* at once."""
    faults = violations(report, status)
    assert not faults, "\n".join(faults)


def _is_utc(value: object) -> bool:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return moment is not None and "T" in str(value) and moment.utcoffset() == timedelta(0)


def _head(faults: Faults, report: Json) -> None:
    version = report["version"]
    faults.check(version == 1 and isinstance(version, int), f"version is {version!r}")
    program = report["program"]
    numbered = isinstance(program, str) and re.fullmatch(r"mailcheck \d+\.\d+\.\d+\S*", program)
    faults.check(numbered, f"program is {program!r}")
    faults.check(_is_utc(report["started"]), f"started is {report['started']!r}")
    faults.number(report["duration_ms"], "duration_ms")
    faults.check(isinstance(report["cancelled"], bool), f"cancelled is {report['cancelled']!r}")
    faults.one_of(report["verdict"], VERDICTS, "verdict")


def _server(faults: Faults, server: Json, role: str, where: str) -> None:
    if not faults.keys(server, {"protocol", "host", "port", "security", "auth"}, where):
        return
    faults.one_of(server["protocol"], PROTOCOLS[role], f"{where}.protocol")
    faults.text(server["host"], f"{where}.host")
    faults.port(server["port"], f"{where}.port")
    faults.one_of(server["security"], SECURITIES, f"{where}.security")
    faults.one_of(server["auth"], AUTHS, f"{where}.auth")
    faults.optional_text(server.get("username"), f"{where}.username")


def _account(faults: Faults, report: Json) -> None:
    account = report["account"]
    if not faults.check(isinstance(account, dict), f"account is {account!r}"):
        return
    faults.optional_text(account.get("email"), "account.email")
    faults.check(any(_is_given(report, role) for role in ROLES), "account has no side")
    for role in sorted(ROLES):
        if account.get(role) is not None and not _is_no_server(report, role):
            _server(faults, account[role], role, f"account.{role}")
    faults.check(not _keys_with(account, "password"), "account has a password key")


def _is_no_server(report: Json, role: str) -> bool:
    """Whether what was typed on this side is not the name of a server at all."""
    codes = {finding["code"] for finding in report["findings"] if finding["role"] == role}
    return bool(codes & {"host-invalid", "host-is-web-address"})


def _is_given(report: Json, role: str) -> bool:
    return bool(report["account"].get(role)) or _is_no_server(report, role)


def _keys_with(value: object, word: str) -> list[str]:
    if isinstance(value, dict):
        own = [key for key in value if key == word]
        return own + [found for each in value.values() for found in _keys_with(each, word)]
    return []


def _cleaned(faults: Faults, report: Json) -> None:
    if not faults.check(isinstance(report["cleaned"], list), "cleaned is no list"):
        return
    for row in report["cleaned"]:
        if faults.keys(row, {"field", "from", "to"}, "cleaned"):
            faults.text(row["field"], "cleaned.field")
            faults.check(row["from"] != row["to"], f"cleaned {row['field']} did not change")


def _findings(faults: Faults, report: Json) -> None:
    if not faults.check(isinstance(report["findings"], list), "findings is no list"):
        return
    for finding in report["findings"]:
        if faults.keys(finding, FINDING, "a finding"):
            _finding(faults, finding, f"finding {finding['code']}")


def _finding(faults: Faults, finding: Json, where: str) -> None:
    coded = isinstance(finding["code"], str) and re.fullmatch(r"[a-z0-9-]+", finding["code"])
    faults.check(coded, f"code is {finding['code']!r}")
    faults.one_of(finding["severity"], SEVERITIES, f"{where}: severity")
    faults.one_of(finding["confidence"], CONFIDENCES, f"{where}: confidence")
    faults.one_of(finding["role"], ROLES | {"account"}, f"{where}: role")
    for field in ("title", "explanation", "remedy"):
        faults.text(finding[field], f"{where}: {field}")
    if faults.check(isinstance(finding["evidence"], dict), f"{where}: evidence is no object"):
        faults.optional_text(finding["evidence"].get("quote"), f"{where}: quote")
    endpoint = finding["endpoint"]
    if endpoint is not None and faults.keys(endpoint, {"protocol", "host", "port"}, where):
        faults.one_of(endpoint["protocol"], {"imap", "pop3", "smtp"}, f"{where}: protocol")
        faults.host(endpoint["host"], f"{where}: host")
        faults.port(endpoint["port"], f"{where}: port")


def _endpoints(faults: Faults, report: Json) -> None:
    if not faults.check(isinstance(report["endpoints"], list), "endpoints is no list"):
        return
    rows = [row for row in report["endpoints"] if faults.keys(row, ENDPOINT, "an endpoint")]
    for row in rows:
        _endpoint(faults, row, f"endpoint {row['host']}:{row['port']}")
    marks = [(row["role"], row["protocol"], row["host"], row["port"], row["address"])
             for row in rows]  # fmt: skip
    faults.check(len(marks) == len(set(marks)), f"two rows for one address: {marks}")


def _endpoint(faults: Faults, row: Json, where: str) -> None:
    if faults.one_of(row["role"], ROLES, f"{where}: role"):
        faults.one_of(row["protocol"], {"imap", "pop3", "smtp"}, f"{where}: protocol")
    faults.check(isinstance(row["configured"], bool), f"{where}: configured")
    faults.host(row["host"], f"{where}: host")
    faults.port(row["port"], f"{where}: port")
    faults.check(_is_address(row["address"]), f"{where}: address is {row['address']!r}")
    faults.one_of(row["state"], STATES, f"{where}: state")
    faults.one_of(row["speaks"], SPEAKS, f"{where}: speaks")
    faults.check(row["starttls"] in (True, False, None), f"{where}: starttls")
    faults.check(row["state"] == "open" or row["tls"] is None, f"{where}: TLS though not open")
    faults.optional_text(row["greeting"], f"{where}: greeting")
    faults.texts(row["capabilities"], f"{where}: capabilities")
    faults.texts(row["auth"], f"{where}: auth")
    if faults.keys(row["timing_ms"], TIMES, f"{where}: timing_ms"):
        for name in sorted(TIMES):
            faults.number(row["timing_ms"][name], f"{where}: {name}", optional=True)
    if row["tls"] is not None and faults.keys(row["tls"], TLS, f"{where}: tls"):
        _tls(faults, row["tls"], f"{where}: tls")


def _tls(faults: Faults, tls: Json, where: str) -> None:
    for field in ("version", "cipher", "issuer", "expires"):
        faults.optional_text(tls[field], f"{where}.{field}")
    for field in ("trusted", "name_matches"):
        faults.check(tls[field] in (True, False, None), f"{where}.{field} is {tls[field]!r}")
    faults.texts(tls["names"], f"{where}.names")


def _is_address(value: object) -> bool:
    return value is None or (isinstance(value, str) and is_literal(value.partition("%")[0]))


def _sign_ins(faults: Faults, report: Json) -> None:
    if not faults.check(isinstance(report["sign_in"], list), "sign_in is no list"):
        return
    rows = [row for row in report["sign_in"] if faults.keys(row, SIGN_IN, "a sign-in")]
    for row in rows:
        faults.one_of(row["role"], ROLES, "sign_in.role")
        faults.one_of(row["protocol"], {"imap", "pop3", "smtp"}, "sign_in.protocol")
        faults.host(row["host"], "sign_in.host")
        faults.port(row["port"], "sign_in.port")
        faults.optional_text(row["mechanism"], "sign_in.mechanism")
        faults.one_of(row["result"], RESULTS, "sign_in.result")
        faults.optional_text(row["reply"], "sign_in.reply")
    for role in sorted(ROLES):
        tried = [row for row in rows if row["role"] == role and row["result"] != "not-tested"]
        faults.check(len(tried) <= 1, f"{len(tried)} sign-ins on the {role} side")


def _suggestion(faults: Faults, report: Json) -> None:
    suggestion = report["suggestion"]
    wanted = {"status", "incoming", "outgoing", "proof", "changes"}
    if not faults.keys(suggestion, wanted, "suggestion"):
        return
    if not faults.keys(suggestion["status"], ROLES, "suggestion.status"):
        return
    if not faults.keys(suggestion["proof"], ROLES, "suggestion.proof"):
        return
    codes = {finding.get("code") for finding in report["findings"]}
    for change in suggestion["changes"]:
        if faults.keys(change, CHANGE, "a change"):
            faults.one_of(change["role"], ROLES, "change.role")
            faults.text(change["field"], "change.field")
            faults.check(change["from"] != change["to"], f"change of {change['field']}: none")
            faults.one_of(change["because"], codes, "change.because")
            faults.one_of(change["proof"], PROOFS, "change.proof")
    for role in sorted(ROLES):
        _suggested_side(faults, report, role)


def _suggested_side(faults: Faults, report: Json, role: str) -> None:
    suggestion = report["suggestion"]
    server, proof = suggestion[role], suggestion["proof"][role]
    status = suggestion["status"][role]
    changes = [change for change in suggestion["changes"] if change.get("role") == role]
    where = f"suggestion.{role}"
    faults.one_of(status, STATUSES, f"{where}: status")
    faults.one_of(proof, PROOFS | {None}, f"{where}: proof")
    if server is not None:
        _server(faults, server, role, where)
    given = _is_given(report, role)
    faults.check(given == (status != "not-given"), f"{where}: {status!r}, side given: {given}")
    if status == "change":
        faults.check(server and changes and proof, f"{where}: change without server or proof")
    else:
        faults.check(not changes, f"{where}: {status!r} with changes {changes}")
    if status in {"no-cure", "not-given"}:
        faults.check(proof is None, f"{where}: {status!r} with proof {proof!r}")
    if status in {"keep", "change"} and server:
        faults.check(server.get("security") != "none", f"{where}: plain text is suggested")


def _lists(faults: Faults, report: Json) -> None:
    for row in report["not_tested"]:
        if faults.keys(row, {"what", "why"}, "not_tested"):
            faults.text(row["what"], "not_tested.what")
            faults.text(row["why"], "not_tested.why")
    for row in report["transcript"]:
        if faults.keys(row, {"endpoint", "at_ms", "direction", "text"}, "transcript"):
            faults.number(row["at_ms"], "transcript.at_ms")
            faults.text(row["direction"], "transcript.direction")
            faults.check(isinstance(row["text"], str), "transcript.text is no text")


def every_text(value: object) -> Iterator[str]:
    """Every text in *value*, keys included, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from every_text(each)
    elif isinstance(value, list):
        for each in value:
            yield from every_text(each)


def _strings(faults: Faults, report: Json) -> None:
    for text in every_text(report):
        raw = sorted({hex(ord(mark)) for mark in text if is_unsafe(mark)})
        faults.check(not raw, f"raw control characters {raw} in {text!r}")


def _is_configured(report: Json, finding: Json) -> bool:
    endpoint = finding["endpoint"]
    if endpoint is None:
        return True
    server = report["account"].get(finding["role"])
    return bool(server) and _place(server) == _place(endpoint)


def _place(server: Json) -> tuple[str, str, int]:
    return server["protocol"], as_ascii(server["host"]), server["port"]


def _is_local(finding: Json) -> bool:
    host = (finding["endpoint"] or {}).get("host", "")
    return host.startswith("127.") or host in {"::1", "localhost"}


def _severities(faults: Faults, report: Json) -> None:
    for finding in report["findings"]:
        code, severity = finding["code"], finding["severity"]
        if code not in SEVERITY_OF or (code.startswith("certificate-") and _is_local(finding)):
            continue
        wanted = SEVERITY_OF[code] if _is_configured(report, finding) else "info"
        faults.check(severity == wanted, f"{code} is {severity!r}, not {wanted!r}")


def _is_decided(report: Json, role: str) -> bool:
    server = report["account"].get(role)
    if not server or server.get("auth") == "none":
        return True
    results = {row["result"] for row in report["sign_in"] if row["role"] == role}
    return bool(results & {"accepted", "refused"})


def expected_verdict(report: Json) -> str:
    """The verdict that the contract derives from findings and sign-ins."""
    severities = {finding["severity"] for finding in report["findings"]}
    if "error" in severities:
        return "error"
    if not all(_is_decided(report, role) for role in ROLES):
        return "incomplete"
    return "warning" if "warning" in severities else "ok"


def is_literal(host: str) -> bool:
    """Whether *host* is an IP address, without brackets."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def as_ascii(host: str) -> str:
    """The host as the network sees it: A-labels, or an address in its shortest form."""
    bare = host.removeprefix("[").removesuffix("]")
    if is_literal(bare):
        return str(ipaddress.ip_address(bare))
    if host.isascii():
        return host
    return idna.encode(host, uts46=True, transitional=False).decode("ascii")


def _verdict(faults: Faults, report: Json) -> None:
    wanted = expected_verdict(report)
    faults.check(report["verdict"] == wanted, f"verdict {report['verdict']!r}, not {wanted!r}")
    if report["verdict"] == "incomplete":
        explained = report["not_tested"] or any(
            finding["code"] in {"sign-in-not-tested", "oauth-required"}
            for finding in report["findings"]
        )
        faults.check(explained, "incomplete, but nothing says what was not tested")


def _proofs(faults: Faults, report: Json) -> None:
    suggestion = report["suggestion"]
    for role in ROLES:
        server, proof = suggestion[role], suggestion["proof"][role]
        if proof is None or proof == "documented" or server is None:
            continue
        place = (server["host"], server["port"])
        if proof == "signed-in":
            accepted = {(row["host"], row["port"]) for row in report["sign_in"]
                        if row["role"] == role and row["result"] == "accepted"}  # fmt: skip
            faults.check(place in accepted, f"{role}: signed-in at {place} was never accepted")
        verified = {
            (row["host"], row["port"])
            for row in report["endpoints"]
            if row["tls"] and row["tls"]["trusted"] and row["tls"]["name_matches"]
        }
        faults.check(place in verified, f"{role}: {proof} at {place} without verified TLS")


def _status(faults: Faults, report: Json, status: int) -> None:
    judged = PROBLEM if report["verdict"] == "error" else OK
    wanted = CANCELLED if report["cancelled"] else judged
    faults.check(status == wanted, f"exit status {status}, not {wanted}")


def report_wording_faults(report: Json) -> list[str]:
    """Where the texts of the findings break the rules for words."""
    return [
        f"{finding['code']}: {fault}"
        for finding in report["findings"]
        for field in ("title", "explanation", "remedy")
        for fault in wording_faults(finding[field])
    ]
