"""Labels with honest size hints. All of them show plain text, whatever it looks like."""

from __future__ import annotations

import re
from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mailcheck_gui.ui.theme import Roles, Type, roles, scaled, type_font

WORD_JOINER = "\ufeff"
"""Forbids a break like U+2060, but never makes Qt fall back to a font with another height."""


BREAK_HERE = "\u200b"
_BREAKABLE_FROM = 12
_LONGEST_PIECE = 24
_BREAKS = re.compile(r"(?<=[.@/_:-])(?=[^.@/_:-])")


def unbroken(text: str) -> str:
    """Keep "SSL/TLS" on one line: Qt would break it behind the slash."""
    return text.replace("SSL/TLS", f"SSL/{WORD_JOINER}TLS")


def breakable(text: str) -> str:
    """Allow long words (server names, addresses) to break behind their dots, else anywhere."""
    return re.sub(rf"\S{{{_BREAKABLE_FROM},}}", lambda match: _with_breaks(match.group()), text)


def _with_breaks(word: str) -> str:
    parts = _BREAKS.split(word)
    pieces = (re.findall(rf".{{1,{_LONGEST_PIECE}}}", part) for part in parts)
    return BREAK_HERE.join(piece for part in pieces for piece in part)


def plain_tool_tip(text: str) -> str:
    """Return a tool tip that shows a text as it is: Qt would guess markup in a server's words."""
    from html import escape  # with a table of all entities: not for the first picture

    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>" if text else ""


class Tone(Enum):
    """The colours that text may have; the value is the name of the role."""

    TEXT = "text"
    SECONDARY = "secondary"
    ACCENT = "accent"
    ERROR = "error"
    WARNING = "warning"
    WORKS = "works"
    INFO = "info"

    def colour(self, colours: Roles) -> QColor:
        """Return the colour of this moment."""
        return QColor(getattr(colours, self.value))


class TypedLabel(QLabel):
    """A label of one of the kinds of text, on one line, in a colour of the theme."""

    def __init__(
        self,
        text: str = "",
        kind: Type = Type.BODY,
        tone: Tone = Tone.TEXT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.fit_text()
        self._apply_tone()

    def setText(self, text: str) -> None:
        """Show a text; a screen reader gets it without marks for line breaking."""
        super().setText(self._marked(text))
        self.setAccessibleName(text)

    def plain_text(self) -> str:
        """Return the text without the marks that only serve line breaking."""
        return self.text().replace(WORD_JOINER, "").replace(BREAK_HERE, "")

    def _marked(self, text: str) -> str:
        return text

    def set_tone(self, tone: Tone) -> None:
        """Change the colour."""
        self._tone = tone
        self._apply_tone()

    def set_kind(self, kind: Type) -> None:
        """Change size and weight."""
        self._kind = kind
        self.fit_text()

    def fit_text(self) -> None:
        """Take the size from the application's font."""
        self.setFont(type_font(self._kind))
        if not self.text():
            self.clear()  # else Qt keeps the height that it had for an earlier font

    def _apply_tone(self) -> None:
        palette = QPalette(self.palette())
        wanted = self._tone.colour(roles())
        if palette.color(QPalette.ColorRole.WindowText) != wanted:
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._apply_tone()


class WrapLabel(TypedLabel):
    """Text that wraps to the width it gets.

    `QLabel` guesses a size hint for wrapped text; nested in layouts the guesses add up to pages
    three times too high. Here the hint is one line, and the height follows from the width. A
    layout must not give it an alignment flag, since that ends height-for-width.
    """

    def __init__(
        self,
        text: str = "",
        kind: Type = Type.BODY,
        tone: Tone = Tone.TEXT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, kind, tone, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _marked(self, text: str) -> str:
        return unbroken(breakable(text))

    def minimumSizeHint(self) -> QSize:
        """Return one line of its longest word, within reason."""
        metrics = QFontMetrics(self.font())
        words = re.split(rf"[\s{BREAK_HERE}]+", self.text())
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0)
        width = min(max(60, longest + 2), scaled(220), self.sizeHint().width())
        return QSize(width, metrics.height())

    def sizeHint(self) -> QSize:
        """Return the size of the text on one line."""
        metrics = QFontMetrics(self.font())
        lines = self.text().splitlines() or [""]
        return QSize(
            max(metrics.horizontalAdvance(line) for line in lines) + 2,
            metrics.height() * len(lines),
        )


class ElideLabel(QWidget):
    """One line that gives up its middle when it is too long; the tool tip has all of it.

    Never for a value that changed: that one wraps (`WrapLabel`).
    """

    def __init__(
        self,
        text: str = "",
        kind: Type = Type.BODY,
        tone: Tone = Tone.TEXT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._tone = tone
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show a text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._update_tool_tip()
        self.update()

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def set_tone(self, tone: Tone) -> None:
        """Change the colour."""
        self._tone = tone
        self.update()

    def shown_text(self) -> str:
        """Return what there is room for."""
        metrics = QFontMetrics(type_font(self._kind))
        return metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, self.width())

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        metrics = QFontMetrics(type_font(self._kind))
        return QSize(metrics.horizontalAdvance(self._text) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Return room for a few characters."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), scaled(60)), hint.height())

    def _update_tool_tip(self) -> None:
        whole = self.shown_text() == self._text
        self.setToolTip("" if whole else plain_tool_tip(self._text))

    def resizeEvent(self, event: object) -> None:
        """Offer the tool tip only where something is missing."""
        self._update_tool_tip()

    def fit_text(self) -> None:
        """Look again whether something is missing."""
        self._update_tool_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text."""
        painter = QPainter(self)
        painter.setFont(type_font(self._kind))
        painter.setPen(self._tone.colour(roles()))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), flags, self.shown_text())
