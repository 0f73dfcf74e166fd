"""Words for ports, protocols and encryption that do not go together."""

from __future__ import annotations

from mailcheck_gui.diagnosis.texts.cause import Cause
from mailcheck_gui.model.finding import Severity, message

ENCRYPTION: dict[str, Cause] = {
    "tls-on-starttls-port": Cause(
        Severity.ERROR,
        message("Port {port} starts without encryption, but SSL/TLS is set"),
        message(
            "{host} greets in plain text and offers STARTTLS. "
            "A program set to SSL/TLS waits in vain."
        ),
        message("Set Encryption to STARTTLS for port {port}."),
    ),
    "tls-on-starttls-port:unasked": Cause(
        Severity.ERROR,
        message("Port {port} starts without encryption, but SSL/TLS is set"),
        message("{host} greets in plain text. A program set to SSL/TLS waits in vain."),
        message("Set Encryption to STARTTLS for port {port}."),
    ),
    "tls-on-plaintext-port": Cause(
        Severity.ERROR,
        message("Port {port} knows no encryption, but SSL/TLS is set"),
        message("{host} greets in plain text and does not offer STARTTLS either."),
        message("Ask your provider for a port with encryption. Send no password on this one."),
    ),
    "starttls-on-tls-port": Cause(
        Severity.ERROR,
        message("Port {port} is encrypted from the first byte, but STARTTLS is set"),
        message(
            "{host} waits for SSL/TLS at once. "
            "A program set to STARTTLS waits for a greeting in vain."
        ),
        message("Set Encryption to SSL/TLS for port {port}."),
    ),
    "plaintext-on-tls-port": Cause(
        Severity.ERROR,
        message("Port {port} is encrypted from the first byte, but Encryption is set to None"),
        message("{host} waits for SSL/TLS at once. A program without encryption gets no answer."),
        message("Set Encryption to SSL/TLS for port {port}."),
    ),
    "plaintext-password": Cause(
        Severity.ERROR,
        message("Your password would cross the network readable"),
        message("Encryption is set to None, and port {port} of {host} speaks plain text."),
        message("Ask your provider for a port with encryption. Send no password on this one."),
    ),
    "encryption-unavailable": Cause(
        Severity.ERROR,
        message("{host} offers no encryption on any port that answers"),
        message("On every port that answers, your password would be readable on the way."),
        message("Ask your provider for a server with encryption. Send no password until then."),
    ),
    "starttls-not-offered": Cause(
        Severity.ERROR,
        message("Port {port} of {host} does not offer STARTTLS"),
        message(
            "STARTTLS is set, but the server does not list it. "
            "Something on the way may have removed it."
        ),
        message("Ask your provider for a port with encryption. Send no password on this one."),
    ),
    "starttls-refused": Cause(
        Severity.ERROR,
        message("{host} offers STARTTLS on port {port}, then refuses it"),
        message("The server announced STARTTLS, but did not start it when asked."),
        message("Tell your provider. Only the provider can repair this port."),
    ),
    "starttls-stripped": Cause(
        Severity.ERROR,
        message("Something removes the encryption from port {port} of {host}"),
        message(
            "The reply of the server was overwritten. Firewalls and antivirus programs do that."
        ),
        message("Ask whoever runs your firewall or antivirus program to leave mail alone."),
    ),
    "starttls-stripped:missing": Cause(
        Severity.ERROR,
        message("Something seems to remove the encryption from port {port} of {host}"),
        message("STARTTLS is missing here, although other evidence says that the server has it."),
        message("Ask whoever runs your firewall or antivirus program to leave mail alone."),
    ),
    "starttls-injection": Cause(
        Severity.ERROR,
        message("Foreign data arrived on port {port} before encryption started"),
        message(
            "It came behind the go-ahead for STARTTLS. Someone on the way may have put it there."
        ),
        message("Do not use this connection. Try another network and tell your provider."),
    ),
    "preauth-before-tls": Cause(
        Severity.ERROR,
        message("{host} says that you are signed in before encryption starts"),
        message("Such a greeting keeps STARTTLS from starting. Attackers use it to read mail."),
        message("Do not use this connection. Try another network and tell your provider."),
    ),
    "submission-on-port-25": Cause(
        Severity.WARNING,
        message("Port 25 is set for sending"),
        message("Port 25 is for mail between servers. Many networks block it for mail programs."),
        message("Ask your provider for port 465 with SSL/TLS or port 587 with STARTTLS."),
    ),
    "nonstandard-port": Cause(
        Severity.INFO,
        message("Port {port} is not a standard port of mail"),
        message("It works here. Providers offer such ports where the usual ones are blocked."),
        message("Nothing needs to change."),
    ),
    "nonstandard-port:standard": Cause(
        Severity.INFO,
        message("Port {port} is not a standard port of mail"),
        message("It works here. Providers offer such ports where the usual ones are blocked."),
        message("You may keep it. The standard port {better} was reached as well."),
    ),
    "weaker-than-available": Cause(
        Severity.INFO,
        message("SSL/TLS is available too"),
        message(
            "Port {better} encrypts from the first byte. "
            "Required STARTTLS protects your mail as well."
        ),
        message("Use port {better} with SSL/TLS, which RFC 8314 prefers."),
    ),
    "weaker-than-available:plain": Cause(
        Severity.INFO,
        message("Encryption is available on port {better}"),
        message("Encryption is set to None, so everyone on the way can read your mail."),
        message("Use port {better} with encryption."),
    ),
    "wrong-protocol": Cause(
        Severity.ERROR,
        message("Port {port} of {host} speaks {spoken}, not {protocol}"),
        message("This is a mail server, but for another task."),
        message("Check the Server and Port boxes."),
    ),
    "wrong-protocol:sends": Cause(
        Severity.ERROR,
        message("Port {port} of {host} speaks {spoken}, not {protocol}"),
        message("This server is for sending, but it stands in the box for incoming mail."),
        message("Enter the server for receiving here."),
    ),
    "wrong-protocol:receives": Cause(
        Severity.ERROR,
        message("Port {port} of {host} speaks {spoken}, not {protocol}"),
        message("This server is for receiving, but it stands in the box for outgoing mail."),
        message("Enter the server for sending here."),
    ),
    "not-a-mail-server": Cause(
        Severity.ERROR,
        message("No mail server answers on port {port} of {host}"),
        message("What answers fits no mail protocol. Its first bytes stand in the evidence."),
        message("Check the Server and Port boxes."),
    ),
    "not-a-mail-server:http": Cause(
        Severity.ERROR,
        message("A web server answers on port {port} of {host}"),
        message("It speaks HTTP, the language of web pages."),
        message("Check the Server and Port boxes."),
    ),
    "not-a-mail-server:ssh": Cause(
        Severity.ERROR,
        message("A server for remote work answers on port {port} of {host}"),
        message("It speaks SSH, not {protocol}."),
        message("Check the Server and Port boxes."),
    ),
    "not-a-mail-server:ftp": Cause(
        Severity.ERROR,
        message("A file server answers on port {port} of {host}"),
        message("It speaks FTP, not {protocol}."),
        message("Check the Server and Port boxes."),
    ),
}

USE_IMPLICIT = message("Use port {better} with SSL/TLS.")
USE_IMPLICIT_OR_STARTTLS = message(
    "Use port {better} with SSL/TLS. Port {port} with STARTTLS is equally valid."
)
USE_STARTTLS = message("Use port {better} with STARTTLS.")
"""Remedies where another port of the same server was proven."""
