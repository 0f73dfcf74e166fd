from __future__ import annotations

import time

from mailcheck_gui.network.deadline import Deadline


def test_a_deadline_ahead() -> None:
    deadline = Deadline.after(60)
    assert not deadline.passed
    assert 0 < deadline.remaining <= 60


def test_a_deadline_that_is_over_has_nothing_left() -> None:
    deadline = Deadline(time.monotonic() - 1)
    assert deadline.passed
    assert deadline.remaining == 0


def test_within_takes_the_earlier() -> None:
    run = Deadline.after(60)
    assert run.within(120) == run
    assert run.within(1).at < run.at


def test_keeping_a_reserve_leaves_most_of_the_time() -> None:
    run = Deadline.after(60)
    assert run.keeping(5).at == run.at - 5
    assert run.at - 15 <= run.keeping(40).at < run.at
