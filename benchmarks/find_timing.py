"""Times of one search, run in the lab by `discovery.py`: prints one JSON object, in milliseconds.

The catalogue is loaded before the search, as in both faces, which ask it about what is typed.
`named` is when a source first named servers, `proven` when both sides of a candidate were, and
`settled` the end. `best` are the hosts of the best candidate.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.engine.find import run_find
from mailcheck_gui.model.discovery import CandidateFound, FindEvent
from mailcheck_gui.network.system import SystemNetwork


def main(email: str) -> None:
    """Search, and print the times."""
    load_providers()
    sys.setswitchinterval(0.0005)  # as the program sets it (`__main__`)
    told: dict[str, float] = {}
    began = time.perf_counter()

    def note(moment: str) -> None:
        told.setdefault(moment, (time.perf_counter() - began) * 1000)

    def take(event: FindEvent) -> None:
        if isinstance(event, CandidateFound):
            note("named")
            if event.candidate.incoming_proof and event.candidate.outgoing_proof:
                note("proven")

    discovery = asyncio.run(run_find(email, SystemNetwork(), take))
    note("settled")
    best = discovery.candidates[0] if discovery.candidates else None
    servers = (best.incoming, best.outgoing) if best else ()
    print(json.dumps({**told, "best": [server.host for server in servers if server]}))


if __name__ == "__main__":
    main(sys.argv[1])
