"""Lists in this program's own form: one entry a line, as it is exported."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from undaunted.core.listings.readers.files import text_lines
from undaunted.core.listings.rules import FaultRule, ListRefused, read_entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.core.listings.readers.reading import Reading
    from undaunted.core.listings.rules import Entry

__all__ = ["read_plain"]

_NEVER_KEPT = re.compile(r"\\u(?:0000|d[89ab])", re.IGNORECASE)
"""Null characters and halves of signs: no database keeps them."""


def read_plain(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries; the first line names the day, and how many follow: fewer is a cut file.

    So is one whose last line cannot be read. Empty lines say nothing.
    """
    given, wanted, broken, last = 0, -1, 0, 0
    with text_lines(path) as lines:
        for row, line in enumerate(lines, start=1):
            if row > 1 and not line.strip():
                continue
            last = row
            try:
                data = _kept(line)
                if row == 1:
                    told.published, wanted = str(data["published"]), int(data["entries"])
                    continue
                entry = read_entry({**data, "rows": [row]})
                key = told.claim(entry.key, row)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                if row == 1:
                    raise ListRefused(
                        f"{path.name}: line 1 does not name day and entries"
                    ) from None
                known = told.known(_key_in(line), row)
                told.find(row, "line", FaultRule.CELLS, line, key=known)
                broken = row
                continue
            given += 1
            if not entry.names:
                told.find(row, "names", FaultRule.NO_NAME, key, key=key)
                continue
            yield entry
    if broken and broken == last:
        raise ListRefused(f"{path.name}, line {broken}: the last row is cut; fetch the file again")
    if given + told.lost < wanted:
        raise ListRefused(f"{path.name}: {given} of {wanted} entries; it is cut, fetch it again")


def _kept(line: str) -> Any:  # noqa: ANN401 - whatever a line holds
    if _NEVER_KEPT.search(line):
        raise ValueError(line)
    return json.loads(line)


def _key_in(line: str) -> str:
    """Give the key in a line that gives no entry; "" where none can be read."""
    try:
        data = _kept(line)
    except (ValueError, RecursionError):
        return ""
    key = data.get("key") if isinstance(data, dict) else None
    return key if isinstance(key, str) else ""
