from mailcheck_gui.checks.redaction import Redactor
from mailcheck_gui.checks.transcript import LINE_LIMIT, LINES_LIMIT, LINES_PER_MESSAGE, Transcript
from mailcheck_gui.model.account import Credential, Protocol
from mailcheck_gui.model.endpoint import Endpoint

HERE = Endpoint(Protocol.SMTP, "mail.example", 587)


def test_lines_come_apart_and_in_order() -> None:
    transcript = Transcript(Redactor())
    transcript.received(HERE, "192.0.2.1", b"220 ready\r\n")
    transcript.sent(HERE, "192.0.2.1", b"EHLO [192.0.2.9]\r\n")
    transcript.received(HERE, "192.0.2.1", b"250-mail\r\n250 STARTTLS\r\n")
    said = [(line.direction, line.text) for line in transcript.lines]
    assert said == [
        ("received", "220 ready"),
        ("sent", "EHLO [192.0.2.9]"),
        ("received", "250-mail"),
        ("received", "250 STARTTLS"),
    ]


def test_secrets_go_at_the_entrance() -> None:
    transcript = Transcript(Redactor([Credential("anna", "secret word")]))
    transcript.received(HERE, "192.0.2.1", b"535 anna said secret word\r\n")
    assert transcript.lines[0].text == "535 *** said ***"


def test_controls_are_made_visible() -> None:
    transcript = Transcript(Redactor())
    transcript.received(HERE, "192.0.2.1", "220 \x07 \u202e evil".encode())
    assert transcript.lines[0].text == "220 \u27e80x07\u27e9 \u27e8U+202E\u27e9 evil"


def test_floods_are_bounded() -> None:
    transcript = Transcript(Redactor())
    transcript.received(HERE, "192.0.2.1", b"x" * 100_000)
    assert len(transcript.lines[0].text) == LINE_LIMIT + 1
    transcript.received(HERE, "192.0.2.1", b"250-x\r\n" * 1000)
    assert len(transcript.lines) == 1 + LINES_PER_MESSAGE + 1
    for _ in range(1000):
        transcript.received(HERE, "192.0.2.1", b"250 x\r\n")
    assert len(transcript.lines) == LINES_LIMIT
    assert transcript.lines[-1].text == "…"
