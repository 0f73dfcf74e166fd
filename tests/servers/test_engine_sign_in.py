"""What becomes of a sign-in: one exchange, its reply kept, its secret nowhere."""

from __future__ import annotations

import ssl
from dataclasses import replace

import pytest
from engine_stage import (
    BOTH,
    CREDENTIAL,
    IMAP,
    POP3,
    SECRET,
    SMTP,
    SSL,
    STARTTLS,
    USER,
    V4,
    V6,
    Stage,
    incoming,
    outgoing,
    server,
    speaking,
)
from recording import assert_nothing_readable, forms_of

from mailcheck_gui.model.account import Account, AuthMethod, Credential, Credentials, Protocol, Role
from mailcheck_gui.model.observation import NotTestedReason, SignInResult
from mailcheck_gui.model.observation import Stage as TalkStage
from mailcheck_gui.practice.behaviour import Fault, Misstep
from mailcheck_gui.practice.wire import Wire

PORTS = {SMTP: 465, IMAP: 993, POP3: 995}
WRONG = Credential(USER, "not it")


def account_of(protocol: Protocol, auth: AuthMethod = AuthMethod.PASSWORD) -> Account:
    wanted = server(protocol, SSL, auth=auth)
    return Account(USER, outgoing=wanted) if protocol is SMTP else Account(USER, incoming=wanted)


@pytest.mark.parametrize("protocol", [SMTP, IMAP, POP3])
@pytest.mark.parametrize("closes", [False, True])
def test_a_refusal_is_a_refusal_even_where_the_server_hangs_up(
    protocol: Protocol, closes: bool
) -> None:
    behaviour = speaking(protocol, implicit=True, closes_after_refusal=closes)
    seen = Stage({PORTS[protocol]: behaviour}).probe(
        account_of(protocol), Credentials(WRONG, WRONG)
    )

    (sign_in,) = seen.sign_ins
    assert sign_in.result is SignInResult.REFUSED
    assert sign_in.reply
    assert sign_in.codes
    assert sign_in.secret_sent


def test_a_refusal_ends_the_side_whatever_else_is_offered() -> None:
    behaviour = speaking(SMTP, implicit=True, mechanisms=("PLAIN", "LOGIN", "CRAM-MD5"))
    stage = Stage({465: behaviour}, addresses=(V4, V6))
    seen = stage.probe(outgoing(SSL), Credentials(WRONG, WRONG), neighbours=True)

    assert len(seen.sign_ins) == 1
    inside = b"".join(heard.inside_tls for heard in seen.heard[465])
    assert inside.count(b"AUTH ") == 1


@pytest.mark.parametrize(
    ("protocol", "reply", "result"),
    [
        (SMTP, "454 4.7.0 Temporary authentication failure", SignInResult.TEMPORARY),
        (SMTP, "421 4.7.0 Too many", SignInResult.TEMPORARY),
        (SMTP, "535 5.7.8 no", SignInResult.REFUSED),
        (IMAP, "NO [UNAVAILABLE] later", SignInResult.TEMPORARY),
        (IMAP, "NO [AUTHENTICATIONFAILED] no", SignInResult.REFUSED),
        (POP3, "-ERR [SYS/TEMP] later", SignInResult.TEMPORARY),
        (POP3, "-ERR [IN-USE] busy", SignInResult.TEMPORARY),
        (POP3, "-ERR [AUTH] no", SignInResult.REFUSED),
    ],
)
def test_replies_are_told_apart(protocol: Protocol, reply: str, result: SignInResult) -> None:
    behaviour = speaking(protocol, implicit=True, sign_in_reply=reply)
    seen = Stage({PORTS[protocol]: behaviour}).probe(account_of(protocol))

    (sign_in,) = seen.sign_ins
    assert sign_in.result is result


@pytest.mark.parametrize("misstep", [Misstep.CLOSE, Misstep.RESET, Misstep.SILENCE])
def test_no_answer_after_the_secret_leaves_it_undecided(misstep: Misstep) -> None:
    behaviour = speaking(SMTP, implicit=True, faults=(Fault(TalkStage.SIGN_IN, misstep),))
    seen = Stage({465: behaviour}, addresses=(V4, V6)).probe(outgoing(SSL))

    (sign_in,) = seen.sign_ins
    assert sign_in.result is SignInResult.UNDECIDED
    assert sign_in.secret_sent


@pytest.mark.parametrize(
    ("auth", "mechanisms", "reason"),
    [
        (AuthMethod.PASSWORD, ("CRAM-MD5",), NotTestedReason.METHOD_NOT_OFFERED),
        (AuthMethod.PASSWORD, ("XOAUTH2", "OAUTHBEARER"), NotTestedReason.ONLY_OAUTH),
        (AuthMethod.PASSWORD, (), NotTestedReason.METHOD_NOT_OFFERED),
        (AuthMethod.ENCRYPTED_PASSWORD, ("PLAIN",), NotTestedReason.METHOD_NOT_OFFERED),
        (AuthMethod.OAUTH2, ("PLAIN",), NotTestedReason.METHOD_NOT_OFFERED),
    ],
)
def test_a_method_that_is_not_offered_spends_nothing(
    auth: AuthMethod, mechanisms: tuple[str, ...], reason: NotTestedReason
) -> None:
    behaviour = speaking(SMTP, implicit=True, mechanisms=mechanisms)
    seen = Stage({465: behaviour}).probe(account_of(SMTP, auth))

    assert seen.sign_ins == ()
    assert seen.reasons == {Role.OUTGOING: reason}
    assert b"AUTH" not in seen.heard[465][0].inside_tls


