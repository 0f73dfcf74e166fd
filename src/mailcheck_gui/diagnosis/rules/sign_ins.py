"""What became of the one sign-in of a side, and why it was not tried."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.methods import (
    METHOD_NAMES,
    listed,
    methods_offered,
    only_oauth,
)
from mailcheck_gui.diagnosis.reading import plain_capabilities, starttls_of, tls_capabilities
from mailcheck_gui.diagnosis.rules.advice import proven_way
from mailcheck_gui.diagnosis.rules.typed import provider_behind
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.diagnosis.texts.sign_in import BROWSER_SIGN_IN, NOT_TESTED
from mailcheck_gui.model.account import AuthMethod, Field, Protocol, Security
from mailcheck_gui.model.finding import Confidence, Finding, Message
from mailcheck_gui.model.observation import (
    Capabilities,
    NotTestedReason,
    SignInObservation,
    SignInResult,
    StartTlsOutcome,
)
from mailcheck_gui.protocols.capabilities import LOGIN_COMMAND

REFUSAL_TEXTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "oauth-required",
        re.compile(
            r"basic\s?auth(entication)? is (disabled|not supported)|BasicAuthBlocked|5\.7\.30\b",
            re.IGNORECASE,
        ),
    ),
)
"""Words of a refusal that name its cause, first match first. One row for each cause."""


def cause_of_refusal(case: Case, side: Side) -> str:
    """Return the code of the best reason for a refused sign-in; `sign-in-failed` is the last."""
    said = _said_cause(side)
    if said:
        return said
    return "oauth-required" if _is_documented_oauth(case, side) else "sign-in-failed"


def _said_cause(side: Side) -> str:
    """Return the code that the server's own words name, "" where they name none."""
    reply = side.sign_in.reply.decode("utf-8", "replace") if side.sign_in else ""
    return next((code for code, pattern in REFUSAL_TEXTS if pattern.search(reply)), "")


def sign_in_failed(case: Case) -> Iterator[Finding]:
    """The credentials were refused, and no better reason was found."""
    for side in given_sides(case):
        tried = side.sign_in
        if tried is None or not side.refused or cause_of_refusal(case, side) != "sign-in-failed":
            continue
        yield make_finding(
            "sign-in-failed",
            side.role,
            endpoint=tried.endpoint,
            field=Field.PASSWORD,
            values=side.values,
            facts=_sign_in_facts(tried),
            quote=tried.reply,
        )


def oauth_required(case: Case) -> Iterator[Finding]:
    """A password is set, and only OAuth is offered, or a refusal says or hints so."""
    for side in given_sides(case):
        if side.server.auth in (AuthMethod.OAUTH2, AuthMethod.NONE):
            continue
        offered = offered_inside(side)
        if offered is not None and only_oauth(offered):
            implied = LOGIN_COMMAND in offered.mechanisms
            confidence = Confidence.LIKELY if implied else Confidence.CERTAIN
            yield _oauth(side, "", confidence, {"offered": listed(offered)})
        elif side.refused and cause_of_refusal(case, side) == "oauth-required":
            yield _oauth_refusal(case, side)


def _oauth_refusal(case: Case, side: Side) -> Finding:
    if _said_cause(side):
        return _oauth(side, "said", Confidence.CERTAIN, {})
    provider = provider_behind(case, side.server)
    name = provider.name if provider else ""
    return _oauth(side, "documented", Confidence.LIKELY, {}, name)


def _oauth(
    side: Side,
    variant: str,
    confidence: Confidence,
    facts: dict[str, str],
    provider: str = "",
) -> Finding:
    return make_finding(
        "oauth-required",
        side.role,
        variant=variant,
        confidence=confidence,
        endpoint=side.endpoint,
        field=Field.AUTH,
        values={**side.values, "provider": provider},
        facts=facts,
        quote=side.sign_in.reply if side.sign_in else b"",
    )


def _is_documented_oauth(case: Case, side: Side) -> bool:
    """Whether the provider documents nothing but OAuth for this server."""
    provider = provider_behind(case, side.server)
    documented = [
        server.auth
        for server in (provider.servers if provider else ())
        if server.host == side.server.ascii_host and server.protocol is side.server.protocol
    ]
    return bool(documented) and all(auth == (AuthMethod.OAUTH2,) for auth in documented)


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


def sign_in_temporarily_unavailable(case: Case) -> Iterator[Finding]:
    """454, UNAVAILABLE, SYS/TEMP: the password was neither taken nor refused."""
    for side in given_sides(case):
        tried = side.sign_in
        if tried is not None and tried.result is SignInResult.TEMPORARY:
            yield make_finding(
                "sign-in-temporarily-unavailable",
                side.role,
                endpoint=tried.endpoint,
                values=side.values,
                facts=_sign_in_facts(tried),
                quote=tried.reply,
            )


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


def offered_inside(side: Side) -> Capabilities | None:
    """Return what the configured port offers inside verified TLS."""
    if side.main is None or not side.verified:
        return None
    offered = tls_capabilities(side.main, side.server.security)
    if offered is None or (not offered.answered and side.server.protocol is not Protocol.POP3):
        return None
    return offered


def _sign_in_facts(tried: SignInObservation) -> dict[str, str | int]:
    return {
        "mechanism": tried.mechanism,
        "codes": " ".join(tried.codes),
        "address": tried.address or "",
        "elapsed_ms": round(tried.elapsed_ms),
    }
