"""Autoconfig files: what is read of them, what is left out, and what is said of broken ones."""

from __future__ import annotations

import pytest

from mailcheck_gui.discovery.autoconfig import (
    SERVERS_LIMIT,
    STEPS_LIMIT,
    AutoconfigFile,
    parse_autoconfig,
)
from mailcheck_gui.discovery.xml_file import XML_LIMIT
from mailcheck_gui.model.account import AuthMethod, Protocol, Security, Server
from mailcheck_gui.model.finding import PreparationStep

EMAIL = "anna.b@company.example"
IMAP = {
    "hostname": "imap.company.example",
    "port": "993",
    "socketType": "SSL",
    "authentication": "password-cleartext",
    "username": "%EMAILADDRESS%",
}
SMTP = {**IMAP, "hostname": "smtp.company.example", "port": "587", "socketType": "STARTTLS"}


def section(name: str, kind: str, values: dict[str, str]) -> str:
    inner = "".join(f"<{key}>{value}</{key}>" for key, value in values.items() if value is not None)
    return f'<{name} type="{kind}">{inner}</{name}>'


def incoming(kind: str = "imap", **changes: str | None) -> str:
    return section("incomingServer", kind, {**IMAP, **changes})


def outgoing(kind: str = "smtp", **changes: str | None) -> str:
    return section("outgoingServer", kind, {**SMTP, **changes})


def read(*parts: str, version: str = "1.1", email: str = EMAIL) -> AutoconfigFile:
    content = "".join(parts)
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<clientConfig version="{version}">'
        f'<emailProvider id="company.example">{content}</emailProvider></clientConfig>'
    )
    return parse_autoconfig(text.encode(), email)


def only(file: AutoconfigFile) -> Server:
    (server,) = (*file.incoming, *file.outgoing)
    return server


def said(file: AutoconfigFile) -> str:
    assert file.problem is not None
    assert (file.incoming, file.outgoing) == ((), ())
    return file.problem.english()


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "2.0", ""])
def test_a_whole_file_of_any_version(version: str) -> None:
    file = read(incoming(), outgoing(), version=version)
    assert file.incoming == (
        Server(
            Protocol.IMAP,
            "imap.company.example",
            "imap.company.example",
            993,
            Security.IMPLICIT_TLS,
            AuthMethod.PASSWORD,
            EMAIL,
        ),
    )
    assert file.outgoing == (
        Server(
            Protocol.SMTP,
            "smtp.company.example",
            "smtp.company.example",
            587,
            Security.STARTTLS,
            AuthMethod.PASSWORD,
            EMAIL,
        ),
    )
    assert (file.notes, file.problem, file.preparation) == ((), None, ())


class TestPlaceholders:
    @pytest.mark.parametrize(
        ("written", "means"),
        [
            ("%EMAILADDRESS%", EMAIL),
            ("%EMAILLOCALPART%", "anna.b"),
            ("%EMAILDOMAIN%", "company.example"),
            ("%EMAILLOCALPART%+%EMAILDOMAIN%", "anna.b+company.example"),
            ("fixed", "fixed"),
            (" %EMAILADDRESS% ", EMAIL),
            ("%UNKNOWN%", "%UNKNOWN%"),
            ("", EMAIL),
            (None, EMAIL),
        ],
    )
    def test_in_a_user_name(self, written: str | None, means: str) -> None:
        assert only(read(incoming(username=written))).username == means

    def test_in_a_host_name(self) -> None:
        assert only(read(incoming(hostname="mail.%EMAILDOMAIN%"))).host == "mail.company.example"

    @pytest.mark.parametrize(
        "hostname",
        [
            "%EMAILLOCALPART%.tracker.example",
            "mail-%EMAILLOCALPART%.%EMAILDOMAIN%",
            "%EMAILADDRESS%",
            "https://%EMAILADDRESS%:993/",
            "%EMAIL%EMAILLOCALPART%.example",
        ],
    )
    def test_no_host_name_holds_the_person(self, hostname: str) -> None:
        file = read(incoming(hostname=hostname), incoming())
        assert only(file).host == "imap.company.example"
        (note,) = file.notes
        assert "its name would hold your own" in note.english()

    def test_what_they_bring_is_not_filled_again(self) -> None:
        file = read(incoming(username="%EMAILLOCALPART%"), email="%EMAILDOMAIN%@company.example")
        assert only(file).username == "%EMAILDOMAIN%"

    @pytest.mark.parametrize("name", ["x" * 400, "a&#9;b", "a\nb"])
    def test_a_user_name_that_cannot_be_one_is_the_address(self, name: str) -> None:
        assert only(read(incoming(username=name))).username == EMAIL


