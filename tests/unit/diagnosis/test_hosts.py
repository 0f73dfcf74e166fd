"""What is made of a typed server name, and of a typed port."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailcheck_gui.diagnosis.hosts import HostProblem, read_host
from mailcheck_gui.diagnosis.ports import PortProblem, read_port


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("imap.example.com", "imap.example.com", None),
        ("IMAP.Example.COM", "imap.example.com", None),
        (" imap.example.com\t", "imap.example.com", None),
        ("\u00a0imap.example.com\u00a0", "imap.example.com", None),
        ("imap.ex\u200bample.com", "imap.example.com", None),
        ("imap. example.com", "imap.example.com", None),
        ("imap.example.com.", "imap.example.com", None),
        ("imap.example.com,", "imap.example.com", None),
        ("imap,example,com", "imap.example.com", None),
        ("imap,example.co,uk", "imap.example.co.uk", None),
        ("imap,example,com,993", "imap.example.com", 993),
        ("smtp://smtp.example.com", "smtp.example.com", None),
        ("imaps://imap.example.com:993/", "imap.example.com", 993),
        ("ssl://imap.example.com:993", "imap.example.com", 993),
        ("//imap.example.com", "imap.example.com", None),
        ("imap.example.com/INBOX", "imap.example.com", None),
        ("imap.example.com:993", "imap.example.com", 993),
        ("imap.example.com: 993", "imap.example.com", 993),
        ("imap.example.com 993", "imap.example.com", 993),
        ("imap.example.com:70000", "imap.example.com", 70000),
        ("imap.example.com:", "imap.example.com", None),
        ("imap.example.com:993:", "imap.example.com", 993),
        ("anna@example.com", "example.com", None),
        ("mailto:anna@example.com", "example.com", None),
        ("imap://anna:se/cret@imap.example.com:993", "imap.example.com", 993),
        ("imap://anna@example.com:s/e#cret@imap.example.com", "imap.example.com", None),
        ("anna:/secret@imap.example.com", "imap.example.com", None),
        ("imap://imap.example.com:993/anna@example.org", "imap.example.com", 993),
        ("https://imap.example.com", "imap.example.com", None),
        ("192.0.2.1", "192.0.2.1", None),
        ("192.0.2.1:587", "192.0.2.1", 587),
        ("[2001:db8::1]:993", "2001:db8::1", 993),
        ("[2001:DB8::1]", "2001:db8::1", None),
        ("2001:db8:0::1", "2001:db8::1", None),
        ("mail_1.example.com", "mail_1.example.com", None),
        ("localhost", "localhost", None),
    ],
)
def test_cleaned(typed, host, port):
    read = read_host(typed)
    assert (read.ascii_host, read.port, read.problem, read.web) == (host, port, None, False)


@pytest.mark.parametrize(
    ("typed", "host", "ascii_host"),
    [
        ("straße.de", "straße.de", "xn--strae-oqa.de"),
        ("MÜNCHEN.example", "münchen.example", "xn--mnchen-3ya.example"),
        ("xn--mnchen-3ya.example", "münchen.example", "xn--mnchen-3ya.example"),
        ("\uff29map.example.com", "imap.example.com", "imap.example.com"),
    ],
)
def test_international_names_show_both_forms(typed, host, ascii_host):
    read = read_host(typed)
    assert (read.host, read.ascii_host) == (host, ascii_host)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", HostProblem.EMPTY),
        (" \t\u00a0", HostProblem.EMPTY),
        ("imap://", HostProblem.EMPTY),
        ("imap.example.com\r\nQUIT", HostProblem.CONTROL),
        ("imap.example.com\x00", HostProblem.CONTROL),
        ("imap.example.com\x85", HostProblem.CONTROL),
        ("x" * 300, HostProblem.TOO_LONG),
        (".".join(["abcdefgh"] * 30), HostProblem.TOO_LONG),
        ("x" * 100_000, HostProblem.TOO_LONG),
        ("y" * 64 + ".example", HostProblem.LABEL_TOO_LONG),
        ("imap..example.com", HostProblem.EMPTY_LABEL),
        ("imap example.com", HostProblem.INNER_BLANK),
        ("mail.example.com,Hunter2secret", HostProblem.INNER_COMMA),
        ("mail.example.com, Hunter2secret", HostProblem.INNER_COMMA),
        ("imap.example.com:imaps", HostProblem.NO_PORT),
        ("imap.example.com:993:imaps", HostProblem.NO_PORT),
        ("192.0.2.1:99999999999", HostProblem.NO_PORT),
        ("0.0.0.0", HostProblem.NO_SERVER_HERE),
        ("[::]:993", HostProblem.NO_SERVER_HERE),
        ("::ffff:0.0.0.0", HostProblem.NO_SERVER_HERE),
        ("224.0.0.1", HostProblem.NO_SERVER_HERE),
        ("ff02::1", HostProblem.NO_SERVER_HERE),
        ("255.255.255.255", HostProblem.NO_SERVER_HERE),
        ("2130706433", HostProblem.NOT_AN_ADDRESS),
        ("0x7f000001", HostProblem.NOT_AN_ADDRESS),
        ("0x7f.0x0.0x0.0x1", HostProblem.NOT_AN_ADDRESS),
        ("imap.0X1", HostProblem.NOT_AN_ADDRESS),
        ("imap.0x", HostProblem.NOT_AN_ADDRESS),
        ("192.0.2.300", HostProblem.NOT_AN_ADDRESS),
        ("1234", HostProblem.NOT_AN_ADDRESS),
        ("2001:db8::zz", HostProblem.NOT_AN_ADDRESS),
        ("fe80::1%eth0", HostProblem.NOT_AN_ADDRESS),
        ("-imap.example.com", HostProblem.NOT_A_NAME),
        ("imap!.example.com", HostProblem.NOT_A_NAME),
        ("xn--zz--.example", HostProblem.NOT_A_NAME),
        ("im\u202eap.example.com", HostProblem.NOT_A_NAME),
    ],
)
def test_refused(typed, problem):
    assert read_host(typed).problem is problem


@pytest.mark.parametrize(
    "typed",
    [
        "https://mail.example.com",
        "http://example.com/mail",
        "https://imap.example.com/owa/",
        "example.com/roundcube",
        "example.com:2096",
        "example.com:2083",
        "https://example.com:2096/cpsess123/webmail",
        "webmail.example.com",
        "owa.example.com",
        "www.example.com",
    ],
)
def test_web_addresses(typed):
    assert read_host(typed).web


def test_figures_too_long_for_a_port_are_still_read():
    assert read_host("imap.example.com:700000").port == 700000


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_or_refused(typed):
    read = read_host(typed)
    if read.problem is None:
        assert read.ascii_host.isascii()
        assert not set(read.ascii_host) & set(" \r\n\0/@\\")
        assert 0 < len(read.ascii_host) <= 253
        again = read_host(read.ascii_host)
        assert again.ascii_host == read.ascii_host
    else:
        assert read.ascii_host == ""


@pytest.mark.parametrize(
    ("typed", "number", "problem"),
    [
        ("", None, None),
        ("  ", None, None),
        ("993", 993, None),
        (" 993\u00a0", 993, None),
        ("1", 1, None),
        ("65535", 65535, None),
        ("0", None, PortProblem.OUT_OF_RANGE),
        ("65536", None, PortProblem.OUT_OF_RANGE),
        ("70000", None, PortProblem.OUT_OF_RANGE),
        ("9" * 5000, None, PortProblem.OUT_OF_RANGE),
        ("-1", None, PortProblem.NOT_A_NUMBER),
        ("imap", None, PortProblem.NOT_A_NUMBER),
        ("\u0669\u0669\u0663", None, PortProblem.NOT_A_NUMBER),
        ("99 3", None, PortProblem.NOT_A_NUMBER),
    ],
)
def test_ports(typed, number, problem):
    read = read_port(typed)
    assert (read.number, read.problem) == (number, problem)


_LETTERS = st.sampled_from("ab1-_.@:/, ßςσΣİıäहक्षනනமمنه·א٠۰\u0dca\u200c\u200d\u3002\uff0exn-")
_LABELS = st.sampled_from(
    ("xn--", "xn--11b2ezcw70k", "xn--hhbb809q", "xn--3zc4fxa418p", "क्\u200dष", "example", ".")
)


@given(st.one_of(st.text(), st.lists(st.one_of(_LETTERS, _LABELS), max_size=12).map("".join)))
@example("xn--11b2ezcw70k.evil.example")  # a joiner that tidying would take away
@example("xn--11b2ezcs70k.evil.example")
@example("xn--hhbb809q.example")
def test_the_readable_form_is_the_same_host_when_read_again(typed):
    read = read_host(typed)
    assert read_host(read.host).ascii_host == read.ascii_host


def test_a_name_whose_readable_form_would_be_another_host_is_shown_as_it_goes_out():
    read = read_host("xn--11b2ezcw70k.evil.example")
    assert (read.host, read.problem) == ("xn--11b2ezcw70k.evil.example", None)
