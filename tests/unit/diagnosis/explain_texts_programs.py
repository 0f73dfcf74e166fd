"""What mail programs say, word for word, with the causes that may come first. None: no cause."""

from __future__ import annotations

TEXTS: tuple[tuple[str, str], ...] = (
    # -- Outlook (classic) ------------------------------------------------------------------
    ("0x800CCC0D", "name-not-found host-typo host-retired name-lookup-failed"),
    ("800ccc0e", "port-closed port-silent port-blocked-by-network host-unreachable"),
    ("-2146644978", "port-closed port-silent port-blocked-by-network host-unreachable"),
    ("Error number: 0x800CCC0F", "connection-dropped connection-reset starttls-on-tls-port"),
    ("0x800ccc19", "port-silent server-silent starttls-on-tls-port"),
    ("Outlook Fehler 0x800CCC1A", "tls-on-starttls-port starttls-on-tls-port tls-too-old"),
    ("0x800CCC7D", "starttls-not-offered"),
    ("Fehlercode 0x800CCC7C", "sign-in-needs-encryption plaintext-password"),
    ("0x800CCC7F", "starttls-refused"),
    ("0x800CCC80", "sign-in-method-unsupported sign-in-needs-encryption oauth-required"),
    ("0x800CCC18", "sign-in-method-unsupported"),
    ("0x800CCC92", "sign-in-failed"),
    ("0x800CCC0B", "mailbox-in-use"),
    ("0x800CCC6C", "mailbox-full sending-rate-limited"),
    ("0x800CCC6D", "message-size-limit mailbox-full"),
    ("0x800CCC6E", "sender-refused"),
    ("0x800CCC6F", "relay-denied address-blocklisted"),
    ("0x800CCC6B", "relay-denied"),
    ("0x800CCC67", "server-busy server-refuses-client sending-rate-limited sign-in-rate-limited"),
    ("0x800CCC68", "greylisted"),
    ("0x800CCC01", "certificate-name-mismatch"),
    ("0x800CCC02", "certificate-expired clock-wrong"),
    ("0x800CCCD5", "wrong-protocol protocol-port-mismatch"),
    ("0x800CCCDF", "sign-in-method-unsupported sign-in-needs-encryption"),
    ("0x800CCCD1", "sign-in-failed"),
    ("0x80042108", "port-closed port-silent host-unreachable name-not-found"),
    ("0x80042109", "port-blocked-by-network port-silent port-closed sign-in-required-to-send"),
    ("0x8004210A", "port-silent server-silent"),
    ("0x8004011D", None),
    ("0x80040119", None),
    (
        "Task 'info@example.com - Sending' reported error (0x800CCC1A) : 'Your server does not "
        "support the connection encryption type you have specified. Try changing the encryption "
        "method. Contact your mail server administrator or Internet service provider (ISP) for "
        "additional assistance.'",
        "tls-on-starttls-port starttls-on-tls-port tls-too-old",
    ),
    (
        "Task 'anna@firma.de - Receiving' reported error (0x800CCC0E) : 'Outlook cannot connect to "
        "your incoming (POP3) e-mail server. If you continue to receive this message, contact your "
        "server administrator or Internet service provider (ISP).'",
        "port-closed port-silent host-unreachable name-not-found port-blocked-by-network",
    ),
    (
        "Task 'mail.example.net - Sending' reported error (0x80042109) : 'Outlook cannot connect to"
        " your outgoing (SMTP) e-mail server. If you continue to receive this message, contact "
        "your server administrator or Internet service provider (ISP).'",
        "port-blocked-by-network port-silent port-closed",
    ),
    (
        "Task 'SMTP server name - Sending and Receiving' reported error (0x8004210B): 'The "
        "operation timed out waiting for a response from the sending (SMTP) server. If you "
        "continue to receive this message, contact your server administrator or Internet service "
        "provider (ISP). The server responded: 550 5.1.0 <> sender rejected AUP#O-1580'",
        "address-blocklisted",
    ),
    (
        "Cannot send the message. Verify the e-mail address in your account properties. The server "
        "responded: 550 5.1.0 Authentication Required. Account: 'mail.bigpond.com', Server: "
        "'mail.bigpond.com', Protocol: SMTP, Server Response: '550 5.1.0 Authentication Required',"
        " Port: 25, Secure(SSL): No, Server Error: 550, Error Number: 0x800CCC78",
        "sign-in-required-to-send",
    ),
    (
        "The message could not be sent because one of the recipients was rejected by the server. "
        "The rejected e-mail address was 'x@y.com'. Subject 'test', Account: 'mail.foo.com', "
        "Server: 'mail.foo.com', Protocol: SMTP, Server Response: '550-The mail server could not "
        "deliver mail to x@y.com. The account or domain may not exist, they may be blacklisted, or "
        "missing the proper dns entries.', Port: 25, Secure(SSL): No, Server Error: 550, Error "
        "Number: 0x800CCC79",
        "sign-in-required-to-send relay-denied address-blocklisted",
    ),
    (
        "The server you are connected to is using a security certificate that cannot be verified. "
        "The target principal name is incorrect. Do you want to continue using this server?",
        "certificate-name-mismatch",
    ),
    (
        "The server you are connected to is using a security certificate that cannot be verified. "
        "A certificate chain processed, but terminated in a root certificate which is not trusted "
        "by the trust provider.",
        "certificate-untrusted tls-intercepted certificate-self-signed",
    ),
    (
        "A required certificate is not within its validity period when verifying against the "
        "current system clock or the timestamp in the signed file.",
        "certificate-expired clock-wrong",
    ),
    (
        "Your e-mail server rejected your login. Verify your user name and password for this "
        "account in Account Settings. The server responded: -ERR Logon failure: unknown user name "
        "or bad password.",
        "sign-in-failed username-rejected",
    ),
    (
        "Log onto incoming mail server (POP3): Your e-mail server rejected your login. Verify your "
        "user name and password in your account properties. Under Tools, click E-mail accounts. "
        "The server responded: -ERR [AUTH] Username and password not accepted.",
        "sign-in-failed",
    ),
    (
        "None of the authentication methods supported by this client are supported by your server.",
        "sign-in-method-unsupported sign-in-needs-encryption",
    ),
    (
        "Ihr Server unterstützt den von Ihnen angegebenen Verbindungsverschlüsselungstyp nicht. "
        "Wechseln Sie die Verschlüsselungsmethode. Wenden Sie sich an den Administrator.",
        "tls-on-starttls-port starttls-on-tls-port tls-too-old",
    ),
    (
        "Fehler (0x80042109) beim Ausführen der Aufgabe \"anna@example.de\": \"Von Outlook kann keine"
        " Verbindung mit dem Postausgangsserver (SMTP) hergestellt werden. Wenn Sie diese Meldung "
        "weiterhin erhalten, wenden Sie sich an den Serveradministrator.\"",
        "port-blocked-by-network port-silent port-closed",
    ),
    (
        "Fehler (0x800CCC0E) beim Ausführen der Aufgabe 'x - Nachrichten werden empfangen': "
        "'Outlook kann keine Verbindung mit dem Posteingangsserver (POP3) herstellen.'",
        "port-closed port-silent host-unreachable name-not-found port-blocked-by-network",
    ),
    (
        "Anmelden am Posteingangsserver (POP3): Ihr E-Mail-Server hat Ihre Anmeldung "
        "zurückgewiesen. Überprüfen Sie Benutzername und Kennwort.",
        "sign-in-failed",
    ),
    (
        "Die Verbindung mit dem Server wurde unterbrochen. Wenden Sie sich an den "
        "Serveradministrator oder Internetdienstanbieter. (0x800CCC0F)",
        "connection-dropped connection-reset starttls-on-tls-port",
    ),
    (
        "Der Server, mit dem Sie verbunden sind, verwendet ein Sicherheitszertifikat, das nicht "
        "überprüft werden kann. Der Zielprinzipalname ist falsch. Möchten Sie diesen Server "
        "weiterhin verwenden?",
        "certificate-name-mismatch",
    ),
    (
        "Your IMAP server closed the connection. This can occur if you leave the connection idle "
        "for too long. Protocol: IMAP Server: mail.example.com Port: 993 Error Code: 0x800CCCDD",
        "server-busy connection-dropped server-refuses-client sign-in-rate-limited",
    ),
    (
        "Something went wrong. We couldn't connect to the incoming (IMAP) server. Please check the "
        "incoming (IMAP) server settings and try again.",
        "port-closed port-silent host-unreachable name-not-found sign-in-failed",
    ),
    (
        "Ihr SMTP-Server unterstützt keine mit SSL gesicherten Verbindungen. Wenn SSL-gesicherte "
        "Verbindungen bisher funktionierten",
        "starttls-not-offered",
    ),
    (
        "Your outgoing (SMTP) server does not support SSL-secured connections. If SSL-secured "
        "connections have worked in the past, contact your server administrator.",
        "starttls-not-offered",
    ),
    (
        "Unable to find the e-mail server. Verify the server information in your account "
        "properties.",
        "name-not-found host-typo",
    ),
    # -- Thunderbird ------------------------------------------------------------------------
    (
        "Sending of the message failed. An error occurred while sending mail: Outgoing server "
        "(SMTP) smtp.exmaple.com is unknown. The server may be incorrectly configured. Please "
        "verify that your outgoing server (SMTP) settings are correct and try again.",
        "name-not-found host-typo host-retired",
    ),
    (
        "Sending of the message failed. The message could not be sent because connecting to "
        "Outgoing server (SMTP) smtp.example.com failed. The server may be unavailable or is "
        "refusing SMTP connections. Please verify that your Outgoing server (SMTP) settings are "
        "correct and try again.",
        "port-closed port-silent port-blocked-by-network host-unreachable server-refuses-client",
    ),
    (
        "Sending of the message failed. The message could not be sent because the connection to "
        "Outgoing server (SMTP) smtp.example.com timed out. Try again.",
        "port-silent server-silent starttls-on-tls-port port-blocked-by-network",
    ),
    (
        "The message could not be sent because the connection to Outgoing server (SMTP) "
        "smtp.gmx.net was lost in the middle of the transaction. Try again.",
        "connection-dropped connection-reset",
    ),
    (
        "Unable to establish a secure link with Outgoing server (SMTP) mail.example.com using "
        "STARTTLS since it doesn't advertise that feature. Switch off STARTTLS for that server or "
        "contact your service provider.",
        "starttls-not-offered",
    ),
    (
        "An error occurred while sending mail. The mail server responded:  5.7.1 "
        "<anna@example.org>: Relay access denied. Please check the message recipient "
        "\"anna@example.org\" and try again.",
        "relay-denied sign-in-required-to-send",
    ),
    (
        "An error occurred while sending mail. The mail server responded:  Requested action not "
        "taken: mailbox unavailable invalid DNS MX or A/AAAA resource record. Please verify that "
        "your email address is correct in your account settings and try again.",
        "sender-refused",
    ),
    (
        "Login to server imap.example.com with username anna@example.com failed.",
        "sign-in-failed",
    ),
    (
        "The IMAP server mail.example.com does not allow plaintext passwords. Please try changing "
        "to 'Encrypted password' as the 'Authentication method' in the 'Account Settings | Server "
        "settings'.",
        "sign-in-needs-encryption sign-in-method-unsupported",
    ),
    (
        "The IMAP Server imap.aol.com does not support the selected authentication method. Please "
        "change the 'Authentication method' in the 'Account Settings | Server Settings'.",
        "sign-in-method-unsupported oauth-required",
    ),
    (
        "Unable to connect to your IMAP server. You may have exceeded the maximum number of "
        "connections to this server. If so, use the Advanced IMAP Server Settings Dialog to reduce "
        "the number of cached connections.",
        "sign-in-rate-limited server-busy connection-dropped",
    ),
    (
        "Mail server mail.example.com is not an IMAP4 mail server.",
        "wrong-protocol protocol-port-mismatch",
    ),
    (
        "Could not connect to mail server imap.example.com; the connection was refused.",
        "port-closed",
    ),
    ("Connection to server imap.one.com timed out.", "port-silent server-silent"),
    (
        "Server imap.strato.de has disconnected. The server may have gone down or there may be a "
        "network problem.",
        "connection-dropped connection-reset",
    ),
    (
        "Failed to connect to server mail.example.com.",
        "name-not-found port-closed port-silent host-unreachable",
    ),
    (
        "The certificate for imap.gmail.com:993 does not come from a trusted source.",
        "certificate-untrusted tls-intercepted certificate-self-signed",
    ),
    ("Peer's Certificate has expired", "certificate-expired clock-wrong"),
    (
        "Secure connection to mail.example.com failed: Peer using unsupported version of security "
        "protocol. Error code: SSL_ERROR_UNSUPPORTED_VERSION",
        "tls-too-old",
    ),
    (
        "Sending of password for user anna did not succeed. Mail server pop.example.com responded:"
        " [AUTH] Authentication failed.",
        "sign-in-failed",
    ),
    (
        "Senden der Nachricht fehlgeschlagen. Die Nachricht konnte nicht gesendet werden, weil die "
        "Verbindung mit dem Postausgang-Server (SMTP) smtp.example.de fehlgeschlagen ist. Entweder "
        "ist der Server nicht verfügbar oder er lehnt SMTP-Verbindungen ab.",
        "port-closed port-silent port-blocked-by-network host-unreachable server-refuses-client",
    ),
    (
        "Fehler beim Senden der Nachricht: Der Postausgang-Server (SMTP) smtp.example.de ist "
        "unbekannt. Möglicherweise ist der Server falsch konfiguriert.",
        "name-not-found host-typo host-retired",
    ),
    (
        "Anmeldung auf Server imap.web.de mit Benutzername anna fehlgeschlagen.",
        "sign-in-failed protocol-disabled username-incomplete",
    ),
    (
        "Die Zeitüberschreitung bei der Verbindung zum Server pop.example.de wurde erreicht.",
        "port-silent server-silent",
    ),
    (
        "Thunderbird konnte keine Einstellungen für Ihr E-Mail-Konto finden.",
        "name-not-found provider-needs-preparation name-lookup-failed",
    ),
    (
        "Configuration could not be verified. If your username and password are correct, it's "
        "likely that the server administrator has disabled the selected configuration for your "
        "account. Try selecting another protocol.",
        "protocol-disabled",
    ),
    (
        "Unable to log in at server. Probably wrong configuration, username or password.",
        "sign-in-failed",
    ),
    # -- Apple Mail -------------------------------------------------------------------------
    (
        "Cannot Get Mail. The mail server “imap.gmail.com” is not responding. Verify that you have "
        "entered the correct account info in Mail settings.",
        "port-silent port-closed host-unreachable server-silent sign-in-failed",
    ),
    ("Unable to verify account name or password.", "sign-in-failed"),
    (
        "The user name or password for “imap.example.com” is incorrect.",
        "sign-in-failed",
    ),
    (
        "Cannot Verify Server Identity. The identity of “mail.example.com” cannot be verified by "
        "Mail. Review the certificate details to continue.",
        "certificate-name-mismatch certificate-untrusted",
    ),
    (
        "Mail can't verify the identity of the server “imap.example.org”. The certificate for this "
        "server is invalid. You might be connecting to a server that is pretending to be "
        "“imap.example.org”, which could put your confidential information at risk.",
        "certificate-name-mismatch certificate-untrusted",
    ),
    (
        "The server “mail.example.com” cannot be contacted on port 993.",
        "port-closed port-silent port-blocked-by-network host-unreachable",
    ),
    (
        "Cannot Connect Using SSL. Do you want to try setting up the account without SSL?",
        "tls-on-starttls-port starttls-on-tls-port tls-handshake-failed",
    ),
    (
        "Cannot send message using the server smtp.example.com:anna. The server did not respond.",
        "port-blocked-by-network port-silent port-closed server-silent",
    ),
    (
        "A copy has been placed in your Outbox. The recipient “bob@example.com” was rejected by the "
        "server because it does not allow relaying.",
        "relay-denied sign-in-required-to-send",
    ),
    (
        "The sender address “anna@example.com” was rejected by the server smtp.icloud.com.",
        "sender-refused",
    ),
    (
        "Der Accountname oder das Passwort konnte nicht überprüft werden.",
        "sign-in-failed",
    ),
    (
        "Die Identität von „mail.example.de“ kann von Mail nicht überprüft werden.",
        "certificate-name-mismatch certificate-untrusted",
    ),
    (
        "E-Mails können nicht empfangen werden. Die Verbindung zum Server ist fehlgeschlagen.",
        "port-closed port-silent host-unreachable",
    ),
    (
        "Could not connect to this SMTP server. Check your network connection and that you entered "
        "the correct information in the Account preferences. Also verify that the server supports "
        "SSL. If it doesn't, deselect the \"Use SSL\" checkbox in Server Settings preferences.",
        "tls-on-starttls-port starttls-on-tls-port port-closed port-silent port-blocked-by-network",
    ),
    (
        "The operation couldn’t be completed. (NSPOSIXErrorDomain error 61 - Connection refused)",
        "port-closed",
    ),
    ("CFNetwork SSLHandshake failed (-9836)", "tls-too-old"),
    ("The network connection was lost. NSURLErrorDomain -1005", "connection-dropped"),
    # -- other programs ---------------------------------------------------------------------
    (
        "Couldn't reach server. Please double-check the server and port number.",
        "port-closed port-silent name-not-found host-unreachable",
    ),
    (
        "Authentication failed. Please check your username/password. [Server response: 535 5.7.8 "
        "Error: authentication failed: UGFzc3dvcmQ6 code(535) ]",
        "sign-in-failed",
    ),
    (
        "We are having trouble authenticating with your other mail service. Please try changing "
        "your SSL settings. If you continue to experience difficulties, please contact your other "
        "email provider for further instructions.",
        "tls-on-starttls-port starttls-on-tls-port",
    ),
    (
        "TLS Negotiation failed, the certificate doesn't match the host., code: 0",
        "certificate-name-mismatch",
    ),
    (
        "Server denied POP3 access for the given username and password.",
        "sign-in-failed protocol-disabled",
    ),
    ("Missing +OK response upon connecting to the server.", "wrong-protocol server-silent"),
    ("Authentication error", "sign-in-failed"),
    ("Cannot connect to server. (Trust anchor for certification path not found.)",
     "certificate-chain-incomplete certificate-untrusted certificate-self-signed"),
    ("Setup could not finish. Username or password is incorrect. (AUTHENTICATE failed.)",
     "sign-in-failed oauth-required"),
    ("Network error", "port-closed port-silent offline host-unreachable"),
    ("Missing server capability: STARTTLS", "starttls-not-offered"),
    ("StartTLS is not available.", "starttls-not-offered tls-on-starttls-port"),
    (
        "A Gmail application-specific password is required.",
        "app-password-required",
    ),
    (
        "The Outlook server said you must sign in via a web browser.",
        "browser-sign-in-required",
    ),
    (
        "Your SMTP server does not support basic username / password authentication",
        "oauth-required sign-in-method-unsupported",
    ),
    (
        "The SMTP server would not relay a message. You may need to authenticate",
        "relay-denied sign-in-required-to-send",
    ),
    ("SMTP Error (535): Authentication failed", "sign-in-failed"),
    ("SMTP Error (250): Authentication failed", "sign-in-failed"),
    ("Connection to storage server failed.", "port-closed port-silent host-unreachable"),
    ("SMTP Error (-1): Connection to server failed", "port-closed port-silent port-blocked-by-network"),
    ("An existing connection was forcibly closed by the remote host. Socket Error: 10054, Error "
     "Number: 0x800CCC0F", "connection-reset connection-dropped"),
    ("Socket Error: 10061, Error Number: 0x800CCC0E", "port-closed"),
    ("Socket Error: 10060, Error Number: 0x800CCC0E", "port-silent port-blocked-by-network"),
    ("Unable to connect to the server. Account: 'x', Server: 'smtp.x.com', Protocol: SMTP, Port: "
     "25, Secure(SSL): No, Socket Error: 10013, Error Number: 0x800CCC0E", "port-blocked-by-computer"),
    (
        "Outlook is unable to connect to your outgoing (SMTP) e-mail server. If you continue to "
        "receive this message, contact your server administrator or Internet service provider "
        "(ISP). The server responded: 530 Must issue a STARTTLS command first",
        "sign-in-needs-encryption",
    ),
    ("my printer is out of paper", "-"),
    ("hello", "-"),
)  # fmt: skip
