"""The table of hosts: one row, one name, one personality."""

from __future__ import annotations

from functools import cache

from maillab.domains import CLOSED, DROPPED, server_names
from maillab.interference import INTERFERED
from maillab.personality import (
    Certificate,
    Courier,
    Cyrus,
    Dovecot,
    Exim,
    Fault,
    Host,
    Issuer,
    Oddity,
    Place,
    Postfix,
    Refusal,
    Say,
    StartTls,
    Talk,
)
from maillab.sought import SOUGHT

FIRST_NUMBER = 10

_IMAPS = Dovecot(ports=(993,))
_POP3S = Dovecot(ports=(995,))
_SMTPS = Postfix({465: {}})
_NO_TLS = {"smtpd_tls_security_level": "none", "smtpd_tls_auth_only": "no"}
_TLS_1_0_POSTFIX = {
    "smtpd_tls_protocols": "TLSv1",
    "smtpd_tls_mandatory_protocols": "TLSv1",
    "smtpd_tls_ciphers": "low",
    "smtpd_tls_mandatory_ciphers": "low",
    "tls_low_cipherlist": "ALL:@SECLEVEL=0",
}
_ANONYMOUS_POSTFIX = {  # key exchange without a certificate: no current client offers it
    "smtpd_tls_protocols": "TLSv1.2",
    "smtpd_tls_mandatory_protocols": "TLSv1.2",
    "smtpd_tls_ciphers": "low",
    "smtpd_tls_mandatory_ciphers": "low",
    "tls_low_cipherlist": "ADH:AECDH:@SECLEVEL=0",
}
_WEAK_OPENSSL = """openssl_conf = modules
[modules]
ssl_conf = ssl
[ssl]
system_default = weak
[weak]
CipherString = ALL:@SECLEVEL=0
"""
_TLS_1_0_OPENSSL = f"{_WEAK_OPENSSL}MinProtocol = TLSv1\nMaxProtocol = TLSv1\n"

PASSWORD_CHECKER = "passwords"
"""The host whose Dovecot checks the passwords of every Postfix without one of its own."""

POST_OFFICE = "post"
"""The host whose Postfix delivers to its Dovecot; every other forgets what it accepts."""

_HEALTHY = (
    Host(PASSWORD_CHECKER, dovecot=Dovecot(ports=(143,), for_postfix=True)),
    Host("imap", dovecot=Dovecot()),
    Host("smtp", postfix=Postfix()),
    Host("exim", exim=Exim()),
    Host("mail", dovecot=Dovecot(), postfix=Postfix()),
    Host(POST_OFFICE, dovecot=Dovecot((993, 995)), postfix=_SMTPS),
    Host("quiet", dovecot=Dovecot(), postfix=Postfix()),  # for one healthy check alone
)

_NETWORK = (
    Host("drop587", postfix=Postfix(), faults=(Fault(Refusal.DROP, (587,)),)),
    Host("drop465", postfix=Postfix(), faults=(Fault(Refusal.DROP, (465,)),)),
    Host("drop25", postfix=Postfix(), faults=(Fault(Refusal.DROP, (25,)),)),
    Host(
        DROPPED,
        dovecot=Dovecot(),
        faults=(Fault(Refusal.DROP),),
        aliases=server_names(DROPPED),
    ),
    Host("only587", postfix=Postfix({587: {}})),
    Host(CLOSED, aliases=server_names(CLOSED)),
    Host("reset465", postfix=Postfix(), faults=(Fault(Refusal.RESET, (465,)),)),
    Host("forbidden", postfix=Postfix(), faults=(Fault(Refusal.PROHIBITED),)),
    Host("forbidden25", postfix=Postfix(), faults=(Fault(Refusal.PROHIBITED, (25,)),)),
    Host("absent", present=False),
    Host("dead6", dovecot=Dovecot(), faults=(Fault(Refusal.DROP, families=(6,)),)),
    Host("dead4", dovecot=Dovecot(), faults=(Fault(Refusal.DROP, families=(4,)),)),
    Host(
        "tarpit",
        postfix=Postfix(
            {587: {"smtpd_delay_reject": "no", "smtpd_client_restrictions": "sleep 8"}}
        ),
    ),
)

