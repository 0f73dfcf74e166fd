"""A password that was typed as e-mail address or user name as well."""

from __future__ import annotations

from dataclasses import replace

from mailcheck_gui.diagnosis.addresses import local_part_of, tidy_email, tidy_text
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.model.account import ServerDraft
from mailcheck_gui.model.finding import Provider
from mailcheck_gui.model.intake import Intake
from mailcheck_gui.model.pasted_address import HIDDEN


def without_passwords(
    intake: Intake, secrets: frozenset[str], providers: tuple[Provider, ...]
) -> Intake:
    """Return the intake as it may be judged and shown: `***` for a name that is a password.

    The part before the @ stays as a user name: it stands in the address anyway.
    """
    draft = intake.draft
    email = draft.email
    if {tidy_text(email), tidy_email(email)} & secrets:
        email = HIDDEN
    told = secrets - {local_part_of(tidy_email(email))}
    incoming, outgoing = (_shown(side, told) for side in (draft.incoming, draft.outgoing))
    shown = replace(draft, email=email, incoming=incoming, outgoing=outgoing)
    return intake if shown == draft else take_in(shown, providers)


def _shown(side: ServerDraft | None, secrets: frozenset[str]) -> ServerDraft | None:
    if side is None or tidy_text(side.username) not in secrets:
        return side
    return replace(side, username=HIDDEN)
