"""Whatever stands in the fields of the form, or in a refusal, is taken in or named."""

from __future__ import annotations

import ipaddress
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.model.account import AccountDraft, AuthMethod, Protocol, Security, ServerDraft

PROVIDERS = load_providers()
PARTS = [
    *("smtp://", "https://", "imap.gmail.com", "mail.", ".example", "example.com", "@", ":", "/"),
    *("465", "99999", "-1", "0", " ", "\u00a0", "\u200b", "\u202e", ",", ";", "..", "xn--", "ß"),
    *("[", "]", "::1", "192.0.2.1", "%", "\\", "\x00", "\n", "a" * 70, "ü", "。", "user:pass@"),
]
typed_text = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from(PARTS), max_size=8).map("".join)
)
side = st.builds(
    ServerDraft,
    st.sampled_from(list(Protocol)),
    typed_text,
    st.one_of(
        st.just(""), st.sampled_from(["465", "0", "70000", "٤٦٥", "1e3", " 25 "]), typed_text
    ),
    st.one_of(st.none(), st.sampled_from(list(Security))),
    st.one_of(st.none(), st.sampled_from(list(AuthMethod))),
    typed_text,
)
A_LABELS = re.compile(
    r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*"
)


def is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@given(st.builds(AccountDraft, typed_text, side, st.one_of(st.none(), side), st.booleans()))
def test_what_is_used_is_well_formed(draft: AccountDraft) -> None:
    intake = take_in(draft, PROVIDERS)
    sides = intake.account.sides() if intake.account is not None else ()
    for _, server in sides:
        assert 1 <= server.port <= 65535
        assert is_address(server.ascii_host) or A_LABELS.fullmatch(server.ascii_host)
        assert len(server.ascii_host) <= 253
        assert not any(ord(c) < 0x20 or ord(c) == 0x7F for c in server.username + server.host)
    given_sides = [s for s in (draft.incoming, draft.outgoing) if s is not None]
    assert len(sides) == len(given_sides) or intake.refusals


@given(st.builds(AccountDraft, typed_text, side))
def test_what_was_cleaned_needs_no_more_cleaning(draft: AccountDraft) -> None:
    intake = take_in(draft, PROVIDERS)
    server = intake.account.incoming if intake.account else None
    if server is None:
        return
    again = take_in(
        AccountDraft(
            intake.account.email if intake.account else "",
            ServerDraft(
                server.protocol,
                server.host,
                str(server.port),
                server.security,
                server.auth,
                server.username,
            ),
        ),
        PROVIDERS,
    )
    assert again.account is not None
    assert again.account.incoming == server


HOST_SHAPES = ["a." * 20000, "." * 40000, "http://" * 6000, "@" * 40000, "a:" * 20000, "[" * 40000]


@pytest.mark.parametrize("text", HOST_SHAPES)
@pytest.mark.timeout(20)
def test_very_long_values_are_read_without_backtracking(text: str) -> None:
    """A quadratic pattern needs minutes for these; the time-out is there to catch only that."""
    intake = take_in(AccountDraft(text, ServerDraft(Protocol.IMAP, text, text)), PROVIDERS)
    assert intake.refusals
