"""Three network namespaces and the addresses between them; faults are rules on the router."""

from __future__ import annotations

import subprocess

from maillab.hosts import place, places
from maillab.interference import (
    HIJACKED,
    HIJACKED_V6,
    HIJACKER,
    SLOW_LINES,
    UNUSED_V4,
    UNUSED_V6,
)
from maillab.personality import Fault, Place

CLIENT_V4, CLIENT_V6 = "198.51.100.2", "2001:db8:a::2"
RESOLVER_V4, RESOLVER_V6 = "198.51.100.1", "2001:db8:a::1"
ROUTER_SERVER_SIDE = "203.0.113.1"
FAILING_RESOLVER, MUTE_RESOLVER, SLOW_RESOLVER = (f"203.0.113.{number}" for number in (2, 3, 4))
_RESOLVERS = (FAILING_RESOLVER, MUTE_RESOLVER, SLOW_RESOLVER)

DEFAULT_DELAY_MS = 5.0
"""One way. Without any, an ICMPv6 error is lost: it returns while the kernel is in connect()."""

NAMES = ("client", "router", "servers")

_KERNEL_SETTINGS = (
    # duplicate address detection would hold back the first packets for a second
    ("ipv6/conf/default/accept_dad", 0),
    ("ipv6/conf/default/router_solicitations", 0),
)
_ROUTER_SETTINGS = (
    ("ipv4/ip_forward", 1),
    ("ipv6/conf/all/forwarding", 1),
    ("ipv4/icmp_ratelimit", 0),
    ("ipv6/icmp/ratelimit", 0),
)


def make_namespaces() -> None:
    """Make the three namespaces."""
    _run(["ip", "link", "set", "lo", "up"])
    for name in NAMES:
        _run(["ip", "netns", "add", name])
        _set_kernel(name, _KERNEL_SETTINGS + (_ROUTER_SETTINGS if name == "router" else ()))


def connect_namespaces() -> None:
    """Lay the cable between router and servers and give out addresses.

    The wire (`eth0` of the client, `lan0` of the router) must be there already.
    """
    _run(["ip", "-n", "router", "link", "add", "wan0", "type", "veth",
          "peer", "name", "eth0", "netns", "servers"])  # fmt: skip
    _batch("client", [
        "link set lo up",
        "link set eth0 up",
        f"addr add {CLIENT_V4}/24 dev eth0",
        f"addr add {CLIENT_V6}/64 dev eth0 nodad",
        f"route add default via {RESOLVER_V4}",
        f"route add default via {RESOLVER_V6}",
    ])  # fmt: skip
    _batch("router", [
        "link set lo up",
        "link set lan0 up",
        "link set wan0 up",
        f"addr add {RESOLVER_V4}/24 dev lan0",
        f"addr add {RESOLVER_V6}/64 dev lan0 nodad",
        f"addr add {ROUTER_SERVER_SIDE}/24 dev wan0",
        "addr add 2001:db8:b::1/64 dev wan0 nodad",
    ])  # fmt: skip
    _batch("servers", [
        "link set lo up",
        "link set eth0 up",
        *(f"addr add {resolver}/24 dev eth0" for resolver in _RESOLVERS),
        *(line for entry in places() if entry.host.present for line in _addresses(entry)),
        f"route add default via {ROUTER_SERVER_SIDE}",
        "route add default via 2001:db8:b::1",
    ])  # fmt: skip


def firewall(extra: str = "") -> str:
    """Return the router's rules: the faults of all hosts, and more in nftables' own words."""
    rules = "".join(
        f"    {line};\n"
        for entry in places()
        for fault in entry.host.faults
        for line in _rules(entry, fault)
    )
    return (
        "flush ruleset\n"
        "table inet faults {\n  chain forward {\n"
        "    type filter hook forward priority 0;\n"
        f"{rules}  }}\n}}\n{_hijack()}{extra}"
    )


def _hijack() -> str:
    """Return the rules that lead port 25 elsewhere, as some providers do."""
    victims = [place(label) for label in (HIJACKED, HIJACKED_V6)]
    relay = place(HIJACKER)
    v4 = ", ".join([UNUSED_V4, *(victim.v4 for victim in victims)])
    v6 = ", ".join([UNUSED_V6, *(victim.v6 for victim in victims)])
    return (
        "table inet hijack {\n  chain prerouting {\n"
        "    type nat hook prerouting priority -100;\n"
        f"    ip daddr {{ {v4} }} tcp dport 25 dnat ip to {relay.v4};\n"
        f"    ip6 daddr {{ {v6} }} tcp dport 25 dnat ip6 to {relay.v6};\n"
        "  }\n}\n"
    )


def default_profile() -> dict[str, dict[str, float]]:
    """Return the wire's usual profile: the resolver is nearer than the servers."""
    return {
        "default": {"delay_ms": DEFAULT_DELAY_MS},
        RESOLVER_V4: {"delay_ms": 1.0},
        RESOLVER_V6: {"delay_ms": 1.0},
        **{
            address: {"delay_ms": DEFAULT_DELAY_MS, **line}
            for label, line in SLOW_LINES.items()
            for address in place(label).addresses
        },
    }


def load_firewall() -> None:
    """Load the rules on the router."""
    _run(["ip", "netns", "exec", "router", "nft", "-f", "-"], firewall())


def _rules(entry: Place, fault: Fault) -> list[str]:
    ports = ", ".join(str(port) for port in fault.ports)
    match = f"tcp dport {{ {ports} }} " if ports else ""
    # a reset answers TCP only; everything else may be refused whole
    match = match or ("meta l4proto tcp " if "reset" in fault.refusal else "")
    end = "saddr" if fault.towards_client else "daddr"
    sides = {4: f"ip {end} {entry.v4}", 6: f"ip6 {end} {entry.v6}"}
    return [f"{sides[family]} {match}{fault.refusal}" for family in fault.families]


def _set_kernel(namespace: str, settings: tuple[tuple[str, int], ...]) -> None:
    script = "; ".join(f"echo {value} > /proc/sys/net/{name}" for name, value in settings)
    _run(["ip", "netns", "exec", namespace, "sh", "-ec", script])


def _addresses(entry: Place) -> tuple[str, str]:
    return (f"addr add {entry.v4}/24 dev eth0", f"addr add {entry.v6}/64 dev eth0 nodad")


def _batch(namespace: str, lines: list[str]) -> None:
    _run(["ip", "-n", namespace, "-batch", "-"], "\n".join(lines) + "\n")


def _run(command: list[str], text: str | None = None) -> None:
    result = subprocess.run(command, input=text, text=True, capture_output=True, check=False)
    if result.returncode:
        raise RuntimeError(f"{' '.join(command)}: {result.stderr.strip()}")
