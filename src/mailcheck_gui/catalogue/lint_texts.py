"""Sentences and links of a provider file that must not reach anyone as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailcheck_gui.model.finding import Provider

_MOST_WORDS = 20
_SENTENCE_END = re.compile(r"(?<=[.?])\s+")
_UNWANTED = re.compile(r"!|\bplease\b|http://|[{}]", re.IGNORECASE)
"""Braces would be taken for the name of a value; the rest is not how the program speaks."""


def lint_texts(provider: Provider) -> Iterator[str]:
    """Yield one sentence for each text or link that is not as it should be."""
    for text in _texts(provider):
        unwanted = _UNWANTED.search(text)
        if unwanted:
            yield f"{provider.id}: “{unwanted.group()}” has no place in “{text}”"
        if not text.endswith("."):
            yield f"{provider.id}: “{text}” is no whole sentence"
        for sentence in _SENTENCE_END.split(text):
            if len(sentence.split()) > _MOST_WORDS:
                yield f"{provider.id}: “{sentence}” has more than {_MOST_WORDS} words"
    for step in provider.preparation:
        if step.url and not step.url.startswith("https://"):
            yield f"{provider.id}: {step.url} is no https page"


def _texts(provider: Provider) -> Iterator[str]:
    yield from (step.text for step in provider.preparation)
    yield from (remark.text for remark in (*provider.limits, *provider.conflicts))
    yield from (server.disputed for server in provider.servers if server.disputed)
    if provider.unsupported:
        yield provider.unsupported
