"""The check right after Apply examines only what changed, every other one examines everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import A_CHECK, PASSWORD, Stage, make_stage

from mailcheck_gui.model.account import Role
from mailcheck_gui.model.observation import SignInObservation
from mailcheck_gui.model.report import Report
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.requests import ApplyRequest, TypedPasswords


@pytest.fixture
def stage(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> Iterator[Stage]:
    """A window whose first check found 587 with SSL/TLS."""
    made = make_stage(qtbot, tmp_path)
    made.window.begin_typing()
    made.fill(port="587")
    made.page.form.outgoing.security.setFocus()
    QTest.keyClicks(made.page.form.outgoing.security, "SSL")
    made.check()
    yield made
    made.window.close()
    made.practice.stop()


def report(stage: Stage) -> Report:
    found = stage.page.session.report
    assert found is not None
    return found


def checked_again(stage: Stage) -> Report:
    """Wait for the result of the check that was just asked for."""
    stage.bot.waitUntil(lambda: stage.page.runner.running, timeout=A_CHECK)
    stage.wait_for(View.RESULT)
    return report(stage)


def receiving(found: Report) -> SignInObservation:
    return next(each for each in found.observations.sign_ins if each.role is Role.INCOMING)


def apply(stage: Stage, passwords: TypedPasswords | None = None) -> Report:
    suggestion = report(stage).suggestion
    stage.page.apply(ApplyRequest(suggestion, passwords=passwords or TypedPasswords()))
    return checked_again(stage)


def test_after_apply_the_side_that_stays_is_not_signed_in_to_again(stage: Stage) -> None:
    first = report(stage)
    second = apply(stage)
    assert receiving(second) is receiving(first)
    assert second.observations.endpoints != first.observations.endpoints


def test_a_further_check_examines_everything(stage: Stage) -> None:
    second = apply(stage)
    stage.key(Qt.Key.Key_F5)
    assert receiving(checked_again(stage)) is not receiving(second)


def test_with_another_password_everything_is_examined(stage: Stage) -> None:
    first = report(stage)
    second = apply(stage, TypedPasswords("another", PASSWORD))
    assert receiving(second) is not receiving(first)


def test_what_is_typed_after_apply_is_examined_anew(stage: Stage) -> None:
    first = report(stage)
    page = stage.page
    page.session.apply(ApplyRequest(first.suggestion))
    page.show_form()
    QTest.keyClicks(page.form.incoming.username, "2")
    stage.check()
    assert receiving(report(stage)) is not receiving(first)


def test_an_old_report_speaks_for_nothing(stage: Stage) -> None:
    first = report(stage)
    stage.page.session.report = replace(first, started=first.started - timedelta(hours=1))
    assert receiving(apply(stage)) is not receiving(first)


def test_leaving_practice_makes_every_server_another_one(stage: Stage) -> None:
    first = report(stage)
    stage.page.session.apply(ApplyRequest(first.suggestion))
    stage.page.set_practice(practice=False)
    stage.page.check()
    assert receiving(checked_again(stage)) is not receiving(first)
