"""A real server on the loopback that does to a download what servers and networks do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

Behaviour = Callable[["Request"], None]


class Request:
    """One request, and what the server has at that moment."""

    def __init__(self, handler: BaseHTTPRequestHandler, server: ArchiveServer) -> None:
        self._handler = handler
        self.server = server
        self.content = server.content
        self.headers = dict(handler.headers)

    def head(self, code: int, **headers: object) -> None:
        self._handler.send_response(code)
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), str(value))
        self._handler.end_headers()

    def body(self, data: bytes) -> None:
        with suppress(OSError):
            self._handler.wfile.write(data)
            self._handler.wfile.flush()

    def range_start(self) -> int:
        """Where the rest begins that is asked for, by the rules of Range and If-Range."""
        asked = self.headers.get("Range", "")
        if not asked or self.headers.get("If-Range", self.server.etag) != self.server.etag:
            return 0
        return int(asked.removeprefix("bytes=").removesuffix("-"))

    def begin(self, *, tagged: bool = True) -> bytes:
        """Send an honest head, and return what an honest body is."""
        start, whole = self.range_start(), len(self.content)
        tag = {"ETag": self.server.etag} if tagged else {}
        if start >= whole:
            self.head(416, Content_Range=f"bytes */{whole}")
            return b""
        if start:
            span = f"bytes {start}-{whole - 1}/{whole}"
            self.head(206, Content_Range=span, Content_Length=whole - start, **tag)
        else:
            self.head(200, Content_Length=whole, Content_Type="application/zip", **tag)
        return self.content[start:]


def honest(request: Request) -> None:
    request.body(request.begin())


def untagged(request: Request) -> None:
    request.body(request.begin(tagged=False))


def cutting(count: int) -> Behaviour:
    """Promise all, send `count` bytes, and hang up."""
    return lambda request: request.body(request.begin()[:count])


def stalling(count: int) -> Behaviour:
    """Send `count` bytes, and nothing more until the server is closed."""

    def behave(request: Request) -> None:
        request.body(request.begin()[:count])
        request.server.stalled.set()
        request.server.closing.wait(60)

    return behave


def silent(request: Request) -> None:
    request.server.stalled.set()
    request.server.closing.wait(60)


def ignoring_range(request: Request) -> None:
    request.head(200, Content_Length=len(request.content), ETag=request.server.etag)
    request.body(request.content)


def declaring(length: int) -> Behaviour:
    """Say that the file has this length, and send the file."""

    def behave(request: Request) -> None:
        request.head(200, Content_Length=length)
        request.body(request.content)

    return behave


def undeclared(request: Request) -> None:
    """Send the file without saying how long it is."""
    request.head(200)
    request.body(request.content)


def endless(request: Request) -> None:
    request.head(200)
    request.body(request.content * 3)


def status(code: int) -> Behaviour:
    def behave(request: Request) -> None:
        request.head(code, Content_Length=0)

    return behave


def redirecting(target: str) -> Behaviour:
    def behave(request: Request) -> None:
        request.head(302, Location=target, Content_Length=0)

    return behave


def page(request: Request) -> None:
    """What a hotel shows in place of the file."""
    text = b"<html><body>Please sign in</body></html>"
    request.head(200, Content_Length=len(text), Content_Type="text/html; charset=utf-8")
    request.body(text)


def page_without_a_type(request: Request) -> None:
    request.head(200)
    request.body(b"\n <!DOCTYPE html><title>Welcome</title>")


def rest_of_another(request: Request) -> None:
    """Ignore If-Range: send the rest of whatever the file is now."""
    request.headers.pop("If-Range", None)
    request.body(request.begin())


def another_rest(request: Request) -> None:
    """Answer with a rest that begins elsewhere than was asked for."""
    whole = len(request.content)
    request.head(206, Content_Range=f"bytes 7-{whole - 1}/{whole}", Content_Length=whole - 7)
    request.body(request.content[7:])


def no_http(request: Request) -> None:
    request.body(b"\x00\x01 what is this\r\n")


class ArchiveServer:
    """Serves `content` at `url`; the next requests are answered as `plan` says, then honestly."""

    def __init__(self, content: bytes, *plan: Behaviour) -> None:
        self.content = content
        self.plan = list(plan)
        self.requests: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.stalled = threading.Event()
        self.closing = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests.append(dict(self.headers))
                outer.paths.append(self.path)
                behave = outer.plan.pop(0) if outer.plan else honest
                behave(Request(self, outer))

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                pass  # whoever hung up in the middle of an answer meant to

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"{self.address}/models/tiny.zip"

    def __enter__(self) -> ArchiveServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
