"""Attacks on the sign-in: referrals, unexpected challenges, other mechanisms, other hosts."""

from __future__ import annotations

import base64

import pytest
from engine_stage import HOST, SECRET, USER, speaking
from hostile import (
    Attacker,
    assert_no_advice_names,
    assert_no_credential_left,
    assert_one_exchange,
    attack,
    attack_on,
    role_of,
)
from run_watch import RunWatch
from whole_check import IMAP, POP3, SMTP, SSL, STARTTLS, examine, side

from mailcheck_gui.model.account import AuthMethod, Protocol, Role, Security
from mailcheck_gui.model.finding import SideStatus
from mailcheck_gui.model.observation import SignInResult
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.practice import CertificateKind

REFERRALS = [
    b"<tag> NO [REFERRAL imap://anna@evil.example/] go there\r\n",
    b"* OK [REFERRAL imap://evil.example/] there\r\n<tag> NO no\r\n",
    b"* BYE [REFERRAL imap://evil.example/] there\r\n",
]


@pytest.mark.parametrize("reply", REFERRALS)
def test_a_referral_after_the_sign_in_is_never_followed(reply: bytes, run_watch: RunWatch) -> None:
    seen = attack(Attacker(IMAP, implicit=True, inside={"AUTHENTICATE": reply}))
    assert_one_exchange(run_watch)
    (run,) = run_watch.runs
    assert set(run.network.names) == {HOST}
    assert_no_advice_names(seen, "evil.example")
    assert seen.report.suggestion.incoming.status is not SideStatus.CHANGE


@pytest.mark.parametrize("reply", REFERRALS)
def test_a_referral_before_tls_is_never_followed(reply: bytes, run_watch: RunWatch) -> None:
    seen = attack(Attacker(IMAP, offers=reply))
    assert seen.report.verdict is Verdict.ERROR
    assert_no_credential_left(run_watch)
    (run,) = run_watch.runs
    assert set(run.network.names) == {HOST}
    assert_no_advice_names(seen, "evil.example")


def base64_of(text: bytes) -> bytes:
    return base64.b64encode(text)


def inside(protocol: Protocol, offers: bytes, **answers: bytes) -> Attacker:
    return Attacker(protocol, implicit=True, inside_offers=offers, inside=answers)


PLAIN_ONLY = {
    SMTP: b"250-mx\r\n250 AUTH PLAIN\r\n",
    IMAP: b"* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=PLAIN\r\n<tag> OK done\r\n",
    POP3: b"+OK list\r\nSASL PLAIN\r\n.\r\n",
}
PROMPTS = {
    SMTP: b"334 " + base64_of(b"Password:") + b"\r\n",
    IMAP: b"+ " + base64_of(b"Password:") + b"\r\n",
    POP3: b"+ " + base64_of(b"Password:") + b"\r\n",
}
VERBS = {SMTP: "AUTH", IMAP: "AUTHENTICATE", POP3: "AUTH"}


@pytest.mark.parametrize("protocol", [IMAP, POP3])
def test_a_prompt_in_place_of_the_empty_challenge_gets_no_answer(
    protocol: Protocol, run_watch: RunWatch
) -> None:
    """No initial response was sent, so the prompt comes before the first secret byte."""
    answers = {VERBS[protocol]: PROMPTS[protocol], "": PROMPTS[protocol]}
    seen = attack(inside(protocol, PLAIN_ONLY[protocol], **answers))
    assert_no_credential_left(run_watch)
    assert sent_inside(run_watch)[2:3] == [b"*\r\n"]
    assert seen.report.verdict is not Verdict.OK


def test_a_prompt_behind_the_initial_response_is_cancelled(run_watch: RunWatch) -> None:
    seen = attack(inside(SMTP, PLAIN_ONLY[SMTP], AUTH=PROMPTS[SMTP], **{"*": b"535 no\r\n"}))
    assert_one_exchange(run_watch)
    (tried,) = seen.report.observations.sign_ins
    assert tried.result is SignInResult.UNDECIDED
    assert "sign-in-failed" not in seen.codes
    assert sent_inside(run_watch)[2:3] == [b"*\r\n"]


def sent_inside(watch: RunWatch) -> list[bytes]:
    """Return our messages of the one talk that went on to a sign-in."""
    talks = (talk.messages for run in watch.runs for talk in run.network.inside)
    return next(messages for messages in talks if len(messages) > 1)


LOGIN_ONLY = {
    SMTP: b"250-mx\r\n250 AUTH LOGIN\r\n",
    IMAP: b"* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=LOGIN\r\n<tag> OK done\r\n",
    POP3: b"+OK list\r\nSASL LOGIN\r\n.\r\n",
}


@pytest.mark.parametrize("protocol", list(Protocol))
def test_prompts_without_end_get_two_answers(protocol: Protocol, run_watch: RunWatch) -> None:
    """Swapped or repeated prompts: the user name, the password, and nothing else but the end."""
    answers = {VERBS[protocol]: PROMPTS[protocol], "": PROMPTS[protocol]}
    seen = attack(inside(protocol, LOGIN_ONLY[protocol], **answers))
    assert_one_exchange(run_watch)
    answered = sent_inside(run_watch)[2:5]
    assert answered == [
        base64_of(USER.encode()) + b"\r\n",
        base64_of(SECRET.encode()) + b"\r\n",
        b"*\r\n",
    ]
    (tried,) = seen.report.observations.sign_ins
    assert tried.result is SignInResult.UNDECIDED


