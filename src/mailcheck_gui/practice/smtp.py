"""A submission server: RFC 5321, 3207 (STARTTLS), 4954 (AUTH), 2034 (enhanced codes)."""

from __future__ import annotations

from mailcheck_gui.model.observation import Stage
from mailcheck_gui.practice.behaviour import StartTls
from mailcheck_gui.practice.sasl import Outcome
from mailcheck_gui.practice.session import Session
from mailcheck_gui.practice.wire import HungUp

_SIZE = 52_428_800
_MESSAGE_LIMIT = 65_536
_ANSWERS = {
    Outcome.ACCEPTED: "235 2.7.0 Signed in",
    Outcome.REFUSED: "535 5.7.8 User name and password not accepted",
    Outcome.CANCELLED: "501 5.7.0 Sign-in cancelled",
    Outcome.MALFORMED: "501 5.5.2 That response makes no sense",
}


class SmtpSession(Session):
    """One SMTP conversation."""

    _greeted = False
    _addressed = False

    async def greet(self) -> None:
        """Say 220, masked by asterisks where something between is said to rewrite it."""
        if self.behaviour.masked_greeting:
            await self.say("220 " + "*" * 40)
        else:
            await self.say(f"220 {self.host} ESMTP Mailcheck practice server")

    async def command(self, line: str) -> None:
        """Answer one command."""
        verb, _, argument = line.strip().partition(" ")
        match verb.upper():
            case "EHLO" | "HELO":
                await self._hello(verb.upper(), argument)
            case "STARTTLS":
                await self._starttls(argument)
            case "AUTH":
                await self._auth(argument.strip())
            case "NOOP" | "RSET":
                self._addressed = self._addressed and verb.upper() == "NOOP"
                await self.say("250 2.0.0 OK")
            case "MAIL" | "RCPT" | "DATA":
                await self._envelope(verb.upper())
            case "QUIT":
                await self.reach(Stage.GOODBYE)
                await self.say("221 2.0.0 Goodbye")
                raise HungUp("quit")
            case _:
                await self.mistake("500 5.5.2 Command not known here")

    async def ask_more(self, challenge: str) -> None:
        """Send 334 with the challenge."""
        await self.say(f"334 {challenge}")

    async def _hello(self, verb: str, argument: str) -> None:
        await self.reach(Stage.CAPABILITIES)
        if verb == "EHLO" and not self.behaviour.extended:
            await self.mistake("502 5.5.1 EHLO not known here")
        elif not argument.strip():
            await self.mistake("501 5.5.4 Your name is missing")
        else:
            self._greeted = True
            lines = [self.host, *self._keywords()] if verb == "EHLO" else [self.host]
            await self.say(*(f"250-{text}" for text in lines[:-1]), f"250 {lines[-1]}")

    def _keywords(self) -> list[str]:
        keywords = [f"SIZE {_SIZE}", "8BITMIME", "ENHANCEDSTATUSCODES"]
        if self.behaviour.pipelining:
            keywords.insert(0, "PIPELINING")
        if self.offers_starttls:
            keywords.append("STARTTLS")
        elif self.behaviour.starttls is StartTls.STRIPPED and not self.wire.inside_tls:
            keywords.append("XXXXXXXA")
        if self.mechanisms:
            keywords.append(f"AUTH {' '.join(self.mechanisms)}")
        return keywords

    async def _starttls(self, argument: str) -> None:
        await self.reach(Stage.STARTTLS)
        if argument:
            await self.mistake("501 5.5.4 STARTTLS takes no argument")
        elif self.upgrades:
            await self.upgrade("220 2.0.0 Ready for TLS", "250 2.0.0 OK")
            self._greeted = False  # RFC 3207, section 4.2: what the client said is forgotten
        elif self.behaviour.starttls is StartTls.REFUSED and not self.wire.inside_tls:
            await self.say("454 4.7.0 TLS not available due to a local problem")
        else:
            await self.mistake("503 5.5.1 STARTTLS not available here")

    async def _auth(self, argument: str) -> None:
        await self.reach(Stage.SIGN_IN)
        name, _, initial = argument.partition(" ")
        objection = self._objection(name.upper())
        if objection:
            await self.mistake(objection)
        else:
            outcome = await self.conduct(name.upper(), initial or None)
            await self.conclude(outcome, _ANSWERS)

    def _objection(self, mechanism: str) -> str:
        if not self._greeted:
            return "503 5.5.1 Say EHLO first"
        if self.signed_in:
            return "503 5.5.1 Already signed in"
        if not self.allows_sign_in:
            return "530 5.7.0 Must issue a STARTTLS command first"
        if mechanism not in self.mechanisms:
            return "504 5.5.4 Mechanism not offered here"
        return ""

    async def _envelope(self, verb: str) -> None:
        await self.reach(Stage.SENDING)
        set_answer = dict(self.behaviour.envelope).get(verb)
        if set_answer:
            await self.say(set_answer)
        elif not self.signed_in:
            await self.say("530 5.7.0 Authentication required")
        elif verb == "DATA":
            await self._data()
        else:
            self._addressed = verb == "RCPT"
            await self.say("250 2.1.0 OK" if verb == "MAIL" else "250 2.1.5 OK")

    async def _data(self) -> None:
        if not self._addressed:
            await self.mistake("503 5.5.1 Sender and recipient come first")
            return
        self._addressed = False
        await self.say("354 Go on, end with a dot on a line of its own")
        content = await self._content()
        if self.behaviour.delivers:
            self.post_office.deliver(content)
        await self.say("250 2.0.0 Taken")

    async def _content(self) -> bytes:
        lines: list[bytes] = []
        size = 0
        while (line := await self.wire.read_line()) != b".":
            size += len(line)
            if size > _MESSAGE_LIMIT:
                raise HungUp("message too long")
            lines.append(line.removeprefix(b"."))
        return b"".join(line + b"\r\n" for line in lines)
