"""The sidebar: pages, accounts with their states, tools; a rail of icons in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from mailcheck_gui.ui.accounts_model import AccountsModel
from mailcheck_gui.ui.navigation_model import ENTRY_ROLE, FootModel, NavigationModel
from mailcheck_gui.ui.page import give_viewport
from mailcheck_gui.ui.severity import RingTimer
from mailcheck_gui.ui.sidebar_delegate import SidebarDelegate
from mailcheck_gui.ui.theme import Space, roles, scaled

WIDE = 240
RAIL = 56
_PRESS_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class NavigationList(QListView):
    """A list whose entries open pages. The arrow keys walk, Enter, Space and a click open."""

    chosen = Signal(str)

    def __init__(self, model: NavigationModel, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        give_viewport(self)
        self.delegate = SidebarDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setModel(model)  # last: each of the settings above would lay the entries out
        self.clicked.connect(self._choose)

    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if entry is not None and entry.key:
            self.chosen.emit(entry.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter or Space."""
        if event.key() in _PRESS_KEYS and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the page that is shown, so that the ring is never nowhere nor out of sight."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.scrollTo(self.currentIndex())

    def set_rail(self, *, rail: bool) -> None:
        """Show icons only, or words."""
        if self.delegate.rail != rail:
            self.delegate.rail = rail
            policy = Qt.ScrollBarPolicy
            self.setVerticalScrollBarPolicy(
                policy.ScrollBarAlwaysOff if rail else policy.ScrollBarAsNeeded
            )  # a rail has no room for one; the wheel and the arrow keys scroll
            self.scheduleDelayedItemsLayout()


class Sidebar(QWidget):
    """All entries, Settings at the foot. `chosen` carries the key of a page."""

    chosen = Signal(str)

    def __init__(self, accounts: AccountsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = NavigationModel(accounts, self)
        self._foot_model = FootModel(self)
        self.list = NavigationList(self._model, self.tr("Pages and accounts"))
        self.foot = NavigationList(self._foot_model, self.tr("Settings"))
        self._timer = RingTimer(self.list.viewport())
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        column.setSpacing(Space.XS)
        self.list.verticalScrollBar().rangeChanged.connect(lambda *_: self.update())
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)
        for each in (self.list, self.foot):
            each.chosen.connect(self.chosen)
        self._model.dataChanged.connect(self._follow_running)
        self._model.modelReset.connect(self._follow_running)
        self._key = ""
        self._model.modelReset.connect(lambda: self.show_current(self._key))
        self._fit_foot()

    def _fit_foot(self) -> None:
        self.foot.setFixedHeight(scaled(40 if self.rail else 36) + 2)

    @property
    def rail(self) -> bool:
        """Whether only icons are shown."""
        return self.list.delegate.rail

    def set_rail(self, *, rail: bool) -> None:
        """Show icons only, or words."""
        for each in (self.list, self.foot):
            each.set_rail(rail=rail)
        self._fit_foot()

    def wanted_width(self) -> int:
        """Return the width of the present form."""
        return scaled(RAIL if self.rail else WIDE)

    def show_current(self, key: str) -> None:
        """Mark the page that is shown; the keyboard would begin there."""
        self._key = key
        self._model.show_current(key)
        self._foot_model.show_current(key)
        index = self._model.index_of(key)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def take_focus(self) -> None:
        """Move the keyboard to the entry of the page that is shown."""
        at_foot = self._foot_model.index_of(self._key).isValid()
        (self.foot if at_foot else self.list).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _follow_running(self) -> None:
        self._timer.follow(running=self._model.shows_running)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and the line towards the page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(roles().window))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(roles().card_edge))
        if self.list.verticalScrollBar().maximum():  # entries are cut there
            line = self.list.geometry()
            painter.fillRect(
                line.left(), line.bottom() + 2, line.width(), 1, QColor(roles().card_edge)
            )
