"""Bounded requests of strangers: what is asked, how far, and what is made of every answer."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace

import pytest
from discovery_stage import (
    SECONDS,
    Asked,
    Stage,
    Web,
    WrongCertificate,
    drip,
    flood,
    hang_up,
    leads_to,
    on_stage,
    page,
)

from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import WebProxy
from mailcheck_gui.network.web import WebAnswer, WebLimits, WebProblem, WebRequest, fetch
from mailcheck_gui.practice.authority import CertificateKind
from mailcheck_gui.practice.servers import Door
from mailcheck_gui.practice.wire import Wire

SITE = "https://site.example/file"
OTHER = "https://other.example/file"
LIMITS = WebLimits(size=65536, redirects=3, seconds=SECONDS)


def ask(
    web: Web, request: WebRequest | str = SITE, limits: WebLimits = LIMITS
) -> tuple[WebAnswer, list[Asked]]:
    """Return the answer and every request that arrived."""
    wanted = WebRequest(request) if isinstance(request, str) else request

    async def act(stage: Stage) -> tuple[WebAnswer, list[Asked]]:
        answer = await fetch(stage.recording, wanted, limits, Deadline.after(SECONDS))
        assert stage.recording.open == 0
        return answer, stage.requests

    return on_stage(web, act)


def test_a_file() -> None:
    answer, (asked,) = ask(Web({SITE: page("<a/>")}))
    assert (answer.ok, answer.body, answer.secure, answer.url) == (True, b"<a/>", True, SITE)
    assert asked.method == "GET"
    assert set(asked.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert asked.headers["accept-encoding"] == "identity"


def test_over_http_it_is_not_secure() -> None:
    url = "http://site.example/file"
    answer, _ = ask(Web({url: page("<a/>")}), url)
    assert answer.ok
    assert not answer.secure


@pytest.mark.parametrize("status", [204, 400, 401, 404, 500, 503])
def test_every_other_status_is_told(status: int) -> None:
    answer, _ = ask(Web({SITE: page("", status)}))
    assert (answer.ok, answer.status, answer.problem) == (False, status, None)


class TestRedirects:
    def test_one_is_followed_and_told(self) -> None:
        answer, asked = ask(Web({SITE: leads_to(OTHER), OTHER: page("<a/>")}))
        assert (answer.ok, answer.url, answer.hops) == (True, OTHER, (SITE,))
        assert answer.secure
        assert [request.url for request in asked] == [SITE, OTHER]

    def test_a_relative_one(self) -> None:
        there = "https://site.example/there?x=1"
        answer, _ = ask(Web({SITE: leads_to("/there?x=1"), there[:-4]: page("<a/>")}))
        assert (answer.ok, answer.url) == (True, there)

    def test_from_http_it_stays_insecure(self) -> None:
        first = "http://site.example/file"
        answer, _ = ask(Web({first: leads_to(OTHER), OTHER: page("<a/>")}), first)
        assert answer.ok
        assert not answer.secure

    def test_to_http_none_is_followed(self) -> None:
        there = "http://other.example/file"
        answer, asked = ask(Web({SITE: leads_to(there), there: page("<a/>")}))
        assert answer.problem is WebProblem.DOWNGRADE
        assert [request.url for request in asked] == [SITE]

    def test_a_loop_ends(self) -> None:
        answer, asked = ask(Web({SITE: leads_to(OTHER), OTHER: leads_to(SITE)}))
        assert answer.problem is WebProblem.LOOP
        assert len(asked) == 2

    def test_a_place_that_leads_to_itself(self) -> None:
        answer, asked = ask(Web({SITE: leads_to("HTTPS://Site.example:443/file")}))
        assert answer.problem is WebProblem.LOOP
        assert len(asked) == 1

    def test_an_endless_chain_ends(self) -> None:
        def next_one(asked: Asked) -> bytes:
            return leads_to(asked.url + "x")

        web = Web({f"{SITE}{'x' * count}": next_one for count in range(9)})
        answer, asked = ask(web)
        assert answer.problem is WebProblem.TOO_MANY_REDIRECTS
        assert len(asked) == LIMITS.redirects + 1

    @pytest.mark.parametrize(
        "target",
        ["https://127.0.0.1/x", "https://10.0.0.1/x", "https://[::1]/x", "https://inside.example/"],
    )
    def test_none_leads_inside(self, target: str) -> None:
        web = Web(
            {SITE: leads_to(target), "https://inside.example/": page("<a/>")},
            addresses={"inside.example": ("192.168.1.7",)},
        )
        answer, asked = ask(web)
        assert answer.problem is WebProblem.NOT_PUBLIC
        assert len(asked) == 1

    @pytest.mark.parametrize(
        "target", ["https://other.example:8443/x", "https://user@other.example/", "https://[::1"]
    )
    def test_none_leads_to_odd_places(self, target: str) -> None:
        answer, asked = ask(Web({SITE: leads_to(target)}))
        assert answer.problem in {WebProblem.BAD_URL, WebProblem.DOWNGRADE}
        assert len(asked) == 1

    def test_one_is_only_told_where_that_is_wanted(self) -> None:
        web = Web({SITE: leads_to(OTHER), OTHER: page("<a/>")})
        answer, asked = ask(web, WebRequest(SITE, follow=False))
        assert (answer.redirect, answer.ok) == (OTHER, False)
        assert len(asked) == 1

    @pytest.mark.parametrize(("status", "method"), [(302, "POST"), (307, "POST"), (303, "GET")])
    def test_a_post_stays_one_but_for_see_other(self, status: int, method: str) -> None:
        web = Web({SITE: leads_to(OTHER, status), OTHER: page("<a/>")})
        _, asked = ask(web, WebRequest(SITE, b"<q/>", "text/xml"))
        assert [request.method for request in asked] == ["POST", method]
        assert asked[0].body == b"<q/>"
        assert asked[1].body == (b"<q/>" if method == "POST" else b"")


class TestBounds:
    def test_a_flood_is_cut(self) -> None:
        answer, _ = ask(Web({SITE: flood}))
        assert (answer.problem, answer.body) == (WebProblem.TOO_LONG, b"")

    def test_what_says_that_it_is_long_is_not_read(self) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n"
        answer, _ = ask(Web({SITE: head}))
        assert answer.problem is WebProblem.TOO_LONG

    def test_a_slow_drip_ends(self) -> None:
        answer, _ = ask(Web({SITE: drip}), limits=replace(LIMITS, seconds=0.5))
        assert answer.problem is WebProblem.TIMED_OUT

    def test_redirects_share_the_time(self) -> None:
        web = Web({SITE: leads_to(OTHER), OTHER: drip})
        answer, _ = ask(web, limits=replace(LIMITS, seconds=0.5))
        assert answer.problem is WebProblem.TIMED_OUT

    def test_silence_ends(self) -> None:
        web = Web(doors={("site.example", 443): Door.BLOCKED})
        answer, _ = ask(web, limits=replace(LIMITS, seconds=0.2))
        assert answer.problem is WebProblem.TIMED_OUT


def test_a_search_that_is_stopped_leaves_nothing_open() -> None:
    arrived = asyncio.Event()

    async def hold(wire: Wire, _asked: Asked) -> None:
        arrived.set()
        await wire.wait_for_end()

    async def act(stage: Stage) -> None:
        asking = asyncio.create_task(
            fetch(stage.recording, WebRequest(SITE), LIMITS, Deadline.after(SECONDS))
        )
        await arrived.wait()
        assert stage.recording.open == 1
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert stage.recording.open == 0

    on_stage(Web({SITE: hold}), act)


class TestNoAnswer:
    @pytest.mark.parametrize("said", [b"* OK IMAP4rev1\r\n", b"\x00" * 99, b"HTTP/1.1 200 OK\r\n"])
    def test_what_is_no_http(self, said: bytes) -> None:
        assert ask(Web({SITE: said}))[0].problem is WebProblem.BROKEN

    def test_one_who_hangs_up(self) -> None:
        assert ask(Web({SITE: hang_up}))[0].problem is WebProblem.BROKEN

    def test_an_answer_that_breaks_off(self) -> None:
        said = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<a/>"
        assert ask(Web({SITE: said}))[0].problem is WebProblem.BROKEN

    def test_a_name_that_does_not_exist(self) -> None:
        assert ask(Web())[0].problem is WebProblem.NO_SUCH_NAME

    def test_a_name_that_cannot_be_looked_up(self) -> None:
        web = Web(names_fail=frozenset({"site.example"}))
        assert ask(web)[0].problem is WebProblem.NAME_FAILED

    def test_a_private_address(self) -> None:
        web = Web({SITE: page("<a/>")}, addresses={"site.example": ("10.1.2.3", "fd00::1")})
        answer, asked = ask(web)
        assert (answer.problem, asked) == (WebProblem.NOT_PUBLIC, [])

    def test_a_dead_address_is_passed_over(self) -> None:
        web = Web(
            {SITE: page("<a/>")},
            addresses={"site.example": ("2001:db8::1", "2001:db8::2", "203.0.113.9")},
            dead=frozenset({"2001:db8::1", "2001:db8::2"}),
        )
        assert ask(web)[0].ok

    @pytest.mark.parametrize("url", ["ftp://site.example/", "https://site/", "", "x", "https://"])
    def test_what_is_no_place(self, url: str) -> None:
        assert ask(Web(), url)[0].problem is WebProblem.BAD_URL


class TestCertificates:
    @pytest.mark.parametrize(
        "wrong",
        [
            WrongCertificate(names=("other.example",)),
            WrongCertificate(CertificateKind.EXPIRED),
            WrongCertificate(CertificateKind.SELF_SIGNED),
            WrongCertificate(CertificateKind.OTHER_AUTHORITY),
        ],
    )
    def test_nothing_is_asked_of_a_stranger(self, wrong: WrongCertificate) -> None:
        web = Web({SITE: page("<a/>")}, certificates={"site.example": wrong})
        answer, asked = ask(web)
        assert (answer.problem, asked) == (WebProblem.TLS, [])
        assert answer.tls is not None


class TestProxy:
    PROXY = WebProxy("http", "proxy.example", 3128)

    @staticmethod
    def through(answer: bytes) -> tuple[Web, bytearray]:
        heard = bytearray()

        async def proxy(wire: Wire, context: ssl.SSLContext) -> None:
            while line := await wire.read_line():
                heard.extend(line + b"\n")
            await wire.send(answer)
            if b" 200 " in answer:
                await wire.start_tls(context)
                await wire.read_line()
                await wire.send(page("<a/>"))

        # The practice proxy has one certificate, so it answers for a site of its own name.
        web = Web(doors={("proxy.example", 3128): proxy}, proxy=TestProxy.PROXY)
        return web, heard

    def test_https_goes_through_it(self) -> None:
        web, heard = self.through(b"HTTP/1.1 200 Connected\r\n\r\n")
        answer, _ = ask(web, "https://proxy.example/file")
        assert (answer.ok, answer.proxy, answer.secure) == (True, self.PROXY, True)
        assert heard.startswith(b"CONNECT proxy.example:443 HTTP/1.1\n")

    def test_it_cannot_read_along(self) -> None:
        """A proxy that answers in the place of the site has no certificate for it."""
        web, _ = self.through(b"HTTP/1.1 200 Connected\r\n\r\n")
        assert ask(web, SITE)[0].problem is WebProblem.TLS

    def test_its_no_is_told(self) -> None:
        web, _ = self.through(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n")
        answer, _ = ask(web, SITE)
        assert (answer.problem, answer.proxy) == (WebProblem.PROXY, self.PROXY)

    def test_one_that_does_not_answer(self) -> None:
        web = Web(proxy=self.PROXY, doors={("proxy.example", 80): Door.UNREACHABLE})
        assert ask(web, SITE)[0].problem is WebProblem.PROXY

    def test_one_of_another_kind_is_not_passed_by(self) -> None:
        web = Web({SITE: page("<a/>")}, proxy=WebProxy("socks5", "proxy.example", 1080))
        answer, asked = ask(web, SITE)
        assert (answer.problem, asked) == (WebProblem.PROXY, [])

    def test_it_is_not_asked_to_lead_inside(self) -> None:
        web, heard = self.through(b"HTTP/1.1 200 Connected\r\n\r\n")
        assert ask(web, "https://10.0.0.1/")[0].problem is WebProblem.NOT_PUBLIC
        assert heard == b""

    def test_http_and_direct_requests_pass_it_by(self) -> None:
        url = "http://site.example/file"
        web = Web({url: page("<a/>"), SITE: page("<b/>")}, proxy=self.PROXY)
        assert ask(web, url)[0].proxy is None
        answer, _ = ask(web, WebRequest(SITE, direct=True))
        assert (answer.ok, answer.proxy) == (True, None)
