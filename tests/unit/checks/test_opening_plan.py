import pytest

from mailcheck_gui.checks.openings import OpeningPlan, is_malformed, plan_openings
from mailcheck_gui.model.account import Protocol, Role, Security
from mailcheck_gui.model.endpoint import Endpoint, PlannedEndpoint
from mailcheck_gui.model.observation import Opening

HELLO, LISTEN = Opening.CLIENT_HELLO, Opening.LISTEN
SSL, STARTTLS, NONE = Security.IMPLICIT_TLS, Security.STARTTLS, Security.NONE


def openings(port: int, security: Security, *, configured: bool = True) -> OpeningPlan:
    endpoint = Endpoint(Protocol.SMTP, "mail.example", port)
    return plan_openings(PlannedEndpoint(Role.OUTGOING, endpoint, security, configured))


@pytest.mark.parametrize("port", [465, 993, 995])
def test_tls_ports_begin_with_a_client_hello(port: int) -> None:
    assert openings(port, SSL) == OpeningPlan((HELLO,), LISTEN)


@pytest.mark.parametrize("port", [110, 143, 587, 2525, 4711])
@pytest.mark.parametrize("security", [STARTTLS, NONE])
def test_other_ports_are_listened_to(port: int, security: Security) -> None:
    assert openings(port, security) == OpeningPlan((LISTEN,), HELLO)


@pytest.mark.parametrize("port", [25, 110, 143, 587, 2525, 4711])
def test_ssl_on_a_plaintext_port_opens_both_ways_at_once(port: int) -> None:
    assert openings(port, SSL) == OpeningPlan((HELLO, LISTEN))


@pytest.mark.parametrize("port", [465, 993, 995])
@pytest.mark.parametrize("security", [STARTTLS, NONE])
def test_plain_text_on_a_tls_port_opens_both_ways_at_once(port: int, security: Security) -> None:
    assert openings(port, security) == OpeningPlan((LISTEN, HELLO))


@pytest.mark.parametrize("security", [STARTTLS, NONE])
def test_port_25_gets_no_client_hello_unasked(security: Security) -> None:
    assert openings(25, security) == OpeningPlan((LISTEN,))


def test_a_neighbour_begins_as_its_port_is_registered() -> None:
    assert openings(465, SSL, configured=False).at_once == (HELLO,)
    assert openings(587, STARTTLS, configured=False).at_once == (LISTEN,)


@pytest.mark.parametrize(
    ("port", "opening", "malformed"),
    [(587, HELLO, True), (4711, HELLO, True), (465, HELLO, False), (465, LISTEN, False)],
)
def test_only_a_client_hello_on_a_plaintext_port_is_malformed(
    port: int, opening: Opening, malformed: bool
) -> None:
    assert is_malformed(port, opening) is malformed
