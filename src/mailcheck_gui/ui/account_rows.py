"""An account in one row: its name, its state as shape and words, and when it was checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from mailcheck_gui.model.report import Verdict
from mailcheck_gui.ui.labels import Tone
from mailcheck_gui.ui.severity import Shape
from mailcheck_gui.ui.times import moment_text
from mailcheck_gui.ui.translation import translate_message

if TYPE_CHECKING:
    from mailcheck_gui.model.account import AccountDraft, Role
    from mailcheck_gui.storage.saved_account import LastCheck


@dataclass(frozen=True, slots=True)
class AccountRow:
    """What sidebar and table show.

    `line` is the state in the sidebar, with the time where nothing is wrong; `state` is the same
    for the table, which has a column for the time. `detail` is the reason.
    """

    id: str
    title: str
    shape: Shape
    line: str
    tone: Tone
    state: str = ""
    detail: str = ""
    when: str = ""
    saved: bool = True
    checked: bool = False

    @property
    def action(self) -> str:
        """What the button of the row does."""
        if self.checked:
            return QCoreApplication.translate("AccountRow", "Details")
        return QCoreApplication.translate("AccountRow", "Check")

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return f"{self.title}, {self.line}"


def account_row(
    account_id: str,
    title: str,
    draft: AccountDraft,
    check: LastCheck | None,
    *,
    saved: bool = True,
    running: bool = False,
) -> AccountRow:
    """Return the row of an account in its present state."""
    if running:
        line = QCoreApplication.translate("AccountRow", "Checking")
        return AccountRow(account_id, title, Shape.RUNNING, line, Tone.SECONDARY, line, saved=saved)
    if check is None:
        line = QCoreApplication.translate("AccountRow", "Not checked yet")
        return AccountRow(account_id, title, Shape.WAITING, line, Tone.SECONDARY, line, saved=saved)
    shape, state, tone = _state(check)
    detail = translate_message(check.headline) if check.headline else _tried(draft)
    if check.verdict is Verdict.WARNING and check.headline:
        state, detail = detail, _tried(draft)
    return AccountRow(
        account_id,
        title,
        shape,
        _with_time(state, check),
        tone,
        state,
        detail,
        when=_capital(moment_text(check.at)),
        saved=saved,
        checked=True,
    )


def _state(check: LastCheck) -> tuple[Shape, str, Tone]:
    match check.verdict:
        case Verdict.OK:
            line = QCoreApplication.translate("AccountRow", "All fine")
            return Shape.WORKS, line, Tone.SECONDARY
        case Verdict.ERROR:
            return Shape.ERROR, _broken(check.broken), Tone.ERROR
        case Verdict.WARNING:
            line = QCoreApplication.translate("AccountRow", "Works, with a remark")
            return Shape.WARNING, line, Tone.WARNING
        case Verdict.INCOMPLETE:
            line = QCoreApplication.translate("AccountRow", "Sign-in not tested")
            return Shape.NOT_TESTED, line, Tone.SECONDARY


def _with_time(state: str, check: LastCheck) -> str:
    """Add when it was seen where nothing is wrong: good news has an age."""
    if check.verdict is not Verdict.OK:
        return state
    template = QCoreApplication.translate("AccountRow", "{state}, {when}")
    return template.format(state=state, when=moment_text(check.at))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _broken(broken: tuple[Role, ...]) -> str:
    from mailcheck_gui.model.account import Role

    if Role.INCOMING in broken and Role.OUTGOING in broken:
        return QCoreApplication.translate("AccountRow", "Neither side works")
    if Role.OUTGOING in broken:
        return QCoreApplication.translate("AccountRow", "Sending does not work")
    if Role.INCOMING in broken:
        return QCoreApplication.translate("AccountRow", "Receiving does not work")
    return QCoreApplication.translate("AccountRow", "A setting is wrong")


def _tried(draft: AccountDraft) -> str:
    from mailcheck_gui.reporting.wording import PROTOCOLS

    sides = [PROTOCOLS[side.protocol] for side in (draft.incoming, draft.outgoing) if side]
    return ", ".join(sides)
