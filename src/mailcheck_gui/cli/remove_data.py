"""`mailcheck --remove-data`: forget everything of this user; the uninstaller asks for it too."""

from __future__ import annotations

import sys

from mailcheck_gui.cli.console import complain, write_out
from mailcheck_gui.cli.exit_status import ExitStatus, Unusable
from mailcheck_gui.model.finding import message
from mailcheck_gui.reporting.wording import Translate, say
from mailcheck_gui.storage.credentials import KeychainStore
from mailcheck_gui.storage.folders import user_folders
from mailcheck_gui.storage.removal import remove_data

_QUESTION = message("Remove all saved accounts with their passwords, and the preferences? [y/N] ")


def remove_own_data(translate: Translate, *, agreed: bool) -> ExitStatus:
    """Ask, unless the person has `agreed`, and remove. Raises `Unusable` where nobody can be asked.

    The status is 1 where something is left.
    """
    if not agreed and not _asked(translate):
        write_out(say(message("Nothing was removed."), translate) + "\n")
        return ExitStatus.FINE
    removal = remove_data(user_folders(), KeychainStore())
    if removal.problem is not None:
        complain(say(removal.problem.sentence, translate))
        return ExitStatus.ERROR
    if removal.left:
        kept = message(
            "The keychain kept {count} passwords, so the accounts are still there.",
            count=len(removal.left),
        )
        complain(say(kept, translate))
        return ExitStatus.ERROR
    done = message(
        "Removed: {accounts} accounts, {passwords} passwords, the preferences.",
        accounts=removal.accounts,
        passwords=removal.passwords,
    )
    write_out(say(done, translate) + "\n")
    return ExitStatus.FINE


def _asked(translate: Translate) -> bool:
    if not sys.stdin.isatty():
        raise Unusable(message("Add --yes to remove everything without a question."))
    sys.stderr.write(say(_QUESTION, translate))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
