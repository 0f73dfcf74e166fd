"""The one sign-in of a side: who may do it, with what, and what came of it.

A credential goes out only inside TLS verified for the name that was entered, to a host that the
person entered or agreed to, once per side and run (RFC 8314 section 5.1 forbids anything else).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from mailcheck_gui.checks.redaction import Redactor
from mailcheck_gui.checks.wire import MASKED, Ended, Wire
from mailcheck_gui.model.account import (
    AuthMethod,
    Credential,
    Credentials,
    Protocol,
    Role,
    Security,
)
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.observation import (
    Capabilities,
    NotTestedReason,
    SignInObservation,
    SignInResult,
)
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.protocols.capabilities import only_oauth
from mailcheck_gui.protocols.dialogue import Mechanism, Reply, ReplyKind, SignInExchange
from mailcheck_gui.protocols.errors import LocalProtocolError

_RESULTS = {
    ReplyKind.OK: SignInResult.ACCEPTED,
    ReplyKind.REFUSED: SignInResult.REFUSED,
    ReplyKind.TEMPORARY: SignInResult.TEMPORARY,
    ReplyKind.BYE: SignInResult.TEMPORARY,
}

REPLY_LIMIT = 8192
"""Bytes of a server's answer to a sign-in that are kept."""

_VERBS = (b"AUTHENTICATE", b"AUTH", b"LOGIN", b"USER", b"PASS", b"APOP")


class SignInBudget:
    """One credential-bearing exchange per side and run, whatever happens."""

    def __init__(self) -> None:
        self._taken: set[Role] = set()
        self._spent: set[Role] = set()

    def available(self, role: Role) -> bool:
        """Whether the exchange of a side is neither running nor spent."""
        return role not in self._taken

    def take(self, role: Role) -> bool:
        """Take the exchange of a side; False where it is gone."""
        if role in self._taken:
            return False
        self._taken.add(role)
        return True

    def spend(self, role: Role) -> None:
        """Note that a byte derived from the credential is about to leave."""
        if role not in self._taken or role in self._spent:
            raise LocalProtocolError("a second credential-bearing exchange on one side")
        self._spent.add(role)

    def settle(self, role: Role) -> None:
        """Note the end of an exchange: the budget comes back only where no secret byte left."""
        if role not in self._spent:
            self._taken.discard(role)


@dataclass(frozen=True, slots=True)
class SignInPlace:
    """Where a sign-in happens, and the method that the person chose for it."""

    role: Role
    endpoint: Endpoint
    security: Security
    address: str
    method: AuthMethod


