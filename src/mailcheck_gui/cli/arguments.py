"""The command line of `mailcheck`, as the contract has it."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field

from mailcheck_gui import __version__
from mailcheck_gui.cli.languages import ENGLISH, known_language
from mailcheck_gui.cli.parser import Parser
from mailcheck_gui.cli.server_argument import ServerArgument, parse_server
from mailcheck_gui.model.account import AuthMethod
from mailcheck_gui.model.quoting import visible_text

_LONGEST_RUN = 3600.0
_SERVER = "HOST[:PORT][/SEC]"


@dataclass
class Arguments(argparse.Namespace):
    """The parsed command line; `command` is empty where none was given."""

    command: str | None = None
    lang: str = ENGLISH
    self_test: bool = False
    remove_data: bool = False
    yes: bool = False
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
    no_third_parties: bool = False
    timeout: float | None = None
    json: bool = False
    address: str | None = None
    offline: bool = False
    port: int | None = None
    name: str | None = None
    text: list[str] = field(default_factory=list)


def parse_arguments(argv: list[str]) -> Arguments:
    """Return the parsed command line. Ends the program with status 2, or 0 for help."""
    parser = _parser()
    arguments = Arguments()
    _, unknown = parser.parse_known_args(argv, arguments)
    if unknown:
        parser.error(_unknown(unknown))
    if arguments.controls and arguments.no_third_parties:
        parser.error("--controls and --no-third-parties exclude each other.")
    if arguments.command is None and not (arguments.self_test or arguments.remove_data):
        parser.error("A command is missing: check, find, send-test, explain, ports or practice.")
    return arguments


def _unknown(words: list[str]) -> str:
    options = [word.partition("=")[0] for word in words if word.startswith("-")]
    if any(option.lstrip("-").startswith(("pass", "pw", "token")) for option in options):
        return "A password is never an argument. Use --password-stdin."
    if options:
        return f"There is no option {visible_text(options[0], 40)}."
    return "There is more on the command line than this command takes."


def _parser() -> Parser:
    parser = Parser(
        prog="mailcheck",
        description="Check mail settings, and learn which one is wrong and what works instead.",
    )
    parser.add_argument("--version", action="version", version=f"mailcheck {__version__}")
    parser.add_argument(
        "--self-test", action="store_true", help="check this installation on practice servers"
    )
    parser.add_argument(
        "--remove-data", action="store_true", help="remove saved accounts, passwords, preferences"
    )
    parser.add_argument("--yes", action="store_true", help="remove them without asking")
    _add_language(parser, ENGLISH)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    _add_check(commands.add_parser("check", help="check an account's servers"))
    _add_send_test(commands.add_parser("send-test", help="send yourself a message, and remove it"))
    _add_find(commands.add_parser("find", help="find the settings of an e-mail address"))
    _add_explain(commands.add_parser("explain", help="what an error message means"))
    ports = commands.add_parser("ports", help="what each mail port is for")
    ports.add_argument("port", nargs="?", type=_port, metavar="N", help="one port")
    practice = commands.add_parser("practice", help="check the built-in practice accounts")
    practice.add_argument("name", nargs="?", type=_account, metavar="NAME", help="one account")
    for command in (ports, practice):
        _add_language(command, argparse.SUPPRESS)
    return parser


def _add_check(parser: Parser) -> None:
    _add_language(parser, argparse.SUPPRESS)
    _add_servers(parser.add_argument_group("servers", f"SEC is ssl, starttls or none: {_SERVER}"))
    _add_sign_in(parser.add_argument_group("sign-in"))
    _add_sources(parser.add_argument_group("where settings come from; options go before them"))
    _add_extent(parser.add_argument_group("extent and output"))


def _add_send_test(parser: Parser) -> None:
    _add_language(parser, argparse.SUPPRESS)
    _add_servers(parser.add_argument_group("servers", f"SEC is ssl, starttls or none: {_SERVER}"))
    _add_sign_in(parser.add_argument_group("sign-in"))
    _add_sources(parser.add_argument_group("where settings come from; options go before them"))
    parser.add_argument("--json", action="store_true", help="the result as one JSON object")


def _add_find(parser: Parser) -> None:
    _add_language(parser, argparse.SUPPRESS)
    parser.add_argument("address", metavar="EMAIL", help="the e-mail address")
    parser.add_argument("--offline", action="store_true", help="send nothing: the catalogue only")
    _add_third_parties(parser, "leave out Mozilla's database")
    parser.add_argument("--json", action="store_true", help="the result as one JSON object")


def _add_explain(parser: Parser) -> None:
    _add_language(parser, argparse.SUPPRESS)
    parser.add_argument(
        "text",
        nargs="*",
        metavar="TEXT",
        help="an error code, a message, a bounce or a line of a log; - reads standard input",
    )
    parser.add_argument("--json", action="store_true", help="the answer as one JSON object")


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


def _add_sources(group: argparse._ArgumentGroup) -> None:
    source = group.add_mutually_exclusive_group()
    source.add_argument("--account", type=_account, metavar="NAME", help="a saved account")
    source.add_argument("--settings", type=_file, metavar="FILE", help="a settings file")


def _add_extent(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--no-sign-in", action="store_true", help="send no password")
    group.add_argument("--no-neighbours", action="store_true", help="leave other ports alone")
    controls = group.add_mutually_exclusive_group()
    controls.add_argument(
        "--controls",
        dest="controls",
        action="store_const",
        const=True,
        help="ask other servers where a port is silent",
    )
    controls.add_argument(
        "--no-controls", dest="controls", action="store_const", const=False, help="ask nobody else"
    )
    _add_third_parties(group, "as --no-controls, and a search leaves out Mozilla's database")
    group.add_argument("--timeout", type=_seconds, metavar="S", help="of the whole run; 30")
    group.add_argument("--json", action="store_true", help="the report as one JSON object")


def _add_third_parties(group: argparse._ActionsContainer, meaning: str) -> None:
    group.add_argument("--no-third-parties", action="store_true", help=meaning)


def _add_language(parser: Parser, default: str) -> None:
    parser.add_argument(
        "--lang", type=_language, default=default, metavar="CODE", help="language of the texts"
    )


def _server(text: str) -> ServerArgument:
    try:
        return parse_server(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _auth(text: str) -> AuthMethod:
    try:
        return AuthMethod(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"It is one of {', '.join(AuthMethod)}.") from error


def _account(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("It needs the name of an account.")
    return text


def _file(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("It needs a file name.")
    return text


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_RUN:
        raise argparse.ArgumentTypeError(f"It takes seconds above 0, at most {_LONGEST_RUN:.0f}.")
    return seconds


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError("A port is a number from 1 to 65535.")
    return int(text)


def _language(text: str) -> str:
    try:
        return known_language(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
