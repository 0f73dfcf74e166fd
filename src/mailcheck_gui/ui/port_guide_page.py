"""The port guide: what each port of mail is, who blocks it, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.finding import Message
from mailcheck_gui.reporting.port_guide import PORT_FACTS, PortFact
from mailcheck_gui.ui.badge import Badge, BadgeKind
from mailcheck_gui.ui.buttons import CopyButton
from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.layouts import ColumnsLayout
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.page_header import PageHeader
from mailcheck_gui.ui.port_list import PortList
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Radius, Space, Type
from mailcheck_gui.ui.translation import translate_message

_LIST_AND_FACTS = (3, 5)


class PortGuidePage(Page):
    """A list of ports, and what is to be known of the chosen one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = PortList()
        self._details = QWidget()
        self._place = QVBoxLayout(self._details)
        self._place.setContentsMargins(0, 0, 0, 0)
        self.details: PortDetails | None = None
        header = PageHeader(
            self.tr("Port guide"),
            self.tr(
                "A port is a numbered door of a server. "
                "The number decides how a conversation has to begin."
            ),
        )
        both = QWidget()
        columns = ColumnsLayout(both, weights=_LIST_AND_FACTS, same_height=False)
        columns.addWidget(self.list)
        columns.addWidget(self._details)
        self.column.addWidget(header)
        self.column.addWidget(both)
        self.list.chosen.connect(self._show)
        self.list.choose(PORT_FACTS[0].port)

    def _show(self, fact: PortFact) -> None:
        if self.details is not None:
            self._place.removeWidget(self.details)
            self.details.hide()
            self.details.deleteLater()
        self.details = PortDetails(fact)
        self._place.addWidget(self.details)
        self.details.show()
        self.settle()


class PortDetails(Card):
    """All that the guide says of one port."""

    def __init__(self, fact: PortFact, parent: QWidget | None = None) -> None:
        super().__init__(padding=Space.XXL, parent=parent)
        self.fact = fact
        self.setAccessibleName(self.tr("Port {number}").format(number=fact.port))
        self.column.setSpacing(Space.XS)
        self.column.addLayout(self._heading())
        self.column.addWidget(WrapLabel(translate_message(fact.summary), tone=Tone.SECONDARY))
        self._add_section(self.tr("Who blocks it"), fact.blocked_by)
        self._add_section(self.tr("What to do"), fact.to_do)
        if fact.ask is not None:
            self._add_section(self.tr("What to ask your internet provider"), fact.ask)
            self._add_copy(translate_message(fact.ask))
        if fact.myth is not None and fact.truth is not None:
            self.column.addSpacing(Space.M)
            self.column.addWidget(_myth(self.tr("Often read, but wrong"), fact.myth, fact.truth))
        if fact.sources:
            self.column.addSpacing(Space.M)
            sources = self.tr("Sources: {sources}").format(sources=fact.sources)
            self.column.addWidget(WrapLabel(sources, Type.CAPTION, Tone.SECONDARY))

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S + 2)
        title = self.tr("Port {number}").format(number=self.fact.port)
        row.addWidget(TypedLabel(title, Type.TITLE))
        service = self.fact.service or self.tr("not registered for mail")
        row.addWidget(Badge(BadgeKind.PLAIN, service), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        return row

    def _add_section(self, title: str, words: Message) -> None:
        self.column.addSpacing(Space.S + 2)
        self.column.addWidget(WrapLabel(title, Type.STRONG))
        self.column.addWidget(WrapLabel(translate_message(words)))

    def _add_copy(self, question: str) -> None:
        button = CopyButton(self.tr("Copy question"))
        button.clicked.connect(lambda: QGuiApplication.clipboard().setText(question.strip("“”")))
        button.clicked.connect(button.confirm)
        self.column.addSpacing(Space.XS)
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _myth(title: str, myth: Message, truth: Message) -> Card:
    box = Card(Ground.INFO, padding=Space.M, radius=Radius.INNER)
    heading = QHBoxLayout()
    heading.setSpacing(Space.S + 2)
    heading.addWidget(ShapeMark(Shape.INFO, 18))
    heading.addWidget(WrapLabel(title, Type.STRONG), 1)
    words = f"{translate_message(myth)} {translate_message(truth)}"
    box.column.setSpacing(Space.XS + 2)
    box.column.addLayout(heading)
    box.column.addWidget(WrapLabel(words))
    return box
