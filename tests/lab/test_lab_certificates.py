"""Certificates that must stop a sign-in, and those that need not."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, Side, change, codes, imap, keep, no_cure, one_side, smtp


def refused(side: Side, error: str, *evidence: str) -> Scenario:
    """No sign-in, and no cure on this side of the line."""
    name = f"{side.host}-{side.port}"
    return one_side(name, side, no_cure(), errors=codes(error), evidence=evidence)


FAULTS = [
    refused(imap("expired", 993, "ssl"), "certificate-expired"),
    refused(imap("expired", 143, "starttls"), "certificate-expired"),
    refused(smtp("expired-smtp", 587, "starttls"), "certificate-expired"),
    refused(imap("future", 993, "ssl"), "certificate-not-yet-valid"),
    refused(imap("self-signed", 993, "ssl"), "certificate-self-signed"),
    refused(imap("stranger", 993, "ssl"), "certificate-untrusted", "Somebody Else"),
    refused(imap("weak-key", 993, "ssl"), "certificate-weak"),
    refused(imap("alert", 993, "ssl"), "tls-handshake-failed"),
    refused(imap("client-certificate", 993, "ssl"), "client-certificate-required"),
    refused(smtp("opensmtpd", 465, "ssl"), "tls-handshake-failed", "internal_error"),
    refused(smtp("opensmtpd", 587, "starttls"), "tls-handshake-failed", "internal_error"),
]

NAMES = [
    Scenario(
        "other-name-of-the-same-domain",
        imap("old-name", 993, "ssl"),
        errors=codes("certificate-name-mismatch"),
        receives=change(imap("new-name", 993, "ssl"), "handshake", "not-tested"),
        evidence=("new-name.example.test",),
    ),
    Scenario(
        "other-name-of-the-same-domain-smtp",
        outgoing=smtp("old-name-smtp", 465, "ssl"),
        errors=codes("certificate-name-mismatch"),
        sends=change(smtp("new-name-smtp", 465, "ssl"), "handshake", "not-tested"),
        evidence=("new-name-smtp.example.test",),
    ),
    refused(imap("foreign-name", 993, "ssl"), "certificate-name-mismatch", "box7.hoster.test"),
    refused(imap("lost-name", 993, "ssl"), "certificate-name-mismatch", "nowhere.example.test"),
    refused(imap("elsewhere-name", 993, "ssl"), "certificate-name-mismatch", "imap.example.test"),
]

OLD = [
    refused(imap("tls10", 993, "ssl"), "tls-too-old"),
    refused(imap("tls10", 143, "starttls"), "tls-too-old"),
    refused(smtp("tls10-smtp", 465, "ssl"), "tls-too-old"),
    refused(smtp("tls10-smtp", 587, "starttls"), "tls-too-old"),
]

HARMLESS = [
    Scenario(
        "expires-in-10-days",
        imap("expires-soon", 993, "ssl"),
        verdict="warning",
        codes=codes("certificate-expires-soon"),
        receives=keep(),
    ),
]


@pytest.mark.parametrize("scenario", FAULTS, ids=str)
class TestFaults(Examination):
    """Issue: expired, self-signed, unknown CA; nothing to click away."""


@pytest.mark.parametrize("scenario", NAMES, ids=str)
class TestNames(Examination):
    """Issue: a name of the same registrable domain is offered, but gets no password unasked."""


@pytest.mark.parametrize("scenario", OLD, ids=str)
class TestOld(Examination):
    """Issue: TLS 1.0 only."""


@pytest.mark.parametrize("scenario", HARMLESS, ids=str)
class TestHarmless(Examination):
    """A warning, and the sign-in all the same."""
