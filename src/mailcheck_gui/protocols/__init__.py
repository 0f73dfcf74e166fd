"""SMTP, IMAP and POP3 without sockets: bytes in, events out."""
