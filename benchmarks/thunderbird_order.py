"""A small re-implementation of how Thunderbird looks for settings, run in the lab.

The order and the time-outs are Thunderbird's; the code is not. The provider's file (https at both
places, then http), Mozilla's database and the mail exchanger's domain are asked at once; the first
in this order that succeeds counts, as soon as those before it have failed. Only then it guesses:
every name and port at once, a tenth of a second apart, ten seconds each, and again the first in
order counts. A server that greets is taken; STARTTLS is not performed, the certificate is checked
on ports that begin with TLS, and servers named by a file are not connected to. Autodiscover is left
out: Thunderbird asks it with the password. Prints one JSON object: `ms` and the hosts.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
import time
import urllib.request
from collections.abc import Awaitable
from xml.etree import ElementTree

GUESS_SECONDS = 10.0
STAGGER_SECONDS = 0.1
FETCH_SECONDS = 10.0
ISPDB = "https://autoconfig.thunderbird.net/v1.1/"
INCOMING = (("imap", 993), ("imap", 143), ("pop3", 995), ("pop3", 110))
OUTGOING = (("smtp", 465), ("smtp", 587), ("smtp", 25))
NAMES = {
    "imap": ("imap", "mail", ""),
    "pop3": ("pop3", "pop", "mail", ""),
    "smtp": ("smtp", "mail", ""),
}
IMPLICIT = {993, 995, 465}


async def first_in_order(attempts: list[Awaitable[list[str] | None]]) -> list[str] | None:
    """Return the result of the first that succeeds, once all before it have failed."""
    tasks = [asyncio.ensure_future(attempt) for attempt in attempts]
    try:
        for task in tasks:
            found = await task
            if found:
                return found
        return None
    finally:
        for task in tasks:
            task.cancel()


def fetch(url: str) -> list[str] | None:
    """Return the hosts that an autoconfig file names."""
    try:
        with urllib.request.urlopen(url, timeout=FETCH_SECONDS) as answer:
            root = ElementTree.fromstring(answer.read(200_000))
    except (OSError, ElementTree.ParseError, ValueError):
        return None
    sides = (root.find(".//incomingServer/hostname"), root.find(".//outgoingServer/hostname"))
    return [side.text for side in sides if side is not None and side.text] or None


async def from_provider(domain: str, *, only_https: bool = False) -> list[str] | None:
    """Ask for the provider's own file."""
    places = (
        f"autoconfig.{domain}/mail/config-v1.1.xml",
        f"{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
    )
    schemes = ("https",) if only_https else ("https", "http")
    return await first_in_order(
        [asyncio.to_thread(fetch, f"{scheme}://{place}") for scheme in schemes for place in places]
    )


async def from_exchanger(domain: str) -> list[str] | None:
    """Ask for the file of the mail exchanger's domain."""
    from dns.asyncresolver import Resolver
    from dns.exception import DNSException

    try:
        answer = await Resolver().resolve(domain, "MX", lifetime=FETCH_SECONDS)
    except DNSException:
        return None
    base = ".".join(str(answer[0].exchange).rstrip(".").split(".")[-2:])
    if base == domain:
        return None
    database = asyncio.to_thread(fetch, ISPDB + base)
    return await first_in_order([from_provider(base, only_https=True), database])


async def greets(place: int, protocol: str, host: str, port: int) -> list[str] | None:
    """Return the host where a server greets."""
    await asyncio.sleep(place * STAGGER_SECONDS)
    context = ssl.create_default_context() if port in IMPLICIT else None
    try:
        async with asyncio.timeout(GUESS_SECONDS):
            reader, writer = await asyncio.open_connection(host, port, ssl=context)
            line = await reader.readline()
            writer.close()
    except (OSError, TimeoutError):
        return None
    expected = {"imap": b"* ", "pop3": b"+OK", "smtp": b"220"}[protocol]
    return [host] if line.startswith(expected) else None


async def guessed(domain: str, ports: tuple[tuple[str, int], ...]) -> list[str] | None:
    """Try every usual name and port."""
    tries = [
        (protocol, f"{name}.{domain}".lstrip("."), port)
        for protocol, port in ports
        for name in NAMES[protocol]
    ]
    return await first_in_order([greets(place, *one) for place, one in enumerate(tries)])


async def look(domain: str) -> list[str]:
    """Return the hosts that are found; fewer than two where a side is missing."""
    database = asyncio.to_thread(fetch, ISPDB + domain)
    found = await first_in_order([from_provider(domain), database, from_exchanger(domain)])
    if found:
        return found
    sides = await asyncio.gather(guessed(domain, INCOMING), guessed(domain, OUTGOING))
    return [host for side in sides if side for host in side]


def main(domain: str) -> None:
    """Look, and print the time."""
    began = time.perf_counter()
    hosts = asyncio.run(look(domain))
    print(json.dumps({"ms": (time.perf_counter() - began) * 1000, "best": hosts}))


if __name__ == "__main__":
    main(sys.argv[1])
