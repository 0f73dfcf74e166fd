"""Certificates of strangers may complete a path; they never become what is trusted."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from network_certificates import Issued, issue, new_authority
from network_servers import serving, tls_server

from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.diagnostic_tls import judged_trust
from mailcheck_gui.network.seam import Connection
from mailcheck_gui.network.system import SystemNetwork
from mailcheck_gui.network.trust import add_intermediates, verifies_in_full, verifying_context
from mailcheck_gui.practice import PracticeServers
from mailcheck_gui.practice.network import PracticeNetwork

HOST = "mail.example.test"


@pytest.fixture
def judge(talk, authority: Issued, tmp_path: Path):
    """Return a function that tells whether a chain is trusted with certificates beside it."""

    def run(issued: Issued, *beside: Issued, partial: bool = False) -> bool | None:
        context = verifying_context(check_times=False, check_name=False)
        context.load_verify_locations(cadata=authority.pem)
        if partial:
            context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        add_intermediates(context, [one.der for one in beside])

        async def ask(connection: Connection) -> bool | None:
            return await judged_trust(connection, HOST, context, Deadline.after(5))

        alone = Issued(issued.certificate, issued.key)  # what the server sends: no chain
        with serving(tls_server(alone.server_context(tmp_path))) as port:
            return talk(port, ask)

    return run


def test_what_is_missing_completes_the_path(judge, authority: Issued) -> None:
    between = issue(authority, common_name="Between", authority=True)
    leaf = issue(between)
    assert judge(leaf) is False
    assert judge(leaf, between) is True


def test_two_missing_ones(judge, authority: Issued) -> None:
    upper = issue(authority, common_name="Upper", authority=True)
    lower = issue(upper, common_name="Lower", authority=True)
    assert judge(issue(lower), lower) is False
    assert judge(issue(lower), upper, lower) is True


@pytest.mark.parametrize("partial", [False, True])
class TestNothingIsTrusted:
    def test_a_root_of_their_own(self, judge, partial: bool) -> None:
        root = new_authority("Stranger Root")
        assert judge(issue(root), root, partial=partial) is False

    def test_an_intermediate_of_an_unknown_root(self, judge, partial: bool) -> None:
        between = issue(new_authority("Stranger Root"), common_name="Between", authority=True)
        assert judge(issue(between), between, partial=partial) is False

    def test_the_certificate_itself(self, judge, partial: bool) -> None:
        alone = issue(None)
        assert judge(alone, alone, partial=partial) is False
        leaf = issue(new_authority("Stranger Root"))
        assert judge(leaf, leaf, partial=partial) is False


def test_nothing_readable_is_no_harm(authority: Issued) -> None:
    context = verifying_context(check_times=False, check_name=False)
    add_intermediates(context, [b"", b"junk"])
    assert context.get_ca_certs() == []


def test_such_a_context_may_carry_nothing(authority: Issued) -> None:
    between = issue(authority, common_name="Between", authority=True)
    network = SystemNetwork()
    context = network.completing_context((between.der,))
    assert not verifies_in_full(context)
    assert context is not network.client_context(check_times=False, check_name=False)


def test_practice_has_its_own(authority: Issued) -> None:
    network = PracticeNetwork(PracticeServers(()))
    assert not verifies_in_full(network.completing_context(()))
