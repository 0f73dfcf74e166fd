"""Words beside the fields of the form. Each hint is one short sentence with one button."""

from __future__ import annotations

from mailcheck_gui.model.account import Security
from mailcheck_gui.model.finding import message

DID_YOU_MEAN = message("Did you mean {near}?")
USE_VALUE = message("Use {value}")
USE_PORT = message("Use port {value}")
SWAP = message("Swap them")

USE_SECURITY = {
    Security.IMPLICIT_TLS: message("Use SSL/TLS"),
    Security.STARTTLS: message("Use STARTTLS"),
}

PORT_GOES_WITH = {
    Security.IMPLICIT_TLS: message("Port {port} normally goes with SSL/TLS."),
    Security.STARTTLS: message("Port {port} normally goes with STARTTLS."),
}
PLAIN_PASSWORD = message("Without encryption your password can be read on the way.")
PORT_BELONGS = message("Port {port} belongs to {protocol}.")
PORT_SENDS = message("Port {port} is for sending mail.")
PORT_RECEIVES = message("Port {port} is for receiving mail.")
PORT_25 = message("Port 25 is for mail between servers. Many networks block it.")
SWAPPED = message("Incoming and outgoing server seem to be swapped.")

BLANK_REMOVED = message("Blank removed from the server name.")
PORT_MOVED = message("The port has a box of its own. The server name is {host}.")
ONLY_NAME = message("Only {host} is the server name.")

WEB_PAGE = message("This is a web page, not a mail server.")
RETIRED = message("{provider} no longer uses this server.")
IS_MX = message("This server takes mail from other servers only.")

USERNAME_FULL = message("{provider} wants the whole e-mail address here.")
USERNAME_LOCAL = message("{provider} often wants only the part before the @ here.")
