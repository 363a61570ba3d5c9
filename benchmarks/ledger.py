"""Writing an invented world into the ledger tables by COPY, as the owner, and projecting it."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import psutil  # type: ignore[import-untyped]
import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from benchmarks.people import World

    Say = Callable[[str], None]

__all__ = ["HOLDER", "load", "project"]

HOLDER, ONE, OTHER = (str(UUID(int=number)) for number in (7, 1, 2))
STAMP = "2021-01-01 00:00:00+00"
HELD = {"holder": HOLDER, "sharing": "shared"}
ORIGIN = date(1970, 1, 1)
LISTS = ("first-roll", "second-roll", "third-roll")
PORTION = 20_000
EMPTY = {"jsonb": "{}", "boolean": "f", "integer": "0", "ARRAY": "{}"}

Rows = "Iterable[Sequence[object]]"


def load(owner_url: str, world: World, *, say: Say, seed: int = 1) -> float:
    """Write the world; gives the seconds."""
    begin = time.perf_counter()
    with psycopg.connect(owner_url) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.execute("SET maintenance_work_mem = '512MB'")
        _fill(connection, world, np.random.default_rng(seed))
    say(f"  written after {time.perf_counter() - begin:,.0f} s")
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return time.perf_counter() - begin


def project(owner_url: str, *, say: Say) -> dict[str, float]:
    """Work out everything published anew; gives the seconds, and those of the processor alone."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.add_notice_handler(lambda notice: say(f"  {notice.message_primary}"))
        server = psutil.Process(connection.info.backend_pid)
        begin, used = time.perf_counter(), sum(server.cpu_times()[:2])
        connection.execute("SELECT registry_project_all()")
        spent = {
            "seconds": time.perf_counter() - begin,
            "processor": sum(server.cpu_times()[:2]) - used,
        }
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return spent


def _fill(connection: psycopg.Connection[Any], world: World, dice: np.random.Generator) -> None:
    number = len(world.country)
    parties = _ids(dice, number)
    events = _ids(dice, len(world.whose))
    lists = _ids(dice, len(LISTS))
    sources = _ids(dice, 20)
    _copy(connection, "registry_sourcelist", ("id", "name", "slug"),
          zip(lists, LISTS, LISTS, strict=True))  # fmt: skip
    mappings, batches = _ids(dice, len(LISTS)), _ids(dice, len(LISTS))
    _copy(connection, "registry_mappingversion", ("id", "source_list_id", "name", "version"),
          ((mappings[at], lists[at], "m", 1) for at in range(3)))  # fmt: skip
    _copy(connection, "registry_importbatch", ("id", "source_list_id", "mapping_id", "state"),
          ((batches[at], lists[at], mappings[at], "written") for at in range(3)))  # fmt: skip
    _copy(connection, "evidence_source", ("id", "kind", "publisher", "title", "public"),
          ((source, "ngo_list", f"Publisher {at % 7}", f"Roll {at}", "t")
           for at, source in enumerate(sources)))  # fmt: skip
    _copy(connection, "actors_party",
          ("id", "canonical", "kind", "gender", "birth", "birth_earliest", "birth_latest",
           "country", "roles"), _parties(world, parties))  # fmt: skip
    _copy(connection, "actors_partyname",
          ("id", "party_id", "text", "kind", "script", "search_form", "primary"),
          _names(world, parties, dice))  # fmt: skip
    _copy(connection, "events_event", ("id", "country"),
          ((event, world.country[whose])
            for event, whose in zip(events, world.whose, strict=True)))  # fmt: skip
    _copy(connection, "events_act",
          ("id", "claim", "event_id", "victim_id", "category", "type", "start", "start_earliest",
           "start_latest", "end", "end_earliest", "end_latest", "confirmed", "country",
           "law_category", "release_type", "tier", "in_stock"),
          _acts(world, parties, events, dice))  # fmt: skip
    _copy(connection, "registry_listentry",
          ("id", "source_list_id", "source_key", "party_id", "batch_id", "line", "row_digest"),
          ((one, lists[at % 3], f"k{at}", party, batches[at % 3], at, "")
           for at, (one, party)
             in enumerate(zip(_ids(dice, number), parties, strict=True))))  # fmt: skip
    _copy(connection, "registry_recognition",
          ("id", "party_id", "standard", "standard_version", "status", "proposed_by", "decided_by"),
          ((one, party, "pace-1900", "1", status, ONE, OTHER) for one, party, status
           in zip(_ids(dice, number), parties, world.status, strict=True)))  # fmt: skip
    _copy(connection, "evidence_citation",
          ("id", "source_id", "subject_kind", "subject_id", "reliability", "credibility"),
          ((one, sources[at % 20], "party", party, "B", "2")
           for at, (one, party)
             in enumerate(zip(_ids(dice, number), parties, strict=True))))  # fmt: skip
    _gates(connection, world, parties, dice)


