"""Which ways to sign in a server offers, in the words of the form."""

from __future__ import annotations

from mailcheck_gui.model.account import AuthMethod, Protocol, Security
from mailcheck_gui.model.observation import Capabilities
from mailcheck_gui.protocols.capabilities import LOGIN_COMMAND, OAUTH, only_oauth

_PASSWORD = frozenset({"PLAIN", "LOGIN", LOGIN_COMMAND, "USER"})

METHOD_NAMES = {
    AuthMethod.PASSWORD: "Normal password",
    AuthMethod.ENCRYPTED_PASSWORD: "Encrypted password",
    AuthMethod.OAUTH2: "OAuth2",
    AuthMethod.NONE: "None",
}
"""The entries of the form's Sign-in box."""


def methods_offered(
    capabilities: Capabilities, protocol: Protocol, security: Security
) -> frozenset[AuthMethod]:
    """Return the methods that a server offers inside TLS.

    POP3 without CAPA still takes USER and PASS (RFC 1939, section 7). APOP counts only on
    implicit TLS: its timestamp comes with the greeting, which STLS leaves unprotected.
    """
    if only_oauth(capabilities):
        return frozenset({AuthMethod.OAUTH2})
    mechanisms = frozenset(capabilities.mechanisms)
    methods = set()
    if mechanisms & _PASSWORD or (protocol is Protocol.POP3 and not capabilities.answered):
        methods.add(AuthMethod.PASSWORD)
    if "CRAM-MD5" in mechanisms:
        methods.add(AuthMethod.ENCRYPTED_PASSWORD)
    if "APOP" in mechanisms and security is Security.IMPLICIT_TLS:
        methods.add(AuthMethod.ENCRYPTED_PASSWORD)
    if mechanisms & OAUTH:
        methods.add(AuthMethod.OAUTH2)
    return frozenset(methods)


def listed(capabilities: Capabilities) -> str:
    """Return the offered mechanisms for a sentence."""
    return ", ".join(capabilities.mechanisms)