@pytest.mark.parametrize("protocol", list(Protocol))
@pytest.mark.parametrize(
    "mechanism", [b"CRAM-MD5", b"NTLM", b"GSSAPI", b"DIGEST-MD5", b"ANONYMOUS"]
)
def test_a_mechanism_that_was_not_chosen_is_not_used(
    protocol: Protocol, mechanism: bytes, run_watch: RunWatch
) -> None:
    offers = {
        SMTP: b"250-mx\r\n250 AUTH " + mechanism + b"\r\n",
        IMAP: b"* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=" + mechanism + b"\r\n<tag> OK done\r\n",
        POP3: b"+OK list\r\nSASL " + mechanism + b"\r\n.\r\n",
    }[protocol]
    seen = attack(inside(protocol, offers))
    assert "sign-in-method-unsupported" in seen.errors
    assert_no_credential_left(run_watch)


def test_a_weak_digest_is_not_asked_for_by_a_challenge(run_watch: RunWatch) -> None:
    """PLAIN was begun; a CRAM-MD5 or NTLM challenge behind it is answered with the end."""
    challenge = b"+ " + base64_of(b"<1896.697170952@evil.example>") + b"\r\n"
    attack(inside(IMAP, PLAIN_ONLY[IMAP], AUTHENTICATE=challenge, **{"": challenge}))
    assert_no_credential_left(run_watch)


def test_login_disabled_is_believed_though_login_would_be_taken(run_watch: RunWatch) -> None:
    offers = b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n<tag> OK done\r\n"
    seen = attack(inside(IMAP, offers, LOGIN=b"<tag> OK welcome\r\n"))
    assert_no_credential_left(run_watch)
    assert seen.report.verdict is Verdict.ERROR


def test_a_digest_is_computed_for_the_challenge_inside_tls_only(run_watch: RunWatch) -> None:
    """APOP's timestamp of a greeting before TLS is worth nothing: it could be anyone's."""
    attacker = Attacker(
        POP3,
        greeting=b"+OK <1896.697170952@evil.example>\r\n",
        upgrades=True,
        inside_offers=b"+OK list\r\n.\r\n",
    )
    draft = side(POP3, 110, STARTTLS)
    draft = type(draft)(POP3, HOST, "110", STARTTLS, AuthMethod.ENCRYPTED_PASSWORD, USER)
    seen = examine(draft, ports={110: attacker})
    assert_no_credential_left(run_watch)
    assert "sign-in-method-unsupported" in seen.errors


BAD_CERTIFICATES = [
    {"certificate": CertificateKind.EXPIRED},
    {"certificate": CertificateKind.SELF_SIGNED},
    {"certificate": CertificateKind.OTHER_AUTHORITY},
    {"certificate_names": ("mail.evil.example",)},
]


@pytest.mark.parametrize("traits", BAD_CERTIFICATES)
@pytest.mark.parametrize(
    ("protocol", "port", "other"), [(SMTP, 465, 587), (IMAP, 993, 143), (POP3, 995, 110)]
)
def test_a_neighbour_with_a_bad_certificate_never_gets_the_password(
    protocol: Protocol, port: int, other: int, traits: dict[str, object], run_watch: RunWatch
) -> None:
    """The configured port is closed; the one that answers is someone else."""
    ports = {other: speaking(protocol, **traits)}
    seen = attack_on(protocol, port, SSL, ports)
    assert "port-closed" in seen.errors
    assert seen.report.suggestion.side(role_of(protocol)).status is SideStatus.NO_CURE
    assert_no_credential_left(run_watch)
    assert_no_advice_names(seen, "evil.example")


@pytest.mark.parametrize(("port", "security"), [(993, SSL), (143, STARTTLS)])
@pytest.mark.parametrize("names", [("evil.example",), ("*.evil.example", "evil.example")])
def test_the_name_in_a_certificate_is_no_way_to_another_host(
    port: int, security: Security, names: tuple[str, ...], run_watch: RunWatch
) -> None:
    behaviour = speaking(IMAP, implicit=port == 993, certificate_names=names)
    seen = attack_on(IMAP, port, security, {port: behaviour})
    assert "certificate-name-mismatch" in seen.errors
    assert seen.report.suggestion.incoming.status is SideStatus.NO_CURE
    assert "evil.example" not in str(seen.document["suggestion"])
    assert_no_credential_left(run_watch)
    (run,) = run_watch.runs
    assert set(run.network.names) == {HOST}


def test_both_sides_keep_their_own_budget(run_watch: RunWatch) -> None:
    """A refusal on one side is not made up for with a try on any other port."""
    refusing = {"sign_in_reply": "535 5.7.8 no"}
    ports = {
        993: speaking(IMAP, implicit=True, sign_in_reply="NO [AUTHENTICATIONFAILED] no"),
        143: speaking(IMAP),
        465: speaking(SMTP, implicit=True, **refusing),
        587: speaking(SMTP, **refusing),
        25: speaking(SMTP),
    }
    seen = examine(side(IMAP, 993, SSL), side(SMTP, 465, SSL), ports=ports)
    assert {f.role for f in seen.report.findings if f.code == "sign-in-failed"} == {
        Role.INCOMING,
        Role.OUTGOING,
    }
    assert [seen.sign_ins(port) for port in (993, 143, 465, 587, 25)] == [1, 0, 1, 0, 0]
