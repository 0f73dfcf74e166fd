"""Questions for DNS records, and the sentences for those that brought none."""

from __future__ import annotations

from mailcheck_gui.discovery.answer import Question
from mailcheck_gui.discovery.reading import readable
from mailcheck_gui.model.discovery import Source, SourceOutcome, SourceState
from mailcheck_gui.model.dns import RecordKind, RecordsObservation, RecordsOutcome
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network

_STATES = {
    RecordsOutcome.FAILED: SourceState.NO_ANSWER,
    RecordsOutcome.TIMED_OUT: SourceState.NO_ANSWER,
}


async def ask_dns(
    question: Question, network: Network, name: str, kind: RecordKind, deadline: Deadline
) -> RecordsObservation:
    """Ask for records within the limits of a search. Never raises."""
    return await network.records(name, kind, deadline.within(question.thresholds.records_timeout))


def dns_url(name: str, kind: RecordKind) -> str:
    """Return records as a URI (RFC 4501)."""
    return f"dns:{name}?type={kind}"


def no_records(source: Source, found: RecordsObservation, asked: str) -> SourceOutcome:
    """Return the outcome of a question that brought no records."""
    state = _STATES.get(found.outcome, SourceState.NOTHING)
    values = {"name": readable(found.name), "kind": found.kind, "detail": found.detail}
    sentence = _sentence(found).with_values(values)
    return SourceOutcome(source, state, sentence, asked, found.elapsed_ms)


def _sentence(found: RecordsObservation) -> Message:
    if found.outcome is RecordsOutcome.NOT_FOUND:
        return message("DNS knows no {name}.")
    if found.outcome is RecordsOutcome.TIMED_OUT:
        return message("DNS did not answer in time.")
    if found.outcome is RecordsOutcome.FAILED:
        return message("The name server gave no answer for {name}: {detail}.")
    return message("{name} has no {kind} record.")
