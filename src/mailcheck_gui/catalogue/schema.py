"""The format of a provider file (docs/adr/0010): what it may say, and what each fact needs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mailcheck_gui.catalogue.table import CatalogueError, Table
from mailcheck_gui.model.account import AuthMethod, Protocol, Security
from mailcheck_gui.model.finding import PreparationStep, Provider, ProviderRemark, ProviderServer

USERNAME_FORMS = ("full", "local", "given")
"""The whole address, the part before the @, or a name that the provider hands out."""

PREPARATION_KINDS = ("app-password", "mail-password", "protocol-switch", "smtp-switch")
"""What is refused until a step is done: the account's password, or a protocol as a whole."""


def parse_provider(file: str, text: str) -> Provider:
    """Return the provider that a TOML file describes.

    Args:
        file: The file's name, for messages.
        text: Its content.

    Raises:
        CatalogueError: where the content is no TOML, or a key is missing, unknown or wrong.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(file, "(file)", str(error)) from error
    table = Table(file, "", content)
    provider = Provider(
        id=table.text("id"),
        name=table.text("name"),
        domains=table.texts("domains"),
        servers=tuple(s for item in table.tables("server") for s in _servers(item)),
        domain_patterns=table.texts("domain_patterns"),
        mx_patterns=table.texts("mx_patterns"),
        ns_patterns=table.texts("ns_patterns"),
        host_patterns=table.texts("host_patterns"),
        common_domains=table.texts("common_domains"),
        neighbours=table.texts("neighbours"),
        username_forms=_username_forms(table),
        retired_hosts=tuple(_retired(item) for item in table.tables("retired")),
        web_hosts=table.texts("web_hosts"),
        preparation=tuple(_preparation(item) for item in table.tables("preparation")),
        unsupported=_unsupported(table),
        limits=tuple(_remark(item) for item in table.tables("limit")),
        conflicts=tuple(_remark(item) for item in table.tables("conflict")),
    )
    _finish_sourced(table.table("names"))
    table.finish()
    return provider


def parse_providers(folder: Path) -> tuple[Provider, ...]:
    """Return what the provider files of a folder say, in the order of their names.

    Raises:
        CatalogueError: names the file and the key that is not as it should be.
    """
    return tuple(
        parse_provider(path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))
    )


def _servers(table: Table) -> Iterator[ProviderServer]:
    """Yield one server, or one for each of `hosts` where they differ only in the name."""
    hosts = table.texts("hosts") or (table.text("host"),)
    first = ProviderServer(
        protocol=Protocol(table.one_of("protocol", tuple(Protocol))),
        host=hosts[0],
        port=table.number("port"),
        security=Security(table.one_of("security", tuple(Security))),
        auth=_auth(table),
        source=table.text("source"),
        date=table.date(),
        disputed=table.text("disputed") if table.has("disputed") else "",
    )
    table.finish()
    yield from (replace(first, host=host) for host in hosts)


def _auth(table: Table) -> tuple[AuthMethod, ...]:
    names = table.texts("auth")
    unknown = [name for name in names if name not in tuple(AuthMethod)]
    if unknown or not names:
        raise table.error("auth", f"is none of {', '.join(AuthMethod)}")
    return tuple(AuthMethod(name) for name in names)


def _username_forms(table: Table) -> tuple[tuple[Protocol, str], ...]:
    if not table.has("usernames"):
        return ()
    forms = table.table("usernames")
    pairs = tuple(
        (protocol, forms.one_of(protocol, USERNAME_FORMS))
        for protocol in Protocol
        if forms.has(protocol)
    )
    _finish_sourced(forms)
    return pairs


def _retired(table: Table) -> tuple[str, str]:
    pair = (table.text("host"), table.text("today"))
    _finish_sourced(table)
    return pair


def _preparation(table: Table) -> PreparationStep:
    step = PreparationStep(
        text=table.text("text"),
        url=table.text("url", ""),
        source=table.text("source"),
        date=table.date(),
        kind=table.one_of("kind", PREPARATION_KINDS) if table.has("kind") else "",
    )
    table.finish()
    return step


def _remark(table: Table) -> ProviderRemark:
    remark = ProviderRemark(
        text=table.text("text"),
        source=table.text("source"),
        date=table.date(),
        since=table.date("since", ""),
    )
    table.finish()
    return remark


def _unsupported(table: Table) -> str:
    if not table.has("unsupported"):
        return ""
    unsupported = table.table("unsupported")
    reason = unsupported.text("text")
    _finish_sourced(unsupported)
    return reason


def _finish_sourced(table: Table) -> None:
    """Check what the model does not keep: a fact without source and date is no fact."""
    table.text("source")
    table.date()
    table.finish()
