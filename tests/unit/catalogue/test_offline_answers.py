"""`find --offline`: every domain of the catalogue gets the catalogue's answer."""

from __future__ import annotations

import asyncio

import pytest

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.engine.find import run_find
from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.discovery import Trust
from mailcheck_gui.model.finding import Proof


class NoNetwork:
    """A network that nobody may ask."""

    def __getattr__(self, name):
        pytest.fail(f"asked for {name}")


WITH_DOMAINS = [provider for provider in load_providers() if provider.domains]


@pytest.mark.parametrize("provider", WITH_DOMAINS, ids=lambda provider: provider.id)
def test_each_domain_of(provider):
    for domain in provider.domains:
        found = asyncio.run(
            run_find(f"anna@{domain}", NoNetwork(), lambda _event: None, FindOptions(offline=True))
        )
        assert found.provider is not None
        assert found.provider.id == provider.id
        assert found.preparation == provider.preparation
        assert bool(found.candidates) or provider.unsupported
        documented = {server.host for server in provider.servers}
        for candidate in found.candidates:
            assert candidate.trust is Trust.SECURE
            sides = (candidate.incoming, candidate.outgoing)
            assert {side.ascii_host for side in sides if side} <= documented
            assert {candidate.incoming_proof, candidate.outgoing_proof} <= {Proof.DOCUMENTED, None}
