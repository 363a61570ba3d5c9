"""Fetching a list from the address that the operator gave, and where the issuer leads from it."""

from __future__ import annotations

import http.client
import io
import socket
import tempfile
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from undaunted.core.listings.actions.loading import load_list
from undaunted.core.listings.readers import unpacked
from undaunted.core.listings.rules import (
    LIMITS,
    MOST_LED,
    Came,
    ListRefused,
    is_outside,
    leads_on,
    same_door,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.readers import Address
    from undaunted.core.listings.rules import Loaded

__all__ = ["ListUnreachable", "OutwardConnection", "fetch_list"]

PATIENCE = 60.0
"""Seconds that one read may take."""
LONGEST = 15 * 60.0
"""Seconds that one list may take: to where it leads, head and body, however they trickle."""
_CHUNK = 2**20
_LONGEST = 300
_LEADING = frozenset({301, 302, 303, 307, 308})


class ListUnreachable(ListRefused):
    """The address does not answer with a file; the version before stays in force."""


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows nothing by itself: where an answer leads is looked at first."""

    def http_error_302(self, *_: object) -> None:
        """Give nowhere to go and read no address, so that the answer counts as a failure."""

    http_error_301 = http_error_303 = http_error_302  # type: ignore[assignment]
    http_error_307 = http_error_308 = http_error_302  # type: ignore[assignment]


class OutwardConnection(http.client.HTTPSConnection):
    """A connection that asks nothing of a machine inside, whatever its name led to meanwhile."""

    def connect(self) -> None:
        """Connect, and leave before a word is said where the other end is inside.

        Through the operator's proxy the other end is the proxy, which reaches what it may.
        """
        super().connect()
        if not getattr(self, "_tunnel_host", None) and not is_outside(self.sock.getpeername()[0]):
            self.close()
            raise OSError("it is inside the network, where no list is asked for")


class _Timely(io.RawIOBase):
    """What an issuer sends, while there is time for it."""

    def __init__(self, raw: io.RawIOBase, demand: Callable[[], None]) -> None:
        super().__init__()
        self._raw, self._demand = raw, demand

    def readable(self) -> bool:
        """Say that it is read."""
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - as the library has it
        """Read what has come, if there is time left."""
        self._demand()
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Let the connection go."""
        self._raw.close()
        super().close()


class _TimelyResponse(http.client.HTTPResponse):
    """An answer whose every byte, of its head too, comes while there is time."""

    def __init__(self, demand: Callable[[], None], *told: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*told, **more)
        self.fp = io.BufferedReader(_Timely(self.fp.detach(), demand))


class _Handler(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """Opens addresses by a connection that waits no longer than there is time."""

    def __init__(
        self, demand: Callable[[], None], secure: type[http.client.HTTPSConnection]
    ) -> None:
        super().__init__()
        self._demand, self._secure = demand, secure

    def http_open(self, req: urllib.request.Request) -> Any:  # noqa: ANN401 - as the library has it
        """Open a plain one."""
        return self.do_open(partial(self._connection, http.client.HTTPConnection), req)

    def https_open(self, req: urllib.request.Request) -> Any:  # noqa: ANN401 - as the library has it
        """Open it."""
        return self.do_open(partial(self._connection, self._secure), req)

    def _connection(
        self,
        kind: type[http.client.HTTPConnection],
        host: str,
        **more: Any,  # noqa: ANN401
    ) -> http.client.HTTPConnection:
        made = kind(host, **more)
        made.response_class = partial(_TimelyResponse, self._demand)  # type: ignore[assignment]
        return made


def fetch_list(
    address: Address, *, actor: Actor, at: datetime, clock: Callable[[], float]
) -> Loaded:
    """Fetch a list and load it; a doubt is never confirmed here, because nobody looks.

    `clock` tells seconds that only go on, such as `time.monotonic`: an issuer, or whoever stands
    between, that sends a byte now and then holds nobody up for longer than `LONGEST`.

    Where the address leads on, at most five times, it is followed as far as `leads_on` allows; a
    ZIP with one list in it is unpacked. Raises `ListUnreachable`, and what `load_list` raises.
    """
    with tempfile.TemporaryDirectory(prefix="undaunted-list-") as folder:
        file = Path(folder) / address.name
        _fetch(address, file, clock)
        return load_list(
            address.source,
            unpacked(address.source, file),
            actor=actor,
            at=at,
            came=Came.FETCHED,
            address=_without_secrets(address.address),
        )


def _fetch(address: Address, file: Path, clock: Callable[[], float]) -> None:
    asked, until = address.address, clock() + LONGEST
    shown = _without_secrets(asked)

    def demand() -> None:
        if clock() > until:
            raise ListUnreachable(
                f"{shown}: takes longer than {LONGEST / 60:.0f} minutes; it is tried again later"
            )

    for _turn in range(MOST_LED + 1):
        demand()
        led = _ask(address, asked, file, demand)
        if not led:
            return
        asked = led
    raise ListUnreachable(f"{shown}: leads on more than {MOST_LED} times; look at the address")


def _ask(address: Address, asked: str, file: Path, demand: Callable[[], None]) -> str:
    """Write what an address answers into a file; gives where it leads instead, if it does."""
    shown = _without_secrets(asked)
    inside = same_door(address.address, asked)
    if not inside:
        _demand_outside(asked, shown)
    secure = http.client.HTTPSConnection if inside else OutwardConnection
    opener = urllib.request.build_opener(_Straight, _Handler(demand, secure))
    ask = urllib.request.Request(asked)  # noqa: S310 - checked when it was read, or led to
    got = 0
    try:
        with (
            opener.open(ask, timeout=PATIENCE) as reply,
            file.open("wb") as held,
        ):
            while chunk := reply.read(_CHUNK):
                got += len(chunk)
                if got > LIMITS["file_bytes"]:
                    raise ListUnreachable(f"{shown}: sends more than any list holds")
                held.write(chunk)
            length = reply.headers.get("Content-Length", "")
    except urllib.error.HTTPError as answer:
        answer.close()
        return _led(address, asked, answer.code, answer.headers.get("Location", ""))
    except (OSError, urllib.error.URLError, http.client.HTTPException) as problem:
        raise ListUnreachable(
            f"{shown}: does not answer ({problem}); look at the address"
        ) from None
    if length.isdecimal() and int(length) != got:
        raise ListUnreachable(f"{shown}: {got:,} of {length} bytes came; it is tried again later")
    return ""


def _led(address: Address, asked: str, code: int, location: str) -> str:
    """Give where an answer leads. Raises `ListUnreachable` where that may not be asked."""
    shown, said = _without_secrets(asked), "look at the address"
    if code in _LEADING and location.isascii() and location.isprintable():
        try:
            led = urljoin(asked, location.strip()) if location else ""
            if led and leads_on(address.address, led, address.hosts):
                return led
            if urlsplit(led).scheme == "https":
                told, host = _without_secrets(led)[:_LONGEST], urlsplit(led).hostname
                said = f"leads to {told}, which is not asked; write {host} under hosts, if it is "
                said += "the issuer's"
        except ValueError:
            pass
    raise ListUnreachable(f"{shown}: answers {code}; {said}") from None


def _demand_outside(asked: str, shown: str) -> None:
    """Refuse a name that leads to any machine inside; behind a proxy that is the proxy's to do."""
    parts = urlsplit(asked)
    host = parts.hostname or ""
    if urllib.request.getproxies().get("https") and not urllib.request.proxy_bypass(host):
        return
    try:
        found = socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise ListUnreachable(
            f"{shown}: does not answer ({problem}); look at the address"
        ) from None
    if not found or not all(is_outside(str(each[4][0])) for each in found):
        raise ListUnreachable(f"{shown}: leads inside the network, where no list is asked for")


def _without_secrets(address: str) -> str:
    """Leave out what an address may carry of keys: name, password and question."""
    parts = urlsplit(address)
    host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
