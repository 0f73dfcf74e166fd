"""Take what may be a password out of a pasted text, before anything reads or shows it.

Logs of mail programs hold sign-ins: SASL replies in base64 (RFC 4954, RFC 9051 section 6.2.2,
RFC 5034), LOGIN and PASS with the password itself, and addresses such as `smtp://user:pass@host`.
Which of it is secret cannot be known here, so everything in such a place goes.
"""

from __future__ import annotations

import re

MASK = "***"

_START = r"^(?P<kept>[^\n]{0,120}?(?:^|[\s:>\]|\"'`])"
"""What logs put in front of a line: times, `C:`, `>>>`."""

_MECHANISMS = r"PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|CRAM-MD5|DIGEST-MD5|NTLM|GSSAPI|SCRAM-SHA-\d{1,3}"
_BASE64 = r"(?-i:(?=[a-z]{0,40}[A-Z0-9+/=_-])[A-Za-z0-9+/_-]{6,}={0,2})"
"""A run of base64; words in lower case are none."""
_NO_MECHANISM = rf"(?!(?:{_MECHANISMS}|EXTERNAL|ANONYMOUS|KERBEROS_V4)\b)"
_TAG = r"(?:[A-Za-z]{0,8}[0-9]{1,8}|[A-Za-z]{1,4}|\.|\?)"
_NO_STATUS = r"(?!(?:OK|NO|BAD|BYE|ERR|SASL|AUTH|SMTP|IMAP|POP3?|THE|YOUR|USER|FOR|AND|THIS)\b)"

_FORMS = (
    # AUTH PLAIN AGFubmEAc2VjcmV0, AUTHENTICATE PLAIN AGFubmEAc2VjcmV0
    re.compile(
        rf"\b(?P<kept>AUTH(?:ENTICATE)? +(?:{_MECHANISMS}) +){_NO_MECHANISM}{_BASE64}",
        re.IGNORECASE,
    ),
    # The client's answers behind a prompt: 334 UGFzc3dvcmQ6, then a line of base64.
    re.compile(
        rf"(?P<kept>(?:^|[\s:])(?:334\b[^\n]{{0,80}}|\+ ?[A-Za-z0-9+/=]{{0,80}})\n"
        rf"(?:[^\n]{{0,60}}?[\s:>])??){_BASE64}(?=[\s\"']|$)"
    ),
    # a1 LOGIN anna secret
    re.compile(
        rf"{_START}{_NO_STATUS}{_TAG} +LOGIN +)(?:\"[^\"\n]{{0,200}}\"|[^\s\"]{{1,200}}) +"
        r"(?:\"[^\"\n]{1,200}\"|[^\s\"]{1,200}) *$",
        re.IGNORECASE | re.MULTILINE,
    ),
    # PASS secret
    re.compile(r"^(?P<kept>(?:[^\n]{0,120}?[\s:>\]])?PASS +)\S[^\n]{0,200}$", re.MULTILINE),
    # smtp://anna:secret@host
    re.compile(r"(?P<kept>\b[A-Za-z][A-Za-z0-9+]{1,15}://[^\s:/@]{1,200}:)[^\s@]{1,200}(?=@)"),
    # Authorization: Basic YW5uYTpzZWNyZXQ=
    re.compile(r"(?P<kept>\b(?:Basic|Bearer) +)[A-Za-z0-9+/=._~-]{8,}"),
    # password: "secret", passwd=secret, 'pass' => 'secret'
    re.compile(
        r"(?P<kept>\b(?:smtp_?)?(?:password|passwd|passwort|kennwort|pass|pwd)[\"']? *"
        r"(?:=>?|:) *[\"']?)(?![\s\"'])[^\s\"',;]{1,200}(?=[\s\"',;]|$)",
        re.IGNORECASE,
    ),
)


def without_secrets(text: str) -> str:
    """Return a pasted text with `***` in the place of what may be a password or token.

    Line ends become those of Unix.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for form in _FORMS:
        text = form.sub(lambda hit: f"{hit['kept']}{MASK}", text)
    return text
