"""The accounts as a table: account, state, last check. The sidebar shows its first column."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

if TYPE_CHECKING:
    from mailcheck_gui.ui.account_rows import AccountRow

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole `AccountRow`, for delegates."""

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, in the order shown."""

    ACCOUNT = 0
    STATE = 1
    LAST_CHECK = 2
    ACTION = 3


class AccountsModel(QAbstractTableModel):
    """Rows of accounts. Changes of a row keep its place, so selection and focus stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[AccountRow] = []

    @property
    def rows(self) -> tuple[AccountRow, ...]:
        """All rows."""
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[AccountRow]) -> None:
        """Show these rows; the same accounts in the same order are only repainted."""
        new = list(rows)
        if [row.id for row in new] == [row.id for row in self._rows]:
            changed = [i for i, row in enumerate(new) if row != self._rows[i]]
            self._rows = new
            for i in changed:
                self.dataChanged.emit(self.index(i, 0), self.index(i, len(Column) - 1))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def row_of(self, account_id: str) -> int:
        """Return the place of an account, -1 where it is not there."""
        return next((i for i, row in enumerate(self._rows) if row.id == account_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of accounts."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the words above a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        words = {
            Column.ACCOUNT: self.tr("Account"),
            Column.STATE: self.tr("State"),
            Column.LAST_CHECK: self.tr("Last check"),
        }
        return words.get(Column(section), "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, or the whole row for `ROW_ROLE`."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(row, Column(index.column()), role)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.spoken
        return None

    def _cell(self, row: AccountRow, column: Column, role: int) -> str:
        if column is Column.ACCOUNT:
            return row.title
        if column is Column.STATE:
            return f"{row.state}. {row.detail}" if row.detail else row.state
        if column is Column.LAST_CHECK:
            return row.when or self.tr("Never")
        return row.action if role == Qt.ItemDataRole.AccessibleTextRole else ""
