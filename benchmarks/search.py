"""Faceted search of published cases beside Datasette over SQLite FTS5 on the same rows."""

from __future__ import annotations

import json
import random
import sqlite3
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks.peers.environments import PeerFailed, ask
from benchmarks.timing import spread, timed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.installation import Installation

__all__ = ["measure"]

COLUMNS = (
    "id", "reference", "name", "search_form", "country", "gender", "birth_year", "roles", "laws",
    "lists", "status", "tier", "held_now", "first_start", "last_end",
)  # fmt: skip
FACETS = [("_facet", name) for name in ("country", "gender", "status", "tier", "held_now")] + [
    ("_facet_array", name) for name in ("roles", "laws")
]
NUMBERS = {"birth_year", "held_now"}
ROUNDS = 3


def measure(place: Installation) -> dict[str, Any]:
    """Give milliseconds of the same queries asked of both."""
    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - needs the settings
    from undaunted.prisoners.registry.queries.published import (  # noqa: PLC0415
        CaseQuery,
        search,
    )

    asked = _questions(place)
    ours = [CaseQuery(**each) for each in asked]
    totals = [search(PUBLIC, query).total for query in ours]
    kinds: dict[str, Any] = {}
    for kind in ("facets alone", "name", "name and facet"):
        some = [q for q, each in zip(ours, asked, strict=True) if _kind(each) == kind]
        kinds[kind] = timed([_call(search, PUBLIC, q) for q in some], rounds=ROUNDS).as_dict()
    days = [CaseQuery(country="XR", held_on=date(year, 6, 1)) for year in (1990, 2010, 2024)]
    by_day = timed([_call(search, PUBLIC, query) for query in days], rounds=ROUNDS)
    whole = timed([_call(search, PUBLIC, query) for query in ours], rounds=ROUNDS)
    slowest = max(ours, key=lambda q: timed([_call(search, PUBLIC, q)], rounds=1).median)
    return {
        "ours": whole.as_dict(),
        "kinds": kinds,
        "held on a day": by_day.as_dict(),
        "slowest": {k: v for k, v in asdict(slowest).items() if v and k != "standard"},
        "peer": _peer(place, asked, totals),
    }


def _call(search: Callable[..., object], actor: object, query: object) -> Callable[[], object]:
    return lambda: search(actor, query)


def _kind(asked: dict[str, Any]) -> str:
    if "name" not in asked:
        return "facets alone"
    return "name and facet" if len(asked) > 1 else "name"


def _questions(place: Installation) -> list[dict[str, Any]]:
    """Words of names that are there, in Latin letters and others, and combinations of facets."""
    dice = random.Random(7)  # noqa: S311 - a benchmark
    with psycopg.connect(place.owner_url) as connection:
        rows = connection.execute(
            "SELECT text FROM published_name WHERE script NOT IN ('Hans', 'Hang')"
            " ORDER BY script = 'Latn', md5(text) LIMIT 8"
        ).fetchall()
        rows += connection.execute(
            "SELECT name FROM published_case WHERE name <> '' ORDER BY md5(reference) LIMIT 8"
        ).fetchall()
    words = [dice.choice(str(name).split()).lower() for (name,) in rows]
    words = [words[at // 2 + 8 * (at % 2)] for at in range(16)]
    asked: list[dict[str, Any]] = [{"name": word} for word in words[:8]]
    asked += [{"name": word, "country": "XR"} for word in words[8:12]]
    asked += [{"name": word, "role": "journalist"} for word in words[12:16]]
    asked += [
        {}, {"country": "XR"}, {"country": "XF", "role": "journalist"}, {"law": "terrorism"},
        {"country": "XZ", "law": "cyber", "status": "recognised"}, {"gender": "woman"},
        {"tier": "A", "held_now": True}, {"role": "artist", "gender": "woman", "country": "XB"},
    ]  # fmt: skip
    return asked


def _peer(
    place: Installation, asked: list[dict[str, Any]], totals: list[int]
) -> dict[str, Any] | str:
    file = place.folder / "cases.db"
    _write(place, file)
    queries = [_translated(each) for each in asked]
    try:
        answer = ask("search", {"file": str(file), "queries": queries, "rounds": 1})
    except PeerFailed as failure:
        return str(failure)
    finally:
        file.unlink(missing_ok=True)
    same = sum(one == other for one, other in zip(totals, answer["totals"], strict=True))
    told = spread(answer["milliseconds"]).as_dict()
    return {**told, "version": answer["version"], "same totals": f"{same} of {len(totals)}"}


def _translated(asked: dict[str, Any]) -> list[tuple[str, str]]:
    found = [*FACETS, ("_size", "25"), ("_sort", "name")]
    for name, value in asked.items():
        if name == "name":
            found.append(("_search", value))
        elif name in {"role", "law"}:
            found.append((f"{name}s__arraycontains", value))
        else:
            found.append((f"{name}__exact", str(int(value) if value is True else value)))
    return found


def _write(place: Installation, file: Path) -> None:
    file.unlink(missing_ok=True)
    base = sqlite3.connect(file)
    columns = ", ".join(f"{one} {'INTEGER' if one in NUMBERS else 'TEXT'}" for one in COLUMNS)
    base.execute(f"CREATE TABLE cases ({columns}, PRIMARY KEY (id))")
    marks = ", ".join("?" for _ in COLUMNS)
    with psycopg.connect(place.owner_url) as connection, connection.cursor("all") as cursor:
        cursor.itersize = 10_000
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM published_case")
        rows = ([_cell(value) for value in row] for row in cursor)
        base.executemany(f"INSERT INTO cases VALUES ({marks})", rows)
    for name in ("name", "country", "gender", "status", "tier", "held_now"):
        base.execute(f"CREATE INDEX cases_{name} ON cases ({name})")
    base.execute('CREATE VIRTUAL TABLE cases_fts USING fts5 (search_form, content="cases")')
    base.execute("INSERT INTO cases_fts (rowid, search_form) SELECT rowid, search_form FROM cases")
    base.commit()
    base.execute("ANALYZE")
    base.close()


def _cell(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value)
    return value if value is None or isinstance(value, int | str) else str(value)
