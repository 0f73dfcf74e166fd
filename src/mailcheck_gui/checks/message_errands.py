"""The two errands of a test message: hand it to the outgoing server, find it in the inbox.

Both run inside verified TLS after an accepted sign-in. The inbox errand touches no message but
the one whose Message-ID holds this run's token.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from mailcheck_gui.checks.redaction import Redactor
from mailcheck_gui.checks.wire import Ended, Wire
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.observation import Capabilities, EndKind
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.protocols import mailbox
from mailcheck_gui.protocols.dialogue import Reply, ReplyKind
from mailcheck_gui.protocols.envelope import EnvelopeCommand
from mailcheck_gui.protocols.imap import ImapDialogue
from mailcheck_gui.protocols.pop3 import Pop3Dialogue
from mailcheck_gui.protocols.smtp import SmtpDialogue

REPLY_LIMIT = 2048
"""Bytes of a refusal that are kept."""

NEWEST = 10
"""Messages at the end of a mailbox whose headers are looked at."""

_SHOWN_MESSAGE = b"(the test message)"
_SHOWN_HEADER = b"(the header of a message)"


class Refused(Exception):
    """A server declined one step of an errand; `reply` are its words."""

    def __init__(self, reply: bytes) -> None:
        super().__init__("declined")
        self.reply = reply


class MessageErrand(ABC):
    """What both errands are: made once, with the server's refusal or the break kept.

    Each reply may take all the time until `until`: what stands behind it, a filter or a large
    mailbox, has minutes by the standards (RFC 5321, section 4.5.3.2), not one step's seconds.
    """

    def __init__(self, until: Deadline, redactor: Redactor) -> None:
        self.until = until
        self.began = False
        self.broke_off = False
        self.refusal: bytes | None = None
        self._redactor = redactor

    async def ask(
        self,
        wire: Wire,
        endpoint: Endpoint,  # noqa: ARG002 - part of the interface
        offered: Capabilities,  # noqa: ARG002
        deadline: Deadline,  # noqa: ARG002 - it has its own
        *,
        signed_in: bool,  # noqa: ARG002
        goodbye_timeout: float,  # noqa: ARG002
    ) -> None:
        """Do the errand, where nobody has begun it yet. Raises `Ended` as `wire` does."""
        if self.began:
            return
        self.began = True
        try:
            await self._run(wire)
        except Refused as refused:
            self.refusal = refused.reply
        except Ended:
            self.broke_off = True
            raise

    @abstractmethod
    async def _run(self, wire: Wire) -> None:
        """Hold the conversation. Raises `Refused` where the server declines a step."""


class PostErrand(MessageErrand):
    """Sends one message to the sender's own address, once."""

    def __init__(self, address: str, message: bytes, until: Deadline, redactor: Redactor) -> None:
        super().__init__(until, redactor)
        self.accepted_at: float | None = None
        self._handed_over_at: float | None = None
        self._address = address
        self._message = message

    @property
    def unanswered(self) -> bool:
        """Whether the server may have the message and did not say so, nor refuse it."""
        return (
            self._handed_over_at is not None and self.accepted_at is None and self.refusal is None
        )

    @property
    def left_at(self) -> float | None:
        """When the message was taken, or may have been: the clock's seconds, None for never."""
        return self._handed_over_at if self.unanswered else self.accepted_at

    async def _run(self, wire: Wire) -> None:
        if isinstance(wire.dialogue, SmtpDialogue):
            await self._send(wire, wire.dialogue)
            self.accepted_at = time.monotonic()

    async def _send(self, wire: Wire, dialogue: SmtpDialogue) -> None:
        for command in (EnvelopeCommand.MAIL_FROM, EnvelopeCommand.RCPT_TO):
            reply = await wire.ask(dialogue.ask_envelope((command,), self._address), self.until)
            _require(reply, self._redactor)
        _require(await wire.ask(dialogue.begin_message(), self.until), self._redactor)
        message = dialogue.send_message(self._message)
        # From here on a break does not tell how much has arrived.
        self._handed_over_at = time.monotonic()
        await wire.send(message, self.until, shown=_SHOWN_MESSAGE)
        _require(await wire.reply(self.until), self._redactor)


