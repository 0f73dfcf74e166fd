"""The table of all accounts: two lines a row, the state as shape and words, one button each."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mailcheck_gui.ui.account_rows import AccountRow
from mailcheck_gui.ui.accounts_model import ROW_ROLE, AccountsModel, Column
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.control_shapes import draw_focus_ring
from mailcheck_gui.ui.labels import Tone, unbroken
from mailcheck_gui.ui.severity import RingTimer, Shape, draw_shape
from mailcheck_gui.ui.theme import Radius, Space, Type, mix, roles, scaled, type_font

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 54
HEADER_HEIGHT = 34
_SHAPE = 20
_LEAST_COLUMNS = 560
"""The width, at the standard text size, below which state and time have no columns."""
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class AccountsDelegate(QStyledItemDelegate):
    """Paints a cell: shape and name, state and reason, or when it was checked."""

    narrow = False
    """Whether the state stands below the name, as there is no room beside it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row and the width of the longest word line."""
        row: AccountRow = index.data(ROW_ROLE)
        metrics = QFontMetrics(type_font(Type.STRONG))
        words = {
            Column.ACCOUNT: row.title,
            Column.STATE: row.state,
            Column.LAST_CHECK: row.when,
        }.get(Column(index.column()), "")
        left = scaled(_SHAPE) + Space.M if index.column() == Column.ACCOUNT else 0
        return QSize(metrics.horizontalAdvance(words) + left + Space.XXL, scaled(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell and the line above it."""
        row: AccountRow = index.data(ROW_ROLE)
        place = option.rect
        colours = roles()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, QColor(mix(colours.text, colours.card, 0.03)))
        painter.fillRect(place.left(), place.top(), place.width(), 1, QColor(colours.card_edge))
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, QRectF(place).adjusted(2, 3, -2, -2), Radius.CONTROL)
        self._paint_words(painter, place, row, Column(index.column()))
        painter.restore()

    def _paint_words(
        self, painter: QPainter, place: QRect, row: AccountRow, column: Column
    ) -> None:
        inner = place.adjusted(Space.M, 1, -Space.S, 0)
        if column is Column.ACCOUNT:
            side = scaled(_SHAPE)
            spot = QRectF(place.left() + Space.XL, inner.center().y() - side / 2, side, side)
            draw_shape(painter, row.shape, spot)
            words = inner.adjusted(Space.S + side + Space.M, 0, 0, 0)
            title = (row.title, Type.STRONG, Tone.TEXT)
            _write_two(painter, words, title, row.state if self.narrow else "", row.tone)
        elif column is Column.STATE:
            kind = Type.STRONG if row.tone in (Tone.ERROR, Tone.WARNING) else Type.BODY
            tone = row.tone if row.tone in (Tone.ERROR, Tone.WARNING) else Tone.TEXT
            _write_two(painter, inner, (row.state, kind, tone), row.detail)
        elif column is Column.LAST_CHECK:
            when = row.when or self.tr("Never")
            note = "" if row.saved else self.tr("Not saved")
            _write_two(painter, inner, (when, Type.BODY, Tone.TEXT), note)


def _write(painter: QPainter, place: QRect, text: str, kind: Type, tone: Tone) -> None:
    font = type_font(kind)
    mode = Qt.TextElideMode.ElideMiddle if kind is Type.STRONG else Qt.TextElideMode.ElideRight
    shown = QFontMetrics(font).elidedText(text, mode, place.width())
    painter.setFont(font)
    painter.setPen(tone.colour(roles()))
    painter.drawText(place, _FLAGS, unbroken(shown))


def _write_two(
    painter: QPainter,
    place: QRect,
    first: tuple[str, Type, Tone],
    second: str,
    second_tone: Tone = Tone.SECONDARY,
) -> None:
    text, kind, tone = first
    if not second:
        _write(painter, place, text, kind, tone)
        return
    half = place.height() // 2
    gap = scaled(6)
    upper = QRect(place.left(), place.top() + gap, place.width(), half - gap)
    lower = QRect(place.left(), place.top() + half, place.width(), half - gap)
    _write(painter, upper, text, kind, tone)
    _write(painter, lower, second, Type.CAPTION, second_tone)


