"""What servers say when they refuse, as data: response codes and words, each with its source.

A row names a cause (a finding's code, a variant behind a colon). The first row that fits wins, so
the order is the precedence:

- For a sign-in: what the provider has switched off for good comes before what this account lacks,
  that before the state of the account, that before the traffic, that before the user name; trouble
  that passes comes last, since busy servers say "try again" about everything.
- For sending: who may connect at all, then the mailbox, then the missing sign-in, then the rates,
  then greylisting, then the sender; the recipient comes last.

Standards: RFC 4954 section 6 and RFC 3463 (SMTP), RFC 5530 (IMAP), RFC 2449 section 8 and
RFC 3206 (POP3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_LINE_CODES = re.compile(r"^[2-5][0-9]{2}[ -](?:[245]\.[0-9]{1,3}\.[0-9]{1,3} )?", re.MULTILINE)
_BLANKS = re.compile(r"\s+")
_EITHER = r"(?!.{0,40}\b(?:or|and|oder|und)\b.{0,40}(?:password|kennwort|passwort))"
"""Behind words about a user: no "or password", which says nothing about the user."""


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One way in which servers name a cause.

    It fits where one of `codes` is among the reply's codes, or where `words` are found. `sure` is
    False for words that are also used for other causes.
    """

    cause: str
    source: str
    codes: frozenset[str] = frozenset()
    words: re.Pattern[str] | None = None
    sure: bool = True

    def fits(self, codes: frozenset[str], text: str) -> bool:
        """Whether a reply, its codes and its readable text, names this cause."""
        return bool(self.codes & codes) or bool(self.words and self.words.search(text))


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


def _codes(*names: str) -> frozenset[str]:
    return frozenset(names)


def first_fit(rows: Iterable[ReplyRow], reply: bytes, codes: Iterable[str]) -> ReplyRow | None:
    """Return the first row that fits a reply, or None."""
    text, found = readable(reply), frozenset(codes)
    return next((row for row in rows if row.fits(found, text)), None)


def readable(reply: bytes) -> str:
    """Return a reply as one line, without the codes that SMTP repeats on each of its lines."""
    text = reply.decode("utf-8", "replace").replace("\r\n", "\n")
    return _BLANKS.sub(" ", _LINE_CODES.sub("", text)).strip()


