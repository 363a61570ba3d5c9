"""A body that is read while it arrives: whoever waits for it gives its turn to others."""

from __future__ import annotations

import asyncio
from io import RawIOBase
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threading import Semaphore

__all__ = ["Arriving", "BodyBroken"]


class BodyBroken(OSError):
    """The body ended early, or nothing of it came for too long."""


class Arriving(RawIOBase):
    """The `wsgi.input` of a long body. Reads in a thread what the server's loop receives."""

    def __init__(
        self,
        protocol: Any,  # noqa: ANN401 - the server's own
        loop: asyncio.AbstractEventLoop,
        turns: Semaphore,
        stated: int,
        *,
        patience: float,
    ) -> None:
        self._pieces = aiter(protocol)
        self._loop = loop
        self._turns = turns
        self._left = stated
        self._patience = patience
        self._held = b""

    def readable(self) -> bool:
        """Say so."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Give at most `size` bytes, or all that is left; raises `BodyBroken`."""
        if size < 0:
            return b"".join(iter(lambda: self.read(2**16), b""))
        if not self._held and size:
            self._held = self._wait()
        given, self._held = self._held[:size], self._held[size:]
        return given

    def readline(self, size: int | None = -1, /) -> bytes:
        """Give a line; nothing here is read so, but the interface of WSGI has it."""
        line = bytearray()
        while size is None or size < 0 or len(line) < size:
            letter = self.read(1)
            line += letter
            if not letter or letter == b"\n":
                break
        return bytes(line)

    def _wait(self) -> bytes:
        """Wait for the next piece without holding a turn; nothing at the stated end."""
        if self._left == 0:
            return b""
        self._turns.release()
        try:
            piece: bytes = asyncio.run_coroutine_threadsafe(self._next(), self._loop).result()
        finally:
            self._turns.acquire()
        if not piece and self._left > 0:
            raise BodyBroken("the body ended early")
        if self._left > 0:
            self._left = max(0, self._left - len(piece))
        return piece

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout(self._patience):
                while not (piece := bytes(await anext(self._pieces))):
                    pass
        except StopAsyncIteration:
            return b""
        except (TimeoutError, RuntimeError) as problem:
            raise BodyBroken("the body stalled") from problem
        return piece
