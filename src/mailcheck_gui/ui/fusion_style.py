"""Softer shapes for Fusion: check and radio boxes, choices, scroll bars, and what dialogs hold.

Windows 11 and macOS have a native style and never see this one. Without it the window still works
and reads well, only squarer. Mailcheck's own buttons and fields paint themselves.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from mailcheck_gui.ui.control_shapes import (
    FUSION,
    SOFTENED,
    attention_of,
    draw_button,
    draw_field,
    draw_focus_ring,
    edge_pen,
)
from mailcheck_gui.ui.icons import draw_icon
from mailcheck_gui.ui.theme import mix, roles, scaled

_CHECK_BOX = 18
_SCROLL_BAR = 12
_COMBO_ARROW = 28
_TEXT_INSET = 6
_GAP = 7
_SMALL_ICON = 16
_GAPS = frozenset(
    {
        QStyle.PixelMetric.PM_CheckBoxLabelSpacing,
        QStyle.PixelMetric.PM_RadioButtonLabelSpacing,
    }
)
_INDICATORS = frozenset(
    {
        QStyle.PixelMetric.PM_IndicatorWidth,
        QStyle.PixelMetric.PM_IndicatorHeight,
        QStyle.PixelMetric.PM_ExclusiveIndicatorWidth,
        QStyle.PixelMetric.PM_ExclusiveIndicatorHeight,
    }
)


def use_fusion_style(application: QApplication) -> None:
    """Give the softer shapes to an application that runs on Fusion; leave others alone."""
    if application.style().name().lower() == FUSION:
        application.setStyle(FusionStyle())


class FusionStyle(QProxyStyle):
    """Fusion with the shapes of the design."""

    def __init__(self) -> None:
        super().__init__(FUSION)
        self.setObjectName(SOFTENED)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw buttons, field edges, check and radio boxes; leave the rest to Fusion."""
        primitive = QStyle.PrimitiveElement
        if element == primitive.PE_PanelButtonCommand:
            _draw_button(option, painter)
        elif element in (primitive.PE_FrameLineEdit, primitive.PE_PanelLineEdit):
            if _has_edge(widget):
                draw_field(painter, QRectF(option.rect), _edge_pen(option, widget))
        elif element == primitive.PE_IndicatorCheckBox:
            _draw_check_box(option, painter)
        elif element == primitive.PE_IndicatorRadioButton:
            _draw_radio_button(option, painter)
        elif element != primitive.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw combo boxes and scroll bars; leave the rest to Fusion."""
        if control == QStyle.ComplexControl.CC_ComboBox and isinstance(
            option, QStyleOptionComboBox
        ):
            _draw_combo_box(option, painter, widget)
        elif control == QStyle.ComplexControl.CC_ScrollBar and isinstance(
            option, QStyleOptionSlider
        ):
            self._draw_scroll_bar(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Return larger check boxes and thinner scroll bars."""
        pixel = QStyle.PixelMetric
        if metric in _INDICATORS:
            return scaled(_CHECK_BOX)
        if metric in _GAPS:
            return scaled(_GAP)
        if metric == pixel.PM_SmallIconSize:  # the eye in a password line
            return scaled(_SMALL_ICON)
        if metric == pixel.PM_FocusFrameHMargin:  # rows of a list begin where the field's text does
            return _TEXT_INSET
        if metric == pixel.PM_ScrollBarExtent:
            return _SCROLL_BAR
        return super().pixelMetric(metric, option, widget)

    def subElementRect(
        self,
        element: QStyle.SubElement,
        option: QStyleOption,
        widget: QWidget | None = None,
    ) -> QRect:
        """Return more room between the edge of a field and its text."""
        place = super().subElementRect(element, option, widget)  # type: ignore[arg-type]
        if element == QStyle.SubElement.SE_LineEditContents and _has_edge(widget):
            place.adjust(_TEXT_INSET, 0, -2, 0)
        return place

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Return the same room in a combo box."""
        place = super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]
        if part == QStyle.SubControl.SC_ComboBoxEditField and isinstance(
            option, QStyleOptionComboBox
        ):
            inset = _TEXT_INSET + (1 if option.editable else 2)  # text starts where a line's does
            place = option.rect.adjusted(inset, 2, -scaled(_COMBO_ARROW), -2)
        return place

    def _draw_scroll_bar(
        self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None
    ) -> None:
        if widget is None or option.minimum == option.maximum:
            return
        part = QStyle.SubControl.SC_ScrollBarSlider
        control = QStyle.ComplexControl.CC_ScrollBar
        handle = QRectF(self.subControlRect(control, option, part, widget))
        upright = option.orientation == Qt.Orientation.Vertical
        handle = handle.adjusted(3, 2, -3, -2) if upright else handle.adjusted(2, 3, -2, -3)
        active = _is(option, QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = roles()
        painter.setBrush(
            QColor(colours.secondary if active else mix(colours.text, colours.canvas, 0.3))
        )
        painter.drawRoundedRect(handle, 3, 3)
        painter.restore()


def _has_edge(widget: QWidget | None) -> bool:
    """Return whether the edge of a line is the style's to draw.

    A combo or spin box draws that of its line, and a field of Mailcheck, which counts as without
    a frame, its own.
    """
    parent = widget.parentWidget() if widget is not None else None
    if isinstance(parent, QComboBox | QAbstractSpinBox):
        return False
    return not isinstance(widget, QLineEdit) or widget.hasFrame()


def _is(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def _edge_pen(option: QStyleOption, widget: QWidget | None = None) -> QPen:
    return edge_pen(
        focused=_is(option, QStyle.StateFlag.State_HasFocus),
        enabled=_is(option, QStyle.StateFlag.State_Enabled),
        attention=attention_of(widget),
    )


def _draw_button(option: QStyleOption, painter: QPainter) -> None:
    state = QStyle.StateFlag
    draw_button(
        painter,
        QRectF(option.rect),
        focused=_is(option, state.State_HasFocus),
        down=_is(option, state.State_Sunken),
        hovered=_is(option, state.State_MouseOver),
    )


def _draw_combo_box(
    option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None
) -> None:
    draw_field(painter, QRectF(option.rect), _edge_pen(option, widget))
    whole: QRect = option.rect
    side = scaled(16)
    left = whole.right() - scaled(_COMBO_ARROW - 6)
    arrow = QRectF(left, whole.center().y() + 1 - side / 2, side, side)
    draw_icon(painter, "chevron-down", arrow, roles().secondary)


def _draw_check_box(option: QStyleOption, painter: QPainter) -> None:
    colours = roles()
    checked = _is(option, QStyle.StateFlag.State_On)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    if checked and _is(option, QStyle.StateFlag.State_HasFocus):
        draw_focus_ring(painter, place, 4)
        place = place.adjusted(3, 3, -3, -3)
    painter.setBrush(QColor(colours.accent if checked else colours.card))
    painter.setPen(QPen(QColor(colours.accent), 1) if checked else _edge_pen(option))
    painter.drawRoundedRect(place, 4, 4)
    if checked:
        pen = QPen(QColor(colours.on_accent), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        unit = place.width() / 18
        corners = [(4.5, 9.2), (7.8, 12.4), (13.5, 6)]
        painter.drawPolyline([place.topLeft() + QPointF(x, y) * unit for x, y in corners])
    painter.restore()


def _draw_radio_button(option: QStyleOption, painter: QPainter) -> None:
    """Draw a ring, with a disc inside where it is chosen; under the keyboard on a soft ground."""
    colours = roles()
    focused = _is(option, QStyle.StateFlag.State_HasFocus)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colours.accent_soft if focused else colours.card))
    pen = _edge_pen(option)
    half = pen.widthF() / 2
    painter.setPen(pen)
    place = QRectF(option.rect).adjusted(half, half, -half, -half)
    painter.drawEllipse(place)
    if _is(option, QStyle.StateFlag.State_On):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(place.center(), place.width() * 0.28, place.width() * 0.28)
    painter.restore()
