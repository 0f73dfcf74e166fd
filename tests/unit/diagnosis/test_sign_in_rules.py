"""Signing in: what the answer means, and why it was not tried."""

from __future__ import annotations

import pytest
from diagnosis_builders import (
    IMAP,
    IN,
    NONE,
    OUT,
    POP3,
    SMTP,
    STARTTLS,
    TLS,
    capabilities,
    case_of,
    codes,
    hello_conversation,
    listening,
    neighbour,
    seen,
    sign_in,
    tls_port,
    typed,
)

from mailcheck_gui.diagnosis.case import Passwords, PasswordTraits, password_traits
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.verdict import verdict
from mailcheck_gui.model.account import AuthMethod, Role
from mailcheck_gui.model.finding import Confidence
from mailcheck_gui.model.observation import Capabilities, NotTestedReason, SignInResult
from mailcheck_gui.model.report import Verdict

PASSWORD, ENCRYPTED = AuthMethod.PASSWORD, AuthMethod.ENCRYPTED_PASSWORD
OAUTH, NO_AUTH = AuthMethod.OAUTH2, AuthMethod.NONE
REFUSED = SignInResult.REFUSED


def imap(*mechanisms: str, auth=PASSWORD, sign_ins=(), **more):
    talk = hello_conversation(IMAP, offers=capabilities(IMAP, mechanisms=mechanisms))
    draft = typed(IMAP, 993, TLS, auth=auth)
    return case_of(draft, None, seen(IN, IMAP, 993, talk), sign_ins=sign_ins, **more)


def refusal(reply: bytes = b"A1 NO [AUTHENTICATIONFAILED] no", **more):
    return sign_in(IN, IMAP, 993, REFUSED, reply=reply, **more)


@pytest.mark.parametrize(
    ("mechanisms", "auth", "expected"),
    [
        (("PLAIN", "LOGIN-COMMAND"), PASSWORD, []),
        (("LOGIN-COMMAND",), PASSWORD, []),
        (("CRAM-MD5",), ENCRYPTED, []),
        (("XOAUTH2",), OAUTH, []),
        (("PLAIN", "XOAUTH2"), PASSWORD, []),
        (("XOAUTH2",), PASSWORD, ["oauth-required"]),
        (("LOGIN-COMMAND", "XOAUTH2"), PASSWORD, ["oauth-required"]),
        (("XOAUTH2", "OAUTHBEARER"), ENCRYPTED, ["oauth-required"]),
        (("PLAIN",), ENCRYPTED, ["sign-in-method-unsupported"]),
        (("CRAM-MD5",), PASSWORD, ["sign-in-method-unsupported"]),
        (("PLAIN",), OAUTH, ["sign-in-method-unsupported"]),
        (("GSSAPI",), PASSWORD, ["sign-in-method-unsupported"]),
        ((), PASSWORD, ["sign-in-method-unsupported"]),
        ((), NO_AUTH, []),
        (("XOAUTH2",), NO_AUTH, []),
    ],
)
def test_offered_methods(mechanisms, auth, expected):
    assert codes(imap(*mechanisms, auth=auth)) == expected


def test_an_implied_login_command_makes_oauth_only_likely():
    assert diagnose(imap("LOGIN-COMMAND", "XOAUTH2"))[0].confidence is Confidence.LIKELY
    assert diagnose(imap("XOAUTH2"))[0].confidence is Confidence.CERTAIN


def test_pop3_without_capa_still_takes_user_and_pass():
    talk = hello_conversation(POP3, offers=Capabilities(answered=False))
    case = case_of(typed(POP3, 995, TLS), None, seen(IN, POP3, 995, talk))
    assert codes(case) == []


@pytest.mark.parametrize(("port", "expected"), [(995, []), (110, ["sign-in-method-unsupported"])])
def test_apop_counts_only_on_implicit_tls(port, expected):
    offers = capabilities(POP3, mechanisms=("APOP", "USER"))
    talk = (
        hello_conversation(POP3, offers=offers) if port == 995 else listening(POP3, offers=offers)
    )
    draft = typed(POP3, port, auth=ENCRYPTED)
    assert codes(case_of(draft, None, seen(IN, POP3, port, talk))) == expected


