"""More typed addresses and documented providers, and what `mailcheck find` makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from acceptance.found_settings import (
    AddressRow,
    ProviderRow,
    assert_found,
    assert_prepared,
    assert_provider,
    assert_row,
    find,
)
from acceptance.harness import (
    OK,
    Batch,
    Run,
    assert_clean_text,
    assert_refused,
    only_selected,
    start,
)
from acceptance.loaded import LoadedPrograms

ANNA = "anna@example.com"

ADDRESSES = [
    AddressRow("blanks-and-tab", "  \t "),
    AddressRow("empty", ""),
    AddressRow("only-domain", "example.com"),
    AddressRow("two-ats-alone", "@@"),
    AddressRow("blank-domain", "anna@ "),
    AddressRow("blank-local-part", " @example.com"),
    AddressRow("ats-side-by-side", "anna@@example.com"),
    AddressRow("two-ats", "anna@home@example.com"),
    AddressRow("empty-label-first", "anna@.example.com", "either", email=ANNA),
    AddressRow("only-dots-domain", "anna@..."),
    AddressRow("blank-in-domain", "anna@exa mple.com"),
    AddressRow("tab-in-domain", "anna@exa\tmple.com"),
    AddressRow("line-feed-after", "anna@example.com\n", "either", email=ANNA),
    AddressRow("carriage-return-after", "anna@example.com\r\n", "either", email=ANNA),
    AddressRow("escape-in-local-part", "anna\x1b[31m@example.com"),
    AddressRow("escape-in-domain", "anna@exam\x1b[0mple.com"),
    AddressRow("mark-in-local-part", "anna\u200e@example.com", "either", email=ANNA),
    AddressRow("bidi-in-local-part", "an\u202ena@example.com"),
    AddressRow("label-of-64", "anna@" + "m" * 64 + ".com"),
    AddressRow("local-part-of-400", "a" * 400 + "@example.com"),
    AddressRow("local-part-of-65", "a" * 65 + "@example.com", "either"),
    AddressRow("address-of-254", "a" * 64 + "@" + ("m" * 60 + ".") * 3 + "example", "either"),
    AddressRow("two-addresses", "anna@example.com, bob@example.org"),
    AddressRow("list-with-names", "Anna <anna@example.com>, Bob <bob@example.org>"),
    AddressRow("dot-spelled-out", "anna@example dot com"),
    AddressRow("at-spelled-out", "anna at example.com"),
    AddressRow("web-address", "https://mail.example.com/inbox"),
    AddressRow("web-address-with-at", "https://example.com/@anna"),
    AddressRow("star-domain", "anna@*.example.com"),
    AddressRow("hyphen-label", "anna@-example-.com"),
    AddressRow("wrong-octet", "anna@[192.0.2.999]"),
    AddressRow("question-mark-domain", "anna@example.com?subject=x"),
    AddressRow("not-utf-8-domain", "anna@exam\udce9ple.com"),
    AddressRow("bad-punycode", "anna@xn--.example"),
    AddressRow("bare-address", "anna@192.0.2.1", "either"),
    AddressRow("literal-ipv6", "anna@[IPv6:2001:db8::1]", "either"),
    AddressRow("loopback-literal", "anna@[127.0.0.1]", "either", online=True),
    AddressRow("bare-loopback", "anna@127.0.0.1", "either", online=True),
    AddressRow("top-level", "anna@com", "either"),
    AddressRow("number-domain", "anna@1.2.3.4.5", "either"),
    AddressRow("port-after", "anna@example.com:993", "either", email=ANNA),
    AddressRow("slash-after", "anna@example.com/", "either", email=ANNA),
    AddressRow("umlaut-name", "Jürgen Groß <j.gross@example.com>",
               "either", email="j.gross@example.com"),
    AddressRow("quoted-name", "\"Muster, Anna\" <anna@example.com>", "either", email=ANNA),
    AddressRow("mailto-with-subject", "mailto:anna@example.com?subject=Hi", "either", email=ANNA),
    AddressRow("comment", "anna@example.com (Anna)", "either", email=ANNA),
    AddressRow("apostrophes-around", "'anna@example.com'", "either", email=ANNA),
    AddressRow("typographic-quotes", "\u201canna@example.com\u201d", "either", email=ANNA),
    AddressRow("tab-before", "\tanna@example.com", "either", email=ANNA),
    AddressRow("blanks-around", "  anna@example.com  ", "usable", email=ANNA),
    AddressRow("byte-order-mark", "\ufeffanna@example.com", "either", email=ANNA),
    AddressRow("word-joiner", "anna@example\u2060.com", "either", email=ANNA),
    AddressRow("comma-after", "anna@example.com,", "either", email=ANNA),
    AddressRow("dot-after", "anna@example.com.", "either", email=ANNA),
    AddressRow("small-at", "anna\ufe6bexample.com", "either", email=ANNA),
    AddressRow("ideographic-dot", "anna@example\u3002com", "either", email=ANNA),
    AddressRow("dotted", "anna.b.muster@example.com", "usable"),
    AddressRow("plus-tag", "anna+news@example.com", "usable"),
    AddressRow("all-atoms", "a!#$%&'*+/=?^_`{|}~-z@example.com", "either"),
    AddressRow("one-letter", "x@example.com", "usable"),
    AddressRow("capitals", "ANNA@EXAMPLE.COM", "usable"),
    AddressRow("deep-domain", "anna@a.b.c.d.e.f.example.com", "usable"),
    AddressRow("unknown-domain", "geheimnis.kunde@example.invalid", "usable", online=True),
    AddressRow("unknown-idn-online", "geheimnis@büro.example", "usable", online=True),
    AddressRow("umlaut-domain", "anna@müller.example", "usable"),
    AddressRow("sharp-s-domain", "anna@straße.example", "usable"),
    AddressRow("arabic-domain", "anna@مثال.example", "usable"),
    AddressRow("umlaut-capital-domain", "anna@MÜLLER.example", "usable"),
    AddressRow("cyrillic-local-part", "анна@example.com", "either"),
    AddressRow("emoji-local-part", "\U0001f600@example.com", "either"),
    AddressRow("look-alike", "anna@ехample.com", "either"),
    AddressRow("mixed-direction", "anna@אב1.example", "either"),
    AddressRow("quoted-escape", "\"a\\\"b\"@example.com", "either"),
    AddressRow("quoted-at", "\"a@b\"@example.com", "either"),
    AddressRow("dot-last", "anna.@example.com", "either"),
    AddressRow("two-dots", "anna..muster@example.com", "either"),
    AddressRow("leading-hyphen", "-anna@example.com", "either"),
    AddressRow("looks-like-option", "--json@example.com", "either"),
    AddressRow("braces", "{email}@example.com", "either"),
    AddressRow("percent-letters", "%s%n@example.com", "either"),
    AddressRow("bang-path", "host!anna@example.com", "either"),
    AddressRow("backslash", "DOMAIN\\anna@example.com", "either"),
]  # fmt: skip

PROVIDERS = [
    ProviderRow("163.com", "imap.163.com", "smtp.163.com", username="any", prepared=True),
    ProviderRow("alice.it", ("imap.tim.it:143", "in.alice.it:143", "in.alice.it"),
                ("smtp.tim.it:587", "out.alice.it:587", "out.alice.it")),
    ProviderRow("att.net", "imap.mail.att.net", ("smtp.mail.att.net", "outbound.att.net"),
                "inbound.att.net", auth=("oauth2", "password"), prepared=True),
    ProviderRow("bellsouth.net", "imap.mail.att.net", ("smtp.mail.att.net", "outbound.att.net"),
                "inbound.att.net", auth=("oauth2", "password"), prepared=True),
    ProviderRow("bigpond.com", "imap.telstra.com", "smtp.telstra.com", "pop.telstra.com"),
    ProviderRow("btopenworld.com", "mail.btinternet.com", "mail.btinternet.com",
                "mail.btinternet.com", auth=("password", "oauth2")),
    ProviderRow("centurylink.net", "mail.centurylink.net", "smtp.centurylink.net:587",
                "pop.centurylink.net"),
    ProviderRow("cox.net", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", "pop.mail.yahoo.com",
                auth=("oauth2", "password")),
    ProviderRow("daum.net", "imap.daum.net", "smtp.daum.net", username="any"),
    ProviderRow("earthlink.net", "imap.earthlink.net", "smtpauth.earthlink.net:587",
                "pop.earthlink.net"),
    ProviderRow("fastmail.com", "imap.fastmail.com", "smtp.fastmail.com", "pop.fastmail.com",
                auth=("oauth2", "password"), prepared=True),
    ProviderRow("free.fr", "imap.free.fr", "smtp.free.fr", "pop.free.fr", username="local",
                prepared=True),
    ProviderRow("gmx.at", "imap.gmx.net", "mail.gmx.net", "pop.gmx.net", prepared=True),
    ProviderRow("gmx.de", "imap.gmx.net", "mail.gmx.net", "pop.gmx.net", prepared=True),
    ProviderRow("gmx.us", "imap.gmx.com", "mail.gmx.com", "pop.gmx.com", prepared=True),
    ProviderRow("googlemail.com", "imap.gmail.com", "smtp.gmail.com", "pop.gmail.com",
                auth=("oauth2", "password"), prepared=True),
    ProviderRow("iol.it", "imapmail.libero.it", "smtp.libero.it", "popmail.libero.it"),
    ProviderRow("kpnmail.nl", "imap.kpnmail.nl", ("smtp.kpnmail.nl", "smtp.kpnmail.nl:587")),
    ProviderRow("list.ru", "imap.mail.ru", "smtp.mail.ru", "pop.mail.ru", auth=("password",
                "oauth2"), prepared=True),
    ProviderRow("mailbox.org", "imap.mailbox.org", "smtp.mailbox.org", "pop3.mailbox.org"),
    ProviderRow("me.com", "imap.mail.me.com", ("smtp.mail.me.com:587", "smtp.mail.me.com"),
                username="any", prepared=True),
    ProviderRow("msn.com", "outlook.office365.com", "smtp-mail.outlook.com:587",
                "outlook.office365.com", auth=("oauth2",), prepared=True),
    ProviderRow("outlook.com", "outlook.office365.com", "smtp-mail.outlook.com:587",
                "outlook.office365.com", auth=("oauth2",), prepared=True),
    ProviderRow("posteo.de", "posteo.de", "posteo.de", "posteo.de"),
    ProviderRow("posteo.net", "posteo.de", "posteo.de", "posteo.de"),
    ProviderRow("proximus.be", "imap.proximus.be", "relay.proximus.be:587"),
    ProviderRow("q.com", "mail.centurylink.net", "smtp.centurylink.net:587", "pop.centurylink.net"),
    ProviderRow("qq.com", "imap.qq.com", "smtp.qq.com", username="any", prepared=True),
    ProviderRow("sbcglobal.net", "imap.mail.att.net", ("smtp.mail.att.net", "outbound.att.net"),
                "inbound.att.net", auth=("oauth2", "password"), prepared=True),
    ProviderRow("sfr.fr", "imap.sfr.fr", "smtp.sfr.fr"),
    ProviderRow("startmail.com", "imap.startmail.com", "smtp.startmail.com", prepared=True),
    ProviderRow("t-online.de", "secureimap.t-online.de", "securesmtp.t-online.de",
                "securepop.t-online.de", prepared=True),
    ProviderRow("tb.pro", "mail.thundermail.com", "mail.thundermail.com", auth=("password",
                "oauth2")),
    ProviderRow("telenet.be", "imap.telenet.be", "smtp.telenet.be:587"),
    ProviderRow("telstra.com", "imap.telstra.com", "smtp.telstra.com", "pop.telstra.com"),
    ProviderRow("tiscali.it", "imap.tiscali.it", "smtp.tiscali.it", auth=("password",
                "encrypted-password")),
    ProviderRow("vodafone.de", "imap.vodafonemail.de", "smtp.vodafonemail.de",
                "pop3.vodafonemail.de"),
    ProviderRow("wanadoo.fr", "imap.orange.fr", "smtp.orange.fr", "pop.orange.fr"),
    ProviderRow("wp.pl", "imap.wp.pl", "smtp.wp.pl", username="local"),
    ProviderRow("yandex.com", "imap.yandex.com", "smtp.yandex.com", "pop.yandex.com",
                auth=("password", "oauth2"), prepared=True),
    ProviderRow("ymail.com", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", "pop.mail.yahoo.com",
                auth=("oauth2", "password")),
    ProviderRow("ziggo.nl", "imap.ziggo.nl", "smtp.ziggo.nl:587"),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    programs: LoadedPrograms,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Batch[Run]]:
    """The runs of all rows that were selected."""
    folder = tmp_path_factory.mktemp("addresses")
    batch = start(only_selected(ADDRESSES, request), partial(find, programs), folder)
    yield batch
    batch.close()


def test_enough_rows() -> None:
    """The rows are many, and each has a name of its own."""
    assert len({row.name for row in ADDRESSES}) == len(ADDRESSES) >= 80
    assert len({row.domain for row in PROVIDERS}) == len(PROVIDERS) >= 40


@pytest.mark.parametrize("row", ADDRESSES, ids=lambda row: row.name)
def test_address(row: AddressRow, runs: Batch[Run]) -> None:
    """What comes of one typed address."""
    assert_row(row, runs[row.name])


@pytest.mark.parametrize("row", PROVIDERS, ids=lambda row: row.name)
def test_provider(row: ProviderRow, programs: LoadedPrograms, tmp_path: Path) -> None:
    """The documented servers of one provider, without asking anybody."""
    assert_provider(row, programs.run(("find", row.email, "--offline", "--json"), tmp_path))


# --- providers that need something, or offer nothing ----------------------------------------


@pytest.mark.parametrize("domain", ["tutanota.com", "tuta.io"])
def test_no_mail_servers(domain: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """A provider without IMAP, POP3 and SMTP: no server is named, and that is said."""
    report = assert_found(
        programs.run(("find", f"anna@{domain}", "--offline", "--json"), tmp_path / "json")
    )
    assert report["candidates"] == []
    said = programs.run(("find", f"anna@{domain}", "--offline"), tmp_path).out
    assert f"imap.{domain}" not in said, said
    assert re.search(r"no (IMAP|servers)|mail programs", said), said


@pytest.mark.parametrize("domain", ["proton.me", "protonmail.com", "pm.me"])
def test_only_through_a_bridge(domain: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """A provider behind a bridge: its servers are on this computer, and the bridge is named."""
    report = assert_found(programs.run(("find", f"anna@{domain}", "--offline", "--json"), tmp_path))
    hosts = {each["incoming"]["host"] for each in report["candidates"] if each["incoming"]}
    assert hosts <= {"127.0.0.1"}, hosts
    assert_prepared(report)
    assert "Bridge" in " ".join(step["text"] for step in report["preparation"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("gamil.com", "gmail.com"), ("hotmal.com", "hotmail.com"), ("outloock.com", "outlook.com"),
     ("yahooo.com", "yahoo.com"), ("t-onlin.de", "t-online.de"), ("iclod.com", "icloud.com")],
)  # fmt: skip
def test_misspelt_domain(typed: str, meant: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """A domain close to a known one: the known one is named, and its servers are not taken."""
    done = programs.run(("find", f"anna@{typed}", "--offline"), tmp_path)
    assert done.status == OK, done.describe()
    assert_clean_text(done.out)
    assert meant in done.out + done.err, done.describe()
    report = assert_found(
        programs.run(("find", f"anna@{typed}", "--offline", "--json"), tmp_path / "json")
    )
    assert not [each for each in report["candidates"] if each["trust"] == "secure"]


@pytest.mark.parametrize("email", ["Anna@GMX.DE", "anna@Gmx.De", " anna@gmx.de "])
def test_capitals_and_blanks(email: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """A known domain is known however it is typed."""
    report = assert_found(programs.run(("find", email, "--offline", "--json"), tmp_path))
    assert report["candidates"][0]["incoming"]["host"] == "imap.gmx.net"


def test_in_words(programs: LoadedPrograms, tmp_path: Path) -> None:
    """Without --json the answer is text, with the servers and what to prepare."""
    done = programs.run(("find", "anna@icloud.com", "--offline"), tmp_path)
    assert done.status == OK, done.describe()
    assert_clean_text(done.out)
    for word in ("imap.mail.me.com", "smtp.mail.me.com", "password"):
        assert word in done.out, done.describe()


# --- check with an address alone ------------------------------------------------------------


def test_check_by_address(programs: LoadedPrograms, tmp_path: Path) -> None:
    """A check of an address alone takes the settings that were found for it."""
    done = programs.run(
        ("check", "--email", "anna@gmx.de", "--no-neighbours", "--timeout", "8", "--json"), tmp_path
    )
    report = done.report
    assert report["account"]["incoming"]["host"] == "imap.gmx.net", done.describe()
    assert report["account"]["outgoing"]["host"] == "mail.gmx.net", done.describe()
    assert not report["sign_in"] or all(row["result"] == "not-tested" for row in report["sign_in"])


# --- nobody answers -------------------------------------------------------------------------


def test_nobody_answers(programs: LoadedPrograms, tmp_path: Path) -> None:
    """Without a network the answer in words says what was tried."""
    done = programs.run(("find", "streng.geheim@mail.example.invalid"), tmp_path)
    assert done.status == OK, done.describe()
    assert_clean_text(done.out)
    assert done.out.strip()
    names = [host for _, host in done.asked]
    assert not [name for name in names if "geheim" in name], names


# --- usage ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [("", "--json"), ("anna@example.com", "extra"), ("anna@example.com", "--timeout"),
     ("--email",), ("anna@example.com", "--json=yes")],
    ids=["empty", "extra", "option-without-value", "foreign-option", "flag-with-value"],
)  # fmt: skip
def test_usage(arguments: tuple[str, ...], programs: LoadedPrograms, tmp_path: Path) -> None:
    """What is no search is an error of usage."""
    assert_refused(programs.run(("find", *arguments), tmp_path))
