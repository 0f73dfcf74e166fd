"""One direct question to the configured name servers, for what getaddrinfo does not tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dns.resolver import NoNameservers, Resolver


class NameServerAnswer(Enum):
    """What the name servers said about a name (RFC 1035 section 4.1.1, RFC 2308 section 2)."""

    HAS_ADDRESS = "has address"
    NO_SUCH_NAME = "NXDOMAIN"
    NO_ADDRESS = "NODATA"
    UNKNOWN = "unknown"  # no usable answer; `detail` says why


@dataclass(frozen=True, slots=True)
class NameServerReply:
    """An answer, or in `detail` the answer codes of servers that gave none ("SERVFAIL")."""

    answer: NameServerAnswer
    detail: str = ""


def ask_name_server(host: str, seconds: float, resolver: Resolver | None = None) -> NameServerReply:
    """Ask for the A records of an A-label host. Blocks at most that long; never raises.

    `resolver` replaces the one that the system's configuration describes.
    """
    # Threads ask at once. A module that another thread has just loaded is complete some time
    # before it is an attribute of its package: `import dns.resolver` would not find it there. The
    # others of its package come behind it, so that one thread has loaded them all.
    from dns import resolver as dns_resolver
    from dns.exception import DNSException

    try:
        resolver = resolver or dns_resolver.Resolver()
        resolver.resolve(host, "A", search=False, lifetime=seconds)
    except dns_resolver.NXDOMAIN:
        return NameServerReply(NameServerAnswer.NO_SUCH_NAME)
    except dns_resolver.NoAnswer:
        return NameServerReply(NameServerAnswer.NO_ADDRESS)
    except dns_resolver.NoNameservers as error:
        return NameServerReply(NameServerAnswer.UNKNOWN, answer_codes(error))
    except dns_resolver.LifetimeTimeout:
        return NameServerReply(NameServerAnswer.UNKNOWN, "the name server does not answer")
    except (DNSException, OSError, ValueError) as error:
        return NameServerReply(NameServerAnswer.UNKNOWN, str(error))
    return NameServerReply(NameServerAnswer.HAS_ADDRESS)


def answer_codes(error: NoNameservers) -> str:
    """Return what each name server answered, once: "SERVFAIL, REFUSED"."""
    from dns import rcode

    said: dict[str, None] = {}
    for *_, problem, response in error.kwargs.get("errors", ()):
        code = rcode.to_text(response.rcode()) if response is not None else str(problem)
        said[code] = None
    return ", ".join(said)
