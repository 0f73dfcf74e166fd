"""Why a server did not let a side in: one cause for each side, the best that the evidence carries.

Precedence:

1. Everything that is listed is OAuth: no password was sent at all.
2. The server's own codes and words (`diagnosis.replies`, in the order of that table).
3. Incoming mail took the same user name and password: sending is switched off.
4. What the catalogue knows of the provider: nothing but OAuth, a password of its own, a switch.
5. Nothing better: `sign-in-failed`.

What is concluded from the catalogue or from the other side is likely, never certain.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.reading import tls_capabilities
from mailcheck_gui.diagnosis.replies import sign_in_row
from mailcheck_gui.diagnosis.rules.typed import provider_behind
from mailcheck_gui.diagnosis.sides import Side, side_of
from mailcheck_gui.model.account import AuthMethod, Protocol, Role
from mailcheck_gui.model.finding import Confidence, PreparationStep, Provider
from mailcheck_gui.model.observation import Capabilities, SignInObservation, SignInResult
from mailcheck_gui.protocols.capabilities import only_oauth

_NOT_LET_IN = (SignInResult.REFUSED, SignInResult.TEMPORARY)

_STEP_CAUSES = {
    "app-password": "app-password-required:documented",
    "mail-password": "app-password-required:mail-password",
    "protocol-switch": "protocol-disabled:documented",
    "smtp-switch": "smtp-sign-in-disabled:documented",
}
"""What a bare refusal means at a provider that documents a step of this kind, best first."""

_FOR_TOKENS = frozenset({"protocol-switch", "smtp-switch"})
"""Steps that are also missing where a token was refused."""

_NOT_ABOUT_CREDENTIALS = frozenset({"mailbox-in-use", "sign-in-temporarily-unavailable"})


@dataclass(frozen=True, slots=True)
class SignInCause:
    """Why a side was not let in: the code of a finding with the variant of its words.

    `provider` and `step` are set where the catalogue led to it.
    """

    code: str
    variant: str = ""
    confidence: Confidence = Confidence.CERTAIN
    provider: Provider | None = None
    step: PreparationStep | None = None

    @property
    def decides(self) -> bool:
        """Whether the server has judged the credentials at all."""
        return self.code not in _NOT_ABOUT_CREDENTIALS


def sign_in_cause(case: Case, side: Side) -> SignInCause | None:
    """Return why the server did not let a side in; None where it did or was not asked."""
    tried = side.sign_in
    if only_oauth_here(side) and side.server.auth not in (AuthMethod.OAUTH2, AuthMethod.NONE):
        return _implied_oauth(side)
    if tried is None or tried.result not in _NOT_LET_IN:
        return None
    row = sign_in_row(tried.reply, tried.codes)
    if row is not None:
        code, _, variant = row.cause.partition(":")
        return SignInCause(code, variant, Confidence.CERTAIN if row.sure else Confidence.LIKELY)
    if tried.result is SignInResult.TEMPORARY:
        return SignInCause("sign-in-temporarily-unavailable")
    return _sharpened(case, side, tried) or SignInCause("sign-in-failed")


def _implied_oauth(side: Side) -> SignInCause:
    """IMAP's LOGIN is implied, not listed: beside it, OAuth alone is only likely."""
    offered = offered_inside(side)
    implied = offered is not None and "LOGIN-COMMAND" in offered.mechanisms
    return SignInCause(
        "oauth-required", confidence=Confidence.LIKELY if implied else Confidence.CERTAIN
    )


def _sharpened(case: Case, side: Side, tried: SignInObservation) -> SignInCause | None:
    """Return what else is known about a refusal without words of its own."""
    if _incoming_took_the_same(case, side):
        return SignInCause("smtp-sign-in-disabled", "incoming-works", Confidence.LIKELY)
    provider = provider_behind(case, side.server)
    if provider is None:
        return None
    token = side.server.auth is AuthMethod.OAUTH2
    if not token and _documents_only_oauth(provider, side):
        return SignInCause("oauth-required", "documented", Confidence.LIKELY, provider)
    for kind, cause in _STEP_CAUSES.items():
        step = next((s for s in provider.preparation if s.kind == kind), None)
        wrong_side = kind == "smtp-switch" and tried.endpoint.protocol is not Protocol.SMTP
        if step is None or wrong_side or (token and kind not in _FOR_TOKENS):
            continue
        code, _, variant = cause.partition(":")
        return SignInCause(code, variant, Confidence.LIKELY, provider, step)
    return None


def _incoming_took_the_same(case: Case, side: Side) -> bool:
    """Whether incoming mail accepted the very user name and password that sending refused."""
    if side.role is not Role.OUTGOING or not case.passwords.shared:
        return False
    incoming = side_of(case, Role.INCOMING)
    if incoming is None or incoming.sign_in is None:
        return False
    return incoming.sign_in.result is SignInResult.ACCEPTED


def _documents_only_oauth(provider: Provider, side: Side) -> bool:
    documented = [
        server.auth
        for server in provider.servers
        if server.host == side.server.ascii_host and server.protocol is side.server.protocol
    ]
    return bool(documented) and all(auth == (AuthMethod.OAUTH2,) for auth in documented)


def only_oauth_here(side: Side) -> bool:
    """Whether the configured port offers nothing but OAuth inside verified TLS."""
    offered = offered_inside(side)
    return offered is not None and only_oauth(offered)


def offered_inside(side: Side) -> Capabilities | None:
    """Return what the configured port offers inside verified TLS."""
    if side.main is None or not side.verified:
        return None
    offered = tls_capabilities(side.main, side.server.security)
    if offered is None or (not offered.answered and side.server.protocol is not Protocol.POP3):
        return None
    return offered
