"""Invented lists of two states, judged and not, and the people who load and judge them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tests.core.listings.factories import Office, loaded, make_office
from tests.core.matching.factories import XF, XZ, judged, person, resolved
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["AT", "DAY", "XF", "XZ", "Verdict", "event", "judged", "listing", "make_office",
           "person", "resolved", "two_lists"]  # fmt: skip

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = date(2026, 6, 1)


def event(kind: str, day: str) -> dict[str, str]:
    """Give an event of an entry."""
    return {"kind": kind, "day": day}


def listing(  # noqa: PLR0913 - a list, its rows, its day and when it came
    office: Office,
    source: str,
    folder: Path,
    rows: list[dict[str, Any]],
    *,
    day: str,
    at: datetime = AT,
    more: tuple[str, ...] = (),
) -> None:
    """Load rows as the next version of a list, dated a day, loaded at a moment.

    `more` are rows that stand before them as they are, one that nobody can read too.
    """
    file = folder / f"{source}-{day}.jsonl"
    head, *lines = map(json.dumps, [{"published": day, "entries": len(rows) + len(more)}, *rows])
    file.write_text("\n".join((head, *more, *lines)) + "\n", encoding="utf-8")
    loaded(office, source, file, at=at, confirmed=True)


def two_lists(office: Office, folder: Path) -> None:
    """Load two lists of May 2026: one party on both, one pair that waits, one on each alone."""
    human: dict[str, Any] = {
        "programmes": [{"code": "XF-HR", "title": "Grave violations of human rights"}]
    }
    freeze: dict[str, Any] = {"measures": [{"kind": "asset_freeze", "stated": True}]}
    both: dict[str, Any] = {
        "measures": [*freeze["measures"], {"kind": "entry_ban", "stated": True}]
    }
    listing(
        office,
        XF,
        folder,
        [
            person("F1", "Viktor Strovik", born="1961-03-04", **human, **both,
                   events=[event("designated", "2024-02-15")]),
            person("F2", "Ludmila Varga", born="1970", **human, **both,
                   events=[event("designated", "2024-02-15"), event("amended", "2025-01-01")]),
            person("F3", "Oskar Brandl", **human, **freeze,
                   events=[event("designated", "2023-01-01"), event("delisted", "2025-05-05")]),
        ],
        day="2026-05-20",
    )  # fmt: skip
    listing(
        office,
        XZ,
        folder,
        [
            person("Z1", "Victor Strovik", born="1961-03-04", **freeze,
                   events=[event("designated", "2024-06-14"), event("re_enacted", "2025-06-14")]),
            person("Z2", "Lyudmila Varga", born="1970", **freeze,
                   events=[event("designated", "2024-03-01")]),
            person("Z3", "Ferenc Molnari", born="1950", **freeze, events=[]),
        ],
        day="2026-05-25",
    )  # fmt: skip
    resolved(office.writer)
