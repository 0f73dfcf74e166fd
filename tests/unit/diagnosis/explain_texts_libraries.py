"""What operating systems and libraries say, word for word, with the causes that may come first."""

from __future__ import annotations

TEXTS: tuple[tuple[str, str], ...] = (
    ("Error: 140735:error:1408F10B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/"
     "openssl/ssl/record/ssl3_record.c:332:", "tls-on-starttls-port tls-on-plaintext-port"),
    ("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1129)", "tls-on-starttls-port"),
    ("error:0A00010B:SSL routines::wrong version number", "tls-on-starttls-port"),
    ("write EPROTO C0A7E0F701000000:error:0A00010B:SSL routines:tls_validate_record_header:wrong "
     "version number:../deps/openssl/openssl/ssl/record/methods/tlsany_meth.c:77: ESOCKET CONN",
     "tls-on-starttls-port"),
    ("tls: first record does not look like a TLS handshake", "tls-on-starttls-port"),
    ("javax.net.ssl.SSLException: Unrecognized SSL message, plaintext connection?", "tls-on-starttls-port"),
    ("javax.net.ssl.SSLException: Unsupported or unrecognized SSL message", "tls-on-starttls-port"),
    ("The handshake failed due to an unexpected packet format.", "tls-on-starttls-port"),
    ("GnuTLS: An unexpected TLS packet was received.", "tls-on-starttls-port"),
    ("SSL received a record that exceeded the maximum permissible length. SSL_ERROR_RX_RECORD_TOO_LONG",
     "tls-on-starttls-port"),
    ("received corrupt message of type InvalidContentType", "tls-on-starttls-port"),
    ("Connection: opening to ssl://smtp.gmail.com:587, timeout=300, options=array ( ) Connection: "
     "opened SMTP NOTICE: EOF caught while checking if connected Connection: closed SMTP Error: Could "
     "not authenticate. SMTP connect() failed.", "tls-on-starttls-port"),
    ("SMTP connect() failed. https://github.com/PHPMailer/PHPMailer/wiki/Troubleshooting",
     "port-blocked-by-network port-silent port-closed"),
    ("SMTP Error: Could not authenticate.", "sign-in-failed"),
    ("SMTP ERROR: Failed to connect to server: Connection timed out (110)",
     "port-silent port-blocked-by-network"),
    ("SMTP ERROR: Failed to connect to server: Connection refused (111)", "port-closed"),
    ("SMTP ERROR: Failed to connect to server: php_network_getaddresses: getaddrinfo failed: Name or "
     "service not known (0)", "name-not-found"),
    ("stream_socket_enable_crypto(): SSL operation failed with code 1. OpenSSL Error messages: "
     "error:14090086:SSL routines:ssl3_get_server_certificate:certificate verify failed",
     "certificate-untrusted certificate-chain-incomplete certificate-name-mismatch"),
    ("stream_socket_enable_crypto(): Peer certificate CN=`*.hoster.net' did not match expected "
     "CN=`mail.example.com'", "certificate-name-mismatch"),
    ("Connection could not be established with host smtp.example.com [Connection timed out #110]",
     "port-silent port-blocked-by-network"),
    ("Expected response code 220 but got an empty response",
     "server-silent starttls-on-tls-port"),
    ("Expected response code 250 but got code \"530\", with message \"530 5.7.1 Authentication "
     "required\"", "sign-in-required-to-send"),
    ("Failed to authenticate on SMTP server with username \"anna@example.com\" using 2 possible "
     "authenticators. Authenticator LOGIN returned Expected response code 235 but got code \"535\", "
     "with message \"535 5.7.8 Error: authentication failed\"", "sign-in-failed"),
    ("smtplib.SMTPAuthenticationError: (535, b'5.7.8 Username and Password not accepted. Learn more at"
     "\\n5.7.8  https://support.google.com/mail/?p=BadCredentials a1 - gsmtp')",
     "sign-in-failed app-password-required"),
    ("smtplib.SMTPServerDisconnected: Connection unexpectedly closed", "connection-dropped"),
    ("smtplib.SMTPServerDisconnected: Connection unexpectedly closed: timed out",
     "connection-dropped server-silent port-silent starttls-on-tls-port"),
    ("smtplib.SMTPNotSupportedError: STARTTLS extension not supported by server.", "starttls-not-offered"),
    ("smtplib.SMTPNotSupportedError: SMTP AUTH extension not supported by server.",
     "sign-in-method-unsupported sign-in-needs-encryption"),
    ("smtplib.SMTPSenderRefused: (530, b'5.7.0 Authentication Required. Learn more at', 'a@x.com')",
     "sign-in-required-to-send"),
    ("ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
     "Hostname mismatch, certificate is not valid for 'mail.example.com'. (_ssl.c:1129)",
     "certificate-name-mismatch"),
    ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed certificate in "
     "certificate chain (_ssl.c:1129)", "certificate-self-signed tls-intercepted certificate-untrusted"),
    ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer "
     "certificate", "certificate-chain-incomplete certificate-untrusted"),
    ("certificate verify failed: certificate has expired", "certificate-expired"),
    ("socket.gaierror: [Errno 11001] getaddrinfo failed", "name-not-found"),
    ("socket.gaierror: [Errno -3] Temporary failure in name resolution", "name-lookup-failed"),
    ("ConnectionRefusedError: [WinError 10061] No connection could be made because the target machine "
     "actively refused it", "port-closed"),
    ("TimeoutError: [WinError 10060] A connection attempt failed because the connected party did not "
     "properly respond after a period of time, or established connection failed because connected host"
     " has failed to respond", "port-silent port-blocked-by-network"),
    ("OSError: [Errno 101] Network is unreachable", "offline ipv6-broken host-unreachable"),
    ("OSError: [Errno 113] No route to host", "host-unreachable"),
    ("connect ENETUNREACH 2a00:1450:4010:c0e::6c:465 - Local (:::0)", "ipv6-broken"),
    ("Error: connect ECONNREFUSED 127.0.0.1:1025", "port-closed"),
    ("Error: connect ETIMEDOUT 203.0.113.5:465", "port-silent port-blocked-by-network"),
    ("Error: getaddrinfo ENOTFOUND smtp.exmaple.com", "name-not-found"),
    ("Error: getaddrinfo EAI_AGAIN smtp.example.com", "name-lookup-failed"),
    ("Error: Greeting never received code: 'ETIMEDOUT' command: 'CONN'",
     "server-silent starttls-on-tls-port"),
    ("Error: Invalid login: 535-5.7.8 Username and Password not accepted. code: 'EAUTH'",
     "sign-in-failed app-password-required"),
    ("Error: Hostname/IP does not match certificate's altnames: Host: mail.example.com. is not in the "
     "cert's altnames: DNS:*.hoster.net code: 'ERR_TLS_CERT_ALTNAME_INVALID'", "certificate-name-mismatch"),
    ("Error: unable to verify the first certificate code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'",
     "certificate-chain-incomplete certificate-untrusted"),
    ("Error: self-signed certificate in certificate chain code: SELF_SIGNED_CERT_IN_CHAIN",
     "certificate-self-signed tls-intercepted certificate-untrusted"),
    ("javax.mail.AuthenticationFailedException: [AUTHENTICATIONFAILED] Authentication failed.",
     "sign-in-failed"),
    ("com.sun.mail.util.MailConnectException: Couldn't connect to host, port: smtp.example.com, 25; "
     "timeout -1; nested exception is: java.net.ConnectException: Connection timed out: connect",
     "port-blocked-by-network port-silent"),
    ("javax.net.ssl.SSLHandshakeException: sun.security.validator.ValidatorException: PKIX path "
     "building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find "
     "valid certification path to requested target", "certificate-chain-incomplete certificate-untrusted"
     " certificate-self-signed tls-intercepted"),
    ("javax.net.ssl.SSLHandshakeException: No appropriate protocol (protocol is disabled or cipher "
     "suites are inappropriate)", "tls-too-old"),
    ("java.net.UnknownHostException: smtp.exmaple.com", "name-not-found"),
    ("System.Net.Mail.SmtpException: The SMTP server requires a secure connection or the client was "
     "not authenticated. The server response was: 5.7.57 Client not authenticated to send mail.",
     "sign-in-required-to-send"),
    ("System.Security.Authentication.AuthenticationException: The remote certificate is invalid "
     "according to the validation procedure: RemoteCertificateNameMismatch", "certificate-name-mismatch"),
    ("The remote certificate is invalid according to the validation procedure.",
     "certificate-untrusted certificate-name-mismatch"),
    ("The remote name could not be resolved: 'smtp.exmaple.com'", "name-not-found"),
    ("The client and server cannot communicate, because they do not possess a common algorithm",
     "tls-too-old tls-handshake-failed"),
    ("The message received was unexpected or badly formatted. SEC_E_ILLEGAL_MESSAGE 0x80090326",
     "tls-handshake-failed tls-on-starttls-port"),
    ("curl: (35) error:1408F10B:SSL routines:ssl3_get_record:wrong version number", "tls-on-starttls-port"),
    ("curl: (67) Login denied", "sign-in-failed"),
    ("curl: (6) Could not resolve host: smtp.exmaple.com", "name-not-found"),
    ("curl: (7) Failed to connect to smtp.example.com port 465 after 21012 ms: Couldn't connect to server",
     "port-closed port-silent port-blocked-by-network host-unreachable"),
    ("curl: (60) SSL certificate problem: unable to get local issuer certificate",
     "certificate-chain-incomplete certificate-untrusted"),
    ("curl: (64) STARTTLS not supported.", "starttls-not-offered"),
    ("dial tcp: lookup smtp.exmaple.com: no such host", "name-not-found"),
    ("dial tcp 203.0.113.5:587: i/o timeout", "port-silent port-blocked-by-network"),
    ("dial tcp 203.0.113.5:25: connect: connection timed out", "port-blocked-by-network port-silent"),
    ("x509: certificate signed by unknown authority",
     "certificate-untrusted certificate-self-signed certificate-chain-incomplete"),
    ("x509: certificate is valid for *.hoster.net, not mail.example.com", "certificate-name-mismatch"),
    ("x509: certificate has expired or is not yet valid: current time 2026-11-22T01:00:00Z is after "
     "2026-11-01T00:00:00Z", "certificate-expired clock-wrong"),
    ("sslv3 alert handshake failure: SSL alert number 40", "tls-handshake-failed tls-too-old"),
    ("tlsv1 alert protocol version: SSL alert number 70", "tls-too-old"),
    ("dh key too small", "tls-handshake-failed certificate-weak tls-too-old"),
    ("ee key too small", "certificate-weak"),
    ("ssl_error_no_cypher_overlap", "tls-handshake-failed tls-too-old"),
    ("unexpected eof while reading", "tls-handshake-failed connection-dropped connection-reset"),
    ("read ECONNRESET", "connection-reset connection-dropped"),
    ("An attempt was made to access a socket in a way forbidden by its access permissions 10013",
     "port-blocked-by-computer"),
    ("*** TLS startup failed (connect(): error:0A00010B:SSL routines::wrong version number)",
     "tls-on-starttls-port"),
    ("*** Host did not advertise STARTTLS", "starttls-not-offered"),
    ("the server does not support TLS via the STARTTLS command", "starttls-not-offered"),
    ("Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung verweigerte",
     "port-closed"),
    ("Der Remotename konnte nicht aufgelöst werden: 'smtp.exmaple.de'", "name-not-found"),
    ("Ein Verbindungsversuch ist fehlgeschlagen, da die Gegenstelle nach einer bestimmten Zeitspanne "
     "nicht richtig reagiert hat", "port-silent port-blocked-by-network"),
    ("ssl_do_handshake() failed (SSL: error:0A000416:SSL routines::sslv3 alert certificate unknown)",
     "certificate-untrusted certificate-name-mismatch"),
    ("issuer: CN=Avast Web/Mail Shield Root, O=Avast Web/Mail Shield", "tls-intercepted"),
    ("220 ************************************************\n250-XXXXXXXA", "starttls-stripped"),
    ("HTTP/1.1 400 Bad Request", "not-a-mail-server"),
    ("SSH-2.0-OpenSSH_9.2p1 Debian", "not-a-mail-server"),
    ("TLSV1_ALERT_CERTIFICATE_REQUIRED", "client-certificate-required"),
)  # fmt: skip
