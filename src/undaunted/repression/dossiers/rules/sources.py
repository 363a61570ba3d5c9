"""What a paper may tell of a source beside its title: what was published, nothing of who spoke.

A witness, a family or a lawyer may be found by the name of who keeps the file, by a day or by an
address. So these are told of what was published alone: it says so itself, or a state, a parliament,
a newspaper published it and no team has sealed it.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from undaunted.core.evidence.rules import SourceKind
from undaunted.core.listings.rules import is_outside

__all__ = ["PUBLISHED", "is_published", "open_address"]

PUBLISHED: Final = frozenset(
    {
        SourceKind.OFFICIAL_STATEMENT,
        SourceKind.OFFICIAL_REGISTER,
        SourceKind.LEGISLATION,
        SourceKind.UN_DOCUMENT,
        SourceKind.NEWS_REPORT,
        SourceKind.STATE_MEDIA,
    }
)
"""Kinds of sources that are published by what they are."""


def is_published(kind: str, *, public: bool, sealed: bool) -> bool:
    """Tell whether publisher, day and address of a source may stand in a paper."""
    return public or (not sealed and kind in PUBLISHED)


_SECRET = re.compile(r"token|key|sig|auth|pass|session|secret|code", re.IGNORECASE)
"""What a part of an address is called that lets whoever has it in."""


def open_address(address: str) -> str:
    """Give an address that anybody can open; nothing for one of our own rooms or with our key."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or _is_ours(host):
        return ""
    query = "" if _SECRET.search(parts.query) else parts.query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _is_ours(host: str) -> bool:
    """Whether a host is one that only those of one house reach."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".lan", ".home.arpa"))
    return not is_outside(host)
