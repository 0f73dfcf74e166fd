"""The servers that misbehave: one process that plays every script of the table of hosts.

Each sign-in is noted on standard output as `sign-in protocol=PROTOCOL user=ADDRESS`.

    python -m maillab.scripted
"""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
import struct
import sys
from email.utils import formatdate

from maillab import web
from maillab.accounts import mailboxes
from maillab.certificates import INTERMEDIATE_FILE
from maillab.daemon import Daemon, certificate_files
from maillab.hosts import places
from maillab.password_server import serve_passwords
from maillab.personality import Oddity, Place, Say, Script, StartTls, Talk
from maillab.places import INSIDE
from maillab.resolvers import RESOLVERS

_CONVERSATION_LIMIT = 120.0
_READ_SIZE = 4096
_HANDSHAKE_FAILURE = bytes((0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 40))
_HTTP_ANSWER = b"HTTP/1.1 400 Bad Request\r\nServer: lab\r\nConnection: close\r\n\r\n"

_WEB = (Oddity.WEB, Oddity.WEB_TLS, Oddity.WEB_PARKED)

_GREETINGS = {
    "imap": "* OK IMAP4rev1 scripted server",
    "pop3": "+OK scripted server",
    "smtp": "220 scripted.example.test ESMTP",
}
_INJECTED = {
    "imap": "* CAPABILITY IMAP4rev1 AUTH=PLAIN",
    "pop3": "+OK injected",
    "smtp": "250 AUTH PLAIN",
}


def scripted() -> Daemon:
    """Return how to start the process; it listens wherever a host has a script."""
    return Daemon(
        "scripted",
        (sys.executable, "-m", "maillab.scripted"),
        "servers",
        tuple(
            (address, port)
            for place in places()
            for port in place.host.scripts
            for address in place.addresses
        ),
    )


async def main() -> None:
    """Serve until the lab ends. Who waits for the ports may ask all the rest by then."""
    await serve_passwords()
    loop = asyncio.get_running_loop()
    for address, resolver in RESOLVERS.items():
        await loop.create_datagram_endpoint(resolver, (address, 53))
    for place in places():
        for port, script in place.host.scripts.items():
            for address in place.addresses:
                await _serve(place, address, port, script)
    await asyncio.Event().wait()


async def _serve(place: Place, address: str, port: int, script: Script) -> None:
    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_CONVERSATION_LIMIT):
                if script is Oddity.CLIENT_CERTIFICATE:
                    await _demand_certificate(_tls_context(place, address), reader, writer)
                else:
                    await _play(script, reader, writer)
        except (OSError, TimeoutError, ValueError, EOFError):
            return  # the client is gone, or said too much
        finally:
            writer.close()

    implicit = script is Oddity.WEB_TLS or (isinstance(script, Talk) and script.tls)
    context = _tls_context(place, address) if implicit else None
    await asyncio.start_server(converse, address, port, backlog=100, ssl=context)


