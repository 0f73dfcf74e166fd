"""The contract of `find --json`, version 1, as a check that knows nothing of the code.

`broken_find_rules(document)` returns what is wrong, one text a fault.
"""

from __future__ import annotations

from report_contract import PROOF, ROLE, each, fits, nullable, one_of, record, server, text

SOURCE = ("catalogue", "autoconfig", "ispdb", "srv", "autodiscover", "pacc", "mx", "guess")
TRUST = ("secure", "unverified")
STATE = ("asking", "found", "nothing", "unusable", "no-answer", "not-asked")

origin = {"source": one_of(*SOURCE), "trust": one_of(*TRUST)}
candidate = record(
    {
        "incoming": nullable(server),
        "outgoing": nullable(server),
        **origin,
        "proof": record({side: nullable(one_of(*PROOF)) for side in ROLE}),
        "url": text,
        "date": text,
        "outgoing_from": record({**origin, "url": text, "date": text}),
    },
    optional=frozenset({"outgoing_from"}),
)
found = record(
    {
        "version": one_of(1),
        "email": text,
        "candidates": each(candidate),
        "preparation": each(record({"text": text, "url": text, "source": text, "date": text})),
        "tried": each(
            record(
                {
                    "source": one_of(*SOURCE),
                    "outcome": text,
                    "state": one_of(*STATE),
                    "asked": text,
                    "ms": nullable(fits((int, float))),
                }
            )
        ),
        "suggestions": each(record({"incoming": nullable(server), "outgoing": nullable(server)})),
    },
    optional=frozenset({"suggestions"}),
)


def broken_find_rules(document: object) -> list[str]:
    """Return what breaks the contract, empty where all is well."""
    return list(found(document, "find"))