def _gates(
    connection: psycopg.Connection[Any],
    world: World,
    parties: list[str],
    dice: np.random.Generator,
) -> None:
    number = len(parties)
    _copy(connection, "registry_publication",
          ("id", "party_id", "reference", "state", "proposed_by", "published_by", "published_at"),
          ((one, party, f"{world.country[at]}-{at:07}", "published" if world.published[at]
            else "proposed", ONE, OTHER, STAMP)
           for at, (one, party)
             in enumerate(zip(_ids(dice, number), parties, strict=True))))  # fmt: skip
    _copy(connection, "consent_grant",
          ("id", "subject", "purpose", "audience", "level", "field_groups", "basis", "how",
           "given_on", "until"),
          ((one, party, "registry", "public", level, "{identity,biography,detention}", "self",
            "invented", "2020-01-01", "2045-01-01") for one, party, level
           in zip(_ids(dice, number), parties, world.level, strict=True)))  # fmt: skip


def _parties(world: World, parties: list[str]) -> Iterator[Sequence[object]]:
    for at, party in enumerate(parties):
        year, roles = world.birth_year[at], "{" + ",".join(world.roles[at]) + "}"
        yield (party, party, "person", world.gender[at], year, f"{year}-01-01", f"{year}-12-31",
               world.country[at], roles)  # fmt: skip


def _names(
    world: World, parties: list[str], dice: np.random.Generator
) -> Iterator[Sequence[object]]:
    """Three each: in Latin letters, in the person's script, and another in Latin letters."""
    ids = iter(_ids(dice, 3 * len(parties)))
    others = dice.permutation(len(parties))
    for at, party in enumerate(parties):
        text, form = world.name(at, "Latn")
        yield next(ids), party, text, "full", "Latn", form, "t"
        text, form = world.name(at, world.script[at])
        yield next(ids), party, text, "native", world.script[at], form, "f"
        text, form = world.name(int(others[at]), "Latn")
        yield next(ids), party, text, "alias", "Latn", form, "f"


def _acts(
    world: World, parties: list[str], events: list[str], dice: np.random.Generator
) -> Iterator[Sequence[object]]:
    claims = _ids(dice, len(events))
    for at, event in enumerate(events):
        whose = world.whose[at]
        begin, end = int(world.start[at]), int(world.end[at])
        earliest, latest = _day(begin), _day(begin + int(world.doubt[at]))
        over = _day(max(end, begin + int(world.doubt[at]))) if end >= 0 else None
        confirmed = f"{{{_day(begin + 300)}}}" if world.confirmed[at] else "{}"
        release = "" if over is None else "died" if world.died[at] else "sentence_served"
        yield (claims[at], claims[at], event, parties[whose], "deprivation_of_liberty",
               "imprisonment", earliest[:7], earliest, latest, (over or "")[:7], over, over,
               confirmed, world.country[whose], world.law[at], release,
               world.tier[at], "t")  # fmt: skip


def _day(number: int) -> str:
    return (ORIGIN + timedelta(days=number)).isoformat()


def _ids(dice: np.random.Generator, number: int) -> list[str]:
    text = dice.bytes(16 * number).hex()
    return [text[at : at + 32] for at in range(0, 32 * number, 32)]


def _copy(
    connection: psycopg.Connection[Any],
    table: str,
    columns: tuple[str, ...],
    rows: Iterable[Sequence[object]],
) -> None:
    """COPY is refused while row protection binds the owner too, so it is loosened for this."""
    same = _same(connection, table, columns)
    name = sql.Identifier(table)
    connection.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(name))
    listed = sql.SQL(", ").join(map(sql.Identifier, (*columns, *same)))
    tail = "".join(f"\t{value}" for value in same.values()) + "\n"
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(name, listed)
    with connection.cursor().copy(statement) as copy:
        lines: list[str] = []
        for row in rows:
            lines.append("\t".join("\\N" if one is None else str(one) for one in row) + tail)
            if len(lines) == PORTION:
                copy.write("".join(lines))
                lines.clear()
        copy.write("".join(lines))
    connection.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(name))


def _same(
    connection: psycopg.Connection[Any], table: str, columns: tuple[str, ...]
) -> dict[str, str]:
    """Give a plain value for every column that must have one and is not told."""
    found = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND is_nullable = 'NO' AND column_default IS NULL AND NOT column_name = ANY (%s)",
        [table, list(columns)],
    )
    return {name: HELD.get(name) or _plain(kind) for name, kind in found}


def _plain(kind: str) -> str:
    if kind == "uuid":
        return ONE
    return STAMP if kind.startswith("timestamp") else EMPTY.get(kind, "")
