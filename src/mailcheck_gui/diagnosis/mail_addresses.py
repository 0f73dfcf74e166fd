"""What a person typed as an e-mail address, tidied and split, or why nothing can be made of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mailcheck_gui.diagnosis.addresses import read_domain, tidy_email
from mailcheck_gui.diagnosis.texts import refusals
from mailcheck_gui.model.account import holds_control
from mailcheck_gui.model.addresses import is_ip_literal
from mailcheck_gui.model.finding import Message, message

LONGEST = 320
"""Characters of an address: 64 before the @, 255 behind it (RFC 5321, section 4.5.3.1)."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_NOT_IN_LOCAL_PART = re.compile(r"[()\[\\\]]")  # RFC 5321, section 4.1.2: Dot-string
_DIVIDER = re.compile(rf"[\s{''.join(refusals.EMAIL_DIVIDED)}]")
_ADDRESS = re.compile(r"""[^\s"'<>,;()]+@[^\s"'<>,;()]+""")
_JOINERS = frozenset("\u200c\u200d")  # words of several scripts are spelled with them

EMPTY = message("The e-mail address is missing.")
TOO_LONG = message("The e-mail address has more than {longest} characters.", longest=LONGEST)
NO_AT = message('The e-mail address "{typed}" has no @.')
HIDDEN = message("The e-mail address holds a character that cannot be seen. Type it anew.")
SEVERAL = message("There is more than one e-mail address. Enter one.")
TWO_ATS = message('The e-mail address "{typed}" has more than one @.')
NO_LOCAL_PART = message('The e-mail address "{typed}" has nothing before the @.')
NO_DOMAIN = message('The e-mail address "{typed}" has nothing behind the @.')
SIGN = message('The e-mail address "{typed}" holds a character that no address can have there.')
IP_LITERAL = message(
    'The e-mail address "{typed}" names a computer by number, so there is no domain to ask.'
)
NO_DOT = message('Behind the @ of "{typed}" stands no whole domain: a dot is missing.')
NOT_A_DOMAIN = message('Behind the @ of "{typed}" stands no domain.')


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address after cleaning.

    `email` is for reading, `domain` in lower-case A-labels. `problem` is a sentence where the
    address cannot be used; `email` is then what was typed, and `domain` empty.
    """

    email: str
    domain: str = ""
    problem: Message | None = None


def read_mail_address(typed: str) -> MailAddress:
    """Clean and split a typed address. Never raises; `problem` says what is wrong."""
    email = tidy_email(typed)
    refusal = refusal_of(typed)
    if refusal is not None:
        return MailAddress(email, problem=refusal)
    local, at, domain = email.rpartition("@")
    problem = _form_problem(email, local, at, domain) or _local_problem(local)
    if problem is not None:
        return _unusable(email, problem)
    return _with_domain(email, local, domain)


def refusal_of(typed: str) -> Message | None:
    """Return why a typed address must not be used, not even as a user name, or None.

    No sentence repeats the address: a password may stand in it.
    """
    email = tidy_email(typed)
    if len(email) > LONGEST:
        return TOO_LONG
    if holds_control(email):
        return refusals.EMAIL_CONTROL
    if _holds_hidden(email):
        return HIDDEN
    if _names_another(typed, email):
        return SEVERAL
    return _divided(email)


def _divided(email: str) -> Message | None:
    """Say which sign divides an address from what else was typed, perhaps a password.

    Such a sign stands only in quotes or in a literal (RFC 5321, section 4.1.2).
    """
    local, _, domain = email.rpartition("@")
    plain = ("" if _QUOTED.fullmatch(local) else local) + ("" if domain[:1] == "[" else domain)
    found = _DIVIDER.search(plain)
    if found is not None:
        return refusals.EMAIL_DIVIDED.get(found[0], refusals.EMAIL_BLANK)
    return next((refusals.DOMAIN_DIVIDED[c] for c in domain if c in refusals.DOMAIN_DIVIDED), None)


def _holds_hidden(text: str) -> bool:
    """Whether a text holds a character that is not seen, such as one that turns the direction."""
    return any(unicodedata.category(c) == "Cf" and c not in _JOINERS for c in text)


def _names_another(typed: str, email: str) -> bool:
    """Whether another address stands before the one in angle brackets; a name may repeat it."""
    before = typed.rpartition("<")[0]
    return any(found.lower() != email.lower() for found in _ADDRESS.findall(before))


def _form_problem(email: str, local: str, at: str, domain: str) -> Message | None:
    if not email:
        return EMPTY
    if not at:
        return NO_AT
    if not local:
        return NO_LOCAL_PART
    return None if domain else NO_DOMAIN


def _local_problem(local: str) -> Message | None:
    """Judge what stands before the @: quoted, anything may stand there."""
    if _QUOTED.fullmatch(local):
        return None
    if "@" in local:
        return TWO_ATS
    return SIGN if _NOT_IN_LOCAL_PART.search(local) else None


def _with_domain(email: str, local: str, domain: str) -> MailAddress:
    if domain.startswith("["):
        return _unusable(email, IP_LITERAL)
    host = read_domain(domain)
    if host is None:
        return _unusable(email, NOT_A_DOMAIN)
    if is_ip_literal(host.ascii_host):
        return _unusable(email, IP_LITERAL)
    if "." not in host.ascii_host:
        return _unusable(email, NO_DOT)
    return MailAddress(f"{local}@{host.host}", host.ascii_host)


def _unusable(email: str, problem: Message) -> MailAddress:
    return MailAddress(email, problem=problem.with_values({"typed": refusals.shown(email)}))
