"""The names of the lab: dnsmasq on the router, with one zone that always fails."""

from __future__ import annotations

from maillab.accounts import DOMAIN
from maillab.daemon import Daemon, make_folder
from maillab.domains import DOMAINS, SLOW_ZONE, WILDCARD
from maillab.hosts import place, places
from maillab.interference import LYING_NAMES
from maillab.networks import (
    FAILING_RESOLVER,
    MUTE_RESOLVER,
    RESOLVER_V4,
    RESOLVER_V6,
    SLOW_RESOLVER,
)

FAILING_ZONE, MUTE_ZONE = "broken.test", "mute.test"
"""Every question below the first is answered with SERVFAIL, below the second not at all."""

NAME_WITHOUT_ADDRESS = f"addressless.{DOMAIN}"

_HEAD = f"""
no-resolv
no-hosts
bind-interfaces
user=root
cache-size=0
local-ttl=60
pid-file=
listen-address={RESOLVER_V4},{RESOLVER_V6}
local=/test/com/net/org/
server=/{FAILING_ZONE}/{FAILING_RESOLVER}
server=/{MUTE_ZONE}/{MUTE_RESOLVER}
server=/{SLOW_ZONE}/{SLOW_RESOLVER}
txt-record={NAME_WITHOUT_ADDRESS},"a name without an address"
"""


def resolver() -> Daemon:
    """Write the zone and return how to start dnsmasq."""
    folder = make_folder("dns")
    names = [
        f"host-record={name},{','.join(place.known_addresses)}\n"
        for place in places()
        for name in (place.host.name, *place.host.aliases)
    ]
    names += [f"host-record={label}.{DOMAIN},{lie}\n" for label, lie in LYING_NAMES.items()]
    names += [f"{record}\n" for domain in DOMAINS for record in domain.records]
    names += [f"address=/{WILDCARD}/{address}\n" for address in place("web-parked").addresses]
    path = folder / "dnsmasq.conf"
    path.write_text(_HEAD + "".join(names), "utf-8")
    return Daemon(
        "dns",
        ("dnsmasq", "--keep-in-foreground", "--log-facility=-", f"--conf-file={path}"),
        "router",
        ((RESOLVER_V4, 53), (RESOLVER_V6, 53)),
    )
