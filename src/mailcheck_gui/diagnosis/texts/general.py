"""Each cause in words that name no server: for explanations, where none is known."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.diagnosis.texts.table import CAUSES
from mailcheck_gui.model.finding import Message, message

TITLES: dict[str, Message] = {
    "host-cleaned": message("The server name holds more than the name"),
    "host-invalid": message("What stands in the Server box is not the name of a server"),
    "port-invalid": message("What stands in the Port box is not a port"),
    "host-is-web-address": message("The server name is the address of a web page"),
    "host-typo": message("The server name is mistyped"),
    "host-retired": message("The server name is out of use"),
    "host-is-mx": message("The server takes mail from other servers, not from mail programs"),
    "protocol-port-mismatch": message("IMAP is set on a port of POP3, or the reverse"),
    "username-incomplete": message("The provider wants another form of the user name"),
    "provider-needs-preparation": message("The provider wants a preparation first"),
    "provider-unsupported": message("The provider has no servers for mail programs"),
    "tls-on-starttls-port": message("SSL/TLS is set on a port that begins with STARTTLS"),
    "tls-on-plaintext-port": message("SSL/TLS is set on a port without encryption"),
    "starttls-on-tls-port": message("STARTTLS is set on a port that begins with SSL/TLS"),
    "plaintext-on-tls-port": message("No encryption is set on a port that begins with SSL/TLS"),
    "encryption-unavailable": message("The server offers no encryption"),
    "starttls-not-offered": message("This port does not offer STARTTLS"),
    "starttls-refused": message("The server offers STARTTLS, then refuses it"),
    "starttls-stripped": message("Something on the way removes the encryption"),
    "starttls-injection": message("Foreign data arrived before encryption started"),
    "preauth-before-tls": message("The server says that you are signed in before encryption"),
    "nonstandard-port": message("The port is not a standard port of mail"),
    "wrong-protocol": message("A mail server for another task answers on this port"),
    "not-a-mail-server": message("No mail server answers on this port"),
    "name-not-found": message("There is no server of this name"),
    "name-has-no-address": message("The server name has no address on the internet"),
    "name-lookup-failed": message("The server name could not be looked up"),
    "name-redirected": message("Something in your network redirects the server name"),
    "port-closed": message("The server is there, but nothing listens on this port"),
    "port-silent": message("The server does not answer on this port"),
    "port-blocked-by-network": message("Your network blocks this port"),
    "port-blocked-by-computer": message("A program on this computer stops the connection"),
    "port-blocked-by-server": message("The server takes no connections on this port from here"),
    "address-banned": message("The server bars your internet line for now"),
    "host-unreachable": message("The server does not answer on any mail port"),
    "ipv6-broken": message("IPv6 does not work on the way to the server"),
    "ipv4-broken": message("IPv4 does not work on the way to the server"),
    "connection-reset": message("The server closes the connection before it says anything"),
    "connection-dropped": message("The connection ends halfway"),
    "server-silent": message("The server takes the call, but says nothing"),
    "greeting-slow": message("The server takes long to greet"),
    "connection-throttled": message("The line to the server is very slow"),
    "transparent-proxy": message("Something on the way answers in place of the mail server"),
    "server-refuses-client": message("The server greets with a refusal"),
    "server-busy": message("The server is too busy"),
    "certificate-expired": message("The certificate of the server ran out"),
    "certificate-not-yet-valid": message("The certificate of the server is not valid yet"),
    "certificate-name-mismatch": message("The certificate is for another server name"),
    "certificate-self-signed": message("The server signs its own certificate"),
    "certificate-untrusted": message("The issuer of the certificate is not known here"),
    "certificate-chain-incomplete": message("The server sends an incomplete chain of certificates"),
    "certificate-weak": message("The certificate of the server is too weak"),
    "certificate-expires-soon": message("The certificate of the server runs out soon"),
    "certificate-differs-between-addresses": message(
        "Not every address of the server shows a good certificate"
    ),
    "tls-intercepted": message("A program on the way opens the encrypted connection"),
    "private-authority": message("A private authority vouches for the server"),
    "tls-too-old": message("The server speaks only outdated encryption"),
    "tls-handshake-failed": message("Encryption did not start"),
    "client-certificate-required": message("The server wants to see a certificate of yours"),
    "oauth-required": message("The provider wants a sign-in in the browser (OAuth2)"),
    "app-password-required": message("The provider wants an app password"),
    "protocol-disabled": message("IMAP or POP3 is switched off for this account"),
    "username-rejected": message("The server does not know this user name"),
    "sign-in-method-unsupported": message("The server does not offer the chosen sign-in"),
    "sign-in-needs-encryption": message("The server lets you sign in only with encryption"),
    "sign-in-rate-limited": message("The server counts too many sign-ins or connections"),
    "browser-sign-in-required": message("The provider wants one sign-in in a browser"),
    "sign-in-temporarily-unavailable": message("The server cannot check passwords right now"),
    "sign-in-not-tested": message("The sign-in was not tested"),
    "sign-in-required-to-send": message("The server sends only after a sign-in"),
    "sender-refused": message("The server does not send for this address"),
    "relay-denied": message("The server does not pass on your messages"),
    "message-size-limit": message("The message is larger than the server takes"),
    "greylisted": message("The receiving server puts the sender off for some minutes"),
    "sending-rate-limited": message("The server limits how much you may send"),
    "helo-refused": message("The server does not like how the program introduces itself"),
}
"""Titles of the causes whose own title names a server, port or person."""

REMEDIES: dict[str, Message] = {
    "host-cleaned": message("Put only the name of the server into the Server box."),
    "port-invalid": message("Use the port that your provider gives, such as 993 or 465."),
    "host-typo": message("Compare the Server box letter by letter with your provider's page."),
    "host-retired": message("Take today's server name from your provider's help page."),
    "protocol-port-mismatch": message("IMAP goes with port 993 or 143, POP3 with 995 or 110."),
    "username-incomplete": message("Try the whole e-mail address as the user name."),
    "provider-needs-preparation": message("Look for IMAP or app passwords on the help page."),
    "provider-unsupported": message("Use the app or the web page of the provider."),
    "name-redirected": message("Look for an ad blocker, a VPN or a DNS filter."),
    "port-blocked-by-network": message(
        "Use port 465 with SSL/TLS or port 587 with STARTTLS, or try another network."
    ),
    "tls-on-starttls-port": message("Set Encryption to STARTTLS on port 587, 143 or 110."),
    "starttls-on-tls-port": message("Set Encryption to SSL/TLS on port 465, 993 or 995."),
    "plaintext-on-tls-port": message("Set Encryption to SSL/TLS on port 465, 993 or 995."),
    "weaker-than-available": message("Use port 465, 993 or 995 with SSL/TLS."),
    "tls-intercepted": message(
        "Exempt your mail program from the scanning of mail in your antivirus program."
    ),
    "protocol-disabled": message("Switch it on in the settings of your provider's web page."),
    "username-rejected": message("Try the whole e-mail address as the user name."),
}
"""What helps, for the causes whose own remedy names a server, port or person."""


@dataclass(frozen=True, slots=True)
class GeneralCause:
    """One cause without any values: what it is called, and what helps ("" where nothing does)."""

    code: str
    title: Message
    remedy: Message


def general_cause(code: str) -> GeneralCause:
    """Return the words for a finding code where no server is known. Raises KeyError."""
    cause = CAUSES[code]
    return GeneralCause(code, TITLES.get(code, cause.title), REMEDIES.get(code, cause.remedy))
