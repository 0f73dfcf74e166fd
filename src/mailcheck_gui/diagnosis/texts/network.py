"""Words for names, connections and what became of them."""

from __future__ import annotations

from mailcheck_gui.diagnosis.texts.cause import Cause
from mailcheck_gui.model.finding import Severity, message

NETWORK: dict[str, Cause] = {
    "offline": Cause(
        Severity.ERROR,
        message("This computer is not connected"),
        message("There is no way from this computer to the internet. No server could be asked."),
        message("Connect to a network and check again."),
    ),
    "name-not-found": Cause(
        Severity.ERROR,
        message("There is no server called {host}"),
        message("The name service of the internet does not know this name."),
        message("Compare the Server box with the name that your provider gives."),
    ),
    "name-not-found:near": Cause(
        Severity.ERROR,
        message("There is no server called {host}"),
        message("The name service of the internet does not know this name."),
        message("Did you mean {near}? Compare it with the name that your provider gives."),
    ),
    "name-has-no-address": Cause(
        Severity.ERROR,
        message("{host} has no address on the internet"),
        message("The name is known, but no computer stands behind it."),
        message("Ask your provider for the name of the mail server."),
    ),
    "name-lookup-failed": Cause(
        Severity.ERROR,
        message("The name {host} could not be looked up"),
        message(
            "The name service of your network gave no usable answer. The mail server may be fine."
        ),
        message("Restart your router or switch off a VPN, then check again."),
    ),
    "port-closed": Cause(
        Severity.ERROR,
        message("{host} is there, but nothing listens on port {port}"),
        message("The connection was refused at once."),
        message("Ask your provider which port is the right one."),
    ),
    "port-silent": Cause(
        Severity.ERROR,
        message("No answer from {host} on port {port} within {seconds} seconds"),
        message("The server answers on other ports. Something drops what goes to this one."),
        message("Try another network, such as your phone's. That shows whose filter it is."),
    ),
    "port-silent:alone": Cause(
        Severity.ERROR,
        message("No answer from {host} on port {port} within {seconds} seconds"),
        message("Something drops what goes to this port. Whose filter it is cannot be seen."),
        message("Try another network, such as your phone's. That shows whose filter it is."),
    ),
    "port-silent:so-far": Cause(
        Severity.ERROR,
        message("No answer from {host} on port {port} so far"),
        message("Mailcheck waited {seconds} seconds. A late answer was still possible."),
        message("Check again and let the check run to its end."),
    ),
    "port-silent:router": Cause(
        Severity.ERROR,
        message("Something on the way forbids port {port} of {host}"),
        message("{router} answered in place of the server and refused to pass the connection on."),
        message("Ask your internet provider or administrator to allow port {port}."),
    ),
    "port-silent:stronger": Cause(
        Severity.INFO,
        message("Port {port} of {host} does not answer from here"),
        message("The provider documents it for SSL/TLS. Something may block it on the way."),
        message("Ask your internet provider or administrator about port {port}."),
    ),
    "port-blocked-by-computer": Cause(
        Severity.ERROR,
        message("This computer does not allow the connection to port {port}"),
        message("A firewall or antivirus program here stopped it before it left."),
        message("Allow mail connections in the firewall of this computer."),
    ),
    "host-unreachable": Cause(
        Severity.ERROR,
        message("{host} does not answer on any mail port"),
        message("The name is known, but no port of the server answers from here."),
        message("Check the server name. If it is right, ask your provider whether it is down."),
    ),
    "host-unreachable:reported": Cause(
        Severity.ERROR,
        message("{host} cannot be reached"),
        message("{router} reported that there is no way to the server."),
        message("Check the server name. If it is right, ask your provider whether it is down."),
    ),
    "host-unreachable:no-route": Cause(
        Severity.ERROR,
        message("This computer has no route to {host}"),
        message("The server has only addresses of a kind that your network does not carry."),
        message("Ask your internet provider about IPv6, or your mail provider about IPv4."),
    ),
    "connection-reset": Cause(
        Severity.ERROR,
        message("{host} closed the connection on port {port} before it said anything"),
        message(
            "Servers do this after too many attempts. Firewalls and antivirus programs do it too."
        ),
        message("Wait some minutes and check again. Stop other devices that keep trying."),
    ),
    "connection-dropped": Cause(
        Severity.ERROR,
        message("{host} ended the conversation on port {port} halfway"),
        message("The connection was there and then closed. The last line stands in the evidence."),
        message("Check again. If it stays so, send the report to your provider."),
    ),
    "connection-dropped:stalled": Cause(
        Severity.ERROR,
        message("{host} stopped answering on port {port} halfway"),
        message("The server spoke and then fell silent. Its last line stands in the evidence."),
        message("Check again. If it stays so, send the report to your provider."),
    ),
    "connection-dropped:nonsense": Cause(
        Severity.ERROR,
        message("{host} sent a reply on port {port} that does not belong to {protocol}"),
        message("Mailcheck ended the conversation there. The last line stands in the evidence."),
        message("Check again. If it stays so, send the report to your provider."),
    ),
    "server-silent": Cause(
        Severity.ERROR,
        message("{host} took the call on port {port}, but said nothing"),
        message("Neither a greeting nor an answer to SSL/TLS came."),
        message("Wait some minutes and check again. If it stays so, ask your provider."),
    ),
    "server-silent:so-far": Cause(
        Severity.ERROR,
        message("{host} took the call on port {port}, but has said nothing so far"),
        message("Neither a greeting nor an answer to SSL/TLS came. Some servers wait on purpose."),
        message("Wait some minutes and check again. If it stays so, ask your provider."),
    ),
    "greeting-slow": Cause(
        Severity.WARNING,
        message("{host} took {seconds} seconds to greet on port {port}"),
        message("Some servers wait on purpose, to put off senders of spam. Nothing is wrong."),
        message("No setting needs to change. Give your mail program a minute of patience."),
    ),
    "ipv6-broken": Cause(
        Severity.WARNING,
        message("IPv6 does not work on the way to {host}"),
        message(
            "The mail server is fine and answers by IPv4. "
            "Programs that try IPv6 first wait in vain."
        ),
        message("Tell whoever looks after your internet line. No mail setting needs to change."),
    ),
    "ipv6-broken:line": Cause(
        Severity.WARNING,
        message("IPv6 does not work on this internet line"),
        message("The mail servers are fine and answer by IPv4. Programs may start slowly."),
        message("Tell whoever looks after your internet line. No mail setting needs to change."),
    ),
    "ipv6-broken:server": Cause(
        Severity.WARNING,
        message("{host} refuses connections by IPv6"),
        message("By IPv4 the server answers. Programs that try IPv6 first may start slowly."),
        message("Tell your provider. No mail setting needs to change."),
    ),
    "ipv4-broken": Cause(
        Severity.WARNING,
        message("IPv4 does not work on the way to {host}"),
        message(
            "The mail server is fine and answers by IPv6. "
            "Programs that try IPv4 first wait in vain."
        ),
        message("Tell whoever looks after your internet line. No mail setting needs to change."),
    ),
    "ipv4-broken:line": Cause(
        Severity.WARNING,
        message("IPv4 does not work on this internet line"),
        message("The mail servers are fine and answer by IPv6. Programs may start slowly."),
        message("Tell whoever looks after your internet line. No mail setting needs to change."),
    ),
    "ipv4-broken:server": Cause(
        Severity.WARNING,
        message("{host} refuses connections by IPv4"),
        message("By IPv6 the server answers. Programs that try IPv4 first may start slowly."),
        message("Tell your provider. No mail setting needs to change."),
    ),
    "server-refuses-client": Cause(
        Severity.ERROR,
        message("{host} greets with a refusal on port {port}"),
        message(
            "The server turns this connection away before any sign-in. The evidence quotes it."
        ),
        message(
            "Wait some minutes and check again. If it stays so, send your provider the report."
        ),
    ),
    "server-refuses-client:port-25": Cause(
        Severity.ERROR,
        message("{host} greets with a refusal on port 25"),
        message("Port 25 is for mail between servers, and this one refuses your internet line."),
        message("Use port 465 with SSL/TLS or port 587 with STARTTLS, and sign in there."),
    ),
}
