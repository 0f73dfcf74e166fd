from __future__ import annotations

import asyncio
import ssl
import subprocess
import sys

from network_certificates import Issued
from network_servers import serving, tls_server

from mailcheck_gui.model.observation import ConnectOutcome, HandshakeOutcome, NameOutcome
from mailcheck_gui.network import trust
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected, Network
from mailcheck_gui.network.system import SystemNetwork
from mailcheck_gui.network.tls import start_tls


def test_from_a_name_to_a_handshake(good_server: ssl.SSLContext) -> None:
    """The whole way on this computer's own network; the test authority is not in its trust."""

    async def go(network: Network, port: int) -> HandshakeOutcome:
        deadline = Deadline.after(10)
        name = await network.resolve("localhost", deadline)
        assert name.outcome is NameOutcome.FOUND
        opened = await network.connect("127.0.0.1", port, deadline)
        assert isinstance(opened, Connected)
        assert opened.observation.outcome is ConnectOutcome.OPEN
        try:
            context = network.client_context()
            seen, stream = await start_tls(opened.connection, "localhost", context, deadline)
        finally:
            await opened.connection.close()
        assert stream is None
        assert seen.chain_trusted is False
        return seen.outcome

    with serving(tls_server(good_server)) as port:
        assert asyncio.run(go(SystemNetwork(), port)) is HandshakeOutcome.UNVERIFIED


def test_facts_say_something_about_both_versions() -> None:
    facts = asyncio.run(SystemNetwork().facts())
    assert None not in {facts.has_ipv4_route, facts.has_ipv6_route}


def test_contexts_are_kept_apart_by_what_they_check() -> None:
    network = SystemNetwork()
    full = network.client_context()
    judging = network.client_context(check_times=False, check_name=False)
    assert trust.verifies_in_full(full)
    assert not trust.verifies_in_full(judging)
    if not trust.VERIFIED_BY_SYSTEM:
        assert network.client_context() is full


def test_a_program_that_ends_during_the_warm_up_ends_well() -> None:
    """OpenSSL crashes the process where it is still loading roots while Python shuts it down."""
    program = (
        "import asyncio; from mailcheck_gui.network.system import SystemNetwork;"
        "from mailcheck_gui.network.deadline import Deadline;"
        "asyncio.run(SystemNetwork().resolve('127.0.0.1', Deadline.after(1)))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_an_authority_of_this_computer_is_not_one_of_others(authority: Issued) -> None:
    network = SystemNetwork()
    context = network.client_context(check_times=False)
    context.load_verify_locations(cadata=authority.pem)
    other = SystemNetwork().client_context(check_times=False)
    assert authority.der not in other.get_ca_certs(binary_form=True)
