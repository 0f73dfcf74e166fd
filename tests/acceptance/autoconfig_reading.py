"""One autoconfig file: what the product reads in it, held against the known answer."""

from __future__ import annotations

from acceptance.autoconfig_corpus import File, Row, fits
from acceptance.harness import is_unsafe, wording_faults
from mailcheck_gui.discovery.autoconfig import parse_autoconfig
from mailcheck_gui.model.account import Server


def faults(file: File) -> list[str]:
    """Where the reading of *file* differs from the known answer, with the file."""
    read = parse_autoconfig(file.data, file.email)
    rows = {"incoming": _rows(read.incoming), "outgoing": _rows(read.outgoing)}
    wanted = {"incoming": file.incoming, "outgoing": file.outgoing}
    found = [
        f"{side} {rows[side]}, not {[set(slot) for slot in wanted[side]]}"
        for side in rows
        if not fits(wanted[side], rows[side])
    ]
    found += _problem_faults(file, bool(read.problem), bool(read.notes))
    found += [fault for server in (*read.incoming, *read.outgoing) for fault in _unsafe(server)]
    found += [fault for each in (read.problem, *read.notes) if each for fault in _words(each)]
    return [f"{file.name}: {fault}\n{file.data[:1500]!r}" for fault in found]


def _rows(servers: tuple[Server, ...]) -> list[Row]:
    return [
        (str(each.protocol), each.ascii_host.lower(), each.port, str(each.security),
         str(each.auth), each.username)
        for each in servers
    ]  # fmt: skip


def _problem_faults(file: File, problem: bool, noted: bool) -> list[str]:
    if file.problem == "needed" and not problem:
        return ["no sentence says what is wrong"]
    if file.problem == "noted" and not (problem or noted):
        return ["neither a problem nor a note"]
    return ["a problem, but the file is fine"] if file.problem == "none" and problem else []


def _unsafe(server: Server) -> list[str]:
    texts = (server.host, server.ascii_host, server.username)
    wrong = [text for text in texts if any(is_unsafe(mark) or mark in "\r\n\t" for mark in text)]
    if not server.ascii_host.isascii() or not server.host:
        wrong.append(server.host)
    if str(server.security) == "none":
        wrong.append("plain text as a candidate")
    return [f"unusable: {each!r}" for each in wrong]


def _words(sentence: object) -> list[str]:
    return wording_faults(str(sentence)) if isinstance(sentence, str) else []
