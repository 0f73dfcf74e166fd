"""SASL mechanisms, client side: challenges in, responses out. Nothing here knows a wire format.

A response of None means: this challenge is not one that the mechanism expects. The exchange is
then cancelled, so that no server can talk a secret out of us (RFC 4422, section 3.5).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol as Interface

from mailcheck_gui.model.account import Credential, holds_control
from mailcheck_gui.protocols.errors import LocalProtocolError


@dataclass(frozen=True, slots=True)
class Secret:
    """A credential as bytes, known to hold nothing that could end a line. Never shown.

    It is sent as it was typed, in UTF-8: mail programs do not normalise passwords either, and a
    check that did (SASLprep) would succeed where the program fails.
    """

    user: bytes = field(repr=False)
    secret: bytes = field(repr=False)

    @classmethod
    def of(cls, credential: Credential) -> Secret:
        """Encode a credential. Raises LocalProtocolError for control characters in it."""
        for text in (credential.username, credential.secret):
            if holds_control(text):
                raise LocalProtocolError("a control character in user name or secret")
        return cls(credential.username.encode(), credential.secret.encode())


class SaslClient(Interface):
    """One run of a mechanism. It is used up by it."""

    name: str
    error_detail: bytes
    """What the server explained in a challenge; empty where the mechanism knows no such thing."""

    def respond(self, challenge: bytes | None) -> bytes | None:
        """Return the response to a decoded challenge (None: it was no base64).

        Return None where the challenge is not expected. An initial response is the response to
        the empty challenge (RFC 4422, section 5).
        """


class ClientFirst:
    """A mechanism of one message, in which the client speaks first: PLAIN."""

    error_detail = b""

    def __init__(self, name: str, message: bytes) -> None:
        self.name = name
        self._message: bytes | None = message

    def respond(self, challenge: bytes | None) -> bytes | None:
        """Return the message, once, for the empty challenge."""
        if challenge != b"":
            return None
        message, self._message = self._message, None
        return message


class XOAuth2(ClientFirst):
    """XOAUTH2 with a given token (Google's and Microsoft's description; there is no RFC).

    A refusal comes in two parts: a challenge with the reason as JSON, which wants an empty
    response, then the refusal itself.
    """

    def __init__(self, secret: Secret) -> None:
        message = b"user=%b\x01auth=Bearer %b\x01\x01" % (secret.user, secret.secret)
        super().__init__("XOAUTH2", message)

    def respond(self, challenge: bytes | None) -> bytes | None:
        """Return the message, later the empty response to the one challenge with the reason."""
        if challenge and self._message is None and not self.error_detail:
            self.error_detail = challenge
            return b""
        return super().respond(challenge)


class Login:
    """LOGIN (draft-murchison-sasl-login): the user name, then the password.

    What the two challenges say differs from server to server, some even send it unencoded: it is
    not looked at.
    """

    name = "LOGIN"
    error_detail = b""

    def __init__(self, secret: Secret) -> None:
        self._answers = iter((secret.user, secret.secret))

    def respond(self, challenge: bytes | None) -> bytes | None:  # noqa: ARG002
        """Return the user name, then the password, then None."""
        return next(self._answers, None)


class CramMd5:
    """CRAM-MD5 (RFC 2195): a keyed digest of the server's challenge."""

    name = "CRAM-MD5"
    error_detail = b""

    def __init__(self, secret: Secret) -> None:
        self._secret: Secret | None = secret

    def respond(self, challenge: bytes | None) -> bytes | None:
        """Return user name and digest for the first challenge; an empty one is no challenge."""
        if not challenge or self._secret is None:
            return None
        secret, self._secret = self._secret, None
        digest = hmac.new(secret.secret, challenge, hashlib.md5).hexdigest()
        return secret.user + b" " + digest.encode()


def plain(secret: Secret) -> ClientFirst:
    """Return PLAIN (RFC 4616), without an authorisation identity."""
    return ClientFirst("PLAIN", b"\0%b\0%b" % (secret.user, secret.secret))


_CLIENTS: dict[str, Callable[[Secret], SaslClient]] = {
    "PLAIN": plain,
    "LOGIN": Login,
    "CRAM-MD5": CramMd5,
    "XOAUTH2": XOAuth2,
}


def sasl_client(name: str, secret: Secret) -> SaslClient:
    """Return a run of a mechanism. Raises KeyError for one that this module does not speak."""
    return _CLIENTS[name](secret)