class TestOrder:
    def test_the_file_decides(self) -> None:
        file = read(
            outgoing(hostname="z.example"),
            incoming("pop3", hostname="b.example", port="995"),
            outgoing(hostname="y.example"),
            incoming(hostname="a.example"),
        )
        assert [server.host for server in file.incoming] == ["b.example", "a.example"]
        assert [server.host for server in file.outgoing] == ["z.example", "y.example"]

    def test_a_server_named_twice_counts_once(self) -> None:
        assert len(read(incoming(), incoming()).incoming) == 1

    def test_children_in_any_order_with_comments_and_strangers(self) -> None:
        file = read(
            "<displayName>Company</displayName><!-- hello --><unknown a='b'><c/></unknown>",
            '<incomingServer future="yes" type="imap"><username>u</username><!-- x -->'
            "<pop3><leaveMessagesOnServer>true</leaveMessagesOnServer></pop3>"
            "<authentication>password-cleartext</authentication><port>993</port>"
            "<socketType>SSL</socketType><hostname>imap<!-- y -->.a.example</hostname>"
            "</incomingServer>",
        )
        assert (only(file).host, only(file).username) == ("imap.a.example", "u")

    def test_servers_outside_the_provider_mean_the_same(self) -> None:
        text = f"<clientConfig>{incoming()}{outgoing()}</clientConfig>"
        file = parse_autoconfig(text.encode(), EMAIL)
        assert (len(file.incoming), len(file.outgoing)) == (1, 1)

    def test_a_namespace_does_not_matter(self) -> None:
        text = f'<clientConfig xmlns="urn:x">{incoming()}</clientConfig>'
        assert parse_autoconfig(text.encode(), EMAIL).incoming

    def test_a_flood_of_servers_is_cut(self) -> None:
        servers = [incoming(hostname=f"h{number}.example") for number in range(150)]
        assert len(read(*servers).incoming) == SERVERS_LIMIT


class TestAuthentication:
    @pytest.mark.parametrize(
        ("written", "means"),
        [
            ("password-cleartext", AuthMethod.PASSWORD),
            ("plain", AuthMethod.PASSWORD),
            ("password-encrypted", AuthMethod.ENCRYPTED_PASSWORD),
            ("secure", AuthMethod.ENCRYPTED_PASSWORD),
            ("OAuth2", AuthMethod.OAUTH2),
            ("none", AuthMethod.NONE),
            ("client-IP-address", AuthMethod.NONE),
            ("SASL PLAIN", AuthMethod.PASSWORD),
            (" password-cleartext\n", AuthMethod.PASSWORD),
        ],
    )
    def test_names(self, written: str, means: AuthMethod) -> None:
        assert only(read(outgoing(authentication=written))).auth is means

    def test_the_first_known_one_counts(self) -> None:
        ways = (
            "GSSAPI</authentication><authentication>OAuth2</authentication>"
            "<authentication>password-cleartext"
        )
        assert only(read(incoming(authentication=ways))).auth is AuthMethod.OAUTH2

    @pytest.mark.parametrize("written", ["NTLM", "GSSAPI", "TLS-client-cert", "", None])
    def test_without_a_known_one_the_server_is_left_out(self, written: str | None) -> None:
        sentence = said(read(incoming(authentication=written)))
        assert sentence == (
            "imap.company.example, port 993, is left out: it names no known way to sign in."
        )


class TestLeftOut:
    def test_plain_text_is_no_candidate(self) -> None:
        file = read(incoming(socketType="plain", port="143"), incoming("pop3", port="995"))
        assert [server.protocol for server in file.incoming] == [Protocol.POP3]
        assert [note.english() for note in file.notes] == [
            "imap.company.example, port 143, is left out: it would be used without encryption."
        ]
        assert file.problem is None

    def test_plain_text_alone_is_a_problem(self) -> None:
        file = read(incoming(socketType="plain"), outgoing(socketType="plain"))
        assert said(file) == "None of the servers in the file can be used."
        assert len(file.notes) == 2

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"hostname": None}, "without a usable name"),
            ({"hostname": "a b"}, "without a usable name is left out: a b."),
            ({"hostname": "a..b"}, "without a usable name"),
            ({"hostname": "x" * 300}, "without a usable name"),
            ({"port": None}, "its port is missing"),
            ({"port": "0"}, "its port is missing or no number"),
            ({"port": "65536"}, "its port is missing or no number"),
            ({"port": "imap"}, "its port is missing or no number"),
            ({"port": "\u0669\u0669\u0663"}, "its port is missing or no number"),
            ({"socketType": None}, "its encryption is not named"),
            ({"socketType": "maybe"}, "its encryption is not named"),
        ],
    )
    def test_what_is_not_complete_is_told(self, changes: dict[str, str], words: str) -> None:
        assert words in said(read(incoming(**changes)))

    @pytest.mark.parametrize("kind", ["jmap", "ews", "activesync", "nntp", "smtp", ""])
    def test_other_kinds_are_told(self, kind: str) -> None:
        file = read(incoming(kind), incoming())
        assert len(file.incoming) == 1
        assert "left out" in file.notes[0].english()

    def test_a_strangers_words_are_made_safe(self) -> None:
        sentence = said(read(incoming(hostname="a\u202eb\n" + "c" * 5000)))
        assert len(sentence) < 200
        assert "\u202e" not in sentence


