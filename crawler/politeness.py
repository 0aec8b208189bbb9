"""Manners, per host: when to wait, for how long, and which answers are stop signs.

Nothing here knows Scrapy. A challenge or a wall is the site's word that it wants no visitor like us: it is
recorded with its reason, and the host is left alone for the rest of the run. It is never worked around.
"""

import random
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

AGENT = "nianbao"
ADDRESS = "https://github.com/nianbao/nianbao"

RETRY_AFTER_CAP = 600.0  # seconds; a host that asks for more is left for this run
BACKOFF_CAP = 900.0
CRAWL_DELAY_CAP = 120.0  # a host that asks for more between two requests is left for this run
TRIES = 3  # answers 429 or 503 in a row, or failures of the connection, after which a host is left
WALLS = (
    (re.compile(r"__jsl_clearance|__jsluid|jsl_clearance_s"), "js-challenge"),
    (re.compile(r"\$_ts\s*=|\$_ts\.|_\$[a-zA-Z]{2}\(|acw_sc__v2|wzws_sessionid|wzwsconfirm|C3VK"), "js-challenge"),
    (re.compile(r"访问被拦截|安全狗|恶意(?:请求|访问|攻击)|请求包含|拦截提示|网站防火墙|WAF|创宇盾|访问被(?:禁止|阻断)|您的访问|云防护|intercepted|Access Denied", re.I), "waf"),
    (re.compile(r"请(?:输入|完成|拖动)[^<]{0,12}(?:验证|滑块)|captcha|人机验证|滑动验证|安全验证", re.I), "captcha"),
)  # fmt: skip
STATUS_WALLS = {412: "js-challenge", 521: "js-challenge", 512: "js-challenge"}


def stop_sign(status: int, text: str) -> str | None:
    """Why the answer means that the host wants no visit: "blocked: js-challenge (412)", or None.

    >>> stop_sign(412, ""), stop_sign(200, "<html><script>$_ts={};</script></html>"), stop_sign(404, "")
    ('blocked: js-challenge (412)', 'blocked: js-challenge (200)', None)
    """
    if status in STATUS_WALLS:
        return f"blocked: {STATUS_WALLS[status]} ({status})"
    if status not in (200, 202, 400, 403, 405, 406, 418):
        return None
    if status == 200 and not _is_bare(text):
        return None
    for words, name in WALLS:
        if words.search(text[:20000]):
            return f"blocked: {name} ({status})"
    return None


def _is_bare(text: str) -> bool:
    """A page without content of its own: a wall, not an article that speaks of one."""
    if len(re.findall(r"<a\s", text)) >= 5:
        return False
    plain = re.sub(
        r"<script.*?</script>|<style.*?</style>|<[^>]*>|\s", "", text, flags=re.DOTALL | re.IGNORECASE
    )
    return len(plain) < 400


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks to wait; None when it cannot be read.

    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Thu, 01 Jan 2026 00:00:30 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    30.0
    """
    if re.fullmatch(r"\s*\d{1,9}\s*", value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


@dataclass(slots=True)
class Host:
    """What one host has told us in this run."""

    not_before: float = 0.0  # monotonic seconds
    delay: float = 0.0  # what robots.txt asks for between two requests
    troubles: int = 0  # answers 429 or 503 that have not been forgiven
    failures: int = 0  # of the connection, or 403, in a row
    last_trouble: float = 0.0
    wait: float = 0.0  # how long the last back-off was
    blocked: str | None = None  # the reason for which it is left alone


@dataclass(slots=True)
class Manners:
    """The rules, and the hosts that they are applied to."""

    backoff: float = 60.0  # seconds to wait after the first 429 or 503 without Retry-After; then doubled
    hosts: dict[str, Host] = field(default_factory=dict)

    def host(self, name: str) -> Host:
        return self.hosts.setdefault(name, Host())

    def pushed_back(self, name: str, status: int, header: str | None, now: float, clock: datetime) -> bool:
        """The host answered 429 or 503: wait, and ask again (True); or leave it (False, with the reason kept)."""
        host = self.host(name)
        if host.last_trouble and now - host.last_trouble > 10 * max(host.wait, self.backoff):
            host.troubles = 0  # forgiven after quiet
        host.troubles += 1
        host.last_trouble = now
        asked = retry_after(header, clock) if header else None
        if host.troubles > TRIES:
            host.blocked = f"blocked: rate limit ({status}, {TRIES} times)"
        elif asked is not None and asked > RETRY_AFTER_CAP:
            host.blocked = f"blocked: rate limit ({status}, asks for {asked:.0f} s)"
        elif asked is not None:
            host.wait = asked
        else:
            host.wait = min(BACKOFF_CAP, self.backoff * 2 ** (host.troubles - 1)) * random.uniform(1.0, 1.25)
        host.not_before = now + host.wait
        return host.blocked is None

    def answered(self, name: str, status: int, text: str) -> str | None:
        """Any other answer; the reason when the host is to be left from now on."""
        host = self.host(name)
        host.blocked = host.blocked or stop_sign(status, text)
        if status in (401, 403):
            host.failures += 1
            if host.failures >= TRIES:
                host.blocked = host.blocked or f"blocked: refused ({status}, {TRIES} times in a row)"
        else:
            host.failures = 0
        return host.blocked

    def failed(self, name: str, what: str) -> None:
        """No answer: refused, reset, too slow. After some in a row the host is left."""
        host = self.host(name)
        host.failures += 1
        if host.failures >= TRIES:
            host.blocked = host.blocked or f"unreachable: {what}"

    def asked_delay(self, name: str, seconds: float) -> None:
        """Crawl-delay of robots.txt."""
        host = self.host(name)
        host.delay = seconds
        if seconds > CRAWL_DELAY_CAP:
            host.blocked = f"robots: asks for {seconds:.0f} s between requests"
