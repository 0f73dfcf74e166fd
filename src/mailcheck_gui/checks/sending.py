"""Whether a server would send for the person: asked with an envelope, never with a message.

After the sign-in the same conversation says MAIL FROM and RCPT TO with the person's own address,
then RSET (RFC 5321 section 4.1.1). Where the server takes commands in a group (RFC 2920), QUIT
goes out behind them, so that the answers come with the goodbye and cost no round trip of their own;
else they cost three. Only inside verified TLS, once in a run.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace

from mailcheck_gui.checks.redaction import Redactor
from mailcheck_gui.checks.wire import Ended, Wire
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.observation import (
    Capabilities,
    EndKind,
    EnvelopeReply,
    SendingObservation,
)
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.protocols.dialogue import Reply, ReplyKind
from mailcheck_gui.protocols.envelope import ENVELOPE, EnvelopeCommand, fits_envelope
from mailcheck_gui.protocols.smtp import SmtpDialogue

REPLY_LIMIT = 2048
"""Bytes of an answer to the envelope that are kept."""


class SendingDesk:
    """Asks once in a run. Without a usable `sender` nothing is asked.

    `observation` is what was seen, from the first command on.
    """

    def __init__(self, sender: str, redactor: Redactor) -> None:
        self._sender = sender if fits_envelope(sender) else ""
        self._redactor = redactor
        self.observation: SendingObservation | None = None

    async def ask(
        self,
        wire: Wire,
        endpoint: Endpoint,
        offered: Capabilities,
        deadline: Deadline,
        *,
        signed_in: bool,
        goodbye_timeout: float,
    ) -> None:
        """Ask, where this is the first conversation that can. Raises `Ended` as `wire` does.

        A server that takes too long for an answer is left without one: the sign-in counts.
        """
        dialogue = wire.dialogue
        if not isinstance(dialogue, SmtpDialogue) or not self._sender or self.observation:
            return
        self.observation = SendingObservation(endpoint, signed_in)
        began = time.monotonic()
        try:
            if _takes_groups(offered):
                await self._ask_at_once(wire, dialogue, deadline)
                await _hear_goodbye(wire, deadline.within(goodbye_timeout))
            else:
                await self._ask_one_by_one(wire, dialogue, deadline)
        except Ended as ended:
            if ended.kind is not EndKind.TIMED_OUT:
                raise
        finally:
            elapsed = (time.monotonic() - began) * 1000
            self.observation = replace(self.observation, elapsed_ms=elapsed)

    async def _ask_at_once(self, wire: Wire, dialogue: SmtpDialogue, deadline: Deadline) -> None:
        group = dialogue.ask_envelope(ENVELOPE, self._sender, then_leave=True)
        await wire.send(group, deadline)
        for command in ENVELOPE:
            reply = await wire.reply(deadline)
            self._note(command, reply)
            if reply.kind is ReplyKind.BYE:
                return

    async def _ask_one_by_one(self, wire: Wire, dialogue: SmtpDialogue, deadline: Deadline) -> None:
        for command in ENVELOPE:
            reply = await wire.ask(dialogue.ask_envelope((command,), self._sender), deadline)
            self._note(command, reply)
            if reply.kind is not ReplyKind.OK:
                return  # no message has begun, so there is nothing to reset

    def _note(self, command: EnvelopeCommand, reply: Reply) -> None:
        seen = self.observation
        assert seen is not None
        refused_before = seen.mail_from is not None and not seen.mail_from.accepted
        answer = EnvelopeReply(
            accepted=reply.kind is ReplyKind.OK,
            temporary=reply.kind in (ReplyKind.TEMPORARY, ReplyKind.BYE),
            reply=self._redactor.excerpt(reply.raw, REPLY_LIMIT),
            codes=tuple(self._redactor.clean_text(code) for code in reply.codes),
        )
        if command is EnvelopeCommand.MAIL_FROM:
            self.observation = replace(seen, mail_from=answer)
        elif command is EnvelopeCommand.RCPT_TO and not refused_before:
            self.observation = replace(seen, rcpt_to=answer)


def _takes_groups(offered: Capabilities) -> bool:
    return "PIPELINING" in (value.upper().strip() for value in offered.values)


async def _hear_goodbye(wire: Wire, deadline: Deadline) -> None:
    """Wait a moment for the answer to QUIT; whether it comes proves nothing."""
    with suppress(Ended):
        await wire.reply(deadline)
