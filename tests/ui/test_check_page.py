"""The checking page, fed with the events of a run."""

from __future__ import annotations

import pytest
import window_reports as sample
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mailcheck_gui.model.account import Account, Protocol, Role, Security
from mailcheck_gui.model.endpoint import Endpoint, PlannedEndpoint
from mailcheck_gui.model.event import (
    CheckStarted,
    EndpointKnown,
    Step,
    StepChanged,
    StepState,
)
from mailcheck_gui.model.finding import message
from mailcheck_gui.ui import announcer
from mailcheck_gui.ui.check_page import CheckingView
from mailcheck_gui.ui.ladder import Ladder
from mailcheck_gui.ui.port_map import PortMap
from mailcheck_gui.ui.port_tiles import Mark, TileState


@pytest.fixture
def view(qtbot: QtBot, themed: QApplication) -> CheckingView:
    page = CheckingView()
    qtbot.addWidget(page)
    page.resize(880, 760)
    page.show()
    page.start("info@example.com", sample.ACCOUNT)
    return page


def plan() -> CheckStarted:
    return CheckStarted(
        tuple(
            PlannedEndpoint(seen.role, seen.endpoint, seen.security, seen.configured)
            for seen in sample.ENDPOINTS
        )
    )


def change(
    role: Role, step: Step, state: StepState, detail: str = "", elapsed: float | None = None
) -> StepChanged:
    return StepChanged(role, step, state, message(detail), elapsed)


def test_a_step_shows_its_state_sentence_and_time(view: CheckingView) -> None:
    view.handle(
        change(Role.INCOMING, Step.NAME, StepState.WORKS, "Found: 203.0.113.25", elapsed=18.4)
    )
    row = view.ladder(Role.INCOMING).ladder.rows[Step.NAME]
    assert row.state is StepState.WORKS
    assert row.accessibleName() == "Name, works, Found: 203.0.113.25"
    assert row._time.text() == "18 ms"
    assert view.ladder(Role.INCOMING).badge.text() == "1 of 6"
    other = view.ladder(Role.OUTGOING).ladder.rows[Step.NAME]
    assert other.state is StepState.WAITING


def test_an_error_is_named_on_the_card_of_its_side(view: CheckingView) -> None:
    view.handle(
        change(Role.OUTGOING, Step.ENCRYPTION, StepState.ERROR, "It answered in plain text")
    )
    assert view.ladder(Role.OUTGOING).badge.text() == "Problem found"
    assert view.ladder(Role.INCOMING).badge.text() == "0 of 6"


def test_all_steps_done_is_said(view: CheckingView) -> None:
    for step in Step:
        view.handle(change(Role.INCOMING, step, StepState.WORKS))
    assert view.ladder(Role.INCOMING).badge.text() == "Done"


def test_ports_fill_in_as_they_become_known(view: CheckingView) -> None:
    view.handle(plan())
    ports = view.findChild(PortMap)
    states = {tile.tile.port: tile.tile.state for tile in ports.tiles()}
    assert set(states.values()) == {TileState.RUNNING}
    for seen in sample.ENDPOINTS[:4]:
        view.handle(EndpointKnown(seen))
    known = {
        tile.tile.port: tile.tile.state
        for tile in ports.tiles()
        if tile.tile.state is not TileState.RUNNING
    }
    assert known == {
        993: TileState.TLS,
        143: TileState.STARTTLS,
        110: TileState.UNENCRYPTED,
        995: TileState.NO_ANSWER,
    }


def test_yours_is_marked_from_the_start_and_a_mismatch_when_it_is_seen(
    view: CheckingView,
) -> None:
    view.handle(plan())
    tiles = {tile.tile.port: tile for tile in view.findChild(PortMap).tiles()}
    assert tiles[587].tile.mark is Mark.YOURS
    view.handle(EndpointKnown(sample.ENDPOINTS[4]))
    assert tiles[587].tile.mark is Mark.YOURS_DIFFERS
    assert tiles[587].accessibleName() == (
        "Port 587, STARTTLS, yours, set to SSL/TLS, does not match"
    )


def test_an_endpoint_outside_the_plan_adds_no_tile(view: CheckingView) -> None:
    view.handle(plan())
    before = len(view.findChild(PortMap).tiles())
    view.handle(EndpointKnown(sample.seen(Protocol.SMTP, "mail.example.net", 465, "tls")))
    assert len(view.findChild(PortMap).tiles()) == before


