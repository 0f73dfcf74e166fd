"""Whether a check of an account can show which cause of an explanation it is."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.diagnosis.texts.sending import SENDING
from mailcheck_gui.diagnosis.texts.sign_in import SIGN_IN
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.explanation import Explanation

_ONLY_INCOMING = frozenset({"mailbox-in-use", "preauth-before-tls"})
_ONLY_OUTGOING = frozenset({*SENDING, "smtp-sign-in-disabled", "submission-on-port-25"})
_WITH_PASSWORD = frozenset({*SENDING, *SIGN_IN}) - {"sign-in-needs-encryption", "helo-refused"}


@dataclass(frozen=True, slots=True)
class CheckHelp:
    """What a check can tell about an explanation.

    `codes` are the causes that it can show, () where it can show none. `roles` are the sides that
    have to be in the account, one of them at least. With `password` the first of the causes shows
    only where a password is there to sign in with.
    """

    codes: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()
    password: bool = False

    def serves(self, roles: frozenset[Role]) -> bool:
        """Whether an account with these sides can be checked for it."""
        return bool(self.roles & roles)


def check_help(explanation: Explanation) -> CheckHelp:
    """Return what a check can tell about an explanation."""
    codes = explanation.codes
    if not codes:
        return CheckHelp()
    roles = frozenset(role for code in codes for role in _roles(code))
    return CheckHelp(codes, roles, codes[0] in _WITH_PASSWORD)


def _roles(code: str) -> frozenset[Role]:
    if code in _ONLY_INCOMING:
        return frozenset({Role.INCOMING})
    if code in _ONLY_OUTGOING:
        return frozenset({Role.OUTGOING})
    return frozenset({Role.INCOMING, Role.OUTGOING})
