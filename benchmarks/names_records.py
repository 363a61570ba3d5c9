"""Whole records of two lists, and a table screened by the command, beside logic-v2.

Called by `python -m benchmarks.names`. Nothing of the data is kept: tables lie in a folder that is
removed again.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.names_data import innocents
from benchmarks.peers.environments import PeerFailed, ask
from undaunted.engines.names import (
    REVIEW,
    Facts,
    FactsMalformed,
    Kind,
    best,
    build_index,
    prepare,
    prepare_all,
)
from undaunted.engines.names.known.facts import weighed
from undaunted.engines.names.pairs.evaluating import figures

if TYPE_CHECKING:
    import resource
    from collections.abc import Iterable

__all__ = ["FIRST_INNOCENT", "records", "screened"]

FIRST_INNOCENT = 1
"""Where drawing begins: whoever works on innocents looks at others."""
ROWS, OF_PEER = 10_000, 100
"""Rows of the table, and how many of them the peer compares."""
TREATED, UNTREATED = "yente_positives_un_treated.csv", "yente_positives_un_untreated.csv"
ENTITIES, PAIRS = "entities.jsonl.gz", "cross_list_person_pairs_dev.csv.gz"

Sides = tuple[list[str], list[str]]


@dataclass(frozen=True)
class _Record:
    """An entry of a list: its names, and what is known of its bearer."""

    names: list[str]
    born: tuple[str, ...]
    countries: frozenset[str]
    cluster: str

    @property
    def facts(self) -> Facts:
        """Give facts as the engine takes them; days that it refuses are left out."""
        return Facts(tuple(filter(_is_day, self.born)), self.countries)

    @property
    def properties(self) -> dict[str, list[str]]:
        """Give facts as the peer takes them."""
        return {"birthDate": list(self.born), "country": [c.lower() for c in self.countries]}


def _is_day(text: str) -> bool:
    try:
        Facts((text,))
    except FactsMalformed:
        return False
    return True


def _entries(folder: Path) -> dict[str, _Record]:
    with gzip.open(folder / ENTITIES, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["type"] == "Person"]
    return {
        row["id"]: _Record(
            row["names"],
            tuple(row.get("dob", ())),
            frozenset(
                c.upper() for c in row.get("countries", ()) if len(c) == len("XX") and c.isalpha()
            ),
            row.get("cluster") or row["id"],
        )
        for row in rows
    }


def records(folder: Path) -> str:
    """Write how well whole records of two lists are told apart."""
    entries = _entries(folder)
    with gzip.open(folder / PAIRS, "rt", encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if {row["a"], row["b"]} <= entries.keys()]
    pairs = [(entries[row["a"]], entries[row["b"]]) for row in rows]
    same = [row["label"] == "1" for row in rows]
    names, whole = _ours(pairs)
    ways = {"this engine, names alone": names, "this engine, with what is known": whole}
    ways |= _theirs(pairs)
    lines_of = [
        "## Whole records", "",
        (f"{len(pairs):,} pairs of entries of the American, European, British and United Nations' "
         f"lists, {sum(same):,} of one bearer: all names, days of birth, countries. F1, recall and "
         f"precision at {REVIEW}. Target: F1 0.985 with what is known."), "",
        "| who | AUC | F1 | recall | precision | best F1 |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for who, values in ways.items():
        one = figures(values, same, REVIEW)
        lines_of.append(
            f"| {who} | {one.auc or 0:.4f} | {one.f1:.4f} | {one.recall:.4f} |"
            f" {one.precision or 0:.4f} | {one.best_f1:.4f} |"
        )
    return "\n".join(lines_of)


def _ours(pairs: list[tuple[_Record, _Record]]) -> tuple[list[float], list[float]]:
    ready = {id(each): prepare_all(each.names) for pair in pairs for each in pair}
    names = [best(ready[id(one)], ready[id(other)]).score for one, other in pairs]
    whole = [
        weighed(value, one.facts, other.facts)[0]
        for value, (one, other) in zip(names, pairs, strict=True)
    ]
    return names, whole


def _theirs(pairs: list[tuple[_Record, _Record]]) -> dict[str, list[float]]:
    names = [(one.names, other.names, "Person") for one, other in pairs]
    known = [(one.properties, other.properties) for one, other in pairs]
    alone, whole = "logic-v2, names alone", "logic-v2, with what is known"
    try:
        answer = ask("names", {"sets": {alone: names, whole: names}, "known": {whole: known}})
    except PeerFailed:
        return {}
    found: dict[str, list[float]] = answer["scores"]
    return found


def screened(folder: Path) -> str:
    """Write what the command found in a table, how long it took, and what logic-v2 found."""
    entries = _entries(folder)
    listed = {name: entry.cluster for entry in entries.values() for name in entry.names}
    asked = _table(folder, listed)
    hits, seconds, memory = _by_command([name for name, _ in asked], list(listed))
    ours = _counted(asked, hits, listed)
    some = _some(asked)
    theirs, took, compared = _by_peer(some, list(listed), listed)
    lines = [
        "## A table screened", "",
        (f"`undaunted names screen` of {len(asked):,} rows, {sum(1 for _, who in asked if who):,} "
         "of them names of the United Nations' list with slips and turned about, the others "
         f"invented people, against {len(listed):,} names of real lists, one core. Logic-v2"
         f" does not search a list: it compared {len(some):,} of these rows, drawn evenly, with the"
         f" candidates that this engine gives it ({compared:,} pairs)."), "",
        ("| who | rows | listed people found | others with a hit | seconds | rows a second |"
         " memory, MiB |"),
        "|---|---|---|---|---|---|---|",
        _row("this engine, by the command", asked, ours, seconds, f"{memory:,.0f}"),
    ]  # fmt: skip
    if theirs is not None:
        same_rows = _counted(some, hits, listed)
        lines += [
            _row("this engine, the rows of logic-v2", some, same_rows, None, ""),
            _row("logic-v2", some, theirs, took, ""),
        ]
    return "\n".join(lines)


def _table(folder: Path, listed: dict[str, str]) -> list[tuple[str, str]]:
    """Give names to screen, each with the bearer on the lists, or nobody."""
    turned, plain = (
        [row["full_name"] for row in _csv(folder / name)] for name in (TREATED, UNTREATED)
    )
    by_name = {name.casefold(): who for name, who in listed.items()}
    known = [
        (name, by_name[other.casefold()])
        for name, other in zip(turned, plain, strict=True)
        if other.casefold() in by_name
    ]
    everybody = innocents(folder)
    others = everybody[FIRST_INNOCENT :: len(everybody) // ROWS]
    return [*known, *((name, "") for name in others)][:ROWS]


def _csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _some(asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    known, others = ([row for row in asked if bool(row[1]) is held] for held in (True, False))
    return [row for rows in (known, others) for row in rows[:: max(1, len(rows) // OF_PEER)]]


def _by_command(names: list[str], listed: list[str]) -> tuple[dict[str, set[str]], float, float]:
    """Run the command; give the names found for each, its seconds of the processor, its memory."""
    with tempfile.TemporaryDirectory() as place:
        table, known, out = (Path(place) / name for name in ("rows.csv", "list.csv", "hits.csv"))
        for file, values in ((table, names), (known, listed)):
            with file.open("w", encoding="utf-8", newline="") as lines:
                csv.writer(lines).writerows([["name"], *([value] for value in values)])
        words = ["names", "screen", str(table), "--against", str(known), "--out", str(out)]
        used = _of_its_own([str(Path(sys.executable).with_name("undaunted")), *words])
        hits: dict[str, set[str]] = {}
        for row in (each for each in _csv(out) if each["outcome"] == "hit"):
            hits.setdefault(row["asked_name"].lstrip("'"), set()).add(row["found_name"])
    return hits, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _of_its_own(words: list[str]) -> resource.struct_rusage:
    """Run a command; give what this one took, and not the most of all that ran before it."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return used


