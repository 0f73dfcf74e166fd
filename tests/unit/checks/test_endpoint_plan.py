from mailcheck_gui.checks.plan import plan_endpoints
from mailcheck_gui.model.account import Account, Protocol, Role, Security, Server
from mailcheck_gui.model.endpoint import endpoint_of

IMAP, POP3, SMTP = Protocol.IMAP, Protocol.POP3, Protocol.SMTP
SSL, STARTTLS = Security.IMPLICIT_TLS, Security.STARTTLS


def server(protocol: Protocol, port: int, security: Security, host: str = "mail.example") -> Server:
    return Server(protocol, host, host, port, security)


def rows(account: Account, *, neighbours: bool = True) -> list[tuple[Role, Protocol, int, bool]]:
    plan = plan_endpoints(account, neighbours)
    return [(p.role, p.endpoint.protocol, p.endpoint.port, p.configured) for p in plan]


def test_configured_endpoints_come_first_and_are_not_repeated() -> None:
    account = Account(incoming=server(IMAP, 993, SSL), outgoing=server(SMTP, 587, STARTTLS))
    assert rows(account) == [
        (Role.INCOMING, IMAP, 993, True),
        (Role.OUTGOING, SMTP, 587, True),
        (Role.INCOMING, IMAP, 143, False),
        (Role.INCOMING, POP3, 995, False),
        (Role.INCOMING, POP3, 110, False),
        (Role.OUTGOING, SMTP, 465, False),
        (Role.OUTGOING, SMTP, 25, False),
        (Role.OUTGOING, SMTP, 2525, False),
    ]


def test_a_missing_side_is_left_out() -> None:
    account = Account(outgoing=server(SMTP, 465, SSL))
    assert {role for role, *_ in rows(account)} == {Role.OUTGOING}


def test_without_neighbours_only_what_was_configured() -> None:
    account = Account(incoming=server(POP3, 995, SSL))
    assert rows(account, neighbours=False) == [(Role.INCOMING, POP3, 995, True)]


def test_the_right_protocol_is_tried_on_the_port_of_a_wrong_one() -> None:
    planned = rows(Account(incoming=server(IMAP, 995, SSL)))
    assert (Role.INCOMING, IMAP, 995, True) in planned
    assert (Role.INCOMING, POP3, 995, False) in planned


def test_a_configured_mode_stands_even_where_the_port_has_another() -> None:
    account = Account(outgoing=server(SMTP, 587, SSL))
    assert plan_endpoints(account)[0].security is SSL


def test_the_a_label_is_what_is_examined() -> None:
    wanted = Server(IMAP, "straße.example", "xn--strae-oqa.example", 993, SSL)
    assert endpoint_of(wanted).host == "xn--strae-oqa.example"
