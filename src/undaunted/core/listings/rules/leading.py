"""Where an issuer's address may lead: to its own host, or to one that the operator named too."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["MOST_LED", "is_outside", "leads_on", "same_door"]

MOST_LED: Final = 5
"""So many times an address may lead on before it is given up."""
_WWW: Final = "www."
_SHARED: Final = frozenset(
    {"ac", "co", "com", "edu", "gc", "go", "gob", "gouv", "gov", "govt", "mil", "ne", "net", "nic",
     "or", "org"}
)  # fmt: skip
"""First words of names such as `gov.uk`, below which everybody has a name of their own."""
_BRANCHES: Final = 2
_WRAPS: Final = tuple(
    ipaddress.IPv6Network(each)
    for each in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")
)
"""Addresses that a network may translate into older ones, those inside among them."""


def leads_on(first: str, target: str, hosts: Collection[str]) -> bool:
    """Whether a list that is asked for at `first` may be asked for at `target`.

    Both are whole addresses. `target` begins with `https://`, names nobody to sign in, and is on
    the first host, below it without its `www.`, or on one of the `hosts`; or it is the same door.
    """
    try:
        begun, led = urlsplit(first), urlsplit(target)
        if same_door(first, target):
            return not led.username and not led.password
        named = (led.hostname or "").rstrip(".")
        port = led.port
    except ValueError:
        return False
    if led.scheme != "https" or not named or led.username or led.password:
        return False
    if begun.scheme != "https":
        return named in hosts
    own = _is_own((begun.hostname or "").rstrip("."), named)
    return named in hosts or (own and port in {None, begun.port})


def same_door(first: str, target: str) -> bool:
    """Whether two addresses differ at most in what stands behind host and port."""
    return _door(urlsplit(first)) == _door(urlsplit(target))


def is_outside(address: str) -> bool:
    """Whether a numeric address of the network is one of the whole world, and of one machine."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and (
        found.ipv4_mapped
        or found.sixtofour
        or found.teredo
        or found.is_site_local
        or any(found in each for each in _WRAPS)
    ):
        return False
    return found.is_global and not found.is_multicast


def _is_own(first: str, named: str) -> bool:
    """Whether a host is the first one, or below it; without `www.` where that is one owner's."""
    bare = first.removeprefix(_WWW)
    parts = bare.split(".")
    if len(parts) < _BRANCHES or (len(parts) == _BRANCHES and parts[0] in _SHARED):
        bare = first
    return named in {first, bare} or named.endswith(f".{bare}")


def _door(parts: SplitResult) -> tuple[str, str | None, int | None]:
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or usual
