"""What `mailcheck find` makes of typed addresses and of the documented providers."""

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
    assert_private,
    assert_provider,
    assert_row,
    find,
    loopback_web_requests,
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
    AddressRow("blank", " "),
    AddressRow("nbsp-only", "\xa0"),
    AddressRow("at-alone", "@"),
    AddressRow("no-at", "anna"),
    AddressRow("no-local-part", "@example.com"),
    AddressRow("no-domain", "anna@"),
    AddressRow("at-at-the-end", "anna@example.com@"),
    AddressRow("three-ats", "a@b@c@example.com"),
    AddressRow("dot-domain", "anna@."),
    AddressRow("empty-label-inside", "anna@example..com"),
    AddressRow("blank-in-local-part", "anna muster@example.com"),
    AddressRow("blank-around-at", "anna @ example.com", "either", email=ANNA),
    AddressRow("smtp-injection", "anna@example.com>\r\nRCPT TO:<bob@example.org"),
    AddressRow("header-injection", "anna@example.com\nBcc: bob@example.org"),
    AddressRow("bell-after", "anna@example.com\x07"),
    AddressRow("delete-inside", "an\x7fna@example.com"),
    AddressRow("isolate-in-domain", "anna@\u2066example.com", "either", email=ANNA),
    AddressRow("bidi-in-domain", "anna@exa\u202emple.com"),
    AddressRow("domain-of-300", "anna@" + ("m" * 60 + ".") * 5 + "com"),
    AddressRow("address-of-5000", "a" * 2500 + "@" + "b" * 2500),
    AddressRow("address-of-320", "a" * 64 + "@" + ("m" * 63 + ".") * 3 + "m" * 59 + ".com",
               "either"),
    AddressRow("local-part-of-64", "a" * 64 + "@example.com", "usable"),
    AddressRow("two-by-semicolon", "anna@example.com;bob@example.org"),
    AddressRow("two-by-blank", "anna@example.com bob@example.org"),
    AddressRow("percent-escape", "anna%40example.com"),
    AddressRow("at-in-words", "anna(at)example.com"),
    AddressRow("sentence", "my address is anna at the office"),
    AddressRow("server-address", "imap.example.com:993"),
    AddressRow("path-domain", "anna@../../etc/passwd"),
    AddressRow("hash-domain", "anna@exam#ple.com"),
    AddressRow("bracket-domain", "anna@[example.com]"),
    AddressRow("open-bracket", "anna@[192.0.2.1"),
    AddressRow("not-utf-8", "anna\udcff@example.com"),
    AddressRow("bad-punycode-again", "anna@xn--a-ä.example"),
    AddressRow("private-literal", "anna@[10.0.0.1]", "either"),
    AddressRow("literal", "anna@[192.0.2.1]", "either"),
    AddressRow("localhost", "anna@localhost", "either", online=True),
    AddressRow("localhost-below", "anna@mail.localhost", "either", online=True),
    AddressRow("number-top-level", "anna@example.123", "either"),
    AddressRow("single-label", "anna@intranet", "either"),
    AddressRow("comma-inside", "anna@example,com", "either", email=ANNA),
    AddressRow("underscore-domain", "anna@exam_ple.com", "either"),
    AddressRow("name-and-brackets", "Anna Muster <anna@example.com>", "either", email=ANNA),
    AddressRow("brackets", "<anna@example.com>", "either", email=ANNA),
    AddressRow("mailto", "mailto:anna@example.com", "either", email=ANNA),
    AddressRow("open-name", "Anna <anna@example.com", "either", email=ANNA),
    AddressRow("guillemets", "«anna@example.com»", "either", email=ANNA),
    AddressRow("quotes-around", "\"anna@example.com\"", "either", email=ANNA),
    AddressRow("blank-after", "anna@example.com ", "usable", email=ANNA),
    AddressRow("nbsp-around", "\xa0anna@example.com\xa0", "either", email=ANNA),
    AddressRow("zero-width-after", "anna@example.com\u200b", "either", email=ANNA),
    AddressRow("soft-hyphen", "anna@exam\xadple.com", "either", email=ANNA),
    AddressRow("dots-after", "anna@example.com..", "either", email=ANNA),
    AddressRow("semicolon-after", "anna@example.com;", "either", email=ANNA),
    AddressRow("wide-domain", "anna@ｅｘａｍｐｌｅ.com", "either", email=ANNA),
    AddressRow("wide-at", "anna\uff20example.com", "either", email=ANNA),
    AddressRow("hyphenated", "anna-lena@my-shop.example", "usable"),
    AddressRow("simple", "anna@example.com", "usable"),
    AddressRow("digits", "1234567@example.com", "usable"),
    AddressRow("apostrophe", "o'hara@example.com", "usable"),
    AddressRow("long-label", "anna@" + "m" * 63 + ".example", "usable"),
    AddressRow("mixed-domain", "anna@Example.Com", "usable"),
    AddressRow("unknown-domain-plus", "streng.geheim+x@nowhere.test", "usable", online=True),
    AddressRow("unknown-sub-domain", "geheimnis@mail.sub.example.invalid", "usable", online=True),
    AddressRow("cyrillic-domain", "anna@почта.example", "usable"),
    AddressRow("japanese-domain", "anna@例え.example", "usable"),
    AddressRow("punycode-capitals", "anna@XN--MLLER-KVA.example", "usable"),
    AddressRow("punycode-domain", "anna@xn--mller-kva.example", "usable"),
    AddressRow("both-international", "用户@例え.example", "either"),
    AddressRow("umlaut-local-part", "jürgen@example.com", "either"),
    AddressRow("accent-in-two", "anna@mu\u0308ller.example", "either", email="anna@müller.example"),
    AddressRow("emoji-domain", "anna@\U0001f600.example", "either"),
    AddressRow("empty-quotes", "\"\"@example.com", "either"),
    AddressRow("quoted-local-part", "\"anna muster\"@example.com", "either"),
    AddressRow("dot-first", ".anna@example.com", "either"),
    AddressRow("only-dot", ".@example.com", "either"),
    AddressRow("back-ticks", "`id`@example.com", "either"),
    AddressRow("command-substitution", "$(id)@example.com", "either"),
    AddressRow("markup", "<b>anna</b>@example.com", "either"),
    AddressRow("script", "<script>alert(1)</script>@example.com", "either"),
    AddressRow("slash", "anna/shared@example.com", "either"),
    AddressRow("percent-host", "anna%example.org@example.com", "either"),
]  # fmt: skip

