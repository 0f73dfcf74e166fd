"""Built-in practice mail servers and the Network that leads to them.

`PracticeServers` runs inside an event loop, `PracticeRunner` in a thread of its own; both serve
`PracticeNetwork`. What a server does is declared by `ServerBehaviour`. Real sockets, real TLS,
loopback only.
"""

from mailcheck_gui.practice.accounts import PRACTICE_HOSTS, PracticeAccount, practice_accounts
from mailcheck_gui.practice.authority import CertificateKind
from mailcheck_gui.practice.behaviour import (
    Fault,
    Foreign,
    Mailbox,
    Misstep,
    ServerBehaviour,
    StartTls,
)
from mailcheck_gui.practice.network import PracticeNetwork, practice_network
from mailcheck_gui.practice.runner import PracticeRunner
from mailcheck_gui.practice.servers import Door, PracticeHost, PracticeServers, Script
from mailcheck_gui.practice.wire import Heard, HungUp, Wire

__all__ = [
    "PRACTICE_HOSTS",
    "CertificateKind",
    "Door",
    "Fault",
    "Foreign",
    "Heard",
    "HungUp",
    "Mailbox",
    "Misstep",
    "PracticeAccount",
    "PracticeHost",
    "PracticeNetwork",
    "PracticeRunner",
    "PracticeServers",
    "Script",
    "ServerBehaviour",
    "StartTls",
    "Wire",
    "practice_accounts",
    "practice_network",
]
