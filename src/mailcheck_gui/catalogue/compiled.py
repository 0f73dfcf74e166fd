"""The whole catalogue as one text that is quick to read (docs/adr/0010).

`tools/check_catalogue.py --write` makes it from the provider files, and `--check` compares the two:
what ships was read by the schema, so it is not checked once more here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from mailcheck_gui.model.account import AuthMethod, Protocol, Security
from mailcheck_gui.model.finding import PreparationStep, Provider, ProviderRemark, ProviderServer

_NAMES = (
    "domains",
    "domain_patterns",
    "mx_patterns",
    "ns_patterns",
    "host_patterns",
    "common_domains",
    "neighbours",
    "web_hosts",
)


def compile_providers(providers: tuple[Provider, ...]) -> str:
    """Return the providers as JSON, one a line, so that a change shows as one line."""
    lines = (json.dumps(asdict(provider), ensure_ascii=False) for provider in providers)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def read_compiled(text: str) -> tuple[Provider, ...]:
    """Return what `compile_providers` has written. Raises ValueError or KeyError on anything else.

    Every field is required: what an older version wrote must be compiled anew.
    """
    return tuple(_provider(row) for row in json.loads(text))


def _provider(row: Mapping[str, Any]) -> Provider:
    return Provider(
        id=row["id"],
        name=row["name"],
        servers=tuple(_server(each) for each in row["servers"]),
        username_forms=tuple((Protocol(name), form) for name, form in row["username_forms"]),
        retired_hosts=tuple((old, today) for old, today in row["retired_hosts"]),
        preparation=tuple(PreparationStep(**each) for each in row["preparation"]),
        unsupported=row["unsupported"],
        limits=tuple(ProviderRemark(**each) for each in row["limits"]),
        conflicts=tuple(ProviderRemark(**each) for each in row["conflicts"]),
        **{key: tuple(row[key]) for key in _NAMES},
    )


def _server(row: Mapping[str, Any]) -> ProviderServer:
    return ProviderServer(
        Protocol(row["protocol"]),
        row["host"],
        row["port"],
        Security(row["security"]),
        tuple(AuthMethod(name) for name in row["auth"]),
        row["source"],
        row["date"],
        row["disputed"],
    )
