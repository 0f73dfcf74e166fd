"""What settings files may hold, and how the others are refused."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from acceptance.harness import Batch, Run, only_selected, start
from acceptance.loaded import LoadedPrograms
from acceptance.settings_file import (
    SettingsRow,
    assert_row,
    check_settings,
    document,
    incoming,
    outgoing,
    refusal_wording_faults,
)

ROWS = [
    # --- read --------------------------------------------------------------------------------
    SettingsRow("complete", {
        "version": 1, "name": "Shop", "email": "anna@example.invalid", "same_credentials": True,
        "incoming": {"protocol": "imap", "host": "imap.example.invalid", "port": 993,
                     "security": "implicit-tls", "auth": "password", "username": "anna"},
        "outgoing": {"protocol": "smtp", "host": "smtp.example.invalid", "port": 465,
                     "security": "implicit-tls", "auth": "password", "username": "otto"},
    }, account={
        "email": "anna@example.invalid", "incoming.protocol": "imap", "incoming.port": 993,
        "incoming.security": "implicit-tls", "incoming.auth": "password",
        "incoming.username": "anna", "outgoing.protocol": "smtp", "outgoing.port": 465,
        "outgoing.host": "smtp.example.invalid", "outgoing.username": "otto",
    }),
    SettingsRow("minimal", document(), account={
        "incoming.port": 993, "incoming.security": "implicit-tls", "incoming.auth": "password",
        "outgoing.port": 465, "outgoing.security": "implicit-tls", "outgoing.auth": "password",
    }),
    SettingsRow("incoming-only", document(outgoing=...), account={
        "incoming.host": "imap.example.invalid", "outgoing": None}),
    SettingsRow("port-gives-mode", incoming(port=143), account={
        "incoming.port": 143, "incoming.security": "starttls"}),
    SettingsRow("mode-gives-port", outgoing(security="starttls"), account={
        "outgoing.port": 587, "outgoing.security": "starttls"}),
    SettingsRow("outgoing-takes-user-of-incoming", incoming(username="anna.b"), account={
        "incoming.username": "anna.b", "outgoing.username": "anna.b"}),
    SettingsRow("auth-encrypted-password", incoming(auth="encrypted-password"), account={
        "incoming.auth": "encrypted-password"}),
    SettingsRow("auth-none", outgoing(auth="none"), account={"outgoing.auth": "none"}),
    SettingsRow("security-none", incoming(security="none"), account={
        "incoming.port": 143, "incoming.security": "none"}),
    SettingsRow("odd-pair-is-kept", outgoing(port=587, security="implicit-tls"), account={
        "outgoing.port": 587, "outgoing.security": "implicit-tls"}),
    SettingsRow("white-space-around", b"\r\n\t " + b'{"version": 1, "email": "a@b.invalid", '
                b'"incoming": {"protocol": "imap", "host": "mail.b.invalid"}}' + b"\n\n",
                account={"email": "a@b.invalid", "incoming.host": "mail.b.invalid"}),
    # --- options override the file -------------------------------------------------------------
    SettingsRow("option-imap", document(), options=("--imap", "other.example.invalid:143"),
                account={"incoming.host": "other.example.invalid", "incoming.port": 143,
                         "incoming.security": "starttls",
                         "outgoing.host": "smtp.example.invalid"}),
    SettingsRow("option-user", incoming(username="anna"), options=("--user", "otto"),
                account={"incoming.username": "otto", "outgoing.username": "otto"}),
    SettingsRow("option-auth", incoming(auth="oauth2"), options=("--auth", "password"),
                account={"incoming.auth": "password"}),
    SettingsRow("option-fills-missing-side", document(incoming=...),
                options=("--pop3", "pop.example.invalid"),
                account={"incoming.protocol": "pop3", "incoming.port": 995,
                         "outgoing.host": "smtp.example.invalid"}),
    # --- unknown keys and versions -------------------------------------------------------------
    SettingsRow("unknown-key", document(colour="blue"), "refused", ("colour",)),
    SettingsRow("unknown-key-incoming", incoming(ssl=True), "refused", ("ssl",)),
    SettingsRow("key-in-capitals", document(Email="a@b.invalid"), "refused", ("Email",)),
    SettingsRow("password-key", document(password="Tr0ub4dor é&"), "refused", ("password",),
                hidden=("Tr0ub4dor",)),
    SettingsRow("escape-in-key", document(**{"\x1b[31mred": 1}), "refused", ("red",)),
    SettingsRow("version-2", document(version=2), "refused", ("version", "2")),
    SettingsRow("version-text", document(version="1"), "refused", ("version",)),
    SettingsRow("version-missing", document(version=...), "refused", ("version",)),
    # --- wrong types and values ----------------------------------------------------------------
    SettingsRow("port-text", incoming(port="993"), "refused", ("port",)),
    SettingsRow("port-true", incoming(port=True), "refused", ("port",)),
    SettingsRow("port-zero", outgoing(port=0), "refused", ("port",)),
    SettingsRow("port-broken-number", incoming(port=993.5), "refused", ("port",)),
    SettingsRow("host-number", incoming(host=5), "refused", ("host",)),
    SettingsRow("host-missing", incoming(host=...), "refused", ("host",)),
    SettingsRow("side-is-text", document(incoming="imap.example.invalid"), "refused",
                ("incoming",)),
    SettingsRow("security-of-command-line", incoming(security="ssl"), "refused",
                ("security",)),
    SettingsRow("auth-unknown", incoming(auth="cram-md5"), "refused", ("auth",)),
    SettingsRow("protocol-smtp-incoming", incoming(protocol="smtp"), "refused", ("protocol",)),
    SettingsRow("email-number", document(email=7), "refused", ("email",)),
    SettingsRow("same-credentials-text", document(same_credentials="yes"), "refused",
                ("same_credentials",)),
    SettingsRow("line-break-in-user", incoming(username="anna\r\nQUIT"), "refused",
                ("username",)),
    # --- not a settings file -------------------------------------------------------------------
    SettingsRow("empty", b"", "refused"),
    SettingsRow("not-json", b"email = anna@example.invalid", "refused"),
    SettingsRow("cut-off", b'{"version": 1, "email": "anna@exa', "refused"),
    SettingsRow("list", [], "refused"),
    SettingsRow("not-utf-8", b'{"version": 1, "email": "ann\xe4@example.invalid"}', "refused"),
    SettingsRow("byte-order-mark", b"\xef\xbb\xbf" + b'{"version": 1, "email": "a@b.invalid", '
                b'"incoming": {"protocol": "imap", "host": "mail.b.invalid"}}', "either",
                account={"incoming.host": "mail.b.invalid"}),
    SettingsRow("huge", b" " * 20_000_000 + b"{}", "refused"),
    SettingsRow("deeply-nested", b"[" * 200_000 + b"]" * 200_000, "refused"),
    SettingsRow("missing-file", b"{}", "refused", ("nowhere.json",), file="nowhere.json"),
    SettingsRow("folder", b"{}", "refused", ("home",), file="home"),
    SettingsRow("both-sides-missing", document(incoming=..., outgoing=...), "refused"),
    SettingsRow("doubled-key", b'{"version": 1, "email": "a@b.invalid", "email": "c@d.invalid", '
                b'"incoming": {"protocol": "imap", "host": "mail.b.invalid"}}', "either",
                ("email",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    programs: LoadedPrograms,
) -> Iterator[Batch[Run]]:
    """Every selected row, run."""
    rows = only_selected(ROWS, request)
    batch = start(rows, partial(check_settings, programs), tmp_path_factory.mktemp("settings"))
    yield batch
    batch.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_settings_file(row: SettingsRow, runs: Batch[Run]) -> None:
    """The row's account, or its refusal with the key that is wrong."""
    assert_row(row, runs[row.name])


def test_words_of_refusals(runs: Batch[Run]) -> None:
    """One plain sentence for each refusal, by the rules for words."""
    faults = [fault for done in runs.finished() for fault in refusal_wording_faults(done)]
    assert not faults, "\n".join(faults)
