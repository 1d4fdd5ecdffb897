"""A platform's receiver of webhooks on loopback, as good or as bad as a test wants it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Received:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """Answers with `answer(handler)`; 204 unless told otherwise. Keeps what it received."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answer: Callable[[BaseHTTPRequestHandler], None] | None = None

    def answers(self, status: int, **headers: str) -> None:
        """Answer with that status and those headers (underscores for hyphens) from now on."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("content-length", "0")
            handler.end_headers()

        self.answer = answer

    def says_nothing(self, seconds: float) -> None:
        """Take the request and hold the line."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            time.sleep(seconds)

        self.answer = answer

    def drips_headers(self) -> None:
        """Send a byte now and then, so that no silence is ever long."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nx-slow: ")
            for _ in range(200):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)

        self.answer = answer

    def never_ends_its_body(self, status: int = 200) -> None:
        """Promise a body without an end, and send of it as fast as the line takes it."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.end_headers()
            while True:
                handler.wfile.write(b"x" * 65536)

        self.answer = answer

    def speaks_no_http(self) -> None:
        """Answer with something else altogether."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"hallo\r\n\r\n")

        self.answer = answer


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver on a free port of loopback until the block ends."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(self.path, headers, body))
            try:
                if receiver.answer:
                    receiver.answer(self)
                else:
                    self.send_response(204)
                    self.end_headers()
            except OSError:
                self.close_connection = True  # the sender hung up, as it should

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hooks"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
