"""The parts of an installation, each one tried. Touches no network but loopback.

A part that this computer does not have (a keychain, say) is no fault; a part that should be there
and does not work is. Other faces add parts of their own.
"""

from __future__ import annotations

import secrets
import ssl
import sys
import threading
import tomllib
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from mailcheck_gui.catalogue.controls import load_controls
from mailcheck_gui.catalogue.explanations import load_explanations
from mailcheck_gui.catalogue.interceptors import load_interceptors
from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.cli.check import intake_of
from mailcheck_gui.cli.interrupts import INTERRUPTS
from mailcheck_gui.cli.languages import languages, translation_to
from mailcheck_gui.cli.practice import Practice
from mailcheck_gui.diagnosis.addresses import registrable_domain
from mailcheck_gui.engine.check import run_check
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.reporting.wording import untranslated
from mailcheck_gui.storage.credentials import CredentialStore, KeychainStore, StoreState
from mailcheck_gui.storage.saved_account import KeychainEntry

LIBRARIES: Final = (
    "certifi",
    "cryptography.x509",
    "defusedxml.ElementTree",
    "dns.asyncresolver",
    "dns.rdtypes.ANY.MX",
    "dns.rdtypes.ANY.NS",
    "dns.rdtypes.ANY.TXT",
    "dns.rdtypes.IN.A",
    "dns.rdtypes.IN.AAAA",
    "dns.rdtypes.IN.SRV",
    "h11",
    "idna",
    "keyring",
    "platformdirs",
    "publicsuffixlist",
    "rich.console",
    "rich.live",
    "truststore",
)
"""Modules of others that are imported when they are first needed, in part by name."""

QT_PARTS: Final = ("mailcheck_gui.app", "mailcheck_gui.ui")

_KEYCHAIN_SECONDS: Final = 20.0
"""How long the keychain may take; a locked one waits for somebody who may not be there."""


class PartState(StrEnum):
    """How trying a part ended."""

    OK = "ok"
    NOT_AVAILABLE = "not available"
    BROKEN = "does not work"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the installation, and what trying it showed."""

    name: Message
    state: PartState
    detail: Message


class NotAvailable(Exception):
    """This computer has no such part. `sentence` says why."""

    def __init__(self, sentence: Message) -> None:
        super().__init__(sentence.english())
        self.sentence = sentence


class DoesNotWork(Exception):
    """A part is there, and not as it should be. `sentence` says what was seen."""

    def __init__(self, sentence: Message) -> None:
        super().__init__(sentence.english())
        self.sentence = sentence


def try_part(name: Message, attempt: Callable[[], Message]) -> Part:
    """Try a part. `attempt` returns what it saw; whatever it raises makes the part broken."""
    try:
        return Part(name, PartState.OK, attempt())
    except NotAvailable as reason:
        return Part(name, PartState.NOT_AVAILABLE, reason.sentence)
    except DoesNotWork as reason:
        return Part(name, PartState.BROKEN, reason.sentence)
    except Exception as error:  # noqa: BLE001 - a broken installation can raise anything
        return Part(name, PartState.BROKEN, _where(error))


def _where(error: Exception) -> Message:
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, ImportError) and error.name:
        return message("{module} is missing.", module=error.name)
    return message(
        "{kind} in {place}",
        kind=type(error).__name__,
        place=f"{frames[-1].name}, line {frames[-1].lineno}",
    )


def core_parts(practice: Practice, *, with_qt: bool) -> list[Part]:
    """Try everything that needs no window. `with_qt` loads the window's modules too."""
    left_out = () if with_qt else QT_PARTS
    return [
        try_part(message("Modules"), lambda: load_modules(left_out)),
        try_part(message("Libraries"), load_libraries),
        try_part(message("Facts"), load_facts),
        try_part(message("Translations"), load_translations),
        try_part(message("Trusted certificates"), load_trust),
        keychain_part(KeychainStore()),
        try_part(message("Practice check"), lambda: check_practice(practice)),
    ]


def load_modules(left_out: Collection[str] = ()) -> Message:
    """Import every module of the program, but those of some packages."""
    import pkgutil

    import mailcheck_gui

    count = 0
    waiting = [(mailcheck_gui.__name__, list(mailcheck_gui.__path__))]
    while waiting:
        package, places = waiting.pop()
        for found in pkgutil.iter_modules(places, f"{package}."):
            if found.name in left_out:
                continue
            module = import_module(found.name)
            count += 1
            if found.ispkg:
                waiting.append((found.name, list(module.__path__)))
    if not count:
        raise DoesNotWork(message("No module was found."))
    return message("{count} loaded", count=count)