PROVIDERS = [
    ProviderRow("aol.com", "imap.aol.com", "smtp.aol.com", "pop.aol.com", auth=("oauth2",
                "password")),
    ProviderRow("bell.net", "imap.bell.net", "smtphm.sympatico.ca:587", "pophm.sympatico.ca"),
    ProviderRow("bk.ru", "imap.mail.ru", "smtp.mail.ru", "pop.mail.ru", auth=("password",
                "oauth2"), prepared=True),
    ProviderRow("bluewin.ch", "imaps.bluewin.ch", "smtpauths.bluewin.ch", prepared=True),
    ProviderRow("btinternet.com", "mail.btinternet.com", "mail.btinternet.com",
                "mail.btinternet.com", auth=("password", "oauth2")),
    ProviderRow("comcast.net", ("imap.comcast.net", "imap.mail.yahoo.com"), ("smtp.comcast.net",
                "smtp.comcast.net:587", "smtp.mail.yahoo.com"), auth=("oauth2", "password")),
    ProviderRow("freenet.de", "mx.freenet.de", "mx.freenet.de", prepared=True),
    ProviderRow("gmail.com", "imap.gmail.com", "smtp.gmail.com", "pop.gmail.com", auth=("oauth2",
                "password"), prepared=True),
    ProviderRow("gmx.ch", "imap.gmx.net", "mail.gmx.net", "pop.gmx.net", prepared=True),
    ProviderRow("gmx.com", "imap.gmx.com", "mail.gmx.com", "pop.gmx.com", prepared=True),
    ProviderRow("gmx.net", "imap.gmx.net", "mail.gmx.net", "pop.gmx.net", prepared=True),
    ProviderRow("hotmail.com", "outlook.office365.com", "smtp-mail.outlook.com:587",
                "outlook.office365.com", auth=("oauth2",), prepared=True),
    ProviderRow("icloud.com", "imap.mail.me.com", ("smtp.mail.me.com:587", "smtp.mail.me.com"),
                username="any", prepared=True),
    ProviderRow("inwind.it", "imapmail.libero.it", "smtp.libero.it", "popmail.libero.it"),
    ProviderRow("laposte.net", "imap.laposte.net", "smtp.laposte.net", username="local"),
    ProviderRow("libero.it", "imapmail.libero.it", "smtp.libero.it", "popmail.libero.it"),
    ProviderRow("live.com", "outlook.office365.com", "smtp-mail.outlook.com:587",
                "outlook.office365.com", auth=("oauth2",), prepared=True),
    ProviderRow("mac.com", "imap.mail.me.com", ("smtp.mail.me.com:587", "smtp.mail.me.com"),
                username="any", prepared=True),
    ProviderRow("mail.com", "imap.mail.com", "smtp.mail.com", "pop.mail.com"),
    ProviderRow("mail.ru", "imap.mail.ru", "smtp.mail.ru", "pop.mail.ru", auth=("password",
                "oauth2"), prepared=True),
    ProviderRow("mindspring.com", "imap.earthlink.net", "smtpauth.earthlink.net:587",
                "pop.earthlink.net"),
    ProviderRow("naver.com", "imap.naver.com", "smtp.naver.com:587", username="any", prepared=True),
    ProviderRow("o2.pl", "poczta.o2.pl", ("poczta.o2.pl", "smtp.o2.pl"), username="local"),
    ProviderRow("onet.pl", "imap.poczta.onet.pl", "smtp.poczta.onet.pl"),
    ProviderRow("optonline.net", ("mail.optimum.net", "mail.optonline.net"), ("mail.optimum.net",
                "mail.optonline.net")),
    ProviderRow("orange.fr", "imap.orange.fr", "smtp.orange.fr", "pop.orange.fr"),
    ProviderRow("rocketmail.com", "imap.mail.yahoo.com", "smtp.mail.yahoo.com",
                "pop.mail.yahoo.com", auth=("oauth2", "password")),
    ProviderRow("runbox.com", "mail.runbox.com", "mail.runbox.com"),
    ProviderRow("seznam.cz", "imap.seznam.cz", "smtp.seznam.cz"),
    ProviderRow("shaw.ca", "imap.shaw.ca", "mail.shaw.ca:587"),
    ProviderRow("sky.com", "imap.tools.sky.com", "smtp.tools.sky.com", auth=("password", "oauth2")),
    ProviderRow("talktalk.net", "mail.talktalk.net", "smtp.talktalk.net:587"),
    ProviderRow("thundermail.com", "mail.thundermail.com", "mail.thundermail.com",
                auth=("password", "oauth2")),
    ProviderRow("verizon.net", "imap.aol.com", ("smtp.aol.com", "smtp.verizon.net"),
                "pop.aol.com", auth=("oauth2", "password")),
    ProviderRow("virgilio.it", "in.virgilio.it", "out.virgilio.it"),
    ProviderRow("virginmedia.com", "imap.virginmedia.com", "smtp.virginmedia.com",
                "pop3.virginmedia.com", prepared=True),
    ProviderRow("web.de", "imap.web.de", "smtp.web.de", "pop3.web.de", username="any",
                prepared=True),
    ProviderRow("xtra.co.nz", "imap.xtra.co.nz", "send.xtra.co.nz"),
    ProviderRow("ya.ru", ("imap.yandex.com", "imap.yandex.ru"), ("smtp.yandex.com",
                "smtp.yandex.ru"), ("pop.yandex.com", "pop.yandex.ru"), auth=("password",
                "oauth2"), prepared=True),
    ProviderRow("yahoo.com", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", "pop.mail.yahoo.com",
                auth=("oauth2", "password")),
    ProviderRow("zoho.com", ("imap.zoho.com", "imappro.zoho.com"), ("smtp.zoho.com",
                "smtppro.zoho.com"), prepared=True),
    ProviderRow("zoho.eu", ("imap.zoho.eu", "imappro.zoho.eu"), ("smtp.zoho.eu",
                "smtppro.zoho.eu"), prepared=True),
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


@pytest.mark.parametrize("domain", ["tuta.com", "hey.com"])
def test_no_mail_servers(domain: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """A provider without IMAP, POP3 and SMTP: no server is named, and that is said."""
    report = assert_found(
        programs.run(("find", f"anna@{domain}", "--offline", "--json"), tmp_path / "json")
    )
    assert report["candidates"] == []
    said = programs.run(("find", f"anna@{domain}", "--offline"), tmp_path).out
    assert f"imap.{domain}" not in said, said
    assert re.search(r"no (IMAP|servers)|mail programs", said), said


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("gmial.com", "gmail.com"), ("hotmial.com", "hotmail.com"), ("outlok.com", "outlook.com"),
     ("yaho.com", "yahoo.com"), ("freent.de", "freenet.de"), ("icloud.co", "icloud.com")],
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


def test_in_words(programs: LoadedPrograms, tmp_path: Path) -> None:
    """Without --json the answer is text, with the servers and the source."""
    done = programs.run(("find", "anna@gmail.com", "--offline"), tmp_path)
    assert done.status == OK, done.describe()
    assert_clean_text(done.out)
    assert not done.asked
    for word in ("imap.gmail.com", "smtp.gmail.com", "993", "465", "anna@gmail.com"):
        assert word in done.out, done.describe()


# --- nobody answers -------------------------------------------------------------------------


def test_nobody_answers(programs: LoadedPrograms, tmp_path: Path) -> None:
    """Without a network each source says so; what is suggested is proven by nothing."""
    row = AddressRow("nobody", "streng.geheim@example.invalid", "usable", online=True)
    report = assert_found(find(programs, row, tmp_path))
    tried = {each["source"] for each in report["tried"]}
    assert tried >= {"autoconfig", "ispdb", "srv", "mx", "autodiscover", "guess"}, tried
    assert not [each for each in report["tried"] if each["state"] == "found"]
    proofs = [proof for each in report["candidates"] for proof in each["proof"].values()]
    assert set(proofs) <= {None}, report["candidates"]


@pytest.mark.parametrize("typed", ["anna@localhost", "anna@[127.0.0.1]", "anna@127.0.0.1"])
def test_this_computer(typed: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """Files are only fetched from public addresses."""
    programs.run(("find", typed, "--json"), tmp_path)
    assert not loopback_web_requests(tmp_path)


def test_known_provider_without_a_network(programs: LoadedPrograms, tmp_path: Path) -> None:
    """The catalogue answers even when nobody else does."""
    row = AddressRow("known", "streng.geheim@gmx.de", "usable", online=True)
    done = find(programs, row, tmp_path)
    report = assert_found(done)
    assert_private(row, done)
    best = report["candidates"][0]
    assert (best["incoming"]["host"], best["source"]) == ("imap.gmx.net", "catalogue")
    assert best["proof"]["incoming"] == "documented"


# --- usage ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [(), ("--offline",), ("--json",), ("anna@example.com", "bob@example.com"),
     ("anna@example.com", "--no-such-option"), ("anna@example.com", "--password", "x")],
    ids=["nothing", "only-offline", "only-json", "two-addresses", "unknown-option", "password"],
)  # fmt: skip
def test_usage(arguments: tuple[str, ...], programs: LoadedPrograms, tmp_path: Path) -> None:
    """Nothing to search for is an error of usage."""
    assert_refused(programs.run(("find", *arguments), tmp_path))
