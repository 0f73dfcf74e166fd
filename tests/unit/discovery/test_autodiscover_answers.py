"""Autodiscover answers: servers, redirects, and what is of no use."""

from __future__ import annotations

import pytest

from mailcheck_gui.discovery.autodiscover import (
    AutodiscoverAnswer,
    parse_autodiscover,
    request_body,
)
from mailcheck_gui.discovery.xml_file import read_xml
from mailcheck_gui.model.account import AuthMethod, Protocol, Security, Server

EMAIL = "anna@company.example"
ASKED = "postmaster@company.example"


def read(*protocols: str, asked: str = ASKED) -> AutodiscoverAnswer:
    content = "".join(protocols)
    text = (
        "<Autodiscover><Response><Account><AccountType>email</AccountType><Action>settings</Action>"
        f"{content}</Account></Response></Autodiscover>"
    )
    return parse_autodiscover(text.encode(), EMAIL, asked)


def protocol(kind: str = "IMAP", **values: str) -> str:
    told = {"Server": "mail.company.example", "Port": "993", **values}
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in told.items())
    return f"<Protocol><Type>{kind}</Type>{inner}</Protocol>"


def only(answer: AutodiscoverAnswer) -> Server:
    (server,) = (*answer.incoming, *answer.outgoing)
    return server


@pytest.mark.parametrize("address", [EMAIL, 'a&b<c>"@company.example'])
def test_the_request_is_well_formed(address: str) -> None:
    root = read_xml(request_body(address))
    assert [e.text for e in root.iter() if e.tag.endswith("EMailAddress")] == [address]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "protocol_", "side"),
    [("IMAP", Protocol.IMAP, 0), ("pop3", Protocol.POP3, 0), ("SMTP", Protocol.SMTP, 1)],
)
def test_kinds(kind: str, protocol_: Protocol, side: int) -> None:
    answer = read(protocol(kind))
    assert only(answer).protocol is protocol_
    assert (answer.incoming, answer.outgoing)[side]


@pytest.mark.parametrize(
    ("port", "told", "security"),
    [
        ("993", {"SSL": "on"}, Security.IMPLICIT_TLS),
        ("993", {}, Security.IMPLICIT_TLS),
        ("143", {"SSL": "on"}, Security.STARTTLS),
        ("143", {"Encryption": "SSL"}, Security.IMPLICIT_TLS),
        ("993", {"Encryption": "TLS"}, Security.IMPLICIT_TLS),
        ("587", {"Encryption": "TLS", "SSL": "off"}, Security.STARTTLS),
        ("587", {"Encryption": "Auto"}, Security.STARTTLS),
        ("465", {"Encryption": "TLS"}, Security.IMPLICIT_TLS),
        ("4143", {"Encryption": "TLS"}, Security.STARTTLS),
        ("4993", {"SSL": "on"}, Security.IMPLICIT_TLS),
    ],
)
def test_when_tls_starts(port: str, told: dict[str, str], security: Security) -> None:
    assert only(read(protocol(Port=port, **told))).security is security


@pytest.mark.parametrize("told", [{"SSL": "off"}, {"Encryption": "None"}, {"SSL": "OFF"}])
def test_plain_text_is_no_candidate(told: dict[str, str]) -> None:
    answer = read(protocol(**told))
    assert (answer.incoming, answer.outgoing) == ((), ())
    assert answer.problem is not None
    assert "without encryption" in answer.problem.english()


@pytest.mark.parametrize(
    ("login", "asked", "name"),
    [
        (ASKED, ASKED, EMAIL),
        ("Postmaster@Company.Example", ASKED, EMAIL),
        ("postmaster", ASKED, "anna"),
        ("", ASKED, EMAIL),
        ("u4711", ASKED, EMAIL),  # the postmaster's own login is not the person's
        ("u4711", EMAIL, "u4711"),
        (EMAIL, EMAIL, EMAIL),
        ("anna", EMAIL, "anna"),
        ("x" * 400, EMAIL, EMAIL),
    ],
)
def test_login_names(login: str, asked: str, name: str) -> None:
    assert only(read(protocol(LoginName=login), asked=asked)).username == name


def test_sending_without_a_sign_in() -> None:
    assert only(read(protocol("SMTP", AuthRequired="off"))).auth is AuthMethod.NONE
    assert only(read(protocol("SMTP", AuthRequired="on"))).auth is AuthMethod.PASSWORD


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"Server": "a b"}, "without a usable name"),
        ({"Server": ""}, "without a usable name"),
        ({"Port": ""}, "port is missing"),
        ({"Port": "70000"}, "port is missing"),
    ],
)
def test_what_is_not_complete_is_told(told: dict[str, str], words: str) -> None:
    answer = read(protocol(**told))
    assert answer.problem is not None
    assert words in answer.problem.english()


@pytest.mark.parametrize("kinds", [("EXCH",), ("EXCH", "EXPR", "WEB"), ("mapiHttp",)])
def test_exchange_alone_is_told(kinds: tuple[str, ...]) -> None:
    answer = read(*(protocol(kind) for kind in kinds))
    assert answer.problem is not None
    assert answer.problem.english() == (
        "The answer names Exchange only. Exchange itself is not examined here."
    )


def test_exchange_beside_imap_is_passed_over() -> None:
    assert only(read(protocol("EXCH"), protocol("IMAP"))).protocol is Protocol.IMAP


@pytest.mark.parametrize(
    ("action", "name", "target"),
    [
        ("redirectAddr", "RedirectAddr", "a@b.example"),
        ("redirectUrl", "RedirectUrl", "https://b.example/"),
    ],
)
def test_redirects(action: str, name: str, target: str) -> None:
    content = f"<Action>{action}</Action><{name}>{target}</{name}>"
    text = f"<Autodiscover><Response><Account>{content}</Account></Response></Autodiscover>"
    answer = parse_autodiscover(text.encode(), EMAIL, ASKED)
    assert answer.redirect_address + answer.redirect_url == target
    assert bool(answer.redirect_url) is (action == "redirectUrl")
    assert answer.problem is None


REFUSAL = "<Autodiscover><Response><Error>{}</Error></Response></Autodiscover>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<Autodiscover/>", "names no usable mail server"),
        ("<other/>", "begins with other"),
        (REFUSAL.format("<Message>No\nsuch</Message>"), "a refusal: No such"),
        ("<Autodiscover><Error><ErrorCode>600</ErrorCode></Error></Autodiscover>", "refusal: 600"),
        ("{}", "not well-formed"),
    ],
)
def test_what_is_of_no_use(text: str, words: str) -> None:
    answer = parse_autodiscover(text.encode(), EMAIL, ASKED)
    assert answer.problem is not None
    assert words in answer.problem.english()
