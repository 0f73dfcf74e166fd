"""Sending: what the envelope, the greeting and EHLO say about messages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from diagnosis_builders import (
    EMAIL,
    HOST,
    IMAP,
    IN,
    OUT,
    SMTP,
    STARTTLS,
    TLS,
    capabilities,
    case_of,
    codes,
    hello_conversation,
    listening,
    neighbour,
    seen,
    sign_in,
    starttls_port,
    tls_port,
    typed,
)

from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.suggest import suggest
from mailcheck_gui.diagnosis.verdict import verdict
from mailcheck_gui.model.account import AuthMethod, Security
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.finding import Confidence, Severity, SideStatus
from mailcheck_gui.model.observation import (
    Capabilities,
    EnvelopeReply,
    GreetingKind,
    SendingObservation,
    SignInResult,
    StartTlsOutcome,
)
from mailcheck_gui.model.report import Verdict

OK = EnvelopeReply(accepted=True, reply=b"250 2.1.0 Ok\r\n", codes=("250", "2.1.0"))


def answer(reply: str) -> EnvelopeReply:
    """An answer that is no acceptance, with the codes at its beginning."""
    words = reply.split()
    found = (words[0], words[1]) if words[1].count(".") == 2 else (words[0],)
    return EnvelopeReply(
        accepted=False, temporary=reply[0] == "4", reply=reply.encode(), codes=found
    )


def sending(mail_from=OK, rcpt_to=OK, *, signed_in=True, auth=AuthMethod.PASSWORD):
    """A healthy submission port, and what the envelope met there."""
    accepted = (sign_in(OUT, SMTP, 465),) if signed_in else ()
    case = case_of(
        None, typed(SMTP, 465, TLS, auth=auth), tls_port(OUT, SMTP, 465), sign_ins=accepted
    )
    seen_there = SendingObservation(Endpoint(SMTP, HOST, 465), signed_in, mail_from, rcpt_to)
    return replace(case, observations=replace(case.observations, sending=seen_there))


def test_an_accepted_envelope_leaves_nothing_to_say():
    case = sending()
    assert diagnose(case) == ()
    assert verdict(case, ()) is Verdict.OK


def test_an_envelope_without_answers_proves_nothing():
    assert diagnose(sending(None, None)) == ()


SENDER = [
    ("553 5.7.1 <anna@firma.test>: Sender address rejected: not owned by user b", "sender-refused"),
    ("550 5.7.1 no thanks", "sender-refused"),
    ("530 5.7.0 Authentication required", "sign-in-required-to-send"),
    ("552 5.2.2 Mailbox full", "mailbox-full"),
    ("432 4.3.2 sender thread limit exceeded", "sending-rate-limited"),
    ("451 4.3.0 lookup failure", ""),
    ("502 5.5.2 Command not known", ""),
]
RECIPIENT = [
    ("553 5.7.1 <anna@firma.test>: Sender address rejected: not owned by user b", "sender-refused"),
    ("554 5.7.1 <anna@firma.test>: Relay access denied", "relay-denied"),
    ("550 5.1.1 User unknown", "relay-denied"),
    ("450 4.7.1 Greylisted, try again", "greylisted"),
    ("554 5.7.1 blocked using zen.spamhaus.org", "address-blocklisted"),
    ("552 5.2.2 Mailbox full", "mailbox-full"),
    ("450 4.2.0 try again", ""),
]


@pytest.mark.parametrize(("reply", "code"), SENDER)
def test_what_mail_from_meets(reply, code):
    assert codes(sending(answer(reply), None)) == ([code] if code else [])


@pytest.mark.parametrize(("reply", "code"), RECIPIENT)
def test_what_rcpt_to_meets(reply, code):
    case = sending(OK, answer(reply))
    assert codes(case) == ([code] if code else [])
    assert all(f.evidence.quote == reply.encode() for f in diagnose(case))


@pytest.mark.parametrize(
    ("reply", "severity"),
    [("450 4.7.1 Greylisted", Severity.WARNING), ("554 5.7.1 Relay denied", Severity.ERROR)],
)
def test_severities(reply, severity):
    assert diagnose(sending(OK, answer(reply)))[0].severity is severity


def test_a_refusal_without_words_is_only_likely():
    assert diagnose(sending(answer("550 5.7.1 no"), None))[0].confidence is Confidence.LIKELY
    words = "550 5.7.60 may not send as this sender"
    assert diagnose(sending(answer(words), None))[0].confidence is Confidence.CERTAIN


def test_the_refused_address_is_named():
    (finding,) = diagnose(sending(answer("553 5.7.1 not owned by user b"), None))
    assert EMAIL in finding.title.english()


def test_a_refused_sender_has_no_cure_in_the_settings():
    case = sending(answer("553 5.7.1 not owned by user b"), None)
    findings = diagnose(case)
    assert suggest(case, findings).outgoing.status is SideStatus.NO_CURE
    assert verdict(case, findings) is Verdict.ERROR


class TestWithoutSignIn:
    case = sending(
        answer("530 5.7.0 Authentication required"), None, signed_in=False, auth=AuthMethod.NONE
    )

    def test_the_sign_in_is_to_be_switched_on(self):
        (finding,) = diagnose(self.case)
        assert finding.code == "sign-in-required-to-send"
        assert "Normal password" in finding.remedy.english()

    @pytest.mark.parametrize(
        ("reply", "code"),
        [
            ("554 5.7.1 Client host rejected: Access denied", "sign-in-required-to-send"),
            ("554 5.7.1 Relay access denied", "relay-denied"),
        ],
    )
    def test_a_refused_recipient(self, reply, code):
        case = sending(OK, answer(reply), signed_in=False, auth=AuthMethod.NONE)
        assert codes(case) == [code]

    def test_it_is_suggested_where_it_is_offered(self):
        side = suggest(self.case, diagnose(self.case)).outgoing
        assert side.status is SideStatus.CHANGE
        assert [(c.suggested, c.because) for c in side.changes] == [
            ("password", "sign-in-required-to-send")
        ]

    def test_a_server_that_takes_the_envelope_needs_none(self):
        assert codes(sending(signed_in=False, auth=AuthMethod.NONE)) == []


class TestBlocklist:
    def refused(self, greeting, port=25):
        talk = listening(SMTP, kind=GreetingKind.REFUSED, raw=greeting)
        draft = typed(SMTP, port, STARTTLS)
        return case_of(
            None, draft, seen(OUT, SMTP, port, talk), neighbour(tls_port(OUT, SMTP, 465))
        )

    def test_named_in_the_greeting(self):
        case = self.refused(b"554 5.7.1 Blocked, see https://www.spamhaus.org/pbl\r\n", 587)
        first = diagnose(case)[0]
        assert first.code == "address-blocklisted"
        assert "www.spamhaus.org" in first.title.english()
        assert first.remedy.english() == "Use port 465 with SSL/TLS."

    def test_it_is_told_in_place_of_the_refusal(self):
        assert "server-refuses-client" not in codes(
            self.refused(b"554 blocked using bl.x.test\r\n")
        )

    def test_another_refusal_is_no_list(self):
        case = self.refused(b"554 5.7.1 Dynamic address refused, use your provider's relay\r\n")
        assert "address-blocklisted" not in codes(case)
        assert "server-refuses-client" in codes(case)


class TestMailboxFull:
    def case(self, reply, result):
        tried = sign_in(IN, IMAP, 993, result, reply=reply, codes=("NO", "OVERQUOTA"))
        return case_of(typed(IMAP, 993, TLS), None, tls_port(IN, IMAP, 993), sign_ins=(tried,))

    def test_said_at_the_sign_in(self):
        case = self.case(b"A1 OK [OVERQUOTA] Signed in, and full", SignInResult.ACCEPTED)
        assert codes(case) == ["mailbox-full"]


class TestSize:
    def case(self, limit):
        offers = capabilities(SMTP, size_limit=limit)
        talk = hello_conversation(SMTP, offers=offers)
        return case_of(None, typed(SMTP, 465, TLS), seen(OUT, SMTP, 465, talk))

    @pytest.mark.parametrize(
        ("limit", "shown"),
        [(35_882_577, "36 MB"), (10_240_000, "10 MB"), (5_242_880, "5.2 MB"), (300_000, "0.3 MB")],
    )
    def test_in_megabytes(self, limit, shown):
        (finding,) = [f for f in diagnose(self.case(limit)) if f.code == "message-size-limit"]
        assert shown in finding.title.english()
        assert finding.severity is Severity.INFO

    def test_no_limit_stated(self):
        assert codes(self.case(None)) == []


class TestHelo:
    def case(self, refusal):
        refused = Capabilities(answered=False, raw=refusal)
        talk = listening(SMTP, starttls=StartTlsOutcome.NOT_OFFERED, plain=refused)
        return case_of(
            None,
            typed(SMTP, 587, Security.STARTTLS),
            seen(OUT, SMTP, 587, talk),
        )

    @pytest.mark.parametrize(
        "refusal",
        [
            b"501 Syntactically invalid HELO argument(s)\r\n",
            b"550 invalid HELO\r\n",
            b"504 5.5.2 need fully-qualified hostname\r\n",
        ],
    )
    def test_refused(self, refusal):
        assert "helo-refused" in codes(self.case(refusal))

    @pytest.mark.parametrize(
        "refusal",
        [b"502 5.5.1 EHLO not known\r\n", b"554 5.7.1 blocked using zen.spamhaus.org\r\n"],
    )
    def test_other_refusals(self, refusal):
        assert "helo-refused" not in codes(self.case(refusal))

    def test_answered(self):
        case = case_of(None, typed(SMTP, 587, STARTTLS), starttls_port(OUT, SMTP, 587))
        assert codes(case) == []
