"""The limits that tell slow from silent, and bound what a server may send. Versioned data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Values of `resources/thresholds.toml`. Times in seconds, sizes in bytes."""

    version: int
    run_timeout: float  # a whole run, unless asked otherwise
    resolve_timeout: float
    syn_provisional: float  # SYN unanswered: said as "no answer so far"
    syn_final: float
    mute_provisional: float  # connected, but mute: "slow or mute"
    mute_final: float
    greeting_slow: float
    throttled_connects: float  # a handshake so many connect times long ...
    throttled_extra: float  # ... and at least this long is a throttled line
    second_opening_connects: float  # silence of so many connect times ...
    second_opening_extra: float  # ... plus this, before the other opening is tried
    step_timeout: float  # one reply inside a conversation
    goodbye_timeout: float  # how long the answer to QUIT or LOGOUT is waited for
    proof_reserve: float  # of the run's time, kept for proving a suggestion
    expires_soon_days: int
    line_limit: int
    literal_limit: int
    total_limit: int  # bytes of one conversation before and inside TLS
    reply_lines_limit: int
    connections_per_host: int
    connections_per_address: int  # open at once per endpoint and address
    connections_per_address_run: int  # in one run per endpoint and address
    addresses_per_family: int
    resend_pause: float  # the same host, user and password are not sent again earlier, unasked
    issuer_timeout: float  # fetching what a server left out of its certificate chain
    issuer_limit: int  # bytes of one such answer
    clock_skew: float  # two clocks that differ by more do not agree
    web_timeout: float  # a request for settings, with all its redirects
    web_limit: int  # bytes of one such answer
    web_redirects: int
    records_timeout: float  # a question for DNS records
    find_timeout: float  # a whole search, so that it ends within 12 seconds
    find_patience: float  # for what still runs once both sides are proven on a secure way
    find_reserve: float  # of a search's time, kept for probing what sources name
    trip_timeout: float  # a test message from its sending to its removal
    trip_reserve: float  # of its time, kept for the look into the inbox
    trip_pause: float  # between two looks into the inbox for it
    trip_pop3_wait: float  # before the one look that a POP3 session allows
