"""The count on a day with a breakdown, and fifty years by months, beside pandas in memory."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import psycopg

from benchmarks.peers.environments import PeerFailed, ask
from benchmarks.timing import spread, timed

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.installation import Installation

__all__ = ["measure"]

ROUNDS = 5
DAYS = [date(year, month, 17) for year in (1985, 1999, 2008, 2016, 2025) for month in (2, 12)]
SINCE, UNTIL = date(1976, 1, 1), date(2025, 12, 1)
SEGMENTS = """
    SELECT s.start_on - DATE '1970-01-01', CASE WHEN s.end_on = 'infinity' THEN 2147483647
        ELSE s.end_on - DATE '1970-01-01' END, s.tier, s.verified, s.certain, c.roles
    FROM published_segment s JOIN published_case c ON c.id = s.case_id
    WHERE s.standard = 'pace-1900' AND s.known_to = 'infinity'
"""


def measure(place: Installation) -> dict[str, Any]:
    """Give milliseconds of both, and whether they agree on every number."""
    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - needs the settings
    from undaunted.prisoners.registry.queries.counting import count, series  # noqa: PLC0415

    persons = [count(PUBLIC, as_of=day, by="role").bands.persons for day in DAYS]
    line = [p.bands.persons for p in series(PUBLIC, since=SINCE, until=UNTIL).points]
    calls = [partial(count, PUBLIC, as_of=day, by="role") for day in DAYS]
    calls += [partial(count, PUBLIC, as_of=day, by="law", country="XR") for day in DAYS]
    drawn = timed([partial(series, PUBLIC, since=SINCE, until=UNTIL)], rounds=2 * ROUNDS)
    found = {
        "count": timed(calls, rounds=ROUNDS).as_dict(),
        "series": drawn.as_dict(),
        "persons": persons[-1],
    }
    peer = _peer(place)
    if isinstance(peer, str):
        return {**found, "peer": peer}
    agree = peer.pop("persons") == persons and peer.pop("line") == line
    return {**found, "peer": peer, "same numbers": agree}


def _peer(place: Installation) -> dict[str, Any] | str:
    file = place.folder / "segments.npz"
    _write(place, file)
    months = [date(year, month, 1) for year in range(1976, 2026) for month in range(1, 13)]
    question = {"file": str(file), "rounds": ROUNDS, "days": [_number(day) for day in DAYS],
                "months": [_number(day) for day in months]}  # fmt: skip
    try:
        answer = ask("counts", question)
    except PeerFailed as failure:
        return str(failure)
    finally:
        file.unlink(missing_ok=True)
    return {
        "count": spread(answer["counted"]).as_dict(),
        "series": spread(answer["drawn"]).as_dict(),
        "persons": answer["persons"],
        "line": answer["series"],
        "version": answer["version"],
    }


def _write(place: Installation, file: Path) -> None:
    with psycopg.connect(place.owner_url) as connection:
        rows = connection.execute(SEGMENTS).fetchall()
    pairs = [(at, role) for at, row in enumerate(rows) for role in row[5]]
    columns = [np.array(column) for column in list(zip(*rows, strict=True))[:5]]
    np.savez(
        file, start=columns[0], end=columns[1], tier=columns[2], verified=columns[3],
        certain=columns[4], role_at=np.array([at for at, _ in pairs]),
        role=np.array([role for _, role in pairs]),
    )  # fmt: skip


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days
