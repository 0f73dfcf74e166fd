"""Servers that attack: written out line by line, before and inside TLS."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine_stage import IMAP, POP3, SMTP, SSL, STARTTLS
from recording import exchanges
from run_watch import RunWatch
from whole_check import Examined, examine, side

from mailcheck_gui.model.account import Protocol, Role, Security
from mailcheck_gui.model.observation import Conversation, Opening
from mailcheck_gui.practice import Wire

GREETINGS = {
    SMTP: b"220 mx.practice.example ESMTP\r\n",
    IMAP: b"* OK ready\r\n",
    POP3: b"+OK ready\r\n",
}
PLAIN_PORTS = {SMTP: 587, IMAP: 143, POP3: 110}
TLS_PORTS = {SMTP: 465, IMAP: 993, POP3: 995}

OFFERS = {
    SMTP: b"250-mx\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n",
    IMAP: b"* CAPABILITY IMAP4rev1 STARTTLS SASL-IR AUTH=PLAIN\r\n<tag> OK done\r\n",
    POP3: b"+OK list\r\nSTLS\r\nUSER\r\nSASL PLAIN\r\n.\r\n",
}
INSIDE_OFFERS = {
    SMTP: b"250-mx\r\n250 AUTH PLAIN LOGIN\r\n",
    IMAP: b"* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n<tag> OK done\r\n",
    POP3: b"+OK list\r\nUSER\r\nSASL PLAIN\r\n.\r\n",
}
GO_AHEADS = {SMTP: b"220 go ahead\r\n", IMAP: b"<tag> OK begin\r\n", POP3: b"+OK begin\r\n"}
NOT_KNOWN = {SMTP: b"502 5.5.1 no\r\n", IMAP: b"<tag> BAD no\r\n", POP3: b"-ERR no\r\n"}

_ASKING = {SMTP: "EHLO", IMAP: "CAPABILITY", POP3: "CAPA"}
_UPGRADING = {SMTP: "STARTTLS", IMAP: "STARTTLS", POP3: "STLS"}


@dataclass(frozen=True)
class Attacker:
    """A server that answers each command with set words; `<tag>` stands for IMAP's tag.

    `offers` and `inside_offers` answer EHLO, CAPABILITY or CAPA, `go_ahead` the command for the
    upgrade (None: as it should be). `answers` and `inside` hold all else by its first word, "" the
    continuation of a sign-in. After the words of `go_ahead` the handshake follows if `upgrades`.
    """

    protocol: Protocol
    greeting: bytes | None = None
    offers: bytes | None = None
    go_ahead: bytes | None = None
    upgrades: bool = False
    implicit: bool = False
    answers: Mapping[str, bytes] = field(default_factory=dict)
    inside_offers: bytes | None = None
    inside: Mapping[str, bytes] = field(default_factory=dict)

    async def __call__(self, wire: Wire, context: ssl.SSLContext) -> None:
        if self.implicit:
            await wire.start_tls(context)
        await wire.send(GREETINGS[self.protocol] if self.greeting is None else self.greeting)
        while True:
            words = (await wire.read_line()).split(b" ")
            tag = words.pop(0) if self.protocol is IMAP and len(words) > 1 else b""
            verb = words[0].decode("utf-8", "replace").upper()
            await wire.send(self._answer(verb, wire.inside_tls).replace(b"<tag>", tag))
            if verb == _UPGRADING[self.protocol] and self.upgrades and not wire.inside_tls:
                await wire.start_tls(context)

    def _answer(self, verb: str, inside: bool) -> bytes:
        offers, default = (self.inside_offers, INSIDE_OFFERS) if inside else (self.offers, OFFERS)
        fixed = {_ASKING[self.protocol]: default[self.protocol] if offers is None else offers}
        if not inside:
            usual = GO_AHEADS[self.protocol]
            fixed[_UPGRADING[self.protocol]] = usual if self.go_ahead is None else self.go_ahead
        chosen = fixed | dict(self.inside if inside else self.answers)
        return chosen.get(verb, chosen.get("", NOT_KNOWN[self.protocol]))


def role_of(protocol: Protocol) -> Role:
    """Return the side that a protocol serves."""
    return Role.OUTGOING if protocol is SMTP else Role.INCOMING


def attack(attacker: Attacker, **more: object) -> Examined:
    """Check the one side that an attacker serves, on its usual port, with nothing beside it."""
    protocol = attacker.protocol
    port = (TLS_PORTS if attacker.implicit else PLAIN_PORTS)[protocol]
    security = SSL if attacker.implicit else STARTTLS
    return attack_on(protocol, port, security, {port: attacker}, **more)


def attack_on(
    protocol: Protocol,
    port: int,
    security: Security,
    ports: Mapping[int, object],
    **more: object,
) -> Examined:
    """Check one side against a whole host."""
    sides = {role_of(protocol).value: side(protocol, port, security)}
    return examine(**sides, ports=dict(ports), **more)  # type: ignore[arg-type]


def talk_of(seen: Examined) -> Conversation:
    """Return the configured conversation."""
    row = next(row for row in seen.report.observations.endpoints if row.configured)
    implicit = row.security is SSL
    talk = row.find(Opening.CLIENT_HELLO if implicit else Opening.LISTEN)
    assert talk is not None
    return talk


def assert_no_credential_left(watch: RunWatch) -> None:
    """Fail where anything of a credential went anywhere, even inside verified TLS."""
    for run in watch.runs:
        assert run.problems() == []
        for credential in run.given:
            assert [talk for talk in run.network.inside if exchanges(talk, credential)] == []


def assert_one_exchange(watch: RunWatch) -> None:
    """Fail unless exactly one sign-in brought the credential."""
    (run,) = watch.runs
    (credential,) = run.given
    assert sum(exchanges(talk, credential) for talk in run.network.inside) == 1
    assert run.problems() == []


def assert_no_advice_names(seen: Examined, words: str) -> None:
    """Fail where a server's words have become words of ours, or a suggestion."""
    for finding in seen.report.findings:
        for text in (finding.title, finding.explanation, finding.remedy):
            assert words not in text.english()
    assert words not in str(seen.document["suggestion"])


def heard_bytes(watch: RunWatch) -> int:
    """Return the largest number of bytes that one connection took."""
    return max(len(heard) for run in watch.runs for heard in run.network.heard)


async def drip(wire: Wire, data: bytes) -> None:
    """Send a byte at a time, without end."""
    while True:
        for byte in data:
            await wire.send(bytes([byte]))
            await asyncio.sleep(0.02)
