"""The web server of practice mode: it publishes the settings file of the practice accounts.

Enough of HTTP/1.1 (RFC 9112) for one small file; every request is answered and ends with its
connection.
"""

from __future__ import annotations

import ssl

from mailcheck_gui.practice.wire import HungUp, Wire

AUTOCONFIG_HOST = "autoconfig.practice.example"
_PATH = "/mail/config-v1.1.xml"
_MOST_HEADERS = 100

_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="practice.example">
    <domain>practice.example</domain>
    <displayName>Mailcheck practice</displayName>
    <incomingServer type="imap">
      <hostname>imap.practice.example</hostname>
      <port>993</port>
      <socketType>SSL</socketType>
      <username>%EMAILADDRESS%</username>
      <authentication>password-cleartext</authentication>
    </incomingServer>
    <incomingServer type="pop3">
      <hostname>imap.practice.example</hostname>
      <port>995</port>
      <socketType>SSL</socketType>
      <username>%EMAILADDRESS%</username>
      <authentication>password-cleartext</authentication>
    </incomingServer>
    <outgoingServer type="smtp">
      <hostname>smtp.practice.example</hostname>
      <port>465</port>
      <socketType>SSL</socketType>
      <username>%EMAILADDRESS%</username>
      <authentication>password-cleartext</authentication>
    </outgoingServer>
  </emailProvider>
</clientConfig>
"""


async def publish_settings(wire: Wire, context: ssl.SSLContext) -> None:
    """Answer one request over TLS: the file, or that there is nothing else here."""
    await wire.start_tls(context)
    verb, _, target = (await wire.read_line()).decode("latin-1").partition(" ")
    await _read_headers(wire)
    found = verb == "GET" and target.partition(" ")[0].partition("?")[0] == _PATH
    await wire.send(_answer("200 OK", _FILE) if found else _answer("404 Not Found", ""))


async def _read_headers(wire: Wire) -> None:
    for _ in range(_MOST_HEADERS):
        if not await wire.read_line():
            return
    raise HungUp("too many headers")


def _answer(status: str, text: str) -> bytes:
    body = text.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/xml; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
