"""What scripted servers on loopback do, and what the report says of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from acceptance.contract import report_wording_faults
from acceptance.harness import Batch, Run, only_selected, start
from acceptance.loaded import LoadedPrograms
from acceptance.loopback import Imap, Smtp, greet, hang_up
from acceptance.wire import WireRow, assert_row, check_wire

ROWS = [
    WireRow("healthy-imap", Imap(), "imap", "ssl", certificate="good", verdict="incomplete",
            must=("sign-in-not-tested",), status=("keep",)),
    WireRow("ssl-on-starttls-port", Imap(b"IMAP4rev1 STARTTLS LOGINDISABLED"), "imap", "ssl",
            must=("tls-on-starttls-port",),
            must_not=("tls-on-plaintext-port", "tls-handshake-failed"),
            status=("no-cure", "change")),
    WireRow("ssl-on-plaintext-port", Smtp(), "smtp", "ssl", must=("tls-on-plaintext-port",),
            must_not=("tls-on-starttls-port", "tls-handshake-failed")),
    WireRow("starttls-on-tls-port", Imap(), "imap", "starttls", certificate="good",
            must=("starttls-on-tls-port",), status=("change",),
            must_not=("server-silent", "connection-reset", "port-silent")),
    WireRow("none-on-tls-port", Smtp(), "smtp", "none", certificate="good",
            must=("plaintext-on-tls-port",), must_not=("plaintext-password", "server-silent"),
            status=("change",)),
    WireRow("none-on-plaintext-port", Imap(), "imap", "none", must=("plaintext-password",),
            must_not=("plaintext-on-tls-port",)),
    WireRow("starttls-not-offered", Smtp(), "smtp", "starttls", must=("starttls-not-offered",)),
    WireRow("starttls-refused", Smtp((b"8BITMIME", b"STARTTLS"), b"454 4.7.0 TLS not available"),
            "smtp", "starttls", must=("starttls-refused",), quotes=("454 4.7.0",)),
    WireRow("starttls-stripped", Smtp((b"8BITMIME", b"XXXXXXXA")), "smtp", "starttls",
            must=("starttls-stripped",), quotes=("XXXXXXXA",)),
    WireRow("injection-imap", Imap(b"IMAP4rev1 STARTTLS", b"OK go\r\n* CAPABILITY IMAP4rev1"),
            "imap", "starttls", must=("starttls-injection",)),
    WireRow("pop3-answers-imap", greet(b"+OK POP3 ready\r\n", b"-ERR no\r\n"), "imap",
            "starttls", any_of=("wrong-protocol", "protocol-port-mismatch"),
            quotes=("+OK POP3 ready",)),
    WireRow("smtp-answers-imap", greet(b"220 mail ESMTP\r\n", b"500 no\r\n"), "imap",
            "starttls", must=("wrong-protocol",), quotes=("220 mail ESMTP",)),
    WireRow("ssh-answers-smtp", greet(b"SSH-2.0-OpenSSH_9.6\r\n"), "smtp", "starttls",
            must=("not-a-mail-server",), quotes=("SSH-2.0-OpenSSH_9.6",)),
    WireRow("bye", greet(b"* BYE blocked caf\xc3\xa9 \xff\x1b[31m\r\n"), "imap", "starttls",
            must=("server-refuses-client",), quotes=("blocked café", "\\xff")),
    WireRow("closed-at-once", hang_up, "imap", "starttls", must=("connection-reset",),
            must_not=("port-closed",)),
    WireRow("certificate-of-another-name", Imap(), "imap", "ssl", certificate="other-name",
            must=("certificate-name-mismatch",)),
    WireRow("certificate-expired", Imap(), "imap", "ssl", certificate="expired",
            must=("certificate-expired",), must_not=("certificate-self-signed",)),
    WireRow("nothing-listens", None, "imap", "ssl", must=("port-closed",),
            must_not=("port-silent", "offline")),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    programs: LoadedPrograms,
) -> Iterator[Batch[Run]]:
    """Every selected row, run."""
    rows = only_selected(ROWS, request)
    batch = start(rows, partial(check_wire, programs), tmp_path_factory.mktemp("wire"))
    yield batch
    batch.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_wire(row: WireRow, runs: Batch[Run]) -> None:
    """The codes, quotes, verdict and suggestion for what this server did."""
    assert_row(row, runs[row.name])


def test_words_of_findings(runs: Batch[Run]) -> None:
    """Titles, explanations and remedies keep the rules for words."""
    faults = {fault for done in runs.finished() for fault in report_wording_faults(done.report)}
    assert not faults, "\n".join(sorted(faults))
