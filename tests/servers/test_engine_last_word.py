"""IMAP may say BYE before it answers a sign-in: the answer decides, the BYE only without one."""

from __future__ import annotations

import ssl

import pytest
from engine_stage import IMAP, SSL, Stage, incoming

from mailcheck_gui.model.observation import SignInResult
from mailcheck_gui.practice.servers import Script
from mailcheck_gui.practice.wire import Wire

BYE = b"* BYE Too many invalid commands\r\n"


def answering(*answers: bytes) -> Script:
    """Return a server that says all of this in answer to LOGIN, and closes."""

    async def script(wire: Wire, context: ssl.SSLContext) -> None:
        await wire.start_tls(context)
        await wire.send(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
        command = await wire.read_line()
        tag = command.partition(b" ")[0]
        for answer in answers:
            await wire.send(answer.replace(b"TAG", tag))

    return script


@pytest.mark.parametrize(
    ("answers", "result", "code"),
    [
        ((BYE, b"TAG NO [AUTHENTICATIONFAILED] no\r\n"), SignInResult.REFUSED, "NO"),
        ((BYE, b"TAG NO [UNAVAILABLE] later\r\n"), SignInResult.TEMPORARY, "UNAVAILABLE"),
        ((BYE,), SignInResult.TEMPORARY, "BYE"),
        ((BYE, b"TAG nonsense\r\n"), SignInResult.TEMPORARY, "BYE"),
        ((b"TAG NO no\r\n", BYE), SignInResult.REFUSED, "NO"),
    ],
)
def test_what_decides(answers: tuple[bytes, ...], result: SignInResult, code: str) -> None:
    seen = Stage({993: answering(*answers)}).probe(incoming(IMAP, SSL))
    (sign_in,) = seen.sign_ins
    assert sign_in.result is result
    assert code in sign_in.codes
