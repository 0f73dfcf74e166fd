"""A network that keeps every byte that leaves, and finds credentials among them in any encoding.

Outside TLS the bytes are read as they cross the wire. Inside TLS they are read where Python's
`ssl` takes them, together with what that session verified: nothing here trusts Mailcheck's word.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote
from weakref import WeakKeyDictionary

from mailcheck_gui.model.account import Credential, Credentials, Role
from mailcheck_gui.model.dns import RecordKind, RecordsObservation
from mailcheck_gui.model.observation import ConnectObservation, NameObservation, NetworkFacts
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected, Connection, Network

SHORTEST = 5
"""Bytes of the shortest form that is searched for: shorter ones occur in any random bytes."""

_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME
SIGN_IN_COMMAND = re.compile(rb"(?:\S+ )?(?:AUTH|AUTHENTICATE|LOGIN|USER|APOP) ", re.IGNORECASE)
_OTHER_COMMAND = re.compile(
    rb"(?:A\d+ )?(?:EHLO|HELO|CAPA|CAPABILITY|STARTTLS|STLS|MAIL|RCPT|RSET|NOOP|QUIT|LOGOUT)\b",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(rb"(?:334|\+) ([A-Za-z0-9+/=]+)\r?\n")
_TIMESTAMP = re.compile(rb"<[^<>\s]+>")


@dataclass
class TlsTalk:
    """What went through one TLS session of ours, and what the session had verified by then."""

    host: str
    messages: list[bytes] = field(default_factory=list)
    heard: bytearray = field(default_factory=bytearray)
    verified: bool = True

    @property
    def role(self) -> Role:
        """The side that this talk belongs to: only SMTP says EHLO or HELO."""
        return (
            Role.OUTGOING
            if re.search(rb"\b(EHLO|HELO) ", b"".join(self.messages))
            else (Role.INCOMING)
        )


def watched(base: type[ssl.SSLObject], talks: list[TlsTalk]) -> type[ssl.SSLObject]:
    """Return a class of TLS sessions that keeps what this side writes and reads as a client."""
    mine: WeakKeyDictionary[ssl.SSLObject, TlsTalk] = WeakKeyDictionary()  # recorders may nest

    def talk_of(session: ssl.SSLObject) -> TlsTalk:
        if session not in mine:
            mine[session] = TlsTalk(session.server_hostname or "")
            talks.append(mine[session])
        return mine[session]

    class WatchedSession(base):  # type: ignore[misc, valid-type]
        def write(self, data: bytes) -> int:
            if not self.server_side:
                talk = talk_of(self)
                talk.messages.append(bytes(data))
                talk.verified = talk.verified and verifies(self.context)
            return super().write(data)

        def read(self, *size: int) -> bytes:
            data: bytes = super().read(*size)
            if not self.server_side:
                talk_of(self).heard.extend(data)
            return data

    return WatchedSession


def verifies(context: ssl.SSLContext) -> bool:
    """Whether sessions of a context checked chain, name and times."""
    return (
        context.verify_mode == ssl.CERT_REQUIRED
        and context.check_hostname
        and not context.verify_flags & _NO_CHECK_TIME
    )


class RecordedConnection:
    """A connection whose bytes are kept, and whose end is told."""

    def __init__(
        self,
        connection: Connection,
        sent: bytearray,
        heard: bytearray,
        on_close: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._sent = sent
        self._heard = heard
        self._on_close: Callable[[], None] | None = on_close

    @property
    def local_address(self) -> str:
        return self._connection.local_address

    async def send(self, data: bytes, deadline: Deadline) -> None:
        self._sent += data
        await self._connection.send(data, deadline)

    async def receive(self, deadline: Deadline) -> bytes:
        data = await self._connection.receive(deadline)
        self._heard += data
        return data

    async def close(self) -> None:
        tell, self._on_close = self._on_close, None
        if tell is not None:
            tell()
        await self._connection.close()


class RecordingNetwork:
    """Passes everything on to another network.

    `sent` and `heard` have one entry for each connection, `inside` one for each TLS session,
    `names` one for each look-up. `most_open` is the largest number of connections that were
    open, or opening, at once.
    """

    def __init__(
        self, network: Network, on_connect: Callable[[str, int], None] = lambda _a, _p: None
    ) -> None:
        self._network = network
        self._on_connect = on_connect
        self.sent: list[tuple[str, int, bytearray]] = []
        self.heard: list[bytearray] = []
        self.inside: list[TlsTalk] = []
        self.names: list[str] = []
        self.open = 0
        self.most_open = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._network, name)

    async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
        self.names.append(host)
        return await self._network.resolve(host, deadline)

    async def records(self, name: str, kind: RecordKind, deadline: Deadline) -> RecordsObservation:
        self.names.append(name)
        return await self._network.records(name, kind, deadline)

    async def connect(
        self, address: str, port: int, deadline: Deadline
    ) -> Connected | ConnectObservation:
        self._on_connect(address, port)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            result = await self._network.connect(address, port, deadline)
        except BaseException:
            self._closed()
            raise
        if not isinstance(result, Connected):
            self._closed()
            return result
        sent, heard = bytearray(), bytearray()
        self.sent.append((address, port, sent))
        self.heard.append(heard)
        recorded = RecordedConnection(result.connection, sent, heard, self._closed)
        return Connected(recorded, result.observation)

    def _closed(self) -> None:
        self.open -= 1

    def client_context(
        self, *, check_times: bool = True, check_name: bool = True
    ) -> ssl.SSLContext:
        context = self._network.client_context(check_times=check_times, check_name=check_name)
        base = vars(context).get("sslobject_class", ssl.SSLObject)
        context.sslobject_class = watched(base, self.inside)
        return context

    async def facts(self) -> NetworkFacts:
        return await self._network.facts()

    def bytes_to(self, port: int) -> list[bytes]:
        """Return what was sent over each connection to a port."""
        return [bytes(sent) for _, at, sent in self.sent if at == port]


# -- what a reader of the wire would look for ------------------------------------------------


def forms_of(credential: Credential) -> tuple[bytes, ...]:
    """Return a secret in every encoding in which it could be written."""
    return tuple(dict.fromkeys(form for form in _encoded(credential.secret) if _is_telling(form)))


def name_forms_of(credential: Credential) -> tuple[bytes, ...]:
    """Return a user name in every encoding; one that is no address may be any word."""
    name = credential.username
    return tuple(filter(_is_telling, _encoded(name))) if "@" in name else ()


def digests_of(credential: Credential, heard: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return what CRAM-MD5 and APOP would make of a secret and the challenges that came."""
    secret = credential.secret.encode()
    found: list[bytes] = []
    for said in heard:
        challenges = [_from_base64(match[1]) for match in _CHALLENGE.finditer(said)]
        for challenge in (*challenges, *_TIMESTAMP.findall(said)):
            found.append(hmac.new(secret, challenge, hashlib.md5).hexdigest().encode())
            found.append(hashlib.md5(challenge + secret).hexdigest().encode())
    return tuple(form for digest in found for form in (digest, *_base64_cores(digest)))


