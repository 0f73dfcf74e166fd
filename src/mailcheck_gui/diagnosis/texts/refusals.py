"""Words for values that nothing can be made of."""

from __future__ import annotations

from mailcheck_gui.diagnosis.hosts import HOST_LIMIT, LABEL_LIMIT, HostProblem
from mailcheck_gui.diagnosis.ports import MAX_PORT, PortProblem
from mailcheck_gui.model.field_limits import LONGEST_TEXT
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.pasted_address import without_pasted_secrets
from mailcheck_gui.model.quoting import visible_text

_SHOWN = 60
"""Characters of a refused value that a sentence repeats."""

_HOST = {
    HostProblem.EMPTY: message("The server name is missing."),
    HostProblem.CONTROL: message(
        "The server name holds a line break or another control character."
    ),
    HostProblem.TOO_LONG: message("The server name has more than {limit} characters."),
    HostProblem.LABEL_TOO_LONG: message(
        "A part of the server name between two dots has more than {label_limit} characters."
    ),
    HostProblem.EMPTY_LABEL: message('The server name "{typed}" has two dots in a row.'),
    HostProblem.INNER_COMMA: message("The server name holds a comma. Enter the name alone."),
    HostProblem.INNER_BLANK: message('The server name "{typed}" has a blank in the middle.'),
    HostProblem.NO_PORT: message(
        "What stands behind the colon is no port. A port is a number from 1 to {highest}."
    ),
    HostProblem.NOT_AN_ADDRESS: message('The server name "{typed}" is not a complete IP address.'),
    HostProblem.NO_SERVER_HERE: message(
        'The address "{typed}" does not belong to a single computer, so no server can be there.'
    ),
    HostProblem.NOT_A_NAME: message(
        'The server name "{typed}" holds a character that no server name can have.'
    ),
}
_PORT = {
    PortProblem.NOT_A_NUMBER: message('The port "{typed}" is not a number.'),
    PortProblem.OUT_OF_RANGE: message(
        "The port {typed} does not exist. Ports go from 1 to {highest}."
    ),
}

WEB_ADDRESS = message('"{typed}" is a web page, not a mail server.')
USERNAME_CONTROL = message(
    "The user name holds a line break or another character that cannot be sent."
)
USERNAME_TOO_LONG = message(
    "The user name has more than {longest} characters.", longest=LONGEST_TEXT
)
EMAIL_CONTROL = message(
    "The e-mail address holds a line break or another character that cannot be sent."
)
EMAIL_BLANK = message("The e-mail address holds a blank. Enter the address alone.")
_EMAIL_BRACKET = message("The e-mail address holds an angle bracket. Enter the address alone.")
EMAIL_DIVIDED = {
    ",": message("The e-mail address holds a comma. Enter the address alone."),
    ":": message("The e-mail address holds a colon. Enter the address alone."),
    ";": message("The e-mail address holds a semicolon. Enter the address alone."),
    "<": _EMAIL_BRACKET,
    ">": _EMAIL_BRACKET,
    '"': message("The e-mail address holds a quotation mark. Enter the address alone."),
}
"""By the sign that divides an address from what else was typed."""
DOMAIN_DIVIDED = {
    "/": message("The e-mail address holds a slash behind the @. Enter the address alone."),
    "\\": message("The e-mail address holds a backslash behind the @. Enter the address alone."),
    "|": message("The e-mail address holds a bar behind the @. Enter the address alone."),
}
"""The same for signs that a name before the @ may hold."""
NOTHING_GIVEN = message("No server was given. Enter at least one, for incoming or outgoing mail.")


def shown(typed: str) -> str:
    """Return a typed value as a sentence may repeat it: short, no password, nothing invisible."""
    harmless = without_pasted_secrets(typed.strip())
    return visible_text(harmless, _SHOWN).replace("\n", "⟨0x0A⟩").replace("\t", " ")


def host_sentence(problem: HostProblem, typed: str) -> Message:
    """Return what is wrong with a server name."""
    return _filled(
        _HOST[problem],
        typed=shown(typed),
        limit=HOST_LIMIT,
        label_limit=LABEL_LIMIT,
        highest=MAX_PORT,
    )


def port_sentence(problem: PortProblem, typed: str) -> Message:
    """Return what is wrong with a port."""
    return _filled(_PORT[problem], typed=shown(typed), highest=MAX_PORT)


def web_sentence(typed: str) -> Message:
    """Return that a web address is no server name."""
    return _filled(WEB_ADDRESS, typed=shown(typed))


def _filled(template: Message, **values: object) -> Message:
    return template.with_values(values)