def _by_peer(
    some: list[tuple[str, str]], names: list[str], listed: dict[str, str]
) -> tuple[tuple[int, int] | None, float, int]:
    """Let the peer compare rows with the candidates of this engine's index."""
    stand = build_index(names).stands[Kind.PERSON]
    pairs = [
        (name, stand.entries[place].name)
        for name, _ in some
        for place in stand.shelf.candidates(prepare(name))[0].tolist()
    ]
    sides: list[tuple[list[str], list[str], str]] = [
        ([one], [other], "Person") for one, other in pairs
    ]
    try:
        answer: dict[str, Any] = ask("names", {"sets": {"screened": sides}})
    except PeerFailed:
        return None, 0.0, len(pairs)
    hits: dict[str, set[str]] = {}
    for (name, other), value in zip(pairs, answer["scores"]["screened"], strict=True):
        if value >= REVIEW:
            hits.setdefault(name, set()).add(other)
    return _counted(some, hits, listed), answer["took"]["screened"], len(pairs)


def _counted(
    asked: Iterable[tuple[str, str]], hits: dict[str, set[str]], listed: dict[str, str]
) -> tuple[int, int]:
    """Count listed people who were found as themselves, and others of whom there is a hit."""
    found = others = 0
    for name, who in asked:
        bearers = {listed[other] for other in hits.get(name, ()) if other in listed}
        found += bool(who) and who in bearers
        others += not who and name in hits
    return found, others


def _row(
    who: str,
    asked: list[tuple[str, str]],
    counts: tuple[int, int],
    seconds: float | None,
    memory: str,
) -> str:
    known = sum(1 for _, bearer in asked if bearer)
    took = "" if seconds is None else f"{seconds:,.1f}"
    rate = "" if seconds is None else f"{len(asked) / seconds:,.0f}"
    return (
        f"| {who} | {len(asked):,} | {counts[0]:,} of {known:,} ({counts[0] / known:.1%}) |"
        f" {counts[1]:,} of {len(asked) - known:,} ({counts[1] / (len(asked) - known):.2%}) |"
        f" {took} | {rate} | {memory} |"
    )