class SignInDesk:
    """Serves the first conversation of each side that reaches verified TLS.

    `observations` are the exchanges so far, `reasons` why a conversation at the desk had none.
    """

    def __init__(
        self,
        credentials: Credentials,
        redactor: Redactor,
        hosts: frozenset[str],
        tell: Callable[[SignInPlace | SignInObservation], None],
    ) -> None:
        self._credentials = credentials
        self._redactor = redactor
        self._hosts = hosts
        self._tell = tell
        self.budget = SignInBudget()
        self.observations: list[SignInObservation] = []
        self.reasons: dict[Role, NotTestedReason] = {}

    def __repr__(self) -> str:
        return "SignInDesk(***)"

    def may_know(self, host: str) -> bool:
        """Whether the person entered this A-label or agreed to it."""
        return host in self._hosts

    def expects(self, role: Role) -> bool:
        """Whether a side has a credential whose one exchange is still to be made."""
        return self._credentials.of(role) is not None and self.budget.available(role)

    def accepted(self, place: SignInPlace) -> bool:
        """Whether the sign-in of a side was accepted at this very place."""
        return any(
            seen.result is SignInResult.ACCEPTED
            and (seen.role, seen.endpoint, seen.address)
            == (place.role, place.endpoint, place.address)
            for seen in self.observations
        )

    async def serve(
        self, place: SignInPlace, wire: Wire, offered: Capabilities, deadline: Deadline
    ) -> None:
        """Sign in, where this conversation is the one to do it. Raises `Ended` as `wire` does."""
        if place.method is AuthMethod.NONE:
            return
        mechanisms = wire.dialogue.usable_mechanisms(place.method, offered)
        credential = self._credentials.of(place.role)
        reason = self._reason_against(place, mechanisms, credential, offered)
        if reason is not None:
            self.reasons[place.role] = reason
            return
        if not wire.verified or not wire.dialogue.inside_tls:
            raise LocalProtocolError("a sign-in outside verified TLS")
        if credential is None or not self.budget.take(place.role):
            return
        exchange = wire.dialogue.sign_in(mechanisms[0], credential, offered)
        try:
            await self._exchange(place, wire, exchange, deadline)
        finally:
            self.budget.settle(place.role)

    def _reason_against(
        self,
        place: SignInPlace,
        mechanisms: tuple[Mechanism, ...],
        credential: Credential | None,
        offered: Capabilities,
    ) -> NotTestedReason | None:
        if not self.may_know(place.endpoint.host):
            return NotTestedReason.HOST_NOT_AGREED
        if place.method is not AuthMethod.OAUTH2 and only_oauth(offered):
            return NotTestedReason.ONLY_OAUTH
        if not mechanisms:
            disabled = offered.login_disabled
            return (
                NotTestedReason.LOGIN_DISABLED if disabled else NotTestedReason.METHOD_NOT_OFFERED
            )
        if credential is None:
            return NotTestedReason.NO_PASSWORD
        return None if credential.username else NotTestedReason.NO_USER_NAME

    async def _exchange(
        self, place: SignInPlace, wire: Wire, exchange: SignInExchange, deadline: Deadline
    ) -> None:
        self._tell(place)
        began = time.monotonic()
        seen = SignInObservation(
            place.role,
            place.endpoint,
            place.security,
            SignInResult.UNDECIDED,
            mechanism=exchange.mechanism,
            address=place.address,
        )
        try:
            reply = await self._talk(place.role, wire, exchange, deadline)
            seen = self._judged(seen, exchange, reply)
        except asyncio.CancelledError:
            seen = replace(seen, reason=NotTestedReason.CANCELLED)
            if not exchange.secret_sent:
                seen = replace(seen, result=SignInResult.NOT_TESTED)
            raise
        finally:
            elapsed = (time.monotonic() - began) * 1000
            seen = replace(seen, secret_sent=exchange.secret_sent, elapsed_ms=elapsed)
            self.observations.append(seen)
            self._tell(seen)

    async def _talk(
        self, role: Role, wire: Wire, exchange: SignInExchange, deadline: Deadline
    ) -> Reply:
        message = exchange.begin()
        shown = masked(message)
        counted = False
        while True:
            if exchange.secret_sent and not counted:
                self.budget.spend(role)
                counted = True
            self._redactor.sent.learn(message)
            await wire.send(message, deadline, shown=shown)
            reply = await wire.reply(deadline)
            answer = exchange.answer(reply)
            if answer is None:
                return await _last_word(wire, reply, deadline)
            message, shown = answer, masked_answer(answer)

    def _judged(
        self, seen: SignInObservation, exchange: SignInExchange, reply: Reply
    ) -> SignInObservation:
        result = _RESULTS.get(reply.kind, SignInResult.UNDECIDED)
        if exchange.cancelled:
            result = SignInResult.UNDECIDED
        raw = b"\r\n".join(part for part in (exchange.error_detail, reply.raw) if part)
        codes = tuple(self._redactor.clean_text(code) for code in reply.codes)
        return replace(
            seen, result=result, reply=self._redactor.excerpt(raw, REPLY_LIMIT), codes=codes
        )


async def _last_word(wire: Wire, reply: Reply, deadline: Deadline) -> Reply:
    """Return what decides a sign-in: IMAP may say BYE before it answers (RFC 9051, 7.1.5)."""
    if reply.kind is not ReplyKind.BYE or wire.dialogue.protocol is not Protocol.IMAP:
        return reply
    try:
        return await wire.reply(deadline)
    except Ended:
        return reply  # it left without an answer: the BYE is all there is


def masked(command: bytes) -> bytes:
    """Return the command of a sign-in for the transcript: its verb and mechanism, then `***`."""
    words = command.split()
    for place, word in enumerate(words[:2]):
        if word.upper() in _VERBS:
            named = 2 if word.upper().startswith(b"AUTH") else 1
            kept = words[: place + named]
            return b" ".join([*kept, MASKED] if len(words) > len(kept) else kept)
    return MASKED


def masked_answer(message: bytes) -> bytes:
    """Return an answer within a sign-in for the transcript: nothing of it but POP3's PASS."""
    return b"PASS " + MASKED if message.startswith(b"PASS ") else MASKED
