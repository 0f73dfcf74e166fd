"""More of what settings files may hold, and how the others are refused."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from acceptance.harness import Batch, Run, only_selected, start
from acceptance.loaded import LoadedPrograms
from acceptance.settings_file import (
    INCOMING,
    OUTGOING,
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
    SettingsRow("complete-pop3", {
        "version": 1, "name": "Büro", "email": "anna@example.invalid", "same_credentials": False,
        "incoming": {"protocol": "pop3", "host": "pop.example.invalid", "port": 995,
                     "security": "implicit-tls", "auth": "encrypted-password", "username": "anna"},
        "outgoing": {"protocol": "smtp", "host": "smtp.example.invalid", "port": 587,
                     "security": "starttls", "auth": "oauth2", "username": "otto"},
    }, account={
        "email": "anna@example.invalid", "incoming.protocol": "pop3", "incoming.port": 995,
        "incoming.security": "implicit-tls", "incoming.auth": "encrypted-password",
        "incoming.username": "anna", "outgoing.protocol": "smtp", "outgoing.port": 587,
        "outgoing.security": "starttls", "outgoing.auth": "oauth2", "outgoing.username": "otto",
    }),
    SettingsRow("minimal-pop3", incoming(protocol="pop3"), account={
        "incoming.port": 995, "incoming.security": "implicit-tls", "incoming.auth": "password",
    }),
    SettingsRow("outgoing-only", document(incoming=...), account={
        "outgoing.host": "smtp.example.invalid", "incoming": None}),
    SettingsRow("port-465-gives-mode", outgoing(port=465), account={
        "outgoing.port": 465, "outgoing.security": "implicit-tls"}),
    SettingsRow("port-587-gives-mode", outgoing(port=587), account={
        "outgoing.port": 587, "outgoing.security": "starttls"}),
    SettingsRow("pop3-mode-gives-port", incoming(protocol="pop3", security="none"), account={
        "incoming.port": 110, "incoming.security": "none"}),
    SettingsRow("implicit-tls-gives-port", incoming(security="implicit-tls"), account={
        "incoming.port": 993, "incoming.security": "implicit-tls"}),
    SettingsRow("outgoing-has-its-own-user", document(
        incoming={**INCOMING, "username": "anna"}, outgoing={**OUTGOING, "username": "otto"}),
        account={"incoming.username": "anna", "outgoing.username": "otto"}),
    SettingsRow("auth-oauth2", outgoing(auth="oauth2"), account={"outgoing.auth": "oauth2"}),
    SettingsRow("auth-none-incoming", incoming(auth="none"), account={"incoming.auth": "none"}),
    SettingsRow("odd-pair-incoming", incoming(port=993, security="starttls"), account={
        "incoming.port": 993, "incoming.security": "starttls"}),
    SettingsRow("escapes-in-text", b'{"version": 1, "\\u0065mail": "a@b.invalid", '
                b'"incoming": {"protocol": "imap", "host": "mail.b.inv\\u0061lid"}}',
                account={"email": "a@b.invalid", "incoming.host": "mail.b.invalid"}),
    # --- options override the file -------------------------------------------------------------
    SettingsRow("option-smtp", document(), options=("--smtp", "other.example.invalid:587"),
                account={"outgoing.host": "other.example.invalid", "outgoing.port": 587,
                         "outgoing.security": "starttls",
                         "incoming.host": "imap.example.invalid"}),
    SettingsRow("option-smtp-user", incoming(username="anna"), options=("--smtp-user", "otto"),
                account={"incoming.username": "anna", "outgoing.username": "otto"}),
    SettingsRow("option-smtp-auth", outgoing(auth="none"), options=("--smtp-auth", "password"),
                account={"outgoing.auth": "password"}),
    SettingsRow("option-email", document(), options=("--email", "otto@example.invalid"),
                account={"email": "otto@example.invalid"}),
    SettingsRow("option-pop3-over-imap", document(), options=("--pop3", "pop.example.invalid"),
                account={"incoming.protocol": "pop3", "incoming.host": "pop.example.invalid",
                         "incoming.port": 995}),
    # --- unknown keys and versions -------------------------------------------------------------
    SettingsRow("unknown-empty-key", document(proxy=None), "refused", ("proxy",)),
    SettingsRow("unknown-key-outgoing", outgoing(starttls=True), "refused", ("starttls",)),
    SettingsRow("misspelt-key", document(same_credential=True), "refused",
                ("same_credential",)),
    SettingsRow("password-key-inside", incoming(password="Tr0ub4dor é&"), "refused",
                ("password",), hidden=("Tr0ub4dor",)),
    SettingsRow("direction-mark-in-key", document(**{"\u202egnp.red": 1}), "refused",
                ("gnp.red",)),
    SettingsRow("version-99", document(version=99), "refused", ("version", "99")),
    SettingsRow("version-true", document(version=True), "refused", ("version",)),
    SettingsRow("version-null", document(version=None), "refused", ("version",)),
    # --- wrong types and values ----------------------------------------------------------------
    SettingsRow("port-word", outgoing(port="submission"), "refused", ("port",)),
    SettingsRow("port-list", incoming(port=[993]), "refused", ("port",)),
    SettingsRow("port-70000", incoming(port=70000), "refused", ("port",)),
    SettingsRow("port-of-5000-digits", b'{"version": 1, "email": "a@b.invalid", "incoming": '
                b'{"protocol": "imap", "host": "mail.b.invalid", "port": ' + b"9" * 5000 + b"}}",
                "refused"),
    SettingsRow("host-list", outgoing(host=["smtp.example.invalid"]), "refused", ("host",)),
    SettingsRow("protocol-missing", incoming(protocol=...), "refused", ("protocol",)),
    SettingsRow("side-is-list", document(outgoing=[OUTGOING]), "refused", ("outgoing",)),
    SettingsRow("security-in-capitals", outgoing(security="STARTTLS"), "refused",
                ("security",)),
    SettingsRow("auth-number", outgoing(auth=1), "refused", ("auth",)),
    SettingsRow("protocol-imap-outgoing", outgoing(protocol="imap"), "refused", ("protocol",)),
    SettingsRow("email-missing", document(email=...), "refused", ("email",)),
    SettingsRow("same-credentials-number", document(same_credentials=1), "refused",
                ("same_credentials",)),
    SettingsRow("nul-in-email", document(email="anna\x00@example.invalid"), "refused",
                ("email",)),
    # --- not a settings file -------------------------------------------------------------------
    SettingsRow("only-blanks", b" \n \n", "refused"),
    SettingsRow("xml", b"<?xml version='1.0'?><clientConfig/>", "refused"),
    SettingsRow("two-objects", b'{"version": 1} {"version": 1}', "refused"),
    SettingsRow("number", b"1", "refused"),
    SettingsRow("utf-16", '{"version": 1, "email": "a@b.invalid"}'.encode("utf-16"), "refused"),
    SettingsRow("not-a-number", b'{"version": 1, "email": "a@b.invalid", "incoming": '
                b'{"protocol": "imap", "host": "mail.b.invalid", "port": NaN}}', "refused"),
    SettingsRow("huge-text", b'{"version": 1, "email": "' + b"a" * 20_000_000 + b'"}', "refused"),
    SettingsRow("deeply-nested-objects", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "refused"),
    SettingsRow("missing-folder", b"{}", "refused", ("nowhere/settings.json",),
                file="nowhere/settings.json"),
    SettingsRow("folder-itself", b"{}", "refused", file="."),
    SettingsRow("empty-object", {}, "refused"),
    SettingsRow("doubled-side", b'{"version": 1, "email": "a@b.invalid", "incoming": {}, '
                b'"incoming": {"protocol": "imap", "host": "mail.b.invalid"}}', "either",
                ("incoming",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    programs: LoadedPrograms,
) -> Iterator[Batch[Run]]:
    """Every selected row, run."""
    folder = tmp_path_factory.mktemp("settings")
    rows = only_selected(ROWS, request)
    batch = start(rows, partial(check_settings, programs), folder)
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
