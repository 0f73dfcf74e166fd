"""What a probe says about a server that a source names: proven, or what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from diagnosis_builders import (
    CLOSED,
    CUT_SHORT,
    GOOD_TLS,
    HOST,
    IMAP,
    IN,
    OUT,
    SILENT,
    SMTP,
    STARTTLS,
    TLS,
    UNREACHABLE,
    bad_tls,
    broken_tls,
    capabilities,
    certificate,
    ended,
    found,
    hello_answered_in_text,
    hello_conversation,
    listening,
    not_connected,
    seen,
    starttls_port,
    tls_port,
    waiting_in_vain,
)

from mailcheck_gui.diagnosis.found_servers import Judgement, Sighting, judge, names_instead
from mailcheck_gui.model.account import AuthMethod, Server
from mailcheck_gui.model.finding import Proof
from mailcheck_gui.model.observation import (
    EndKind,
    EndpointObservation,
    HandshakeOutcome,
    NameObservation,
    NameOutcome,
    Opening,
    Spoken,
    Stage,
    StartTlsOutcome,
)

IMAPS = Server(IMAP, HOST, HOST, 993, TLS, username="anna@example.com")
SUBMISSION = Server(SMTP, HOST, HOST, 587, STARTTLS)
SMTPS = Server(SMTP, HOST, HOST, 465, TLS)


def sighting(*rows: EndpointObservation) -> Sighting:
    return Sighting(found(), rows)


def imaps(*talk: object) -> Sighting:
    return sighting(seen(IN, IMAP, 993, *talk))  # type: ignore[arg-type]


def test_nothing_is_known_before_the_probe() -> None:
    assert judge(IMAPS, None) == Judgement(IMAPS)


@pytest.mark.parametrize(
    ("server", "row"),
    [
        (IMAPS, tls_port(IN, IMAP, 993)),
        (SUBMISSION, starttls_port(OUT, SMTP, 587)),
        (SMTPS, tls_port(OUT, SMTP, 465)),
    ],
)
def test_the_right_protocol_inside_verified_tls_is_proof(
    server: Server, row: EndpointObservation
) -> None:
    assert judge(server, sighting(row)) == Judgement(server, Proof.HANDSHAKE, reached=True)


def test_the_sign_in_is_one_that_the_server_offers() -> None:
    wanted = replace(IMAPS, auth=AuthMethod.OAUTH2)
    assert judge(wanted, sighting(tls_port(IN, IMAP, 993))).server == IMAPS
    both = capabilities(IMAP, mechanisms=("PLAIN", "XOAUTH2"))
    assert judge(wanted, imaps(hello_conversation(IMAP, offers=both))).server == wanted


def test_one_address_with_a_bad_certificate_spoils_the_proof() -> None:
    rows = (tls_port(IN, IMAP, 993), seen(IN, IMAP, 993, hello_conversation(IMAP, bad_tls())))
    assert judge(IMAPS, sighting(*rows)).proof is None


OTHER_NAME = bad_tls(certificate(names=("one.example", "two.example")), matches=False)
TROUBLES: dict[str, tuple[Server, Sighting, str]] = {
    "no such name": (
        IMAPS,
        Sighting(NameObservation(HOST, NameOutcome.NOT_FOUND)),
        f"{HOST} does not exist.",
    ),
    "no address": (
        IMAPS,
        Sighting(NameObservation(HOST, NameOutcome.NO_ADDRESS)),
        f"{HOST} has no address.",
    ),
    "dead DNS": (
        IMAPS,
        Sighting(NameObservation(HOST, NameOutcome.TIMED_OUT)),
        f"No name server answered the question for {HOST}.",
    ),
    "a private network": (
        IMAPS,
        Sighting(found(HOST, "192.168.1.1"), private=True),
        f"{HOST} leads into a private network, so it was not asked.",
    ),
    "this computer": (
        replace(IMAPS, host="127.0.0.1", ascii_host="127.0.0.1"),
        Sighting(found("127.0.0.1", "127.0.0.1"), private=True),
        "127.0.0.1 is this computer. A check tells whether a server runs on it.",
    ),
    "one too many": (IMAPS, Sighting(), f"{HOST} was not asked: too many servers were named."),
    "the end of the search": (
        IMAPS,
        Sighting(unfinished=True),
        f"{HOST} had not answered on port 993 when the search ended.",
    ),
    "closed": (
        IMAPS,
        imaps(not_connected(CLOSED, Opening.CLIENT_HELLO)),
        f"{HOST} refuses connections on port 993.",
    ),
    "silent": (
        IMAPS,
        imaps(not_connected(SILENT, Opening.CLIENT_HELLO)),
        f"{HOST} does not answer on port 993.",
    ),
    "unreachable": (
        IMAPS,
        imaps(not_connected(UNREACHABLE, Opening.CLIENT_HELLO)),
        f"{HOST} cannot be reached from this computer on port 993.",
    ),
    "another name": (
        IMAPS,
        imaps(hello_conversation(IMAP, OTHER_NAME)),
        f"The certificate of {HOST} is for other names: one.example, two.example.",
    ),
    "no trust": (
        IMAPS,
        imaps(hello_conversation(IMAP, bad_tls(trusted=False))),
        f"The certificate of {HOST} does not hold on port 993.",
    ),
    "text on a TLS port": (
        IMAPS,
        imaps(hello_answered_in_text(b"* OK ready\r\n")),
        f"{HOST} does not begin with encryption on port 993.",
    ),
    "another protocol in text": (
        IMAPS,
        imaps(hello_answered_in_text(b"+OK ready\r\n")),
        f"{HOST} does not speak IMAP on port 993.",
    ),
    "another protocol": (
        IMAPS,
        imaps(hello_conversation(IMAP, spoken=Spoken.POP3)),
        f"{HOST} does not speak IMAP on port 993.",
    ),
    "no STARTTLS": (
        SUBMISSION,
        sighting(seen(OUT, SMTP, 587, listening(SMTP, starttls=StartTlsOutcome.NOT_OFFERED))),
        f"{HOST} offers no encryption on port 587.",
    ),
    "no way to sign in": (
        SMTPS,
        sighting(
            seen(OUT, SMTP, 465, hello_conversation(SMTP, offers=capabilities(SMTP, mechanisms=())))
        ),
        f"{HOST} offers no known way to sign in on port 465.",
    ),
    "mute": (
        SUBMISSION,
        sighting(
            seen(OUT, SMTP, 587, waiting_in_vain(end=ended(EndKind.TIMED_OUT, Stage.GREETING)))
        ),
        f"{HOST} accepts connections on port 587, but says nothing.",
    ),
    "hung up": (
        IMAPS,
        imaps(hello_conversation(IMAP, broken_tls(HandshakeOutcome.CLOSED), end=CUT_SHORT)),
        f"{HOST} broke the conversation on port 993 off.",
    ),
}


@pytest.mark.parametrize("case", TROUBLES)
def test_what_is_wrong_is_one_sentence(case: str) -> None:
    server, what, sentence = TROUBLES[case]
    judged = judge(server, what)
    assert judged.proof is None
    assert judged.trouble is not None
    assert judged.trouble.english() == sentence


def test_only_a_certificate_for_other_names_leads_on() -> None:
    assert names_instead(IMAPS, imaps(hello_conversation(IMAP, OTHER_NAME))) == (
        "one.example",
        "two.example",
    )
    assert names_instead(IMAPS, imaps(hello_conversation(IMAP, bad_tls(trusted=False)))) == ()
    assert names_instead(IMAPS, imaps(hello_conversation(IMAP, GOOD_TLS))) == ()
    assert names_instead(IMAPS, Sighting()) == ()
