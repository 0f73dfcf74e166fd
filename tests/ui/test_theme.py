"""The colours: readable on every ground where they are used, in both tables."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from mailcheck_gui.ui.theme import (
    DARK,
    LIGHT,
    READABLE,
    Roles,
    Type,
    apply_theme,
    colours_for,
    contrast,
    palette_for,
    roles,
    roles_for,
    text_scale,
    type_font,
)

TEXT_ON_GROUND = [
    ("text", "card"),
    ("text", "window"),
    ("text", "canvas"),
    ("text", "sunken"),
    ("text", "accent_soft"),
    ("secondary", "card"),
    ("secondary", "window"),
    ("secondary", "sunken"),
    ("secondary", "accent_soft"),
    ("accent", "card"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("error", "card"),
    ("error", "error_tint"),
    ("warning", "card"),
    ("warning", "warning_tint"),
    ("works", "card"),
    ("works", "works_tint"),
    ("info", "info_tint"),
    ("glyph", "error"),
    ("glyph", "warning"),
    ("glyph", "works"),
    ("glyph", "info"),
    ("card", "text"),
    ("card", "error"),
]


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_its_ground(table: Roles, ink: str, ground: str) -> None:
    assert contrast(getattr(table, ink), getattr(table, ground)) >= READABLE


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(table: Roles) -> None:
    assert contrast(table.field_edge, table.card) >= 3


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


def test_the_palette_leads_back_to_its_roles(colours: Roles) -> None:
    assert roles() == colours


def test_a_readable_accent_of_the_system_is_taken() -> None:
    palette = palette_for(LIGHT)
    palette.setColor(QPalette.ColorRole.Accent, QColor("#7a1f6b"))
    chosen = roles_for(palette)
    assert chosen.accent == "#7a1f6b"
    assert contrast(chosen.text, chosen.accent_soft) >= READABLE


@pytest.mark.parametrize("pale", ["#ffd500", "#308cc6"])
def test_an_accent_that_cannot_be_read_is_replaced_by_ours(pale: str) -> None:
    palette = palette_for(LIGHT)
    palette.setColor(QPalette.ColorRole.Accent, QColor(pale))
    assert roles_for(palette) == LIGHT


def test_high_contrast_takes_the_palettes_own_colours() -> None:
    palette = palette_for(LIGHT._replace(card="#000000", text="#ffff00", canvas="#000000"))
    chosen = roles_for(palette, high_contrast=True)
    assert chosen.high_contrast
    assert {chosen.error_tint, chosen.works_tint, chosen.card} == {"#000000"}
    assert {chosen.error_edge, chosen.card_edge, chosen.text} == {"#ffff00"}


@pytest.mark.parametrize(
    ("scheme", "dark"), [(Qt.ColorScheme.Dark, True), (Qt.ColorScheme.Light, False)]
)
def test_a_chosen_scheme_wins_over_the_systems(scheme: Qt.ColorScheme, dark: bool) -> None:
    assert colours_for(scheme, palette_for(LIGHT)).dark is dark


def test_no_choice_follows_the_system() -> None:
    unknown = Qt.ColorScheme.Unknown
    assert colours_for(unknown, palette_for(DARK)).dark
    assert not colours_for(unknown, palette_for(LIGHT)).dark


def test_applying_a_theme_changes_what_widgets_paint_with(qapp: QApplication) -> None:
    apply_theme(qapp, Qt.ColorScheme.Dark)
    assert roles().dark
    apply_theme(qapp, Qt.ColorScheme.Light)
    assert not roles().dark


def test_sizes_of_text_follow_the_applications_font(large_text: QApplication) -> None:
    assert text_scale() == pytest.approx(2)
    assert type_font(Type.BODY).pixelSize() == 26
    assert type_font(Type.TITLE).pixelSize() == 40
    assert type_font(Type.CAPTION).pixelSize() == 24


def test_evidence_is_in_a_font_of_fixed_width(qapp: QApplication) -> None:
    assert type_font(Type.EVIDENCE) != type_font(Type.CAPTION)
