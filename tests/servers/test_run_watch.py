"""The watch over all runs can fail: each leak that is planted here is seen by it."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import ssl
from collections.abc import Callable
from urllib.parse import quote

import pytest
from check_stage import CheckStage, draft, typed
from engine_stage import CREDENTIAL, HOST, SECRET, SMTP, SSL, STARTTLS, USER, Stage, outgoing
from engine_stage import speaking as server_speaking
from promises import broken_promises_of, false_blocks, forbidden_advice, weak_suggestions
from recording import TlsTalk, WatchedRun, exchanges
from run_watch import RunWatch

from mailcheck_gui.checks.sign_in import SignInBudget
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.engine import run as engine_run
from mailcheck_gui.model.account import Role, Security, Server
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.finding import Message, Proof, SideStatus, SideSuggestion, Suggestion
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    Conversation,
    EndpointObservation,
    Observations,
    Opening,
)
from mailcheck_gui.network import trust
from mailcheck_gui.practice import CertificateKind
from mailcheck_gui.protocols.smtp import SmtpDialogue

RAW = SECRET.encode()
OUT = Role.OUTGOING
SMTPS = draft(None, typed(SMTP, SSL, 465))
SUBMISSION = draft(None, typed(SMTP, STARTTLS, 587))
SMTP_PORTS = {465: server_speaking(SMTP, implicit=True), 587: server_speaking(SMTP)}

ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "raw": bytes,
    "base64": base64.b64encode,
    "base64, one byte later": lambda raw: base64.b64encode(b"x" + raw),
    "base64, two bytes later": lambda raw: base64.b64encode(b"xy" + raw + b"z"),
    "SASL PLAIN": lambda raw: base64.b64encode(b"\0" + USER.encode() + b"\0" + raw),
    "percent": lambda raw: quote(raw, safe="").encode(),
    "IMAP quoted": lambda raw: b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"',
    "hexadecimal": lambda raw: raw.hex().encode(),
    "UTF-16": lambda raw: raw.decode().encode("utf-16-le"),
    "the user name": lambda _raw: base64.b64encode(USER.encode()),
}


@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS)
def test_a_credential_in_the_clear_is_seen(
    encode: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch, run_watch: RunWatch
) -> None:
    leak = b"NOOP " + encode(RAW) + b"\r\n"
    original = SmtpDialogue.ask_capabilities
    monkeypatch.setattr(
        SmtpDialogue, "ask_capabilities", lambda self, name="": leak + original(self, name)
    )
    CheckStage(SMTP_PORTS).check(SUBMISSION)
    problems = run_watch.problems()
    run_watch.forget()
    assert any("in the clear" in problem for problem in problems)


def test_a_digest_in_the_clear_is_seen(
    monkeypatch: pytest.MonkeyPatch, run_watch: RunWatch
) -> None:
    async def challenging(wire, _context) -> None:  # type: ignore[no-untyped-def]
        await wire.send(b"220 mx ESMTP\r\n334 " + base64.b64encode(b"<1@mx>") + b"\r\n")
        await wire.wait_for_end()

    digest = hmac.new(RAW, b"<1@mx>", hashlib.md5).hexdigest().encode()
    leak = base64.b64encode(USER.encode() + b" " + digest) + b"\r\n"
    monkeypatch.setattr(SmtpDialogue, "_goodbye", leak)
    Stage({587: challenging}).probe(outgoing(STARTTLS, 587))
    problems = run_watch.problems()
    run_watch.forget()
    assert any("in the clear" in problem for problem in problems)


def test_a_credential_inside_unverified_tls_is_seen(
    monkeypatch: pytest.MonkeyPatch, run_watch: RunWatch
) -> None:
    def trusting(*, check_times: bool = True, check_name: bool = True) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return trust._prepared(context, check_times=False, check_name=check_name)

    monkeypatch.setattr("mailcheck_gui.practice.network.verifying_context", trusting)
    monkeypatch.setattr("mailcheck_gui.network.tls.verifies_in_full", lambda _context: True)
    expired = server_speaking(SMTP, implicit=True, certificate=CertificateKind.EXPIRED)
    CheckStage({465: expired}).check(SMTPS)
    problems = run_watch.problems()
    run_watch.forget()
    assert f"a credential inside unverified TLS to {HOST}" in problems


def test_a_second_exchange_is_seen(monkeypatch: pytest.MonkeyPatch, run_watch: RunWatch) -> None:
    monkeypatch.setattr(SignInBudget, "available", lambda _self, _role: True)
    monkeypatch.setattr(SignInBudget, "take", lambda _self, _role: True)
    monkeypatch.setattr(SignInBudget, "spend", lambda _self, _role: None)
    monkeypatch.setattr(SignInBudget, "settle", lambda _self, _role: None)
    refusing = {
        port: dataclasses.replace(behaviour, sign_in_reply="535 5.7.8 no")
        for port, behaviour in SMTP_PORTS.items()
    }
    seen = Stage(refusing).probe(outgoing(SSL, 465))  # type: ignore[arg-type]
    assert run_watch.problems() == []
    (talk,) = [talk for talk in seen.network.inside if exchanges(talk, CREDENTIAL)]
    seen.network.inside.append(dataclasses.replace(talk, messages=list(talk.messages)))
    problems = run_watch.problems()
    run_watch.forget()
    assert problems == ["2 exchanges with a credential on the outgoing side"]


def test_another_host_is_seen(run_watch: RunWatch) -> None:
    seen = Stage(SMTP_PORTS).probe(outgoing(SSL, 465))  # type: ignore[arg-type]
    (run,) = run_watch.runs
    run_watch.runs[:] = [WatchedRun(run.credentials, frozenset({"other.example"}), seen.network)]
    problems = run_watch.problems()
    run_watch.forget()
    assert problems == [f"a credential to {HOST}, which was not entered"]


def test_a_session_past_the_network_is_seen(run_watch: RunWatch) -> None:
    Stage(SMTP_PORTS).probe(outgoing(SSL, 465))  # type: ignore[arg-type]
    run_watch.strays.append(TlsTalk("evil.example", [b"NOOP " + RAW + b"\r\n"]))
    problems = run_watch.problems()
    run_watch.forget()
    assert problems == ["a credential to evil.example, past the network"]


def test_a_secret_in_a_report_is_seen(monkeypatch: pytest.MonkeyPatch, run_watch: RunWatch) -> None:
    leak = Message(f"Your password is {SECRET}")
    finding = make_finding("port-closed", OUT, explanation=leak, values={"host": HOST, "port": 465})
    monkeypatch.setattr(engine_run, "diagnose", lambda _case: (finding,))
    CheckStage(SMTP_PORTS).check(SMTPS)
    problems = run_watch.problems()
    run_watch.forget()
    assert "a secret in the report" in problems


def test_two_sign_ins_in_one_session_count_twice() -> None:
    attempt = b"AUTH PLAIN " + base64.b64encode(b"\0u\0" + RAW) + b"\r\n"
    talk = TlsTalk(HOST, [b"EHLO [127.0.0.1]\r\n", attempt, b"RSET\r\n", attempt])
    assert exchanges(talk, CREDENTIAL) == 2


def test_the_sender_of_a_message_is_no_sign_in() -> None:
    talk = TlsTalk(HOST, [b"EHLO [127.0.0.1]\r\n", b"MAIL FROM:<" + USER.encode() + b">\r\n"])
    assert exchanges(talk, CREDENTIAL) == 0


# -- what a report must not say ---------------------------------------------------------------

ENDPOINT = Endpoint(SMTP, HOST, 587)


def observations(*outcomes: ConnectOutcome) -> Observations:
    rows = tuple(
        EndpointObservation(
            Role.OUTGOING,
            True,
            ENDPOINT,
            STARTTLS,
            f"203.0.113.{number}",
            (Conversation(Opening.LISTEN, ConnectObservation(outcome)),),
        )
        for number, outcome in enumerate(outcomes)
    )
    return Observations(started=None, endpoints=rows)  # type: ignore[arg-type]


@pytest.mark.parametrize("security", [Security.NONE, Security.STARTTLS])
def test_a_weak_suggestion_is_seen(security: Security) -> None:
    server = Server(SMTP, HOST, HOST, 587, security)
    side = SideSuggestion(SideStatus.CHANGE, server, Proof.HANDSHAKE)
    assert list(weak_suggestions(Suggestion(outgoing=side), observations(ConnectOutcome.OPEN)))


@pytest.mark.parametrize(
    ("outcome", "false"),
    [
        (ConnectOutcome.CLOSED, True),
        (ConnectOutcome.OPEN, True),
        (ConnectOutcome.SILENT, False),
        (ConnectOutcome.UNREACHABLE, False),
    ],
)
def test_a_false_block_is_seen(outcome: ConnectOutcome, false: bool) -> None:
    finding = dataclasses.replace(
        make_finding("port-closed", Role.OUTGOING, values={"host": HOST, "port": 587}),
        code="port-blocked-by-network",
        endpoint=ENDPOINT,
    )
    assert bool(list(false_blocks([finding], observations(outcome)))) is false


def test_a_broken_promise_is_seen_in_json() -> None:
    at = {"protocol": "smtp", "host": HOST, "port": 587}
    words = {"title": "Blocked", "explanation": "It is so.", "remedy": "Turn off encryption."}
    document = {
        "suggestion": {"incoming": None, "outgoing": {**at, "security": "none"}},
        "findings": [{"code": "port-blocked-by-network", "endpoint": at, **words}],
        "endpoints": [{**at, "state": "closed"}],
    }
    assert len(broken_promises_of(document)) == 3


@pytest.mark.parametrize(
    ("sentence", "forbidden"),
    [
        ("Turn off encryption.", True),
        ("Switch off TLS for this server.", True),
        ("Set Encryption to None.", True),
        ("Accept the certificate when the program asks.", True),
        ("Add an exception for this server.", True),
        ("Never accept the certificate.", False),
        ("Do not turn off encryption.", False),
        ("Set Encryption to SSL/TLS for port 465.", False),
    ],
)
def test_forbidden_advice_is_seen(sentence: str, forbidden: bool) -> None:
    assert bool(list(forbidden_advice([Message(sentence)]))) is forbidden
