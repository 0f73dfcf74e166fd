"""Port, protocol and encryption: what proves each cause, and what comes close and must not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from diagnosis_builders import (
    CUT_SHORT,
    IMAP,
    IN,
    NONE,
    OUT,
    POP3,
    SILENT,
    SMTP,
    STARTTLS,
    TLS,
    bad_tls,
    case_of,
    certificate,
    codes,
    ended,
    hello_answered_in_text,
    hello_conversation,
    listening,
    neighbour,
    not_connected,
    seen,
    sign_in,
    starttls_port,
    tls_port,
    typed,
    waiting_in_vain,
)

from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.suggest import suggest
from mailcheck_gui.model.account import AuthMethod, Field
from mailcheck_gui.model.finding import Confidence, Severity
from mailcheck_gui.model.observation import (
    Capabilities,
    EndKind,
    GreetingKind,
    Opening,
    Spoken,
    Stage,
    StartTlsOutcome,
)

HELLO, LISTEN = Opening.CLIENT_HELLO, Opening.LISTEN
PLAIN_ONLY = StartTlsOutcome.NOT_OFFERED
NO_STARTTLS = Capabilities(mechanisms=("PLAIN",), raw=b"250 AUTH PLAIN")
MASKED = Capabilities(values=("XXXXXXXA",), masked=True, raw=b"250 XXXXXXXA")

RULES = [
    # SSL/TLS on a port that greets in plain text
    (SMTP, 587, TLS, [hello_answered_in_text(b"220 x ESMTP\r\n"), listening(SMTP)],
     ["tls-on-starttls-port"]),
    (SMTP, 25, TLS, [hello_answered_in_text(b"220 x ESMTP\r\n"), listening(SMTP)],
     ["tls-on-starttls-port", "submission-on-port-25"]),
    (IMAP, 143, TLS, [waiting_in_vain(HELLO), listening(IMAP)], ["tls-on-starttls-port"]),
    (POP3, 110, TLS, [hello_answered_in_text(b"+OK\r\n")], ["tls-on-starttls-port"]),
    (SMTP, 587, TLS, [listening(SMTP, starttls=PLAIN_ONLY, plain=NO_STARTTLS)],
     ["tls-on-plaintext-port", "encryption-unavailable"]),
    # ... and where it really is implicit TLS, whatever the registry says
    (SMTP, 587, TLS, [hello_conversation(SMTP)], []),
    # STARTTLS or nothing on a port for implicit TLS
    (SMTP, 465, STARTTLS, [hello_conversation(SMTP), waiting_in_vain()],
     ["starttls-on-tls-port"]),
    (IMAP, 993, STARTTLS, [hello_conversation(IMAP), waiting_in_vain()],
     ["starttls-on-tls-port"]),
    (POP3, 995, NONE, [hello_conversation(POP3), waiting_in_vain()], ["plaintext-on-tls-port"]),
    (IMAP, 993, NONE, [hello_conversation(IMAP), waiting_in_vain()], ["plaintext-on-tls-port"]),
    # no encryption where the port takes passwords in plain text
    (IMAP, 143, NONE, [listening(IMAP)], ["plaintext-password"]),
    (IMAP, 143, NONE, [listening(IMAP, plain=Capabilities(starttls=True, login_disabled=True))],
     ["plaintext-password"]),
    (IMAP, 143, NONE,
     [listening(IMAP, plain=Capabilities(starttls=True, mechanisms=("PLAIN",)))],
     ["plaintext-password"]),
    (SMTP, 25, NONE, [listening(SMTP, starttls=PLAIN_ONLY, plain=NO_STARTTLS)],
     ["plaintext-password", "encryption-unavailable", "submission-on-port-25"]),
    # STARTTLS that does not come about
    (SMTP, 587, STARTTLS, [listening(SMTP)], []),
    (SMTP, 587, STARTTLS, [listening(SMTP, starttls=StartTlsOutcome.REFUSED)],
     ["starttls-refused"]),
    (SMTP, 587, STARTTLS, [listening(SMTP, starttls=StartTlsOutcome.INJECTED)],
     ["starttls-injection"]),
    (SMTP, 587, STARTTLS, [listening(SMTP, starttls=PLAIN_ONLY, plain=MASKED)],
     ["starttls-stripped"]),
    (SMTP, 587, STARTTLS, [listening(SMTP, starttls=PLAIN_ONLY, plain=NO_STARTTLS)],
     ["starttls-not-offered", "encryption-unavailable"]),
    (IMAP, 143, STARTTLS,
     [listening(IMAP, starttls=PLAIN_ONLY, plain=replace(NO_STARTTLS, login_disabled=True))],
     ["starttls-not-offered", "sign-in-needs-encryption", "encryption-unavailable"]),
    (IMAP, 143, STARTTLS, [listening(IMAP, kind=GreetingKind.PREAUTH, raw=b"* PREAUTH hi\r\n")],
     ["preauth-before-tls"]),
    (IMAP, 143, NONE, [listening(IMAP, kind=GreetingKind.PREAUTH, raw=b"* PREAUTH hi\r\n")],
     ["preauth-before-tls", "plaintext-password"]),
    # another protocol
    (IMAP, 995, TLS, [hello_conversation(IMAP, spoken=Spoken.POP3)], ["protocol-port-mismatch"]),
    (IMAP, 995, STARTTLS, [hello_conversation(IMAP, spoken=Spoken.POP3), waiting_in_vain()],
     ["protocol-port-mismatch"]),
    (POP3, 143, STARTTLS, [listening(POP3, spoken=Spoken.IMAP)], ["protocol-port-mismatch"]),
    (POP3, 143, NONE, [listening(POP3, spoken=Spoken.IMAP)], ["protocol-port-mismatch"]),
    (IMAP, 143, TLS, [hello_answered_in_text(b"+OK pop\r\n"), listening(IMAP, spoken=Spoken.POP3)],
     ["protocol-port-mismatch"]),
    (IMAP, 993, TLS, [hello_conversation(IMAP, spoken=Spoken.SMTP)], ["wrong-protocol"]),
    (SMTP, 587, STARTTLS, [listening(SMTP, spoken=Spoken.IMAP)], ["wrong-protocol"]),
    (IMAP, 143, STARTTLS, [listening(IMAP, spoken=Spoken.HTTP)], ["not-a-mail-server"]),
    (IMAP, 993, TLS, [hello_answered_in_text(b"HTTP/1.1 400 Bad Request\r\n")],
     ["not-a-mail-server"]),
    (SMTP, 587, STARTTLS, [listening(SMTP, spoken=Spoken.SSH)], ["not-a-mail-server"]),
    (SMTP, 587, STARTTLS, [listening(SMTP, spoken=Spoken.FTP)], ["not-a-mail-server"]),
    (SMTP, 587, STARTTLS, [listening(SMTP, spoken=Spoken.UNKNOWN)], ["not-a-mail-server"]),
    (IMAP, 143, STARTTLS,
     [waiting_in_vain(LISTEN, ended(EndKind.VIOLATION, Stage.GREETING, line=b"\x00\x01"))],
     ["not-a-mail-server"]),
    # a refusal is a refusal, not a question of encryption
    (SMTP, 587, TLS, [hello_answered_in_text(b"554 go away\r\n")], ["server-refuses-client"]),
    (SMTP, 587, STARTTLS, [listening(SMTP, kind=GreetingKind.REFUSED, raw=b"421 busy\r\n")],
     ["server-refuses-client"]),
]  # fmt: skip


@pytest.mark.parametrize(("protocol", "port", "security", "conversations", "expected"), RULES)
def test_configured_port_and_encryption(protocol, port, security, conversations, expected):
    role = OUT if protocol is SMTP else IN
    draft = typed(protocol, port, security)
    sides = (None, draft) if role is OUT else (draft, None)
    case = case_of(*sides, seen(role, protocol, port, *conversations, security=security))
    assert codes(case) == expected


def test_plain_text_without_a_sign_in_is_no_password_finding():
    case = case_of(
        None,
        typed(SMTP, 587, NONE, auth=AuthMethod.NONE),
        seen(OUT, SMTP, 587, listening(SMTP, starttls=StartTlsOutcome.REFUSED), security=NONE),
    )
    assert codes(case) == []


def test_plain_text_without_a_sign_in_hears_of_a_stronger_port():
    case = case_of(
        None,
        typed(SMTP, 587, NONE, auth=AuthMethod.NONE),
        seen(OUT, SMTP, 587, listening(SMTP), security=NONE),
        neighbour(tls_port(OUT, SMTP, 465)),
    )
    assert codes(case) == ["weaker-than-available"]


def test_silent_port_is_silent_whatever_encryption_is_set():
    case = case_of(
        None,
        typed(SMTP, 465, TLS),
        seen(OUT, SMTP, 465, not_connected(SILENT, HELLO)),
        neighbour(starttls_port(OUT, SMTP, 587)),
    )
    assert codes(case) == ["port-silent"]


def test_tls_cut_short_by_a_greeting_is_no_handshake_fault():
    case = case_of(
        None,
        typed(SMTP, 587, TLS),
        seen(OUT, SMTP, 587, waiting_in_vain(HELLO, CUT_SHORT), listening(SMTP), security=TLS),
    )
    assert codes(case) == ["tls-on-starttls-port"]


def test_greeting_without_capabilities_leaves_starttls_open():
    talk = replace(listening(SMTP, starttls=None), plain_capabilities=None)
    case = case_of(None, typed(SMTP, 587, TLS), seen(OUT, SMTP, 587, talk, security=TLS))
    (first, *_) = diagnose(case)
    assert (first.code, first.confidence) == ("tls-on-starttls-port", Confidence.LIKELY)


@pytest.mark.parametrize(
    ("incoming", "outgoing", "expected"),
    [
        ((Spoken.SMTP, 587), (Spoken.IMAP, 143), ["servers-swapped"]),
        ((Spoken.SMTP, 143), (Spoken.POP3, 587), ["servers-swapped"]),
        ((Spoken.SMTP, 587), (Spoken.SMTP, 587), ["wrong-protocol"]),
        ((Spoken.IMAP, 143), (Spoken.IMAP, 143), ["wrong-protocol"]),
    ],
)
def test_swapped_boxes_make_one_finding(incoming, outgoing, expected):
    ours = []
    for role, protocol, (spoken, port) in ((IN, IMAP, incoming), (OUT, SMTP, outgoing)):
        talk = listening(protocol, spoken=spoken)
        ours.append(seen(role, protocol, port, talk, security=STARTTLS))
    case = case_of(typed(IMAP, incoming[1], STARTTLS), typed(SMTP, outgoing[1], STARTTLS), *ours)
    assert codes(case) == expected


def test_swapped_ports_that_do_not_answer_are_likely_swapped():
    case = case_of(
        typed(IMAP, 465, TLS, host="smtp.example.com"),
        typed(SMTP, 993, TLS, host="imap.example.com"),
        seen(IN, IMAP, 465, not_connected(SILENT, HELLO), host="smtp.example.com"),
        seen(OUT, SMTP, 993, not_connected(SILENT, HELLO), host="imap.example.com"),
    )
    (first, *_) = diagnose(case)
    assert (first.code, first.confidence) == ("servers-swapped", Confidence.LIKELY)


def test_names_of_the_other_side_that_work_are_not_swapped():
    case = case_of(
        typed(IMAP, 993, TLS, host="smtp.example.com"),
        typed(SMTP, 465, TLS, host="imap.example.com"),
        tls_port(IN, IMAP, 993, host="smtp.example.com"),
        tls_port(OUT, SMTP, 465, host="imap.example.com"),
    )
    assert codes(case) == []


def test_registry_alone_makes_a_mismatch_likely():
    case = case_of(typed(IMAP, 995, TLS), None, seen(IN, IMAP, 995, not_connected(SILENT, HELLO)))
    (first, *_) = diagnose(case)
    assert (first.code, first.confidence) == ("protocol-port-mismatch", Confidence.LIKELY)


class TestStripping:
    def test_open_implicit_port_alone_is_not_enough(self):
        case = case_of(
            None,
            typed(SMTP, 587, STARTTLS),
            seen(OUT, SMTP, 587, listening(SMTP, starttls=PLAIN_ONLY, plain=NO_STARTTLS)),
            neighbour(tls_port(OUT, SMTP, 465)),
        )
        assert codes(case) == ["starttls-not-offered"]

    def test_another_port_of_the_same_software_offers_it(self):
        case = case_of(
            typed(IMAP, 143, STARTTLS),
            None,
            seen(IN, IMAP, 143, listening(IMAP, starttls=PLAIN_ONLY, plain=NO_STARTTLS)),
            neighbour(starttls_port(IN, POP3, 110)),
        )
        (first, *_) = diagnose(case)
        assert (first.code, first.confidence) == ("starttls-stripped", Confidence.LIKELY)

    def test_the_provider_documents_it(self):
        host = "smtp.gmail.com"
        talk = listening(SMTP, starttls=PLAIN_ONLY, plain=NO_STARTTLS)
        case = case_of(
            None, typed(SMTP, 587, STARTTLS, host=host), seen(OUT, SMTP, 587, talk, host=host)
        )
        assert "starttls-stripped" in codes(case)
        assert "starttls-not-offered" not in codes(case)

    def test_masking_is_certain(self):
        talk = listening(SMTP, starttls=PLAIN_ONLY, plain=MASKED)
        case = case_of(None, typed(SMTP, 587, STARTTLS), seen(OUT, SMTP, 587, talk))
        (first, *_) = diagnose(case)
        assert first.confidence is Confidence.CERTAIN
        assert b"XXXXXXXA" in first.evidence.quote


class TestEncryptionUnavailable:
    bare = listening(SMTP, starttls=PLAIN_ONLY, plain=NO_STARTTLS)

    @pytest.mark.parametrize(
        "other",
        [
            tls_port(OUT, SMTP, 465),
            seen(OUT, SMTP, 465, hello_conversation(SMTP, bad_tls(certificate()))),
            starttls_port(OUT, SMTP, 25),
            seen(OUT, SMTP, 25, listening(SMTP, starttls=PLAIN_ONLY, plain=MASKED)),
            seen(OUT, SMTP, 2525, waiting_in_vain()),
        ],
    )
    def test_any_other_answer_refutes_it(self, other):
        case = case_of(
            None,
            typed(SMTP, 587, NONE),
            seen(OUT, SMTP, 587, self.bare, security=NONE),
            neighbour(other),
        )
        assert "encryption-unavailable" not in codes(case)

    def test_not_claimed_where_neighbours_were_not_asked(self):
        case = case_of(
            None,
            typed(SMTP, 587, NONE),
            seen(OUT, SMTP, 587, self.bare, security=NONE),
            neighbours=False,
        )
        assert codes(case) == ["plaintext-password"]

    def test_silent_neighbours_do_not_count(self):
        case = case_of(
            None,
            typed(SMTP, 587, NONE),
            seen(OUT, SMTP, 587, self.bare, security=NONE),
            neighbour(seen(OUT, SMTP, 465, not_connected(SILENT, HELLO))),
        )
        assert codes(case) == ["plaintext-password", "encryption-unavailable"]


def test_a_remedy_for_port_25_is_what_is_suggested():
    plain = seen(OUT, SMTP, 25, listening(SMTP), security=NONE)
    case = case_of(None, typed(SMTP, 25, NONE), plain)
    findings = diagnose(case)
    assert [(f.code, f.remedy.english()) for f in findings if f.code != "sign-in-not-tested"] == [
        ("plaintext-password", "Set Encryption to STARTTLS for port 25."),
        (
            "submission-on-port-25",
            "Ask your provider for port 465 with SSL/TLS or port 587 with STARTTLS.",
        ),
    ]
    side = suggest(case, findings).outgoing
    assert [(c.field, c.suggested, c.because) for c in side.changes] == [
        (Field.SECURITY, "starttls", "plaintext-password")
    ]


class TestWorkingPorts:
    def test_weaker_than_available(self):
        case = case_of(
            None,
            typed(SMTP, 587, STARTTLS),
            starttls_port(OUT, SMTP, 587),
            neighbour(tls_port(OUT, SMTP, 465)),
        )
        (first, *_) = diagnose(case)
        assert (first.code, first.severity) == ("weaker-than-available", Severity.INFO)
        assert first.title.english() == "SSL/TLS is available too"

    def test_not_weaker_where_the_stronger_certificate_is_bad(self):
        case = case_of(
            None,
            typed(SMTP, 587, STARTTLS),
            starttls_port(OUT, SMTP, 587),
            neighbour(seen(OUT, SMTP, 465, hello_conversation(SMTP, bad_tls(certificate())))),
        )
        assert codes(case) == []

    def test_port_25_is_warned_of_whatever_the_encryption(self):
        case = case_of(
            None,
            typed(SMTP, 25, STARTTLS),
            starttls_port(OUT, SMTP, 25),
            neighbour(tls_port(OUT, SMTP, 465)),
        )
        assert codes(case) == ["submission-on-port-25"]

    def test_nonstandard_port_that_works(self):
        case = case_of(None, typed(SMTP, 2525, STARTTLS), starttls_port(OUT, SMTP, 2525))
        assert codes(case) == ["nonstandard-port"]

    def test_nonstandard_port_that_does_not_work_is_not_praised(self):
        case = case_of(
            None, typed(SMTP, 2525, STARTTLS), seen(OUT, SMTP, 2525, not_connected(SILENT))
        )
        assert codes(case) == ["port-silent"]

    @pytest.mark.parametrize("port", [465, 993, 995])
    def test_standard_ports_say_nothing(self, port):
        protocol = {465: SMTP, 993: IMAP, 995: POP3}[port]
        role = OUT if protocol is SMTP else IN
        draft = typed(protocol, port, TLS)
        sides = (None, draft) if role is OUT else (draft, None)
        case = case_of(
            *sides, tls_port(role, protocol, port), sign_ins=(sign_in(role, protocol, port),)
        )
        assert diagnose(case) == ()


def test_neighbours_faults_are_no_findings():
    case = case_of(
        None,
        typed(SMTP, 465, TLS),
        tls_port(OUT, SMTP, 465),
        neighbour(seen(OUT, SMTP, 587, listening(SMTP, starttls=PLAIN_ONLY))),
        neighbour(seen(OUT, SMTP, 25, not_connected(SILENT))),
        neighbour(seen(OUT, SMTP, 2525, hello_conversation(SMTP, bad_tls()))),
    )
    assert codes(case) == []


def test_both_sides_are_sorted_errors_first_incoming_first():
    case = case_of(
        typed(IMAP, 143, TLS),
        typed(SMTP, 25, STARTTLS),
        seen(IN, IMAP, 143, listening(IMAP), security=TLS),
        starttls_port(OUT, SMTP, 25),
    )
    assert [(f.code, f.role) for f in diagnose(case)][:2] == [
        ("tls-on-starttls-port", IN),
        ("submission-on-port-25", OUT),
    ]


def test_remedy_names_the_proven_port():
    case = case_of(
        None,
        typed(SMTP, 587, TLS),
        seen(OUT, SMTP, 587, listening(SMTP), security=TLS),
        neighbour(tls_port(OUT, SMTP, 465)),
    )
    (first, *_) = diagnose(case)
    assert first.remedy.english().startswith("Use port 465 with SSL/TLS.")
