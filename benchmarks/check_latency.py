"""How long a healthy check takes, against the least that its longest conversation can take.

    python benchmarks/check_latency.py        (as root on Debian 12: see docs/lab.md)

In the lab at a round trip of 40 ms: IMAP and SMTP with STARTTLS, both sign-ins, all neighbours,
IPv4 and IPv6. The longest conversation is SMTP 587: the look-up of a name, seven round trips with
STARTTLS and AUTH, and an eighth that asks for sender and recipient along with the goodbye. Ends
with status 1 when the check takes more than 1.25 times that; the ratio to the seven round trips of
a sign-in alone is printed beside it. Postfix holds one reply back until its TLS session tickets
are acknowledged, so its row is not judged. Beside it: common tools that do the same, one
conversation after the other.
"""

from __future__ import annotations

import json
import statistics
import sys

from mail_lab import Bench, bench, lacking

ROUND_TRIP_MS = 40.0
SIGN_IN_ROUND_TRIPS = 7
ROUND_TRIPS = SIGN_IN_ROUND_TRIPS + 1
MOST_TIMES = 1.25
RUNS = 7

LOOK_UP = """
import socket, sys, time
begin = time.perf_counter()
socket.getaddrinfo(sys.argv[1], 587)
print((time.perf_counter() - begin) * 1000)
"""


def main() -> int:
    """Measure, print, judge."""
    with bench(ROUND_TRIP_MS) as place:
        look_up = look_up_ms(place)
        least = ROUND_TRIPS * ROUND_TRIP_MS + look_up
        of_sign_in = SIGN_IN_ROUND_TRIPS * ROUND_TRIP_MS + look_up
        print(f"least possible for the longest conversation: {least:.0f} ms")
        judged = check_ms(place, "exim.example.test")
        print(f"mailcheck, Exim:    {judged:6.0f} ms  {judged / least:.2f} x  (most {MOST_TIMES})")
        print(f"  against the sign-in alone, {of_sign_in:.0f} ms: {judged / of_sign_in:.2f} x")
        other = check_ms(place, "smtp.example.test")
        print(f"mailcheck, Postfix: {other:6.0f} ms  {other / least:.2f} x")
        in_sequence = tools_ms(place, least)
    print(f"other tools in sequence: {in_sequence:.0f} ms, {in_sequence / judged:.1f} x mailcheck")
    return int(judged > MOST_TIMES * least)


def look_up_ms(place: Bench) -> float:
    """Return the time of one look-up by the system's resolver, median."""
    words = [sys.executable, "-c", LOOK_UP, "exim.example.test"]
    return statistics.median(float(place.run(words).output) for _ in range(RUNS))


def check_ms(place: Bench, sender: str) -> float:
    """Return the duration of a healthy check as its report says, median."""
    return statistics.median(_one_check(place, sender) for _ in range(RUNS))


def _one_check(place: Bench, sender: str) -> float:
    words = [
        sys.executable, "-m", "mailcheck_gui", "check", "--json", "--password-stdin",
        "--email", place.mailbox.address, "--user", place.mailbox.address,
        "--imap", "imap.example.test:143/starttls", "--smtp", f"{sender}:587/starttls",
    ]  # fmt: skip
    finished = place.run(words, place.mailbox.password + "\n")
    if finished.status != 0:
        sys.exit(f"the check is not healthy: {finished.output[:2000]}")
    report = json.loads(finished.output)
    if [entry["result"] for entry in report["sign_in"]] != ["accepted", "accepted"]:
        sys.exit(f"the check did not sign in: {report['sign_in']}")
    return float(report["duration_ms"])


def tools_ms(place: Bench, least: float) -> float:
    """Run the other tools one after the other; return the sum of their times."""
    total = 0.0
    for name, words in _tools(place):
        if reason := lacking(words[0]):
            print(f"  {name:38} {reason}")
            continue
        runs = [place.run(words) for _ in range(3)]
        if any(run.status != 0 for run in runs):
            sys.exit(f"{name} failed: {runs[0].output[-2000:]}")
        elapsed = statistics.median(run.elapsed_ms for run in runs)
        print(f"  {name:38} {elapsed:6.0f} ms  {elapsed / least:.2f} x")
        total += elapsed
    return total


def _tools(place: Bench) -> list[tuple[str, list[str]]]:
    user, password = place.mailbox.address, place.mailbox.password
    swaks = [
        "swaks", "--server", "exim.example.test:587", "--tls", "--auth", "PLAIN", "--auth-user",
        user, "--auth-password", password, "--quit-after", "AUTH",
    ]  # fmt: skip
    curl = [
        "curl", "--silent", "--ssl-reqd", "--cacert", place.trust, "--user", f"{user}:{password}",
        "imap://imap.example.test/",
    ]  # fmt: skip
    neighbours = [
        ("imap.example.test:993", ""), ("imap.example.test:995", ""),
        ("imap.example.test:110", "pop3"), ("exim.example.test:465", ""),
        ("exim.example.test:25", "smtp"),
    ]  # fmt: skip
    openssl = [
        (f"openssl s_client {where}", ["openssl", "s_client", "-connect", where,
         *(("-starttls", protocol) if protocol else ())])
        for where, protocol in neighbours
    ]  # fmt: skip
    return [("swaks 587, sign-in", swaks), ("curl imap, sign-in", curl), *openssl]


if __name__ == "__main__":
    sys.exit(main())
