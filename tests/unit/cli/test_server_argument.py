from __future__ import annotations

import pytest

from mailcheck_gui.cli.server_argument import ServerArgument, parse_server
from mailcheck_gui.model.account import Security


@pytest.mark.parametrize(
    ("text", "host", "port", "security"),
    [
        ("imap.example.com", "imap.example.com", "", None),
        ("imap.example.com:993", "imap.example.com", "993", None),
        ("imap.example.com:993/ssl", "imap.example.com", "993", Security.IMPLICIT_TLS),
        ("imap.example.com/starttls", "imap.example.com", "", Security.STARTTLS),
        ("imap.example.com:143/NONE", "imap.example.com", "143", Security.NONE),
        ("[::1]:993/ssl", "::1", "993", Security.IMPLICIT_TLS),
        ("[2001:db8::1]", "2001:db8::1", "", None),
        ("2001:db8::1", "2001:db8::1", "", None),
        ("::1/ssl", "::1", "", Security.IMPLICIT_TLS),
        ("[::1]x", "[::1]x", "", None),
        ("host:", "host", "", None),
        ("host:abc", "host", "abc", None),
        ("host:0", "host", "0", None),
        (" host :993", " host ", "993", None),
        ("", "", "", None),
        ("https://webmail.example.com/login", "https://webmail.example.com/login", "", None),
        ("smtp://mx.example.com:587", "smtp://mx.example.com:587", "", None),
        ("anna:pw@host:993", "anna:pw@host:993", "", None),
        ("anna:p/w@host:143/starttls", "anna:p/w@host:143", "", Security.STARTTLS),
        ("anna:p/w@host:143", "anna:p/w@host:143", "", None),
        ("[anna]:pw@host", "[anna]:pw@host", "", None),
    ],
)
def test_forms(text: str, host: str, port: str, security: Security | None) -> None:
    assert parse_server(text) == ServerArgument(host, port, security)


@pytest.mark.parametrize("text", ["host/tls", "host:993/", "webmail.example.com/owa"])
def test_an_unknown_word_for_the_encryption_names_the_known_ones(text: str) -> None:
    with pytest.raises(ValueError, match="ssl, starttls, none"):
        parse_server(text)
