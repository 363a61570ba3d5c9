"""`python -m benchmarks.sanctions [--sizes 10000 20000 100000] [--lists FOLDER]`: the gap matrix.

Drawn parties stand on lists of the states that list in this copy, one to three entries each, two
of three entries judged to be somebody else's too, one of twenty in a pair that waits; they are laid
in memory, so that what is measured is the matrix and no database. With `--lists` (the folder of
real lists) those are loaded into a database of their own, and the whole answer is measured too,
cold and as the process keeps what it rests on, and so is the comparing of all of them after the
load. With `--search N` so many drawn people stand on two invented lists in a database of its own,
and names are asked for in other spellings. Times are of this process's processor and on the
wall, since others use the machine. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.installation import django_without_database, installed
from benchmarks.machine import describe, now
from benchmarks.people import invent

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["main"]

SIZES = (10_000, 20_000, 100_000)
SOURCES = ("us-ofac-sdn", "eu-journal", "uk-fcdo", "ca-sema", "au-dfat", "ch-seco", "un-sc",
           "ua-nsdc")  # fmt: skip
ON = date(2026, 6, 1)
ROUNDS = 7
FILES = {
    "us-ofac-sdn": "us_ofac_2021-07", "eu-journal": "eu_2026-08",
    "uk-ofsi": "uk_ofsi_2022-05.xlsx", "un-sc": "un_2026-02-27.xml.gz",
    "ca-sema": "ca_sema_2022-05.xml", "au-dfat": "au_dfat_2022-05.xls.gz",
    "ch-seco": "ch_seco_excerpt_2026-08-27.xml", "ua-nsdc": "ua_nsdc_2022-05.xlsx",
}  # fmt: skip


def main() -> None:
    """Measure each size, and real lists where they are."""
    parser = argparse.ArgumentParser(prog="benchmarks.sanctions", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--lists", type=Path, help="folder of real lists")
    parser.add_argument("--search", type=int, help="drawn people who are searched")
    parser.add_argument("--keep", type=Path, help="leave the database of real lists there")
    chosen = parser.parse_args()
    told = ", ".join(f"{name} {value}" for name, value in {**describe(), **now()}.items())
    print(f"{told}\n\n| what | processor | wall |\n|---|---|---|")
    if chosen.lists:
        _real(chosen.lists, chosen.keep)
        return
    if chosen.search:
        _searched(chosen.search, chosen.keep)
        return
    django_without_database()
    for size in chosen.sizes:
        _drawn(size)


def _drawn(size: int) -> None:
    from undaunted.core.listings.rules import Measure  # noqa: PLC0415 - needs the settings
    from undaunted.repression.sanctions.analysis import (  # noqa: PLC0415 - as above
        alignment_of,
        lay_side_by_side,
        matrix_of,
        rows_of,
    )
    from undaunted.repression.sanctions.rules import MatrixAsked  # noqa: PLC0415 - as above

    lists, standing = _world(size)
    columns = tuple(dict.fromkeys(each.told.jurisdiction for each in lists))
    asked = MatrixAsked(ON)

    def whole() -> Any:  # noqa: ANN401 - the matrix
        return matrix_of(lay_side_by_side(lists, standing, ON), asked, columns)

    narrow = MatrixAsked(ON, country="XR", measure=Measure.ENTRY_BAN, words="a",
                         listed_by=("US",), not_by=("EU",))  # fmt: skip
    matrix = whole()
    entries = len(matrix.laid.party)
    name = f"{len(matrix.laid.parties):,} parties, {entries:,} entries"
    _told(f"{name}: the matrix", whole)
    _told(f"{name}: narrowed by five questions",
          lambda: matrix_of(lay_side_by_side(lists, standing, ON), narrow, columns))  # fmt: skip
    _told(f"{name}: a page of 50 rows", lambda: list(rows_of(matrix, 0, 50)))
    _told(f"{name}: times to align", lambda: alignment_of(matrix, {}))


def _world(size: int) -> tuple[list[Any], Any]:
    """Draw lists of so many parties and who is whom, from one seed."""
    from undaunted.core.listings.queries import EntryLine  # noqa: PLC0415 - needs the settings
    from undaunted.core.listings.rules import list_source  # noqa: PLC0415 - as above
    from undaunted.core.matching.rules import OpenPair, Standing  # noqa: PLC0415 - as above
    from undaunted.repression.sanctions.analysis.laying import Spoken  # noqa: PLC0415 - as above
    from undaunted.repression.sanctions.analysis.sheets import sheet_of_lines  # noqa: PLC0415
    from undaunted.repression.sanctions.rules import (  # noqa: PLC0415 - as above
        Footing,
        HeldVersion,
        ListSpoken,
    )

    dice = np.random.default_rng(7)
    people = invent(size)
    lines: dict[str, list[Any]] = {each: [] for each in SOURCES}
    party_of: dict[Any, str] = {}
    members: dict[str, tuple[Any, ...]] = {}
    opened: list[Any] = []
    for number in range(size):
        on = dice.choice(len(SOURCES), int(dice.integers(1, 4)), replace=False)
        name, country = people.name(number, "Latn")[0], ("XR", "XS", "XB")[number % 3]
        first = ON - timedelta(days=int(dice.integers(1, 3000)))
        keys = []
        for at in on:
            day = (first + timedelta(days=int(dice.integers(0, 900)))).isoformat()
            events = [] if at == 0 else [{"kind": "designated", "day": day}]
            if number % 40 == 0:
                events.append({"kind": "delisted", "day": "2026-01-01"})
            parts = {"events": events, "nationalities": [country],
                     "programmes": [{"code": f"P{number % 30}"}],
                     "measures": [{"kind": m, "stated": True} for m in
                                  ("asset_freeze", "entry_ban")[: 1 + number % 2]]}  # fmt: skip
            line = EntryLine(str(number), "person", name, name.casefold(), None, parts)
            lines[SOURCES[at]].append(line)
            keys.append((SOURCES[at], str(number)))
        waits = number % 20 == 0 and len(keys) > 1
        if waits:
            opened.append(OpenPair(keys[0], keys[1], 0.9))
        for key in keys:
            party_of[key] = ":".join(key if waits else keys[0])
            members.setdefault(party_of[key], ())
            members[party_of[key]] += (key,)
    spoken = []
    for source in SOURCES:
        held = HeldVersion(source, 1, ON, ON)
        told = ListSpoken(source, list_source(source).jurisdiction, held, Footing.CURRENT)
        spoken.append(Spoken(told, sheet_of_lines(source, lines[source]), {1: held}))
    return spoken, Standing(party_of, members, tuple(opened))


def _real(folder: Path, keep: Path | None) -> None:
    with installed(keep) as place:
        from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - needs the settings
        from undaunted.core.matching.queries import standing_of  # noqa: PLC0415 - as above
        from undaunted.repression.sanctions.analysis import (  # noqa: PLC0415 - as above
            alignment_on,
            matrix_on,
            rows_of,
        )
        from undaunted.repression.sanctions.rules import MatrixAsked  # noqa: PLC0415 - as above

        if not place.loaded:
            _load({s: folder / f for s, f in FILES.items()}, place.owner_url)
            place.mark_loaded()
        asked = MatrixAsked(date(2026, 11, 27))
        _told("real lists, nothing kept by the process", lambda: matrix_on(PUBLIC, asked), 1)
        matrix = matrix_on(PUBLIC, asked)
        pairs = len(matrix.laid.pairs)
        name = f"real lists, {len(matrix.laid.parties):,} parties, {pairs:,} open pairs"
        _told(f"{name}: the matrix", lambda: list(rows_of(matrix_on(PUBLIC, asked), 0, 50)))
        _told(f"{name}: who is whom", lambda: standing_of(PUBLIC))
        _told(f"{name}: times to align", lambda: alignment_on(PUBLIC, asked))


def _searched(size: int, keep: Path | None) -> None:
    """Draw people onto two lists, and ask for some in other spellings and by a surname alone."""
    with installed(keep) as place:
        from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - needs the settings
        from undaunted.core.matching.analysis import make_ready  # noqa: PLC0415 - as above
        from undaunted.repression.sanctions.analysis import (  # noqa: PLC0415 - as above
            matrix_on,
            rows_of,
        )
        from undaunted.repression.sanctions.rules import MatrixAsked  # noqa: PLC0415 - as above

        people = invent(size)
        if not place.loaded:
            with tempfile.TemporaryDirectory() as folder:
                _load(_drawn_files(people, size, Path(folder)), place.owner_url)
            place.mark_loaded()
        today = date(2026, 11, 27)
        _told(f"{size:,} people, names of both lists made ready", lambda: make_ready(PUBLIC), 1)

        def asked(words: str) -> Any:  # noqa: ANN401 - the rows
            matrix = matrix_on(PUBLIC, MatrixAsked(today, words=words))
            return list(rows_of(matrix, 0, 50))

        whole = [people.name(at, "Latn")[0] for at in range(0, size, size // 5)][:5]
        asked(whole[0])
        _told(f"{size:,} people, a name asked for, and 50 rows", lambda: asked(whole[1]))
        surname = whole[2].split()[-1]
        _told(f"{size:,} people, a surname asked for, and 50 rows", lambda: asked(surname))
        _told(f"{size:,} people, no name asked for, and 50 rows", lambda: asked(""))
        print(f"\nMemory at the most: {_most_memory()} MiB")


def _drawn_files(people: Any, size: int, folder: Path) -> dict[str, Path]:  # noqa: ANN401
    """Write each of two lists with half of the people, every tenth on both."""
    found = {}
    for half, source in enumerate(("xf-invented", "xz-invented")):
        rows = [
            {"key": str(at), "kind": "person", "nationalities": ["XR"], "names": [
                {"text": text, "quality": "primary"}
                for text in dict.fromkeys(people.name(at, script)[0] for script in ("Latn", "Cyrl"))
            ]}
            for at in range(size)
            if at % 2 == half or at % 10 == 0
        ]  # fmt: skip
        lines = [{"published": "2026-11-20", "entries": len(rows)}, *rows]
        found[source] = folder / f"{source}.jsonl"
        found[source].write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return found


def _load(files: dict[str, Path], owner_url: str) -> None:
    """Load lists, and compare them as the worker does: portion by portion."""
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.config.schema import acting_as_owner  # noqa: PLC0415 - as above
    from undaunted.core.access.rules import Role  # noqa: PLC0415 - as above
    from undaunted.core.accounts.actions import acting_as, install_office  # noqa: PLC0415
    from undaunted.core.listings.actions import load_list  # noqa: PLC0415 - as above
    from undaunted.core.matching.tasks import compare_loaded  # noqa: PLC0415 - as above

    with acting_as_owner(owner_url):
        _, people = install_office("Lists", {"loader": [Role.DOCUMENTER]}, demonstration=False)
    person = people[0].user

    def load() -> None:
        for source, file in files.items():
            with acting_as(person) as actor:
                load_list(source, file, actor=actor, at=timezone.now())

    counted: list[int] = []
    _told(f"{len(files)} lists loaded", load, 1)
    compare = compare_loaded.func
    _told("compared with each other", lambda: counted.append(compare(person=str(person.pk))), 1)
    _told("compared again, nothing changed", lambda: compare(person=str(person.pk)), 1)
    print(f"\n{counted[0]:,} entries compared; memory at the most: {_most_memory()} MiB\n")


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _told(what: str, measured: Callable[[], object], rounds: int = ROUNDS) -> None:
    walls, owns = [], []
    for _ in range(rounds):
        wall, own = time.perf_counter(), time.process_time()
        measured()
        walls.append(time.perf_counter() - wall)
        owns.append(time.process_time() - own)
    own, wall = statistics.median(owns), statistics.median(walls)
    print(f"| {what} | {own:.2f} s | {wall:.2f} s |", flush=True)


if __name__ == "__main__":
    main()
