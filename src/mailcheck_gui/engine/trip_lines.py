"""The sentences for the three steps of a test message."""

from __future__ import annotations

from collections.abc import Callable

from mailcheck_gui.checks.message_errands import InboxErrand, PostErrand
from mailcheck_gui.checks.sign_in import SignInDesk
from mailcheck_gui.engine.assignment import Assignment
from mailcheck_gui.model.account import SIDES, Account, AuthMethod, Protocol
from mailcheck_gui.model.event import StepState
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.message_trip import TripEvent, TripLine, TripLineChanged, TripStep
from mailcheck_gui.model.observation import SignInResult
from mailcheck_gui.protocols.envelope import fits_envelope

_NOT_SENT = message("Nothing to look for: the message was not sent.")
_TAKEN_IN_SILENCE = message(
    "It arrived, but the outgoing server did not say that it took it. "
    "A mail program would call that a failure and send it again."
)
_NOT_SEEN = message("Nothing to remove: the message was not seen.")


def reason_against(assignment: Assignment) -> Message | None:
    """Return why no message can be sent at all, None where one can."""
    account = assignment.account
    if account.incoming is None or account.outgoing is None:
        return message("A test message needs an incoming and an outgoing server.")
    if not fits_envelope(assignment.sender):
        return message("A test message needs an e-mail address with plain letters before the @.")
    for role in SIDES:
        server = account.server(role)
        assert server is not None
        if server.auth is AuthMethod.NONE or assignment.credentials.of(role) is None:
            return message("A test message needs the password of both servers.")
    return None


class TripNarrator:
    """Tells each change once. `lines` are the steps as they stand, in their order."""

    def __init__(self, account: Account, report_event: Callable[[TripEvent], None]) -> None:
        self._account = account
        self._emit = report_event
        self._lines = {
            step: TripLine(step, StepState.WAITING, message("Waits for the step before"))
            for step in TripStep
        }

    @property
    def lines(self) -> tuple[TripLine, ...]:
        """The steps as they stand."""
        return tuple(self._lines.values())

    def cannot(self, reason: Message) -> None:
        """Tell that no message is sent."""
        self._tell(TripStep.SEND, StepState.NOT_TESTED, reason)
        self._skip_from(TripStep.ARRIVE, _NOT_SENT)

    def sending(self) -> None:
        """Tell that the message is on its way to the outgoing server."""
        self._tell(TripStep.SEND, StepState.RUNNING, message("Sending a message from you to you"))

    def sent(self, post: PostErrand, desk: SignInDesk) -> None:
        """Tell what the outgoing server made of it."""
        if post.accepted_at is not None:
            self._tell(TripStep.SEND, StepState.WORKS, message("The outgoing server took it."))
        else:
            self._tell(TripStep.SEND, StepState.ERROR, _not_sent(post, desk), post.refusal or b"")
        if post.left_at is not None:
            self._tell(TripStep.ARRIVE, StepState.RUNNING, self._where_it_looks())
        else:
            self._skip_from(TripStep.ARRIVE, _NOT_SENT)

    def seen(self, post: PostErrand, seconds: float) -> None:
        """Tell that the message was seen in the inbox."""
        if post.unanswered:
            self._tell(TripStep.SEND, StepState.ERROR, _TAKEN_IN_SILENCE)
        within = max(1, round(seconds))
        detail = message("It was in the inbox after {seconds} seconds.", seconds=within)
        if within == 1:
            detail = message("It was in the inbox after a second.")
        self._tell(TripStep.ARRIVE, StepState.WORKS, detail)
        self._tell(TripStep.REMOVE, StepState.RUNNING, message("Removing it"))

    def looked(self, post: PostErrand, inbox: InboxErrand, desk: SignInDesk) -> None:
        """Tell how the look into the inbox ended."""
        if inbox.seen_at is None:
            self._tell(TripStep.ARRIVE, *_not_seen(post, inbox, desk))
            self._skip_from(TripStep.REMOVE, _NOT_SEEN)
        elif inbox.removed:
            self._tell(TripStep.REMOVE, StepState.WORKS, message("It is removed again."))
        else:
            self._tell(
                TripStep.REMOVE,
                StepState.WARNING,
                message("It is still in your inbox. You can delete it."),
                inbox.refusal or b"",
            )

    def stopped(self, post: PostErrand, inbox: InboxErrand) -> None:
        """Tell what a cancelled trip leaves behind."""
        left = message("Stopped.")
        if post.unanswered and inbox.seen_at is None:
            left = message("Stopped. The message may still arrive.")
        elif post.left_at is not None and not inbox.removed:
            left = message("Stopped. The message may still be in your inbox.")
        for step, line in self._lines.items():
            if line.state in {StepState.WAITING, StepState.RUNNING}:
                detail = left if step is TripStep.REMOVE else message("Stopped.")
                self._tell(step, StepState.NOT_TESTED, detail)

    def _where_it_looks(self) -> Message:
        incoming = self._account.incoming
        if incoming is not None and incoming.protocol is Protocol.POP3:
            return message("Giving it a few seconds, then looking into the inbox once")
        return message("Looking for it in the inbox")

    def _skip_from(self, step: TripStep, reason: Message) -> None:
        steps = tuple(TripStep)
        for later in steps[steps.index(step) :]:
            detail = _NOT_SEEN if later is TripStep.REMOVE else reason
            self._tell(later, StepState.NOT_TESTED, detail)

    def _tell(self, step: TripStep, state: StepState, detail: Message, reply: bytes = b"") -> None:
        line = TripLine(step, state, detail, reply)
        self._lines[step] = line
        self._emit(TripLineChanged(line))


def _not_sent(post: PostErrand, desk: SignInDesk) -> Message:
    """Return why the outgoing server is not known to have the message."""
    if post.refusal is not None:
        return message("The outgoing server did not take it.")
    if post.unanswered:
        return message("The outgoing server did not say whether it took it. It may arrive.")
    if post.broke_off:
        return message("The conversation ended before the outgoing server had taken it.")
    return _no_conversation(desk)


def _not_seen(
    post: PostErrand, inbox: InboxErrand, desk: SignInDesk
) -> tuple[StepState, Message, bytes]:
    """Return why the message was not seen in the inbox, with the server's word."""
    if not inbox.began:
        return StepState.ERROR, _no_conversation(desk), b""
    if inbox.broke_off:
        detail = message("The connection to the inbox broke off. The message may be there.")
        return StepState.ERROR, detail, b""
    if inbox.refusal is not None:
        detail = message("The incoming server did not let Mailcheck look into the inbox.")
        return StepState.ERROR, detail, inbox.refusal
    detail = message(
        "It was sent, but is not in the inbox yet. Look for it later, also under Spam."
    )
    if post.unanswered:
        detail = message("It is not in the inbox yet. It may still arrive, also under Spam.")
    return StepState.WARNING, detail, b""


def _no_conversation(desk: SignInDesk) -> Message:
    """Return why there was no talk about the message: the sign-in, or no verified way to it."""
    if any(seen.result is SignInResult.REFUSED for seen in desk.observations):
        return message("The server did not accept the sign-in. Check the account first.")
    return message("The server was not reached as it should be. Check the account first.")