def test_no_sign_in_on_this_port_points_to_another():
    talk = hello_conversation(SMTP, offers=capabilities(SMTP, mechanisms=()))
    case = case_of(
        None,
        typed(SMTP, 2465, TLS),
        seen(OUT, SMTP, 2465, talk, security=TLS),
        neighbour(tls_port(OUT, SMTP, 465)),
    )
    (first, *_) = diagnose(case)
    assert first.code == "sign-in-method-unsupported"
    assert first.remedy.english() == "Use port 465 with SSL/TLS."


class TestRefused:
    def test_no_better_reason(self):
        (first, *_) = diagnose(imap("PLAIN", sign_ins=(refusal(),)))
        assert first.code == "sign-in-failed"
        assert first.evidence.quote.startswith(b"A1 NO")

    @pytest.mark.parametrize(
        "reply",
        [
            b"535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
            b"550 5.7.30 Basic authentication is not supported for Client Submission.",
            b"A1 NO BasicAuthBlocked",
        ],
    )
    def test_the_server_says_that_passwords_are_over(self, reply):
        assert codes(imap("PLAIN", "XOAUTH2", sign_ins=(refusal(reply),))) == ["oauth-required"]

    def test_the_tenant_switch_is_not_oauth(self):
        reply = b"535 5.7.139 SmtpClientAuthentication is disabled for the Tenant."
        assert codes(imap("PLAIN", sign_ins=(refusal(reply),))) == ["smtp-sign-in-disabled"]

    def test_the_provider_documents_oauth_alone(self):
        host = "outlook.office365.com"
        talk = hello_conversation(IMAP, offers=capabilities(IMAP, mechanisms=("PLAIN", "XOAUTH2")))
        case = case_of(
            typed(IMAP, 993, TLS, host=host),
            None,
            seen(IN, IMAP, 993, talk, host=host),
            sign_ins=(refusal(host=host),),
            email="anna@outlook.com",
        )
        assert codes(case)[0] == "oauth-required"
        first = diagnose(case)[0]
        assert "Outlook.com" in first.title.english()
        assert first.confidence is Confidence.LIKELY

    def test_refused_at_a_proven_port_counts_for_the_side(self):
        case = case_of(
            None,
            typed(SMTP, 587, TLS),
            neighbour(tls_port(OUT, SMTP, 465)),
            sign_ins=(sign_in(OUT, SMTP, 465, REFUSED, reply=b"535 no"),),
        )
        assert "sign-in-failed" in codes(case)


def at_provider(email, host, protocol=IMAP, port=993, auth=PASSWORD, reply=b"535 no"):
    """A refusal without words of its own at a provider of the catalogue."""
    role = OUT if protocol is SMTP else IN
    offers = capabilities(protocol, mechanisms=("PLAIN", "XOAUTH2"))
    talk = hello_conversation(protocol, offers=offers)
    draft = typed(protocol, port, TLS, host=host, auth=auth)
    return case_of(
        None if role is OUT else draft,
        draft if role is OUT else None,
        seen(role, protocol, port, talk, host=host),
        sign_ins=(sign_in(role, protocol, port, REFUSED, host=host, reply=reply),),
        email=email,
    )


def cause(case):
    """The finding of the sign-in, with how sure it is."""
    known = {"provider-needs-preparation", "message-size-limit"}
    found = [f for f in diagnose(case) if f.code not in known and f.role is not Role.ACCOUNT]
    assert len(found) == 1, [f.code for f in found]
    return found[0].code, found[0].confidence