class InboxErrand(MessageErrand):
    """Looks for the message until `until`, and removes it. `seen` is called when it is there.

    IMAP is asked every `pause` seconds. A POP3 session shows the mailbox as it was at its
    beginning (RFC 1939, section 8), so there is one look, for which `pause` has no meaning.
    """

    def __init__(
        self,
        token: str,
        until: Deadline,
        pause: float,
        seen: Callable[[], None],
        redactor: Redactor,
    ) -> None:
        super().__init__(until, redactor)
        self.seen_at: float | None = None
        self.removed = False
        self._token = token
        self._pause = pause
        self._tell = seen

    async def _run(self, wire: Wire) -> None:
        if isinstance(wire.dialogue, ImapDialogue):
            await self._visit_imap(wire, wire.dialogue)
        elif isinstance(wire.dialogue, Pop3Dialogue):
            await self._visit_pop3(wire, wire.dialogue)

    def _note_seen(self) -> None:
        self.seen_at = time.monotonic()
        self._tell()

    # -- IMAP ------------------------------------------------------------------------------

    async def _visit_imap(self, wire: Wire, dialogue: ImapDialogue) -> None:
        await self._imap(wire, dialogue, mailbox.SELECT)
        uid = await self._wait_for_uid(wire, dialogue)
        if uid is not None:
            self._note_seen()
            await self._remove(wire, dialogue, uid)

    async def _wait_for_uid(self, wire: Wire, dialogue: ImapDialogue) -> int | None:
        """Look until it is there or the time is up, which may be in the middle of a look."""
        looked = False
        while True:
            try:
                uid = await self._look(wire, dialogue)
            except Ended as ended:
                if looked and ended.kind is EndKind.TIMED_OUT:
                    return None
                raise
            looked = True
            if uid is not None or self.until.remaining <= self._pause:
                return uid
            await asyncio.sleep(self._pause)

    async def _look(self, wire: Wire, dialogue: ImapDialogue) -> int | None:
        question = mailbox.search(self._token)
        found = mailbox.found_uids(await self._imap(wire, dialogue, question))
        for uid in sorted(found, reverse=True)[:NEWEST]:
            if await self._is_ours(wire, dialogue, uid):
                return uid
        return None

    async def _is_ours(self, wire: Wire, dialogue: ImapDialogue, uid: int) -> bool:
        """Whether a message that a search listed is the test message: not every search is true."""
        command = mailbox.fetch_message_id(uid)
        header = await self._imap(wire, dialogue, command, shown=_SHOWN_HEADER)
        return mailbox.holds_token(header, self._token)

    async def _remove(self, wire: Wire, dialogue: ImapDialogue, uid: int) -> None:
        """Remove it alone: without UIDPLUS only where no other message is marked for removal."""
        offered = await self._imap(wire, dialogue, b"CAPABILITY")
        uidplus = b"UIDPLUS" in offered.upper().split()
        await self._imap(wire, dialogue, mailbox.mark_deleted(uid))
        if not uidplus:
            marked = mailbox.found_uids(await self._imap(wire, dialogue, mailbox.SEARCH_DELETED))
            if marked != (uid,):
                await self._imap(wire, dialogue, mailbox.unmark_deleted(uid))
                return
        await self._imap(wire, dialogue, mailbox.expunge(uid, uidplus=uidplus))
        self.removed = True

    async def _imap(
        self, wire: Wire, dialogue: ImapDialogue, command: bytes, shown: bytes | None = None
    ) -> bytes:
        reply = await wire.ask(dialogue.ask_mailbox(command), self.until, shown)
        _require(reply, self._redactor)
        return reply.raw

    # -- POP3 ------------------------------------------------------------------------------

    async def _visit_pop3(self, wire: Wire, dialogue: Pop3Dialogue) -> None:
        counted = await self._pop3(wire, dialogue, mailbox.STAT)
        for number in mailbox.newest_numbers(counted, NEWEST):
            command = mailbox.header_lines(number)
            header = await self._pop3(wire, dialogue, command, header=True)
            if mailbox.holds_token(header, self._token):
                self._note_seen()
                await self._pop3(wire, dialogue, mailbox.delete(number))
                # The goodbye carries the removal out (RFC 1939, section 6).
                _require(await wire.ask(dialogue.leave(), self.until), self._redactor)
                self.removed = True
                return

    async def _pop3(
        self, wire: Wire, dialogue: Pop3Dialogue, command: bytes, *, header: bool = False
    ) -> bytes:
        asked = dialogue.ask_mailbox(command, lines=header)
        reply = await wire.ask(asked, self.until, _SHOWN_HEADER if header else None)
        _require(reply, self._redactor)
        return reply.raw


def _require(reply: Reply, redactor: Redactor) -> None:
    if reply.kind is not ReplyKind.OK:
        raise Refused(redactor.excerpt(reply.raw, REPLY_LIMIT))