def load_libraries() -> Message:
    """Import the modules of others that are imported late."""
    for name in LIBRARIES:
        import_module(name)
    return message("{count} loaded", count=len(LIBRARIES))


def load_facts() -> Message:
    """Read every file of facts that ships: thresholds, catalogue, texts, public suffixes."""
    read_tables(files("mailcheck_gui.resources"))
    load_thresholds()
    counts = {
        "providers": len(load_providers()),
        "controls": len(load_controls()),
        "interceptors": len(load_interceptors()),
        "errors": len(load_explanations().errors),
    }
    empty = next((name for name, count in counts.items() if not count), None)
    if empty is not None or registrable_domain("mail.example.co.uk") != "example.co.uk":
        raise DoesNotWork(message("{file} is empty.", file=empty or "publicsuffixlist"))
    return message("{providers} providers, {errors} error texts", **counts)


def read_tables(folder: Traversable) -> None:
    """Parse every TOML file of a folder and of those in it. Raises TOMLDecodeError."""
    for entry in folder.iterdir():
        if entry.is_dir():
            read_tables(entry)
        elif entry.name.endswith(".toml"):
            tomllib.loads(entry.read_text("utf-8"))


def load_translations() -> Message:
    """Read every translation that ships."""
    codes = languages()
    for code in codes:
        translation_to(code)
    return message("languages: {codes}", codes=", ".join(codes))


def load_trust() -> Message:
    """Make the context that verifies servers."""
    from mailcheck_gui.network.trust import VERIFIED_BY_SYSTEM, system_context

    context = system_context()
    if VERIFIED_BY_SYSTEM:
        return message("The operating system verifies.")
    count = context.cert_store_stats()["x509_ca"]
    folder = ssl.get_default_verify_paths().capath  # read only when a server names an authority
    if count:
        return message("{count} authorities", count=count)
    if folder:
        return message("those in the folder {folder}", folder=folder)
    raise DoesNotWork(message("No trusted certificate was found."))


def keychain_part(store: CredentialStore, seconds: float = _KEYCHAIN_SECONDS) -> Part:
    """Try the keychain in a thread of its own, which is left behind where nobody answers it."""
    name = message("Keychain")
    ended: list[Part] = []
    thread = threading.Thread(
        target=lambda: ended.append(try_part(name, lambda: try_keychain(store))), daemon=True
    )
    thread.start()
    thread.join(seconds)
    waits = message("The keychain waits for somebody to unlock it.")
    return ended[0] if ended else Part(name, PartState.NOT_AVAILABLE, waits)


_BRINGS_A_KEYCHAIN: Final = frozenset({"win32", "darwin"})
"""Systems that always have one: where it is not found, the program lacks a part."""


def try_keychain(store: CredentialStore, system: str = sys.platform) -> Message:
    """Keep a throw-away secret under a name that nobody has, read it back and forget it."""
    entry = KeychainEntry(f"mailcheck/self-test-{secrets.token_hex(8)}/incoming", "self-test")
    secret = secrets.token_urlsafe()
    written = store.write(entry, secret)
    if written.state is StoreState.NONE and system in _BRINGS_A_KEYCHAIN:
        raise DoesNotWork(message("The keychain of this system was not found."))
    if written.state in _ABSENT:
        raise NotAvailable(_ABSENT[written.state])
    try:
        if store.read(entry).secret != secret:
            raise DoesNotWork(message("The keychain does not give back what it was given."))
    finally:
        forgotten = store.delete(entry)
    if not forgotten.done or store.read(entry).secret is not None:
        raise DoesNotWork(message("The keychain does not forget what it should."))
    return message("kept, read and forgot an entry")


_ABSENT: Final = {
    StoreState.NONE: message("There is no keychain here that Mailcheck uses."),
    StoreState.LOCKED: message("The keychain is locked."),
    StoreState.BROKEN: message("The keychain does not answer as it should."),
}


def check_practice(practice: Practice) -> Message:
    """Check the first practice account, which is in order, over real sockets and real TLS."""
    report = INTERRUPTS.run(_checked(practice))
    if report.cancelled:
        raise KeyboardInterrupt
    if report.verdict is not Verdict.OK:
        raise DoesNotWork(message("It ends with {verdict} in place of ok.", verdict=report.verdict))
    return message("Everything works.")


async def _checked(practice: Practice) -> Report:
    account = practice.accounts[0]
    async with practice.open_network() as network:
        intake = intake_of(account.draft, untranslated)
        return await run_check(intake, account.credentials, network, lambda _: None)