def _tls_context(place: Place, address: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    label = place.host.label
    own = f"{label}-6" if ":" in address else label
    context.load_cert_chain(*certificate_files(own if own in place.host.certificates else label))
    return context


async def _demand_certificate(
    context: ssl.SSLContext, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Shake hands and end with the alert certificate_required (RFC 8446 section 6.2).

    By hand, since asyncio drops the alert of a handshake that failed.
    """
    context.verify_mode = ssl.CERT_REQUIRED
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(incoming, outgoing, server_side=True)
    while heard := await reader.read(_READ_SIZE):
        incoming.write(heard)
        try:
            tls.do_handshake()
        except ssl.SSLWantReadError:
            writer.write(outgoing.read())
        except ssl.SSLError:
            writer.write(outgoing.read())
            writer.write_eof()


async def _play(script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if isinstance(script, Say):
        await _Conversation(reader, writer).say(script.line)
    elif isinstance(script, Talk):
        await _Conversation(reader, writer).talk(script)
    elif script in _WEB:
        await web.answer(reader, writer, parked=script is Oddity.WEB_PARKED)
    else:
        await _be_odd(script, reader, writer)


async def _be_odd(
    oddity: Oddity, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    if oddity is Oddity.RESET:
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        return
    if oddity is Oddity.SSH:
        writer.write(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
    heard = await reader.read(_READ_SIZE)
    answers = {
        Oddity.HTTP: _HTTP_ANSWER,
        Oddity.TLS_ALERT: _HANDSHAKE_FAILURE,
        Oddity.ISSUERS: _issuers_answer(),
    }
    if heard and oddity in answers:
        writer.write(answers[oddity])
    elif heard:
        await reader.read(-1)  # silent until the client gives up
    await writer.drain()


def _issuers_answer() -> bytes:
    """Return the intermediate's certificate as a web server sends it, whatever was asked for."""
    body = (INSIDE / "certificates" / INTERMEDIATE_FILE).read_bytes()
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\n"
        f"Date: {formatdate(usegmt=True)}\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode("ascii") + body


class _Conversation:
    """One session of a scripted mail server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def say(self, *lines: str) -> None:
        """Send lines in one segment."""
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self._writer.drain()

    async def talk(self, talk: Talk) -> None:
        """Greet and answer commands until the client leaves."""
        await self.say(talk.greeting or _GREETINGS[talk.protocol])
        async for line in self._reader:
            words = line.decode("utf-8", "replace").split()
            tag = words.pop(0) if talk.protocol == "imap" and words else ""
            verb = words[0].upper() if words else ""
            if talk.hang_up:
                return
            if verb in ("AUTH", "AUTHENTICATE"):
                await self._sign_in(talk, tag, words[1:])
            elif verb in ("STARTTLS", "STLS") and talk.starttls is StartTls.INJECTED:
                await self.say(_positive(talk, tag), _INJECTED[talk.protocol])
            else:
                await self.say(*_answer(talk, tag, verb))
            if verb in ("QUIT", "LOGOUT"):
                return

    async def _sign_in(self, talk: Talk, tag: str, words: list[str]) -> None:
        """Take XOAUTH2 (user and bearer token) and note the attempt."""
        mechanism = words[0].upper() if words else ""
        if mechanism != "XOAUTH2":
            await self.say(_negative(talk, tag, "no such mechanism"))
            return
        if len(words) < 2:
            await self.say("334 " if talk.protocol == "smtp" else "+ ")
            words.append((await self._reader.readline()).decode().strip())
        reply = base64.b64decode(words[1]).decode()
        user = reply.partition("\x01")[0].removeprefix("user=")
        sys.stdout.write(f"sign-in protocol={talk.protocol} user={user}\n")
        sys.stdout.flush()
        good = {f"user={box.address}\x01auth=Bearer {box.password}\x01\x01" for box in mailboxes()}
        if reply in good:
            await self.say("235 2.7.0 signed in" if talk.protocol == "smtp" else f"{tag} OK done")
        else:
            await self.say(_negative(talk, tag, "bad token"))


def _answer(talk: Talk, tag: str, verb: str) -> list[str]:
    """Return the reply to a command that needs no state."""
    if verb in ("EHLO", "CAPABILITY", "CAPA"):
        return _capabilities(talk, tag)
    if verb == "LOGOUT":
        return ["* BYE bye", f"{tag} OK done"]
    if verb in ("QUIT", "NOOP"):
        return [{"smtp": "221 2.0.0 bye", "pop3": "+OK bye"}.get(talk.protocol, f"{tag} OK done")]
    if verb in ("STARTTLS", "STLS"):
        refusals = {"smtp": "454 4.7.0 TLS not available", "pop3": "-ERR TLS not available"}
        return [refusals.get(talk.protocol, f"{tag} NO TLS not available")]
    return [_negative(talk, tag, "command not understood")]


def _capabilities(talk: Talk, tag: str) -> list[str]:
    offered = talk.starttls in (StartTls.REFUSED, StartTls.INJECTED)
    if talk.protocol == "imap":
        words = ["IMAP4rev1", *(["STARTTLS", "LOGINDISABLED"] if offered else [])]
        words += [f"AUTH={name}" for name in talk.mechanisms]
        return [f"* CAPABILITY {' '.join(words)}", f"{tag} OK done"]
    if talk.protocol == "pop3":
        return ["+OK", "TOP", "UIDL", *(["STLS"] if offered else ["USER"]), "."]
    lines = ["PIPELINING", *(["STARTTLS"] if offered else [])]
    if talk.starttls is StartTls.MASKED:
        lines.append("XXXXXXXA")
    if talk.mechanisms:
        lines.append(f"AUTH {' '.join(talk.mechanisms)}")
    return ["250-scripted.example.test", *(f"250-{line}" for line in lines), "250 8BITMIME"]


def _positive(talk: Talk, tag: str) -> str:
    return {"smtp": "220 2.0.0 go ahead", "pop3": "+OK go ahead"}.get(
        talk.protocol, f"{tag} OK go ahead"
    )


def _negative(talk: Talk, tag: str, text: str) -> str:
    return {"smtp": f"502 5.5.2 {text}", "pop3": f"-ERR {text}"}.get(
        talk.protocol, f"{tag} BAD {text}"
    )


if __name__ == "__main__":
    asyncio.run(main())
