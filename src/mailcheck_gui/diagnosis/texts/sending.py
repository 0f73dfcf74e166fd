"""Words for what stops a message after the sign-in."""

from __future__ import annotations

from mailcheck_gui.diagnosis.texts.cause import Cause
from mailcheck_gui.model.finding import Severity, message

SENDING: dict[str, Cause] = {
    "sign-in-required-to-send": Cause(
        Severity.ERROR,
        message("{host} sends only after a sign-in"),
        message("Without user name and password the server takes no message from you."),
        message('Set Sign-in to "Normal password" and enter the user name and password.'),
    ),
    "sign-in-required-to-send:signed-in": Cause(
        Severity.ERROR,
        message("{host} wants another sign-in before it sends"),
        message("The sign-in was accepted, and still the server asks for one."),
        message("Ask your provider which server and user name are for sending."),
    ),
    "sender-refused": Cause(
        Severity.ERROR,
        message("{host} does not send for {email}"),
        message("The sign-in was accepted, but not this address as the sender."),
        message(
            "Use the outgoing server that belongs to this address. "
            "Or let your provider add the address to your account."
        ),
    ),
    "sender-refused:no-sign-in": Cause(
        Severity.ERROR,
        message("{host} does not send for {email}"),
        message("The server does not take this address as the sender without a sign-in."),
        message("Use the outgoing server that belongs to this address, with a sign-in."),
    ),
    "relay-denied": Cause(
        Severity.ERROR,
        message("{host} does not pass on your messages"),
        message("The server refused {email} as the recipient of a message from you."),
        message("Enter the outgoing server of the provider of your address, with a sign-in."),
    ),
    "message-size-limit": Cause(
        Severity.INFO,
        message("Messages of up to {megabytes} MB"),
        message("{host} states this limit. Attachments grow by a third on their way."),
        message("Send larger files as a link."),
    ),
    "greylisted": Cause(
        Severity.WARNING,
        message("{host} puts you off for some minutes"),
        message("The server does that with senders that it sees for the first time."),
        message("Wait some minutes. For sending, use port 465 or 587 with a sign-in."),
    ),
    "sending-rate-limited": Cause(
        Severity.WARNING,
        message("{host} limits how much you may send"),
        message("The server says that too much came from this account or address lately."),
        message("Wait an hour, and let fewer programs and devices send at once."),
    ),
    "address-blocklisted": Cause(
        Severity.ERROR,
        message("Your internet address is on a blocklist"),
        message("{host} names it as the reason. The list is often about the whole connection."),
        message(
            "Use port 465 or 587 with a sign-in. "
            "Where that is set already, restart the router or ask your internet provider."
        ),
    ),
    "address-blocklisted:listed": Cause(
        Severity.ERROR,
        message("Your internet address is on the blocklist {list}"),
        message("{host} names it as the reason. The list is often about the whole connection."),
        message(
            "Use port 465 or 587 with a sign-in. "
            "Where that is set already, restart the router or ask your internet provider."
        ),
    ),
    "helo-refused": Cause(
        Severity.WARNING,
        message("{host} does not like how programs introduce themselves"),
        message("Mailcheck gave the address of this computer, as the standard allows."),
        message(
            "If your mail program meets the same answer, give this computer a plain name. "
            "Letters, digits and hyphens are fine."
        ),
    ),
    "mailbox-full": Cause(
        Severity.ERROR,
        message("The mailbox is full"),
        message("{host} says so. A full mailbox can also stop sending."),
        message("Delete messages on your provider's web page, and empty the trash there."),
    ),
}
