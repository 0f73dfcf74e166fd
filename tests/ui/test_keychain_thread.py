"""KeychainCall: answers arrive in the window's thread, late ones are dropped, none is lost."""

from __future__ import annotations

import threading
import weakref

import shiboken6
from pytestqt.qtbot import QtBot

from mailcheck_gui.storage.credentials import StoreAnswer, StoreState
from mailcheck_gui.ui.keychain_thread import KeychainCall

YES = StoreAnswer(StoreState.AVAILABLE, "secret")
LOCKED = StoreAnswer(StoreState.LOCKED)


def test_every_step_has_its_answer(qtbot: QtBot) -> None:
    call = KeychainCall(lambda: YES, lambda: StoreAnswer(StoreState.AVAILABLE))
    with qtbot.waitSignal(call.answered) as caught:
        call.start()
    assert caught.args == [(YES, StoreAnswer(StoreState.AVAILABLE))]


def test_steps_run_elsewhere_and_answers_arrive_here(qtbot: QtBot) -> None:
    threads: list[int] = []

    def step() -> StoreAnswer:
        threads.append(threading.get_ident())
        return YES

    call = KeychainCall(step)
    call.answered.connect(lambda _: threads.append(threading.get_ident()))
    with qtbot.waitSignal(call.answered):
        call.start()
    assert threads[0] != threading.get_ident()
    assert threads[1] == threading.get_ident()


def test_the_first_step_that_is_not_done_ends_the_call(qtbot: QtBot) -> None:
    made: list[str] = []

    def never() -> StoreAnswer:
        made.append("second")
        return YES

    call = KeychainCall(lambda: LOCKED, never)
    with qtbot.waitSignal(call.answered) as caught:
        call.start()
    assert caught.args == [(LOCKED, LOCKED)]
    assert not made


def test_a_late_answer_is_dropped(qtbot: QtBot) -> None:
    unlocked = threading.Event()

    def slow() -> StoreAnswer:
        unlocked.wait(10)
        return YES

    heard: list[object] = []
    call = KeychainCall(slow)
    call.answered.connect(heard.append)
    call.start()
    call.cancel()
    with qtbot.waitSignal(call._arrived):
        unlocked.set()
    assert heard == []


def test_a_crash_is_an_answer(qtbot: QtBot) -> None:
    def broken() -> StoreAnswer:
        raise ValueError

    call = KeychainCall(broken, lambda: YES)
    with qtbot.waitSignal(call.answered) as caught:
        call.start()
    assert caught.args == [(StoreAnswer(StoreState.BROKEN),) * 2]


def test_a_forgotten_call_is_deleted_in_the_window_s_thread(qtbot: QtBot) -> None:
    unlocked = threading.Event()
    deleted_in: list[int] = []

    def slow() -> StoreAnswer:
        unlocked.wait(10)
        return YES

    call = KeychainCall(slow)
    weakref.finalize(call, lambda: deleted_in.append(threading.get_ident()))
    call.start()
    call.cancel()
    thread = call._thread
    del call
    unlocked.set()
    thread.join(10)
    assert deleted_in == []
    qtbot.waitUntil(lambda: bool(deleted_in))
    assert deleted_in == [threading.get_ident()]


def test_an_answer_after_the_end_of_the_program_is_dropped(qtbot: QtBot) -> None:
    """Qt deletes all objects as it ends; pytest fails a test whose thread ends by an exception."""
    unlocked = threading.Event()
    answered = threading.Event()

    def slow() -> StoreAnswer:
        unlocked.wait(10)
        answered.set()
        return YES

    call = KeychainCall(slow)
    call.start()
    shiboken6.delete(call)
    unlocked.set()
    call._thread.join(10)
    assert answered.is_set()
    assert not call._thread.is_alive()
