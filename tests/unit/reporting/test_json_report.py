from __future__ import annotations

import json

import pytest
from report_contract import broken_rules
from sample_reports import (
    COMPLETE,
    SMTP_AT,
    TLS,
    broken_report,
    connection,
    report,
    row,
    talk,
)

from mailcheck_gui.model.account import Account
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndKind,
    EndObservation,
    EndpointObservation,
    GreetingKind,
    GreetingObservation,
    HandshakeOutcome,
    Observations,
    Opening,
    Spoken,
    Stage,
    TlsObservation,
)
from mailcheck_gui.reporting.json_report import report_to_json, report_to_object
from mailcheck_gui.storage.settings_file import parse_settings


def documents() -> tuple[object, ...]:
    one_sided = report(account=Account("", None, report().account.outgoing))
    return tuple(json.loads(report_to_json(r)) for r in (broken_report(), report(), one_sided))


@pytest.mark.parametrize("document", documents())
def test_the_report_keeps_its_contract(document: object) -> None:
    assert broken_rules(document) == []


def test_the_contract_check_notices_what_is_wrong() -> None:
    document = json.loads(report_to_json(broken_report()))
    document["verdict"] = "fine"
    document["endpoints"][0]["port"] = "993"
    del document["sign_in"][0]["reply"]
    document["extra"] = 1
    assert len(broken_rules(document)) == 4


def test_values_are_those_of_the_run() -> None:
    document = report_to_object(broken_report())
    assert document["started"] == "2026-11-21T22:05:07Z"
    assert document["duration_ms"] == 1235
    assert document["verdict"] == "error"
    assert document["cleaned"] == [
        {"field": "incoming.host", "from": " post.müller.example\t", "to": "post.müller.example"}
    ]
    assert document["suggestion"]["changes"] == [  # type: ignore[index]
        {
            "role": "outgoing",
            "field": "port",
            "from": "587",
            "to": "465",
            "because": "tls-on-starttls-port",
            "proof": "signed-in",
        }
    ]


def test_server_bytes_are_made_visible_and_never_markup() -> None:
    text = report_to_json(broken_report())
    document = json.loads(text)
    quoted = document["findings"][0]["evidence"]
    assert quoted["quote"] == ("220 ⟨0x1B⟩[31m<b>hello</b> \\xFF\\xFE ⟨U+202E⟩[red]mx[/red]")
    assert quoted["words"] == "a⟨0x07⟩b"
    assert (quoted["port"], quoted["offered"]) == (587, True)
    assert document["transcript"][0]["text"] == "220 mx⟨0x00⟩⟨U+202E⟩"
    assert document["endpoints"][0]["tls"]["issuer"] == "CN=Sample⟨U+202E⟩ CA"
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "müller" in text  # not escaped


def test_the_account_is_a_settings_file() -> None:
    account = report_to_object(broken_report())["account"]
    draft = parse_settings(json.loads(json.dumps(account)))
    assert draft.email == "anna@example.com"
    assert draft.incoming is not None
    assert (draft.incoming.host, draft.incoming.port) == ("post.müller.example", "993")


def rows(*observations: EndpointObservation) -> list[dict[str, object]]:
    seen = Observations(report().started, endpoints=observations)
    return report_to_object(report(observations=seen))["endpoints"]  # type: ignore[return-value]


def test_a_row_for_each_address_that_was_tried() -> None:
    document = report_to_object(broken_report())
    seen = [(r["port"], r["address"], r["state"]) for r in document["endpoints"]]  # type: ignore[attr-defined]
    assert seen == [
        (993, "203.0.113.20", "open"),
        (587, "203.0.113.20", "open"),
        (587, "203.0.113.20", "silent"),
        (587, None, "unreachable"),
    ]


def test_an_implicit_tls_row_tells_certificate_capabilities_and_times() -> None:
    document = report_to_object(broken_report())
    first = document["endpoints"][0]  # type: ignore[index]
    assert (first["speaks"], first["starttls"]) == ("implicit-tls", None)
    assert first["tls"]["expires"] == "2027-01-01T12:30:00Z"
    assert first["tls"]["names"] == ["smtp.example.com", "mail.example.com"]
    assert first["greeting"] == "* OK hi"
    assert first["capabilities"] == ["IMAP4rev1", "AUTH=PLAIN"]
    assert first["auth"] == ["PLAIN", "LOGIN-COMMAND"]
    assert first["timing_ms"] == {"connect": 40.1, "greeting": 99.0, "tls": 80.0, "total": 321.5}


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (ConnectOutcome.CLOSED, "closed"),
        (ConnectOutcome.SILENT, "silent"),
        (ConnectOutcome.UNREACHABLE, "unreachable"),
        (ConnectOutcome.NO_ROUTE, "unreachable"),
        (ConnectOutcome.DENIED, "unreachable"),
    ],
)
def test_states_without_a_connection(outcome: ConnectOutcome, state: str) -> None:
    (only,) = rows(connection(outcome))
    assert (only["state"], only["speaks"], only["tls"]) == (state, None, None)


def test_a_connection_that_is_reset_before_a_word() -> None:
    (only,) = rows(row(talk(end=EndObservation(EndKind.RESET, Stage.GREETING))))
    assert (only["state"], only["speaks"]) == ("reset", None)


def test_a_reset_after_the_greeting_is_an_open_port() -> None:
    greeting = GreetingObservation(GreetingKind.READY, Spoken.SMTP, b"220 mx\r\n", 1.0)
    end = EndObservation(EndKind.RESET, Stage.CAPABILITIES)
    (only,) = rows(row(talk(greeting=greeting, end=end)))
    assert (only["state"], only["speaks"]) == ("open", "plaintext")


def test_plain_text_that_answers_a_client_hello() -> None:
    tls = TlsObservation(HandshakeOutcome.NOT_TLS, first_bytes=b"220 mx ready\r\n")
    (only,) = rows(row(talk(Opening.CLIENT_HELLO, tls=tls)))
    assert (only["speaks"], only["greeting"]) == ("plaintext", "220 mx ready")


def test_a_foreign_service_and_a_mute_one() -> None:
    http = GreetingObservation(GreetingKind.FOREIGN, Spoken.HTTP, b"HTTP/1.1 400\r\n", 1.0)
    mute = EndObservation(EndKind.TIMED_OUT, Stage.GREETING)
    other, nothing = rows(row(talk(greeting=http)), row(talk(end=mute)))
    assert (other["state"], other["speaks"]) == ("open", "other")
    assert (nothing["state"], nothing["speaks"]) == ("open", "nothing")


def test_tls_after_starttls_stands_in_a_plain_text_row() -> None:
    greeting = GreetingObservation(GreetingKind.READY, Spoken.SMTP, b"220 mx\r\n", 1.0)
    (only,) = rows(row(talk(greeting=greeting, tls=TLS, end=COMPLETE)))
    assert only["speaks"] == "plaintext"
    assert only["tls"]["version"] == "TLSv1.3"  # type: ignore[index]
    assert only["host"] == SMTP_AT.host


def test_texts_are_translated_and_codes_are_not() -> None:
    document = report_to_object(broken_report(), lambda template: f"¡{template}!")
    first = document["findings"][0]  # type: ignore[index]
    assert first["code"] == "tls-on-starttls-port"
    assert first["remedy"] == "¡Use port 465 with SSL/TLS.!"
