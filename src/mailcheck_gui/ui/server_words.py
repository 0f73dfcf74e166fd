"""A server in words, as the form names it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mailcheck_gui.model.account import Field, Role, Server
from mailcheck_gui.reporting.wording import FIELDS, PROTOCOLS, field_values, side_name
from mailcheck_gui.ui.translation import translate_message, translate_template

SIDE_ICONS = {Role.INCOMING: "inbox", Role.OUTGOING: "send", Role.ACCOUNT: "monitor"}
"""The icon of each side of an account."""


def side_text(role: Role) -> str:
    """Return the name of a side: "Incoming mail"."""
    return translate_message(side_name(role))


def side_with_protocol(role: Role, server: Server) -> str:
    """Return the name of a side with its protocol: "Incoming mail (IMAP)"."""
    template = QCoreApplication.translate("server_words", "{side} ({protocol})")
    return template.format(side=side_text(role), protocol=PROTOCOLS[server.protocol])


def field_text(field: Field) -> str:
    """Return the name of a field: "Encryption"."""
    return translate_message(FIELDS[field])


def value_texts(server: Server) -> dict[Field, str]:
    """Return the values of a server as the form shows them, in the form's order."""
    return field_values(server, translate_template)


def endpoint_text(server: Server) -> str:
    """Return where a server is: "imap.example.com, port 993, SSL/TLS"."""
    values = value_texts(server)
    template = QCoreApplication.translate("server_words", "{host}, port {port}, {encryption}")
    return template.format(
        host=values[Field.HOST], port=values[Field.PORT], encryption=values[Field.SECURITY]
    )
