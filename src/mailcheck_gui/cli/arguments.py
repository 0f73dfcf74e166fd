"""The command line of `mailcheck`, as the contract has it."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import NoReturn

from mailcheck_gui import __version__
from mailcheck_gui.cli.exit_status import ExitStatus
from mailcheck_gui.cli.server_argument import ServerArgument, parse_server
from mailcheck_gui.model.account import AuthMethod

LANGUAGES = ("en",)
"""Languages that this version speaks."""

_LONGEST_RUN = 3600.0
_SERVER = "HOST[:PORT][/SEC]"


class _Parser(argparse.ArgumentParser):
    """A parser that takes whole option names only and never repeats a value that it refuses.

    Half a name, such as `--password`, would otherwise stand for `--password-stdin`, and the
    password behind it would be repeated in the message.
    """

    def __init__(self, **arguments: object) -> None:
        super().__init__(allow_abbrev=False, **arguments)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(ExitStatus.UNUSABLE, f"{self.prog}: {message}\n")


@dataclass
class Arguments(argparse.Namespace):
    """The parsed command line; `command` is empty where none was given."""

    command: str | None = None
    lang: str = "en"
    self_test: bool = False
    email: str | None = None
    imap: ServerArgument | None = None
    pop3: ServerArgument | None = None
    smtp: ServerArgument | None = None
    user: str | None = None
    smtp_user: str | None = None
    auth: AuthMethod | None = None
    smtp_auth: AuthMethod | None = None
    password_stdin: bool = False
    no_sign_in: bool = False
    account: str | None = None
    settings: str | None = None
    no_neighbours: bool = False
    controls: bool | None = None
    timeout: float | None = None
    json: bool = False
    port: int | None = None
    name: str | None = None


def parse_arguments(argv: list[str]) -> Arguments:
    """Return the parsed command line. Ends the program with status 2, or 0 for help."""
    parser = _parser()
    arguments, unknown = parser.parse_known_args(argv, Arguments())
    if unknown:
        parser.error(_unknown(unknown))
    if arguments.command is None and not arguments.self_test:
        parser.error("a command is missing: check, ports or practice")
    return arguments


def _unknown(words: list[str]) -> str:
    options = [word.partition("=")[0] for word in words if word.startswith("-")]
    if any(option.lstrip("-").startswith(("pass", "pw", "token")) for option in options):
        return "a password is never an argument; use --password-stdin"
    if options:
        return f"unknown option {options[0]}"
    return "there is more on the command line than this command takes"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="mailcheck",
        description="Check mail settings, and learn which one is wrong and what works instead.",
    )
    parser.add_argument("--version", action="version", version=f"mailcheck {__version__}")
    parser.add_argument(
        "--self-test", action="store_true", help="check this installation on practice servers"
    )
    parser.add_argument("--lang", type=_language, default="en", help="language of the texts: en")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    _add_check(commands.add_parser("check", help="check an account's servers"))
    ports = commands.add_parser("ports", help="what each mail port is for")
    ports.add_argument("port", nargs="?", type=_port, metavar="N", help="one port")
    practice = commands.add_parser("practice", help="check the built-in practice accounts")
    practice.add_argument("name", nargs="?", metavar="NAME", help="one account")
    for command in (ports, practice):
        _add_language(command)
    return parser


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_language(parser)
    _add_servers(parser.add_argument_group("servers", f"SEC is ssl, starttls or none: {_SERVER}"))
    _add_sign_in(parser.add_argument_group("sign-in"))
    _add_sources(parser.add_argument_group("where settings come from; options go before them"))
    _add_extent(parser.add_argument_group("extent and output"))


def _add_servers(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--email", metavar="A", help="e-mail address")
    incoming = group.add_mutually_exclusive_group()
    incoming.add_argument("--imap", type=_server, metavar=_SERVER, help="incoming server")
    incoming.add_argument("--pop3", type=_server, metavar=_SERVER, help="incoming server")
    group.add_argument("--smtp", type=_server, metavar=_SERVER, help="outgoing server")


def _add_sign_in(group: argparse._ArgumentGroup) -> None:
    methods = ", ".join(AuthMethod)
    group.add_argument("--user", metavar="U", help="user name, for both servers")
    group.add_argument("--smtp-user", metavar="U", help="another user name for sending")
    group.add_argument("--auth", type=_auth, metavar="M", help=f"one of: {methods}")
    group.add_argument("--smtp-auth", type=_auth, metavar="M", help="another one for sending")
    group.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from the first line of standard input; "
        "a second line is the one for sending",
    )
    group.add_argument("--no-sign-in", action="store_true", help="send no password")


def _add_sources(group: argparse._ArgumentGroup) -> None:
    source = group.add_mutually_exclusive_group()
    source.add_argument("--account", metavar="NAME", help="a saved account")
    source.add_argument("--settings", metavar="FILE", help="a settings file")


def _add_extent(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--no-neighbours", action="store_true", help="leave other ports alone")
    group.add_argument("--controls", action=argparse.BooleanOptionalAction, help="control probes")
    group.add_argument("--timeout", type=_seconds, metavar="S", help="of the whole run; 30")
    group.add_argument("--json", action="store_true", help="the report as one JSON object")


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", type=_language, default=argparse.SUPPRESS, help="en")


def _server(text: str) -> ServerArgument:
    try:
        return parse_server(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _auth(text: str) -> AuthMethod:
    try:
        return AuthMethod(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"one of: {', '.join(AuthMethod)}") from error


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_RUN:
        raise argparse.ArgumentTypeError(f"seconds above 0, at most {_LONGEST_RUN:.0f}")
    return seconds


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _language(text: str) -> str:
    if text not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise argparse.ArgumentTypeError(
            f"this version is not shipped in {text!r}, only in {known}"
        )
    return text
