"""More of what scripted servers on loopback do, and what the report says of it."""

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
    WireRow("healthy-smtp", Smtp(), "smtp", "ssl", certificate="good", verdict="incomplete",
            must=("sign-in-not-tested",), status=("keep",)),
    WireRow("ssl-on-starttls-port", Smtp((b"8BITMIME", b"STARTTLS")), "smtp", "ssl",
            must=("tls-on-starttls-port",),
            must_not=("tls-on-plaintext-port", "tls-handshake-failed"),
            status=("no-cure", "change")),
    WireRow("ssl-on-plaintext-port", Imap(), "imap", "ssl", must=("tls-on-plaintext-port",),
            must_not=("tls-on-starttls-port", "tls-handshake-failed")),
    WireRow("starttls-on-tls-port", Smtp(), "smtp", "starttls", certificate="good",
            must=("starttls-on-tls-port",), status=("change",),
            must_not=("server-silent", "connection-reset", "port-silent")),
    WireRow("none-on-tls-port", Imap(), "imap", "none", certificate="good",
            must=("plaintext-on-tls-port",), must_not=("plaintext-password", "server-silent"),
            status=("change",)),
    WireRow("none-on-plaintext-port", Smtp(), "smtp", "none", must=("plaintext-password",),
            must_not=("plaintext-on-tls-port",)),
    WireRow("starttls-not-offered", Imap(), "imap", "starttls", must=("starttls-not-offered",)),
    WireRow("starttls-refused", Imap(b"IMAP4rev1 STARTTLS", b"NO not now, dear"), "imap",
            "starttls", must=("starttls-refused",), quotes=("not now, dear",)),
    WireRow("starttls-refused-502", Smtp((b"8BITMIME", b"STARTTLS"), b"502 5.5.1 no such thing"),
            "smtp", "starttls", must=("starttls-refused",), quotes=("502 5.5.1",)),
    WireRow("injection-smtp", Smtp((b"8BITMIME", b"STARTTLS"), b"220 go\r\n250 injected"),
            "smtp", "starttls", must=("starttls-injection",)),
    WireRow("imap-answers-smtp", greet(b"* OK IMAP4rev1 ready\r\n", b"x BAD no\r\n"), "smtp",
            "starttls",
            must=("wrong-protocol",), quotes=("* OK IMAP4rev1 ready",)),
    WireRow("smtp-answers-pop3", greet(b"220 mail ESMTP\r\n", b"500 no\r\n"), "pop3",
            "starttls", must=("wrong-protocol",), quotes=("220 mail ESMTP",)),
    WireRow("http-answers-imap", greet(b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n"), "imap",
            "starttls", must=("not-a-mail-server",), quotes=("HTTP/1.1 400 Bad Request",)),
    WireRow("554-greeting", greet(b"554 5.7.1 gesperrt f\xc3\xbcr dich \xfe\x07\r\n"), "smtp",
            "starttls", must=("server-refuses-client",), quotes=("gesperrt für", "\\xfe")),
    WireRow("closed-at-once", hang_up, "smtp", "starttls", must=("connection-reset",),
            must_not=("port-closed",)),
    WireRow("preauth", greet(b"* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome\r\n"), "imap",
            "starttls", must=("preauth-before-tls",), quotes=("PREAUTH",)),
    WireRow("certificate-of-another-name", Smtp(), "smtp", "ssl", certificate="other-name",
            must=("certificate-name-mismatch",)),
    WireRow("certificate-expired", Smtp(), "smtp", "ssl", certificate="expired",
            must=("certificate-expired",), must_not=("certificate-self-signed",)),
    WireRow("nothing-listens", None, "smtp", "starttls", must=("port-closed",),
            must_not=("port-silent", "offline")),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    programs: LoadedPrograms,
) -> Iterator[Batch[Run]]:
    """Every selected row, run."""
    batch = start(
        only_selected(ROWS, request), partial(check_wire, programs), tmp_path_factory.mktemp("wire")
    )
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
