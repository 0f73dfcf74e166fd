"""Every case of every table is judged once more, shuffled, and held to the promises."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from hypothesis import is_hypothesis_test
from promises import false_blocks, forbidden_advice, weak_suggestions

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.suggest import suggest
from mailcheck_gui.diagnosis.verdict import verdict
from mailcheck_gui.model.observation import Observations

CASES_OF_A_TEST = 12

SHUFFLES = 2


@pytest.fixture(autouse=True)
def judged_cases(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[list[Case]]:
    """Collect the cases that a test makes; judge them when it is over.

    Property tests are left out: they hold their own cases to their own promises.
    """
    cases: list[Case] = []
    if is_hypothesis_test(request.function):
        yield cases
        return
    original = Case.__init__

    def note(self: Case, *values: object, **named: object) -> None:
        original(self, *values, **named)  # type: ignore[arg-type]
        if len(cases) < CASES_OF_A_TEST:
            cases.append(self)

    with monkeypatch.context() as patch:
        patch.setattr(Case, "__init__", note)
        yield cases
    for case in cases:
        assert broken(case) == []
        for seed in range(SHUFFLES):
            other = replace(case, observations=shuffled(case.observations, seed))
            assert judgement(other) == judgement(case)


def broken(case: Case) -> list[str]:
    """Return the promises that the judgement of a case breaks."""
    findings = diagnose(case)
    texts = [text for f in findings for text in (f.title, f.explanation, f.remedy)]
    return [
        *weak_suggestions(suggest(case, findings), case.observations),
        *false_blocks(findings, case.observations),
        *forbidden_advice(texts),
    ]


def judgement(case: Case) -> tuple[object, ...]:
    """Return all that a report says of a case; which address is quoted may differ."""
    findings = diagnose(case)
    told = [
        (f.code, f.severity, f.confidence, f.role, f.endpoint, f.field, f.title, f.explanation)
        for f in findings
    ]
    return told, [f.remedy for f in findings], suggest(case, findings), verdict(case, findings)


def shuffled(seen: Observations, seed: int) -> Observations:
    """Return the same observations as they might have arrived."""
    dice = random.Random(seed)

    def in_any_order(values: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(dice.sample(values, len(values)))

    lists = {f.name: getattr(seen, f.name) for f in fields(seen)}
    moved = {name: in_any_order(v) for name, v in lists.items() if isinstance(v, tuple)}
    rows = [
        replace(row, conversations=in_any_order(row.conversations))
        for row in moved["endpoints"]  # type: ignore[type-var, attr-defined]
    ]
    return replace(seen, **{**moved, "endpoints": tuple(rows)})  # type: ignore[arg-type]
