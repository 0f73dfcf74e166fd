"""What people type into the server boxes, and what Mailcheck makes of it."""

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

LONGEST_LABEL = "m" * 63

CLEANED = ("host-cleaned",)
WEB = ("host-is-web-address",)

ROWS = [
    # --- names that need nothing -------------------------------------------------------------
    InputRow("plain-name", "mail.example.invalid", host="mail.example.invalid"),
    InputRow("imap-defaults", "imap.example.invalid", port=993, security="implicit-tls"),
    InputRow("pop3-defaults", "pop.example.invalid", box="pop3", port=995, security="implicit-tls"),
    InputRow("smtp-defaults", "smtp.example.invalid", box="smtp", port=465,
             security="implicit-tls"),
    InputRow("upper-case", "MAIL.Example.INVALID", host="mail.example.invalid",
             may=CLEANED),
    InputRow("label-of-63", f"{LONGEST_LABEL}.invalid", host=f"{LONGEST_LABEL}.invalid"),
    InputRow("name-of-253", name_of(253), host=name_of(253)),
    InputRow("digits-in-labels", "mx1.4you.invalid", host="mx1.4you.invalid"),
    # --- what is cleaned away ----------------------------------------------------------------
    InputRow("scheme-imap", "imap://mail.example.invalid", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("scheme-smtps", "smtps://mail.example.invalid/", box="smtp", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("host-with-port", "mail.example.invalid:143", must=CLEANED,
             host="mail.example.invalid", port=143, security="starttls"),
    InputRow("smtp-host-with-port", "mail.example.invalid:587", box="smtp", must=CLEANED,
             host="mail.example.invalid", port=587, security="starttls"),
    InputRow("blank-before", "  mail.example.invalid", must=CLEANED, host="mail.example.invalid"),
    InputRow("blank-after", "mail.example.invalid ", must=CLEANED, host="mail.example.invalid"),
    InputRow("nbsp-after", "mail.example.invalid\u00a0", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("zero-width-after", "mail.example.invalid\u200b", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("tab-after", "mail.example.invalid\t", "either", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("comma-after", "mail.example.invalid,", must=CLEANED, host="mail.example.invalid"),
    InputRow("trailing-dot", "mail.example.invalid.", must=CLEANED, host="mail.example.invalid"),
    InputRow("path-after", "mail.example.invalid/", must=CLEANED, host="mail.example.invalid"),
    InputRow("email-in-box", "anna@mail.example.invalid", must=CLEANED,
             host="mail.example.invalid"),
    InputRow("scheme-port-blank", " imaps://mail.example.invalid:993/ ", must=CLEANED,
             host="mail.example.invalid", port=993, security="implicit-tls"),
    # --- names in other alphabets ------------------------------------------------------------
    InputRow("sharp-s", "straße.de", host="xn--strae-oqa.de", may=CLEANED),
    InputRow("umlaut", "mail.müller.invalid", host="mail.xn--mller-kva.invalid", may=CLEANED),
    InputRow("umlaut-decomposed", "mail.mu\u0308ller.invalid",
             host="mail.xn--mller-kva.invalid", may=CLEANED),
    InputRow("punycode", "mail.xn--mller-kva.invalid", host="mail.xn--mller-kva.invalid",
             may=CLEANED),
    InputRow("final-sigma", "φίλος.invalid", host="xn--kxaymmq.invalid", may=CLEANED),
    InputRow("full-width-letters", "ｍａｉｌ.example.invalid", host="mail.example.invalid",
             may=CLEANED),
    InputRow("umlaut-in-email-only", "mail.example.invalid", host="mail.example.invalid",
             email="anna@müller.invalid"),
    # --- addresses ---------------------------------------------------------------------------
    InputRow("ipv4", "127.0.0.1", host="127.0.0.1", port=1, given={"port": 1}),
    InputRow("ipv4-with-port", "127.0.0.1:1", must=CLEANED, host="127.0.0.1", port=1),
    InputRow("ipv6-in-brackets", "[::1]", host="::1", given={"port": 1}, may=CLEANED),
    InputRow("ipv6-option-with-port", "[::1]:1/none", by_option=True, host="::1", port=1,
             security="none", may=CLEANED),
    InputRow("ipv4-too-large", "256.1.1.1", "refused"),
    InputRow("ipv6-open-bracket", "[::1", "refused"),
    # --- what is no host ---------------------------------------------------------------------
    InputRow("name-of-254", name_of(254), "refused"),
    InputRow("name-of-300", name_of(300), "refused"),
    InputRow("label-of-64", f"m{LONGEST_LABEL}.invalid", "refused"),
    InputRow("empty-label", "mail..example.invalid", "refused"),
    InputRow("hyphen-first", "-mail.example.invalid", "refused"),
    InputRow("blank-inside", "mail example invalid", "refused"),
    InputRow("nul-inside", "mail\x00.example.invalid", "refused"),
    InputRow("line-break-inside", "mail.example.invalid\r\nQUIT", "refused"),
    InputRow("empty", "", "usage"),
    InputRow("only-blanks", "   ", "refused"),
    InputRow("underscore", "mail_1.example.invalid", "either", host="mail_1.example.invalid",
             may=("host-typo",)),
    InputRow("port-0-in-host", "mail.example.invalid:0", "refused"),
    InputRow("port-70000-in-host", "mail.example.invalid:70000", "refused"),
    # --- ports -------------------------------------------------------------------------------
    InputRow("port-0", "mail.example.invalid", "usage", given={"port": 0}),
    InputRow("port-70000", "mail.example.invalid", "usage", given={"port": 70000}),
    InputRow("option-port-0", "mail.example.invalid:0", "usage", by_option=True),
    InputRow("option-port-minus-1", "mail.example.invalid:-1", "usage", by_option=True),
    InputRow("option-port-abc", "mail.example.invalid:abc", "usage", by_option=True),
    InputRow("option-port-full-width", "mail.example.invalid:９９３", "either", by_option=True,
             host="mail.example.invalid", port=993, may=CLEANED),
    InputRow("port-65535", "mail.example.invalid:65535/ssl", by_option=True,
             host="mail.example.invalid", port=65535, security="implicit-tls"),
    InputRow("option-starttls-only", "mail.example.invalid/starttls", by_option=True,
             host="mail.example.invalid", port=143, security="starttls"),
    InputRow("option-port-only", "mail.example.invalid:465", by_option=True, box="smtp",
             host="mail.example.invalid", port=465, security="implicit-tls"),
    InputRow("port-25", "mail.example.invalid:25/starttls", by_option=True, box="smtp",
             port=25, must=("submission-on-port-25",)),
    # --- web pages ---------------------------------------------------------------------------
    InputRow("https-webmail", "https://webmail.example.invalid/", "web", must=WEB,
             may=CLEANED),
    InputRow("owa", "https://mail.example.invalid/owa", "web", must=WEB, may=CLEANED),
    InputRow("webmail-port-2096", "example.invalid:2096", "web", must=WEB, may=CLEANED),
    InputRow("gmail-page", "mail.google.com", "judged", must=WEB, mention="imap.gmail.com",
             email="anna@gmail.com", may=("provider-needs-preparation",)),
    InputRow("https-only", "https://mail.example.invalid", "web", any_of=CLEANED + WEB),
    # --- what the catalogue knows ------------------------------------------------------------
    InputRow("typo-of-gmail", "imap.gmial.com", "judged", must=("host-typo",),
             mention="imap.gmail.com", email="anna@gmail.com",
             may=("provider-needs-preparation",)),
    InputRow("typo-of-own-domain", "mail.exmaple.invalid", "judged", must=("host-typo",),
             mention="example.invalid"),
    InputRow("retired-outlook", "imap-mail.outlook.com", "judged", must=("host-retired",),
             mention="outlook.office365.com", email="anna@outlook.com",
             may=("provider-needs-preparation",)),
    InputRow("mx-of-google", "aspmx.l.google.com", "judged", box="smtp", must=("host-is-mx",),
             mention="smtp.gmail.com", email="anna@example.invalid",
             may=("provider-needs-preparation",)),
    InputRow("preparation-gmail", "imap.gmail.com", "judged",
             must=("provider-needs-preparation",), email="anna@gmail.com"),
    InputRow("tuta-has-no-imap", "imap.tuta.com", "judged", must=("provider-unsupported",),
             email="anna@tuta.com", may=("host-typo",)),
    InputRow("local-part-at-gmail", "imap.gmail.com", "judged", must=("username-incomplete",),
             email="anna@gmail.com", options=("--user", "anna"),
             may=("provider-needs-preparation",)),
    InputRow("full-address-at-gmail", "imap.gmail.com", "judged", email="anna@gmail.com",
             options=("--user", "anna@gmail.com"), may=("provider-needs-preparation",)),
    # --- the two boxes together --------------------------------------------------------------
    InputRow("swapped-servers", "smtp.example.invalid:465", "judged", by_option=True,
             options=("--smtp", "imap.example.invalid:993"), must=("servers-swapped",),
             may=("protocol-port-mismatch",)),
    InputRow("not-swapped", "mail.example.invalid:993", "judged", by_option=True,
             options=("--smtp", "mail.example.invalid:465")),
    InputRow("imap-on-995", "mail.example.invalid:995", "judged", by_option=True,
             must=("protocol-port-mismatch",)),
    InputRow("pop3-on-143", "mail.example.invalid:143", "judged", by_option=True, box="pop3",
             must=("protocol-port-mismatch",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    programs: LoadedPrograms,
) -> Iterator[Batch[Run]]:
    """Every selected row, run."""
    rows = only_selected(ROWS, request)
    batch = start(rows, partial(check_input, programs), tmp_path_factory.mktemp("typed"))
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
