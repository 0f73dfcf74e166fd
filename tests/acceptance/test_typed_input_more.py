"""More of what people type into the server boxes, and what Mailcheck makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from acceptance.harness import Batch, Run, only_selected, start
from acceptance.loaded import LoadedPrograms
from acceptance.typed_input import (
    InputRow,
    assert_row,
    check_input,
    name_of,
    refusal_wording_faults,
)

CLEANED = ("host-cleaned",)
WEB = ("host-is-web-address",)
PREPARED = ("provider-needs-preparation",)

ROWS = [
    # --- names that need nothing -------------------------------------------------------------
    InputRow("two-labels", "example.invalid", host="example.invalid"),
    InputRow("many-labels", "a.b.c.d.e.f.g.example.invalid", host="a.b.c.d.e.f.g.example.invalid"),
    InputRow("starttls-default-port", "mail.example.invalid", given={"security": "starttls"},
             port=143, security="starttls"),
    InputRow("pop3-starttls-port", "mail.example.invalid", box="pop3", port=110,
             given={"security": "starttls"}, security="starttls"),
    InputRow("smtp-starttls-port", "mail.example.invalid", box="smtp", port=587,
             given={"security": "starttls"}, security="starttls"),
    InputRow("port-110-usual-mode", "mail.example.invalid", box="pop3", given={"port": 110},
             security="starttls"),
    InputRow("all-capitals", "IMAP.EXAMPLE.INVALID", host="imap.example.invalid", may=CLEANED),
    InputRow("name-of-252", name_of(252), host=name_of(252)),
    InputRow("hyphens-inside", "mail-01.my-shop.invalid", host="mail-01.my-shop.invalid"),
    # --- what is cleaned away ----------------------------------------------------------------
    InputRow("scheme-pop3s", "pop3s://mail.example.invalid", box="pop3", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("scheme-smtp", "smtp://mail.example.invalid", box="smtp", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("scheme-in-capitals", "IMAP://Mail.Example.Invalid/", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("port-993-in-host", "mail.example.invalid:993", must=CLEANED,
             host="mail.example.invalid", port=993, security="implicit-tls"),
    InputRow("port-465-in-host", "mail.example.invalid:465", box="smtp", must=CLEANED,
             host="mail.example.invalid", port=465, security="implicit-tls"),
    InputRow("port-110-in-host", "mail.example.invalid:110", box="pop3", must=CLEANED,
             host="mail.example.invalid", port=110, security="starttls"),
    InputRow("blanks-around", "   mail.example.invalid   ", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("nbsp-around", "\u00a0mail.example.invalid\u00a0", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("narrow-nbsp-before", "\u202fmail.example.invalid", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("byte-order-mark-before", "\ufeffmail.example.invalid", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("zero-width-before", "\u200bmail.example.invalid", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("tab-before", "\tmail.example.invalid", "either", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("comma-and-blank-after", "mail.example.invalid, ", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("dot-and-blank-after", "mail.example.invalid. ", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("imap-url-with-path", "imaps://mail.example.invalid/INBOX", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("imap-url-with-user", "imap://anna@mail.example.invalid/", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("option-blank-around", " mail.example.invalid ", by_option=True, must=CLEANED,
             host="mail.example.invalid"),
    # --- names in other alphabets ------------------------------------------------------------
    InputRow("sharp-s-with-label", "imap.straße.de", host="imap.xn--strae-oqa.de", may=CLEANED),
    InputRow("sharp-s-faß", "faß.invalid", box="smtp", host="xn--fa-hia.invalid", may=CLEANED),
    InputRow("umlaut-capital", "MAIL.MÜLLER.INVALID", host="mail.xn--mller-kva.invalid",
             may=CLEANED),
    InputRow("umlaut-with-port", "mail.bücher.invalid:143", host="mail.xn--bcher-kva.invalid",
             must=CLEANED, port=143),
    InputRow("punycode-sharp-s", "xn--strae-oqa.de", host="xn--strae-oqa.de", may=CLEANED),
    InputRow("chinese", "中国.invalid", host="xn--fiqs8s.invalid", may=CLEANED),
    InputRow("cyrillic", "пример.invalid", host="xn--e1afmkfd.invalid", may=CLEANED),
    InputRow("ideographic-full-stop", "mail。example。invalid", host="mail.example.invalid",
             may=CLEANED),
    InputRow("broken-punycode", "xn--.invalid", "refused"),
    # --- addresses ---------------------------------------------------------------------------
    InputRow("ipv4-with-blank", " 127.0.0.1 ", must=CLEANED, host="127.0.0.1",
             given={"port": 1}),
    InputRow("ipv6-bare", "::1", host="::1", given={"port": 1}, may=CLEANED),
    InputRow("ipv6-with-port", "[::1]:1", host="::1", port=1, must=CLEANED),
    InputRow("ipv4-option", "127.0.0.1:1/ssl", by_option=True, host="127.0.0.1", port=1,
             security="implicit-tls"),
    InputRow("ipv4-five-parts", "1.2.3.4.5", "refused"),
    InputRow("ipv6-too-many-colons", "[::1::2]", "refused"),
    # --- what is no host ---------------------------------------------------------------------
    InputRow("name-of-255", name_of(255), "refused"),
    InputRow("name-of-2000", name_of(2000), "refused"),
    InputRow("label-of-64-last", f"mail.{'m' * 64}", "refused"),
    InputRow("three-dots", "mail...invalid", "refused"),
    InputRow("hyphen-last", "mail-.example.invalid", "refused"),
    InputRow("percent-sign", "mail%20example.invalid", "refused"),
    InputRow("escape-inside", "mail\x1b[31m.example.invalid", "refused"),
    InputRow("line-feed-inside", "mail.exa\nmple.invalid", "refused"),
    InputRow("empty-smtp", "", "usage", box="smtp"),
    InputRow("only-nbsp", "\u00a0\u00a0", "refused"),
    InputRow("underscore-first", "_imap.example.invalid", "either", host="_imap.example.invalid",
             may=("host-typo",)),
    InputRow("port-abc-in-host", "mail.example.invalid:abc", "refused"),
    InputRow("only-dots", "...", "refused"),
    # --- ports -------------------------------------------------------------------------------
    InputRow("port-minus-1", "mail.example.invalid", "usage", given={"port": -1}),
    InputRow("port-65536", "mail.example.invalid", "usage", given={"port": 65536}),
    InputRow("option-port-70000", "mail.example.invalid:70000", "usage", by_option=True),
    InputRow("option-port-blank", "mail.example.invalid:", "either", by_option=True,
             host="mail.example.invalid", port=993, may=CLEANED),
    InputRow("option-port-with-sign", "mail.example.invalid:+993", "either", by_option=True,
             host="mail.example.invalid", port=993, may=CLEANED),
    InputRow("option-unknown-mode", "mail.example.invalid:993/tls13", "usage", by_option=True),
    InputRow("option-ssl-only", "mail.example.invalid/ssl", by_option=True, box="pop3",
             host="mail.example.invalid", port=995, security="implicit-tls"),
    InputRow("option-587-mode", "mail.example.invalid:587", by_option=True, box="smtp",
             host="mail.example.invalid", port=587, security="starttls"),
    InputRow("port-25-ssl", "mail.example.invalid:25/ssl", by_option=True, box="smtp",
             port=25, must=("submission-on-port-25",)),
    # --- web pages ---------------------------------------------------------------------------
    InputRow("roundcube", "https://mail.example.invalid/roundcube/", "web", must=WEB,
             may=CLEANED),
    InputRow("roundcube-without-scheme", "mail.example.invalid/roundcube", "web", must=WEB,
             may=CLEANED),
    InputRow("http-webmail", "http://webmail.example.invalid", "web", must=WEB, may=CLEANED),
    InputRow("webmail-2096-with-scheme", "https://example.invalid:2096/", "web", must=WEB,
             may=CLEANED),
    InputRow("office-page", "https://outlook.office.com/mail/", "judged", must=WEB,
             mention="outlook.office365.com", email="anna@outlook.com", may=CLEANED + PREPARED),
    InputRow("gmail-inbox-page", "https://mail.google.com/mail/u/0/#inbox", "judged", must=WEB,
             mention="smtp.gmail.com", email="anna@gmail.com", box="smtp",
             may=CLEANED + PREPARED),
    # --- what the catalogue knows ------------------------------------------------------------
    InputRow("typo-of-gmail-smtp", "smtp.gmaill.com", "judged", box="smtp", must=("host-typo",),
             mention="smtp.gmail.com", email="anna@gmail.com", may=PREPARED),
    InputRow("typo-of-own-domain-smtp", "smtp.exampel.invalid", "judged", box="smtp",
             must=("host-typo",), mention="example.invalid"),
    InputRow("mx-of-microsoft", "example-invalid.mail.protection.outlook.com", "judged",
             box="smtp", must=("host-is-mx",), mention="smtp.office365.com", may=PREPARED),
    InputRow("mx-of-google-numbered", "alt1.aspmx.l.google.com", "judged", must=("host-is-mx",),
             mention="imap.gmail.com", may=PREPARED),
    InputRow("preparation-icloud", "imap.mail.me.com", "judged", must=PREPARED,
             email="anna@icloud.com", may=("username-incomplete",)),
    InputRow("hey-has-no-imap", "imap.hey.com", "judged", must=("provider-unsupported",),
             email="anna@hey.com", may=("host-typo",)),
    InputRow("proton-only-by-bridge", "imap.protonmail.com", "judged",
             must=("provider-unsupported",), email="anna@proton.me",
             may=("host-typo", "provider-needs-preparation")),  # decided: the bridge's steps help
    InputRow("local-part-at-outlook", "outlook.office365.com", "judged",
             must=("username-incomplete",), email="anna@outlook.com",
             options=("--user", "anna"), may=PREPARED),
    InputRow("full-address-at-outlook", "outlook.office365.com", "judged",
             email="anna@outlook.com", options=("--user", "anna@outlook.com"), may=PREPARED),
    # --- the two boxes together --------------------------------------------------------------
    InputRow("swapped-ports", "mail.example.invalid:587", "judged", by_option=True,
             options=("--smtp", "mail.example.invalid:993"), must=("servers-swapped",),
             may=("protocol-port-mismatch",)),
    InputRow("swapped-names", "smtp.example.invalid", "judged",
             options=("--smtp", "imap.example.invalid"), must=("servers-swapped",)),
    InputRow("not-swapped-pop3", "pop.example.invalid:995", "judged", by_option=True, box="pop3",
             options=("--smtp", "smtp.example.invalid:587")),
    InputRow("imap-on-110", "mail.example.invalid:110", "judged", by_option=True,
             must=("protocol-port-mismatch",)),
    InputRow("pop3-on-993", "mail.example.invalid:993/ssl", "judged", by_option=True, box="pop3",
             must=("protocol-port-mismatch",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    programs: LoadedPrograms,
) -> Iterator[Batch[Run]]:
    """Every selected row, run."""
    batch = start(
        only_selected(ROWS, request),
        partial(check_input, programs),
        tmp_path_factory.mktemp("typed"),
    )
    yield batch
    batch.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_typed_input(row: InputRow, runs: Batch[Run]) -> None:
    """The row's host, port, security and finding codes, or its refusal."""
    assert_row(row, runs[row.name])


def test_words_of_refusals(runs: Batch[Run]) -> None:
    """One plain sentence for each refusal, by the rules for words."""
    faults = [fault for done in runs.finished() for fault in refusal_wording_faults(done)]
    assert not faults, "\n".join(faults)
