"""Words that reports share with the form: sides, fields, encryption, sign-in, proofs."""

from __future__ import annotations

from collections.abc import Callable

from mailcheck_gui.model.account import AuthMethod, Field, Protocol, Role, Security, Server
from mailcheck_gui.model.finding import Message, Proof, message
from mailcheck_gui.model.quoting import visible_text

Translate = Callable[[str], str]
"""Turns an English template into another language; `untranslated` is the identity."""


def untranslated(template: str) -> str:
    """Return the template as it is: English."""
    return template


def say(sentence: Message, translate: Translate) -> str:
    """Return a sentence with its values put in, every control character made visible."""
    return visible_text(sentence.fill(translate(sentence.template)))


ENCRYPTION = {
    Security.IMPLICIT_TLS: message("SSL/TLS"),
    Security.STARTTLS: message("STARTTLS"),
    Security.NONE: message("None"),
}

SIGN_IN = {
    AuthMethod.PASSWORD: message("Normal password"),
    AuthMethod.ENCRYPTED_PASSWORD: message("Encrypted password"),
    AuthMethod.OAUTH2: message("OAuth2"),
    AuthMethod.NONE: message("No sign-in"),
}

FIELDS = {
    Field.EMAIL: message("E-mail address"),
    Field.PROTOCOL: message("Type"),
    Field.HOST: message("Server"),
    Field.PORT: message("Port"),
    Field.SECURITY: message("Encryption"),
    Field.AUTH: message("Sign-in"),
    Field.USERNAME: message("User name"),
    Field.PASSWORD: message("Password"),
}

PROOFS = {
    Proof.SIGNED_IN: message("signed in"),
    Proof.HANDSHAKE: message("handshake"),
    Proof.DOCUMENTED: message("documented"),
}

PROTOCOLS = {Protocol.IMAP: "IMAP", Protocol.POP3: "POP3", Protocol.SMTP: "SMTP"}

_SIDES = {
    Role.INCOMING: message("Incoming mail"),
    Role.OUTGOING: message("Outgoing mail"),
    Role.ACCOUNT: message("Account"),
}


def side_name(role: Role) -> Message:
    """Return the heading of a side."""
    return _SIDES[role]


def field_values(server: Server, translate: Translate) -> dict[Field, str]:
    """Return the values of a server as the form shows them, in the form's order."""
    return {
        Field.PROTOCOL: PROTOCOLS[server.protocol],
        Field.HOST: server.host,
        Field.PORT: str(server.port),
        Field.SECURITY: say(ENCRYPTION[server.security], translate),
        Field.AUTH: say(SIGN_IN[server.auth], translate),
        Field.USERNAME: server.username,
    }


def field_path(role: Role, field: Field) -> str:
    """Return where a field stands in a settings file, such as `incoming.port`. Not translated."""
    return field.value if role is Role.ACCOUNT else f"{role.value}.{field.value}"
