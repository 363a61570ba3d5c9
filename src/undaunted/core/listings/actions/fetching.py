"""Fetching a list from the one address that the operator gave: nothing else is ever asked."""

from __future__ import annotations

import http.client
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from undaunted.core.listings.actions.loading import load_list
from undaunted.core.listings.rules import LIMITS, Came, ListRefused

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.readers import Address
    from undaunted.core.listings.rules import Loaded

__all__ = ["ListUnreachable", "fetch_list"]

PATIENCE = 60.0
_CHUNK = 2**20
_LONGEST = 300


class ListUnreachable(ListRefused):
    """The address does not answer with a file; the version before stays in force."""


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows nothing: only the address that the operator named is asked."""

    def http_error_302(self, *_: object) -> None:
        """Give nowhere to go and read no address, so that the answer counts as a failure."""

    http_error_301 = http_error_303 = http_error_302  # type: ignore[assignment]
    http_error_307 = http_error_308 = http_error_302  # type: ignore[assignment]


def fetch_list(address: Address, *, actor: Actor, at: datetime) -> Loaded:
    """Fetch a list and load it; a doubt is never confirmed here, because nobody looks.

    Raises `ListUnreachable`, and what `load_list` raises.
    """
    with tempfile.TemporaryDirectory(prefix="undaunted-list-") as folder:
        file = Path(folder) / address.name
        _fetch(address.address, file)
        return load_list(
            address.source,
            file,
            actor=actor,
            at=at,
            came=Came.FETCHED,
            address=_without_secrets(address.address),
        )


def _fetch(address: str, file: Path) -> None:
    shown = _without_secrets(address)
    ask = urllib.request.Request(address)  # noqa: S310 - the operator's address, checked when read
    got = 0
    try:
        with (
            urllib.request.build_opener(_Straight).open(ask, timeout=PATIENCE) as reply,
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
        led = _led_to(address, answer.headers.get("Location", ""))
        said = f"leads to {led}, which is not asked; name that" if led else "look at the address"
        raise ListUnreachable(f"{shown}: answers {answer.code}; {said}") from None
    except (OSError, urllib.error.URLError, http.client.HTTPException) as problem:
        raise ListUnreachable(
            f"{shown}: does not answer ({problem}); look at the address"
        ) from None
    if length.isdecimal() and int(length) != got:
        raise ListUnreachable(f"{shown}: {got:,} of {length} bytes came; it is tried again later")


def _led_to(address: str, location: str) -> str:
    """Give where an answer leads, without secrets; empty where it is no address for lists."""
    try:
        led = urljoin(address, location) if location and location.isprintable() else ""
        return _without_secrets(led)[:_LONGEST] if urlsplit(led).scheme == "https" else ""
    except ValueError:
        return ""


def _without_secrets(address: str) -> str:
    """Leave out what an address may carry of keys: name, password and question."""
    parts = urlsplit(address)
    host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
