"""Limits of a provider and contradictions between sources, under the settings that were found."""

from __future__ import annotations

from mailcheck_gui.model.discovery import Discovery
from mailcheck_gui.model.finding import Provider, ProviderRemark
from mailcheck_gui.reporting.find_text import discovery_lines
from mailcheck_gui.reporting.text_report import Tone

FIRMA = Provider(
    id="firma",
    name="Firma",
    domains=("firma.example",),
    servers=(),
    limits=(
        ProviderRemark("Passwords are refused.", "help page", "2026-03", since="2024-09-16"),
        ProviderRemark("There is no POP3.", "a list", "2026-04"),
    ),
    conflicts=(ProviderRemark("A list names another server.", "a list", "2026-04"),),
)


def lines_of(provider: Provider | None) -> list[str]:
    discovery = Discovery("anna@firma.example", provider=provider)
    return [line.text for line in discovery_lines(discovery)]


def test_each_remark_with_source_and_date() -> None:
    text = "\n".join(lines_of(FIRMA))
    assert (
        """\
Limits at Firma
  - Passwords are refused.
    since 2024-09-16, help page, 2026-03
  - There is no POP3.
    a list, 2026-04
Where sources on Firma disagree
  - A list names another server.
    a list, 2026-04"""
        in text
    )


def test_headings_stand_out() -> None:
    discovery = Discovery("anna@firma.example", provider=FIRMA)
    headings = [line.text for line in discovery_lines(discovery) if line.tone is Tone.HEADING]
    assert headings == ["Limits at Firma", "Where sources on Firma disagree"]


def test_a_provider_without_remarks_has_no_section() -> None:
    plain = Provider("plain", "Plain", ("plain.example",), ())
    assert lines_of(plain) == lines_of(None)
