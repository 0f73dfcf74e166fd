"""The table of control servers: enough of them, and none of them guessed."""

from __future__ import annotations

import re

import pytest

from mailcheck_gui.catalogue.controls import ControlsError, load_controls, parse_controls

PORTS = (25, 110, 143, 443, 465, 587, 993, 995)
GOOD = """
[[operator]]
name = "One"
network = "AS1"
domains = ["one.test"]
source = "somewhere"
date = "2026-11"
controls = ["mail.one.test:993"]
"""


@pytest.mark.parametrize("port", PORTS)
def test_each_port_has_two_unrelated_operators(port):
    mine = [control for control in load_controls() if control.port == port]
    assert len({control.operator for control in mine}) >= 2
    assert len({control.network for control in mine}) >= 2


def test_every_control_is_documented():
    for control in load_controls():
        assert control.source
        assert re.fullmatch(r"\d{4}-\d{2}", control.date)
        assert re.fullmatch(r"AS\d+", control.network)
        assert control.is_related_to(control.host)


def test_relation_goes_by_whole_labels():
    (control,) = parse_controls(GOOD)
    assert control.is_related_to("one.test")
    assert control.is_related_to("smtp.one.test")
    assert not control.is_related_to("smtpone.test")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("network", "netwrk"), "netwrk"),
        (('source = "somewhere"\n', ""), "source"),
        (("mail.one.test:993", "mail.one.test"), "mail.one.test: is not host:port"),
        (("mail.one.test:993", "mail.one.test:imaps"), "imaps"),
        (("[[operator]]", "[[operator"), "line"),
    ],
)
def test_a_slip_is_named(change, named):
    with pytest.raises(ControlsError, match=re.escape(named)):
        parse_controls(GOOD.replace(*change))
