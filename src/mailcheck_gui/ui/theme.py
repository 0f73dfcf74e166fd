"""Colours, type sizes and distances: the one place that knows how Mailcheck looks.

Painted widgets ask `roles()` while they paint, so a change of the palette needs no more than the
repaint that Qt sends anyway. The roles are chosen from the application's palette: dark where its
text is lighter than its ground, the palette's own colours under high contrast.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

ATTENTION: Final = "attention"
"""The property of a field that a sentence below it is about: the name of a role, or empty."""

READABLE: Final = 4.5
"""The contrast that text needs (WCAG 2, success criterion 1.4.3)."""


class Roles(NamedTuple):
    """The colours, as `#rrggbb`. `*_tint` are grounds, `*_edge` lines around them."""

    window: str
    canvas: str
    card: str
    sunken: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    accent_soft: str
    accent_edge: str
    error: str
    error_tint: str
    error_edge: str
    warning: str
    warning_tint: str
    warning_edge: str
    works: str
    works_tint: str
    works_edge: str
    info: str
    info_tint: str
    info_edge: str
    glyph: str
    field_edge: str
    card_edge: str
    button: str
    button_edge: str
    dark: bool = False
    high_contrast: bool = False


LIGHT: Final = Roles(
    window="#f2f3f6",
    canvas="#fafbfc",
    card="#ffffff",
    sunken="#f4f6f8",
    text="#191c20",
    secondary="#565e69",
    accent="#155cb0",
    on_accent="#ffffff",
    accent_soft="#e6effa",
    accent_edge="#c3d8f0",
    error="#b3261e",
    error_tint="#fdf1f0",
    error_edge="#efc9c6",
    warning="#8a5300",
    warning_tint="#fff7e6",
    warning_edge="#ebd6a8",
    works="#1b7339",
    works_tint="#eef8f1",
    works_edge="#bbddc6",
    info="#155cb0",
    info_tint="#eff5fc",
    info_edge="#c3d8f0",
    glyph="#ffffff",
    field_edge="#858e99",
    card_edge="#dfe3e8",
    button="#ffffff",
    button_edge="#cdd3da",
)

DARK: Final = Roles(
    window="#1b1d20",
    canvas="#212327",
    card="#2a2d32",
    sunken="#24272b",
    text="#f1f3f5",
    secondary="#b3bbc5",
    accent="#7fb4f2",
    on_accent="#0a1b2e",
    accent_soft="#26374b",
    accent_edge="#37506c",
    error="#ff9d94",
    error_tint="#3a2626",
    error_edge="#6a3b39",
    warning="#f0c26b",
    warning_tint="#362d1c",
    warning_edge="#665330",
    works="#7dd39a",
    works_tint="#1f3227",
    works_edge="#35593f",
    info="#8dbdf5",
    info_tint="#223040",
    info_edge="#37506c",
    glyph="#15181b",
    field_edge="#8b949f",
    card_edge="#3b4047",
    button="#343840",
    button_edge="#4a505a",
    dark=True,
)


class Space:
    """Distances in device-independent pixels, in steps of four."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 20
    XXL: Final = 24
    XXXL: Final = 32


class Radius:
    """Corner radii in device-independent pixels."""

    CARD: Final = 8
    INNER: Final = 6
    CONTROL: Final = 5


class Size:
    """Heights and widths of the grid, for the standard text size."""

    CONTROL: Final = 32
    FOOT_BUTTON: Final = 38
    TABLE_ROW: Final = 28
    CHANGED_ROW: Final = 34
    LADDER_ROW: Final = 46
    BADGE: Final = 22
    CONTENT: Final = 960


TWO_COLUMNS: Final = 740
"""From this page width, at the standard text size, two columns stand side by side."""


class Type(Enum):
    """The kinds of text: factor of the system's size, weight, and whether its width is fixed."""

    DISPLAY = (2.0, QFont.Weight.DemiBold, False)
    TITLE = (1.54, QFont.Weight.DemiBold, False)
    VERDICT = (1.38, QFont.Weight.DemiBold, False)
    PORT = (1.3, QFont.Weight.DemiBold, False)
    SUBTITLE = (1.15, QFont.Weight.DemiBold, False)
    LEAD = (1.15, QFont.Weight.Normal, False)
    STRONG = (1.0, QFont.Weight.DemiBold, False)
    BODY = (1.0, QFont.Weight.Normal, False)
    CAPTION = (0.92, QFont.Weight.Normal, False)
    CAPTION_STRONG = (0.92, QFont.Weight.DemiBold, False)
    EVIDENCE = (0.92, QFont.Weight.Normal, True)


class _TextSizes:
    """Fonts and scale for one font of the application; made anew when that font changes."""

    def __init__(self, base: QFont) -> None:
        self.base = base
        self.scale = max(1.0, QFontInfo(base).pixelSize() / STANDARD_TEXT)
        self._fonts: dict[Type, QFont] = {}

    def font(self, kind: Type) -> QFont:
        """Return the font for a kind of text, made when it is first wanted."""
        if kind not in self._fonts:
            self._fonts[kind] = self._make(kind)
        return self._fonts[kind]

    def _make(self, kind: Type) -> QFont:
        factor, weight, fixed = kind.value
        font = QFont(self.base)
        if fixed:
            from PySide6.QtGui import QFontDatabase  # it lists all writing systems

            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        if self.base.pixelSize() > 0:
            font.setPixelSize(round(self.base.pixelSize() * factor))
        else:
            font.setPointSizeF(self.base.pointSizeF() * factor)
        font.setWeight(weight)
        return font


_sizes: list[_TextSizes] = []


