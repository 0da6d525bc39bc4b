"""One server asked at a time, in its own time: robots.txt, a wait between requests, and no page fetched twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3

from quotes.errors import QuotesError, UsageError

AGENT = "quotes-collect"
"""What the collector calls itself in robots.txt, and at the beginning of its user agent."""

MAX_BYTES = 32 << 20
"""Of one answer; what is longer is refused."""

_REDIRECTS = 5
_SLOWEST = 60.0
"""Seconds between two requests at most, whatever robots.txt asks for: one that asks for more wants nobody."""
_SCHEMES = ("http", "https")


class NotFetched(QuotesError):
    """An address that could not be fetched, or may not be; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: ``status`` 200 with the bytes, or 304 where nothing is new. ``url`` is after redirects."""

    url: str
    status: int
    content: bytes
    headers: Mapping[str, str]


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses. ``contact`` (an address of mail or web) goes into the user agent, so that we can be told.

    Between two requests to one host pass ``wait`` seconds, or as many as its robots.txt asks for. Waits and answers
    can be handed in: ``sleep`` and ``clock`` are those of `time`.
    """

    contact: str
    wait: float = 2.0
    timeout: float = 30.0
    retries: int = 2
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _robots: dict[str, Any] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _pool: Any = None

    def __post_init__(self) -> None:
        if not self.contact.strip() or not self.contact.isprintable():
            raise UsageError("say who collects: an address of mail or web, which servers are told")
        agent = f"{AGENT}/1 (+{self.contact})"
        self._pool = urllib3.PoolManager(headers={"User-Agent": agent, "Accept-Encoding": "gzip, deflate"})

    def fetch(self, url: str, conditions: Mapping[str, str] | None = None) -> Answer:
        """The answer to a request for ``url``; ``conditions`` are headers that make it conditional.

        Raises `NotFetched` where robots.txt forbids it, the answer is neither 200 nor 304, or none comes.
        """
        for _ in range(_REDIRECTS + 1):
            self._allowed(url)
            answer = self._asked(url, conditions or {})
            if answer.status not in (301, 302, 303, 307, 308):
                if answer.status not in (200, 304):
                    raise NotFetched(f"{url}: the server answers {answer.status}")
                return answer
            url = urljoin(url, answer.headers.get("Location", ""))
        raise NotFetched(f"{url}: redirected more than {_REDIRECTS} times")

    def _allowed(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _SCHEMES or not parts.hostname:
            raise NotFetched(f"{url}: not an address of the web")
        if not self._rules(url).can_fetch(url, AGENT):
            raise NotFetched(f"{url}: robots.txt does not allow it")

    def _rules(self, url: str) -> Any:  # noqa: ANN401
        """The robots.txt of a host; where there is none (4xx) all is allowed, where it cannot be had nothing is."""
        from protego import Protego

        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            try:
                answer = self._asked(f"{host}/robots.txt", {})
                missing = 400 <= answer.status < 500
                found = "" if missing else answer.content.decode("utf-8", "replace")
                shut = answer.status >= 500
            except NotFetched:
                found, shut = "", True
            self._robots[host] = Protego.parse("User-agent: *\nDisallow: /" if shut else found)
        return self._robots[host]

    def _asked(self, url: str, headers: Mapping[str, str]) -> Answer:
        reason = ""
        for attempt in range(self.retries + 1):
            self._wait(url, attempt)
            try:
                answer = self._once(url, headers)
            except urllib3.exceptions.HTTPError as error:
                reason = type(error).__name__
                continue
            if answer.status not in (429, 503) or attempt == self.retries:
                return answer
            self.sleep(_seconds(answer.headers.get("Retry-After")))
        raise NotFetched(f"{url}: no answer ({reason or 'asked to come back later'})")

    def _once(self, url: str, headers: Mapping[str, str]) -> Answer:
        own = {**self._pool.headers, **headers}
        reply = self._pool.request(
            "GET", url, headers=own, redirect=False, retries=False, preload_content=False, timeout=self.timeout
        )
        try:
            content = reply.read(MAX_BYTES + 1, decode_content=True)
            if len(content) > MAX_BYTES:
                raise NotFetched(f"{url}: longer than {MAX_BYTES:,} bytes")
            return Answer(url, reply.status, content, urllib3.HTTPHeaderDict(reply.headers))
        finally:
            reply.close()

    def _wait(self, url: str, attempt: int) -> None:
        host = urlsplit(url).netloc
        rules = self._robots.get(f"{urlsplit(url).scheme}://{host}")
        asked = (rules.crawl_delay(AGENT) or 0.0) if rules else 0.0
        pause = min(max(self.wait, float(asked)), _SLOWEST) * 2**attempt
        left = self._last.get(host, -pause) + pause - self.clock()
        if host in self._last and left > 0:
            self.sleep(left)
        self._last[host] = self.clock()


def _seconds(value: str | None) -> float:
    return min(float(value), _SLOWEST) if value and value.isdigit() else 10.0
