"""The watch over all searches can fail: each broken promise that is planted here is seen by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from find_stage import BOTH_WAYS, DOMAIN, EMAIL, FindStage, autoconfig, web
from find_watch import weak_candidates
from recording import TlsTalk
from run_watch import RunWatch

from mailcheck_gui.discovery import autoconfig_source
from mailcheck_gui.engine import find_prober
from mailcheck_gui.model.account import Security
from mailcheck_gui.model.discovery import Discovery
from mailcheck_gui.model.finding import Proof

MAIL = f"mail.{DOMAIN}"
STAGE = FindStage({MAIL: BOTH_WAYS, f"autoconfig.{DOMAIN}": {443: web(autoconfig(MAIL, MAIL))}})


def test_the_local_part_in_a_request_is_seen(
    monkeypatch: pytest.MonkeyPatch, run_watch: RunWatch
) -> None:
    monkeypatch.setattr(autoconfig_source, "_query", lambda _question: f"?emailaddress={EMAIL}")
    STAGE.find()
    assert run_watch.problems() == ["the part before the @ in a request"]
    run_watch.forget()


def test_the_local_part_in_a_look_up_is_seen(
    monkeypatch: pytest.MonkeyPatch, run_watch: RunWatch
) -> None:
    look = find_prober.Prober.resolve

    async def leaky(self: find_prober.Prober, host: str) -> object:
        return await look(self, f"annabel.{host}")

    monkeypatch.setattr(find_prober.Prober, "resolve", leaky)
    STAGE.find()
    assert "the part before the @ in a request" in run_watch.problems()
    run_watch.forget()


def test_a_sign_in_during_a_search_is_seen(run_watch: RunWatch) -> None:
    STAGE.find()
    assert run_watch.problems() == []
    (search,) = run_watch.searches.searches
    search.network.inside.append(TlsTalk(MAIL, [b"A1 LOGIN x y\r\n"]))
    assert run_watch.problems() == [f"a sign-in at {MAIL} during a search"]
    run_watch.forget()


def test_weak_candidates_are_seen() -> None:
    discovery = FindStage({MAIL: BOTH_WAYS}).find().discovery
    best = discovery.candidates[0]
    assert best.incoming is not None
    plain = replace(best, incoming=replace(best.incoming, security=Security.NONE))
    unproven = replace(best, incoming_proof=None)
    proven = replace(best, incoming_proof=Proof.HANDSHAKE)
    assert list(weak_candidates(Discovery(EMAIL, (plain,)))) == [
        f"plain text is a candidate on {MAIL}"
    ]
    assert list(weak_candidates(Discovery(EMAIL, (unproven,)))) == [
        "a guess is a candidate without proof"
    ]
    assert list(weak_candidates(Discovery(EMAIL, suggestions=(proven,)))) == [
        "a suggestion is called proven"
    ]
    assert list(weak_candidates(discovery)) == []
