"""Servers that are not fine: what is said, and that nothing weaker is ever proposed."""

from __future__ import annotations

import pytest
from engine_stage import Behind, speaking
from whole_check import (
    IMAP,
    NONE,
    POP3,
    SMTP,
    SSL,
    STARTTLS,
    Examined,
    examine,
    healthy_ports,
    side,
)

from mailcheck_gui.model.account import Protocol, Role
from mailcheck_gui.model.finding import Proof, SideStatus
from mailcheck_gui.model.observation import Stage
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.practice import CertificateKind, Fault, Foreign, Misstep, StartTls


def outgoing_587(implicit_tls: bool = True, **traits: object) -> Examined:
    """Check STARTTLS on 587, where 465 is or is not a way out."""
    ports: dict[int, Behind] = {587: speaking(SMTP, **traits)}
    if implicit_tls:
        ports[465] = speaking(SMTP, implicit=True)
    return examine(outgoing=side(SMTP, 587, STARTTLS), ports=ports)


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        ({"starttls": StartTls.NOT_OFFERED}, "starttls-not-offered"),
        ({"starttls": StartTls.REFUSED}, "starttls-refused"),
        ({"starttls": StartTls.STRIPPED}, "starttls-stripped"),
        ({"starttls": StartTls.INJECTED}, "starttls-injection"),
        ({"refusal": "554 5.7.1 No access for you"}, "server-refuses-client"),
        ({"foreign": Foreign.SSH}, "not-a-mail-server"),
        ({"faults": (Fault(Stage.CONNECT, Misstep.RESET),)}, "connection-reset"),
        ({"faults": (Fault(Stage.CAPABILITIES, Misstep.CLOSE),)}, "connection-dropped"),
        ({"faults": (Fault(Stage.GREETING, Misstep.SILENCE),)}, "server-silent"),
    ],
)
def test_a_broken_upgrade_leads_to_the_tls_port(traits: dict[str, object], code: str) -> None:
    seen = outgoing_587(**traits)
    assert code in seen.errors
    change = seen.change(Role.OUTGOING)
    assert change == {"port": "465", "security": "implicit-tls"}
    assert seen.report.suggestion.outgoing.proof is Proof.SIGNED_IN
    assert seen.sign_ins(465) == 1


@pytest.mark.parametrize(
    "starttls", [StartTls.NOT_OFFERED, StartTls.REFUSED, StartTls.STRIPPED, StartTls.INJECTED]
)
def test_without_a_way_out_nothing_weaker_is_proposed(starttls: StartTls) -> None:
    seen = outgoing_587(implicit_tls=False, starttls=starttls, sign_in_before_tls=True)
    assert seen.report.verdict is Verdict.ERROR
    assert seen.report.suggestion.outgoing.status is SideStatus.NO_CURE
    assert '"none"' not in str(seen.document["suggestion"])
    assert seen.sign_ins(587) == 0


def test_a_server_without_any_encryption() -> None:
    plain = speaking(SMTP, starttls=StartTls.NOT_OFFERED, sign_in_before_tls=True)
    seen = examine(outgoing=side(SMTP, 587, NONE), ports={587: plain, 25: plain})
    assert {"plaintext-password", "encryption-unavailable"} <= seen.errors
    assert seen.report.suggestion.outgoing.status is SideStatus.NO_CURE


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        ({"certificate": CertificateKind.EXPIRED}, "certificate-expired"),
        ({"certificate": CertificateKind.NOT_YET_VALID}, "certificate-not-yet-valid"),
        ({"certificate": CertificateKind.SELF_SIGNED}, "certificate-self-signed"),
        ({"certificate": CertificateKind.OTHER_AUTHORITY}, "certificate-untrusted"),
        ({"certificate_names": ("mail.foreign.example",)}, "certificate-name-mismatch"),
        ({"oldest_tls_only": True}, "tls-too-old"),
        ({"wants_client_certificate": True}, "client-certificate-required"),
    ],
)
def test_certificates_and_handshakes_have_no_cure_among_the_settings(
    traits: dict[str, object], code: str
) -> None:
    seen = examine(side(IMAP, 993, SSL), ports={993: speaking(IMAP, implicit=True, **traits)})
    assert code in seen.errors
    assert seen.report.suggestion.incoming.status is SideStatus.NO_CURE
    assert seen.sign_ins(993) == 0


def test_a_certificate_that_expires_soon_still_works() -> None:
    soon = speaking(IMAP, implicit=True, certificate=CertificateKind.EXPIRES_SOON)
    seen = examine(side(IMAP, 993, SSL), ports={993: soon})
    assert "certificate-expires-soon" in seen.codes
    assert seen.report.verdict is Verdict.WARNING
    assert seen.sign_ins(993) == 1


def test_a_handshake_that_the_server_breaks_off_after_its_go_ahead() -> None:
    broken = speaking(IMAP, faults=(Fault(Stage.HANDSHAKE, Misstep.CLOSE),))
    seen = examine(side(IMAP, 143, STARTTLS), ports={143: broken})
    assert "tls-handshake-failed" in seen.errors
    assert seen.sign_ins(143) == 0


def test_preauth_before_tls() -> None:
    seen = examine(side(IMAP, 143, STARTTLS), ports={143: speaking(IMAP, preauth=True)})
    assert "preauth-before-tls" in seen.errors
    assert seen.sign_ins(143) == 0


def test_only_oauth_is_offered() -> None:
    ports = {
        993: speaking(
            IMAP, implicit=True, mechanisms=("XOAUTH2", "OAUTHBEARER"), login_command=False
        )
    }
    seen = examine(side(IMAP, 993, SSL), ports=ports)
    assert "oauth-required" in seen.codes
    assert seen.sign_ins(993) == 0


def test_a_method_that_is_not_offered() -> None:
    ports = {993: speaking(IMAP, implicit=True, mechanisms=("CRAM-MD5",), login_command=False)}
    seen = examine(side(IMAP, 993, SSL), ports=ports)
    assert "sign-in-method-unsupported" in seen.errors
    assert seen.sign_ins(993) == 0


@pytest.mark.parametrize(
    ("protocol", "port", "reply"),
    [
        (SMTP, 465, "454 4.7.0 Temporary authentication failure"),
        (IMAP, 993, "NO [UNAVAILABLE] Later"),
        (POP3, 995, "-ERR [SYS/TEMP] Later"),
    ],
)
def test_a_sign_in_that_is_put_off_is_no_wrong_password(
    protocol: Protocol, port: int, reply: str
) -> None:
    role = Role.OUTGOING if protocol is SMTP else Role.INCOMING
    ports = {port: speaking(protocol, implicit=True, sign_in_reply=reply)}
    seen = examine(**{role.value: side(protocol, port, SSL)}, ports=ports)
    assert "sign-in-failed" not in seen.codes
    assert seen.report.verdict is not Verdict.ERROR
    assert seen.sign_ins(port) == 1


def test_a_slow_greeting_is_a_warning() -> None:
    slow = speaking(SMTP, implicit=True, greeting_delay=0.3)
    seen = examine(outgoing=side(SMTP, 465, SSL), ports={465: slow}, greeting_slow=0.2)
    assert "greeting-slow" in seen.codes
    assert seen.report.verdict is Verdict.WARNING


def test_another_protocol_on_the_port_of_sending() -> None:
    ports = {**healthy_ports(), 465: speaking(IMAP, implicit=True)}
    seen = examine(outgoing=side(SMTP, 465, SSL), ports=ports)
    assert "wrong-protocol" in seen.errors
    assert seen.change(Role.OUTGOING) == {"port": "587", "security": "starttls"}
