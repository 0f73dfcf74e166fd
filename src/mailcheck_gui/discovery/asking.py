"""Requests for files, and the sentences for what came of them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from functools import cache

from mailcheck_gui.discovery.answer import Question
from mailcheck_gui.discovery.reading import readable, shown
from mailcheck_gui.model.discovery import Source, SourceOutcome, SourceState, Trust
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.observation import TlsObservation
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network
from mailcheck_gui.network.web import WebAnswer, WebLimits, WebProblem, WebRequest, fetch
from mailcheck_gui.network.web_place import read_place

_MISSING = frozenset({404, 410})
_WANTS_SIGN_IN = 401
_NAMED_SERVERS = 4

_STATES = {
    WebProblem.NO_SUCH_NAME: SourceState.NOTHING,
    WebProblem.NAME_FAILED: SourceState.NO_ANSWER,
    WebProblem.NO_CONNECTION: SourceState.NO_ANSWER,
    WebProblem.PROXY: SourceState.NO_ANSWER,
    WebProblem.TIMED_OUT: SourceState.NO_ANSWER,
}
"""What a problem means for the source; all others make its answer unusable."""

_SENTENCES = {
    WebProblem.BAD_URL: message("This address is not asked."),
    WebProblem.NO_SUCH_NAME: message("There is no {host}."),
    WebProblem.NAME_FAILED: message("The name {host} could not be looked up."),
    WebProblem.NOT_PUBLIC: message("{host} has no public address, so it is not asked."),
    WebProblem.NO_CONNECTION: message("{host} takes no connection."),
    WebProblem.PROXY: message("The proxy {proxy} opens no way to {host}."),
    WebProblem.TIMED_OUT: message("{host} did not answer in time."),
    WebProblem.TOO_LONG: message("The answer is longer than {limit} KiB."),
    WebProblem.BROKEN: message("The answer of {host} breaks off, or is no web answer."),
    WebProblem.LOOP: message("The address leads back to itself."),
    WebProblem.TOO_MANY_REDIRECTS: message("The address leads on more than {redirects} times."),
    WebProblem.DOWNGRADE: message("The address leads to one without encryption: {detail}."),
}


@cache
def _load_parsers_soon() -> None:
    """Load what reads answers while the first name is looked up, in place of after that.

    It takes some 50 ms once in a process. In a thread, so that the loop goes on with what has come.
    """
    threading.Thread(target=_load_parsers, name="load parsers", daemon=True).start()


def _load_parsers() -> None:
    import defusedxml.ElementTree  # noqa: F401
    import h11  # noqa: F401


async def ask_web(
    question: Question, network: Network, request: WebRequest, deadline: Deadline
) -> WebAnswer:
    """Send a request within the limits of a search. Never raises."""
    _load_parsers_soon()
    return await fetch(network, request, limits_of(question), deadline)


def limits_of(question: Question) -> WebLimits:
    """Return the bounds of one request."""
    thresholds = question.thresholds
    return WebLimits(thresholds.web_limit, thresholds.web_redirects, thresholds.web_timeout)


def asked(answer: WebAnswer, asked_first: str) -> str:
    """Return what was asked, and through which proxy: what the system configured is told."""
    return f"{asked_first} (proxy {answer.proxy})" if answer.proxy else asked_first


def links(answer: WebAnswer, way: tuple[str, ...]) -> tuple[str, ...]:
    """Return the links of a way that make what came over it unverified, in order."""
    if answer.secure:
        return way
    return (*way, "http", "redirect") if answer.hops else (*way, "http")


def trust_of(way: tuple[str, ...]) -> Trust:
    """Return the trust in what came over a way; its weakest link decides."""
    return Trust.UNVERIFIED if way else Trust.SECURE


def trouble(
    source: Source, answer: WebAnswer, first: str, question: Question
) -> SourceOutcome | None:
    """Return what to say of an answer without content, None where there is some."""
    if answer.problem is not None:
        state = _STATES.get(answer.problem, SourceState.UNUSABLE)
        return told(source, state, _sentence(answer, question), answer, first)
    if answer.ok:
        return None
    if answer.status in _MISSING:
        return told(source, SourceState.NOTHING, message("There is no such file."), answer, first)
    if answer.status == _WANTS_SIGN_IN:
        sentence = message("It wants a sign-in. A search never sends a password.")
        return told(source, SourceState.UNUSABLE, sentence, answer, first)
    sentence = message("The answer is {status} in place of a file.", status=answer.status)
    return told(source, SourceState.UNUSABLE, sentence, answer, first)


def told(
    source: Source, state: SourceState, sentence: Message, answer: WebAnswer, first: str
) -> SourceOutcome:
    """Return the outcome of a request."""
    return SourceOutcome(source, state, sentence, asked(answer, first), answer.elapsed_ms)


def _sentence(answer: WebAnswer, question: Question) -> Message:
    place = read_place(answer.url)
    values = {
        "host": readable(place.host) if place else shown(answer.url),
        "detail": shown(answer.detail, 200),
        "proxy": str(answer.proxy or ""),
        "limit": question.thresholds.web_limit // 1024,
        "redirects": question.thresholds.web_redirects,
    }
    if answer.problem is WebProblem.TLS:
        return _about_tls(answer.tls).with_values(values)
    assert answer.problem is not None
    return _SENTENCES[answer.problem].with_values(values)


def _about_tls(tls: TlsObservation | None) -> Message:
    if tls is not None and tls.name_matches is False:
        return message("The certificate of {host} is for another name.")
    if tls is not None and tls.chain and tls.chain[0].not_after < datetime.now(UTC):
        return message("The certificate of {host} has expired.")
    if tls is not None and tls.chain_trusted is False:
        return message("The certificate of {host} is not trusted by this computer.")
    return message("No encrypted connection to {host} came about.")


def names_of_servers(hosts: tuple[str, ...]) -> str:
    """Return server names for a sentence, each once and not too many."""
    once = tuple(dict.fromkeys(hosts))
    more = ", …" if len(once) > _NAMED_SERVERS else ""
    return ", ".join(once[:_NAMED_SERVERS]) + more