def test_imap_login_is_no_way_around_oauth() -> None:
    behaviour = speaking(IMAP, implicit=True, mechanisms=("XOAUTH2",), login_command=True)
    seen = Stage({993: behaviour}).probe(account_of(IMAP))

    assert seen.sign_ins == ()
    assert seen.reasons == {Role.INCOMING: NotTestedReason.ONLY_OAUTH}


MECHANISMS = [
    (SMTP, AuthMethod.PASSWORD, ("PLAIN",), "PLAIN"),
    (SMTP, AuthMethod.PASSWORD, ("LOGIN",), "LOGIN"),
    (SMTP, AuthMethod.ENCRYPTED_PASSWORD, ("PLAIN", "CRAM-MD5"), "CRAM-MD5"),
    (SMTP, AuthMethod.OAUTH2, ("PLAIN", "XOAUTH2"), "XOAUTH2"),
    (IMAP, AuthMethod.PASSWORD, (), "LOGIN-COMMAND"),
    (IMAP, AuthMethod.ENCRYPTED_PASSWORD, ("CRAM-MD5",), "CRAM-MD5"),
    (POP3, AuthMethod.PASSWORD, (), "USER"),
    (POP3, AuthMethod.ENCRYPTED_PASSWORD, ("APOP",), "APOP"),
]


@pytest.mark.parametrize(("protocol", "auth", "mechanisms", "used"), MECHANISMS)
def test_each_mechanism_signs_in_and_leaves_no_trace(
    protocol: Protocol, auth: AuthMethod, mechanisms: tuple[str, ...], used: str
) -> None:
    behaviour = speaking(protocol, implicit=True, mechanisms=mechanisms)
    seen = Stage({PORTS[protocol]: behaviour}).probe(account_of(protocol, auth))

    (sign_in,) = seen.sign_ins
    assert (sign_in.mechanism, sign_in.result) == (used, SignInResult.ACCEPTED)
    said = "\n".join(line.text for line in seen.transcript if line.direction == "sent")
    assert "***" in said
    for form in (*forms_of(CREDENTIAL), USER.encode()):
        assert form not in repr((seen.endpoints, seen.sign_ins, seen.transcript)).encode()


@pytest.mark.parametrize(("protocol", "auth", "mechanisms"), [row[:3] for row in MECHANISMS])
def test_no_mechanism_signs_in_without_a_user_name(
    protocol: Protocol, auth: AuthMethod, mechanisms: tuple[str, ...]
) -> None:
    nameless = Credential("", SECRET)
    behaviour = speaking(protocol, implicit=True, mechanisms=mechanisms)
    seen = Stage({PORTS[protocol]: behaviour}).probe(
        account_of(protocol, auth), Credentials(nameless, nameless)
    )

    assert seen.sign_ins == ()
    assert set(seen.reasons.values()) == {NotTestedReason.NO_USER_NAME}
    heard = b"".join(heard.inside_tls for heard in seen.heard[PORTS[protocol]])
    assert not any(verb in heard for verb in (b"AUTH", b"LOGIN", b"USER", b"APOP"))


def test_a_host_that_was_not_agreed_to_gets_nothing() -> None:
    elsewhere = replace(server(IMAP, SSL), ascii_host="mail.practice.example")
    stage = Stage({993: speaking(IMAP, implicit=True)}, agreed=frozenset({"other.example"}))
    seen = stage.probe(Account(USER, incoming=elsewhere))

    assert seen.reasons == {Role.INCOMING: NotTestedReason.HOST_NOT_AGREED}
    assert b"AUTH" not in seen.heard[993][0].inside_tls


async def _busy_unless_alone(open_now: list[int], wire: Wire, context: ssl.SSLContext) -> None:
    open_now.append(1)
    try:
        if len(open_now) > 1:
            await wire.send(b"421 4.7.0 Too many connections\r\n")
            return
        await wire.send(b"220 alone ESMTP\r\n")
        while line := await wire.read_line():
            await wire.send(b"250 alone\r\n" if line.startswith(b"EHLO") else b"221 bye\r\n")
    finally:
        open_now.remove(1)


def test_a_server_that_is_too_busy_with_us_is_asked_again_alone() -> None:
    open_now: list[int] = []

    async def busy(wire: Wire, context: ssl.SSLContext) -> None:
        await _busy_unless_alone(open_now, wire, context)

    seen = Stage({25: busy, 587: busy, 2525: busy}).probe(outgoing(STARTTLS, 587), neighbours=True)

    talks = [talk for port in (25, 587, 2525) for talk in seen.at(port).conversations]
    assert all(t.greeting is not None and t.greeting.kind.value == "ready" for t in talks)
    assert sum(talk.retried_alone for talk in talks) >= 1


def test_a_sign_in_is_not_repeated_alone() -> None:
    behaviour = speaking(IMAP, implicit=True, sign_in_reply="NO [LIMIT] Too many connections")
    stage = Stage({993: behaviour, 143: speaking(IMAP)})
    seen = stage.probe(incoming(IMAP, SSL), BOTH, neighbours=True)

    assert len(seen.sign_ins) == 1
    assert_nothing_readable(seen.network, CREDENTIAL)