SIGN_IN_REPLIES: tuple[ReplyRow, ...] = (
    ReplyRow(
        "oauth-required:said",
        "Microsoft: Exchange Online deprecation of basic authentication, 2026-01",
        codes=_codes("5.7.30"),
        words=_words(r"basic\s?auth(entication)? is (disabled|not supported)", "BasicAuthBlocked"),
    ),
    ReplyRow(
        "oauth-required:said",
        "Microsoft: 535 5.7.139 under security defaults and conditional access, 2024-10",
        words=_words("security defaults policy", "did not meet the criteria to be authenticated"),
        sure=False,
    ),
    ReplyRow(
        "smtp-sign-in-disabled",
        "Microsoft: authenticated client SMTP submission, 2024-10",
        words=_words("SmtpClientAuth(entication)? is disabled"),
    ),
    ReplyRow(
        "browser-sign-in-required",
        "Google: 534 5.7.14 and [WEBALERT]; Yandex: licence not accepted; FairEmail FAQ 6",
        codes=_codes("WEBALERT", "5.7.14"),
        words=_words(
            r"log ?in (via|with|through) your (web )?browser",
            "web login required",
            r"accept (the )?EULA",
        ),
    ),
    ReplyRow(
        "app-password-required",
        "Google: 534 5.7.9; mail.ru, QQ Mail, AT&T help pages",
        words=_words(
            r"app(lication)?[- ]specific password",
            r"app(lication)? password(?! (is )?(incorrect|wrong|invalid))",
            "InvalidSecondFactor",
            "parol prilozheniya",
            r"(enter|use) your authori[sz]ation code",
            "secure mail key",
        ),
    ),
    ReplyRow(
        "protocol-disabled",
        "Google, Microsoft, Yandex, Zoho, NetEase: texts of refused sign-ins",
        words=_words(
            r"not (yet )?enabled for (imap|pop|smtp)",
            r"(imap|pop3?|smtp)( access| service| protocol)? (is |has been )?"
            r"(disabled|not enabled|switched off|turned off)",
            r"yet to enable (imap|pop)",
            r"authenticated but not connected",
            r"does not have access rights to this service",
            r"user has no permission",
            r"not permitted to use (imap|pop|smtp)",
        ),
    ),
    ReplyRow(
        "protocol-disabled",
        "QQ Mail: one text for several causes",
        words=_words(r"service is not open"),
        sure=False,
    ),
    ReplyRow(
        "password-expired",
        "RFC 5530 section 3; Dovecot pass_expired",
        codes=_codes("EXPIRED"),
        words=_words(
            r"(password|credentials?|kennwort|passwort)( has| have| is| ist)? (expired|abgelaufen)",
            "password must be changed",
        ),
    ),
    ReplyRow(
        "mailbox-in-use",
        "RFC 2449 section 8.1.2, RFC 5530 section 3; IXP BUSY",
        codes=_codes("IN-USE", "INUSE"),
        words=_words(
            r"(unable|failed|could not|cannot) (to )?(get )?lock( the)? (mail ?drop|mailbox)",
            r"(mail ?drop|mailbox) (is )?(already |currently )?(locked|in use)",
            "mailbox lock busy",
        ),
    ),
    ReplyRow(
        "account-locked",
        "Microsoft, Google, hosting panels; Dovecot user_disabled",
        words=_words(
            r"(account|mailbox|user|login|konto)( \S+)?( is| has been| was| ist| wurde)?"
            r"( temporarily| currently| vor\S+)?"
            r" (locked|suspended|disabled|deactivated|blocked|gesperrt)\b",
            r"lockdown in sector",
        ),
    ),
    ReplyRow(
        "sign-in-rate-limited",
        "RFC 5530 LIMIT, RFC 2449 LOGIN-DELAY, Google THROTTLED, Yahoo #AUTH005, Dovecot",
        codes=_codes("LIMIT", "LOGIN-DELAY", "THROTTLED"),
        words=_words(
            r"too many (\S+ ){0,3}(attempts?|connections?|log[io]ns?|failures|errors|sessions)",
            r"rate limit",
            r"(exceeded|reached) (\S+ ){0,5}limits?",
            r"(connection|session|login) limit (exceeded|reached)",
            r"maximum (number of )?connections?",
            r"throttl",
        ),
    ),
    ReplyRow(
        "sign-in-method-unsupported:said",
        "RFC 4954 section 6: 504 and 534",
        codes=_codes("504"),
        words=_words(
            r"mechanism (is )?too weak",
            r"(unrecogni[sz]ed|unsupported|unknown) auth(entication)? (type|mechanism)",
            r"auth(entication)? mechanism (is )?not (supported|available|allowed)",
        ),
    ),
    ReplyRow(
        "username-rejected",
        "texts of Cyrus, Courier, hMailServer, qmail",
        words=_words(
            rf"(unknown|no such|non-?existent|unbekannter) (user|account|mailbox){_EITHER}",
            rf"\b(user|account|mailbox) (name )?(is )?(unknown|not found){_EITHER}",
            rf"\b(user|account|mailbox) (\S+ )?(does not|doesn't) exist{_EITHER}",
            r"no mailbox here by that name",
            rf"invalid (user ?name|login name)\b(?! ?/){_EITHER}",
            rf"invalid user\b(?! ?name){_EITHER}",
        ),
    ),
    ReplyRow(
        "sign-in-temporarily-unavailable",
        "RFC 5530 UNAVAILABLE and SERVERBUG, RFC 3206 SYS/TEMP, RFC 4954: 454; Postfix, Exim",
        codes=_codes("UNAVAILABLE", "SERVERBUG", "SYS/TEMP", "454"),
        words=_words(
            r"temporar(y|ily) (authentication |system |server |internal )?"
            r"(failure|problem|error|unavailable)",
            r"connection lost to authentication server",
            r"authentication (server|service|backend) (is )?(not available|unavailable|down)",
        ),
    ),
    ReplyRow(
        "sign-in-temporarily-unavailable",
        "Cyrus 3.6: SASL_FAIL of Cyrus SASL, as without its list of passwords",
        words=_words(r"\bgeneric failure\b"),
        sure=False,
    ),
)
"""Answers to a sign-in, most telling cause first."""


