"""The one word for a run, and what it could not see."""

from __future__ import annotations

from dataclasses import replace

import pytest
from diagnosis_builders import (
    ADDRESS,
    CALLING,
    HOST,
    IMAP,
    IN,
    NOT_YET,
    NOW,
    OUT,
    SILENT_SO_FAR,
    SMTP,
    STARTTLS,
    TLS,
    bad_tls,
    case_of,
    certificate,
    hello_conversation,
    neighbour,
    not_connected,
    seen,
    sign_in,
    starttls_port,
    tls_port,
    typed,
)

from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.verdict import not_tested, verdict
from mailcheck_gui.model.account import AuthMethod
from mailcheck_gui.model.observation import NotTestedReason, Opening, SignInResult
from mailcheck_gui.model.report import Verdict

HELLO = Opening.CLIENT_HELLO
ACCEPTED_IN = sign_in(IN, IMAP, 993)
ACCEPTED_OUT = sign_in(OUT, SMTP, 465)


def both(*sign_ins, auth=None):
    return case_of(
        typed(IMAP, 993, TLS),
        typed(SMTP, 465, TLS, auth=auth),
        tls_port(IN, IMAP, 993),
        tls_port(OUT, SMTP, 465),
        sign_ins=sign_ins,
    )


def word(case):
    return verdict(case, diagnose(case))


def test_all_signed_in():
    assert word(both(ACCEPTED_IN, ACCEPTED_OUT)) is Verdict.OK


@pytest.mark.parametrize(
    "outgoing",
    [
        None,
        sign_in(OUT, SMTP, 465, SignInResult.NOT_TESTED, reason=NotTestedReason.NO_PASSWORD),
        sign_in(OUT, SMTP, 465, SignInResult.UNDECIDED),
        sign_in(OUT, SMTP, 465, SignInResult.TEMPORARY),
    ],
)
def test_one_undecided_sign_in_makes_it_incomplete(outgoing):
    sign_ins = (ACCEPTED_IN, outgoing) if outgoing else (ACCEPTED_IN,)
    assert word(both(*sign_ins)) is Verdict.INCOMPLETE


def test_a_side_without_sign_in_wants_none():
    assert word(both(ACCEPTED_IN, auth=AuthMethod.NONE)) is Verdict.OK


def test_a_missing_side_wants_none():
    case = case_of(typed(IMAP, 993, TLS), None, tls_port(IN, IMAP, 993), sign_ins=(ACCEPTED_IN,))
    assert word(case) is Verdict.OK


def test_refused_is_an_error():
    assert word(both(ACCEPTED_IN, sign_in(OUT, SMTP, 465, SignInResult.REFUSED))) is Verdict.ERROR


def test_error_beats_incomplete():
    talk = hello_conversation(IMAP, bad_tls(certificate(not_after=NOW.replace(year=2020))))
    case = case_of(typed(IMAP, 993, TLS), None, seen(IN, IMAP, 993, talk))
    assert word(case) is Verdict.ERROR


def test_warning():
    case = case_of(
        None,
        typed(SMTP, 25, STARTTLS),
        starttls_port(OUT, SMTP, 25),
        sign_ins=(sign_in(OUT, SMTP, 25),),
    )
    assert word(case) is Verdict.WARNING


def test_a_stronger_way_leaves_the_verdict_alone():
    case = case_of(
        None,
        typed(SMTP, 587, STARTTLS),
        starttls_port(OUT, SMTP, 587),
        neighbour(tls_port(OUT, SMTP, 465)),
        sign_ins=(sign_in(OUT, SMTP, 587),),
    )
    assert word(case) is Verdict.OK


def test_a_run_that_knows_no_side_is_incomplete():
    assert word(case_of(None, None)) is Verdict.INCOMPLETE


