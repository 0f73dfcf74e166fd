"""What a search found, as text: headlines, provenance, preparation, what was asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck_gui.model.account import Protocol, Security, Server
from mailcheck_gui.model.discovery import (
    Discovery,
    Provenance,
    SettingsCandidate,
    Source,
    SourceOutcome,
    SourceState,
    Trust,
)
from mailcheck_gui.model.finding import PreparationStep, Proof, Provider, message
from mailcheck_gui.reporting.find_text import check_command, discovery_lines
from mailcheck_gui.reporting.text_report import WIDTH, Tone

EMAIL = "anna@shop.example"
IN = Server(Protocol.IMAP, "imap.shop.example", "imap.shop.example", 993, Security.IMPLICIT_TLS,
            username=EMAIL)  # fmt: skip
OUT = Server(Protocol.SMTP, "smtp.shop.example", "smtp.shop.example", 587, Security.STARTTLS,
             username=EMAIL)  # fmt: skip
PROVEN = SettingsCandidate(
    IN, OUT, Source.AUTOCONFIG, Trust.SECURE, "https://autoconfig.shop.example/mail", "2026-10",
    Proof.HANDSHAKE, Proof.HANDSHAKE,
)  # fmt: skip
TRIED = (
    SourceOutcome(
        Source.AUTOCONFIG, SourceState.FOUND, message("It names servers."), "https://a", 82.4
    ),
    SourceOutcome(Source.SRV, SourceState.NO_ANSWER, message("No answer.")),
)


def text_of(*candidates: SettingsCandidate, **more: object) -> str:
    discovery = Discovery(EMAIL, candidates, tried=TRIED, **more)  # type: ignore[arg-type]
    return "\n".join(line.text for line in discovery_lines(discovery))


def test_proven_settings() -> None:
    assert (
        text_of(PROVEN)
        == f"""\
Settings found for {EMAIL}
The servers answered and proved their names. No password was sent.

1. Incoming mail: IMAP, imap.shop.example, port 993, SSL/TLS, Normal password,
     user name anna@shop.example (handshake)
   Outgoing mail: SMTP, smtp.shop.example, port 587, STARTTLS, Normal password,
     user name anna@shop.example (handshake)
   From: autoconfig file, https://autoconfig.shop.example/mail, 2026-10

To check them with a sign-in
  mailcheck check --email {EMAIL}

What was asked, and what it said
  * autoconfig file [https://a]: It names servers. (82 ms)
  - DNS service records: No answer."""
    )


HEADLINES = {
    "an unverified way": (
        replace(PROVEN, trust=Trust.UNVERIFIED, way=("mx",)),
        "on a way that was not secure",
    ),
    "guessed names": (
        replace(PROVEN, source=Source.GUESS, trust=Trust.UNVERIFIED, way=("guess",)),
        "with server names that were guessed",
    ),
    "documented": (
        replace(PROVEN, incoming_proof=Proof.DOCUMENTED, outgoing_proof=Proof.DOCUMENTED),
        "Settings known for",
    ),
    "half proven": (replace(PROVEN, outgoing_proof=None), "but not proven"),
    "one side only": (
        replace(PROVEN, incoming=None, incoming_proof=None),
        "Settings found for",
    ),
}


@pytest.mark.parametrize("case", HEADLINES)
def test_the_headline_says_how_good_it_is(case: str) -> None:
    candidate, title = HEADLINES[case]
    assert title in text_of(candidate).splitlines()[0]


def test_an_unverified_way_is_explained_and_the_command_names_the_servers() -> None:
    text = text_of(replace(PROVEN, trust=Trust.UNVERIFIED, way=("mx", "redirect")))
    assert "The way to these settings was not secure." in text
    assert "by the mail exchanger." in " ".join(text.split())
    assert "--imap imap.shop.example:993/ssl --smtp smtp.shop.example:587/starttls" in text


def test_a_guess_is_called_one_and_its_way_is_not_called_insecure() -> None:
    text = text_of(replace(PROVEN, source=Source.GUESS, trust=Trust.UNVERIFIED, way=("guess",)))
    assert "The server names were guessed." in text
    assert "not secure" not in text
    assert "--imap imap.shop.example:993/ssl" in text


def test_two_sides_of_two_sources_are_told_apart() -> None:
    origin = Provenance(Source.GUESS, Trust.UNVERIFIED, way=("guess",))
    text = text_of(replace(PROVEN, outgoing_from=origin))
    assert "Incoming mail is from: autoconfig file, https://autoconfig.shop.example/mail" in text
    assert "Outgoing mail is from: usual server names" in text


def test_what_else_is_known_is_written() -> None:
    steps = (
        PreparationStep("Create an {app} password.", "https://help.example/x", "page", "2026-09"),
    )
    provider = Provider("p", "P", (), (), unsupported="P has no IMAP without its bridge.")
    trouble = message("imap.shop.example does not answer on port 993.")
    candidate = replace(PROVEN, incoming_proof=None, trouble=trouble, also=(Source.SRV,))
    text = text_of(candidate, preparation=steps, provider=provider, cancelled=True)
    assert "The search was stopped." in text
    assert "P has no IMAP without its bridge." in text
    assert "  - Create an {app} password.\n    https://help.example/x (page, 2026-09)" in text
    assert "does not answer on port 993." in text
    assert "Others name the same servers: DNS service records." in text


def test_nothing_found_gives_suggestions_marked_unproven() -> None:
    likely = SettingsCandidate(IN, OUT, Source.GUESS, Trust.UNVERIFIED)
    text = text_of(suggestions=(likely,))
    assert text.startswith(f"No settings found for {EMAIL}\n")
    assert "These are likely, but not proven:" in text
    assert text.count("(not proven)") == 2
    assert "mailcheck check" not in text


def test_names_that_lead_nowhere_are_not_called_likely() -> None:
    usual = SettingsCandidate(IN, OUT, Source.GUESS, Trust.UNVERIFIED)
    text = text_of(suggestions=(usual,), names_lead_nowhere=True)
    assert "DNS does not know these names:" in " ".join(text.split())
    assert "likely" not in text


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_domain_that_does_not_exist_is_said_first(cancelled: bool) -> None:
    text = text_of(no_such_domain=True, names_lead_nowhere=True, cancelled=cancelled)
    assert text.startswith("There is no domain shop.example. Check the spelling.\n\n")
    assert "likely" not in text


def test_a_stopped_search_that_found_nothing_says_so_in_its_title() -> None:
    likely = SettingsCandidate(IN, OUT, Source.GUESS, Trust.UNVERIFIED)
    text = text_of(suggestions=(likely,), cancelled=True)
    title, body = text.splitlines()[:2]
    assert title == f"Stopped before settings for {EMAIL} were found"
    assert body == "These are likely, but not proven:"


def test_a_long_list_is_cut_and_lines_are_short() -> None:
    many = tuple(
        replace(PROVEN, incoming=replace(IN, host=f"m{number}.shop.example")) for number in range(9)
    )
    discovery = Discovery(EMAIL, many, tried=TRIED)
    lines = discovery_lines(discovery)
    assert any(line.text == "4 more are left out here." for line in lines)
    assert all(len(line.text) <= WIDTH for line in lines)
    assert lines[0].tone is Tone.WORKS


def test_the_command_can_be_pasted() -> None:
    odd = replace(IN, host="2001:db8::7", ascii_host="2001:db8::7")
    assert check_command('"a b"@shop.example', (odd,)) == (
        "mailcheck check --email '\"a b\"@shop.example' --imap '[2001:db8::7]:993/ssl'"
    )