class TestSharpened:
    @pytest.mark.parametrize(
        ("email", "host", "expected"),
        [
            ("a@gmail.com", "imap.gmail.com", "app-password-required"),
            ("a@gmx.de", "imap.gmx.net", "protocol-disabled"),
            ("a@t-online.de", "secureimap.t-online.de", "app-password-required"),
            ("a@outlook.com", "outlook.office365.com", "oauth-required"),
        ],
    )
    def test_by_the_catalogue_it_is_likely(self, email, host, expected):
        assert cause(at_provider(email, host)) == (expected, Confidence.LIKELY)

    def test_a_host_that_the_provider_does_not_document_says_nothing(self):
        case = at_provider("a@gmail.com", "imap.elsewhere.test")
        assert cause(case) == ("sign-in-failed", Confidence.CERTAIN)

    def test_words_of_the_server_beat_the_catalogue(self):
        case = at_provider("a@gmail.com", "imap.gmail.com", reply=b"A1 NO account is locked")
        assert cause(case) == ("account-locked", Confidence.CERTAIN)

    def test_a_refused_token_is_no_matter_of_app_passwords(self):
        case = at_provider("a@gmail.com", "imap.gmail.com", auth=OAUTH)
        assert cause(case) == ("sign-in-failed", Confidence.CERTAIN)

    def test_a_refused_token_may_meet_a_protocol_that_is_off(self):
        case = at_provider("a@outlook.com", "outlook.office365.com", auth=OAUTH)
        assert cause(case) == ("protocol-disabled", Confidence.LIKELY)


class TestSendingRefusesWhatReceivingTook:
    def case(self, *, shared=True, incoming=SignInResult.ACCEPTED, reply=b"535 5.7.8 no"):
        return case_of(
            typed(IMAP, 993, TLS),
            typed(SMTP, 465, TLS),
            tls_port(IN, IMAP, 993),
            tls_port(OUT, SMTP, 465),
            sign_ins=(
                sign_in(IN, IMAP, 993, incoming, reply=b"A1 NO no"),
                sign_in(OUT, SMTP, 465, REFUSED, reply=reply),
            ),
            passwords=Passwords(PasswordTraits(), PasswordTraits(), shared),
        )

    def test_the_same_password(self):
        assert cause(self.case()) == ("smtp-sign-in-disabled", Confidence.LIKELY)

    def test_another_password(self):
        assert cause(self.case(shared=False)) == ("sign-in-failed", Confidence.CERTAIN)

    def test_receiving_refused_it_too(self):
        assert codes(self.case(incoming=REFUSED)) == ["sign-in-failed", "sign-in-failed"]

    def test_the_server_gives_a_reason(self):
        case = self.case(reply=b"535 5.7.8 your password has expired")
        assert cause(case) == ("password-expired", Confidence.CERTAIN)


class TestUserName:
    reply = b"A1 NO Mailbox does not exist"

    @pytest.mark.parametrize(
        ("username", "email", "offered"),
        [
            ("anna", "anna@example.com", "anna@example.com"),
            ("anna@example.com", "anna@example.com", "anna"),
            ("ANNA@example.com", "anna@example.com", "anna"),
            ("web123p4", "anna@example.com", "anna@example.com"),
        ],
    )
    def test_the_other_form_of_the_own_address_is_offered(self, username, email, offered):
        talk = hello_conversation(IMAP)
        case = case_of(
            typed(IMAP, 993, TLS, username=username),
            None,
            seen(IN, IMAP, 993, talk),
            sign_ins=(refusal(self.reply),),
            email=email,
        )
        (first, *_) = diagnose(case)
        assert first.code == "username-rejected"
        assert f"Enter {offered} in" in first.remedy.english()

    def test_without_an_address_the_provider_knows(self):
        draft = typed(IMAP, 993, TLS, username="anna")
        tried = (refusal(self.reply),)
        case = case_of(draft, None, tls_port(IN, IMAP, 993), sign_ins=tried, email="")
        assert "Ask your provider" in diagnose(case)[0].remedy.english()


def test_a_mailbox_in_use_has_judged_no_password():
    case = imap("PLAIN", sign_ins=(refusal(b"-ERR maildrop already locked"),))
    findings = diagnose(case)
    assert [f.code for f in findings] == ["mailbox-in-use"]
    assert verdict(case, findings) is Verdict.INCOMPLETE


def test_temporary_is_not_the_password():
    tried = sign_in(IN, IMAP, 993, SignInResult.TEMPORARY, reply=b"A1 NO [UNAVAILABLE]")
    assert codes(imap("PLAIN", sign_ins=(tried,))) == ["sign-in-temporarily-unavailable"]


