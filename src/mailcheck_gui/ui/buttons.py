"""Buttons: plain ones with an icon, the filled one, links with their ring of the keyboard focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from mailcheck_gui.ui.control_shapes import (
    draw_button,
    draw_focus_ring,
    fills_default_button,
    is_fusion,
)
from mailcheck_gui.ui.icons import draw_icon, icon
from mailcheck_gui.ui.theme import Radius, Size, Space, Type, mix, roles, scaled, type_font

_COPIED_MS = 2000
_BUTTON_ICON = 16


class Button(QPushButton):
    """A native button with an icon of the theme, at least 32 pixels high.

    Fusion's face and words are painted here: it needs no style for them, and it lightens a filled
    button to a contrast below 4.5. Windows 11 and macOS paint their own.
    """

    def __init__(
        self,
        text: str,
        icon_name: str = "",
        *,
        height: int = Size.CONTROL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)  # with the text PySide would look whether it is a QIcon
        self.setText(text)
        self._icon_name = icon_name
        self._height = height
        self._padding = Space.L if height == Size.CONTROL else Space.XXL
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tint()

    def set_words(self, text: str) -> None:
        """Change what it says, for eyes and ears."""
        self.setText(text)
        self.setAccessibleName(text)

    def show_face(self, text: str, icon_name: str) -> None:
        """Change words and icon."""
        self.set_words(text)
        self.set_icon_name(icon_name)

    def set_icon_name(self, name: str) -> None:
        """Change the icon."""
        self._icon_name = name
        self._tint()

    def _ink(self) -> str:
        return roles().text

    def _faded_ink(self) -> str:
        return self.palette().color(QPalette.ColorGroup.Disabled, self.foregroundRole()).name()

    def _tint(self) -> None:
        if self._icon_name:
            side = scaled(_BUTTON_ICON)
            self.setIconSize(QSize(side, side))
            self.setIcon(icon(self._icon_name, self._ink(), side))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew with the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def fit_text(self) -> None:
        """Take the size of the icon from the text size."""
        self._tint()

    def _words_font(self) -> QFont:
        return self.font()

    def _words_width(self) -> int:
        return QFontMetrics(self._words_font()).horizontalAdvance(self.text())

    def sizeHint(self) -> QSize:
        """Take the width from the words; the native hint where that is larger."""
        icon_width = scaled(_BUTTON_ICON) + Space.S if self._icon_name else 0
        width = self._words_width() + icon_width + 2 * scaled(self._padding)
        if not self.text():
            width = scaled(self._height)
        native = super().sizeHint() if self.text() else QSize(0, 0)
        return QSize(max(width, native.width()), max(scaled(self._height), native.height()))

    def minimumSizeHint(self) -> QSize:
        """Return the same room: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what the platform does not."""
        if self._is_native():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self._draw_face(painter, QRectF(self.rect()))
        self._draw_words(painter)

    def _is_native(self) -> bool:
        """Return whether the platform's style paints it."""
        return not is_fusion()

    def _draw_face(self, painter: QPainter, place: QRectF) -> None:
        hovered = self.underMouse() and self.isEnabled()
        draw_button(painter, place, focused=self.hasFocus(), down=self.isDown(), hovered=hovered)

    def _draw_words(self, painter: QPainter) -> None:
        ink = self._ink() if self.isEnabled() else self._faded_ink()
        left = 0.0
        if self._icon_name:
            side = float(scaled(_BUTTON_ICON))
            start = (self.width() - self._words_width() - side - Space.XS) / 2
            spot = QRectF(start, (self.height() - side) / 2, side, side)
            draw_icon(painter, self._icon_name, spot, ink)
            left = side + Space.XS
        painter.setFont(self._words_font())
        painter.setPen(QColor(ink))
        place = QRectF(self.rect()).adjusted(left, 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.text())


class PrimaryButton(Button):
    """The one filled button of a page, painted here wherever the platform does not fill it."""

    def __init__(
        self,
        text: str,
        icon_name: str = "",
        *,
        height: int = Size.FOOT_BUTTON,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon_name, height=height, parent=parent)
        self.setDefault(True)

    def _is_native(self) -> bool:
        return fills_default_button()

    def _ink(self) -> str:
        return roles().on_accent

    def _faded_ink(self) -> str:
        return roles().secondary

    def _words_font(self) -> QFont:
        return type_font(Type.STRONG)

    def _fill(self) -> str:
        colours = roles()
        if not self.isEnabled():  # under high contrast the edge has the colour of the words
            return colours.button if colours.high_contrast else colours.button_edge
        if self.isDown():
            return mix(colours.accent, colours.text, 0.82)
        return mix(colours.accent, colours.text, 0.9) if self.underMouse() else colours.accent

    def _draw_face(self, painter: QPainter, place: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            draw_focus_ring(painter, place, Radius.CONTROL)
            place = place.adjusted(3, 3, -3, -3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._fill()))
        painter.drawRoundedRect(place, Radius.CONTROL - 1, Radius.CONTROL - 1)


