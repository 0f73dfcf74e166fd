"""Words for signing in."""

from __future__ import annotations

from mailcheck_gui.diagnosis.texts.cause import EMPTY, Cause
from mailcheck_gui.model.finding import Message, Severity, message
from mailcheck_gui.model.observation import NotTestedReason

_BROWSER = message(
    "In Thunderbird set Sign-in to OAuth2. In Outlook and Apple Mail choose your provider by name."
)

SIGN_IN: dict[str, Cause] = {
    "sign-in-failed": Cause(
        Severity.ERROR,
        message("The server does not accept this user name and password"),
        message(
            "{host} was asked once and said no. The connection and its encryption were in order."
        ),
        message(
            "Try the same password on your provider's web page. "
            "If it works there, check the User name box."
        ),
    ),
    "sign-in-method-unsupported": Cause(
        Severity.ERROR,
        message('{host} does not offer the sign-in "{method}"'),
        message("Port {port} offers these ways to sign in: {offered}."),
        message("Ask your provider which sign-in to choose."),
    ),
    "sign-in-method-unsupported:password": Cause(
        Severity.ERROR,
        message('{host} does not offer the sign-in "{method}"'),
        message("Port {port} offers these ways to sign in: {offered}."),
        message('Set Sign-in to "Normal password". Encryption protects it on the way.'),
    ),
    "sign-in-method-unsupported:encrypted-password": Cause(
        Severity.ERROR,
        message('{host} does not offer the sign-in "{method}"'),
        message("Port {port} offers these ways to sign in: {offered}."),
        message('Set Sign-in to "Encrypted password".'),
    ),
    "sign-in-method-unsupported:nothing": Cause(
        Severity.ERROR,
        message("{host} offers no sign-in on port {port}"),
        message("The server lists no way to sign in here, even with encryption."),
        message("Use another port, or ask your provider for the server for mail programs."),
    ),
    "sign-in-needs-encryption": Cause(
        Severity.ERROR,
        message("{host} lets you sign in only with encryption"),
        message("On port {port} the server refuses every sign-in in plain text. That is good."),
        message("Set Encryption to SSL/TLS or STARTTLS, as the port wants it."),
    ),
    "sign-in-needs-encryption:unavailable": Cause(
        Severity.ERROR,
        message("{host} lets you sign in only with encryption"),
        message("On port {port} encryption did not come about, so no sign-in is possible there."),
        message("Ask your provider for a port with encryption."),
    ),
    "sign-in-not-tested": Cause(
        Severity.INFO,
        message("The sign-in at {host} was not tested"),
        EMPTY,
        EMPTY,
    ),
    "oauth-required": Cause(
        Severity.ERROR,
        message("{host} wants you to sign in in your browser"),
        message("Only OAuth2 is offered here. A password in a mail program does not work."),
        _BROWSER,
    ),
    "oauth-required:said": Cause(
        Severity.ERROR,
        message("{host} wants you to sign in in your browser"),
        message("The server says that it no longer accepts passwords from mail programs."),
        _BROWSER,
    ),
    "oauth-required:documented": Cause(
        Severity.ERROR,
        message("{provider} wants you to sign in in your browser"),
        message("The password was refused. This provider accepts only OAuth2 in mail programs."),
        _BROWSER,
    ),
    "app-password-required": Cause(
        Severity.ERROR,
        message("{host} wants an app password"),
        message("The server refuses the password of your account in mail programs, and says so."),
        message(
            "Create an app password on your provider's web page. Enter it in the Password box."
        ),
    ),
    "app-password-required:documented": Cause(
        Severity.ERROR,
        message("{provider} wants an app password"),
        message(
            "The server refused the password. In mail programs {provider} takes only app passwords."
        ),
        message("Create one at {url}. Enter it in the Password box."),
    ),
    "app-password-required:mail-password": Cause(
        Severity.ERROR,
        message("{provider} has a password of its own for mail programs"),
        message(
            "The server refused the password. "
            "At {provider} the password for mail is not the one for the web page."
        ),
        message("Set it up at {url}. Enter it in the Password box."),
    ),
    "protocol-disabled": Cause(
        Severity.ERROR,
        message("{protocol} is switched off for this account"),
        message("{host} says that this account may not use {protocol}."),
        message("Switch {protocol} on in the settings of your provider's web page."),
    ),
    "protocol-disabled:documented": Cause(
        Severity.ERROR,
        message("Mail programs may be switched off for this account"),
        message(
            "The server refused the sign-in without a reason. "
            "At {provider} the access for mail programs is off at first."
        ),
        message("Switch it on at {url}. If it is on, check user name and password."),
    ),
    "smtp-sign-in-disabled": Cause(
        Severity.ERROR,
        message("Sending with a mail program is switched off for this account"),
        message("{host} says that signing in for sending is disabled."),
        message("Ask the administrator to allow authenticated SMTP for this mailbox."),
    ),
    "smtp-sign-in-disabled:incoming-works": Cause(
        Severity.ERROR,
        message("{host} refuses for sending what incoming mail accepts"),
        message(
            "The same user name and password worked for incoming mail. So sending is probably "
            "switched off, or has a password of its own."
        ),
        message(
            "Look for authenticated SMTP on your provider's web page. "
            "If sending has a password of its own, enter that."
        ),
    ),
    "smtp-sign-in-disabled:documented": Cause(
        Severity.ERROR,
        message("Sending with a mail program may be switched off for this account"),
        message(
            "The server refused the sign-in without a reason. "
            "At {provider} authenticated SMTP is often off."
        ),
        message("Ask the administrator to allow it for this mailbox: {url}."),
    ),
    "username-rejected": Cause(
        Severity.ERROR,
        message('{host} does not know the user "{username}"'),
        message("The server names the user name as the reason, not the password."),
        message("Enter {other} in the User name box and check again."),
    ),
    "username-rejected:unknown": Cause(
        Severity.ERROR,
        message('{host} does not know the user "{username}"'),
        message("The server names the user name as the reason, not the password."),
        message("Ask your provider for the user name of this mailbox."),
    ),
    "account-locked": Cause(
        Severity.ERROR,
        message("Your provider has locked this account"),
        message("{host} says so in its answer. No setting can change that."),
        message("Sign in on your provider's web page, or ask your provider to unlock it."),
    ),
    "sign-in-rate-limited": Cause(
        Severity.ERROR,
        message("{host} counts too many sign-ins or connections"),
        message("The server turned this sign-in away for now. It did not judge the password."),
        message("Close mail programs on other devices and wait half an hour. Then check again."),
    ),
    "browser-sign-in-required": Cause(
        Severity.ERROR,
        message("{host} wants you to sign in once in a browser"),
        message(
            "The server asks for a sign-in on the web page, often after a new place or device."
        ),
        message("Sign in on your provider's web page once. Then check again."),
    ),
    "password-expired": Cause(
        Severity.ERROR,
        message("The password of this account has expired"),
        message("{host} says that the password has to be renewed."),
        message("Set a new password on your provider's web page. Then enter it here."),
    ),
    "mailbox-in-use": Cause(
        Severity.WARNING,
        message("Another program is using this mailbox"),
        message("{host} lets only one program in at a time. The settings are not the cause."),
        message("Close other mail programs and wait a quarter of an hour. Then check again."),
    ),
    "sign-in-method-unsupported:said": Cause(
        Severity.ERROR,
        message('{host} does not take the sign-in "{method}"'),
        message("The server lists this way to sign in, and then refused it."),
        message("Ask your provider which sign-in to choose."),
    ),
    "sign-in-temporarily-unavailable": Cause(
        Severity.WARNING,
        message("{host} cannot check the password right now"),
        message(
            "The server says that the trouble passes. The password was neither taken nor refused."
        ),
        message("Leave the password as it is and check again in some minutes."),
    ),
}

