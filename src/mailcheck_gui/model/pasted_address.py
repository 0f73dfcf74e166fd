"""A pasted server address that may carry a password: `imap://anna:secret@imap.example.com`."""

from __future__ import annotations

import re

from mailcheck_gui.model.public_suffixes import has_public_suffix

SCHEMES = frozenset(
    scheme + secured
    for scheme in ("imap", "pop", "pop3", "smtp", "submission", "http", "ssl", "tls")
    for secured in ("", "s")
)
"""Words in front of a pasted address. Another one before an @ is a user: `anna:/secret@host`."""

HIDDEN = "***"
"""What is shown in place of a password."""

_FRONT = re.compile(
    rf"[^\w\[@:?#]*(?:mailto:|(?:{'|'.join(sorted(SCHEMES))}):/{{1,3}})?[/\\]*", re.IGNORECASE
)
_PATH = re.compile(r"[/\\?#].*", re.DOTALL)
_SECRET_TAIL = re.compile(r"[/\\?#](?=.*@)|[?#;](?=.)", re.DOTALL)  # a password may hold the @
_LITERAL = re.compile(r"\s*(?:\[[^\]]*\]|[0-9a-f]{0,4}:[0-9a-f:.]*)", re.IGNORECASE)
_BESIDE = re.compile(r"(?<![\s.@:/])\s+(?![\s.@:/]|$)|[,;:]")
_IDLE = "[\\s,;:<>\"'\u00ad\u200b-\u200d\u2060\ufeff]*"  # signs that carry nothing
_PORT_OR_NOTHING = re.compile(rf"{_IDLE}\d{{0,9}}{_IDLE}")
_MAIL_ADDRESS = re.compile(r"[^\s@:;,<>]+@[^\s@:;,<>/\\?#]+")
_HOST_AND_PORT = re.compile(r"[^:]*(?::\s*\d+\s*)?|\[?[0-9a-f:.]*\]?(?::\d*)?", re.IGNORECASE)


def split_userinfo(address: str) -> tuple[str, str]:
    """Divide what follows a scheme behind the @ that ends user and password (RFC 3986, 3.2.1).

    The first part is "" where there is no @. A slash in a password does not end the host: what is
    in front of it would be no host with a port.
    """
    path = _PATH.search(address)
    end = path.start() if path else len(address)
    if not _HOST_AND_PORT.fullmatch(address[address.rfind("@", 0, end) + 1 : end]):
        end = len(address)
    host = address.rfind("@", 0, end) + 1
    return address[:host], address[host:]


def commas_as_dots(name: str) -> str:
    """Return a lower-case name with dots for the commas in it, where that makes a server's name.

    That is a name under a public suffix. Any other comma divides the name from what else was
    typed, perhaps a password, which must not be looked up.
    """
    dotted = re.sub(r"(?<=\w),(?=\w)", ".", name)
    meant = dotted != name and "," not in dotted and has_public_suffix(dotted)
    return dotted if meant else name


def without_pasted_secrets(typed: str) -> str:
    """Return what was typed with `***` for whatever beside its host may be a password.

    That is what stands behind a user name, behind `?`, `#` or `;`, and behind a name where no port
    follows. A user name alone stays, and so does a path. What is read as the host does not change.
    May be called twice.
    """
    front = _FRONT.match(typed)
    assert front is not None  # it may be empty
    userinfo, rest = split_userinfo(typed[front.end() :])
    divider = re.search("[:;]", userinfo)
    if divider:
        userinfo = f"{userinfo[: divider.end()]}{HIDDEN}@"
    path = _PATH.search(rest)
    end = path.start() if path else len(rest)
    return f"{front[0]}{userinfo}{_name_alone(rest[:end])}{_path_alone(rest[end:])}"


def email_without_secrets(typed: str) -> str:
    """Return what was typed as an e-mail address; `***` where a server was pasted there.

    An address alone stays: `#`, `?` and `/` are signs of its first part (RFC 5322, section 3.2.3).
    """
    return typed if _MAIL_ADDRESS.fullmatch(typed.strip()) else without_pasted_secrets(typed)


def _path_alone(path: str) -> str:
    secret = _SECRET_TAIL.search(path)
    return f"{path[: secret.end()]}{HIDDEN}" if secret else path


def _name_alone(text: str) -> str:
    """Return a name, perhaps with its port; what else stands beside it is hidden.

    A blank counts behind a dot or a colon: names of accounts are shown in this way as well.
    """
    literal = _LITERAL.match(text)
    host = re.split(r"[\s;:<>]", text.strip(), maxsplit=1)[0].strip(".,").lower()
    commas = "" if "," in commas_as_dots(host) else ","
    for beside in _BESIDE.finditer(text, literal.end() if literal else 0):
        if _PORT_OR_NOTHING.fullmatch(text, beside.end()):
            return text
        before = text[: beside.start()]
        if beside[0] == commas or (beside[0].isspace() and not re.search("[.:]", before)):
            continue
        return f"{text[: beside.end()]}{HIDDEN}"
    return text
