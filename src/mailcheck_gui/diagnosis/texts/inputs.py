"""Words for what was typed, and for what the provider wants."""

from __future__ import annotations

from mailcheck_gui.diagnosis.texts.cause import EMPTY, Cause
from mailcheck_gui.model.finding import Severity, message

_SAME_AS_USER = message("The user name and the password are the same.")

INPUTS: dict[str, Cause] = {
    "host-cleaned": Cause(
        Severity.INFO,
        message("The server name was tidied to {host}"),
        message('It was entered as "{typed}". Only the name of the server belongs in the box.'),
        message("Put {host} into the Server box of your mail program."),
    ),
    "host-invalid": Cause(
        Severity.ERROR,
        message('"{typed}" is not the name of a server'),
        EMPTY,
        message("Copy the server name from the help page of your provider."),
    ),
    "port-invalid": Cause(
        Severity.ERROR,
        message('"{typed}" is not a port'),
        EMPTY,
        message("Use port {port} with SSL/TLS, the usual one for {protocol}."),
    ),
    "username-invalid": Cause(
        Severity.ERROR,
        message("The user name cannot be used as it was entered"),
        EMPTY,
        message("Type the user name by hand."),
    ),
    "email-invalid": Cause(
        Severity.ERROR,
        message("The e-mail address cannot be used as it was entered"),
        EMPTY,
        message("Type the e-mail address by hand."),
    ),
    "host-is-web-address": Cause(
        Severity.ERROR,
        message('"{typed}" is a web page, not a mail server'),
        message("Webmail opens in a browser. A mail program needs the name of a mail server."),
        message('Look for "IMAP" and "SMTP" on the help pages of your provider.'),
    ),
    "host-is-web-address:known": Cause(
        Severity.ERROR,
        message('"{typed}" is a web page, not a mail server'),
        message("Webmail opens in a browser. A mail program needs the name of a mail server."),
        message("Put {today} into the Server box. It is the mail server of {provider}."),
    ),
    "host-typo": Cause(
        Severity.ERROR,
        message("There is no server called {host}. Did you mean {near}?"),
        message("The two names differ by very little, and {near} is a known mail server."),
        message("Correct the Server box to {near}."),
    ),
    "host-typo:own-domain": Cause(
        Severity.ERROR,
        message("There is no server called {host}. Did you mean {near}?"),
        message("The two names differ by very little, and {near} fits your e-mail address."),
        message("Correct the Server box to {near}, if your provider confirms that name."),
    ),
    "host-typo:exists": Cause(
        Severity.ERROR,
        message("{host} looks like a misspelling of {near}"),
        message("A computer of this name exists, but no mail server with a good certificate."),
        message("Correct the Server box to {near}. Send no password to {host}."),
    ),
    "host-retired": Cause(
        Severity.ERROR,
        message("{provider} no longer uses {host}"),
        message("Mail programs connect to {today} now."),
        message("Put {today} into the Server box."),
    ),
    "host-is-mx": Cause(
        Severity.ERROR,
        message("{host} takes mail from other servers, not from mail programs"),
        message("It is where {provider} receives mail from the internet. Nobody signs in there."),
        message("Ask your provider for the server for mail programs."),
    ),
    "host-is-mx:known": Cause(
        Severity.ERROR,
        message("{host} takes mail from other servers, not from mail programs"),
        message("It is where {provider} receives mail from the internet. Nobody signs in there."),
        message("Put {today} into the Server box."),
    ),
    "servers-swapped": Cause(
        Severity.ERROR,
        message("Incoming and outgoing server are swapped"),
        message(
            "The incoming box leads to a server for sending, the outgoing box to one for receiving."
        ),
        message("Exchange the two servers, each with its port."),
    ),
    "servers-swapped:usual": Cause(
        Severity.ERROR,
        message("Incoming and outgoing server seem to be swapped"),
        message("What stands in the incoming box is usual for sending, and the reverse."),
        message("Exchange the two servers, each with its port."),
    ),
    "protocol-port-mismatch": Cause(
        Severity.ERROR,
        message("{protocol} is set, but port {port} speaks {spoken}"),
        message("The server answered in {spoken}. A program that speaks {protocol} cannot use it."),
        message("Use port {right_port} for {protocol}, or change the account type to {spoken}."),
    ),
    "protocol-port-mismatch:usual": Cause(
        Severity.ERROR,
        message("{protocol} is set, but port {port} belongs to {spoken}"),
        message("Port {port} is registered for {spoken}. No answer came that shows otherwise."),
        message("Use port {right_port} for {protocol}, or change the account type to {spoken}."),
    ),
    "username-incomplete": Cause(
        Severity.WARNING,
        message("{provider} wants the whole e-mail address as the user name"),
        message('The User name box holds only "{username}".'),
        message("Put {other} into the User name box."),
    ),
    "username-incomplete:local": Cause(
        Severity.WARNING,
        message("{provider} wants only the part before the @ as the user name"),
        message('The User name box holds "{username}". Some accounts accept that too.'),
        message("If the sign-in is refused, put {other} into the User name box."),
    ),
    "password-suspicious": Cause(
        Severity.WARNING,
        message("The password holds a character that often gets in by mistake"),
        EMPTY,
        message("Type the password by hand and check again. Mailcheck never shows it."),
    ),
    "password-suspicious:same": Cause(
        Severity.WARNING,
        message("The password was entered as the user name too"),
        _SAME_AS_USER,
        message("Type each into its own box and check again."),
    ),
    "provider-needs-preparation": Cause(
        Severity.WARNING,
        message("{provider} wants a preparation before mail programs may sign in"),
        EMPTY,
        message("The provider explains it at {url} (known from: {source}, {date})."),
    ),
    "provider-needs-preparation:no-page": Cause(
        Severity.WARNING,
        message("{provider} wants a preparation before mail programs may sign in"),
        EMPTY,
        message("The help pages of the provider explain it (known from: {source}, {date})."),
    ),
    "provider-unsupported": Cause(
        Severity.ERROR,
        message("{provider} has no servers for mail programs"),
        EMPTY,
        message("Use the app or the web page of {provider}."),
    ),
    "provider-unsupported:bridge": Cause(
        Severity.ERROR,
        message("{provider} needs a program of its own on this computer"),
        EMPTY,
        message("Start that program, and take server, port and password from it."),
    ),
}

PASSWORD_TRAITS = {
    "same_as_user": _SAME_AS_USER,
    "outer_blank": message("There is a blank at its beginning or end. Copying often adds one."),
    "hard_blank": message("It holds an invisible blank of a special kind. Copying often adds one."),
    "smart_quote": message(
        "It holds a curly quotation mark. Text programs put it in by themselves."
    ),
    "non_ascii": message(
        "It holds a character beyond plain ASCII. Some servers read it differently."
    ),
}
"""What is odd about a password, most telling first; the keys are fields of `PasswordTraits`."""
