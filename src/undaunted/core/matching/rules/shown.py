"""What somebody is shown before they judge: the verdict is of that, and of nothing newer."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from undaunted.core.matching.rules.forms import form_of_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.rules.references import EntryKey

__all__ = ["digest_of_pairs", "digest_of_question"]


def digest_of_pairs(
    pairs: Iterable[tuple[EntryKey, EntryKey]], entries: Mapping[EntryKey, Entry]
) -> str:
    """Name which pairs are shown and what both entries of each say of who it is, in any order."""
    forms = {key: form_of_entry(entry).digest for key, entry in entries.items()}
    lines = {
        "\t".join(f"{':'.join(key)} {forms.get(key, '')}" for key in sorted(pair)) for pair in pairs
    }
    return _named(sorted(lines))


def digest_of_question(subject: str, entry: Entry) -> str:
    """Name what a file, by the digest of its form, and an entry say of who they are."""
    return _named((subject, form_of_entry(entry).digest))


def _named(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
