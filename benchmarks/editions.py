"""`python -m benchmarks.editions [--persons N]`: the annual report and memos, beside their peers.

The ledger is one that `python -m benchmarks --sizes N --keep-ledger --only` has left. The peers are
pandas, matplotlib and WeasyPrint: they get the same rows and the same document in the same run, in
an environment of their own, and are not charged for reading.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import psycopg

from benchmarks import results
from benchmarks.installation import installed
from benchmarks.machine import describe, now
from benchmarks.peers.environments import PeerFailed, ask
from benchmarks.reporting import EPOCH, YEAR, measure

if TYPE_CHECKING:
    from benchmarks.installation import Installation
    from benchmarks.reporting import Measured
    from undaunted.core.editions.rules import Document

__all__ = ["main"]

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-editions.md"
PERSONS = 1_000_000
SEGMENTS = """
    WITH numbered AS (SELECT *, row_number() OVER () AS number FROM published_case)
    SELECT c.number, CASE s.standard WHEN '*' THEN c.country ELSE s.country END,
        s.start_on - DATE '1970-01-01', CASE WHEN s.end_on = 'infinity' THEN 2147483647
        ELSE s.end_on - DATE '1970-01-01' END, s.tier, s.verified, s.certain, c.gender,
         coalesce(c.birth_year, 0), c.roles || c.laws
    FROM published_segment s JOIN numbered c ON c.id = s.case_id
    WHERE s.standard = %s AND s.known_to = 'infinity'
"""
NAMES = ("case", "country", "start", "end", "tier", "verified", "certain", "gender", "birth")
PORTION = 50_000


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(prog="benchmarks.editions", description=__doc__)
    parser.add_argument("--persons", type=int, default=PERSONS)
    persons = parser.parse_args().persons
    state = now()
    with installed(results.FOLDER / f"ledger-{persons}") as place:
        if not place.loaded:
            raise SystemExit(
                f"no ledger of {persons:,} persons: run python -m benchmarks --sizes {persons}"
                " --keep-ledger --only"
            )
        ours, document = measure()
        peer = _peer(place, document)
    text = _page(persons, state, ours, peer)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def _peer(place: Installation, document: Document) -> dict[str, Any] | str:
    from benchmarks.long_report import plain  # noqa: PLC0415 - needs the settings

    rows, told = place.folder / "report.npz", place.folder / "report.json"
    np.savez(rows, **_columns(place))  # type: ignore[arg-type]
    told.write_text(json.dumps(plain(document)), encoding="utf-8")
    ends = [(date(year, 12, 31) - EPOCH).days for year in range(YEAR - 30, YEAR + 1)]
    try:
        return ask("editions", {"file": str(rows), "document": str(told), "ends": ends})
    except PeerFailed as failure:
        return str(failure)
    finally:
        rows.unlink()
        told.unlink()


def _columns(place: Installation) -> dict[str, np.ndarray[Any, Any]]:
    """Give what is published as columns: segments of the standard, their parts, all spells."""
    counted = _read(place, "pace-1900")
    parts = counted.pop("parts")
    every = _read(place, "*")
    columns = {name: np.array(values) for name, values in counted.items()}
    columns["part_at"] = np.repeat(np.arange(len(parts)), [len(each) for each in parts])
    columns["part_of"] = np.array([part for each in parts for part in each])
    spells = {f"spell_{name}": np.array(every[name]) for name in NAMES[:4]}
    return columns | spells


def _read(place: Installation, standard: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {name: [] for name in (*NAMES, "parts")}
    with psycopg.connect(place.owner_url) as connection, connection.cursor("rows") as cursor:
        cursor.execute(SEGMENTS, [standard])
        while rows := cursor.fetchmany(PORTION):
            for name, values in zip(found, zip(*rows, strict=True), strict=True):
                found[name].extend(values)
    return found


def _page(persons: int, state: dict[str, str], ours: Measured, peer: dict[str, Any] | str) -> str:
    machine = ", ".join(f"{name} {value}" for name, value in describe().items())
    text = _HEAD.format(persons=persons, machine=machine, pages=ours.long_pages, **state)
    theirs = peer if isinstance(peer, dict) else {}
    for name, target, mine, their in _lines(ours):
        told = _told(theirs[their], mine[1]) if their in theirs else ""
        text += f"| {name} | {target} | {_told(*mine)} | {told} |\n"
    text += _peer_words(ours, peer)
    parts = ", ".join(f"{name} {spent:,.2f}" for name, spent in ours.parts.items())
    return f"{text}\nSeconds of each question of the report, alone: {parts}.\n"


def _lines(ours: Measured) -> list[tuple[str, str, tuple[float, str], str]]:
    """Give each line: its name, the target, what was measured, and what the peers call it."""
    first, median = ours.data[0], sorted(ours.data)[len(ours.data) // 2]
    most = "2,048 MiB"
    return [
        ("Data of the report, asked for the first time", "20 s", (first, "s"), "data"),
        ("— asked again, median", "", (median, "s"), ""),
        ("— memory of the process", most, (ours.data_memory, "MiB"), "data memory"),
        (f"PDF of {ours.long_pages} pages, charts and all", "15 s", (ours.long_pdf, "s"),
         "pages seconds"),
        ("— memory, with the process that draws charts", most, (ours.memory, "MiB"), "memory"),
        (f"PDF of the report of {YEAR}, {ours.pages} pages", "", (ours.pdf, "s"), ""),
        *((f"Memo about {place}, PDF and Word", "3 s", (spent, "s"), "")
          for place, spent in ours.memos.items()),
    ]  # fmt: skip


def _told(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if unit == "MiB" else f"{value:,.2f} {unit}"


def _peer_words(ours: Measured, peer: dict[str, Any] | str) -> str:
    if isinstance(peer, str):
        return f"\nThe peers did not answer: {peer}\n"
    versions = ", ".join(f"{name} {told}" for name, told in peer["versions"].items())
    apart = sum(
        persons != peer["stock"].get(day, {}).get(code, 0)
        for day, by_code in ours.stock.items()
        for code, persons in by_code.items()
    )
    medians = sum(float(days or -1) != peer["median"][code] for code, days in ours.medians.items())
    cells = sum(map(len, ours.stock.values()))
    return (
        f"\nPeers: {versions}; they set {peer['pages']} pages. Of {cells} stocks of a country at "
        f"the end of a year {apart} differ from theirs, of {len(ours.medians)} medians of Kaplan "
        f"and Meier {medians}.\n"
    )


_HEAD = """# Reports and memos, measured

Written by `python -m benchmarks.editions`; nothing here is typed by hand. The ledger holds
{persons:,} invented persons in five states. The long document joins the annual reports of as many
years as fill 150 pages. Times are by the wall, of one process, without the memory of the server.
The PDF is set by a process that has set none before, with no chart kept from earlier; memos by one
that has, as at the desk.

pandas counts the main tables of the report from columns that it holds in memory, and is not charged
for reading them; matplotlib and WeasyPrint draw the charts and set the tables and texts of the same
document, maps as bars. They write no tags for screen readers, no Word, and no frozen form.

Machine: {machine}. Programs waiting for the processor before: {load} on {on}.

| Measure | At most | Ours | Peers |
|---|---|---|---|
"""

if __name__ == "__main__":
    main()
