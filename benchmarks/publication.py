"""One case taken down and published again: what the projection costs in the transaction."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks.timing import spread

if TYPE_CHECKING:
    from benchmarks.installation import Installation

__all__ = ["measure"]

CASES = 25


def measure(place: Installation) -> dict[str, Any]:
    """Give milliseconds of taking down and of publishing, each as one committed transaction."""
    with psycopg.connect(place.owner_url) as connection:
        chosen = connection.execute(
            "SELECT id FROM published_case ORDER BY md5(reference) LIMIT %s", [CASES]
        ).fetchall()
        connection.commit()
        down, up = [], []
        for (party,) in chosen:
            down.append(_change(connection, party, "taken_down"))
            up.append(_change(connection, party, "published"))
    # The first of each opens the files and plans for the connection; it is what the others are not.
    return {
        "taken down": spread(down[1:]).as_dict(),
        "published": spread(up[1:]).as_dict(),
        "first": max(down[0], up[0]),
    }


def _change(connection: psycopg.Connection[Any], party: object, state: str) -> float:
    begin = time.perf_counter()
    connection.execute(
        "UPDATE registry_publication SET state = %s WHERE party_id = %s", [state, party]
    )
    connection.execute("SELECT registry_project(%s)", [[party]])
    connection.commit()
    return (time.perf_counter() - begin) * 1000