_FOREIGN = (
    Host("web", scripts={143: Oddity.HTTP, 993: Oddity.HTTP, 587: Oddity.HTTP}),
    Host("ssh", scripts={143: Oddity.SSH}),
    Host("odd", scripts={2143: Talk("pop3"), 2144: Talk("smtp")}),
    Host("silent", scripts={143: Oddity.SILENT, 993: Oddity.SILENT, 587: Oddity.SILENT}),
    Host("hangup", scripts={143: Oddity.RESET, 587: Talk("smtp", hang_up=True)}),
    Host(
        "turnedaway",
        postfix=_SMTPS,
        scripts={
            25: Say("554 5.7.1 mx.example.test Dynamic address refused, use your provider's relay")
        },
    ),
    Host("goodbye", scripts={143: Say("* BYE Not from here")}),
)

_STARTTLS = (
    Host("notls", postfix=Postfix({25: _NO_TLS, 587: _NO_TLS})),
    Host("no-starttls-smtp", postfix=Postfix({465: {}, 587: _NO_TLS})),
    Host("no-starttls-imap", dovecot=_IMAPS, scripts={143: Talk("imap")}),
    Host("no-starttls-pop3", dovecot=_POP3S, scripts={110: Talk("pop3")}),
    Host("plain", dovecot=Dovecot((143, 110), ("disable_plaintext_auth = no",), tls=False)),
    Host("login-disabled", dovecot=Dovecot((143, 110), tls=False)),
    Host("refused-smtp", postfix=_SMTPS, scripts={587: Talk("smtp", starttls=StartTls.REFUSED)}),
    Host("refused-imap", dovecot=_IMAPS, scripts={143: Talk("imap", starttls=StartTls.REFUSED)}),
    Host("refused-pop3", dovecot=_POP3S, scripts={110: Talk("pop3", starttls=StartTls.REFUSED)}),
    Host("masked-smtp", postfix=_SMTPS, scripts={587: Talk("smtp", starttls=StartTls.MASKED)}),
    Host("injected-smtp", postfix=_SMTPS, scripts={587: Talk("smtp", starttls=StartTls.INJECTED)}),
    Host("injected-imap", dovecot=_IMAPS, scripts={143: Talk("imap", starttls=StartTls.INJECTED)}),
    Host("injected-pop3", dovecot=_POP3S, scripts={110: Talk("pop3", starttls=StartTls.INJECTED)}),
    Host(
        "preauth",
        dovecot=_IMAPS,
        scripts={143: Talk("imap", greeting="* PREAUTH IMAP4rev1 server logged in as somebody")},
    ),
)

_CERTIFICATES = (
    Host("expired", dovecot=Dovecot(), certificate=Certificate(valid_from=-400, valid_to=-3)),
    Host("expired-smtp", postfix=Postfix(), certificate=Certificate(valid_from=-400, valid_to=-3)),
    Host("future", dovecot=Dovecot(), certificate=Certificate(valid_from=3, valid_to=300)),
    Host("expires-soon", dovecot=Dovecot(), certificate=Certificate(valid_to=10)),
    Host("self-signed", dovecot=Dovecot(), certificate=Certificate(issuer=Issuer.SELF)),
    Host("stranger", dovecot=Dovecot(), certificate=Certificate(issuer=Issuer.STRANGER)),
    Host(
        "old-name",
        dovecot=Dovecot(),
        aliases=("new-name.example.test",),
        certificate=Certificate(names=("new-name.example.test",)),
    ),
    Host(
        "old-name-smtp",
        postfix=Postfix(),
        aliases=("new-name-smtp.example.test",),
        certificate=Certificate(names=("new-name-smtp.example.test",)),
    ),
    Host(
        "foreign-name",
        dovecot=Dovecot(),
        aliases=("box7.hoster.test",),
        certificate=Certificate(names=("box7.hoster.test",)),
    ),
    Host("lost-name", dovecot=Dovecot(), certificate=Certificate(names=("nowhere.example.test",))),
    Host(
        "elsewhere-name", dovecot=Dovecot(), certificate=Certificate(names=("imap.example.test",))
    ),
    Host(
        "weak-key", dovecot=Dovecot(openssl=_WEAK_OPENSSL), certificate=Certificate(key="rsa-1024")
    ),
    Host(
        "tls10",
        certificate=Certificate(key="rsa-2048"),
        dovecot=Dovecot(
            settings=("ssl_min_protocol = TLSv1", "ssl_cipher_list = ALL:@SECLEVEL=0"),
            openssl=_TLS_1_0_OPENSSL,
        ),
    ),
    Host(
        "tls10-smtp",
        certificate=Certificate(key="rsa-2048"),
        postfix=Postfix({465: _TLS_1_0_POSTFIX, 587: _TLS_1_0_POSTFIX}),
    ),
    Host("opensmtpd", opensmtpd=True, certificate=Certificate(key="rsa-2048")),
    Host("alert", scripts={993: Oddity.TLS_ALERT}),
    Host("client-certificate", scripts={993: Oddity.CLIENT_CERTIFICATE}),
)