_ENTER_PASSWORD = message("Enter the password and check again.")
_ENCRYPTION_FIRST = message("Put the encryption in order first. Then check again.")

NOT_TESTED: dict[NotTestedReason | None, tuple[Message, Message]] = {
    NotTestedReason.NO_USER_NAME: (
        message("No user name was entered."),
        message("Enter the user name and check again. Often it is the e-mail address."),
    ),
    NotTestedReason.NO_PASSWORD: (message("No password was entered."), _ENTER_PASSWORD),
    NotTestedReason.NOT_WANTED: (
        message("The check was started without a sign-in."),
        message("Check again with the sign-in."),
    ),
    NotTestedReason.NOT_VERIFIED: (
        message("There was no verified encryption to send the password in."),
        _ENCRYPTION_FIRST,
    ),
    NotTestedReason.NOT_REACHED: (
        message("The server was not reached."),
        message("Put the connection in order first. Then check again."),
    ),
    NotTestedReason.METHOD_NOT_OFFERED: (
        message("The server does not offer the chosen sign-in."),
        message("Choose a sign-in that the server offers. Then check again."),
    ),
    NotTestedReason.ONLY_OAUTH: (
        message("Sign-in happens in your browser here. Mailcheck sent no password."),
        message("Let your mail program sign in with OAuth2."),
    ),
    NotTestedReason.LOGIN_DISABLED: (
        message("The server switches the sign-in off on this connection."),
        _ENCRYPTION_FIRST,
    ),
    NotTestedReason.HOST_NOT_AGREED: (
        message("You have not entered this server name yourself. Mailcheck sends it no password."),
        message("If your provider confirms the name, enter it and check again."),
    ),
    NotTestedReason.RECENTLY_TRIED: (
        message("The same password was refused here a short while ago."),
        message("Change the password or the user name, or press Check again."),
    ),
    NotTestedReason.LOOPBACK_SELF_SIGNED: (
        message("The server runs on this computer and signs its own certificate."),
        message("Let your mail program sign in there."),
    ),
    NotTestedReason.CANCELLED: (
        message("The check was stopped before."),
        message("Check again and let the check run to its end."),
    ),
    None: (
        message("The check did not come that far."),
        message("Check again and let the check run to its end."),
    ),
}
"""Why a sign-in was not tested, and what would allow it."""

BROWSER_SIGN_IN = (
    message("Sign-in happens in your browser. Mailcheck had no token to try it with."),
    message("Let your mail program sign in with OAuth2."),
)
"""Replaces the missing password where OAuth2 was chosen."""
