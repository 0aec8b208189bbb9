"""Addresses: the one form of each, and which of them a crawl may visit."""

import ipaddress
import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
SESSION = re.compile(
    r"(?:j|php|asp\.net_)?_?sess(?:ion)?_?id\w*|aspsessionid\w*|_|_t|timestamp|rnd|rand(?:om)?|utm_\w+|spm|nonce",
    re.IGNORECASE,
)
# These hold a session only when their value looks like one.
MAYBE_SESSION = re.compile(r"s|t|r|v|ts|sid|token|ticket|time|sign", re.IGNORECASE)
SHARED = re.compile(r"from=(?:(?:group|single)message|timeline)|isappinstalled=\d", re.IGNORECASE)  # by whom
DAY = re.compile(r"(?:^|&)(?:month|day)=\d", re.IGNORECASE)
RANDOM = re.compile(r"[0-9a-f]{12,}|\d{9,}|0\.\d+|(?=\w*\d)(?=\w*[a-z])\w{16,}", re.IGNORECASE)
MENU = re.compile(r"nav|sub|action|hascontent", re.IGNORECASE)  # which entry of LonSun's menu is open
REDIRECTS = re.compile(
    r"/(?:visit/)?(?:link|redirect\w*|jump\w*|go(?:to)?|out)(?:\.\w{2,5})?$", re.IGNORECASE
)
TARGET = re.compile(r"url|link|target|to|href", re.IGNORECASE)
PRINTING = re.compile(r"print(?:able)?|isprint|mobile|wap", re.IGNORECASE)


