"""What the sidebar lists: pages, headings, and the accounts with their states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mailcheck_gui.ui.accounts_model import AccountsModel
from mailcheck_gui.ui.severity import Shape

if TYPE_CHECKING:
    from mailcheck_gui.ui.account_rows import AccountRow

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `Entry` of an index."""

CURRENT_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the entry's page is the one that is shown."""

ACCOUNT_KEY = "account:"
NEW_CHECK, ALL_ACCOUNTS, EXPLAIN, PORT_GUIDE, PRACTICE, SETTINGS = (
    "new",
    "accounts",
    "explain",
    "ports",
    "practice",
    "settings",
)

Index = QModelIndex | QPersistentModelIndex


class EntryKind(Enum):
    """What an entry is; only pages and accounts can be chosen."""

    PAGE = "page"
    ACCOUNT = "account"
    HEADING = "heading"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar. `key` names its page."""

    kind: EntryKind
    title: str
    key: str = ""
    icon: str = ""
    row: AccountRow | None = None

    @property
    def spoken(self) -> str:
        """The entry for a screen reader and as a tool tip."""
        return self.row.spoken if self.row is not None else self.title


class NavigationModel(QAbstractListModel):
    """The entries, rebuilt when accounts come and go, repainted when they change."""

    def __init__(self, accounts: AccountsModel | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._accounts = accounts
        self._shown = ""
        self._entries: list[Entry] = []
        if accounts is not None:
            accounts.modelReset.connect(self._rebuild)
            accounts.dataChanged.connect(self._rebuild)
        self._rebuild()

    def _build(self) -> list[Entry]:
        page, heading = EntryKind.PAGE, EntryKind.HEADING
        rows = self._accounts.rows if self._accounts is not None else ()
        accounts = [
            Entry(EntryKind.ACCOUNT, row.title, ACCOUNT_KEY + row.id, row=row) for row in rows
        ]
        note = Entry(EntryKind.NOTE, self.tr("Accounts you save appear here, each with its state."))
        return [
            Entry(page, self.tr("New check"), NEW_CHECK, "plus"),
            Entry(page, self.tr("All accounts"), ALL_ACCOUNTS, "grid"),
            Entry(heading, self.tr("Accounts")),
            *(accounts or [note]),
            Entry(heading, self.tr("Tools")),
            Entry(page, self.tr("Explain an error"), EXPLAIN, "explain"),
            Entry(page, self.tr("Port guide"), PORT_GUIDE, "book"),
            Entry(page, self.tr("Practice accounts"), PRACTICE, "flask"),
        ]

    def _rebuild(self) -> None:
        new = self._build()
        if [entry.key for entry in new] == [entry.key for entry in self._entries]:
            self._entries = new
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self._entries = new
        self.endResetModel()

    @property
    def shows_running(self) -> bool:
        """Whether an account is being checked."""
        return any(e.row is not None and e.row.shape is Shape.RUNNING for e in self._entries)

    def show_current(self, key: str) -> None:
        """Mark the page that is shown."""
        self._shown = key
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of a page; an invalid one where it is not listed."""
        place = next((i for i, e in enumerate(self._entries) if e.key == key), -1)
        return self.index(place) if place >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of entries."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings and notes are passed over by the arrow keys."""
        entry = self._entries[index.row()]
        if entry.kind in (EntryKind.HEADING, EntryKind.NOTE):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return words, the entry, or whether it is shown."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: entry.title,
            Qt.ItemDataRole.AccessibleTextRole: entry.spoken,
            Qt.ItemDataRole.ToolTipRole: entry.spoken,
            ENTRY_ROLE: entry,
            CURRENT_ROLE: bool(entry.key) and entry.key == self._shown,
        }
        return answers.get(role)


class FootModel(NavigationModel):
    """The one entry at the foot of the sidebar."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(None, parent)

    def _build(self) -> list[Entry]:
        return [Entry(EntryKind.PAGE, self.tr("Settings"), SETTINGS, "gear")]
