"""Whether the clock is wrong or the certificate: two independent sources, and too little."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from diagnosis_builders import (
    GOOD_TLS,
    HOST,
    IMAP,
    IN,
    NOW,
    OUT,
    SMTP,
    STARTTLS,
    TLS,
    bad_tls,
    case_of,
    certificate,
    codes,
    hello_conversation,
    listening,
    seen,
    typed,
)

from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.model.finding import Confidence
from mailcheck_gui.model.observation import IssuerFetch

DAY = timedelta(days=1)
OTHER = "smtp.unrelated.net"
PLACE = "issuers.authority.org"
CODE = "clock-wrong"

# this computer believes that it is NOW; the certificates were good until 100 days before
LATE = {"not_before": NOW - 200 * DAY, "not_after": NOW - 100 * DAY}
EARLY = {"not_before": NOW + 100 * DAY, "not_after": NOW + 200 * DAY}
THEN = -150 * DAY


def asked(offset, host=PLACE):
    return IssuerFetch(f"http://{host}/x.der", host, 1, server_time=NOW + offset, local_time=NOW)


def dated(changes, *clocks, host=HOST, issuer="CN=One"):
    leaf = certificate(names=(host,), issuer=issuer, sha256=f"{host:0>64}", **changes)
    return replace(bad_tls(leaf), issuer_fetches=clocks)


def case(incoming, outgoing=None, *, greeting=b"", other=OTHER):
    endpoints = [seen(IN, IMAP, 993, hello_conversation(IMAP, incoming))]
    sends = None
    if outgoing is not None:
        talk = listening(SMTP, tls=outgoing, raw=greeting)
        endpoints.append(seen(OUT, SMTP, 587, talk, host=other))
        sends = typed(SMTP, 587, STARTTLS, host=other)
    return case_of(typed(IMAP, 993, TLS), sends, *endpoints)


def clock(of):
    return next((f for f in diagnose(of) if f.code == CODE), None)


def greeted(moment):
    return f"220 smtp ESMTP Exim 4.96 {moment:%a, %d} {moment:%b} {moment:%Y %H:%M:%S} +0000\r\n"


class TestClocks:
    def test_a_certificate_and_a_clock_of_another_owner(self):
        finding = clock(case(dated(LATE, asked(THEN))))
        assert finding.confidence is Confidence.LIKELY
        assert "21 November 2026" in finding.explanation.english()
        assert "24 June 2026" in finding.explanation.english()
        assert codes(case(dated(LATE, asked(THEN)))) == [CODE]

    def test_two_clocks_of_different_owners_are_certain(self):
        finding = clock(case(dated(LATE, asked(THEN), asked(THEN, "ca.second.com"))))
        assert finding.confidence is Confidence.CERTAIN

    def test_a_clock_that_goes_slow(self):
        assert codes(case(dated(EARLY, asked(-THEN)))) == [CODE]

    def test_the_date_of_a_greeting_is_a_clock(self):
        tls = dated(LATE, host=OTHER)
        of = case(dated(LATE), tls, greeting=greeted(NOW + THEN).encode())
        assert CODE in codes(of)

    def test_a_few_hours_are_told_as_time(self):
        fresh = {"not_before": NOW + timedelta(hours=2)}
        finding = clock(case(dated(fresh, asked(timedelta(hours=3)))))
        assert "clock" in finding.title.english()

    @pytest.mark.parametrize(
        "of",
        [
            # the other clock agrees with ours: the certificate is really out of date
            case(dated(LATE, asked(timedelta(seconds=2)))),
            case(dated(LATE, asked(timedelta(minutes=9)))),
            # the other clock is off, but the certificate is out of date there too
            case(dated(LATE, asked(-300 * DAY))),
            # the only clock belongs to the owner of the certificate
            case(dated(LATE, asked(THEN, "www.example.com"))),
            # two clocks that do not agree with each other
            case(dated(LATE, asked(THEN), asked(THEN + DAY, "ca.second.com"))),
            # one of two clocks agrees with ours
            case(dated(LATE, asked(THEN), asked(timedelta(0), "ca.second.com"))),
            # an answer without a date
            case(dated(LATE, replace(asked(THEN), server_time=None))),
            # all certificates are in their dates: a wrong clock does no harm
            case(replace(GOOD_TLS, issuer_fetches=(asked(THEN),))),
        ],
    )
    def test_too_little(self, of):
        assert CODE not in codes(of)

    @pytest.mark.parametrize(
        "raw",
        [
            b"220 smtp ready at noon\r\n",
            b"220 smtp 31 Feb 2026 10:00:00 +0000\r\n",
            b"220 smtp 24 Jun 0000 10:00:00 +0000\r\n",
            b"220 smtp 24 Jun 2026 99:99:99 +9999\r\n",
            b"220 smtp 1 Jan 0001 00:00:00 +2359\r\n",
        ],
    )
    def test_what_is_no_date_of_a_greeting(self, raw):
        assert CODE not in codes(case(dated(LATE), GOOD_TLS, greeting=raw))

    def test_a_certificate_that_no_clock_explains_is_still_told(self):
        long_ago = {"not_before": NOW - 500 * DAY, "not_after": NOW - 400 * DAY}
        of = case(dated(LATE, asked(THEN)), dated(long_ago, host=OTHER))
        assert set(codes(of)) == {CODE, "certificate-expired"}


class TestCertificatesAlone:
    @pytest.mark.parametrize(
        ("dates", "confidence", "beside"),
        [
            (EARLY, Confidence.LIKELY, "certificate-not-yet-valid"),
            (LATE, Confidence.POSSIBLE, "certificate-expired"),
        ],
    )
    def test_two_unrelated_servers_are_off_in_the_same_way(self, dates, confidence, beside):
        of = case(dated(dates), dated(dates, host=OTHER, issuer="CN=Two"))
        assert clock(of).confidence is confidence
        assert set(codes(of)) == {CODE, beside}

    @pytest.mark.parametrize(
        "of",
        [
            # one server alone
            case(dated(EARLY)),
            # two names of one owner
            case(dated(EARLY), dated(EARLY, host="smtp.example.com", issuer="CN=Two"),
                 other="smtp.example.com"),
            # one authority made both
            case(dated(EARLY), dated(EARLY, host=OTHER)),
            # one late, one early
            case(dated(EARLY), dated(LATE, host=OTHER, issuer="CN=Two")),
            # one in order
            case(dated(EARLY), GOOD_TLS),
            # certificates that anyone could have made
            case(dated({**EARLY, "self_signed": True}),
                 dated({**EARLY, "self_signed": True}, host=OTHER, issuer="CN=Two")),
        ],
    )  # fmt: skip
    def test_too_little(self, of):
        assert CODE not in codes(of)
