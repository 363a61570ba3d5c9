"""A porter, who lets a request in once its body is there.

A body may take minutes through Tor. While it arrives it holds no thread and no connection to the
database: a small one is gathered here and then handed to Django with a thread of the few there are.
A large one, which is a file, is read by a thread of its own that has a turn to work only while it
is not waiting for bytes. A body that ends early is never handed on as if it were whole.
"""

from __future__ import annotations

import asyncio
import sys
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Semaphore
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from undaunted.config.arriving import Arriving
from undaunted.site.middleware import HEADERS, NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

__all__ = ["Porter"]

SMALL: Final = 3 * 2**20
"""The longest body that is gathered whole; forms and sealed reports are far shorter."""
ALWAYS: Final = 128 * 2**10
"""A body up to this length is gathered even when others have filled the room below."""
ROOM: Final = 96 * 2**20
"""How many bytes of bodies may wait at once."""
MOST_WAITING: Final = 900
"""How many bodies may arrive at once; then the one that has been silent longest gives way."""
STALL: Final = 90.0
"""Seconds without a byte after which a body is given up."""
FILES_AT_ONCE: Final = 256
TURNS_FOR_FILES: Final = 2
"""Threads that read files and work at the same moment; the pools of connections allow for them."""
PART: Final = 2**20
_BODILESS: Final = frozenset({"GET", "HEAD", "OPTIONS", "DELETE", "TRACE"})
_TROUBLE: Final = "help/trouble/"


