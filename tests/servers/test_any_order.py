"""The same diagnosis in whatever order the replies arrive."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from engine_stage import V4, V6, Behind, speaking
from whole_check import IMAP, NONE, POP3, SMTP, SSL, STARTTLS, Examined, examine, side

from mailcheck_gui.model.account import ServerDraft
from mailcheck_gui.practice import CertificateKind, Door, ServerBehaviour, StartTls

Sides = tuple[ServerDraft | None, ServerDraft | None]

HEALTHY: dict[int, Behind] = {
    143: speaking(IMAP),
    993: speaking(IMAP, implicit=True),
    110: speaking(POP3),
    995: speaking(POP3, implicit=True),
    25: speaking(SMTP),
    587: speaking(SMTP),
    465: speaking(SMTP, implicit=True),
}
SCENARIOS: dict[str, tuple[Sides, dict[int, Behind]]] = {
    "all is well": ((side(IMAP, 993, SSL), side(SMTP, 465, SSL)), {}),
    "SSL/TLS on STARTTLS ports": ((side(IMAP, 143, SSL), side(SMTP, 587, SSL)), {}),
    "STARTTLS on SSL/TLS ports": ((side(POP3, 995, STARTTLS), side(SMTP, 465, STARTTLS)), {}),
    "no encryption": ((side(IMAP, 143, NONE), side(SMTP, 587, NONE)), {}),
    "swapped": ((side(IMAP, 465, SSL), side(SMTP, 993, SSL)), {}),
    "the wrong type": ((side(IMAP, 995, SSL), None), {}),
    "ports that are cut": (
        (side(IMAP, 993, SSL), side(SMTP, 587, STARTTLS)),
        {993: Door.BLOCKED, 587: Door.UNREACHABLE},
    ),
    "stripped": (
        (None, side(SMTP, 587, STARTTLS)),
        {port: speaking(SMTP, starttls=StartTls.STRIPPED) for port in (25, 587)},
    ),
    "bad certificates": (
        (side(IMAP, 993, SSL), side(SMTP, 465, SSL)),
        {
            993: speaking(IMAP, implicit=True, certificate=CertificateKind.EXPIRED),
            465: speaking(SMTP, implicit=True, certificate=CertificateKind.SELF_SIGNED),
        },
    ),
}
DELAYS = (0.0, 0.0, 0.04, 0.12, 0.25)
SHUFFLES = 4


def delayed(ports: dict[int, Behind], seed: int) -> dict[int, Behind]:
    """Return the same servers, each with another patience before its greeting."""
    dice = random.Random(seed)
    order = dice.sample(sorted(ports), len(ports))
    return {port: _delayed(ports[port], dice.choice(DELAYS)) for port in order}


def _delayed(behind: Behind, delay: float) -> Behind:
    if not isinstance(behind, ServerBehaviour):
        return behind
    return replace(behind, greeting_delay=delay)


def told(seen: Examined) -> list[object]:
    """Return all that the report judges, without times."""
    findings = [
        (f.code, f.severity, f.confidence, f.role, f.endpoint, f.title, f.explanation, f.remedy)
        for f in seen.report.findings
    ]
    return [findings, seen.report.suggestion, seen.report.verdict]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_report_is_the_same_whoever_answers_first(name: str) -> None:
    (incoming, outgoing), changed = SCENARIOS[name]
    ports = {**HEALTHY, **changed}
    first = told(examine(incoming, outgoing, ports, addresses=(V4, V6)))
    for seed in range(SHUFFLES):
        again = examine(incoming, outgoing, delayed(ports, seed), addresses=(V4, V6))
        assert told(again) == first