class TestNames:
    def test_umlauts(self) -> None:
        server = only(read(incoming(hostname="imap.b\u00fccher.example")))
        assert (server.host, server.ascii_host) == (
            "imap.b\u00fccher.example",
            "imap.xn--bcher-kva.example",
        )

    def test_capitals(self) -> None:
        assert only(read(incoming(hostname="IMAP.Company.Example"))).host == "imap.company.example"

    @pytest.mark.parametrize("kind", ["IMAP", " imap "])
    def test_kinds_in_capitals(self, kind: str) -> None:
        assert only(read(incoming(kind))).protocol is Protocol.IMAP

    @pytest.mark.parametrize("mode", ["ssl", "TLS", "SSL/TLS", " SSL "])
    def test_modes_as_they_are_written_in_the_wild(self, mode: str) -> None:
        assert only(read(incoming(socketType=mode))).security is Security.IMPLICIT_TLS


class TestPreparation:
    def test_instructions_come_before_pages(self) -> None:
        file = read(
            incoming(),
            '<documentation url="https://a.example/h"><descr lang="de">Hilfe</descr>'
            '<descr lang="en">Help {now}</descr></documentation>',
            '<enable visiturl="https://a.example/on"><instruction>Turn IMAP on.</instruction>'
            "</enable>",
        )
        assert file.preparation == (
            PreparationStep("Turn IMAP on.", "https://a.example/on", "", ""),
            PreparationStep("Help (now)", "https://a.example/h", "", ""),
        )

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "file:///etc/passwd", "https://", "", "https://a b/"]
    )
    def test_only_web_pages_are_offered(self, url: str) -> None:
        page = f'<documentation url="{url}"><descr>Help</descr></documentation>'
        step = f'<enable visiturl="{url}"><instruction>Do it.</instruction></enable>'
        file = read(incoming(), page, step)
        assert file.preparation == (PreparationStep("Do it.", "", "", ""),)

    def test_a_page_without_words_is_its_address(self) -> None:
        (step,) = read(incoming(), '<documentation url="http://a.example/h"/>').preparation
        assert step.text == "http://a.example/h"

    def test_a_flood_is_cut(self) -> None:
        pages = [f'<documentation url="http://a.example/{n}"/>' for n in range(50)]
        assert len(read(incoming(), *pages).preparation) == STEPS_LIMIT


class TestBroken:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "The file is empty."),
            (b" \r\n", "The file is empty."),
            (b"\0\0", "The file is empty."),
            (b"hello", "The file is not well-formed XML, at line 1, column 1."),
            (b"<clientConfig>\n<a></b>", "The file is not well-formed XML, at line 2, column 6."),
            (b"<clientConfig/>", "The file names no mail server."),
            (b"<html><body/></html>", "A web page came in place of settings."),
            (b"<!DOCTYPE html>\n<html>", "A web page came in place of settings."),
            (b"<!-- x --><HTML>", "A web page came in place of settings."),
            (b"<other/>", "The file begins with other in place of clientConfig."),
            (
                b'<!DOCTYPE c SYSTEM "http://a.example/x"><clientConfig/>',
                "The file holds a document type or entities, which are not read.",
            ),
            (
                b'<!DOCTYPE c [<!ENTITY e "v">]><clientConfig>&e;</clientConfig>',
                "The file holds a document type or entities, which are not read.",
            ),
            (b"<a>" * 101, "The file holds too many elements."),
            (b"<a>" + b"<b/>" * 20000 + b"</a>", "The file holds too many elements."),
            (b" <clientConfig>" + b"x" * XML_LIMIT, "The file is longer than 256 KiB."),
            (
                b'<?xml version="1.0" encoding="martian"?><clientConfig/>',
                "The file is written in an unknown encoding.",
            ),
        ],
    )
    def test_the_sentence_names_what_is_wrong(self, data: bytes, words: str) -> None:
        assert said(parse_autoconfig(data, EMAIL)) == words

    def test_blank_lines_above_the_declaration_are_forgiven(self) -> None:
        data = b'\n\n <?xml version="1.0"?><clientConfig>' + incoming().encode()
        assert parse_autoconfig(data + b"</clientConfig>", EMAIL).incoming

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
    def test_encodings(self, encoding: str) -> None:
        named = encoding.removesuffix("-sig")
        text = f'<?xml version="1.0" encoding="{named}"?><clientConfig>{incoming()}</clientConfig>'
        assert parse_autoconfig(text.encode(encoding), EMAIL).incoming
