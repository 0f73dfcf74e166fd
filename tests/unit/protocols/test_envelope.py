"""MAIL FROM, RCPT TO and RSET: alone, in a group, and never outside TLS."""

from __future__ import annotations

import pytest
from protocol_driving import events_of, greeted, reply_of

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.protocols.dialogue import Reply, ReplyKind
from mailcheck_gui.protocols.envelope import ENVELOPE, EnvelopeCommand, fits_envelope
from mailcheck_gui.protocols.errors import LocalProtocolError
from mailcheck_gui.protocols.smtp import SmtpDialogue

ADDRESS = "anna@example.org"
GROUP = b"MAIL FROM:<anna@example.org>\r\nRCPT TO:<anna@example.org>\r\nRSET\r\n"


def inside_tls() -> SmtpDialogue:
    dialogue = greeted(Protocol.SMTP, tls=True)
    assert isinstance(dialogue, SmtpDialogue)
    return dialogue


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        (ADDRESS, True),
        ("anna+list.x'y@xn--frma-0ra.example", True),
        ("", False),
        ("anna", False),
        ("anna@", False),
        ("an na@example.org", False),
        ("<anna@example.org>", False),
        ('"anna"@example.org', False),
        ("anna@example.org> SIZE=1", False),
        ("anna@example.org\r\nDATA", False),
        ("josé@example.org", False),
        ("anna@exämple.org", False),
        (f"{'a' * 65}@example.org", False),
    ],
)
def test_addresses_that_an_envelope_can_name(address: str, fits: bool) -> None:
    assert fits_envelope(address) is fits


def test_one_after_the_other() -> None:
    dialogue = inside_tls()
    sent = []
    for command in ENVELOPE:
        sent.append(dialogue.ask_envelope((command,), ADDRESS))
        assert reply_of(dialogue, b"250 2.1.0 Ok\r\n").kind is ReplyKind.OK
    assert b"".join(sent) == GROUP
    assert dialogue.leave() == b"QUIT\r\n"


@pytest.mark.parametrize("size", [1, 7, None])
def test_a_group_has_a_reply_for_each_command(size: int | None) -> None:
    dialogue = inside_tls()
    assert dialogue.ask_envelope(ENVELOPE, ADDRESS) == GROUP
    replies = events_of(dialogue, b"250 Ok\r\n450-4.7.1 Wait\r\n450 4.7.1 then\r\n250 Ok\r\n", size)
    kinds = [reply.kind for reply in replies if isinstance(reply, Reply)]
    assert kinds == [ReplyKind.OK, ReplyKind.TEMPORARY, ReplyKind.OK]
    assert dialogue.leave() == b"QUIT\r\n"


def test_nothing_else_is_said_before_the_group_is_answered() -> None:
    dialogue = inside_tls()
    dialogue.ask_envelope(ENVELOPE, ADDRESS)
    reply_of(dialogue, b"250 Ok\r\n")
    with pytest.raises(LocalProtocolError):
        dialogue.ask_capabilities("[192.0.2.7]")


def test_the_goodbye_may_end_the_group() -> None:
    dialogue = inside_tls()
    assert dialogue.ask_envelope(ENVELOPE, ADDRESS, then_leave=True) == GROUP + b"QUIT\r\n"
    replies = events_of(dialogue, b"250 Ok\r\n" * 3 + b"221 Bye\r\n")
    assert [reply.kind for reply in replies if isinstance(reply, Reply)] == [ReplyKind.OK] * 4
    assert dialogue.leave() == b""


@pytest.mark.parametrize("answered", range(5))
def test_the_goodbye_that_ends_a_group_is_not_said_again(answered: int) -> None:
    dialogue = inside_tls()
    dialogue.ask_envelope(ENVELOPE, ADDRESS, then_leave=True)
    replies = (b"250 Ok\r\n", b"250 Ok\r\n", b"250 Ok\r\n", b"221 Bye\r\n")
    events_of(dialogue, b"".join(replies[:answered]))
    assert dialogue.leave() == b""


def test_a_farewell_ends_the_group() -> None:
    dialogue = inside_tls()
    dialogue.ask_envelope(ENVELOPE, ADDRESS)
    assert reply_of(dialogue, b"421 4.7.0 Too much\r\n").kind is ReplyKind.BYE
    assert dialogue.leave() == b""


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (b"250 Ok\r\n", ReplyKind.OK),
        (b"251 will forward\r\n", ReplyKind.OK),
        (b"252 cannot verify\r\n", ReplyKind.OK),
        (b"354 go ahead\r\n", ReplyKind.NONSENSE),
        (b"550 no\r\n", ReplyKind.REFUSED),
    ],
)
def test_replies_to_a_recipient(reply: bytes, kind: ReplyKind) -> None:
    dialogue = inside_tls()
    dialogue.ask_envelope((EnvelopeCommand.RCPT_TO,), ADDRESS)
    assert reply_of(dialogue, reply).kind is kind


def test_no_envelope_outside_tls() -> None:
    dialogue = greeted(Protocol.SMTP)
    assert isinstance(dialogue, SmtpDialogue)
    with pytest.raises(LocalProtocolError):
        dialogue.ask_envelope(ENVELOPE, ADDRESS)


def test_no_envelope_for_an_address_that_would_end_the_line() -> None:
    with pytest.raises(LocalProtocolError):
        inside_tls().ask_envelope(ENVELOPE, "anna@example.org\r\nDATA")
