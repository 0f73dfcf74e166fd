"""One row of the wire tables: a scripted server, the settings typed for it, and the findings."""

from __future__ import annotations

import functools
import json
import ssl
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import trustme

from acceptance.contract import assert_report
from acceptance.harness import Run, assert_clean_text, run
from acceptance.loopback import Dialogue, LoopbackServer, closed_port

HOST = "127.0.0.1"
EMAIL = "anna@example.invalid"
Certificate = Literal["good", "other-name", "expired", "self-signed", "unknown-issuer"]


@dataclass(frozen=True, eq=False)
class WireRow:
    """A server on loopback and what a check of it has to say.

    No *dialogue*: nothing listens. One of *any_of* is needed; *quotes* have to stand in the
    evidence of a code named here, whatever the case of the \\xNN in them.
    """

    name: str
    dialogue: Dialogue | None
    box: Literal["imap", "pop3", "smtp"]
    mode: Literal["ssl", "starttls", "none"]
    must: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    certificate: Certificate | None = None
    quotes: tuple[str, ...] = ()
    verdict: str = "error"
    status: tuple[str, ...] = ("no-cure",)

    @property
    def role(self) -> str:
        """The side that is checked."""
        return "outgoing" if self.box == "smtp" else "incoming"


AUTHORITY = trustme.CA()  # what the checks of these tests trust


@functools.cache
def server_context(certificate: Certificate) -> ssl.SSLContext:
    """The server's side of TLS with a *certificate* of that kind."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if certificate == "self-signed":
        with tempfile.TemporaryDirectory() as folder:
            both = Path(folder) / "both.pem"
            loner = trustme.CA()
            both.write_bytes(loner.private_key_pem.bytes() + loner.cert_pem.bytes())
            context.load_cert_chain(both)
        return context
    issuer = trustme.CA() if certificate == "unknown-issuer" else AUTHORITY
    name = "mail.other.invalid" if certificate == "other-name" else HOST
    past = datetime.now(UTC) - timedelta(days=3)
    expired = certificate == "expired"
    leaf = issuer.issue_cert(
        name,
        not_before=past - timedelta(days=30) if expired else None,
        not_after=past if expired else None,
    )
    leaf.configure_cert(context)
    return context


def trust(folder: Path) -> Mapping[str, str]:
    """The environment that makes a run trust the test authority."""
    folder.mkdir(parents=True, exist_ok=True)
    roots = folder / "roots.pem"
    AUTHORITY.cert_pem.write_to_path(str(roots))
    return {"SSL_CERT_FILE": str(roots)}


def check_wire(row: WireRow, folder: Path) -> Run:
    """Start the server of *row* and check it without sign-in."""
    if row.dialogue is None:
        with closed_port() as port:
            return _check(row, port, folder)
    tls = server_context(row.certificate) if row.certificate else None
    with LoopbackServer(row.dialogue, tls) as server:
        return _check(row, server.port, folder)


def _check(row: WireRow, port: int, folder: Path) -> Run:
    place = f"{HOST}:{port}/{row.mode}"
    quick = ("--no-sign-in", "--no-neighbours", "--timeout", "15", "--json")
    return run(
        ("check", "--email", EMAIL, f"--{row.box}", place, *quick), folder, extra=trust(folder)
    )


def assert_row(row: WireRow, done: Run) -> None:
    """Hold *done* against what *row* expects."""
    assert_clean_text(done.err)
    report = done.report
    assert_report(report, done.status)
    assert done.codes >= set(row.must), f"{row.must} expected, found {sorted(done.codes)}"
    assert not row.any_of or done.codes & set(row.any_of), f"none of {row.any_of}"
    assert not done.codes & set(row.must_not), f"{row.must_not} not expected"
    assert report["verdict"] == row.verdict, report["findings"]
    assert report["suggestion"]["status"][row.role] in row.status, report["suggestion"]
    named = {*row.must, *row.any_of}
    quoted = [each["evidence"].get("quote") or "" for each in report["findings"]
              if each["code"] in named]  # fmt: skip
    for quote in row.quotes:
        assert any(quote.lower() in each.lower() for each in quoted), f"{quote!r} not in {quoted}"
    assert _listens(report) == (row.dialogue is not None), report["endpoints"]


def _listens(report: dict[str, list[dict[str, str]]]) -> bool:
    states = {end["state"] for end in report["endpoints"]}
    assert states, json.dumps(report)
    return states != {"closed"}
