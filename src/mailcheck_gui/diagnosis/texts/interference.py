"""Words for filters, bans, proxies and lines that interfere."""

from __future__ import annotations

from mailcheck_gui.diagnosis.texts.cause import Cause
from mailcheck_gui.model.finding import Severity, message

INTERFERENCE: dict[str, Cause] = {
    "offline:no-answer": Cause(
        Severity.ERROR,
        message("Nothing on the internet answers this computer"),
        message("Neither the mail servers nor other big servers answered, on any port."),
        message("Check the network connection, a VPN and the firewall, then check again."),
    ),
    "captive-portal": Cause(
        Severity.ERROR,
        message("This network wants you to sign in first"),
        message("Every port answers alike, in place of the mail servers. Hotel networks do this."),
        message("Open a web page in your browser, sign in to the network, and check again."),
    ),
    "name-redirected": Cause(
        Severity.ERROR,
        message("The name {host} leads to {address}, which is no server of the internet"),
        message("The name service of your network gives a private address for a public name."),
        message("Look for an ad blocker, a VPN or a DNS filter, and exempt {host} there."),
    ),
    "name-redirected:nowhere": Cause(
        Severity.ERROR,
        message("The name {host} leads to {address}, which is this computer itself"),
        message("Filters give this address to names that they block."),
        message("Look for an ad blocker, a VPN or a DNS filter, and exempt {host} there."),
    ),
    "transparent-proxy": Cause(
        Severity.ERROR,
        message("Something on the way answers port {port} in place of the mail servers"),
        message("Even an address that belongs to no computer answers on port {port} from here."),
        message("Ask your internet provider, or exempt mail in your antivirus program."),
    ),
    "transparent-proxy:alike": Cause(
        Severity.ERROR,
        message("Something on the way answers port {port} in place of the mail servers"),
        message("Unrelated servers greet with the very same words on port {port} from here."),
        message("Ask your internet provider, or exempt mail in your antivirus program."),
    ),
    "port-blocked-by-network": Cause(
        Severity.ERROR,
        message("Your network blocks port {port}"),
        message("Other big servers do not answer on this port from here either. Other ports work."),
        message("Ask your internet provider to open port {port}, or use another port."),
    ),
    "port-blocked-by-network:router": Cause(
        Severity.ERROR,
        message("Your network blocks port {port}"),
        message(
            "The router {router} forbids it. Other big servers cannot be reached on it either."
        ),
        message("Ask whoever runs that router to open port {port}, or use another port."),
    ),
    "port-blocked-by-server": Cause(
        Severity.ERROR,
        message("{host} does not take connections on port {port} from here"),
        message("Other servers answer on this port, and this one answers on other ports."),
        message("Ask your provider which port is the right one."),
    ),
    "address-banned": Cause(
        Severity.ERROR,
        message("{host} answers on its web port, but on no mail port"),
        message(
            "Servers bar an internet line like this after too many attempts. "
            "Or no mail server stands behind this name."
        ),
        message(
            "Stop other devices that keep trying and wait an hour. "
            "Then ask your provider to lift the bar."
        ),
    ),
    "host-unreachable:so-far": Cause(
        Severity.ERROR,
        message("{host} has not answered on any mail port so far"),
        message("Mailcheck waited {seconds} seconds. A late answer was still possible."),
        message("Check again and let the check run to its end."),
    ),
    "host-unreachable:others-answer": Cause(
        Severity.ERROR,
        message("{host} does not answer on any mail port"),
        message("Other servers answer from here. So the fault is at this server or near it."),
        message("Check the server name. If it is right, ask your provider whether it is down."),
    ),
    "connection-throttled": Cause(
        Severity.WARNING,
        message("The line to {host} on port {port} is very slow"),
        message("The encryption took {seconds} seconds, far longer than the connection itself."),
        message("Try without a VPN, or another network. It may slow mail down on purpose."),
    ),
    "connection-throttled:port": Cause(
        Severity.WARNING,
        message("Port {port} of {host} is far slower than its other ports"),
        message("The encryption took {seconds} seconds here, and a moment on port {other}."),
        message("Try without a VPN, or another network. It may slow mail down on purpose."),
    ),
    "connection-throttled:stalled": Cause(
        Severity.WARNING,
        message("The line to {host} on port {port} stalls once larger packets cross it"),
        message("Short replies arrive, and then the start of encryption hangs."),
        message("Try without a VPN, or another network. Its packet size (MTU) may be set too big."),
    ),
    "server-busy": Cause(
        Severity.WARNING,
        message("{host} is too busy for a connection on port {port}"),
        message("The server says so in its greeting. The evidence quotes it."),
        message("Wait some minutes. Let fewer devices use this mailbox at once."),
    ),
    "server-busy:maintenance": Cause(
        Severity.WARNING,
        message("{host} is being worked on"),
        message("The server says so in its greeting. The evidence quotes it."),
        message("Wait and check again later. No setting needs to change."),
    ),
    "ipv6-broken:so-far": Cause(
        Severity.WARNING,
        message("By IPv6 {host} has not answered so far"),
        message("By IPv4 it answers. The check ended before IPv6 could be judged."),
        message("Check again and let the check run to its end."),
    ),
    "ipv4-broken:so-far": Cause(
        Severity.WARNING,
        message("By IPv4 {host} has not answered so far"),
        message("By IPv6 it answers. The check ended before IPv4 could be judged."),
        message("Check again and let the check run to its end."),
    ),
}
