"""Whether a server would send for the person: asked with an envelope, never with a message.

After the sign-in the same conversation says MAIL FROM and RCPT TO with the person's own address,
then RSET (RFC 5321 section 4.1.1). Where the server takes commands in a group (RFC 2920) that
costs one round trip, else three. Only inside verified TLS, once in a run.
"""

from __future__ import annotations

import time
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
    """Asks once in a run. Without a usable `sender` nothing is asked."""

    def __init__(self, sender: str, redactor: Redactor) -> None:
        self._sender = sender if fits_envelope(sender) else ""
        self._redactor = redactor
        self.observations: list[SendingObservation] = []

    async def ask(
        self,
        wire: Wire,
        endpoint: Endpoint,
        offered: Capabilities,
        deadline: Deadline,
        *,
        signed_in: bool,
    ) -> None:
        """Ask, where this is the first conversation that can. Raises `Ended` as `wire` does.

        A server that takes too long for an answer is left without one: the sign-in counts.
        """
        dialogue = wire.dialogue
        if not isinstance(dialogue, SmtpDialogue) or not self._sender or self.observations:
            return
        place = len(self.observations)
        self.observations.append(SendingObservation(endpoint, signed_in))
        began = time.monotonic()
        try:
            await self._talk(wire, dialogue, _groups(offered), deadline)
        except Ended as ended:
            if ended.kind is not EndKind.TIMED_OUT:
                raise
        finally:
            elapsed = (time.monotonic() - began) * 1000
            self.observations[place] = replace(self.observations[place], elapsed_ms=elapsed)

    async def _talk(
        self,
        wire: Wire,
        dialogue: SmtpDialogue,
        groups: tuple[tuple[EnvelopeCommand, ...], ...],
        deadline: Deadline,
    ) -> None:
        for group in groups:
            await wire.send(dialogue.ask_envelope(group, self._sender), deadline)
            for command in group:
                reply = await wire.reply(deadline)
                self._note(command, reply)
                if reply.kind is ReplyKind.BYE:
                    return
            if reply.kind is not ReplyKind.OK:
                return  # no message has begun, so there is nothing to reset

    def _note(self, command: EnvelopeCommand, reply: Reply) -> None:
        seen = self.observations[-1]
        refused_before = seen.mail_from is not None and not seen.mail_from.accepted
        answer = EnvelopeReply(
            accepted=reply.kind is ReplyKind.OK,
            temporary=reply.kind in (ReplyKind.TEMPORARY, ReplyKind.BYE),
            reply=self._redactor.excerpt(reply.raw, REPLY_LIMIT),
            codes=tuple(self._redactor.clean_text(code) for code in reply.codes),
        )
        if command is EnvelopeCommand.MAIL_FROM:
            self.observations[-1] = replace(seen, mail_from=answer)
        elif command is EnvelopeCommand.RCPT_TO and not refused_before:
            self.observations[-1] = replace(seen, rcpt_to=answer)


def _groups(offered: Capabilities) -> tuple[tuple[EnvelopeCommand, ...], ...]:
    """Return the commands as they may go out: together, or each by itself."""
    together = "PIPELINING" in (value.upper().strip() for value in offered.values)
    return (ENVELOPE,) if together else tuple((command,) for command in ENVELOPE)