_ISSUERS = "http://issuers.authority.test/between.der"
_OAUTH_IMAPS = Talk("imap", tls=True, mechanisms=("XOAUTH2",))

_CERTIFICATE_DEPTH = (
    Host("issuers", domain="authority.test", scripts={80: Oddity.ISSUERS}),
    Host("dead-issuers", domain="authority.test", faults=(Fault(Refusal.DROP),)),
    Host(
        "no-chain",
        dovecot=Dovecot((143, 993)),
        certificate=Certificate(sends_chain=False, issuers_at=_ISSUERS),
    ),
    Host(
        "no-chain-smtp",
        postfix=Postfix(),
        certificate=Certificate(sends_chain=False, issuers_at=_ISSUERS),
    ),
    Host(
        "no-chain-dead",
        dovecot=_IMAPS,
        certificate=Certificate(
            sends_chain=False, issuers_at="http://dead-issuers.authority.test/between.der"
        ),
    ),
    Host(
        "no-chain-stranger",
        dovecot=_IMAPS,
        certificate=Certificate(sends_chain=False, issuers_at=_ISSUERS, issuer=Issuer.STRANGER),
    ),
    Host("half-chain", scripts={993: _OAUTH_IMAPS}, certificate6=Certificate(sends_chain=False)),
    Host(
        "half-expired",
        scripts={993: _OAUTH_IMAPS},
        certificate6=Certificate(valid_from=-400, valid_to=-3),
    ),
    Host(
        "sha1",
        dovecot=Dovecot((993,), openssl=_WEAK_OPENSSL),
        certificate=Certificate(issuer=Issuer.SHA1),
    ),
    Host(
        "weak-ciphers",
        postfix=Postfix({465: _ANONYMOUS_POSTFIX, 587: _ANONYMOUS_POSTFIX}),
        certificate=Certificate(key="rsa-2048"),
    ),
    Host("scanned", dovecot=_IMAPS, certificate=Certificate(issuer=Issuer.ANTIVIRUS)),
    Host("north", domain="north.test", dovecot=_IMAPS, certificate=Certificate(key="shared")),
    Host("south", domain="south.test", postfix=_SMTPS, certificate=Certificate(key="shared")),
    Host("dated", dovecot=_IMAPS, certificate=Certificate(valid_to=30, issuers_at=_ISSUERS)),
)

_LOCKED = """return answers.PASSDB_RESULT_OK, {
    nologin = "y", reason = "Your account is locked, ask your administrator"
  }"""
_NO_IMAP = """if request.service == "imap" then
    return answers.PASSDB_RESULT_OK, {
      nologin = "y", reason = "IMAP access is disabled for your account"
    }
  end
  return answers.PASSDB_RESULT_NEXT, ""
"""
_EXPIRED = 'return answers.PASSDB_RESULT_PASS_EXPIRED, ""'
_OUT_OF_REACH = 'return answers.PASSDB_RESULT_INTERNAL_FAILURE, ""'