def test_oauth_without_a_token_is_incomplete():
    offers = replace(
        hello_conversation(IMAP).tls_capabilities, mechanisms=("XOAUTH2", "OAUTHBEARER")
    )
    case = case_of(
        typed(IMAP, 993, TLS, auth=AuthMethod.OAUTH2),
        None,
        seen(IN, IMAP, 993, hello_conversation(IMAP, offers=offers)),
    )
    assert word(case) is Verdict.INCOMPLETE


class TestNotTested:
    def said(self, case):
        return [f"{item.what.english()}: {item.why.english()}" for item in not_tested(case)]

    def test_lasting_limits_are_always_named(self):
        said = " ".join(self.said(both(ACCEPTED_IN, ACCEPTED_OUT)))
        assert "Microsoft's cloud" in said
        assert "single programs" in said
        assert "A check sends no message." in said
        assert "Sign-in" not in said

    def test_untried_sign_in_says_why(self):
        reason = NotTestedReason.NO_PASSWORD
        case = both(sign_in(IN, IMAP, 993, SignInResult.NOT_TESTED, reason=reason), ACCEPTED_OUT)
        assert "Sign-in for incoming mail: No password was entered." in self.said(case)

    @pytest.mark.parametrize(
        ("reason", "cancelled", "why"),
        [
            (
                NotTestedReason.CANCELLED,
                True,
                "The check was stopped before the server answered.",
            ),
            (None, True, "The server gave no clear answer."),
            (None, False, "The server gave no clear answer."),
        ],
    )
    def test_an_answer_that_the_person_did_not_wait_for_is_no_fault_of_the_server(
        self, reason, cancelled, why
    ):
        undecided = sign_in(IN, IMAP, 993, SignInResult.UNDECIDED, reason=reason)
        case = case_of(
            typed(IMAP, 993, TLS),
            None,
            tls_port(IN, IMAP, 993),
            sign_ins=(undecided,),
            cancelled=cancelled,
        )
        assert f"Sign-in for incoming mail: {why}" in self.said(case)

    def test_silence_that_was_cut_short(self):
        case = case_of(
            None,
            typed(SMTP, 465, TLS),
            tls_port(OUT, SMTP, 465),
            neighbour(seen(OUT, SMTP, 587, not_connected(SILENT_SO_FAR))),
        )
        assert any(text.startswith("Port 587 of") for text in self.said(case))

    @pytest.mark.parametrize(
        ("connect", "why"),
        [
            (NOT_YET, "The check ended before it was tried."),
            (CALLING, "No answer came before the check ended."),
            (SILENT_SO_FAR, "No answer came before the check ended."),
        ],
    )
    def test_a_run_that_ends_tells_ports_that_were_called_from_others(self, connect, why):
        case = case_of(
            None, typed(SMTP, 465, TLS), seen(OUT, SMTP, 465, not_connected(connect, HELLO))
        )
        assert f"Port 465 of {HOST} at {ADDRESS}: {why}" in self.said(case)

    def test_hidden_issuer(self):
        tls = bad_tls(certificate(not_after=NOW.replace(year=2020)), trusted=None)
        case = case_of(
            typed(IMAP, 993, TLS), None, seen(IN, IMAP, 993, hello_conversation(IMAP, tls))
        )
        assert any("issuer" in text for text in self.said(case))

    def test_refused_side_cancelled_run_and_missing_neighbours(self):
        case = case_of(
            typed(IMAP, host="https://webmail.firma.test"),
            typed(SMTP, 465, TLS),
            tls_port(OUT, SMTP, 465),
            neighbours=False,
            cancelled=True,
        )
        said = " ".join(self.said(case))
        assert "Incoming mail: What was entered" in said
        assert "stopped before its end" in said
        assert "entered ports only" in said

    def test_addresses_beyond_the_limit(self):
        case = both(ACCEPTED_IN, ACCEPTED_OUT)
        case = replace(case, observations=replace(case.observations, unprobed_addresses=3))
        assert any("3" in text for text in self.said(case))