def test_progress_grows_to_the_end(view: CheckingView) -> None:
    view.handle(plan())
    assert view._progress.part() == 0
    for role in (Role.INCOMING, Role.OUTGOING):
        for step in Step:
            view.handle(change(role, step, StepState.WORKS))
    half = view._progress.part()
    assert 0 < half < 1
    for seen in sample.ENDPOINTS:
        view.handle(EndpointKnown(seen))
    assert view._progress.part() == 1


def test_a_second_run_starts_from_nothing(view: CheckingView) -> None:
    view.handle(plan())
    view.handle(change(Role.INCOMING, Step.NAME, StepState.ERROR, "There is no such server"))
    view.show_cancelling()
    view.start("info@example.com", sample.ACCOUNT)
    assert view.ladder(Role.INCOMING).badge.text() == "0 of 6"
    assert view._progress.part() == 0
    assert view._cancel.isEnabled()
    row = view.ladder(Role.INCOMING).ladder.rows[Step.NAME]
    assert row.accessibleName() == "Name, waiting"


def test_a_side_that_was_not_given_is_not_shown(view: CheckingView) -> None:
    view.start("scanner@example.com", Account(outgoing=sample.SMTP_465))
    assert view.ladder(Role.INCOMING).isHidden()
    assert not view.ladder(Role.OUTGOING).isHidden()


def test_cancel_is_pressed_with_the_keyboard_and_only_once(
    view: CheckingView, qtbot: QtBot
) -> None:
    view.focus_cancel()
    with qtbot.waitSignal(view.cancel_requested):
        qtbot.keyClick(view._cancel, Qt.Key.Key_Space)
    view.show_cancelling()
    assert not view._cancel.isEnabled()
    assert view._header.sentence() == "Stopping"


def test_the_arrow_keys_walk_through_a_ladder_that_is_one_tab_stop(
    view: CheckingView, qtbot: QtBot
) -> None:
    ladder = view.findChild(Ladder)
    rows = list(ladder.rows.values())
    stops = [row for row in rows if row.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert stops == rows[:1]
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert view.window().focusWidget() is rows[1]
    qtbot.keyClick(rows[1], Qt.Key.Key_Up)
    qtbot.keyClick(rows[0], Qt.Key.Key_Up)
    assert view.window().focusWidget() is rows[0]


def test_steps_are_announced_politely_and_not_all_at_once(
    view: CheckingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        said.append(event.message())

    monkeypatch.setattr(announcer.QAccessible, "updateAccessibility", hear)
    view.handle(change(Role.INCOMING, Step.NAME, StepState.WORKS, "Found: 203.0.113.25"))
    view.handle(change(Role.INCOMING, Step.CONNECT, StepState.RUNNING, "Connecting"))
    view.handle(change(Role.INCOMING, Step.CONNECT, StepState.WORKS, "Port 993 answered"))
    assert said == ["Incoming mail, Name: Found: 203.0.113.25"]


def test_many_ports_fit_a_narrow_page_in_several_rows(view: CheckingView) -> None:
    view.handle(plan())
    ports = view.findChild(PortMap)
    wide, narrow = ports.heightForWidth(776), ports.heightForWidth(420)
    assert narrow > 1.8 * wide
    ports.resize(420, narrow)
    for tile in ports.tiles():
        assert ports.rect().contains(tile.geometry())
        assert tile.width() >= tile.least_width()


@pytest.mark.parametrize("width", [480, 540, 600, 660])
def test_full_rows_of_ports_end_on_one_line(view: CheckingView, width: int) -> None:
    view.handle(plan())
    ports = view.findChild(PortMap)
    ports.resize(width, ports.heightForWidth(width))
    ends: dict[int, int] = {}
    for tile in ports.tiles():
        ends[tile.y()] = tile.geometry().right()
    assert len(ends) == 2
    assert len(set(ends.values())) == 1


def test_an_unusual_port_has_its_place_among_its_kin(view: CheckingView) -> None:
    unusual = PlannedEndpoint(
        Role.OUTGOING,
        Endpoint(Protocol.SMTP, sample.SMTP_HOST, 2587),
        Security.STARTTLS,
        configured=True,
    )
    view.handle(CheckStarted((*plan().plan, unusual)))
    ports = [tile.tile.port for tile in view.findChild(PortMap).tiles()]
    assert ports == [25, 465, 587, 2525, 2587, 143, 993, 110, 995]