class AccountsHeader(QHeaderView):
    """The words above the columns, in line with the cells, without a native header's relief."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setAccessibleName(self.tr("Columns"))
        self.viewport().setAutoFillBackground(False)  # the card's corners show through
        self.fit_text()

    def fit_text(self) -> None:
        """Take the height from the text size."""
        self.setFixedHeight(scaled(HEADER_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """Paint the words of one column."""
        words = self.model().headerData(logicalIndex, self.orientation())
        left = Space.XL if logicalIndex == Column.ACCOUNT else Space.M
        place = rect.adjusted(left, 0, 0, 0)
        _write(painter, place, str(words or ""), Type.CAPTION_STRONG, Tone.SECONDARY)


class AccountsTable(QTableView):
    """As high as its rows: the page scrolls, not the table. Enter opens the current row."""

    opened = Signal(str)
    check_wanted = Signal(str)
    rename_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, model: AccountsModel) -> None:
        super().__init__()
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(model)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._filter.setFilterKeyColumn(-1)
        self.setModel(self._filter)
        self._delegate = AccountsDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Accounts"))
        self._look()
        self._timer = RingTimer(self.viewport())
        for signal in (
            self._filter.modelReset,
            self._filter.rowsInserted,
            self._filter.rowsRemoved,
            self._filter.dataChanged,
        ):
            signal.connect(self._follow)
        self.activated.connect(self._open)
        self._follow()

    def _look(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.verticalHeader().hide()
        self.setHorizontalHeader(AccountsHeader(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up columns where the text is too large for them: the name says it all."""
        super().resizeEvent(event)
        self._fit_columns()

    def fit_text(self) -> None:
        """Fit rows, buttons and columns to the text size."""
        self._follow()
        self._fit_columns()

    def _fit_columns(self) -> None:
        narrow = self.width() < scaled(_LEAST_COLUMNS)
        if narrow != self._delegate.narrow:
            self._delegate.narrow = narrow
            for column in (Column.STATE, Column.LAST_CHECK):
                self.setColumnHidden(column, narrow)

    def set_filter(self, text: str) -> None:
        """Show only accounts whose words hold a text."""
        self._filter.setFilterFixedString(text)

    def _follow(self) -> None:
        """Fit height, columns and buttons to the rows."""
        rows = self._filter.rowCount()
        header = self.horizontalHeader()
        header.setSectionResizeMode(Column.ACCOUNT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.STATE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.LAST_CHECK, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.ACTION, QHeaderView.ResizeMode.ResizeToContents)
        for place in range(rows):
            self.setRowHeight(place, scaled(ROW_HEIGHT))
            self._show_button(place)
        self.setFixedHeight(scaled(HEADER_HEIGHT) + rows * scaled(ROW_HEIGHT) + 2)
        shown = (self._row(self._filter.index(place, 0)) for place in range(rows))
        self._timer.follow(running=any(row.shape is Shape.RUNNING for row in shown))

    def _row(self, index: Index) -> AccountRow:
        row = index.data(ROW_ROLE)
        assert isinstance(row, AccountRow)
        return row

    def _show_button(self, place: int) -> None:
        index = self._filter.index(place, Column.ACTION)
        row = self._row(index)
        spoken = self.tr("{action}: {account}").format(action=row.action, account=row.title)
        holder = self.indexWidget(index)
        if not isinstance(holder, _RowButton):
            holder = _RowButton()
            holder.button.clicked.connect(lambda: self._press(holder))
            self.setIndexWidget(index, holder)
        holder.show_row(row, spoken)

    def _press(self, holder: _RowButton) -> None:
        wanted = self.opened if holder.row.checked else self.check_wanted
        wanted.emit(holder.row.id)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._row(index).id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row with Enter or Space."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer everything that can be done with a row, by mouse or by the menu key."""
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keys else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if by_keys else event.pos()
            self._menu(self._row(index)).popup(self.viewport().mapToGlobal(QPoint(place)))

    def _menu(self, row: AccountRow) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self.opened.emit(row.id))
        menu.addAction(self.tr("Check"), lambda: self.check_wanted.emit(row.id))
        if row.saved:
            menu.addAction(self.tr("Rename"), lambda: self.rename_wanted.emit(row.id))
            menu.addAction(self.tr("Delete account"), lambda: self.delete_wanted.emit(row.id))
        return menu


class _RowButton(QWidget):
    """The button of a row, in the middle of its height."""

    def __init__(self) -> None:
        super().__init__()
        self.button = Button("")
        self.row: AccountRow
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.S, 1, Space.L, 0)
        layout.addStretch(1)
        layout.addWidget(self.button)

    def show_row(self, row: AccountRow, spoken: str) -> None:
        """Take the words for a row."""
        self.row = row
        self.button.set_words(row.action)
        self.button.setAccessibleName(spoken)
        self.button.setMinimumWidth(scaled(92))
