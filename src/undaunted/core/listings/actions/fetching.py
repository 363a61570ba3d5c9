"""Fetching a list from the address that the operator gave, and where the issuer leads from it."""

from __future__ import annotations

import http.client
import socket
import tempfile
import urllib.error
import urllib.request
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
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.readers import Address
    from undaunted.core.listings.rules import Loaded

__all__ = ["ListUnreachable", "OutwardConnection", "fetch_list"]

PATIENCE = 60.0
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


class _OutwardHandler(urllib.request.HTTPSHandler):
    """Opens every `https://` address by such a connection."""

    def https_open(self, req: urllib.request.Request) -> Any:  # noqa: ANN401 - as the library has it
        """Open it."""
        return self.do_open(OutwardConnection, req)


def fetch_list(address: Address, *, actor: Actor, at: datetime) -> Loaded:
    """Fetch a list and load it; a doubt is never confirmed here, because nobody looks.

    Where the address leads on, at most five times, it is followed as far as `leads_on` allows; a
    ZIP with one list in it is unpacked. Raises `ListUnreachable`, and what `load_list` raises.
    """
    with tempfile.TemporaryDirectory(prefix="undaunted-list-") as folder:
        file = Path(folder) / address.name
        _fetch(address, file)
        return load_list(
            address.source,
            unpacked(address.source, file),
            actor=actor,
            at=at,
            came=Came.FETCHED,
            address=_without_secrets(address.address),
        )


def _fetch(address: Address, file: Path) -> None:
    asked = address.address
    for _turn in range(MOST_LED + 1):
        led = _ask(address, asked, file)
        if not led:
            return
        asked = led
    shown = _without_secrets(address.address)
    raise ListUnreachable(f"{shown}: leads on more than {MOST_LED} times; look at the address")


def _ask(address: Address, asked: str, file: Path) -> str:
    """Write what an address answers into a file; gives where it leads instead, if it does."""
    shown = _without_secrets(asked)
    inside = same_door(address.address, asked)
    if not inside:
        _demand_outside(asked, shown)
    openers = (_Straight,) if inside else (_Straight, _OutwardHandler)
    ask = urllib.request.Request(asked)  # noqa: S310 - checked when it was read, or led to
    got = 0
    try:
        with (
            urllib.request.build_opener(*openers).open(ask, timeout=PATIENCE) as reply,
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
