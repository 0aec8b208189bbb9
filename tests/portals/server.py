"""A loopback web server that keeps a log: pages are pure functions of the request."""

import hashlib
import json
import re
import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Request:
    """What the visitor asked for."""

    method: str
    target: str  # path and query, as sent
    headers: Mapping[str, str]  # names lower-case
    body: bytes = b""
    visit: int = 0  # how many times this target had been asked for before
    number: int = 0  # how many requests of any kind had come before
    edition: int = 0  # which edition of the portal is on show (Running.edition)

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @cached_property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @cached_property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @cached_property
    def json(self) -> Any:
        try:
            return json.loads(self.body or b"{}")
        except ValueError:
            return {}


@dataclass(frozen=True, slots=True)
class Response:
    """What the portal answers."""

    body: bytes | str = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    lasting: bool = False  # a file on disk: ETag, Last-Modified, and 304 for who has it already
    times: int = 1  # the body is sent so many times over
    drops: int = 1  # … each in so many pieces
    pause: float = 0.0  # seconds before each piece
    resets: bool = False  # the connection is reset after the body

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body

    @property
    def pieces(self) -> list[bytes]:
        data = self.data
        step = max(1, -(-len(data) // self.drops))
        return [data[first : first + step] for first in range(0, len(data), step)] * self.times


Page = Response | Callable[[Request], Response]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of the request log; times in seconds of the monotonic clock."""

    begin: float
    end: float  # just before the last byte leaves: nobody can have asked again because of it
    host: str
    method: str
    target: str
    headers: Mapping[str, str]
    status: int
    size: int


@dataclass
class Log:
    """Every request of one portal, in the order in which it was answered."""

    exchanges: list[Exchange] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    visits: Counter[tuple[str, str, bytes]] = field(default_factory=Counter)

    def count(self, method: str, target: str, body: bytes) -> tuple[int, int]:
        """How many times this had been asked for before, and how many requests had come in all."""
        with self.lock:
            self.visits[method, target, body] += 1
            return self.visits[method, target, body] - 1, self.visits.total() - 1

    def add(self, exchange: Exchange) -> None:
        with self.lock:
            self.exchanges.append(exchange)


LAST_MODIFIED = "Mon, 05 Feb 2024 08:00:00 GMT"


def unchanged(request: Request, response: Response) -> Response:
    """A lasting page with its validators, or 304 when the visitor names one of them."""
    etag = f'"{hashlib.sha256(response.data).hexdigest()[:16]}"'
    headers = (*response.headers, ("ETag", etag), ("Last-Modified", LAST_MODIFIED))
    asked = request.headers.get("if-none-match")
    same = asked == etag if asked else request.headers.get("if-modified-since") == LAST_MODIFIED
    if same and response.status == 200:
        return Response(status=304, headers=headers)
    return replace(response, headers=headers)


@contextmanager
def serving(
    address: tuple[str, int], answer: Callable[[Request], Response], log: Log, edition: Callable[[], int]
) -> Iterator[ThreadingHTTPServer]:
    """A server at that address (port 0: any free one), answering in threads of its own until the block ends."""
    server = _Server(address, _handler(answer, log, edition))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a visitor may leave in the middle of an answer
            super().handle_error(request, client_address)


def _handler(
    answer: Callable[[Request], Response], log: Log, edition: Callable[[], int]
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def respond(self) -> None:
            begin = time.monotonic()
            length = self.headers.get("Content-Length", "0")
            body = self.rfile.read(int(length)) if length.isdigit() else b""
            headers = {name.lower(): value for name, value in self.headers.items()}
            visit, number = log.count(self.command, self.path, body)
            request = Request(self.command, self.path, headers, body, visit, number, edition())
            response = answer(request)
            if response.lasting:
                response = unchanged(request, response)
            self.send(response, begin, headers)

        do_GET = do_POST = do_HEAD = respond

        def send(self, response: Response, begin: float, headers: Mapping[str, str]) -> None:
            noted: list[Exchange] = []

            def note() -> None:
                if noted:
                    return
                size = len(response.data) * response.times
                host = headers.get("host", "")
                end = time.monotonic()
                noted.append(
                    Exchange(begin, end, host, self.command, self.path, headers, response.status, size)
                )
                log.add(noted[0])

            if response.status != 304:
                self.prepare(response)
            else:
                self.send_response_only(304)
                for name, value in response.headers:
                    self.send_header(name, value)
            parts = [] if response.status == 304 or self.command == "HEAD" else response.pieces
            if not parts:
                note()
            try:
                self.end_headers()
                for number, part in enumerate(parts, start=1):
                    if response.pause:
                        time.sleep(response.pause)
                    if number == len(parts):
                        note()
                    self.wfile.write(part)
            except ConnectionError:  # the visitor left in the middle
                note()
                raise
            if response.resets:
                self.reset()

        def prepare(self, response: Response) -> None:
            length = len(response.data) * response.times
            self.send_response_only(response.status)
            self.send_header("Content-Type", response.content_type)
            # A connection that is going to be reset had promised more.
            self.send_header("Content-Length", str(length + 1000 * response.resets))
            for name, value in response.headers:
                self.send_header(name, value)

        def reset(self) -> None:
            self.wfile.flush()
            linger = struct.pack("ii", 1, 0)  # close() then sends RST at once
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """The log is kept by respond."""

    return Handler


def robots(*disallowed: str, more: str = "") -> Response:
    """robots.txt for every visitor."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in disallowed), more]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", lasting=True)


def as_json(value: object, callback: str = "") -> Response:
    """JSON, or JSONP when the visitor named a function."""
    text = json.dumps(value, ensure_ascii=False)
    if re.fullmatch(r"[\w.$]+", callback):
        return Response(f"{callback}({text})", content_type="application/javascript; charset=utf-8")
    return Response(text, content_type="application/json; charset=utf-8")
