"""Labels, layouts, badges, shapes, hints: size hints, keyboard, words for screen readers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mailcheck_gui.model.finding import Severity
from mailcheck_gui.ui import control_shapes, theme
from mailcheck_gui.ui.badge import Badge, BadgeKind
from mailcheck_gui.ui.buttons import Button, CopyButton, Link, PrimaryButton
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.disclosure import Disclosure
from mailcheck_gui.ui.evidence_box import EvidenceBox
from mailcheck_gui.ui.form_fields import TextField
from mailcheck_gui.ui.fusion_style import use_fusion_style
from mailcheck_gui.ui.hint import Hint
from mailcheck_gui.ui.icons import pixmap
from mailcheck_gui.ui.labels import ElideLabel, WrapLabel, breakable, plain_tool_tip
from mailcheck_gui.ui.layouts import ColumnsLayout, FlowLayout, LeadLayout
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import (
    DARK,
    LIGHT,
    READABLE,
    Roles,
    apply_theme,
    contrast,
    luminance,
    palette_for,
    roles,
)

LONG = "Der Server begrüßt im Klartext und bietet STARTTLS an, wartet dann aber vergeblich. " * 3
HOST = "postausgang.rechenzentrum-sued.musterbetrieb.example"


@pytest.fixture(autouse=True)
def _light(themed: QApplication) -> None:
    """All of these are measured on the light theme."""


# Labels


def test_a_wrapped_label_is_as_high_as_its_lines_and_no_higher(qtbot: QtBot) -> None:
    label = WrapLabel(LONG)
    qtbot.addWidget(label)
    line = QFontMetrics(label.font()).height()
    assert label.sizeHint().height() == line
    assert label.minimumSizeHint().height() == line
    assert label.heightForWidth(300) > 3 * line


def test_nested_wrapped_labels_do_not_make_a_page_too_high(qtbot: QtBot) -> None:
    outer = Card()
    qtbot.addWidget(outer)
    inner = Card()
    label = WrapLabel(LONG)
    inner.column.addWidget(label)
    outer.column.addWidget(inner)
    width = 600
    assert outer.heightForWidth(width) == label.heightForWidth(width - 80) + 80


def test_text_is_never_taken_for_markup(qtbot: QtBot) -> None:
    label = WrapLabel("<b>220</b> ready")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert plain_tool_tip("<b>220</b>") == (
        "<p style='white-space: pre-wrap'>&lt;b&gt;220&lt;/b&gt;</p>"
    )


def test_ssl_tls_stays_on_one_line_and_is_spoken_without_marks(qtbot: QtBot) -> None:
    label = WrapLabel("Use SSL/TLS")
    qtbot.addWidget(label)
    assert label.text() != "Use SSL/TLS"
    assert label.plain_text() == "Use SSL/TLS"
    assert label.accessibleName() == "Use SSL/TLS"


def test_a_long_server_name_may_break_behind_its_dots() -> None:
    pieces = breakable(HOST).split("\u200b")
    assert "".join(pieces) == HOST
    assert pieces[0] == "postausgang."
    assert max(len(piece) for piece in pieces) <= 24
    assert breakable("short words stay whole") == "short words stay whole"


def test_a_label_that_is_too_long_gives_up_its_middle(qtbot: QtBot) -> None:
    label = ElideLabel(HOST)
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert "…" in label.shown_text()
    assert label.shown_text().startswith("post")
    assert HOST in label.toolTip()
    assert label.accessibleName() == HOST
    label.resize(label.sizeHint())
    assert label.shown_text() == HOST
    assert label.toolTip() == ""


# Layouts


def _box(width: int, height: int = 20) -> QWidget:
    box = QWidget()
    box.setFixedSize(width, height)
    return box


def test_columns_stand_side_by_side_on_a_wide_page_and_stacked_on_a_narrow_one(
    qtbot: QtBot,
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    columns = ColumnsLayout(holder, spacing=16)
    left, right = QLabel("left"), QLabel("right")
    columns.addWidget(left)
    columns.addWidget(right)
    columns.setGeometry(QRect(0, 0, 800, 100))
    assert left.width() == right.width() == 392
    assert right.x() == 408
    columns.setGeometry(QRect(0, 0, 600, 100))
    assert left.width() == right.width() == 600
    assert right.y() > left.y()


def test_large_text_stacks_columns_earlier(qtbot: QtBot, large_text: QApplication) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    columns = ColumnsLayout(holder)
    assert not columns.side_by_side(800)
    assert columns.side_by_side(1500)


def test_columns_by_weight_share_the_whole_width(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    columns = ColumnsLayout(holder, spacing=16, weights=(3, 5))
    left, right = QLabel("left"), QLabel("right")
    columns.addWidget(left)
    columns.addWidget(right)
    columns.setGeometry(QRect(0, 0, 816, 100))
    assert (left.width(), right.width()) == (300, 500)


def test_a_lead_moves_above_its_followers_when_there_is_too_little_room(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = LeadLayout(holder, spacing=10, lead_width=200)
    lead, button = QLabel("x" * 100), _box(90)
    row.addWidget(lead)
    row.addWidget(button)
    assert row.side_by_side(300)
    assert not row.side_by_side(299)
    row.setGeometry(QRect(0, 0, 400, 60))
    assert (lead.width(), button.x()) == (300, 310)
    row.setGeometry(QRect(0, 0, 250, 60))
    assert button.y() > lead.y()


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, spacing=10)
    boxes = [_box(100) for _ in range(3)]
    for box in boxes:
        flow.addWidget(box)
    assert flow.heightForWidth(400) == 20
    assert flow.heightForWidth(219) == 50
    assert flow.heightForWidth(209) == 80
    flow.setGeometry(QRect(0, 0, 220, 60))
    assert [(box.x(), box.y()) for box in boxes] == [(0, 0), (110, 0), (0, 30)]


def test_hidden_items_take_no_room(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, spacing=10)
    first, second = _box(100), _box(100)
    flow.addWidget(first)
    flow.addWidget(second)
    first.hide()
    assert flow.heightForWidth(105) == 20


# Shapes, badges, icons


def _picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_severities_differ_in_shape_not_only_in_colour(qtbot: QtBot, themed: QApplication) -> None:
    outlines = set()
    for shape in Shape:
        mark = ShapeMark(shape, 20)
        qtbot.addWidget(mark)
        picture = _picture(mark)
        ground = picture.pixelColor(0, 0)
        outline = tuple(
            picture.pixelColor(x, y) != ground for x in range(20) for y in range(0, 20, 2)
        )
        outlines.add(outline)
    assert len(outlines) == len(Shape)


def test_a_running_ring_turns_only_while_it_can_be_seen(qtbot: QtBot) -> None:
    mark = ShapeMark(Shape.RUNNING)
    qtbot.addWidget(mark)
    timer = mark._timer
    assert not timer.isActive()
    mark.show()
    assert timer.isActive()
    mark.set_shape(Shape.WORKS)
    assert not timer.isActive()
    mark.set_shape(Shape.RUNNING)
    mark.hide()
    assert not timer.isActive()


def test_a_badge_has_room_for_its_words_and_reads_them_out(qtbot: QtBot) -> None:
    badge = Badge(BadgeKind.SIGNED_IN, "Anmeldung gelungen")
    qtbot.addWidget(badge)
    assert badge.accessibleName() == "Anmeldung gelungen"
    shorter = Badge(BadgeKind.SIGNED_IN, "ok")
    qtbot.addWidget(shorter)
    assert badge.sizeHint().width() > shorter.sizeHint().width()


def test_icons_are_tinted_and_sharp_at_every_ratio() -> None:
    picture = pixmap("plus", 20, "#ff0000", 2.0)
    assert picture.width() == 40
    assert picture.devicePixelRatio() == 2.0
    assert picture.toImage().pixelColor(20, 20) == QColor("#ff0000")


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon", 20, "#000000")


# Buttons


def test_the_filled_button_has_the_accent_at_full_strength(
    qtbot: QtBot, colours: Roles, themed: QApplication
) -> None:
    themed.setPalette(themed.palette())
    button = PrimaryButton("Check")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert _picture(button).pixelColor(12, 6) == QColor(roles().accent)


@pytest.fixture
def high_contrast(themed: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The application as for a person who asked the system for high contrast."""
    with monkeypatch.context() as asked:
        asked.setattr(theme, "wants_high_contrast", lambda: True)
        black = {"canvas": "#000000", "card": "#000000"}
        themed.setPalette(palette_for(LIGHT._replace(text="#ffff00", **black)))
        yield
    apply_theme(themed, Qt.ColorScheme.Light)


