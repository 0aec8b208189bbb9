"""One request at a time to a host, and a pause after it, over all the machines that work together.

Before a request leaves, its host is leased in Redis for longer than the request can take; after the answer the lease
runs on until the pause is over. A worker that dies leaves a lease that expires; while Redis does not answer, no
request leaves. So no host is asked twice at once, whoever crawls which portal and wherever links lead.
"""

import asyncio
import random
import time
from uuid import uuid4

from redis.asyncio import Redis
from redis.exceptions import RedisError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.middlewares import Refused

LEASE = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return math.max(redis.call('PTTL', KEYS[1]), 1) end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 0
"""  # 0, or the milliseconds that somebody else's lease has left
RELEASE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""
LOOK_AGAIN = 1.0  # seconds, at most, until a host in use is tried again: its holder may give it up early


class LeaseMiddleware:
    """Stands nearest to the network, so that retries, redirects and robots.txt need a lease of their own."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.redis = Redis.from_url(crawler.settings["BOARD"], socket_timeout=10)
        self.delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self.longest = crawler.settings.getfloat("DOWNLOAD_TIMEOUT") + 5
        self.patience = 2 * crawler.settings.getfloat("CLAIM_SECONDS")  # the claim is lost before
        self.held: dict[Request, tuple[str, str, float]] = {}  # key, token, and when it was leased

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "LeaseMiddleware":
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        host = urlparse_cached(request).hostname or ""
        key, token = f"nianbao:host:{host}", uuid4().hex
        seconds = self._pause(host) + self.longest  # Scrapy's own pause for the host comes after this
        heard = time.monotonic()
        while True:
            try:
                wait = await self.redis.eval(LEASE, 1, key, token, int(seconds * 1000))
                heard = time.monotonic()
            except RedisError as error:
                if time.monotonic() - heard > self.patience:
                    raise Refused(f"no lease: {error}") from None
                wait = 1000 * LOOK_AGAIN
            if not wait:
                self.held[request] = (key, token, time.monotonic())
                return
            await asyncio.sleep(min(wait / 1000, LOOK_AGAIN) + random.uniform(0, 0.02))

    async def process_response(self, request: Request, response: Response) -> Response:
        await self._release(request)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        await self._release(request)

    async def _release(self, request: Request) -> None:
        if request not in self.held:  # refused before it came here
            return
        key, token, began = self.held.pop(request)
        rest = self._pause(urlparse_cached(request).hostname or "") - (time.monotonic() - began)
        try:
            await self.redis.eval(RELEASE, 1, key, token, max(1, int(rest * 1000)))
        except RedisError:
            return  # it expires by itself

    def _pause(self, host: str) -> float:
        """Seconds between the beginnings of two requests to the host."""
        manners = getattr(self.crawler.spider, "manners", None)
        return max(self.delay, manners.host(host).delay if manners else 0.0)
