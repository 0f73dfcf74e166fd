"""PACC files and their digests."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest

from mailcheck_gui.discovery.pacc import PaccFile, digest_fits, parse_pacc
from mailcheck_gui.model.account import AuthMethod, Protocol, Security

EMAIL = "anna@company.example"
BODY = b'{"a": 1}'
DIGEST = base64.b64encode(hashlib.sha256(BODY).digest())


def read(content: object) -> PaccFile:
    return parse_pacc(json.dumps(content).encode(), EMAIL)


def file(**changes: object) -> dict[str, object]:
    hosts = {name: {"host": f"{name}.company.example"} for name in ("imap", "pop3", "smtp")}
    return {"protocols": hosts, "authentication": {"password": True}, **changes}


def test_hosts_are_on_the_ports_for_implicit_tls() -> None:
    found = read(file())
    servers = (*found.incoming, *found.outgoing)
    assert [(s.protocol, s.host, s.port) for s in servers] == [
        (Protocol.IMAP, "imap.company.example", 993),
        (Protocol.POP3, "pop3.company.example", 995),
        (Protocol.SMTP, "smtp.company.example", 465),
    ]
    assert {(s.security, s.auth, s.username) for s in servers} == {
        (Security.IMPLICIT_TLS, AuthMethod.PASSWORD, EMAIL)
    }


@pytest.mark.parametrize(
    ("authentication", "method"),
    [
        ({"password": True, "oauth-public": {"issuer": "x"}}, AuthMethod.PASSWORD),
        ({"oauth-public": {"issuer": "x"}}, AuthMethod.OAUTH2),
        ({"oauth-public": {"issuer": "x"}, "password": False}, AuthMethod.OAUTH2),
    ],
)
def test_ways_to_sign_in(authentication: object, method: AuthMethod) -> None:
    assert read(file(authentication=authentication)).incoming[0].auth is method


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (file(protocols={}), "names no mail server"),
        (file(protocols={"jmap": {"url": "https://x"}}), "names no mail server"),
        (file(protocols={"imap": {"host": "a b"}, "smtp": 7}), "names no mail server"),
        (file(protocols=[1]), "names no mail server"),
        (file(authentication={}), "no known way to sign in"),
        (file(authentication={"password": "yes"}), "no known way to sign in"),
        ([], "no known way to sign in"),
        (None, "no known way to sign in"),
    ],
)
def test_what_is_of_no_use(content: object, words: str) -> None:
    problem = read(content).problem
    assert problem is not None
    assert words in problem.english()


@pytest.mark.parametrize(
    "data", [b"", b"<a/>", b"[" * 100_000, b"\xff\xfe", b"1" * 5000, b'{"a":' * 5000]
)
def test_what_is_no_json(data: bytes) -> None:
    problem = parse_pacc(data, EMAIL).problem
    assert problem is not None
    assert problem.english() == "The file is no JSON."


@pytest.mark.parametrize(
    ("records", "fits"),
    [
        ((b"v=UAAC1; a=sha256; d=" + DIGEST,), True),
        ((b"V=uaac1;A=SHA256;D=" + DIGEST,), True),
        ((b"v=UAAC1; a=sha256; d=" + DIGEST + b"; x=y",), True),
        ((b"v=spf1 -all", b"v=UAAC1; a=sha256; d=" + DIGEST), True),
        ((), False),
        ((b"v=UAAC1; a=sha256; d=",), False),
        ((b"v=UAAC1; a=sha256; d=%%%",), False),
        ((b"v=UAAC1; a=sha512; d=" + DIGEST,), False),
        ((b"v=UAAC2; a=sha256; d=" + DIGEST,), False),
        ((b"\xff\xfe;=;=",), False),
        ((b"v=UAAC1; a=sha256; d=" + base64.b64encode(b"other"),), False),
    ],
)
def test_digests(records: tuple[bytes, ...], fits: bool) -> None:
    assert digest_fits(records, BODY) is fits