@pytest.mark.usefixtures("high_contrast")
@pytest.mark.parametrize("enabled", [True, False])
def test_the_words_of_the_filled_button_can_be_read_under_high_contrast(
    qtbot: QtBot, enabled: bool
) -> None:
    button = PrimaryButton("Check")
    button.setEnabled(enabled)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    inside = _picture(button).copy(button.rect().adjusted(8, 8, -8, -8))
    seen = sorted(
        (
            inside.pixelColor(x, y).name()
            for x in range(inside.width())
            for y in range(inside.height())
        ),
        key=luminance,
    )
    assert contrast(seen[0], seen[-1]) >= READABLE


@pytest.fixture
def native_style(themed: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A style that paints fields and buttons itself, and gives a default button no more than an
    edge, as Qt's styles for Windows do."""
    monkeypatch.setattr(control_shapes, "_ALWAYS_FUSION", False)
    before = themed.style().name()  # empty where it is Fusion, extended
    themed.setStyle("Windows")
    yield
    themed.setStyle(before or control_shapes.FUSION)
    use_fusion_style(themed)


@pytest.mark.usefixtures("native_style")
def test_the_filled_button_is_filled_where_the_platform_draws_only_an_edge(qtbot: QtBot) -> None:
    button = PrimaryButton("Check")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert _picture(button).pixelColor(12, 6) == QColor(roles().accent)


@pytest.mark.usefixtures("native_style")
def test_a_field_leaves_its_edge_to_a_platform_that_has_one(qtbot: QtBot) -> None:
    field = TextField("Server")
    qtbot.addWidget(field)
    assert field.hasFrame()
    assert field.textMargins().isNull()


def test_words_of_a_button_are_never_cut(qtbot: QtBot) -> None:
    words = "Übernehmen und erneut prüfen"
    button = PrimaryButton(words)
    qtbot.addWidget(button)
    assert button.minimumSizeHint().width() > QFontMetrics(button.font()).horizontalAdvance(words)
    assert button.sizeHint().height() >= 38
    assert Button("Edit").sizeHint().height() >= 32


def test_a_copy_button_says_that_it_copied_and_then_offers_it_again(qtbot: QtBot) -> None:
    button = CopyButton("Copy text")
    qtbot.addWidget(button)
    button.confirm()
    assert button.text() == "Copied"
    button.confirm()
    qtbot.waitUntil(lambda: button.text() == "Copy text", timeout=5000)
    assert button.accessibleName() == "Copy text"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_link_is_pressed_with_enter_and_with_space(qtbot: QtBot, key: Qt.Key) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    link = Link("Show evidence", "chevron-right")
    layout.addWidget(link)
    holder.show()
    link.setFocus()
    with qtbot.waitSignal(link.clicked):
        qtbot.keyClick(link, key)


# Hint


def test_a_hint_takes_no_room_until_it_speaks(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    hint = Hint()
    column.addWidget(QLabel("field"))
    column.addWidget(hint)
    without = column.sizeHint().height()
    hint.show_hint(Severity.WARNING, "Port 587 normally goes with STARTTLS.", "Use STARTTLS")
    assert hint.sentence() == "Port 587 normally goes with STARTTLS."
    assert column.sizeHint().height() > without
    with qtbot.waitSignal(hint.pressed):
        hint.button().click()
    hint.clear()
    assert hint.sentence() == ""
    assert column.sizeHint().height() == without


def test_a_hint_without_an_answer_has_no_dead_button(qtbot: QtBot) -> None:
    hint = Hint()
    qtbot.addWidget(hint)
    hint.show_hint(Severity.INFO, "Blank removed from the server name.")
    assert hint.button().isHidden()


# Evidence


def test_evidence_is_plain_and_at_most_twelve_lines_high(qtbot: QtBot) -> None:
    box = EvidenceBox("What the server said", "<img src=x>\n" * 40)
    qtbot.addWidget(box)
    box.resize(500, 10)
    box.show()
    lines = box.findChild(QWidget, "qt_scrollarea_viewport").parentWidget()
    line = QFontMetrics(lines.font()).lineSpacing()
    assert lines.height() <= 12 * line + 4
    assert box.text().startswith("<img src=x>")
    box.set_text("220 ready")
    assert lines.height() <= line + 4


@pytest.mark.parametrize("pixels", [13, 14, 15, 17, 19, 23, 26])
def test_evidence_that_is_short_needs_no_scroll_bar(
    qtbot: QtBot, large_text: QApplication, pixels: int
) -> None:
    font = large_text.font()
    font.setPixelSize(pixels)
    large_text.setFont(font)
    box = EvidenceBox("What the server said", "\n".join(["* OK ← ready"] * 12))
    qtbot.addWidget(box)
    box.resize(500, 400)
    box.show()
    large_text.processEvents()
    lines = box.findChild(QPlainTextEdit)
    assert lines.verticalScrollBar().maximum() == 0


def test_a_ring_shows_that_the_keyboard_is_in_the_evidence(
    qtbot: QtBot, themed: QApplication
) -> None:
    box = EvidenceBox("What the server said", "220 ready")
    qtbot.addWidget(box)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    lines = box.findChild(QPlainTextEdit)
    lines.setFocus()
    qtbot.waitUntil(lines.hasFocus)
    edge = (box.width() // 2, 1)
    assert _picture(box).pixelColor(*edge) == QColor(roles().accent)
    lines.clearFocus()
    assert _picture(box).pixelColor(*edge) != QColor(roles().accent)


def test_escape_closes_evidence_and_returns_the_keyboard(qtbot: QtBot) -> None:
    box = EvidenceBox("What the server said", "220 ready")
    disclosure = Disclosure("What the server said", lambda: box, "Port 587")
    qtbot.addWidget(disclosure)
    disclosure.show()
    disclosure.link.setFocus()
    qtbot.keyClick(disclosure.link, Qt.Key.Key_Space)
    assert disclosure.is_open()
    assert disclosure.link.accessibleName() == "What the server said, Port 587, open"
    box.findChild(QWidget, "qt_scrollarea_viewport").parentWidget().setFocus()
    qtbot.keyClick(disclosure.focusWidget(), Qt.Key.Key_Escape)
    assert not disclosure.is_open()
    assert disclosure.focusWidget() is disclosure.link


def test_widgets_follow_a_change_of_theme(qtbot: QtBot, themed: QApplication) -> None:
    label = WrapLabel("text")
    qtbot.addWidget(label)
    apply_theme(themed, Qt.ColorScheme.Dark)
    themed.processEvents()
    assert label.palette().windowText().color() == QColor(DARK.text)
    apply_theme(themed, Qt.ColorScheme.Light)
    themed.processEvents()
    assert label.palette().windowText().color() == QColor(LIGHT.text)
