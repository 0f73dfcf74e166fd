"""A POP3 server: RFC 1939, 2449 (CAPA), 2595 (STLS), 5034 (AUTH), 3206 (response codes)."""

from __future__ import annotations

import secrets
from typing import Any

from mailcheck_gui.model.observation import Stage
from mailcheck_gui.practice.behaviour import StartTls
from mailcheck_gui.practice.post_office import Letter
from mailcheck_gui.practice.sasl import Outcome, apop_digest, knows
from mailcheck_gui.practice.session import Session
from mailcheck_gui.practice.wire import HungUp

_ANSWERS = {
    Outcome.ACCEPTED: "+OK Signed in",
    Outcome.REFUSED: "-ERR [AUTH] User name and password not accepted",
    Outcome.CANCELLED: "-ERR Sign-in cancelled",
    Outcome.MALFORMED: "-ERR That response makes no sense",
}


class Pop3Session(Session):
    """One POP3 conversation."""

    _user = ""
    _timestamp = ""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._letters: list[Letter] | None = None  # before the first question
        self._deleted: list[Letter] = []

    async def greet(self) -> None:
        """Say +OK, with a timestamp where APOP is offered (RFC 1939, section 7)."""
        if "APOP" in self.behaviour.mechanisms:
            self._timestamp = f"<{secrets.token_hex(8)}@{self.host}>"
        await self.say(f"+OK Mailcheck practice server {self._timestamp}".rstrip())

    async def command(self, line: str) -> None:
        """Answer one command."""
        verb, _, argument = line.partition(" ")
        match verb.strip().upper():
            case "CAPA":
                await self._capa()
            case "STLS":
                await self._stls()
            case "USER" | "PASS" | "AUTH" | "APOP":
                await self._sign_in(verb.strip().upper(), argument)
            case "NOOP" if self.signed_in:
                await self.say("+OK")
            case "STAT" | "TOP" | "DELE" if self.signed_in:
                await self._mailbox(verb.strip().upper(), argument)
            case "QUIT":
                await self.reach(Stage.GOODBYE)
                self.post_office.remove(*self._deleted)
                await self.say("+OK Goodbye")
                raise HungUp("quit")
            case _:
                await self.mistake("-ERR Command not known here")

    async def ask_more(self, challenge: str) -> None:
        """Send a continuation with the challenge."""
        await self.say(f"+ {challenge}")

    async def _mailbox(self, verb: str, argument: str) -> None:
        """Answer from the inbox as it was at the first question (RFC 1939, section 5)."""
        if self._letters is None:
            self._letters = list(self.post_office.letters)
        letters = self._letters
        number = argument.split()[:1]
        if verb == "STAT":
            size = sum(len(letter.content) for letter in letters)
            await self.say(f"+OK {len(letters)} {size}")
            return
        letter = _numbered(letters, number[0] if number else "")
        if letter is None:
            await self.mistake("-ERR No such message")
        elif verb == "TOP":
            await self.say("+OK", *letter.header.decode("utf-8", "replace").splitlines(), "", ".")
        else:
            self._deleted.append(letter)
            await self.say("+OK")

    async def _capa(self) -> None:
        await self.reach(Stage.CAPABILITIES)
        if not self.behaviour.extended:
            await self.mistake("-ERR Command not known here")
            return
        lines = ["TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING"]
        if self.offers_starttls:
            lines.append("STLS")
        elif self.behaviour.starttls is StartTls.STRIPPED and not self.wire.inside_tls:
            lines.append("XXXX")
        if self._takes_user():
            lines.append("USER")
        if self.mechanisms:
            lines.append(f"SASL {' '.join(self.mechanisms)}")
        await self.say("+OK Capabilities follow", *lines, ".")

    async def _stls(self) -> None:
        await self.reach(Stage.STARTTLS)
        if self.upgrades and not self.signed_in:
            await self.upgrade("+OK Begin TLS", "+OK Signed in")
            self._user = ""
        else:
            await self.mistake("-ERR TLS not available here")

    def _takes_user(self) -> bool:
        return self.behaviour.login_command and self.allows_sign_in

    async def _sign_in(self, verb: str, argument: str) -> None:
        if verb != "USER":
            await self.reach(Stage.SIGN_IN)
        if self.signed_in:
            await self.mistake("-ERR Already signed in")
        elif not self.allows_sign_in:
            await self.mistake("-ERR Encryption is required first")
        elif verb == "AUTH":
            await self._auth(argument)
        elif verb == "APOP":
            await self._apop(argument)
        elif not self.behaviour.login_command:
            await self.mistake("-ERR USER is not used here")
        elif verb == "USER":
            self._user = argument
            await self.say("+OK Password next")
        else:
            await self._pass(argument)

    async def _pass(self, password: str) -> None:
        if not self._user:
            await self.mistake("-ERR USER comes first")
        else:
            await self._decide(knows(self.behaviour.mailboxes, self._user, password))

    async def _apop(self, argument: str) -> None:
        if not self._timestamp:
            await self.mistake("-ERR APOP is not used here")
            return
        username, _, digest = argument.rpartition(" ")
        await self._decide(
            any(
                box.username == username and digest == apop_digest(self._timestamp, box.password)
                for box in self.behaviour.mailboxes
            )
        )

    async def _auth(self, argument: str) -> None:
        name, _, initial = argument.strip().partition(" ")
        if name.upper() not in self.mechanisms:
            await self.mistake("-ERR Mechanism not offered here")
        else:
            outcome = await self.conduct(name.upper(), initial or None)
            await self.conclude(outcome, _ANSWERS)

    async def _decide(self, accepted: bool) -> None:
        self._user = ""
        await self.conclude(Outcome.ACCEPTED if accepted else Outcome.REFUSED, _ANSWERS)


def _numbered(letters: list[Letter], number: str) -> Letter | None:
    if not number.isdecimal() or not 0 < int(number) <= len(letters):
        return None
    return letters[int(number) - 1]
