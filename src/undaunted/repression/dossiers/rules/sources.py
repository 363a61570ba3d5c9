"""What a paper may tell of a source beside its title: what was published, nothing of who spoke.

A witness, a family or a lawyer may be found by the name of who keeps the file, by a day or by an
address. So these are told of what was published alone: it says so itself, or a state, a parliament,
a newspaper published it and no team has sealed it.
"""

from __future__ import annotations

from typing import Final

from undaunted.core.evidence.rules import SourceKind

__all__ = ["PUBLISHED", "is_published"]

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
