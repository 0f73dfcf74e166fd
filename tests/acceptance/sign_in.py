"""One row of the sign-in tables: passwords on standard input, two servers, and who heard what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from acceptance.certificates import HOST, Certificate, server_context
from acceptance.contract import assert_report
from acceptance.harness import OK, PROBLEM, Run, assert_clean_text
from acceptance.loaded import LoadedPrograms
from acceptance.loopback import Imap, LoopbackServer, Smtp
from acceptance.secrets_search import forms, leaks
from acceptance.wire import EMAIL

STARTTLS_OFFERED = (b"8BITMIME", b"AUTH PLAIN", b"STARTTLS")


@dataclass(frozen=True, eq=False)
class SignInRow:
    """What stands on standard input, what the servers are like, and how the run has to end.

    welcome: verified TLS, both accept. refused: verified TLS, both refuse and repeat the password
    in their replies. The others must never hear a password: unverified TLS, no encryption,
    STARTTLS that is refused.
    """

    name: str
    stdin: bytes
    password: str
    for_sending: str | None = None
    servers: Literal["welcome", "refused", "unverified", "plain", "no-starttls"] = "welcome"
    certificate: Certificate = "good"
    suspicious: bool = False
    json: bool = True

    @property
    def passwords(self) -> tuple[str, str]:
        """The password for each server, incoming first."""
        return self.password, self.for_sending or self.password


@dataclass(frozen=True)
class Heard:
    """The run and what each server heard."""

    done: Run
    folder: Path
    heard: tuple[bytes, bytes]
    credentials: tuple[list[tuple[str, str]], list[tuple[str, str]]]


def check_sign_in(programs: LoadedPrograms, row: SignInRow, folder: Path) -> Heard:
    """Start both servers of *row* and check them with the password on standard input."""
    accepts, echoes = row.servers == "welcome", row.servers == "refused"
    imap, smtp = Imap(accepts=accepts, echoes=echoes), Smtp(accepts=accepts, echoes=echoes)
    if row.servers == "no-starttls":
        imap = Imap(b"IMAP4rev1 SASL-IR AUTH=PLAIN STARTTLS", b"NO not today")
        smtp = Smtp(STARTTLS_OFFERED, b"454 4.7.0 not today")
    mode = {"plain": "none", "no-starttls": "starttls"}.get(row.servers, "ssl")
    tls = server_context(row.certificate) if mode == "ssl" else None
    with LoopbackServer(imap, tls) as inbox, LoopbackServer(smtp, tls) as outbox:
        arguments = [
            "check", "--email", EMAIL, "--password-stdin", "--no-neighbours", "--timeout", "15",
            "--imap", f"{HOST}:{inbox.port}/{mode}", "--smtp", f"{HOST}:{outbox.port}/{mode}",
        ]  # fmt: skip
        if row.json:
            arguments.append("--json")
        done = programs.run(arguments, folder, stdin=row.stdin)
        return Heard(
            done,
            folder,
            (bytes(inbox.heard), bytes(outbox.heard)),
            (list(inbox.credentials), list(outbox.credentials)),
        )


def assert_row(row: SignInRow, seen: Heard) -> None:
    """Hold what was *seen* against what *row* expects."""
    assert_clean_text(seen.done.err)
    _assert_no_leak(row, seen)
    if row.servers in {"welcome", "refused"}:
        _assert_one_exchange(row, seen)
    else:
        _assert_nothing_heard(row, seen)
    if row.json:
        _assert_report(row, seen.done)
    wanted = OK if row.servers == "welcome" else PROBLEM
    assert seen.done.status == wanted, seen.done.describe()


def _assert_no_leak(row: SignInRow, seen: Heard) -> None:
    found = [leak for each in row.passwords for leak in leaks(seen.done, seen.folder, each, EMAIL)]
    assert not found, found


def _assert_one_exchange(row: SignInRow, seen: Heard) -> None:
    for password, credentials in zip(row.passwords, seen.credentials, strict=True):
        assert credentials == [(EMAIL, password)]


def _assert_nothing_heard(row: SignInRow, seen: Heard) -> None:
    assert seen.credentials == ([], [])
    for heard in seen.heard:
        for password in row.passwords:
            spoken = [form for form, text in forms(password, EMAIL).items() if text in heard]
            assert not spoken, f"{spoken} reached an unprotected server"


def _assert_report(row: SignInRow, done: Run) -> None:
    report = done.report
    assert_report(report, done.status)
    assert ("password-suspicious" in done.codes) == row.suspicious, sorted(done.codes)
    results = {each["role"]: each["result"] for each in report["sign_in"]}
    status, proof = report["suggestion"]["status"], report["suggestion"]["proof"]
    both = {"incoming", "outgoing"}
    if row.servers == "welcome":
        assert report["verdict"] == "ok"
        assert results == dict.fromkeys(both, "accepted")
        assert status == dict.fromkeys(both, "keep")
        assert proof == dict.fromkeys(both, "signed-in")
    elif row.servers == "refused":
        assert results == dict.fromkeys(both, "refused")
        assert "sign-in-failed" in done.codes, sorted(done.codes)
    else:
        assert set(results.values()) <= {"not-tested"}, results
