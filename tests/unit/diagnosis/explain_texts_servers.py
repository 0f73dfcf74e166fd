"""What servers and their logs say, word for word, with the causes that may come first."""

from __future__ import annotations

TEXTS: tuple[tuple[str, str], ...] = (
    # -- SMTP replies -----------------------------------------------------------------------
    ("530 5.7.0 Must issue a STARTTLS command first. a1-20020a05 - gsmtp", "sign-in-needs-encryption"),
    ("530 5.7.57 Client not authenticated to send mail. [FR2P281CA0001.DEUP281.PROD.OUTLOOK.COM]",
     "sign-in-required-to-send sign-in-needs-encryption"),
    ("5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM",
     "sign-in-required-to-send"),
    ("530 5.7.0 Authentication Required. For more information, go to https://support.google.com/"
     "mail/?p=WantAuthError x - gsmtp", "sign-in-required-to-send"),
    ("534-5.7.9 Application-specific password required. For more information, go to\n534 5.7.9  "
     "https://support.google.com/mail/?p=InvalidSecondFactor a1 - gsmtp", "app-password-required"),
    ("535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  "
     "https://support.google.com/mail/?p=BadCredentials a1 - gsmtp",
     "sign-in-failed app-password-required"),
    ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."
     " Visit https://aka.ms/smtp_auth_disabled for more information.", "smtp-sign-in-disabled"),
    ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "oauth-required"),
    ("535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "sign-in-failed"),
    ("535 5.7.3 Authentication unsuccessful [AM0PR06CA0123.eurprd06.prod.outlook.com]",
     "oauth-required sign-in-failed"),
    ("550 5.7.30 Basic authentication is not supported for Client Submission.", "oauth-required"),
    ("535 Incorrect authentication data", "sign-in-failed"),
    ("535 5.7.0 (#AUTH005) Too many bad auth attempts.",
     "sign-in-rate-limited app-password-required oauth-required"),
    ("454 4.7.0 TLS not available due to local problem", "starttls-refused"),
    ("454 4.7.0 Temporary authentication failure: Connection lost to authentication server",
     "sign-in-temporarily-unavailable"),
    ("503 AUTH command used when not advertised", "sign-in-needs-encryption"),
    ("550-Please turn on SMTP Authentication in your mail client, or login to the\n550-IMAP/POP3 "
     "server before sending your message. dsl.example.net\n550-(me) [203.0.113.9]:51234 is not "
     "permitted to relay through this\n550 server without authentication.",
     "sign-in-required-to-send relay-denied"),
    ("553 5.7.1 <a@example.com>: Sender address rejected: not owned by user b@example.com",
     "sender-refused"),
    ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", "sender-refused"),
    ("554 5.2.252 SendAsDenied; anna@example.com not allowed to send as bob@example.com;",
     "sender-refused"),
    ("550 5.7.0 From address is not one of your addresses", "sender-refused"),
    ("554 5.7.1 <bob@example.com>: Relay access denied", "relay-denied"),
    ("550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", "relay-denied"),
    ("451 5.7.64 TenantAttribution; Relay Access Denied SMTP", "relay-denied"),
    ("554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org; "
     "https://www.spamhaus.org/query/ip/203.0.113.9", "address-blocklisted"),
    ("550 5.7.606 Access denied, banned sending IP [203.0.113.9]. To request removal from this list"
     " please visit https://sender.office.com/", "address-blocklisted"),
    ("421 4.7.0 [TSS04] Messages from 203.0.113.9 temporarily deferred due to unexpected volume or "
     "user complaints", "address-blocklisted sending-rate-limited"),
    ("421 4.7.0 Too many connections", "server-busy sign-in-rate-limited sending-rate-limited"),
    ("432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "sending-rate-limited"),
    ("450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents "
     "additional messages from being delivered.", "sending-rate-limited"),
    ("451 4.7.1 Greylisting in action, please come back in 00:05:00", "greylisted"),
    ("450 4.2.0 <bob@example.com>: Recipient address rejected: Greylisted, see "
     "http://postgrey.schweikert.ch/help/example.com.html", "greylisted"),
    ("552 5.3.4 Message size exceeds fixed limit", "message-size-limit"),
    ("552-5.2.3 Your message exceeded Google's message size limits.", "message-size-limit"),
    ("452 4.2.2 The email account that you tried to reach is over quota.", "mailbox-full"),
    ("554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionQuota"
     "Exceeded", "mailbox-full"),
    ("501 Syntactically invalid HELO argument(s)", "helo-refused"),
    ("504 5.5.2 <PC_ANNA>: Helo command rejected: need fully-qualified hostname", "helo-refused"),
    ("550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown in virtual mailbox "
     "table", None),
    ("550-5.7.26 This mail has been blocked because the sender is unauthenticated. 550-5.7.26 Gmail "
     "requires all senders to authenticate with either SPF or DKIM.", "sender-refused relay-denied"),
    ("554 5.7.9 Message not accepted for policy reasons", "sender-refused address-blocklisted app-password-required"),
    ("550 5.7.1 You must check for new mail before sending mail.", "sign-in-required-to-send"),
    ("504 5.7.4 Unrecognized authentication type", "sign-in-method-unsupported"),
    ("538 5.7.11 Encryption required for requested authentication mechanism", "sign-in-needs-encryption"),
    ("554 5.5.1 Error: no valid recipients", "relay-denied sign-in-required-to-send"),
    ("554 mx.example.com ESMTP not accepting connections from dynamic addresses",
     "address-blocklisted server-refuses-client"),
    ("535 b'Error: authentication failed'", "sign-in-failed"),
    ("550 5.4.6 Unusual sending activity detected. Please try after sometime", "sending-rate-limited"),
    ("550 5.4.5 Daily user sending quota exceeded. c1-2002 - gsmtp", "sending-rate-limited"),
    ("550 User has no permission", "protocol-disabled smtp-sign-in-disabled sign-in-failed"),
    ("535", "sign-in-failed"),
    ("530", "sign-in-required-to-send sign-in-needs-encryption"),
    ("550", "sign-in-required-to-send relay-denied sender-refused"),
    # -- IMAP and POP3 ----------------------------------------------------------------------
    ("a1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
     "sign-in-failed app-password-required"),
    ("A1 NO [ALERT] Application-specific password required: https://support.google.com/accounts/"
     "answer/185833 (Failure)", "app-password-required"),
    ("NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/"
     "answer/78754 (Failure)", "browser-sign-in-required"),
    ("A1 NO AUTHENTICATE failed.", "oauth-required sign-in-failed"),
    ("A2 BAD User is authenticated but not connected.", "protocol-disabled"),
    ("NO [ALERT] Your account is not enabled for IMAP use.", "protocol-disabled"),
    ("NO [UNAVAILABLE] Temporary authentication failure.", "sign-in-temporarily-unavailable"),
    ("-ERR [SYS/TEMP] Server temporarily unavailable", "sign-in-temporarily-unavailable server-busy"),
    ("-ERR [IN-USE] Unable to lock maildrop: Mailbox is locked by POP server", "mailbox-in-use"),
    ("-ERR [LOGIN-DELAY] minimum time between mail checks violation", "sign-in-rate-limited"),
    ("* BYE Too many connections from your IP", "sign-in-rate-limited server-busy"),
    ("NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)",
     "sign-in-rate-limited server-busy"),
    ("* CAPABILITY IMAP4rev1 LITERAL+ SASL-IR LOGIN-REFERRALS ID ENABLE STARTTLS LOGINDISABLED",
     "sign-in-needs-encryption"),
    ("a1 NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.",
     "sign-in-needs-encryption"),
    ("NO [EXPIRED] Password expired", "password-expired"),
    ("NO [CONTACTADMIN] Account locked", "account-locked"),
    ("NO [OVERQUOTA] Quota exceeded", "mailbox-full"),
    ("NO [ALERT] Too many simultaneous connections. (Failure)", "sign-in-rate-limited"),
    ("-ERR [AUTH] Web login required: https://support.google.com/mail/bin/answer.py?answer=78754",
     "browser-sign-in-required"),
    ("* BYE Connection refused", "server-refuses-client server-busy port-closed"),
    ("* PREAUTH IMAP4rev1 server logged in as anna", "preauth-before-tls"),
    # -- logs -------------------------------------------------------------------------------
    ("Nov 22 01:02:03 mail postfix/smtpd[1234]: warning: unknown[203.0.113.9]: SASL LOGIN "
     "authentication failed: UGFzc3dvcmQ6", "sign-in-failed"),
    ("postfix/smtp[999]: 4F1: to=<bob@example.com>, relay=none, delay=30, status=deferred (connect "
     "to aspmx.l.google.com[142.250.27.26]:25: Connection timed out)",
     "port-blocked-by-network port-silent"),
    ("postfix/smtp[999]: 4F1: to=<bob@example.com>, relay=mail.example.com[203.0.113.5]:587, "
     "delay=1, dsn=5.7.8, status=bounced (SASL authentication failed; server mail.example.com"
     "[203.0.113.5] said: 535 5.7.8 Error: authentication failed:)", "sign-in-failed"),
    ("postfix/smtpd[77]: SSL_accept error from unknown[203.0.113.9]: -1\nwarning: TLS library "
     "problem: error:1408F10B:SSL routines:ssl3_get_record:wrong version number:ssl3_record.c:332:",
     "tls-on-starttls-port tls-on-plaintext-port starttls-on-tls-port"),
    ("postfix/smtpd[77]: lost connection after AUTH from unknown[203.0.113.9]",
     "connection-dropped sign-in-failed"),
    ("postfix/smtpd[77]: NOQUEUE: reject: RCPT from dsl[203.0.113.9]: 554 5.7.1 <bob@example.com>: "
     "Relay access denied; from=<a@example.org> to=<bob@example.com> proto=ESMTP helo=<PC>",
     "relay-denied"),
    ("postfix/smtpd[77]: improper command pipelining after CONNECT from x[203.0.113.9]: \\026\\003\\001",
     "tls-on-starttls-port tls-on-plaintext-port"),
    ("postfix/smtp[1]: warning: SASL authentication failure: No worthy mechs found",
     "sign-in-method-unsupported"),
    ("postfix/smtp: status=deferred (lost connection with mx.example.com[203.0.113.7] while "
     "receiving the initial server greeting)", "connection-reset connection-dropped"),
    ("postfix/smtp: status=deferred (conversation with mx.example.com[203.0.113.7] timed out while "
     "receiving the initial server greeting)", "server-silent starttls-on-tls-port greeting-slow"),
    ("postfix/smtp: status=deferred (Host or domain name not found. Name service error for "
     "name=smtp.exmaple.com type=A: Host not found)", "name-not-found"),
    ("dovecot: imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<anna>, "
     "method=PLAIN, rip=203.0.113.9, lip=203.0.113.1, TLS", "sign-in-failed"),
    ("dovecot: pop3-login: Disconnected (tried to use disallowed plaintext auth): user=<>, "
     "rip=203.0.113.9", "sign-in-needs-encryption"),
    ("dovecot: imap-login: Disconnected (no auth attempts in 0 secs): user=<>, rip=203.0.113.9, "
     "TLS handshaking: SSL_accept() failed: error:14094416:SSL routines:ssl3_read_bytes:sslv3 alert "
     "certificate unknown: SSL alert number 46", "certificate-untrusted certificate-name-mismatch"),
    ("dovecot: imap-login: Maximum number of connections from user+IP exceeded "
     "(mail_max_userip_connections=10): user=<anna>", "sign-in-rate-limited server-busy"),
    ("2026-11-22 01:02:03 dovecot_login authenticator failed for (PC) [203.0.113.9]:51432: 535 "
     "Incorrect authentication data (set_id=anna@example.com)", "sign-in-failed"),
    ("2026-11-22 01:02:03 H=(PC) [203.0.113.9] F=<a@example.com> rejected RCPT <b@example.org>: "
     "relay not permitted, authentication required", "relay-denied sign-in-required-to-send"),
    ("2026-11-22 SMTP protocol synchronization error (input sent without waiting for greeting): "
     "rejected connection from H=x [203.0.113.9] input=\"\\026\\003\\001\\002\"",
     "tls-on-starttls-port tls-on-plaintext-port"),
    ("2026-11-22 TLS error on connection from x [203.0.113.9] (SSL_accept): error:1417D18C:SSL "
     "routines:tls_process_client_hello:version too low", "tls-too-old"),
    ("rejected EHLO or HELO PC_ANNA: syntactically invalid argument(s): PC_ANNA", "helo-refused"),
    ("sm-mta[12]: ruleset=check_rcpt, arg1=<b@example.org>, relay=dsl [203.0.113.9], reject=550 5.7.1"
     " <b@example.org>... Relaying denied. Proper authentication required.",
     "relay-denied sign-in-required-to-send"),
    # -- bounces ----------------------------------------------------------------------------
    ("This is the mail system at host mail.example.com.\n\nI'm sorry to have to inform you that your"
     " message could not\nbe delivered to one or more recipients.\n\n<bob@example.org>: host "
     "mx.example.org[203.0.113.5] said: 554 5.7.1 Service\n    unavailable; Client host "
     "[203.0.113.9] blocked using\n    zen.spamhaus.org (in reply to RCPT TO command)",
     "address-blocklisted"),
    ("Reporting-MTA: dns; mail.example.com\nFinal-Recipient: rfc822; bob@example.org\nAction: failed"
     "\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 The recipient's mailbox is full",
     "mailbox-full"),
    ("Delivery has failed to these recipients or groups: bob@example.org. The email address you "
     "entered couldn't be found. Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; "
     "Recipient not found by SMTP address lookup'", None),
    ("Your message wasn't delivered to bob@example.org because the address couldn't be found, or is"
     " unable to receive mail. The response from the remote server was: 550 5.1.1 The email account "
     "that you tried to reach does not exist.", None),
    ("550 5.7.1 Unauthenticated email from example.com is not accepted due to domain's DMARC policy.",
     "sender-refused relay-denied"),
)  # fmt: skip
