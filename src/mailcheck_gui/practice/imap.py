"""An IMAP server: sign-in and the look for one message (RFC 9051, 4959, 5530)."""

from __future__ import annotations

import re

from mailcheck_gui.model.observation import Stage
from mailcheck_gui.practice.behaviour import StartTls
from mailcheck_gui.practice.sasl import Outcome, knows
from mailcheck_gui.practice.session import Session
from mailcheck_gui.practice.wire import LINE_LIMIT, HungUp

_ANSWERS = {
    Outcome.REFUSED: "NO [AUTHENTICATIONFAILED] User name and password not accepted",
    Outcome.CANCELLED: "BAD Sign-in cancelled",
    Outcome.MALFORMED: "BAD That response makes no sense",
}
_TAG = re.compile(r"[!#$&',-\[\]^-z|}~]+")  # ASTRING-CHAR without "+", RFC 9051 section 9
_LITERAL = re.compile(r"\{(\d{1,5})(\+?)\}$")
_WORD = re.compile(r'"((?:[^"\\]|\\["\\])*)"|([^\s"(){}\\]+)')


class ImapSession(Session):
    """One IMAP conversation."""

    _tag = "*"

    async def greet(self) -> None:
        """Say OK or PREAUTH, with the capabilities where they belong into the greeting."""
        kind = "PREAUTH" if self.behaviour.preauth else "OK"
        self.signed_in = self.behaviour.preauth
        code = f"[CAPABILITY {self._capabilities()}] "
        if not self.behaviour.capabilities_in_greeting:
            code = ""
        await self.say(f"* {kind} {code}Mailcheck practice server")

    async def command(self, line: str) -> None:
        """Answer one tagged command."""
        tag, _, rest = line.partition(" ")
        verb, _, argument = rest.partition(" ")
        if not _TAG.fullmatch(tag):
            await self.mistake("* BAD A tag is missing")
            return
        self._tag = tag
        match verb.upper():
            case "CAPABILITY":
                await self.reach(Stage.CAPABILITIES)
                await self.say(f"* CAPABILITY {self._capabilities()}", f"{tag} OK Completed")
            case "STARTTLS":
                await self._starttls()
            case "LOGIN" | "AUTHENTICATE":
                await self._sign_in(verb.upper(), argument)
            case "NOOP":
                await self.say(f"{tag} OK Completed")
            case "SELECT" | "UID" | "EXPUNGE" if self.signed_in:
                await self._mailbox(rest)
            case "LOGOUT":
                await self.reach(Stage.GOODBYE)
                await self.say("* BYE Goodbye", f"{tag} OK Completed")
                raise HungUp("logout")
            case _:
                await self.mistake(f"{tag} BAD Command not known here")

    async def ask_more(self, challenge: str) -> None:
        """Send a continuation with the challenge."""
        await self.say(f"+ {challenge}")

    def _capabilities(self) -> str:
        words = ["IMAP4rev1", "IMAP4rev2", "ID", "LITERAL-"]
        if self.signed_in and self.behaviour.uidplus:
            words.append("UIDPLUS")
        if not self.signed_in:
            words += self._sign_in_capabilities()
        return " ".join(words)

    def _sign_in_capabilities(self) -> list[str]:
        words = ["SASL-IR"] if self.behaviour.sasl_ir else []
        if self.offers_starttls:
            words.append("STARTTLS")
        elif self.behaviour.starttls is StartTls.STRIPPED and not self.wire.inside_tls:
            words.append("XXXXXXXX")
        if not self._takes_login():
            words.append("LOGINDISABLED")
        return words + [f"AUTH={name}" for name in self.mechanisms]

    def _takes_login(self) -> bool:
        return self.behaviour.login_command and self.allows_sign_in

    async def _starttls(self) -> None:
        await self.reach(Stage.STARTTLS)
        if self.upgrades and not self.signed_in:
            await self.upgrade(f"{self._tag} OK Begin TLS", "* OK Nothing to see here")
        else:
            await self.mistake(f"{self._tag} BAD TLS not available here")

    async def _mailbox(self, command: str) -> None:
        selects = command.upper() == "SELECT INBOX"
        count = len(self.post_office.letters)
        answer: list[str] | None = [f"* {count} EXISTS"]
        if not selects:
            everything = self.behaviour.lists_everything
            answer = self.post_office.answer_imap(command, lists_everything=everything)
        if answer is None:
            await self.mistake(f"{self._tag} BAD Command not known here")
        else:
            await self.say(*answer, f"{self._tag} OK Completed")

    async def _sign_in(self, verb: str, argument: str) -> None:
        await self.reach(Stage.SIGN_IN)
        if self.signed_in:
            await self.mistake(f"{self._tag} BAD Already signed in")
        elif not self.allows_sign_in:
            await self.mistake(f"{self._tag} NO [PRIVACYREQUIRED] Encryption is required first")
        elif verb == "LOGIN":
            await self._login(argument)
        else:
            await self._authenticate(argument)

    async def _login(self, argument: str) -> None:
        words = await self._words(argument)
        if not self.behaviour.login_command:
            await self.mistake(f"{self._tag} NO [PRIVACYREQUIRED] LOGIN is switched off")
        elif len(words) != 2:
            await self.mistake(f"{self._tag} BAD LOGIN takes a user name and a password")
        elif knows(self.behaviour.mailboxes, *words):
            await self._end_sign_in(Outcome.ACCEPTED)
        else:
            await self._end_sign_in(Outcome.REFUSED)

    async def _authenticate(self, argument: str) -> None:
        name, _, initial = argument.partition(" ")
        if name.upper() not in self.mechanisms:
            await self.mistake(f"{self._tag} NO [CANNOT] Mechanism not offered here")
        elif initial and not self.behaviour.sasl_ir:
            await self.mistake(f"{self._tag} BAD No initial response here")
        else:
            await self._end_sign_in(await self.conduct(name.upper(), initial or None))

    async def _end_sign_in(self, outcome: Outcome) -> None:
        self.signed_in = outcome is Outcome.ACCEPTED  # shortens the capabilities
        accepted = f"OK [CAPABILITY {self._capabilities()}] Signed in"
        await self.conclude(outcome, {Outcome.ACCEPTED: accepted, **_ANSWERS}, self._tag)

    async def _words(self, text: str) -> list[str]:
        """Split the arguments of LOGIN: atoms, quoted strings and literals."""
        words: list[str] = []
        while text:
            literal = _LITERAL.match(text)
            if literal:
                value, text = await self._literal(int(literal[1]), waits=not literal[2])
                words.append(value)
            elif word := _WORD.match(text):
                quoted, atom = word.groups()
                words.append(atom if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
                text = text[word.end() :].removeprefix(" ")
            else:
                return []
        return words

    async def _literal(self, count: int, *, waits: bool) -> tuple[str, str]:
        if count > LINE_LIMIT:
            raise HungUp("literal too long")
        if waits:
            await self.say("+ Go on")
        value = await self.wire.read_exactly(count)
        rest = await self.wire.read_line()
        return value.decode("utf-8", "replace"), rest.decode("utf-8", "replace").removeprefix(" ")
