"""The sentences for the sign-in of a side."""

from __future__ import annotations

from collections.abc import Mapping

from mailcheck_gui.engine.side_facts import SideFacts, StepLine
from mailcheck_gui.model.account import Security
from mailcheck_gui.model.event import Step, StepState
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.observation import (
    Conversation,
    GreetingKind,
    NotTestedReason,
    SignInObservation,
    SignInResult,
)

_REASONS = {
    NotTestedReason.NO_USER_NAME: message("No user name was given. Your password was not sent."),
    NotTestedReason.NO_PASSWORD: message("No password was given"),
    NotTestedReason.NOT_WANTED: message("Signing in was not asked for"),
    NotTestedReason.NOT_VERIFIED: message("Needs encryption first. Your password was not sent."),
    NotTestedReason.NOT_REACHED: message("Needs a connection first. Your password was not sent."),
    NotTestedReason.METHOD_NOT_OFFERED: message(
        "The server does not offer this way to sign in. Your password was not sent."
    ),
    NotTestedReason.ONLY_OAUTH: message(
        "Sign-in happens in your browser. Your password was not sent."
    ),
    NotTestedReason.LOGIN_DISABLED: message(
        "The server allows no sign-in here. Your password was not sent."
    ),
    NotTestedReason.HOST_NOT_AGREED: message(
        "You have not agreed to this server yet. Your password was not sent."
    ),
    NotTestedReason.RECENTLY_TRIED: message("Tried a few minutes ago, so not again yet"),
    NotTestedReason.LOOPBACK_SELF_SIGNED: message(
        "A program on this computer issued its own certificate. Your password was not sent."
    ),
    NotTestedReason.CANCELLED: message("It did not come to a sign-in"),
}

_FOR_WANT_OF_A_STEP = frozenset({NotTestedReason.NOT_REACHED, NotTestedReason.NOT_VERIFIED})
_DEAD_ENDS = frozenset({StepState.ERROR, StepState.NOT_TESTED})

_MODES = {Security.IMPLICIT_TLS: "SSL/TLS", Security.STARTTLS: "STARTTLS"}


def sign_in_line(facts: SideFacts, before: Mapping[Step, StepLine]) -> StepLine:
    """Return the step of the sign-in, wherever it was made; `before` are the steps up to it."""
    seen = facts.sign_in
    if seen is not None and seen.result is not SignInResult.NOT_TESTED:
        return _tried(facts, seen)
    if facts.signing_in is not None and not facts.over:
        return StepLine(StepState.RUNNING, message("Waiting for the server's answer"))
    if seen is not None and seen.reason is not None and seen.reason not in _FOR_WANT_OF_A_STEP:
        return _not_tested(seen.reason)
    if facts.no_sign_in is not None:
        return _not_tested(facts.no_sign_in)
    return _held_up(facts, before)


def _held_up(facts: SideFacts, before: Mapping[Step, StepLine]) -> StepLine:
    """Name the step that a sign-in is waiting for, or will never see."""
    certificate = before[Step.CERTIFICATE]
    if before[Step.CONNECT].state in _DEAD_ENDS:
        return _not_tested(NotTestedReason.NOT_REACHED)
    if before[Step.ENCRYPTION].state in _DEAD_ENDS:
        return _not_tested(NotTestedReason.NOT_VERIFIED)
    if certificate.state is StepState.ERROR:
        sentence = message("Needs a certificate that holds. Your password was not sent.")
        return StepLine(StepState.NOT_TESTED, sentence)
    if _greets_otherwise(facts.as_configured()):
        sentence = message("Another kind of server answered. Your password was not sent.")
        return StepLine(StepState.NOT_TESTED, sentence)
    if facts.over:
        return _not_tested(NotTestedReason.CANCELLED)
    return StepLine(StepState.WAITING)


def _greets_otherwise(talk: Conversation | None) -> bool:
    greeting = talk.tls_greeting if talk is not None else None
    return greeting is not None and greeting.kind is GreetingKind.FOREIGN


def _not_tested(reason: NotTestedReason) -> StepLine:
    return StepLine(StepState.NOT_TESTED, _REASONS[reason])


def _tried(facts: SideFacts, seen: SignInObservation) -> StepLine:
    match seen.result:
        case SignInResult.ACCEPTED:
            return StepLine(StepState.WORKS, _accepted(facts, seen), seen.elapsed_ms)
        case SignInResult.REFUSED:
            sentence = message("The server does not accept this user name and password")
            return StepLine(StepState.ERROR, sentence, seen.elapsed_ms)
        case SignInResult.TEMPORARY:
            sentence = message("The server asks to try again later")
        case _ if seen.reason is NotTestedReason.CANCELLED:
            sentence = message("The check was stopped before the server answered")
            return StepLine(StepState.NOT_TESTED, sentence, seen.elapsed_ms)
        case _:
            sentence = message("The server gave no clear answer")
    return StepLine(StepState.WARNING, sentence, seen.elapsed_ms)


def _accepted(facts: SideFacts, seen: SignInObservation) -> Message:
    server = facts.server
    here = (server.ascii_host, server.port, server.security)
    if (seen.endpoint.host, seen.endpoint.port, seen.security) == here:
        return message("User name and password accepted")
    return message(
        "Accepted on port {port} with {mode}",
        port=seen.endpoint.port,
        mode=_MODES[seen.security],
    )
