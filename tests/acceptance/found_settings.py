"""Rows and assertions for `mailcheck find`: typed addresses, providers, and the contract."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import idna

from acceptance.contract import Faults
from acceptance.harness import (
    OK,
    USAGE,
    Json,
    Run,
    assert_clean_text,
    assert_refused,
    message,
    wording_faults,
)
from acceptance.loaded import LoadedPrograms

Typed = Literal["usable", "refused", "either"]

SOURCES = {"catalogue", "autoconfig", "ispdb", "srv", "autodiscover", "pacc", "mx", "guess"}
STATES = {"found", "nothing", "unusable", "no-answer", "not-asked"}
PROTOCOLS = {"incoming": {"imap", "pop3"}, "outgoing": {"smtp"}}
METHODS = {"password", "encrypted-password", "oauth2", "none"}
_WEB_PORTS = {"80", "443"}


# --- the contract of `find --json` ----------------------------------------------------------


def assert_found(done: Run) -> Json:
    """Hold a run against the contract; give back its report."""
    assert done.status == OK, done.describe()
    assert_clean_text(done.err)
    faults = violations(done.report)
    assert not faults, "\n".join((*faults, done.describe()))
    return done.report


def violations(report: Json) -> list[str]:
    """Every way in which *report* breaks the contract of `find --json`."""
    faults = Faults()
    wanted = {"version", "email", "candidates", "preparation", "tried"}
    if not faults.keys(report, wanted, "the report"):
        return faults
    faults.check(report["version"] == 1, f"version is {report['version']!r}")
    faults.text(report["email"], "email")
    for number, candidate in enumerate(report["candidates"]):
        _candidate(faults, candidate, f"candidates[{number}]")
    for step in report["preparation"]:
        if faults.keys(step, {"text", "url", "source", "date"}, "preparation"):
            faults.text(step["text"], "preparation.text")
    for row in report["tried"]:
        _tried(faults, row)
    return faults


def _candidate(faults: Faults, candidate: Json, where: str) -> None:
    keys = {"incoming", "outgoing", "source", "trust", "proof", "url", "date"}
    if not faults.keys(candidate, keys, where):
        return
    faults.one_of(candidate["source"], SOURCES, f"{where}.source")
    faults.one_of(candidate["trust"], {"secure", "unverified"}, f"{where}.trust")
    both = [candidate[side] for side in PROTOCOLS]
    faults.check(any(both), f"{where} has no server")
    for side, server in zip(PROTOCOLS, both, strict=True):
        if server is not None:
            _server(faults, server, side, f"{where}.{side}")
    if faults.keys(candidate["proof"], set(PROTOCOLS), f"{where}.proof"):
        for side, proof in candidate["proof"].items():
            # A search has no password: nothing can have signed in.
            faults.one_of(proof, {"handshake", "documented", None}, f"{where}.proof.{side}")


def _server(faults: Faults, server: Json, side: str, where: str) -> None:
    keys = {"protocol", "host", "port", "security", "auth", "username"}
    if not faults.keys(server, keys, where):
        return
    faults.one_of(server["protocol"], PROTOCOLS[side], f"{where}.protocol")
    faults.one_of(server["security"], {"implicit-tls", "starttls"}, f"{where}.security")
    faults.one_of(server["auth"], METHODS, f"{where}.auth")
    faults.port(server["port"], f"{where}.port")
    faults.text(server["host"], f"{where}.host")
    faults.check(isinstance(server["username"], str), f"{where}.username")


def _tried(faults: Faults, row: Json) -> None:
    if faults.keys(row, {"source", "outcome", "state", "asked", "ms"}, "tried"):
        faults.one_of(row["source"], SOURCES, "tried.source")
        faults.one_of(row["state"], STATES, "tried.state")
        faults.text(row["outcome"], "tried.outcome")
        faults.optional_text(row["asked"], "tried.asked")
        faults.number(row["ms"], "tried.ms", optional=True)


def found_wording_faults(report: Json) -> list[str]:
    """Where the sentences of a report break the rules for words."""
    sentences = [row["outcome"] for row in report["tried"]]
    sentences += [step["text"] for step in report["preparation"]]
    return [fault for sentence in sentences for fault in wording_faults(sentence)]


# --- typed addresses ------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class AddressRow:
    """What is typed as the address, and what comes of it.

    usable: searched for as *email*, else as typed. refused: exit 2 with a sentence. either: one
    of the two, but nothing in between. Nothing of the address but its domain is asked for.
    """

    name: str
    typed: str
    outcome: Typed = "refused"
    email: str | None = None
    online: bool = False


def find(programs: LoadedPrograms, row: AddressRow, folder: Path) -> Run:
    """Search for the settings of what *row* types."""
    options = ("--json",) if row.online else ("--offline", "--json")
    return programs.run(("find", *options, "--", row.typed), folder)


def assert_row(row: AddressRow, done: Run) -> None:
    """Hold a search against what *row* expects."""
    if row.outcome == "refused" or (row.outcome == "either" and done.status == USAGE):
        assert_refused(done)
        assert not wording_faults(message(done)), done.err
        return
    report = assert_found(done)
    assert not found_wording_faults(report)
    wanted = row.email if row.email is not None else row.typed
    assert as_ascii(report["email"]) == as_ascii(wanted), done.describe()
    if not row.online:
        assert not done.asked, done.asked
    assert_private(row, done)


def as_ascii(email: str) -> str:
    """The address with its domain as the network sees it, in small letters."""
    local, _, domain = email.rpartition("@")
    if domain and not domain.isascii():
        domain = idna.encode(domain, uts46=True, transitional=False).decode("ascii")
    return f"{local}@{domain.lower()}"


def assert_private(row: AddressRow, done: Run) -> None:
    """Only A-labels are asked for, and never the local part."""
    local = row.typed.rpartition("@")[0].lower()
    names = [host for _, host in done.asked]
    assert all(name.isascii() and "\\" not in name for name in names), names
    if len(local) > 5:
        assert not [name for name in names if local in name.lower()], names


def loopback_web_requests(folder: Path) -> list[str]:
    """The connections of a run to web ports of this computer."""
    log = folder / "asked.log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    rows = [line.split("\t") for line in lines]
    return [
        f"{host}:{port}" for kind, host, port in rows if kind == "connect" and port in _WEB_PORTS
        and host.startswith(("127.", "::1"))
    ]  # fmt: skip


# --- providers ------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ProviderRow:
    """A domain of the documented providers and the servers that its facts name without doubt.

    A server is a host with a port where that is not the usual one of implicit TLS: 143, 110 and
    587 mean STARTTLS. Several stand where the facts name several.
    """

    domain: str
    imap: str | tuple[str, ...]
    smtp: str | tuple[str, ...]
    pop3: str | tuple[str, ...] = ()
    username: Literal["full", "local", "any"] = "full"
    auth: tuple[str, ...] = ("password",)
    prepared: bool = False

    @property
    def name(self) -> str:
        """The domain as a name."""
        return self.domain

    @property
    def email(self) -> str:
        """An address there."""
        return f"anna.muster@{self.domain}"


_IMPLICIT = {"imap": 993, "pop3": 995, "smtp": 465}
_STARTTLS = {143, 110, 587}


def _servers(protocol: str, named: str | tuple[str, ...]) -> set[tuple[str, int, str]]:
    servers = set()
    for each in (named,) if isinstance(named, str) else named:
        host, _, port = each.partition(":")
        number = int(port or _IMPLICIT[protocol])
        servers.add((host, number, "starttls" if number in _STARTTLS else "implicit-tls"))
    return servers


def assert_provider(row: ProviderRow, done: Run) -> None:
    """The catalogue's answer: the documented servers, IMAP first, without asking anybody."""
    report = assert_found(done)
    assert not done.asked, done.asked
    assert not found_wording_faults(report)
    assert report["candidates"], done.describe()
    best = report["candidates"][0]
    assert (best["source"], best["trust"]) == ("catalogue", "secure")
    assert best["proof"] == {"incoming": "documented", "outgoing": "documented"}
    assert _place(best["incoming"]) in _servers("imap", row.imap), best["incoming"]
    assert _place(best["outgoing"]) in _servers("smtp", row.smtp), best["outgoing"]
    assert best["incoming"]["auth"] in row.auth, best["incoming"]
    if row.username != "any":
        wanted = row.email if row.username == "full" else "anna.muster"
        assert best["incoming"]["username"] == wanted, best["incoming"]
    if row.pop3:
        others = [each["incoming"] for each in report["candidates"][1:] if each["incoming"]]
        assert {_place(each) for each in others} & _servers("pop3", row.pop3), others
    if row.prepared:
        assert_prepared(report)


def assert_prepared(report: Json) -> None:
    """What has to be done first is said, with a source and a date."""
    assert report["preparation"]
    assert all(step["source"] and step["date"] for step in report["preparation"])


def _place(server: Json) -> tuple[str, int, str]:
    return (server["host"], server["port"], server["security"])
