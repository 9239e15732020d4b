"""Asking a server for a file, or for the rest of it.

The standard library asks: it knows the system's proxies and certificates, and one download needs
no more. It does so in a thread, because neither the search for a name nor a connection that stands
still can be left in time; whoever waits here can be cancelled at any moment.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trainer.installing.problems import (
    BrokenOffError,
    explain_break,
    explain_network,
    explain_stall,
)
from trainer.installing.types import InstallError

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from urllib.request import OpenerDirector, Request

    from trainer.installing.meter import Meter

SAFE_SCHEMES = ("https",)
MOST_REDIRECTS = 5
STALL_S = 30.0
_BLOCK_BYTES = 1 << 18
_BLOCKS_AHEAD = 8
_POLL_S = 0.1
_RANGE_REFUSED = 416
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says before the bytes come.

    `start` is where in the file they begin, `whole` how long the file is, None if that is not
    told. `validator` is the ETag or, without one, the date of this version of the file.
    `refused_range` says that there is no such rest; then no bytes come.
    """

    start: int
    whole: int | None
    validator: str | None
    is_page: bool = False
    refused_range: bool = False


class Fetch:
    """One request under way. Close it, whatever happens."""

    def __init__(
        self,
        url: str,
        meter: Meter,
        *,
        start: int = 0,
        validator: str | None = None,
        schemes: Collection[str] = SAFE_SCHEMES,
        stall_s: float = STALL_S,
    ) -> None:
        from urllib.parse import urlsplit

        self.host = urlsplit(url).hostname or url
        self._meter = meter
        self._stall_s = stall_s
        self._came: queue.Queue[Answer | bytes | Exception | None] = queue.Queue(_BLOCKS_AHEAD)
        self._closed = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(url, start, validator, schemes), name="download", daemon=True
        )
        self._thread.start()

    def answer(self) -> Answer:
        """Wait for what the server says first.

        Raises `InstallError`, `BrokenOffError` and `CancelledError`.
        """
        answer = self._next()
        assert isinstance(answer, Answer)
        return answer

    def blocks(self) -> Iterator[bytes]:
        """Yield the bytes as they come; raises as `answer` does."""
        while block := self._next():
            assert isinstance(block, bytes)
            yield block

    def close(self) -> None:
        """End the request. A thread that the system holds ends when the system lets it go."""
        self._closed.set()

    def _next(self) -> Answer | bytes | None:
        deadline = time.monotonic() + self._stall_s
        while True:
            self._meter.check()
            try:
                came = self._came.get(timeout=_POLL_S)
            except queue.Empty:
                if time.monotonic() > deadline:
                    raise explain_stall(self.host) from None
                continue
            if isinstance(came, InstallError | BrokenOffError):
                raise came
            if isinstance(came, Exception):
                raise explain_network(came, self.host) from came
            return came

    def _run(self, url: str, start: int, validator: str | None, schemes: Collection[str]) -> None:
        try:
            with _open(url, start, validator, schemes, self._stall_s) as response:
                self._put(_read_answer(response))
                self._pump(response)
            self._put(None)
        except Exception as error:  # noqa: BLE001 - handed to whoever waits
            self._put(self._judged(error))

    def _pump(self, response: HTTPResponse) -> None:
        from http.client import HTTPException

        try:
            while not self._closed.is_set() and (block := response.read1(_BLOCK_BYTES)):
                self._put(block)
        except TimeoutError:
            raise
        except (HTTPException, OSError, ValueError) as error:
            raise BrokenOffError(explain_break(self.host)) from error

    def _judged(self, error: Exception) -> Exception | Answer:
        from http.client import HTTPException
        from urllib.error import HTTPError

        if isinstance(error, HTTPError):
            error.close()
            if error.code == _RANGE_REFUSED:
                return Answer(0, None, None, refused_range=True)
        if isinstance(error, HTTPException | ConnectionResetError):
            return BrokenOffError(explain_break(self.host))
        return error

    def _put(self, item: Answer | bytes | Exception | None) -> None:
        while not self._closed.is_set():
            try:
                self._came.put(item, timeout=_POLL_S)
            except queue.Full:
                continue
            return


def check_redirect(source: str, target: str, schemes: Collection[str]) -> None:
    """Raise `InstallError` for an address that must not be followed from `source`."""
    from urllib.parse import urlsplit

    before, after = urlsplit(source), urlsplit(target)
    if after.scheme not in schemes or (before.scheme == "https" and after.scheme != "https"):
        raise InstallError(
            f"{before.hostname} sends on to an address that is not safe.",
            "Try another network: this one may want you to sign in first.",
        )


def _open(
    url: str, start: int, validator: str | None, schemes: Collection[str], timeout_s: float
) -> HTTPResponse:
    from urllib.parse import urlsplit
    from urllib.request import Request

    if urlsplit(url).scheme not in schemes:
        raise InstallError(f"The address {url} is not safe.", "Install the trainer again.")
    headers = {"User-Agent": "interview-trainer", "Accept": "*/*"}
    if start:
        headers["Range"] = f"bytes={start}-"
        if validator and not validator.startswith("W/"):
            headers["If-Range"] = validator
    request = Request(url, headers=headers)  # noqa: S310 - its scheme is checked above
    response: HTTPResponse = _opener(schemes).open(request, timeout=timeout_s)
    return response


def _opener(schemes: Collection[str]) -> OpenerDirector:
    """Return what opens addresses: HTTP by the system's proxies, and nothing else."""
    from urllib import request

    class Redirects(request.HTTPRedirectHandler):
        max_redirections = MOST_REDIRECTS
        max_repeats = MOST_REDIRECTS

        def redirect_request(
            self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
        ) -> Request | None:
            try:
                check_redirect(req.full_url, newurl, schemes)
            except InstallError:
                fp.close()
                raise
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
        request.UnknownHandler(),
        Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def _read_answer(response: HTTPResponse) -> Answer:
    headers = response.headers
    validator = headers.get("ETag") or headers.get("Last-Modified")
    is_page = headers.get_content_type() in ("text/html", "application/xhtml+xml")
    found = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", "").strip())
    if response.status == 206 and found:
        whole = None if found[2] == "*" else int(found[2])
        return Answer(int(found[1]), whole, validator, is_page)
    length = headers.get("Content-Length", "").strip()
    whole = int(length) if response.status == 200 and length.isdecimal() else None
    return Answer(0, whole, validator, is_page)
