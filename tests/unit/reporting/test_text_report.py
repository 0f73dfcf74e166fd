from __future__ import annotations

import dataclasses
import re

from sample_reports import (
    ACCEPTED,
    BETTER,
    CHANGES,
    SMTP,
    broken_report,
    connection,
    finding,
    report,
    row,
    talk,
)

from mailcheck_gui.model.account import Account
from mailcheck_gui.model.finding import Proof, SideStatus, SideSuggestion, Suggestion
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndKind,
    EndObservation,
    EndpointObservation,
    GreetingKind,
    GreetingObservation,
    Observations,
    Spoken,
    Stage,
)
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.reporting.text_report import Tone, report_lines, report_to_text


def test_the_report_begins_with_the_verdict_and_its_outlook() -> None:
    lines = report_lines(broken_report())
    assert lines[0].text == "You can receive mail, but not send it"
    assert lines[0].tone is Tone.ERROR
    assert report_to_text(broken_report()).splitlines()[1:3] == [
        "Port 587 starts without encryption, but SSL/TLS is set. One change puts it",
        "right: Mailcheck has just signed in with it.",
    ]


def test_the_change_table_sets_yours_against_what_works() -> None:
    text = report_to_text(broken_report())
    table = text[text.index("Change: Outgoing mail") :].split("\n\n")[0].splitlines()
    assert table == [
        "Change: Outgoing mail",
        "  Setting        Yours             Works",
        "  Type           SMTP              SMTP",
        "  Server         smtp.example.com  smtp.example.com",
        "> Port           587               465",
        "  Encryption     SSL/TLS           SSL/TLS",
        "  Sign-in        Normal password   Normal password",
        "  User name      anna@example.com  anna@example.com",
        "  Proof: signed in",
    ]


def test_a_documented_change_is_never_headed_works() -> None:
    change = dataclasses.replace(CHANGES[0], proof=Proof.DOCUMENTED)
    side = SideSuggestion(
        SideStatus.CHANGE, BETTER, Proof.DOCUMENTED, (change,), source="provider, 2026-09"
    )
    text = report_to_text(report(Verdict.ERROR, suggestion=Suggestion(outgoing=side)))
    assert "Works" not in text
    assert "Suggested" in text
    assert "Proof: documented (provider, 2026-09)" in text


def test_a_name_that_was_not_entered_is_not_taken_for_granted() -> None:
    side = SideSuggestion(SideStatus.CHANGE, BETTER, Proof.HANDSHAKE, CHANGES, needs_consent=True)
    text = report_to_text(report(Verdict.ERROR, suggestion=Suggestion(outgoing=side)))
    assert "You have not entered smtp.example.com yourself." in text


def test_a_side_that_could_not_be_read_shows_what_was_typed() -> None:
    side = SideSuggestion(SideStatus.CHANGE, BETTER, Proof.HANDSHAKE, CHANGES)
    r = report(
        Verdict.ERROR,
        account=Account("a@example.com", report().account.incoming, None),
        suggestion=Suggestion(outgoing=side),
    )
    assert "> Port           587    465" in report_to_text(r)


def test_lines_are_80_wide_and_hold_no_control_character() -> None:
    text = report_to_text(broken_report())
    assert all(len(line) <= 80 for line in text.splitlines())
    assert all(character.isprintable() or character == "\n" for character in text)
    assert "  | 220 ⟨0x1B⟩[31m<b>hello</b> \\xFF\\xFE ⟨U+202E⟩[red]mx[/red]" in text


def test_long_quotes_are_cut() -> None:
    long = finding(quote=b"\r\n".join(b"250-line %d" % n for n in range(20)))
    text = report_to_text(report(Verdict.ERROR, findings=(long,)))
    assert "250-line 11" in text
    assert "250-line 12" not in text
    assert "  | …" in text


def test_a_long_line_of_a_quote_is_cut_too() -> None:
    long = finding(quote=b"250 " + b"words and " * 150)
    text = report_to_text(report(Verdict.ERROR, findings=(long,)))
    assert sum(line.startswith("  | ") for line in text.splitlines()) == 13


def test_sections_without_content_are_left_out() -> None:
    text = report_to_text(report())
    assert "Not tested" not in text
    assert "What the check found" not in text
    assert "\n\n\n" not in text
    assert text.startswith("Everything works\n")
    assert text.endswith("finished in 1.2 seconds.\n")


def speaks(observation: EndpointObservation) -> str:
    seen = Observations(report().started, endpoints=(observation,))
    text = report_to_text(report(observations=seen))
    line = next(line for line in text.splitlines() if line.startswith("  * SMTP"))
    return line.partition(": ")[2]


def test_the_port_map_says_what_speaks() -> None:
    smtp = GreetingObservation(GreetingKind.READY, Spoken.SMTP, b"220 mx\r\n", 1.0)
    http = GreetingObservation(GreetingKind.FOREIGN, Spoken.HTTP, b"HTTP/1.1 400\r\n", 1.0)
    reset = EndObservation(EndKind.RESET, Stage.GREETING)
    mute = EndObservation(EndKind.TIMED_OUT, Stage.GREETING)
    assert speaks(broken_report().observations.endpoints[1]) == "STARTTLS"
    assert speaks(row(talk(greeting=smtp))) == "starts without encryption"
    assert speaks(row(talk(greeting=http))) == "not a mail server"
    assert speaks(row(talk(end=reset))) == "ends every connection"
    assert speaks(row(talk(end=mute))) == "open, but silent"
    assert speaks(row(talk())) == "open"
    assert speaks(row(address=None)) == "the name has no address"
    assert speaks(connection(ConnectOutcome.CLOSED)) == "closed"
    assert speaks(connection(ConnectOutcome.SILENT)) == "no answer"


def remarks(r: Report) -> list[str]:
    """What stands in brackets behind each side."""
    lines = report_to_text(r).split("\n\n")[1].replace("\n", " ")
    return re.findall(r"\(([^)]*)\)", lines)


def test_a_side_that_a_stopped_check_did_not_finish_is_not_judged() -> None:
    no_cure = SideSuggestion(SideStatus.NO_CURE)
    stopped = report(
        Verdict.ERROR,
        suggestion=Suggestion(no_cure, no_cure),
        findings=(finding(),),
        cancelled=True,
    )
    assert remarks(stopped) == [
        "not known: the check was stopped",
        "no better setting known: the check was stopped",
    ]
    finished = dataclasses.replace(stopped, cancelled=False)
    assert remarks(finished) == ["no setting can cure it", "no setting can cure it"]


def test_a_side_without_a_sign_in_is_not_said_to_need_no_change() -> None:
    seen = Observations(report().started, sign_ins=ACCEPTED[:1])
    r = report(Verdict.INCOMPLETE, observations=seen)
    assert remarks(r) == ["no change needed", "sign-in not tested"]


def test_the_sides_and_what_was_tidied() -> None:
    text = report_to_text(broken_report())
    assert "Outgoing mail: SMTP, smtp.example.com, port 587, SSL/TLS" in text
    assert "Tidied: Server, from “ post.müller.example" in text
    assert f"{SMTP.host} 587 [203.0.113.20]: STARTTLS" in text
    assert "- Sending a mail: Nothing is ever sent." in text
