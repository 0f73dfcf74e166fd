"""Waiting less never makes a verdict better."""

from __future__ import annotations

from dataclasses import replace

import pytest
from diagnosis_builders import (
    ADDRESS6,
    IMAP,
    IN,
    NONE,
    OUT,
    SILENT,
    SMTP,
    STARTTLS,
    TLS,
    case_of,
    ended,
    listening,
    neighbour,
    not_connected,
    seen,
    starttls_port,
    tls_port,
    typed,
    waiting_in_vain,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_interference_rules import others, own_web, with_controls
from test_promises import cases

from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.verdict import verdict
from mailcheck_gui.model.account import AuthMethod
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndKind,
    HandshakeOutcome,
    Opening,
    Stage,
)
from mailcheck_gui.model.report import Verdict

BEST_FIRST = (Verdict.OK, Verdict.WARNING, Verdict.INCOMPLETE, Verdict.ERROR)
FIRST_WORD = (Stage.GREETING, Stage.HANDSHAKE)
HELLO = Opening.CLIENT_HELLO
MUTE = waiting_in_vain(end=ended(EndKind.TIMED_OUT, Stage.GREETING, 30_000.0))


def badness(case):
    return BEST_FIRST.index(verdict(case, diagnose(case)))


def sooner(case):
    """The same run, ended when silence was only provisional."""
    seen = case.observations
    rows = tuple(
        replace(row, conversations=tuple(map(talk_sooner, row.conversations)))
        for row in seen.endpoints
    )
    controls = tuple(replace(c, connect=connect_sooner(c.connect)) for c in seen.controls)
    return replace(case, observations=replace(seen, endpoints=rows, controls=controls))


def connect_sooner(connect):
    if connect.outcome is not ConnectOutcome.SILENT:
        return connect
    return replace(connect, elapsed_ms=3500.0, final=False)


def talk_sooner(talk):
    talk = replace(talk, connect=connect_sooner(talk.connect))
    end = talk.end
    if end is None or end.kind is not EndKind.TIMED_OUT or end.stage not in FIRST_WORD:
        return talk
    if talk.greeting is not None or (talk.tls is not None and talk.tls.first_bytes):
        return talk
    tls = talk.tls and replace(talk.tls, outcome=HandshakeOutcome.CUT_SHORT)
    return replace(talk, tls=tls, end=replace(end, kind=EndKind.STOPPED, elapsed_ms=10_000.0))


@settings(max_examples=200)  # judges whole cases; it is no parser of what comes from outside
@given(
    cases(),
    st.sampled_from(
        [(), others(587), others(587, SILENT), (*others(993), *others(443), own_web())]
    ),
)
def test_less_patience_is_never_rewarded(case, controls):
    case = with_controls(case, *controls)
    assert badness(sooner(case)) >= badness(case)


CASES = {
    "silent": case_of(
        None, typed(SMTP, 587, STARTTLS),
        seen(OUT, SMTP, 587, not_connected(SILENT)), neighbour(tls_port(OUT, SMTP, 465)),
    ),
    "every port silent": case_of(
        None, typed(SMTP, 587, STARTTLS),
        seen(OUT, SMTP, 587, not_connected(SILENT)),
        neighbour(seen(OUT, SMTP, 465, not_connected(SILENT, HELLO))),
    ),
    "ipv6 silent": case_of(
        typed(IMAP, 993, TLS), None,
        tls_port(IN, IMAP, 993), seen(IN, IMAP, 993, not_connected(SILENT, HELLO),
                                      address=ADDRESS6),
    ),
    "mute": case_of(typed(IMAP, 143, STARTTLS), None, seen(IN, IMAP, 143, MUTE)),
    "mute without a sign-in": case_of(
        None, typed(SMTP, 25, NONE, auth=AuthMethod.NONE), seen(OUT, SMTP, 25, MUTE)
    ),
    "ipv6 mute": case_of(
        None, typed(SMTP, 587, STARTTLS, auth=AuthMethod.NONE),
        starttls_port(OUT, SMTP, 587), seen(OUT, SMTP, 587, MUTE, address=ADDRESS6),
    ),
    "slow greeting": case_of(
        None, typed(SMTP, 587, STARTTLS), seen(OUT, SMTP, 587, listening(SMTP, slow_ms=9000.0))
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("controls", [(), others(587), others(587, SILENT)], ids=len)
def test_each_kind_of_silence(name, controls):
    case = with_controls(CASES[name], *controls)
    assert badness(sooner(case)) >= badness(case)
