"""Slips of the finger: found where they are likely, silent at names that others use."""

from __future__ import annotations

import pytest

from mailcheck_gui.catalogue.near import near_names, slips


@pytest.mark.parametrize(
    ("typed", "known", "distance"),
    [
        ("gmail", "gmail", 0),
        ("gmial", "gmail", 1),
        ("gmal", "gmail", 1),
        ("gmaill", "gmail", 1),
        ("gnail", "gmail", 1),
        ("gmli", "gmail", 2),
        ("outlook", "gmail", 3),
        ("", "ab", 2),
    ],
)
def test_slips(typed, known, distance):
    assert slips(typed, known) == distance
    assert slips(known, typed) == distance


def test_nearest_first():
    assert near_names("imap.gmial.com", ["imap.gmai.com", "imap.gmail.com"])[0] == "imap.gmail.com"


def test_a_known_name_has_no_neighbours():
    assert near_names("imap.one.test", ["imap.one.test", "imap.two.test"]) == ()


@pytest.mark.parametrize(
    ("typed", "known", "near"),
    [
        ("gmial.com", "gmail.com", True),
        ("gmail.cm", "gmail.com", True),
        ("gmailcom", "gmail.com", True),
        ("gm.ail.com", "gmail.com", True),
        ("hotmial.com", "hotmail.com", True),
        ("outlok.com", "outlook.com", True),
        ("outlok.con", "outlook.com", True),
        ("hotmart.com", "hotmail.com", False),
        ("index.com", "yandex.com", False),
        ("googlmail.con", "googlemail.com", True),
        ("imap.gmial.com", "imap.gmail.com", True),
        ("iamp.gmail.com", "imap.gmail.com", True),
        ("imap.gmali.co", "imap.gmail.com", True),
        ("imap.web.d", "imap.web.de", True),
        ("imapp.web.de", "imap.web.de", True),
        ("imap.wen.de", "imap.web.de", False),
        ("imap.gmx.ne", "imap.gmx.net", True),
        ("mail.abcd.de", "mail.abxy.de", False),
        ("mail.abcde.de", "mail.abcdf.de", True),
        ("mail.abcde.de", "mail.abcfg.de", False),
        ("mail.firma1.de", "mail.firma2.de", True),
        ("a.test", "b.test", False),
        ("ab.test", "cd.test", False),
    ],
)
def test_how_near_is_near(typed, known, near):
    assert bool(near_names(typed, [known])) is near


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("imap.orange.es", False),  # the ending of another name
        ("imap.orange.gr", False),  # a country too
        ("imap.orange.rf", True),
        ("imap.orange.f", True),
        ("imap.orange.frr", True),
    ],
)
def test_an_ending_that_others_have_was_meant(typed, near):
    known = ["imap.orange.fr", "imap.gmx.net", "imap.example.es"]
    assert bool(near_names(typed, known)) is near