SENDING_REPLIES: tuple[ReplyRow, ...] = (
    ReplyRow(
        "address-blocklisted",
        "Spamhaus, SpamCop, Barracuda; texts of Postfix reject_rbl_client and of AT&T",
        words=_words(
            r"spamhaus|spamcop|barracudacentral|sorbs\.net|uceprotect|abuseat",
            r"\b(dns)?(rbl|bl|block ?list|blacklist)s?\b",
            r"blocked using \S+",
            r"blacklisted|blocklisted",
            r"AUP#",
        ),
    ),
    ReplyRow(
        "mailbox-full",
        "RFC 3463 X.2.2, RFC 5530 OVERQUOTA; Exchange QuotaExceeded",
        codes=_codes("5.2.2", "4.2.2", "OVERQUOTA"),
        words=_words(
            r"quota ?exceeded",
            r"(mailbox|mail box|inbox|postfach)( is| ist)? (full|voll|over quota)",
            r"(over|out of) quota",
        ),
    ),
    ReplyRow(
        "sign-in-required-to-send",
        "RFC 4954 section 6: 530; Exchange 5.7.57; Bigpond; POP before SMTP",
        codes=_codes("530", "5.7.57"),
        words=_words(
            r"authentication (is )?required",
            r"(must|need to|have to) (first )?(authenticate|log ?in|sign in)",
            r"turn on smtp auth",
            r"check for new mail before sending",
            r"(client|sender) (is |was )?not authenticated",
        ),
    ),
    ReplyRow(
        "sending-rate-limited",
        "Google 4.2.1 and 4.7.28, Microsoft 4.3.2, Zoho 5.4.6, GoDaddy",
        codes=_codes("432", "4.7.28"),
        words=_words(
            r"rate[ -]limit",
            r"too many (\S+ ){0,3}(messages|mails|e-?mails|recipients|connections|requests)",
            r"(sending|message|thread|hourly|daily|24-hour)( \S+)? (limit|quota)",
            r"at a rate that",
            r"throttl",
            r"unusual sending activity",
        ),
    ),
    ReplyRow(
        "greylisted",
        "Postgrey, Rspamd, Exim: texts of deferred recipients (RFC 6647)",
        words=_words(r"gr[ae]y-?list", r"postgrey"),
    ),
    ReplyRow(
        "sender-refused",
        "Postfix reject_sender_login_mismatch, Exchange 5.7.60, iCloud, Google",
        codes=_codes("5.7.60", "5.1.8"),
        words=_words(
            r"sender address rejected",
            r"not owned by (user|authenticated)",
            r"\bsend ?as\b",
            r"from address (is )?not one of",
            r"sender (verify|verification) failed",
            r"sender (address )?(is )?(denied|rejected|refused)",
            r"sender (address )?(is )?not (allowed|permitted|authori[sz]ed)",
            r"not (allowed|permitted|authori[sz]ed) to (send|use)\b",
        ),
    ),
    ReplyRow(
        "relay-denied",
        "Postfix, Exim, Exchange 5.7.64, qmail",
        codes=_codes("5.7.64"),
        words=_words(
            r"\brelay",
            r"not (a )?local (host|domain)",
            r"not a gateway",
            r"rcpthosts",
            "TenantAttribution",
        ),
    ),
)
"""Answers to MAIL FROM and RCPT TO, most telling cause first."""


_REMEMBERED = 32
"""Replies that are read once only: a run has few of them, and many rules ask."""


@lru_cache(_REMEMBERED)
def sign_in_row(reply: bytes, codes: tuple[str, ...]) -> ReplyRow | None:
    """Return what an answer to a sign-in names, or None."""
    return first_fit(SIGN_IN_REPLIES, reply, codes)


@lru_cache(_REMEMBERED)
def sending_row(reply: bytes, codes: tuple[str, ...]) -> ReplyRow | None:
    """Return what an answer to the envelope, or to the connection, names, or None."""
    return first_fit(SENDING_REPLIES, reply, codes)


def names_blocklist(reply: bytes) -> bool:
    """Whether a refusal names a blocklist as its reason."""
    row = sending_row(reply, ())
    return row is not None and row.cause == "address-blocklisted"
