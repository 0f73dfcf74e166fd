"""Whether the server would send: an envelope after the sign-in, never a message."""

from __future__ import annotations

import pytest
from engine_stage import (
    BOTH,
    HOST,
    SMTP,
    SSL,
    STARTTLS,
    USER,
    V4,
    V6,
    Stage,
    outgoing,
    server,
    speaking,
)

from mailcheck_gui.model.account import Account, AuthMethod, Credential, Credentials
from mailcheck_gui.model.observation import SignInResult
from mailcheck_gui.model.observation import Stage as TalkStage
from mailcheck_gui.practice.behaviour import Fault, Misstep

ENVELOPE = (f"MAIL FROM:<{USER}>", f"RCPT TO:<{USER}>", "RSET")


def stage(port: int = 465, sender: str = USER, **behaviour: object) -> Stage:
    return Stage({port: speaking(SMTP, implicit=port == 465, **behaviour)}, sender=sender)


def said(seen: object, port: int = 465) -> list[str]:
    """Return the commands that the server heard inside TLS, in all conversations."""
    inside = b"".join(heard.inside_tls for heard in seen.heard[port])  # type: ignore[attr-defined]
    return inside.decode().splitlines()


@pytest.mark.parametrize("pipelining", [True, False])
def test_sender_and_recipient_are_asked_for_and_nothing_is_sent(pipelining: bool) -> None:
    seen = stage(pipelining=pipelining).probe(outgoing(SSL))

    assert seen.sending is not None
    assert seen.sending.signed_in
    assert seen.sending.mail_from is not None
    assert seen.sending.mail_from.accepted
    assert seen.sending.rcpt_to is not None
    assert seen.sending.rcpt_to.accepted
    assert tuple(said(seen)[-4:]) == (*ENVELOPE, "QUIT")
    assert "DATA" not in said(seen)


def test_after_starttls_too() -> None:
    seen = stage(587).probe(outgoing(STARTTLS))
    assert tuple(said(seen, 587)[-4:]) == (*ENVELOPE, "QUIT")


@pytest.mark.parametrize("pipelining", [True, False])
def test_a_refused_sender(pipelining: bool) -> None:
    refusal = "553 5.7.1 Sender address rejected: not owned by user"
    behaviour = stage(pipelining=pipelining, envelope=(("MAIL", refusal), ("RCPT", "503 no")))
    seen = behaviour.probe(outgoing(SSL))

    assert seen.sending is not None
    assert seen.sending.mail_from is not None
    assert seen.sending.mail_from.codes == ("553", "5.7.1")
    assert not seen.sending.mail_from.accepted
    assert seen.sending.rcpt_to is None
    assert ("RSET" in said(seen)) is pipelining


def test_a_deferred_recipient() -> None:
    seen = stage(envelope=(("RCPT", "450 4.7.1 Greylisted"),)).probe(outgoing(SSL))
    assert seen.sending is not None
    assert seen.sending.rcpt_to is not None
    assert seen.sending.rcpt_to.temporary


@pytest.mark.parametrize(
    "sender", ["", "no address", "gr\u00fcn@practice.example", "<a>@b.example"]
)
def test_no_envelope_for_an_address_that_fits_none(sender: str) -> None:
    seen = stage(sender=sender).probe(outgoing(SSL))
    assert seen.sending is None
    assert seen.sign_ins[0].result is SignInResult.ACCEPTED


def test_no_envelope_after_a_refused_sign_in() -> None:
    wrong = Credential(USER, "not it")
    seen = stage().probe(outgoing(SSL), Credentials(wrong, wrong))
    assert seen.sending is None
    assert not [line for line in said(seen) if line.startswith("MAIL")]


def test_without_a_sign_in_the_envelope_is_asked_for_once() -> None:
    account = Account(USER, outgoing=server(SMTP, SSL, auth=AuthMethod.NONE))
    both = Stage({465: speaking(SMTP, implicit=True)}, addresses=(V4, V6), sender=USER)
    seen = both.probe(account, BOTH)

    assert seen.sign_ins == ()
    assert seen.reasons == {}
    assert seen.sending is not None
    assert not seen.sending.signed_in
    assert seen.sending.mail_from is not None
    assert seen.sending.mail_from.codes == ("530", "5.7.0")
    assert len([line for line in said(seen) if line.startswith("MAIL")]) == 1


@pytest.mark.parametrize("misstep", list(Misstep))
def test_a_server_that_fails_over_the_envelope_has_still_signed_in(misstep: Misstep) -> None:
    seen = stage(faults=(Fault(TalkStage.SENDING, misstep),)).probe(outgoing(SSL))
    assert seen.sign_ins[0].result is SignInResult.ACCEPTED
    assert seen.sending is not None
    assert seen.sending.mail_from is None


def test_one_goodbye_where_the_envelope_is_not_answered() -> None:
    seen = stage(faults=(Fault(TalkStage.SENDING, Misstep.SILENCE),)).probe(outgoing(SSL))
    assert "\n".join(line.text for line in seen.transcript).count("QUIT") == 1


def test_the_transcript_shows_the_envelope_without_the_name() -> None:
    seen = stage().probe(outgoing(SSL))
    lines = [line.text for line in seen.transcript if line.endpoint.host == HOST]
    envelope = [line for line in lines if line.startswith(("MAIL", "RCPT"))]
    assert envelope
    assert USER not in "".join(envelope)
