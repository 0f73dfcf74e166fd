"""Servers that could replace a configured one, best first."""

from __future__ import annotations

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.intake import Candidate


def candidates(case: Case, role: Role) -> tuple[Candidate, ...]:
    """Return what could replace the configured server of a side, best first.

    The configured server itself is not among them. Nothing is returned where nothing could be
    better. A candidate with proof `handshake` and `may_sign_in` may take the side's one sign-in; a
    candidate without proof wants one more probe, without a credential unless `may_sign_in`.
    """
    raise NotImplementedError