class Porter:
    """Calls a WSGI application for each request whose body is whole, or is a file that arrives."""

    def __init__(self, app: Callable[..., Iterable[bytes]], threads: int) -> None:
        self._app = app
        self._few = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._files = ThreadPoolExecutor(FILES_AT_ONCE, thread_name_prefix="file")
        self._turns = Semaphore(TURNS_FOR_FILES)
        self._waiting: OrderedDict[asyncio.Task[Any], None] = OrderedDict()
        self._held = 0

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:  # noqa: ANN401 - the server's own
        """Answer one request."""
        if scope.proto != "http":
            return
        environ = _environ(scope)
        stated = _stated_length(environ)
        if stated == 0:
            await self._work(environ, BytesIO(), protocol)
        elif 0 < stated <= SMALL:
            await self._gather(environ, stated, protocol)
        else:
            await self._receive(environ, stated, protocol)

    async def _gather(self, environ: dict[str, Any], stated: int, protocol: Any) -> None:  # noqa: ANN401
        if stated > ALWAYS and self._held + stated > ROOM:
            await self._refuse(environ, "busy", protocol)
            return
        self._held += stated
        try:
            body = await self._whole(protocol, stated)
            if body is None:
                await self._refuse(environ, "broken", protocol)
            else:
                await self._work(environ, BytesIO(body), protocol)
        finally:
            self._held -= stated

    async def _whole(self, protocol: Any, stated: int) -> bytes | None:  # noqa: ANN401
        """Give the body, or None where it stalled, gave way, or ended early."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - the server runs each request as a task
        body, pieces = bytearray(), aiter(protocol)
        self._make_room(task)
        try:
            while len(body) < stated:
                async with asyncio.timeout(STALL):
                    body += await anext(pieces)
                self._waiting.move_to_end(task)
        except (StopAsyncIteration, TimeoutError, OSError, RuntimeError):
            return None
        except asyncio.CancelledError:
            if task not in self._waiting:
                task.uncancel()
                return None
            raise
        finally:
            self._waiting.pop(task, None)
        return bytes(body) if len(body) == stated else None

    def _make_room(self, task: asyncio.Task[Any]) -> None:
        self._waiting[task] = None
        if len(self._waiting) > MOST_WAITING:
            silent, _ = self._waiting.popitem(last=False)
            silent.cancel()

    async def _receive(self, environ: dict[str, Any], stated: int, protocol: Any) -> None:  # noqa: ANN401
        loop = asyncio.get_running_loop()
        body = Arriving(protocol, loop, self._turns, stated, patience=STALL)
        environ["wsgi.input"] = body
        answer = _Answer(protocol, loop)
        with_turn = _in_turn(self._turns, lambda: answer.give(self._app, environ))
        await loop.run_in_executor(self._files, with_turn)

    async def _work(self, environ: dict[str, Any], body: BytesIO, protocol: Any) -> None:  # noqa: ANN401
        environ["wsgi.input"] = body
        loop = asyncio.get_running_loop()
        answer = _Answer(protocol, loop)
        await loop.run_in_executor(self._few, answer.give, self._app, environ)

    async def _refuse(self, environ: dict[str, Any], why: str, protocol: Any) -> None:  # noqa: ANN401
        """Say what happened on a page of the doors; elsewhere in a line."""
        before, found, _ = environ["PATH_INFO"].partition("/help/")
        if found:
            page = f"{before}/{_TROUBLE}{why}/"
            asked = {"REQUEST_METHOD": "GET", "PATH_INFO": page, "CONTENT_LENGTH": "0"}
            await self._work({**environ, **asked}, BytesIO(), protocol)
            return
        status = 503 if why == "busy" else 400
        told = f"The request did not arrive whole ({why}). Send it again.\n".encode()
        protocol.response_bytes(status, _plain_headers(), told)


class _Answer:
    """Runs the application in a thread and sends what it gives, piece by piece where it is long."""

    def __init__(self, protocol: Any, loop: asyncio.AbstractEventLoop) -> None:  # noqa: ANN401
        self._protocol = protocol
        self._loop = loop
        self._status = 500
        self._headers: list[tuple[str, str]] = []

    def start(
        self,
        status: str,
        headers: list[tuple[str, str]],
        _problem: tuple[type[BaseException], BaseException, TracebackType] | None = None,
    ) -> None:
        """Remember what WSGI says first."""
        self._status = int(status.partition(" ")[0])
        self._headers = [(name.lower(), value) for name, value in headers]

    def give(self, app: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> None:
        """Answer."""
        pieces = app(environ, self.start)
        try:
            self._send(pieces)
        finally:
            if close := getattr(pieces, "close", None):
                close()

    def _send(self, pieces: Iterable[bytes]) -> None:
        held, stream = bytearray(), None
        for piece in pieces:
            held += piece
            if len(held) < PART:
                continue
            if stream is None:
                stream = self._protocol.response_stream(self._status, self._headers)
            self._push(stream, held)
            held = bytearray()
        if stream is None:
            self._protocol.response_bytes(self._status, self._headers, bytes(held))
        elif held:
            self._push(stream, held)

    def _push(self, stream: Any, held: bytearray) -> None:  # noqa: ANN401 - the server's own
        async def push() -> None:
            await stream.send_bytes(bytes(held))

        asyncio.run_coroutine_threadsafe(push(), self._loop).result()


def _in_turn(turns: Semaphore, work: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        with turns:
            work()

    return run


def _stated_length(environ: dict[str, Any]) -> int:
    """Give the stated length of a body, -1 where it has one and states none."""
    text = environ.get("CONTENT_LENGTH", "")
    if text.isascii() and text.isdigit():
        return int(text)
    bodiless = environ["REQUEST_METHOD"] in _BODILESS and "HTTP_TRANSFER_ENCODING" not in environ
    return 0 if bodiless else -1


def _environ(scope: Any) -> dict[str, Any]:  # noqa: ANN401 - the server's own
    server = urlsplit(f"//{scope.server}")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server.hostname or "localhost",
        "SERVER_PORT": str(server.port or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_LENGTH", "CONTENT_TYPE"} else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    if scope.authority and "HTTP_HOST" not in environ:
        environ["HTTP_HOST"] = scope.authority
    return environ


def _plain_headers() -> list[tuple[str, str]]:
    more = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": NOTHING,
        "Content-Type": "text/plain; charset=utf-8",
        "Referrer-Policy": "no-referrer",
    }
    return [(name.lower(), value) for name, value in {**HEADERS, **more}.items()]
