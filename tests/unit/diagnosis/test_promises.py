"""Whatever was seen: what is never suggested, and what every judgement keeps."""

from __future__ import annotations

from dataclasses import replace

from diagnosis_builders import (
    ADDRESS,
    ADDRESS6,
    CLOSED,
    DENIED,
    GOOD_TLS,
    HOST,
    IMAP,
    IN,
    NO_ROUTE,
    NOW,
    OUT,
    POP3,
    SILENT,
    SILENT_SO_FAR,
    SMTP,
    UNREACHABLE,
    bad_tls,
    broken_tls,
    capabilities,
    case_of,
    certificate,
    ended,
    found,
    hello_answered_in_text,
    hello_conversation,
    listening,
    not_connected,
    seen,
    sign_in,
    waiting_in_vain,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcheck_gui.diagnosis.candidates import candidates
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.reading import has_bad_certificate
from mailcheck_gui.diagnosis.suggest import suggest
from mailcheck_gui.diagnosis.verdict import not_tested, verdict
from mailcheck_gui.model.account import AuthMethod, Security, ServerDraft
from mailcheck_gui.model.endpoint import endpoint_of
from mailcheck_gui.model.finding import Proof, Severity, SideStatus
from mailcheck_gui.model.observation import (
    Capabilities,
    EndKind,
    GreetingKind,
    HandshakeOutcome,
    IssuerFetch,
    NameObservation,
    NameOutcome,
    NetworkFacts,
    Opening,
    SignInResult,
    Spoken,
    Stage,
    StartTlsOutcome,
)
from mailcheck_gui.model.report import Verdict

HOSTS = (*[HOST] * 8, "srv7.example.com", "imap.gmail.com", "smtp.gmail.com", "imap.gmial.com",
         "imap-mail.outlook.com", "aspmx.l.google.com", "foreign.test", "127.0.0.1")  # fmt: skip
PORTS = (25, 110, 143, 465, 587, 993, 995, 2525, 4711)

OTHER_CLOCK = IssuerFetch(
    "http://issuers.authority.test/", "issuers.authority.test",
    server_time=NOW.replace(year=2019), local_time=NOW,
)  # fmt: skip

tls = st.sampled_from([
    *[GOOD_TLS] * 8,
    replace(GOOD_TLS, private_root=True),
    replace(GOOD_TLS, alert="certificate_required", client_certificate_requested=True),
    bad_tls(certificate(not_after=NOW.replace(year=2020))),
    bad_tls(certificate(names=("srv7.example.com", "foreign.test")), matches=False),
    bad_tls(certificate(self_signed=True, self_issued=True), trusted=False),
    bad_tls(certificate(), trusted=None),
    replace(bad_tls(certificate(), trusted=False), completed=True),
    replace(GOOD_TLS, private_root=True, chain=(certificate(issuer="CN=Zscaler Root CA"),)),
    replace(GOOD_TLS, private_root=True, chain=(certificate(key_sha256="77" * 32),)),
    replace(bad_tls(certificate(not_after=NOW.replace(year=2020))), issuer_fetches=(OTHER_CLOCK,)),
    broken_tls(HandshakeOutcome.CLOSED, legacy_version="TLSv1"),
    broken_tls(HandshakeOutcome.LOCAL_ERROR, legacy_version="TLSv1.2"),
    broken_tls(HandshakeOutcome.ALERT, alert="protocol_version"),
    broken_tls(HandshakeOutcome.CLOSED),
    broken_tls(HandshakeOutcome.TIMED_OUT),
    broken_tls(HandshakeOutcome.CUT_SHORT),
])  # fmt: skip
offers = st.sampled_from([
    Capabilities(),
    Capabilities(answered=False),
    capabilities(SMTP),
    capabilities(IMAP, mechanisms=("XOAUTH2",)),
    capabilities(IMAP, mechanisms=("LOGIN-COMMAND", "XOAUTH2")),
    capabilities(POP3, mechanisms=("CRAM-MD5",)),
])  # fmt: skip
plain = st.sampled_from([
    None,
    Capabilities(starttls=True),
    Capabilities(masked=True),
    Capabilities(login_disabled=True),
    Capabilities(mechanisms=("PLAIN",)),
])  # fmt: skip
spoken = st.one_of(st.none(), st.sampled_from(list(Spoken)))
ends = st.builds(
    ended, st.sampled_from(list(EndKind)), st.sampled_from(list(Stage)), st.floats(0, 40_000)
)
unconnected = st.builds(
    not_connected,
    st.sampled_from([CLOSED, SILENT, SILENT_SO_FAR, NO_ROUTE, UNREACHABLE, DENIED]),
    st.sampled_from(list(Opening)),
)


def conversations(protocol):
    healthy = st.sampled_from([hello_conversation(protocol), listening(protocol)])
    inside_tls = st.builds(
        hello_conversation, st.just(protocol), tls, spoken=spoken, offers=offers, end=ends
    )
    in_plain_text = st.builds(
        listening,
        st.just(protocol),
        spoken=spoken,
        kind=st.one_of(st.none(), st.sampled_from(list(GreetingKind))),
        starttls=st.sampled_from(list(StartTlsOutcome)),
        plain=plain,
        tls=tls,
        offers=offers,
        end=ends,
    )
    answers = st.sampled_from([b"220 x", b"* OK", b"+OK", b"554 no"])
    to_hello = st.builds(hello_answered_in_text, answers)
    mute = st.builds(waiting_in_vain, st.sampled_from(list(Opening)), ends)
    return st.one_of(healthy, healthy, inside_tls, in_plain_text, to_hello, mute, unconnected)


@st.composite
def drafts(draw, protocols):
    return ServerDraft(
        draw(st.sampled_from(protocols)),
        draw(st.sampled_from((*HOSTS, "https://mail.google.com", "a..b"))),
        draw(st.sampled_from(("", *map(str, PORTS)))),
        draw(st.sampled_from((None, *Security))),
        draw(st.sampled_from((None, None, None, *AuthMethod))),
        draw(st.sampled_from(("", "anna", "anna@gmail.com"))),
    )


@st.composite
def cases(draw):
    incoming = draw(st.one_of(st.none(), drafts((IMAP, POP3))))
    outgoing = draw(st.one_of(st.none(), drafts((SMTP,))))
    email = draw(st.sampled_from(("anna@example.com", "anna@gmail.com", "anna@tuta.com", "")))
    empty = case_of(incoming, outgoing, email=email)
    endpoints = []
    sign_ins = []
    for role, server in empty.account.sides():
        own = endpoint_of(server)
        others = draw(st.lists(st.sampled_from(PORTS), max_size=3))
        hosts = draw(st.lists(st.sampled_from(HOSTS), max_size=1))
        spots = [(own.host, own.port, True)]
        spots += [(own.host, port, False) for port in others]
        spots += [(host, own.port, False) for host in hosts]
        for host, port, configured in spots:
            for address in draw(st.sampled_from([(ADDRESS,), (ADDRESS, ADDRESS6), ("127.0.0.1",)])):
                talks = draw(st.lists(conversations(server.protocol), max_size=2))
                endpoints.append(
                    seen(role, server.protocol, port, *talks, host=host, address=address,
                         configured=configured, candidate=host != own.host)
                )  # fmt: skip
        if draw(st.booleans()):
            where = draw(st.sampled_from(spots))
            result = draw(st.sampled_from(list(SignInResult)))
            sign_ins.append(sign_in(role, server.protocol, where[1], result, host=where[0]))
    outcomes = st.sampled_from(list(NameOutcome))
    names = tuple(
        found(host) if draw(st.booleans()) else NameObservation(host, draw(outcomes))
        for host in sorted({e.endpoint.host for e in endpoints})
    )
    routes = st.sampled_from([None, True, False])
    return case_of(
        incoming,
        outgoing,
        *endpoints,
        email=email,
        names=names,
        sign_ins=tuple(sign_ins),
        network=NetworkFacts(draw(routes), draw(routes)),
        neighbours=draw(st.booleans()),
        cancelled=draw(st.booleans()),
    )


def entered(case):
    return {server.ascii_host for _, server in case.account.sides()}


@settings(max_examples=200)  # judges whole cases; it is no parser of what comes from outside
@given(cases())
def test_every_promise_is_kept(case):
    findings = diagnose(case)
    for role in (IN, OUT):
        check_suggestion(case, findings, role)
        check_candidates(case, role)
    check_words(case, findings)


def check_suggestion(case, findings, role):
    """Never plain text or a bad certificate; never more proof than there is.

    Port 25 only where it was typed, with an encryption that was not.
    """
    side = suggest(case, findings).side(role)
    if side.server is None:
        assert side.status in (SideStatus.NO_CURE, SideStatus.NOT_GIVEN)
        assert not side.changes
        return
    server = side.server
    assert server.security is not Security.NONE
    before = case.account.server(role)
    assert role is IN or server.port != 25 or (before is not None and before.port == 25)
    assert side.needs_consent == (server.ascii_host not in entered(case))
    assert all(change.because for change in side.changes)
    check_proof(case, side)
    if side.status is SideStatus.KEEP:
        assert server == case.account.server(role)
        assert not [f for f in findings if f.role is role and f.severity is Severity.ERROR]
    else:
        assert side.changes


def check_proof(case, side):
    shown = case.observations.at(endpoint_of(side.server))
    if side.proof is Proof.DOCUMENTED:
        assert side.source
        return
    handshakes = [c.tls for o in shown for c in o.conversations if c.tls]
    assert any(tls.outcome is HandshakeOutcome.VERIFIED for tls in handshakes)
    assert not any(has_bad_certificate(o) for o in shown)
    if side.proof is Proof.SIGNED_IN:
        accepted = [s for s in case.observations.sign_ins if s.result is SignInResult.ACCEPTED]
        assert endpoint_of(side.server) in [s.endpoint for s in accepted]


def check_candidates(case, role):
    """A credential goes only to an entered name, and a password is never sent as a token."""
    ranked = candidates(case, role)
    assert len({c.server for c in ranked}) == len(ranked)
    for candidate in ranked:
        assert candidate.server.security is not Security.NONE
        assert candidate.server != case.account.server(role)
        if candidate.may_sign_in:
            assert candidate.server.ascii_host in entered(case)
            before = case.account.server(role).auth
            assert (before is AuthMethod.OAUTH2) == (candidate.server.auth is AuthMethod.OAUTH2)


def check_words(case, findings):
    """Every sentence is complete, errors come first, and the verdict follows from them."""
    errors = [f for f in findings if f.severity is Severity.ERROR]
    assert (verdict(case, findings) is Verdict.ERROR) == bool(errors)
    assert tuple(errors) == findings[: len(errors)]
    texts = [text for f in findings for text in (f.title, f.explanation, f.remedy)]
    texts += [text for item in not_tested(case) for text in (item.what, item.why)]
    assert all(text.english() for text in texts)
    assert not [text for text in texts if "{" in text.english()]
