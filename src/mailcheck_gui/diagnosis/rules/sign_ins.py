"""Which ways to sign in there are, and why none was tried."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.methods import METHOD_NAMES, listed, methods_offered
from mailcheck_gui.diagnosis.reading import plain_capabilities, starttls_of
from mailcheck_gui.diagnosis.rules.advice import proven_way
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.diagnosis.sign_in_cause import offered_inside
from mailcheck_gui.diagnosis.texts.sign_in import BROWSER_SIGN_IN, NOT_TESTED
from mailcheck_gui.model.account import AuthMethod, Field, Security
from mailcheck_gui.model.finding import Finding, Message
from mailcheck_gui.model.observation import (
    Capabilities,
    NotTestedReason,
    SignInResult,
    StartTlsOutcome,
)
from mailcheck_gui.protocols.capabilities import only_oauth


def sign_in_method_unsupported(case: Case) -> Iterator[Finding]:
    """The chosen method is not offered after encryption started."""
    for side in given_sides(case):
        offered = offered_inside(side)
        wanted = side.server.auth
        if offered is None or wanted is AuthMethod.NONE or not side.verified:
            continue
        methods = methods_offered(offered, side.server.protocol, side.server.security)
        if wanted in methods or (only_oauth(offered) and wanted is not AuthMethod.OAUTH2):
            continue
        variant = _way_to_choose(methods)
        yield make_finding(
            "sign-in-method-unsupported",
            side.role,
            variant=variant,
            endpoint=side.endpoint,
            field=Field.AUTH,
            values={**side.values, "method": METHOD_NAMES[wanted], "offered": listed(offered)},
            remedy=proven_way(side) if variant == "nothing" else None,
            facts={"wanted": wanted.value, "offered": listed(offered)},
            quote=offered.raw,
        )


def _way_to_choose(methods: frozenset[AuthMethod]) -> str:
    for method in (AuthMethod.PASSWORD, AuthMethod.ENCRYPTED_PASSWORD):
        if method in methods:
            return method.value
    return "" if methods else "nothing"


def sign_in_needs_encryption(case: Case) -> Iterator[Finding]:
    """LOGINDISABLED on a connection that was to be encrypted and stays in plain text.

    Where no encryption is set, `plaintext-password` is the cause and this would only repeat it.
    """
    for side in given_sides(case):
        offered = plain_capabilities(side.main) if side.main else None
        if offered is None or side.server.auth is AuthMethod.NONE:
            continue
        if not _waits_for_encryption(side, offered):
            continue
        yield make_finding(
            "sign-in-needs-encryption",
            side.role,
            variant="" if offered.starttls else "unavailable",
            endpoint=side.endpoint,
            field=Field.SECURITY,
            values=side.values,
            remedy=proven_way(side),
            quote=offered.raw,
        )


def _waits_for_encryption(side: Side, offered: Capabilities) -> bool:
    """Whether the server says no to a sign-in in plain text, and no encryption came about."""
    missing = side.main is not None and starttls_of(side.main) is StartTlsOutcome.NOT_OFFERED
    return side.server.security is Security.STARTTLS and missing and offered.login_disabled


def sign_in_not_tested(case: Case) -> Iterator[Finding]:
    """No password, or no verified encrypted way to send it."""
    for side in given_sides(case):
        if not was_not_tested(side):
            continue
        why, remedy = why_not_tested(side)
        reason = side.sign_in.reason if side.sign_in else None
        yield make_finding(
            "sign-in-not-tested",
            side.role,
            endpoint=side.endpoint,
            values=side.values,
            explanation=why,
            remedy=remedy,
            facts={"reason": reason.value if reason else ""},
        )


def was_not_tested(side: Side) -> bool:
    """Whether a side wants a sign-in and none was tried."""
    if side.server.auth is AuthMethod.NONE:
        return False
    return side.sign_in is None or side.sign_in.result is SignInResult.NOT_TESTED


def why_not_tested(side: Side) -> tuple[Message, Message]:
    """Return why no sign-in was tried, and what would allow it."""
    reason = side.sign_in.reason if side.sign_in else None
    if reason is NotTestedReason.NO_PASSWORD and side.server.auth is AuthMethod.OAUTH2:
        return BROWSER_SIGN_IN
    return NOT_TESTED[reason]
