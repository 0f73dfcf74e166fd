"""The command line's parser: argparse, with refusals in this program's words.

argparse's own sentences blame ("invalid choice") and repeat values, of which one could be a
password. Here is the one place that turns them into ours.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from mailcheck_gui.cli.console import write_out
from mailcheck_gui.cli.exit_status import ExitStatus
from mailcheck_gui.model.pasted_address import without_pasted_secrets

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_CHOICE = re.compile(r"invalid choice: (?P<value>.+?)(?:, maybe you| \(choose from)")
_RIVAL = re.compile(r"not allowed with argument (?P<rival>\S+)")


class Parser(argparse.ArgumentParser):
    """A parser that takes whole option names only and ends with status 2 at a refusal.

    Half a name, such as `--password`, would otherwise stand for `--password-stdin`, and the
    password behind it would be taken for something else.
    """

    def __init__(self, **arguments: object) -> None:
        super().__init__(allow_abbrev=False, exit_on_error=False, **arguments)  # type: ignore[arg-type]

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse; a refusal is said below the usage line of the command that it is about."""
        try:
            return super().parse_known_args(args, namespace)
        except argparse.ArgumentError as error:
            self.error(refusal(error))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Write help or version. Raises `Unusable` where standard output takes nothing.

        argparse passes over that, and the program would end as if it had answered.
        """
        if file is sys.stdout:
            write_out(message)
        else:
            super()._print_message(message, file)

    def error(self, message: str) -> NoReturn:
        """Write the usage and one sentence on standard error, and end with status 2."""
        self.print_usage(sys.stderr)
        self.exit(ExitStatus.UNUSABLE, f"{self.prog}: {message}\n")


def refusal(error: argparse.ArgumentError) -> str:
    """Return the sentence for what argparse refused. Of the values only a command is repeated."""
    name = error.argument_name or "The command line"
    if isinstance(error.__context__, argparse.ArgumentTypeError):
        return f"{name}: {error.__context__}"
    if choice := _CHOICE.match(error.message):
        return (
            f"There is no command {without_pasted_secrets(choice['value'])}. See mailcheck --help."
        )
    if rival := _RIVAL.match(error.message):
        return f"{name} and {rival['rival']} exclude each other."
    if error.message.startswith("expected"):
        return f"{name} needs a value behind it."
    if error.message.startswith("ignored explicit argument"):
        return f"{name} takes no value."
    return f"{name} cannot stand here in this way."
