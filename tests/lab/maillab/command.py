"""The lab by hand: `python tests/lab setup | up | exec | nft | delay | log | down`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

from maillab.availability import why_not
from maillab.handle import Lab, LabError, up
from maillab.packages import SetupError, set_up
from maillab.places import cache_folder


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    options = _parser().parse_args(arguments)
    reason = why_not()
    if reason:
        return _fail(reason)
    try:
        return int(options.run(options) or 0)
    except (LabError, SetupError) as error:
        return _fail(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python tests/lab", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("setup", help="fetch and unpack the servers").set_defaults(run=_setup)
    commands.add_parser("up", help="start the lab and leave it running").set_defaults(run=_up)
    commands.add_parser("down", help="end it").set_defaults(run=_down)
    execute = commands.add_parser("exec", help="run a command on the person's computer")
    execute.add_argument("--in", dest="namespace", default="client",
                         choices=("client", "router", "servers"))  # fmt: skip
    execute.add_argument("words", nargs=argparse.REMAINDER)
    execute.set_defaults(run=_exec)
    rules = commands.add_parser("nft", help="add rules on the router; none takes them away")
    rules.add_argument("rules", nargs="?", default="")
    rules.set_defaults(run=lambda options: _running().nft(options.rules))
    delay = commands.add_parser("delay", help="replace the wire's profile")
    delay.add_argument("profile", type=json.loads)
    delay.set_defaults(run=lambda options: _running().delay(options.profile))
    log = commands.add_parser("log", help="print a server's log")
    log.add_argument("name")
    log.set_defaults(run=_log)
    return parser


def _setup(_: argparse.Namespace) -> None:
    _say("unpacked" if set_up() else "nothing to do", f"in {cache_folder()}")


def _up(_: argparse.Namespace) -> None:
    set_up()
    if _state().exists():
        raise LabError("A lab is up already: take it down first.")
    begin = time.monotonic()
    lab = up(stay=True)
    _state().write_text(str(lab.pid), "utf-8")
    _say(f"up in {time.monotonic() - begin:.1f} s")


def _down(_: argparse.Namespace) -> None:
    lab = _running()
    lab.down()
    _state().unlink()


def _exec(options: argparse.Namespace) -> None:
    lab = _running()
    words = options.words[1:] if options.words[:1] == ["--"] else options.words
    command = lab.command(words, options.namespace)
    os.execvpe(command[0], command, {**os.environ, **lab.environment()})


def _log(options: argparse.Namespace) -> None:
    lab = _running()
    for path in (f"logs/{options.name}.log", f"{options.name}/log"):
        if lab.inside(path).is_file():
            sys.stdout.write(lab.inside(path).read_text("utf-8", "replace"))


def _state() -> Path:
    return cache_folder() / "running.pid"


def _running() -> Lab:
    """Return the lab that `up` left running. Raises LabError where there is none."""
    try:
        lab = Lab(int(_state().read_text("utf-8")))
        alive = lab.inside("wire.pid").exists()
    except FileNotFoundError:
        raise LabError("No lab is up.") from None
    if not alive:
        _state().unlink()
        raise LabError("No lab is up.")
    return lab


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")


def _fail(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1