class QuietButton(Button):
    """A button without a face until it is pointed at: the menu behind three dots, a small copy."""

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", icon_name, parent=parent)
        self.setFlat(True)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon, a ground under the mouse, and the focus ring; no menu arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(mix(roles().text, roles().canvas, 0.08)))
            painter.drawRoundedRect(place, Radius.CONTROL, Radius.CONTROL)
        side = float(scaled(_BUTTON_ICON))
        middle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        draw_icon(painter, self._icon_name, middle, self._ink())
        if self.hasFocus():
            draw_focus_ring(painter, place, Radius.CONTROL)


class _Confirming(QObject):
    """Lets a button say for two seconds that it has copied; its width stays."""

    def __init__(self, button: QAbstractButton, show: Callable[[str, str], None]) -> None:
        super().__init__(button)
        self._button = button
        self._show = show
        self._words = ""
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(_COPIED_MS)
        self._back.timeout.connect(self._restore)

    def confirm(self) -> None:
        """Show the tick."""
        if not self._back.isActive():
            self._words = self._button.text()
        self._button.setMinimumWidth(self._button.width())
        self._show(self.tr("Copied"), "check")
        self._back.start()

    def _restore(self) -> None:
        self._show(self._words, "copy")
        self._button.setMinimumWidth(0)


class CopyButton(Button):
    """A button that copies, and says so with a tick."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, "copy", parent=parent)
        self.confirm = _Confirming(self, self.show_face).confirm


class CopyPrimaryButton(PrimaryButton):
    """The filled button of a page whose next step is to copy."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, "copy", parent=parent)
        self.confirm = _Confirming(self, self.show_face).confirm


class FocusRing(QWidget):
    """A ring around a widget that has no padding of its own.

    It is painted on the nearest widget around that has room for it: a tight holder would cut it.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget.parentWidget())
        self._widget = widget
        self._host = self.parentWidget()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        widget.installEventFilter(self)
        widget.destroyed.connect(self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus, and the place of the widget and of what it lies in."""
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        elif watched is self._widget and kind == QEvent.Type.FocusIn:
            self._settle()
        elif watched is self._widget and kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        return False

    def _settle(self) -> None:
        """Move to the nearest widget around that has room, and show."""
        window = self._widget.window()
        host = self._widget.parentWidget() or window
        while host is not window and not host.rect().contains(self._place_on(host)):
            host.installEventFilter(self)  # when it moves, the widget in it says nothing
            host = host.parentWidget() or window
        self._host = host
        self.setParent(host)
        self._follow()
        self.show()
        self.raise_()

    def _follow(self) -> None:
        if self._host is not None and self._host.isAncestorOf(self._widget):
            self.setGeometry(self._place_on(self._host))

    def _place_on(self, host: QWidget) -> QRect:
        corner = self._widget.mapTo(host, QPoint(0, 0))
        return QRect(corner, self._widget.size()).adjusted(-6, -2, 6, 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring."""
        draw_focus_ring(QPainter(self), QRectF(self.rect()), Radius.CONTROL)


def ring_around(widget: QWidget, ring: FocusRing | None, event: QFocusEvent) -> FocusRing | None:
    """Return the ring of a widget that gets the keyboard; it is made when it is first needed."""
    if ring is None and widget.parentWidget() is not None:
        ring = FocusRing(widget)
        ring.eventFilter(widget, event)
    return ring


class Link(QAbstractButton):
    """Words to press, without padding, so that they stand on the edge of the text."""

    def __init__(
        self,
        text: str,
        icon_name: str = "",
        *,
        kind: Type = Type.STRONG,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._kind = kind
        self._ring: FocusRing | None = None
        self.setText(text)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, text: str, icon_name: str) -> None:
        """Change words and icon."""
        self._icon_name = icon_name
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon and words, at least 24 pixels high."""
        metrics = QFontMetrics(type_font(self._kind))
        width = metrics.horizontalAdvance(self.text()) + 1
        if self._icon_name:
            width += scaled(_BUTTON_ICON) + Space.XS - 2
        return QSize(width, max(24, metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:
        """Return the same room."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        self._ring = ring_around(self, self._ring, event)
        super().focusInEvent(event)

    def keyPressEvent(self, event: object) -> None:
        """Press with Enter as well as with Space."""
        key = event.key()  # type: ignore[attr-defined]
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon and words in the accent."""
        painter = QPainter(self)
        ink = roles().accent
        left = 0.0
        if self._icon_name:
            side = float(scaled(_BUTTON_ICON))
            draw_icon(
                painter, self._icon_name, QRectF(-2, (self.height() - side) / 2, side, side), ink
            )
            left = side + Space.XS - 2
        painter.setFont(type_font(self._kind))
        painter.setPen(QColor(ink))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, self.width() - left, self.height()), flags, self.text())


class CopyLink(Link):
    """A link that copies, and says so with a tick."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, "copy", parent=parent)
        self.confirm = _Confirming(self, self.set_words).confirm