def test_accepted_leaves_nothing_to_say():
    assert diagnose(imap("PLAIN", sign_ins=(sign_in(IN, IMAP, 993),))) == ()


class TestNotTested:
    def finding(self, reason, auth=PASSWORD):
        untried = sign_in(IN, IMAP, 993, SignInResult.NOT_TESTED, reason=reason)
        found = diagnose(imap("PLAIN", "XOAUTH2", auth=auth, sign_ins=(untried,)))
        return next((f for f in found if f.code == "sign-in-not-tested"), None)

    @pytest.mark.parametrize("reason", list(NotTestedReason))
    def test_every_reason_has_words(self, reason):
        finding = self.finding(reason)
        assert finding is not None
        assert finding.explanation.english()
        assert finding.remedy.english()

    def test_oauth_without_a_token_happens_in_the_browser(self):
        finding = self.finding(NotTestedReason.NO_PASSWORD, OAUTH)
        assert finding is not None
        assert "browser" in finding.explanation.english()

    def test_no_sign_in_wanted(self):
        assert self.finding(NotTestedReason.NOT_WANTED, NO_AUTH) is None

    def test_a_run_that_never_came_there(self):
        assert "sign-in-not-tested" in codes(imap("PLAIN"), without=frozenset())


class TestPassword:
    @pytest.mark.parametrize(
        ("secret", "trait"),
        [
            (" abc", "outer_blank"),
            ("abc\t", "outer_blank"),
            ("a\u00a0b", "hard_blank"),
            ("a\u200bb", "hard_blank"),
            ("a\u2019b", "smart_quote"),
            ("gr\u00fcn", "non_ascii"),
        ],
    )
    def test_traits(self, secret, trait):
        assert getattr(password_traits(secret), trait)

    @pytest.mark.parametrize("secret", ["a b", "plain", 'a"b&c\\<', ""])
    def test_plain_ascii_is_not_suspicious(self, secret):
        assert not password_traits(secret).suspicious

    @pytest.mark.parametrize(("username", "same"), [("plain", True), ("Plain", False), ("", False)])
    def test_the_same_as_the_user_name(self, username, same):
        assert password_traits(" plain", username).same_as_user is same

    def test_told_that_it_stands_in_both_boxes(self):
        traits = PasswordTraits(outer_blank=True, same_as_user=True)
        case = imap("PLAIN", sign_ins=(refusal(),), passwords=Passwords(incoming=traits))
        found = next(f for f in diagnose(case) if f.code == "password-suspicious")
        assert found.explanation.english() == "The user name and the password are the same."
        assert "user name" in found.title.english()

    def test_told_where_the_sign_in_was_refused(self):
        passwords = Passwords(incoming=PasswordTraits(outer_blank=True))
        case = imap("PLAIN", sign_ins=(refusal(),), passwords=passwords)
        assert codes(case) == ["sign-in-failed", "password-suspicious"]

    def test_not_told_where_it_was_accepted(self):
        passwords = Passwords(incoming=PasswordTraits(non_ascii=True))
        case = imap("PLAIN", sign_ins=(sign_in(IN, IMAP, 993),), passwords=passwords)
        assert diagnose(case) == ()

    def test_not_told_where_another_port_accepted_it(self):
        case = case_of(
            typed(IMAP, 143, NONE),
            None,
            seen(IN, IMAP, 143, listening(IMAP), security=NONE),
            neighbour(tls_port(IN, IMAP, 993)),
            sign_ins=(sign_in(IN, IMAP, 993),),
            passwords=Passwords(incoming=PasswordTraits(non_ascii=True)),
        )
        assert codes(case) == ["plaintext-password"]


def test_auth_only_after_encryption_adds_nothing_where_none_is_set():
    case = case_of(
        None, typed(SMTP, 587, NONE), seen(OUT, SMTP, 587, listening(SMTP), security=NONE)
    )
    assert codes(case) == ["plaintext-password"]


def test_auth_only_after_encryption_is_normal_with_starttls():
    case = case_of(None, typed(SMTP, 587, STARTTLS), seen(OUT, SMTP, 587, listening(SMTP)))
    assert codes(case) == []