_SIGN_IN = (
    Host("cram", dovecot=Dovecot(mechanisms="cram-md5")),
    Host(
        "oauth",
        scripts={
            993: Talk("imap", tls=True, mechanisms=("XOAUTH2", "OAUTHBEARER")),
            465: Talk("smtp", tls=True, mechanisms=("XOAUTH2", "OAUTHBEARER")),
        },
    ),
    Host("locked", dovecot=Dovecot((993, 995), judge=_LOCKED)),
    Host("password-expired", dovecot=Dovecot((993, 995), judge=_EXPIRED)),
    Host(
        "password-expired-smtp",
        dovecot=Dovecot((143,), judge=_EXPIRED, for_postfix=True),
        postfix=_SMTPS,
    ),
    Host("no-imap", dovecot=Dovecot((993, 995), judge=_NO_IMAP)),
    Host("no-passwords", dovecot=Dovecot((993, 995), judge=_OUT_OF_REACH)),
    Host("exim-no-passwords", exim=Exim(knows_passwords=False)),
    Host(
        "one-session",
        dovecot=Dovecot((993, 995), ("mail_max_userip_connections = 1",)),
        families=(4,),
    ),
    Host("one-at-a-time", dovecot=Dovecot((995,), ("pop3_lock_session = yes",))),
    Host("cyrus", cyrus=Cyrus()),
    Host("cyrus-one-session", cyrus=Cyrus((993, 995), ("maxlogins_per_user: 1",))),
    Host("cyrus-no-passwords", cyrus=Cyrus((993, 995), knows_passwords=False)),
    Host("cyrus-no-tls", cyrus=Cyrus((143, 110), tls=False)),
    Host("courier", courier=Courier()),
    Host("courier-no-passwords", courier=Courier(knows_passwords=False)),
)

_LOGIN_OWNS_NOTHING = {
    "smtpd_sender_login_maps": "static:somebody-else@example.test",
    "smtpd_recipient_restrictions": "reject_sender_login_mismatch, permit_sasl_authenticated, "
    "reject_unauth_destination",
}
_ONLY_WITH_SIGN_IN = {"smtpd_recipient_restrictions": "permit_sasl_authenticated, reject"}


def _answer_recipient(text: str) -> dict[str, str]:
    """Return what makes Postfix answer RCPT TO so, as its policy services do."""
    return {"smtpd_recipient_restrictions": f"check_recipient_access static:{{{text}}}"}


_SENDING = (
    Host("others-address", postfix=Postfix({465: _LOGIN_OWNS_NOTHING})),
    Host("only-signed-in", postfix=Postfix({465: _ONLY_WITH_SIGN_IN})),
    Host("greylist", postfix=Postfix({465: _answer_recipient("450 4.7.1 Greylisted, wait 300 s")})),
    Host(
        "listed", postfix=Postfix({465: _answer_recipient("554 5.7.1 Listed at zen.spamhaus.org")})
    ),
    Host("full", postfix=Postfix({465: _answer_recipient("552 5.2.2 Mailbox full")})),
    Host("small", postfix=Postfix({465: {"message_size_limit": "5000000"}})),
    Host("no-relay", exim=Exim("  deny message = relay not permitted")),
    Host(
        "too-much",
        exim=Exim("  defer ratelimit = 0 / 1h / strict\n  message = sending rate limit exceeded"),
    ),
)

HOSTS = (
    *_HEALTHY,
    *_NETWORK,
    *_FOREIGN,
    *_STARTTLS,
    *_CERTIFICATES,
    *_SIGN_IN,
    *_CERTIFICATE_DEPTH,
    *_SENDING,
    *INTERFERED,
    *SOUGHT,
)


@cache
def places() -> tuple[Place, ...]:
    """Return every host with its number."""
    return tuple(Place(number, host) for number, host in enumerate(HOSTS, FIRST_NUMBER))


@cache
def place(label: str) -> Place:
    """Return the place of the host with that label. Raises KeyError where there is none."""
    return {entry.host.label: entry for entry in places()}[label]
