"""What is left of a pasted address that carries a password."""

from __future__ import annotations

import pytest

from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.model.pasted_address import email_without_secrets, without_pasted_secrets

SECRET = "S3cret"
CARRYING = [
    f"imap://anna:{SECRET}@imap.example.com",
    f"IMAPS://anna:{SECRET}@imap.example.com:993/",
    f"anna:{SECRET}@imap.example.com:993",
    f"anna@example.com:{SECRET}@imap.example.com",
    f"imap://anna%40example.com:{SECRET}@[2001:db8::1]:993",
    f"imap://:{SECRET}@imap.example.com",
    f"imap://anna:x:{SECRET}@imap.example.com/INBOX?from=berta@example.com",
    f"imap://anna:{SECRET}/x@imap.example.com",
    f"imap://anna:x/{SECRET}@imap.example.com",
    f"imap://anna:1/{SECRET}@imap.example.com",
    f"imap://anna:x:{SECRET}/y@imap.example.com",
    f"imap://CORP\\anna:{SECRET}@imap.example.com",
    f"//anna:{SECRET}@imap.example.com",
    f"anna:/{SECRET}@imap.example.com",
    f"anna://{SECRET}@imap.example.com:993",
    f"imap : // anna : {SECRET} @ imap.example.com",
    f"  <imap://anna:{SECRET}@imap.example.com>",
    f"imap\u200b://anna:{SECRET}@imap.example.com",
    f"https://imap.example.com/x?to=anna:{SECRET}@example.com",
    f"imaps://imap.example.com/?password={SECRET}",
    f"imaps://imap.example.com:993/INBOX?user=anna&password={SECRET}",
    f"imaps://imap.example.com?user=a@example.com&password={SECRET}",
    f"imaps://imap.example.com/#pw={SECRET}",
    f"https://mail.example.com/roundcube/?next=owa&pass={SECRET}",
    f"imap.example.com:993/#@{SECRET}",
    f"imap.example.com/INBOX;{SECRET}",
    f"imap://anna;{SECRET}@imap.example.com",
    f"https://imap.example.com/#roundcube/{SECRET}",
]
BESIDE_THE_HOST = [
    f"imap.example.com,{SECRET}",
    f"imap,example,com,{SECRET}",
    f"imap.example.com, {SECRET}",
    f"imap.example.com;{SECRET}",
    f"imap.example.com {SECRET}",
    f"imap.example.com:{SECRET}",
    f"imap.example.com:993:{SECRET}",
    f"imap.example.com:993 {SECRET}",
    f"imap.example.com:993 1{SECRET}",
    f"[2001:db8::1] {SECRET}",
    f"[2001:db8::1]:{SECRET}",
    f"anna@imap.example.com,{SECRET}",
]
REFUSED = [
    f"imap://anna:{SECRET}\n@imap.example.com",
    f"imap://anna:{SECRET}@",
    f"anna:{SECRET}@two words",
]
WITHOUT = [
    "",
    "imap.example.com",
    "imap.example.com:993",
    "imaps://imap.example.com:993/INBOX",
    "anna@example.com",
    "mailto:anna@example.com",
    "imap://anna@imap.example.com",
    "[2001:db8::1]:993",
    "2001:db8::1",
    "imap,example,com",
    "Imap,Example,co,uk.:993",
    "imap. example.com : 993",
    "imap.example.com 993",
    "imap.example.com;993",
    "imap.example.com, ",
    "imap.example.com:",
    "imap.example.com/?",
    "https://mail.example.com/roundcube/",
    "My second account",
]
WITH_AN_AT_IN_THE_PATH = [
    "https://mail.example.com:443/?user=anna@example.org",
    "[2001:db8::1]:993/anna@example.org",
    "2001:db8::1/anna@example.org",
    "//imap.example.com/anna@example.org",
]
SERVERS = CARRYING + BESIDE_THE_HOST + WITHOUT + WITH_AN_AT_IN_THE_PATH


@pytest.mark.parametrize("typed", CARRYING + BESIDE_THE_HOST + REFUSED)
def test_the_password_is_hidden(typed: str) -> None:
    assert SECRET not in without_pasted_secrets(typed)


@pytest.mark.parametrize("typed", WITHOUT)
def test_what_carries_none_stays_as_it_was_typed(typed: str) -> None:
    assert without_pasted_secrets(typed) == typed


@pytest.mark.parametrize("typed", SERVERS)
def test_the_host_that_is_read_stays_the_same(typed: str) -> None:
    read, again = read_host(typed), read_host(without_pasted_secrets(typed))
    assert (again.ascii_host, again.port, again.web) == (read.ascii_host, read.port, read.web)
    assert (again.problem is None) == (read.problem is None)


@pytest.mark.parametrize("typed", SERVERS)
def test_a_second_look_changes_nothing(typed: str) -> None:
    once = without_pasted_secrets(typed)
    assert without_pasted_secrets(once) == once


@pytest.mark.parametrize("typed", BESIDE_THE_HOST)
def test_what_stands_beside_a_host_is_never_looked_up(typed: str) -> None:
    assert SECRET.lower() not in read_host(typed).ascii_host


def test_the_user_name_stays() -> None:
    hidden = without_pasted_secrets(f"imap://anna:{SECRET}@imap.example.com")
    assert hidden == "imap://anna:***@imap.example.com"


@pytest.mark.parametrize("typed", ["anna#1@example.com", " anna/b?c@example.com", "anna@localhost"])
def test_an_e_mail_address_stays_as_it_was_typed(typed: str) -> None:
    assert email_without_secrets(typed) == typed


@pytest.mark.parametrize("typed", CARRYING + BESIDE_THE_HOST[:-1] + REFUSED)
def test_a_server_in_the_e_mail_box_shows_no_password(typed: str) -> None:
    assert SECRET not in email_without_secrets(typed)