def canonical(url: str) -> str:
    """The address to ask for: no session, no default port, no "..", no fragment but gkmlpt's column number.

    >>> canonical("HTTP://WWW.a.gov.cn:80/x/../art/2025/1/16/art_1_2.html;jsessionid=0A?_=1#top")
    'http://www.a.gov.cn/art/2025/1/16/art_1_2.html'
    >>> canonical("http://a.gov.cn/1.html?from=groupmessage"), canonical("http://a.gov.cn/nb?from=2019")
    ('http://a.gov.cn/1.html', 'http://a.gov.cn/nb?from=2019')
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").lower()
    port = _port(parts.netloc)
    netloc = host if port in (None, DEFAULT_PORTS.get(parts.scheme.lower())) else f"{host}:{port}"
    path = _without_dots(re.sub(r";jsessionid=[^/?]*", "", parts.path, flags=re.IGNORECASE))
    fields = [
        (name, value)
        for name, value in _fields(parts.query)
        if not (SESSION.fullmatch(name) or (MAYBE_SESSION.fullmatch(name) and RANDOM.fullmatch(value)))
        and not SHARED.fullmatch(f"{name}={value}")
    ]
    # Re-encoding is for addresses that lose something only: some servers compare the query byte by byte.
    query = (
        parts.query
        if len(fields) == len(_fields(parts.query))
        else urlencode(fields, errors="surrogateescape")
    )
    fragment = parts.fragment if "/gkmlpt/" in path and parts.fragment.isdigit() else ""
    return urlunsplit(
        (parts.scheme.lower(), netloc, quote(path, safe="/%:@!$&'()*+,;=~-._"), query, fragment)
    )


@lru_cache(maxsize=4096)  # a walk asks for that of a link time and again, and navigation stands on every page
def key(url: str, method: str = "GET", body: str = "") -> str:
    """What two addresses of one page share: scheme, index page, mobile or print twin make no difference.

    >>> key("https://a.gov.cn/x/index.html") == key("http://a.gov.cn/x/")
    True
    >>> key("http://a.gov.cn/t20240131_1_app.shtml") == key("http://a.gov.cn/t20240131_1.shtml")
    True
    """
    parts = urlsplit(canonical(url))
    path = re.sub(r"/(?:index|default)\.\w{2,5}$", "/", parts.path)
    path = re.sub(r"_(?:app|wap|m|mobile|print)(?=\.\w+$)", "", path)
    path = re.sub(r"/m(?=post_\d)", "/", path)
    path = re.sub(r"^/(?:m|wap|mobile)/", "/", path)
    is_menu = bool(re.search(r"/public/column/\d+$", path))
    fields = sorted(
        (name, value)
        for name, value in _fields(parts.query)
        if not (PRINTING.fullmatch(name) or (is_menu and (not value or MENU.fullmatch(name))))
    )
    rest = f"#{parts.fragment}" if parts.fragment else ""
    post = f" {method} {body}" if method != "GET" else ""
    return f"{re.sub('^(m|wap)[.]', '', parts.netloc)}{path or '/'}?{urlencode(fields, errors='surrogateescape')}{rest}{post}"


def behind(url: str) -> str:
    """The address to which one of a portal's own redirect pages leads, as it says itself; any other as it is.

    >>> behind("http://a.gov.cn/visit/link.do?url=http%3A%2F%2Fa.gov.cn%2Fnb%2F1.html&q="), behind("http://a.gov.cn/link.do?id=7")
    ('http://a.gov.cn/nb/1.html', 'http://a.gov.cn/link.do?id=7')
    """
    parts = urlsplit(url)
    if not REDIRECTS.search(parts.path):
        return url
    values = (value for name, value in _fields(parts.query) if TARGET.fullmatch(name))
    return next((value for value in values if re.match(r"https?://[\w.:-]+/", value)), url)


def _fields(query: str) -> list[tuple[str, str]]:
    """The fields of a query in whatever encoding: bytes that are no UTF-8 are kept as they are."""
    return parse_qsl(query, keep_blank_values=True, errors="surrogateescape")


def site(host: str) -> str:
    """The body of government to which a host belongs: its name just below gov.cn, or the host itself.

    >>> site("mzzj.hangzhou.gov.cn"), site("www.hangzhou.gov.cn"), site("www.gov.cn"), site("127.0.0.3")
    ('hangzhou.gov.cn', 'hangzhou.gov.cn', 'www.gov.cn', '127.0.0.3')
    """
    labels = host.lower().split(".")
    return ".".join(labels[-3:]) if labels[-2:] == ["gov", "cn"] else host.lower()


def why_not(url: str, named: Collection[str]) -> str | None:
    """The reason why the address must not be visited, or None. `named`: the registry's hosts, as host or host:port.

    >>> why_not("http://www.hangzhou.gov.cn/", ())
    >>> why_not("http://www.hangzhou.gov.cn:8080/", ()), why_not("http://10.0.0.1/", ()), why_not("file:///etc", ())
    ('another port', 'a private address', 'not http')
    >>> why_not("http://127.0.0.2:8001/", ("127.0.0.2:8001",))
    """
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS:
        return "not http"
    host, port = (parts.hostname or "").lower(), _port(parts.netloc)
    default = port in (None, DEFAULT_PORTS[parts.scheme])
    if parts.username is not None:
        return "a user name in the address"
    if f"{host}:{port or DEFAULT_PORTS[parts.scheme]}" in named or (default and host in named):
        return None
    if is_private(host):
        return "a private address"
    if not default:
        return "another port"
    if not host.endswith(".gov.cn"):
        return "off site"
    return None


def is_endless(url: str) -> bool:
    """An address of which there is no last: the same folder again and again, or past all measure; a calendar's day.

    >>> is_endless("http://a.gov.cn/xxgk/xxgk/xxgk/nb/"), is_endless("http://a.gov.cn/xxgk/bm/xxgk/nb/")
    (True, False)
    >>> is_endless("http://a.gov.cn/nb/?year=2024&month=5"), is_endless("http://a.gov.cn/nb/?year=2024&month=")
    (True, False)
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if DAY.search(parts.query):
        return True
    return len(url) > 1000 or len(segments) > 15 or any(segments.count(one) > 2 for one in set(segments))


def is_private(host: str) -> bool:
    """An address of this machine or its network, in whatever notation."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return bool(re.fullmatch(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*", host))


def is_loopback(host: str) -> bool:
    """The demo portals' own: 127.0.0.0/8."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(netloc: str) -> int | None:
    port = re.search(r":(\d{1,5})$", netloc)
    return int(port[1]) if port else None


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for segment in re.sub(r"/{2,}", "/", path).split("/"):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if path.endswith(("/..", "/.")):
        kept.append("")
    return "/".join(kept) or "/"
