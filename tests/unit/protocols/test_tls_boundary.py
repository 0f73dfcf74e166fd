"""What happens to plain text at the moment TLS starts."""

from __future__ import annotations

import pytest
from protocol_driving import greeted, new_dialogue, reply_of

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.protocols.dialogue import MailDialogue, Reply, ReplyKind
from mailcheck_gui.protocols.errors import LocalProtocolError

GO_AHEAD = {
    Protocol.SMTP: b"220 go\r\n",
    Protocol.IMAP: b"A1 OK go\r\n",
    Protocol.POP3: b"+OK go\r\n",
}
INJECTED = {
    Protocol.SMTP: b"250-evil\r\n250 AUTH PLAIN\r\n",
    Protocol.IMAP: b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA2 OK done\r\n",
    Protocol.POP3: b"+OK\r\nSASL PLAIN\r\n.\r\n",
}
every_protocol = pytest.mark.parametrize("protocol", list(Protocol))


def at_go_ahead(protocol: Protocol, behind: bytes = b"") -> MailDialogue:
    dialogue = greeted(protocol)
    dialogue.start_tls()
    dialogue.receive(GO_AHEAD[protocol] + behind)
    reply = dialogue.next_event()
    assert isinstance(reply, Reply)
    assert (reply.kind, reply.raw) == (ReplyKind.OK, GO_AHEAD[protocol])
    return dialogue


@every_protocol
def test_nothing_is_pending_at_an_honest_go_ahead(protocol: Protocol) -> None:
    assert at_go_ahead(protocol).pending == b""


@every_protocol
def test_bytes_behind_the_go_ahead_are_pending_and_never_an_event(protocol: Protocol) -> None:
    dialogue = at_go_ahead(protocol, INJECTED[protocol])
    assert dialogue.pending == INJECTED[protocol]
    assert dialogue.next_event() is None
    dialogue.receive(b"more")
    assert dialogue.next_event() is None
    assert dialogue.pending == INJECTED[protocol] + b"more"


@every_protocol
def test_bytes_behind_the_go_ahead_are_forgotten_after_it(protocol: Protocol) -> None:
    dialogue = at_go_ahead(protocol, INJECTED[protocol])
    dialogue.tls_established()
    assert dialogue.inside_tls
    assert (dialogue.pending, dialogue.last_line, dialogue.next_event()) == (b"", b"", None)
    assert dialogue.ask_capabilities("[192.0.2.7]") is not None
    assert dialogue.next_event() is None


@every_protocol
def test_nothing_is_said_between_the_go_ahead_and_tls(protocol: Protocol) -> None:
    dialogue = at_go_ahead(protocol)
    assert dialogue.leave() == b""
    with pytest.raises(LocalProtocolError, match="handshake"):
        dialogue.ask_capabilities("[192.0.2.7]")


@every_protocol
def test_starttls_inside_tls_is_a_bug(protocol: Protocol) -> None:
    with pytest.raises(LocalProtocolError, match="inside TLS"):
        greeted(protocol, tls=True).start_tls()


@every_protocol
def test_tls_without_a_go_ahead_is_a_bug(protocol: Protocol) -> None:
    dialogue = greeted(protocol)
    with pytest.raises(LocalProtocolError):
        dialogue.tls_established()
    assert not dialogue.inside_tls


@every_protocol
def test_tls_is_established_once(protocol: Protocol) -> None:
    dialogue = new_dialogue(protocol)
    dialogue.tls_established()
    with pytest.raises(LocalProtocolError):
        dialogue.tls_established()


@every_protocol
def test_refused_starttls_leaves_the_session_in_plain_text(protocol: Protocol) -> None:
    refusals = {
        Protocol.SMTP: b"454 4.7.0 no\r\n",
        Protocol.IMAP: b"A1 NO no\r\n",
        Protocol.POP3: b"-ERR no\r\n",
    }
    dialogue = greeted(protocol)
    dialogue.start_tls()
    reply_of(dialogue, refusals[protocol])
    with pytest.raises(LocalProtocolError):
        dialogue.tls_established()
    assert dialogue.leave() != b""


@every_protocol
def test_only_a_greeting_inside_implicit_tls_is_awaited(protocol: Protocol) -> None:
    implicit = new_dialogue(protocol)
    implicit.tls_established()
    with pytest.raises(LocalProtocolError, match="before the greeting"):
        implicit.ask_capabilities("[192.0.2.7]")