def _text_sizes() -> _TextSizes:
    base = QApplication.font()
    if not _sizes or _sizes[0].base != base:
        _sizes[:] = [_TextSizes(base)]
    return _sizes[0]


def type_font(kind: Type) -> QFont:
    """Return the font for a kind of text, relative to the application's font."""
    return QFont(_text_sizes().font(kind))


STANDARD_TEXT: Final = 13
"""The text size in pixels for which the distances of the design are given."""


def text_scale() -> float:
    """Return how large the person's text is, 1.0 being the design's; never below 1."""
    return _text_sizes().scale


def scaled(length: int) -> int:
    """Return a length of the design, grown with the person's text size."""
    return round(length * text_scale())


def _channel(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2)."""
    rgb = QColor(colour)
    red, green, blue = (_channel(part) for part in (rgb.redF(), rgb.greenF(), rgb.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, ground: str, part: float) -> str:
    """Return `part` of a colour over a ground; 0 is the ground."""
    over, under = QColor(colour), QColor(ground)
    pairs = (
        (over.red(), under.red()),
        (over.green(), under.green()),
        (over.blue(), under.blue()),
    )
    return QColor(*(round(a * part + b * (1 - part)) for a, b in pairs)).name()


def _with_accent(base: Roles, accent: str) -> Roles:
    """Take the system's accent where it can be read on a card and text can be read on it."""
    readable = contrast(accent, base.card) >= READABLE
    if accent == base.accent or not readable or contrast(accent, base.on_accent) < READABLE:
        return base
    return base._replace(
        accent=accent,
        accent_soft=mix(accent, base.card, 0.11),
        accent_edge=mix(accent, base.card, 0.25),
    )


_HIGH_CONTRAST_GROUNDS = frozenset(
    {"window", "canvas", "card", "sunken", "accent_soft", "button", "glyph"}
)


def _high_contrast(palette: QPalette, base: Roles) -> Roles:
    """All grounds are the palette's base, all lines its text: shapes and words carry everything."""
    ground = palette.color(QPalette.ColorRole.Base).name()
    ink = palette.color(QPalette.ColorRole.WindowText).name()
    names = (name for name in Roles._fields if name not in Roles._field_defaults)
    values = {
        name: ground if name in _HIGH_CONTRAST_GROUNDS or name.endswith("_tint") else ink
        for name in names
    }
    values["accent"] = palette.color(QPalette.ColorRole.Highlight).name()
    values["on_accent"] = palette.color(QPalette.ColorRole.HighlightedText).name()
    return Roles(**values, dark=base.dark, high_contrast=True)


def roles_for(palette: QPalette, *, high_contrast: bool = False) -> Roles:
    """Choose the colours that go with a palette."""
    ground = palette.color(QPalette.ColorRole.Window).name()
    ink = palette.color(QPalette.ColorRole.WindowText).name()
    base = DARK if luminance(ground) < luminance(ink) else LIGHT
    if high_contrast:
        return _high_contrast(palette, base)
    return _with_accent(base, palette.color(QPalette.ColorRole.Accent).name())


def wants_high_contrast() -> bool:
    """Return whether the person asked the system for high contrast."""
    hints = QGuiApplication.styleHints()  # kept, since PySide ends `accessibility()` with it
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


@lru_cache(maxsize=8)
def _cached_roles(_palette_key: int) -> Roles:
    return roles_for(QApplication.palette(), high_contrast=wants_high_contrast())


def roles() -> Roles:
    """Return the colours of this moment. High contrast is asked anew with each new palette."""
    return _cached_roles(QApplication.palette().cacheKey())


def palette_for(colours: Roles) -> QPalette:
    """Return a palette that gives native widgets the same colours."""
    role = QPalette.ColorRole
    palette = QPalette()
    table = {
        role.Window: colours.canvas,
        role.WindowText: colours.text,
        role.Base: colours.card,
        role.AlternateBase: colours.sunken,
        role.Text: colours.text,
        role.PlaceholderText: colours.secondary,
        role.Button: colours.button,
        role.ButtonText: colours.text,
        role.BrightText: colours.on_accent,
        role.ToolTipBase: colours.card,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.card,
        role.Midlight: colours.sunken,
        role.Mid: colours.button_edge,
        role.Dark: colours.field_edge,
        role.Shadow: colours.field_edge,
    }
    for which, colour in table.items():
        palette.setColor(which, QColor(colour))
    faded = QColor(mix(colours.secondary, colours.card, 0.7))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, faded)
    return palette


def colours_for(scheme: Qt.ColorScheme, system: QPalette) -> Roles:
    """Choose the colours for a scheme; Unknown takes the lightness of the system's palette."""
    if scheme is Qt.ColorScheme.Unknown:
        return roles_for(system)
    base = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    return _with_accent(base, system.color(QPalette.ColorRole.Accent).name())


def apply_theme(application: QApplication, scheme: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> None:
    """Give the application Mailcheck's palette for a colour scheme; Unknown follows the system.

    Call it at the start and whenever the system's colour scheme changes. Under high contrast the
    system's palette stays as it is.
    """
    QGuiApplication.styleHints().setColorScheme(scheme)
    application.setPalette(QPalette())  # back to the system's own, to read its accent
    if not wants_high_contrast():
        application.setPalette(palette_for(colours_for(scheme, application.palette())))


def wants_less_motion() -> bool:
    """Return whether the person asked the system for less motion; unknown before Qt 6.12."""
    hints = QGuiApplication.styleHints()  # kept, since PySide ends `accessibility()` with it
    preference = getattr(hints.accessibility(), "motionPreference", None)
    return preference is not None and preference().name == "ReducedMotion"