def _encoded(text: str) -> Iterator[bytes]:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')  # IMAP's quoted string, JSON's
    for spelled in dict.fromkeys((text, escaped)):
        for encoding in ("utf-8", "utf-16-le", "latin-1"):
            raw = spelled.encode(encoding, "replace")
            yield from (raw, raw.hex().encode(), raw.hex().upper().encode(), *_base64_cores(raw))
    percent = quote(text, safe="")
    yield from (percent.encode(), percent.lower().encode(), quote(text).encode())


def _base64_cores(raw: bytes) -> Iterator[bytes]:
    """Yield what base64 makes of bytes wherever they begin among others, at all three places."""
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + raw)
        core = encoded[-(-8 * shift // 6) : 8 * (shift + len(raw)) // 6]
        yield core
        yield core.translate(bytes.maketrans(b"+/", b"-_"))


def _from_base64(text: bytes) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return text


def _is_telling(form: bytes) -> bool:
    return len(form) >= SHORTEST


def assert_nothing_readable(network: RecordingNetwork, *credentials: Credential) -> None:
    """Fail where a credential left outside TLS."""
    for credential in credentials:
        assert list(readable(network, credential)) == []


def readable(network: RecordingNetwork, credential: Credential) -> Iterator[str]:
    """Yield where something of a credential was sent in the clear, or asked of a resolver."""
    forms = (*forms_of(credential), *name_forms_of(credential))
    for (address, port, sent), heard in zip(network.sent, network.heard, strict=True):
        if _holds(sent, (*forms, *digests_of(credential, [bytes(heard)]))):
            yield f"a credential in the clear to {address} port {port}"
    for name in network.names:
        if _holds(name.encode(), forms_of(credential)):
            yield "a credential in a look-up"


def _holds(data: bytes | bytearray, forms: Iterable[bytes]) -> bool:
    return any(form in data for form in forms)


# -- one run ---------------------------------------------------------------------------------


@dataclass
class WatchedRun:
    """One run of the probe or the engine: what it may use, where, and what left this computer."""

    credentials: Credentials
    hosts: frozenset[str]
    network: RecordingNetwork

    @property
    def given(self) -> tuple[Credential, ...]:
        """Each credential once."""
        both = (self.credentials.incoming, self.credentials.outgoing)
        return tuple(dict.fromkeys(credential for credential in both if credential is not None))

    def problems(self) -> list[str]:
        """Return every broken promise about credentials."""
        found = [problem for each in self.given for problem in readable(self.network, each)]
        for talk in self.network.inside:
            found += self._misplaced(talk)
        return [*found, *self._overspent()]

    def _misplaced(self, talk: TlsTalk) -> Iterator[str]:
        for credential in self.given:
            if not bears(talk, b"".join(talk.messages), credential):
                continue
            if not talk.verified:
                yield f"a credential inside unverified TLS to {talk.host}"
            if talk.host not in self.hosts:
                yield f"a credential to {talk.host}, which was not entered"
            if credential != self.credentials.of(talk.role):
                yield f"the credential of the other side to {talk.host}"

    def _overspent(self) -> Iterator[str]:
        for role in (Role.INCOMING, Role.OUTGOING):
            credential = self.credentials.of(role)
            mine = [talk for talk in self.network.inside if talk.role is role]
            if credential is None:
                continue
            count = sum(exchanges(talk, credential) for talk in mine)
            if count > 1:
                yield f"{count} exchanges with a credential on the {role} side"


def exchanges(talk: TlsTalk, credential: Credential) -> int:
    """Return how many sign-ins of a talk held something of a credential.

    A secret outside a sign-in counts as one of its own; a user name there does not (MAIL FROM).
    """
    bearing: list[bool] = []
    signing_in = False
    for message in talk.messages:
        if SIGN_IN_COMMAND.match(message):
            bearing.append(False)
            signing_in = True
        elif _OTHER_COMMAND.match(message):
            signing_in = False
        if signing_in:
            bearing[-1] = bearing[-1] or bears(talk, message, credential, with_name=True)
        elif bears(talk, message, credential):
            bearing.append(True)
    return sum(bearing)


def bears(
    talk: TlsTalk, message: bytes, credential: Credential, *, with_name: bool = False
) -> bool:
    """Whether a message of a talk holds a secret, what is derived from it, or the user name."""
    names = name_forms_of(credential) if with_name else ()
    forms = (*forms_of(credential), *digests_of(credential, [bytes(talk.heard)]), *names)
    return _holds(message, forms)
