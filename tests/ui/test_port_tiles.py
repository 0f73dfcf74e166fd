"""What the tiles of the port map are made of."""

from __future__ import annotations

from dataclasses import replace

import pytest
import window_reports as sample
from PySide6.QtWidgets import QApplication

from mailcheck_gui.model.account import Protocol, Security
from mailcheck_gui.model.observation import HandshakeOutcome
from mailcheck_gui.ui.port_tile import mark_words, spoken_tile, tile_details
from mailcheck_gui.ui.port_tiles import (
    Mark,
    TileState,
    in_map_order,
    known_tile,
    one_tile_a_port,
    report_tiles,
    tile_state,
)

SMTP = Protocol.SMTP


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ("tls", TileState.TLS),
        ("starttls", TileState.STARTTLS),
        ("plain", TileState.UNENCRYPTED),
        ("closed", TileState.CLOSED),
        ("silent", TileState.NO_ANSWER),
        ("denied", TileState.BLOCKED),
    ],
)
def test_each_observation_has_its_state(what: str, state: TileState) -> None:
    assert tile_state(sample.seen(SMTP, sample.SMTP_HOST, 587, what)) is state


def test_the_best_address_of_a_port_counts() -> None:
    dead = sample.seen(SMTP, sample.SMTP_HOST, 465, "silent")
    alive = replace(sample.seen(SMTP, sample.SMTP_HOST, 465, "tls"), address="2001:db8::25")
    assert known_tile([dead, alive]).state is TileState.TLS


def test_yours_matches_or_differs() -> None:
    fits = sample.seen(SMTP, sample.SMTP_HOST, 587, "starttls", configured=Security.STARTTLS)
    differs = sample.seen(SMTP, sample.SMTP_HOST, 587, "starttls", configured=Security.NONE)
    mute = sample.seen(SMTP, sample.SMTP_HOST, 587, "silent", configured=Security.NONE)
    assert known_tile([fits]).mark is Mark.YOURS
    assert known_tile([differs]).mark is Mark.YOURS_DIFFERS
    assert known_tile([mute]).mark is Mark.YOURS


def test_a_blocked_port_is_told_by_its_finding() -> None:
    seen = sample.seen(SMTP, sample.SMTP_HOST, 25, "silent")
    endpoints = (*(e for e in sample.ENDPOINTS if e.endpoint.port != 25), seen)
    report = replace(
        sample.problem(), observations=replace(sample.OBSERVATIONS, endpoints=endpoints)
    )
    states = {tile.port: tile.state for tile in report_tiles(report)}
    assert states[25] is TileState.BLOCKED


def test_a_candidate_of_another_name_is_not_on_the_map() -> None:
    guess = replace(sample.seen(SMTP, "mail.example.net", 465, "tls"), candidate=True)
    report = replace(
        sample.problem(),
        observations=replace(sample.OBSERVATIONS, endpoints=(*sample.ENDPOINTS, guess)),
    )
    assert {tile.endpoint.host for tile in report_tiles(report)} == {
        sample.SMTP_HOST,
        sample.IMAP_HOST,
    }


def test_the_other_protocols_port_has_one_tile_that_names_the_mismatch(
    themed: QApplication,
) -> None:
    host = sample.IMAP_HOST
    yours = sample.seen(Protocol.IMAP, host, 995, "tls", configured=Security.IMPLICIT_TLS)
    neighbour = sample.seen(Protocol.POP3, host, 995, "tls")
    (tile,) = one_tile_a_port([known_tile([yours]), known_tile([neighbour])])
    assert tile.endpoint.protocol is Protocol.POP3
    assert mark_words(tile) == "Yours: IMAP"
    assert spoken_tile(tile) == "Port 995, SSL/TLS, yours, set to IMAP, does not match"


def test_tiles_stand_outgoing_first_and_by_number() -> None:
    tiles = in_map_order(known_tile([seen]) for seen in sample.ENDPOINTS)
    assert [tile.port for tile in tiles] == [25, 465, 587, 2525, 143, 993, 110, 995]


def test_a_certificate_that_is_not_accepted_is_said(themed: QApplication) -> None:
    seen = sample.seen(SMTP, sample.SMTP_HOST, 465, "tls")
    talk = seen.conversations[0]
    assert talk.tls is not None
    unverified = replace(talk.tls, outcome=HandshakeOutcome.UNVERIFIED)
    tile = known_tile([replace(seen, conversations=(replace(talk, tls=unverified),))])
    assert spoken_tile(tile) == "Port 465, SSL/TLS, certificate not accepted"


def test_details_name_greeting_and_certificate(themed: QApplication) -> None:
    tile = known_tile([sample.seen(SMTP, sample.SMTP_HOST, 465, "tls")])
    assert tile_details(tile).splitlines() == [
        "smtp.example.com:465",
        "220 smtp.example.com ESMTP Postfix",
        "Certificate for smtp.example.com",
    ]
