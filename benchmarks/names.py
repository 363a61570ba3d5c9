"""`python -m benchmarks.names FOLDER`: names across scripts, beside logic-v2 and a plain ratio.

FOLDER is `sanctions` with `pairs` and `lists`; without it UNDAUNTED_SANCTIONS_DATA says where.
Every run prints the table by script and writes the page. Nothing of the data is kept.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from benchmarks.machine import describe, now
from benchmarks.names_calibration import rows_of
from benchmarks.names_data import innocents, list_entities, listed, treated
from benchmarks.names_records import FIRST_INNOCENT, records, screened
from benchmarks.peers.environments import PeerFailed, ask
from undaunted.engines.names import (
    REVIEW,
    Ground,
    Kind,
    NameRefused,
    best,
    build_index,
    prepare,
    prepare_all,
    score,
    search,
)
from undaunted.engines.names.pairs.evaluating import figures

if TYPE_CHECKING:
    from undaunted.engines.names import Hit, Prepared

__all__ = ["main"]

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-names.md"
SIZES = (10_000, 100_000, 1_000_000)
INNOCENTS, RECALLED, ALIAS_RICH, OF_PEER = 10_000, 100_000, 6_000, 400

RICH, PEER = "alias-rich", "logic-v2"
WHO = ("this engine", PEER, "plain ratio")
MANY = 100
SURELY = 0.96
"""How alike words are that are one name in two spellings."""
SHARING = (
    "bears the listed name in full",
    "all words of one are in the other",
    "bears other forms of its words",
    "another name",
)
FORMS = "forms of one name"


@dataclass(frozen=True)
class Lot:
    """Pairs under one heading; where all are positives, `same` is all true."""

    name: str
    pairs: list[tuple[list[str], list[str], Kind]]
    same: list[bool]


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(prog="benchmarks.names", description=__doc__)
    parser.add_argument("folder", nargs="?", default=os.environ.get("UNDAUNTED_SANCTIONS_DATA"))
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    chosen = parser.parse_args()
    if not chosen.folder:
        parser.error("say where the data is, or set UNDAUNTED_SANCTIONS_DATA")
    pairs, state = Path(chosen.folder) / "pairs", now()
    labelled, evaded = _labelled(pairs), _evaded(Path(chosen.folder) / "lists")
    rich = _alias_rich(pairs)
    peer = _asked([*labelled, *evaded, rich])
    parts = [
        _head(state, peer), _table(labelled, peer), _evasion(evaded, peer),
        _candidates(pairs), _pairs_a_second(rich, peer), _speed(pairs, chosen.sizes),
        _innocent(pairs), records(pairs), screened(pairs),
    ]  # fmt: skip
    page = "\n\n".join(parts) + "\n"
    print(page)
    PAGE.write_text(page, encoding="utf-8")


def _labelled(folder: Path) -> list[Lot]:
    """Give the half of the pairs that no threshold was fitted to by script, and the curated."""
    lots: dict[str, Lot] = {}
    for row in rows_of(folder):
        if row.held_out or row.pair.script == "curated":
            lot = lots.setdefault(row.pair.script, Lot(row.pair.script, [], []))
            lot.pairs.append(([row.pair.left], [row.pair.right], row.pair.kind))
            lot.same.append(row.pair.same)
    return list(lots.values())


def _evaded(lists: Path) -> list[Lot]:
    return [
        Lot(how, [([name], [other], Kind.PERSON) for name, other in rows], [True] * len(rows))
        for how, rows in treated(lists).items()
    ]


def _alias_rich(folder: Path) -> Lot:
    entities = list_entities(folder)
    with gzip.open(
        folder / "cross_list_person_pairs_dev.csv.gz", "rt", encoding="utf-8", newline=""
    ) as lines:
        rows = [row for row in csv.DictReader(lines) if {row["a"], row["b"]} <= entities.keys()]
    pairs = [(entities[row["a"]], entities[row["b"]], Kind.PERSON) for row in rows[:ALIAS_RICH]]
    return Lot(RICH, pairs, [row["label"] == "1" for row in rows[:ALIAS_RICH]])


def _asked(lots: list[Lot]) -> dict[str, Any]:
    sets = {
        lot.name: [
            (left, right, "Person" if kind is Kind.PERSON else "Organization")
            for left, right, kind in lot.pairs[: OF_PEER if lot.name == RICH else None]
        ]
        for lot in lots
    }
    try:
        return ask("names", {"sets": sets})
    except PeerFailed as failure:
        return {"by": f"skipped: {failure}", "scores": {}, "took": {}, "start": 0.0}


def _ready(name: str, kind: Kind) -> Prepared | None:
    try:
        return prepare(name, kind)
    except NameRefused:
        return None


def _ours(lot: Lot) -> list[float]:
    found = []
    for left, right, kind in lot.pairs:
        one, other = _ready(left[0], kind), _ready(right[0], kind)
        found.append(score(one, other) if one and other else 0.0)
    return found


def _ratio(lot: Lot) -> list[float]:
    return [fuzz.ratio(left[0].lower(), right[0].lower()) / 100 for left, right, _ in lot.pairs]


def _scores(lot: Lot, peer: dict[str, Any]) -> dict[str, list[float]]:
    theirs = {PEER: peer["scores"][lot.name]} if peer["scores"] else {}
    return {"this engine": _ours(lot), **theirs, "plain ratio": _ratio(lot)}


def _table(lots: list[Lot], peer: dict[str, Any]) -> str:
    """Write figures by script, and of all scripts together."""
    scores = {lot.name: _scores(lot, peer) for lot in lots}
    across = [lot for lot in lots if lot.name != "curated"]
    whole = {
        who: [value for lot in across for value in scores[lot.name][who]]
        for who in scores["curated"]
    }
    rows = [("all scripts", [same for lot in across for same in lot.same], whole)]
    rows += [(lot.name, lot.same, scores[lot.name]) for lot in lots]
    lines = [
        "## By script", "",
        (f"Pairs of the held-out half, which no threshold saw, and the curated pairs. Recall and "
        f"precision at {REVIEW}."), "",
        "| script | pairs | same | who | AUC | best F1 | recall | precision |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for name, same, by_whom in rows:
        for who, values in by_whom.items():
            one = figures(values, same, REVIEW)
            auc = "" if one.auc is None else f"{one.auc:.4f}"
            lines.append(
                f"| {name} | {one.pairs:,} | {one.positives:,} | {who} | {auc} |"
                f" {one.best_f1:.3f} | {one.recall:.3f} | {one.precision or 0:.3f} |"
            )
    return "\n".join(lines)


def _evasion(lots: list[Lot], peer: dict[str, Any]) -> str:
    """Write how many evasions still reach the threshold."""
    lines = [
        "## Evasion", "",
        (f"{len(lots[0].pairs)} names of persons on the American list, drawn by a seed and written "
        f"otherwise; the part that still scores {REVIEW} or more."), "",
        "| treatment | this engine | logic-v2 | plain ratio |", "|---|---|---|---|",
    ]  # fmt: skip
    sums: dict[str, float] = {}
    for lot in lots:
        found = {
            who: sum(value >= REVIEW for value in values) / len(values)
            for who, values in _scores(lot, peer).items()
        }
        for who, part in found.items():
            sums[who] = sums.get(who, 0.0) + part / len(lots)
        lines.append(_evaded_row(lot.name, found))
    return "\n".join([*lines, _evaded_row("all", sums)])


def _evaded_row(name: str, found: dict[str, float]) -> str:
    told = (f"{found[who]:.3f}" if who in found else "skipped" for who in WHO)
    return f"| {name} | {' | '.join(told)} |"


def _candidates(folder: Path) -> str:
    """Write which part of true pairs is among the candidates, and among the hits."""
    true = [row.pair for row in rows_of(folder) if row.pair.same and row.pair.script != "curated"]
    names = list(dict.fromkeys([*(pair.right for pair in true), *listed(folder, RECALLED)]))
    index = build_index(names[:RECALLED])
    stand = index.stands[Kind.PERSON]
    place_of = {entry.name: place for place, entry in enumerate(stand.entries)}
    counts: dict[str, list[int]] = {}
    for pair in true:
        asked, place = prepare(pair.left), place_of[pair.right]
        among = place in stand.shelf.candidates(asked)[0].tolist()
        likely = score(asked, stand.shelf.names[place]) >= REVIEW
        told = likely and pair.right in {
            hit.found.name for hit in search(pair.left, index, most=MANY)
        }
        for name in ("all scripts", pair.script):
            row = counts.setdefault(name, [0, 0, 0, 0])
            for at, value in enumerate((True, among, likely, told)):
                row[at] += value
    lines = [
        "## Candidates", "",
        (f"Every positive pair asked among {len(index):,} names: whether the other name is among"
        f" at most 100 candidates, and, where it scores {REVIEW} or more, whether it is told."
        " Target: 0.995."),
        "", "| script | pairs | among candidates | told of those that score enough |",
        "|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {name} | {all_of:,} | {among / all_of:.4f} | {told / max(1, likely):.4f} |"
        for name, (all_of, among, likely, told) in counts.items()
    ]
    return "\n".join(lines)


def _pairs_a_second(rich: Lot, peer: dict[str, Any]) -> str:
    ready = {}
    for left, right, kind in rich.pairs:
        for names in (left, right):
            ready[tuple(names)] = prepare_all(names, kind)
    rates = []
    for _ in range(2):
        begin = time.process_time()
        for left, right, _kind in rich.pairs:
            best(ready[tuple(left)], ready[tuple(right)])
        rates.append(len(rich.pairs) / (time.process_time() - begin))
    theirs = f"{OF_PEER / peer['took'][RICH]:,.0f}" if peer["took"] else "skipped"
    return "\n".join([
        "## Pairs a second", "",
        (f"{len(rich.pairs):,} pairs of list entries with all their names, one core, prepared once."
        " Target: 20,000."),
        "", "| this engine, first | again | logic-v2 |", "|---|---|---|",
        f"| {rates[0]:,.0f} | {rates[1]:,.0f} | {theirs} |",
    ])  # fmt: skip


def _speed(folder: Path, sizes: list[int]) -> str:
    """Measure each size of list in a process of its own."""
    lines = [
        "## Screenings a second", "",
        ("One name after another against a list, one core, seconds of the processor. Cold: the "
        "first 1,000 names a process sees; warm: the next 1,000. Memory is the most of the whole "
        "process. Target: 1,000 a second against 100,000 names, 1 s to start, 300 MiB."), "",
        ("| names on the list | start, s | index, s | all scripts, cold | warm | Latin, cold | warm"
        " | memory, MiB |"), "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for size in sizes:
        words = [sys.executable, "-m", "benchmarks.names_speed", str(folder), str(size)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout)
        rates = " | ".join(f"{rate:,.0f}" for rate in found["rates"].values())
        lines.append(
            f"| {found['names']:,} | {found['start']:.2f} | {found['index']:.1f} | {rates} |"
            f" {found['memory']:,.0f} |"
        )
    return "\n".join(lines)


def _innocent(folder: Path) -> str:
    names = listed(folder, len({n for found in list_entities(folder).values() for n in found}))
    index = build_index(names)
    everybody = innocents(folder)
    asked = everybody[FIRST_INNOCENT :: len(everybody) // INNOCENTS]
    above = [found[0] for name in asked if (found := search(name, index, most=1))]
    kinds = [_shared(hit) for hit in above]
    lines = [
        "## Innocents", "",
        (f"{len(asked):,} invented people, drawn evenly, against {len(index):,} names of real "
        f"lists, by name: {len(above):,} ({len(above) / len(asked):.2%}) have a hit. Names that are"
        " shared cannot be told apart by name alone. Target: 0.01% of those not shared."), "",
        "| the best hit | people | part |", "|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {kind} | {kinds.count(kind):,} | {kinds.count(kind) / len(asked):.2%} |"
        for kind in SHARING
    ]
    return "\n".join(lines)


def _shared(hit: Hit) -> str:
    """Say whether every word met surely, of both names or of one, or as a form of one name."""
    reasons = hit.comparison.reasons
    met = [r for r in reasons if r.ground is Ground.MET]
    over = {r.ground for r in reasons} & {Ground.LEFT_OVER, Ground.RIGHT_OVER}
    if len(over) > 1 or any(r.likeness < SURELY and r.by != FORMS for r in met):
        return SHARING[3]
    if any(r.likeness < SURELY for r in met):
        return SHARING[2]
    return SHARING[1] if over else SHARING[0]


def _head(state: dict[str, str], peer: dict[str, Any]) -> str:
    machine = ", ".join(f"{key} {value}" for key, value in describe().items())
    return (
        "# Benchmarks of names\n\n"
        "What `python -m benchmarks.names FOLDER` measured on public pairs and lists, which are"
        f" not part of this repository, on {state['on']}; load before it began {state['load']}. "
        f"Machine: {machine}.\n\nBeside it: {peer['by']}, in an environment of its own "
        f"(start {peer['start']:.1f} s), and the plain ratio of rapidfuzz."
    )


if __name__ == "__main__":
    main()
