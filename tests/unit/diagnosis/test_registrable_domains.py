"""The part of a name that someone registered, against the library's own reading of its list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import publicsuffixlist
import pytest
from publicsuffixlist import PublicSuffixList

from mailcheck_gui.diagnosis.addresses import registrable_domain


def _listed_suffixes() -> Iterator[str]:
    for line in Path(publicsuffixlist.PSLFILE).read_text("utf-8").splitlines():
        rule = line.split(" ")[0]
        if rule and not rule.startswith("//"):
            yield rule.lstrip("!").replace("*", "any")


def test_every_listed_suffix_is_read_as_the_library_reads_a_labels() -> None:
    """The list is loaded without A-labels for speed; names still come as A-labels."""
    whole = PublicSuffixList()
    names = [
        f"{labels}{suffix}".encode("idna").decode("ascii")
        for suffix in _listed_suffixes()
        for labels in ("", "one.", "two.one.")
    ]
    dotted = [name for name in names if "." in name]
    assert len(dotted) > 20_000
    wrong = [
        name for name in dotted if registrable_domain(name) != (whole.privatesuffix(name) or "")
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("host", "registrable"),
    [
        ("imap.example.co.uk", "example.co.uk"),
        ("mail.xn--strae-oqa.de", "xn--strae-oqa.de"),
        ("one.customer.github.io", "customer.github.io"),
        ("xn--a-ecp.ru", "xn--a-ecp.ru"),
        ("xn--99999999.example", "xn--99999999.example"),
        ("example", ""),
        ("co.uk", ""),
        ("192.0.2.1", ""),
        ("2001:db8::1", ""),
        ("", ""),
    ],
)
def test_names_of_every_kind(host: str, registrable: str) -> None:
    """Countries, IDN, hosters' customers, labels that are no punycode, addresses."""
    assert registrable_domain(host) == registrable
