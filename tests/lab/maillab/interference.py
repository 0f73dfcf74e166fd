"""Hosts whose mail is interfered with, and the big servers that stand for the rest of the world."""

from __future__ import annotations

from maillab.domains import FAR
from maillab.personality import Dovecot, Fault, Host, Oddity, Postfix, Refusal, Say, Script, Talk

UNUSED_V4, UNUSED_V6 = "192.0.2.1", "2001:db8::1"
"""Belong to nobody, in the lab too: only a redirection makes them answer."""

HIJACKED, HIJACKED_V6, HIJACKER = "hijacked", "hijacked-6", "isp-relay"
"""Port 25 of the first two hosts, and of the unused addresses, leads to the third."""

SLOW_LINES: dict[str, dict[str, float]] = {
    "thin": {"rate_kbit": 2.4},
    "dying": {"dead_after_bytes": 2000},
    FAR: {"delay_ms": 150},
}
"""Profiles of the wire, by the host's label."""

LYING_NAMES = {"blocked-name": "127.0.0.1", "private-name": "192.168.77.1"}
"""What the resolver says of names that lead nowhere, by label."""

_NO_TLS = {"smtpd_tls_security_level": "none", "smtpd_tls_auth_only": "no"}
_MAIL_PORTS = (25, 110, 143, 465, 587, 993, 995)


def _control(label: str, *names: str) -> Host:
    """Return a big server: connections are taken on every port, and the network drops 25."""
    scripts: dict[int, Script] = {
        port: Talk("smtp" if port in (25, 465, 587) else "imap") for port in _MAIL_PORTS
    }
    return Host(
        label,
        scripts={**scripts, 443: Oddity.HTTP},
        faults=(Fault(Refusal.DROP, (25,)),),
        aliases=names,
    )


INTERFERED = (
    _control(
        "control-google",
        "aspmx.l.google.com",
        "smtp.gmail.com",
        "imap.gmail.com",
        "pop.gmail.com",
        "www.google.com",
    ),
    _control("control-microsoft", "smtp.office365.com", "outlook.office365.com"),
    _control("control-gmx", "mail.gmx.net", "imap.gmx.net", "pop.gmx.net", "www.gmx.net"),
    _control("control-gandi", "spool.mail.gandi.net", "mail.gandi.net"),
    Host(
        "banned",
        dovecot=Dovecot(),
        scripts={443: Oddity.HTTP},
        faults=(Fault(Refusal.DROP, _MAIL_PORTS),),
    ),
    Host(HIJACKED, postfix=Postfix()),
    Host(HIJACKED_V6, postfix=Postfix(), families=(6,)),
    Host(HIJACKER, postfix=Postfix({25: _NO_TLS})),
    Host("thin", dovecot=Dovecot(ports=(993,))),
    Host("dying", postfix=Postfix({587: {}})),
    Host(
        "big-packets-lost",
        dovecot=Dovecot(ports=(143,)),
        faults=(Fault(Refusal.BIG, towards_client=True),),
    ),
    Host("portal", scripts=dict.fromkeys((143, 993, 110, 995), Oddity.HTTP)),
    Host("busy", scripts={587: Say("421 4.7.0 busy.example.test Error: too many connections")}),
)
