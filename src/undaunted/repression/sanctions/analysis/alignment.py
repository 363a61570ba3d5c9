"""Times to align: from the first designation of a party to that of every other jurisdiction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.core.listings.queries import first_versions
from undaunted.core.listings.rules import list_sources
from undaunted.repression.sanctions.analysis.laying import CODE, NOTHING
from undaunted.repression.sanctions.analysis.matrix import matrix_on, name_of
from undaunted.repression.sanctions.rules import (
    STATES,
    Followed,
    Span,
    State,
    aligned,
    designated,
    is_sure_gap,
    timing_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.repression.sanctions.analysis.matrix import Matrix
    from undaunted.repression.sanctions.rules import Aligned, HeldVersion, MatrixAsked, Timing

__all__ = ["AlignedParty", "Alignment", "alignment_of", "alignment_on"]


@dataclass(frozen=True, slots=True)
class AlignedParty:
    """A party with the days of its designations."""

    party: str
    name: str
    told: Aligned


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every party that is asked for, and the times of each jurisdiction over all of them."""

    matrix: Matrix
    parties: tuple[AlignedParty, ...]
    timings: tuple[Timing, ...]


def alignment_on(actor: Actor, asked: MatrixAsked) -> Alignment:
    """Answer from the lists that are held. Raises `QuestionRefused`."""
    matrix = matrix_on(actor, asked)
    seen = {
        at: first_versions(actor, each.told.source)
        for at, each in enumerate(matrix.laid.spoken)
        if len(each.days) > 1 and not list_sources()[each.told.source].by_name
    }
    return alignment_of(matrix, seen)


def alignment_of(matrix: Matrix, seen: Mapping[int, Mapping[str, int]]) -> Alignment:
    """Work the times out; `seen` gives by list the first version that holds each entry."""
    spans, untold = _spans(matrix, seen)
    alike: dict[Any, Aligned] = {}
    parties = list[AlignedParty]()
    for at in map(int, matrix.chosen):
        if at not in spans:
            continue
        held = {code: tuple(each) for code, each in spans[at].items()}
        left = frozenset(untold.get(at, ()))
        states, bases = matrix.states[at].tobytes(), matrix.bases[at].tobytes()
        like = (tuple(held.items()), left, states, bases)
        if like not in alike:
            alike[like] = _aligned(matrix, at, held, left)
        name = name_of(matrix.laid, at)
        parties.append(AlignedParty(matrix.laid.parties[at], name, alike[like]))
    timings = tuple(
        timing_of(code, [each.told.lags[code] for each in parties]) for code in matrix.jurisdictions
    )
    return Alignment(matrix, tuple(parties), timings)


def _aligned(
    matrix: Matrix, party: int, held: Mapping[str, Iterable[Span]], untold: Collection[str]
) -> Aligned:
    """Work out one party's times; of a place that leaves the measure untold nothing is known."""
    turned = matrix.turned
    silent = {
        code: Followed.UNKNOWN
        if code in untold
        else _silent(
            STATES[matrix.states[party, at]], STATES[matrix.bases[party, at]], turned=turned[at]
        )
        for at, code in enumerate(matrix.jurisdictions)
        if code not in held
    }
    return aligned(held, silent, matrix.asked.on)


def _silent(state: State, base: State, *, turned: bool) -> Followed:
    """Give what is known of a jurisdiction of which no entry is: that it waits, or nothing."""
    return Followed.NOT_YET if is_sure_gap(state, base, turned=turned) else Followed.UNKNOWN


def _spans(
    matrix: Matrix, seen: Mapping[int, Mapping[str, int]]
) -> tuple[dict[int, dict[str, list[Span]]], dict[int, dict[str, list[Span]]]]:
    """Give by party and jurisdiction when each of its entries was first designated.

    Entries of which it is known that the measure or the law asked about does not hold give no day.
    Those of which it is not told come second: where another entry there gives a day, the measure
    may have begun with them already, so they open its beginning and never its end.
    """
    laid, found = matrix.laid, defaultdict[int, dict[str, list[Span]]](dict)
    untold = defaultdict[int, dict[str, list[Span]]](dict)
    chosen = np.zeros(len(laid.parties), np.bool_)
    chosen[matrix.chosen] = True
    says = (laid.code != NOTHING) & (laid.code != CODE[State.LATER])
    asked = chosen[laid.party] & says & (matrix.answers | matrix.untold)
    alike: dict[tuple[int, int, int], Span] = {}
    for entry in map(int, np.flatnonzero(asked)):
        at, row = int(laid.source[entry]), int(laid.row[entry])
        spoken, sheet = laid.spoken[at], laid.sheet(entry)
        firsts = seen.get(at)
        number = firsts.get(sheet.keys[row], 0) if firsts is not None else min(spoken.days)
        like = (at, int(sheet.happened.at[row]), number)
        if like not in alike:
            between = _seen(spoken.days, number, bounded=firsts is not None)
            alike[like] = designated(sheet.happened[row], between)
        told, party = _by_measure(matrix, entry, alike[like]), int(laid.party[entry])
        place = spoken.told.jurisdiction
        if matrix.untold[entry]:
            untold[party].setdefault(place, []).append(Span(told.first, None))
        else:
            found[party].setdefault(place, []).append(told)
    for party, held in found.items():
        for place, days in held.items():
            days.extend(untold.get(party, {}).get(place, []))
    return found, untold


def _by_measure(matrix: Matrix, entry: int, told: Span) -> Span:
    """Give since when a measure is imposed that a regime came to impose on whoever was listed."""
    sheet, row, measure = (
        matrix.laid.sheet(entry),
        int(matrix.laid.row[entry]),
        matrix.asked.measure,
    )
    if measure is None or measure in sheet.measures[row]:
        return told
    begun = sheet.regimes[row].began(measure, matrix.asked.on)
    if begun is None or begun == date.min:
        return told
    last = None if told.last is None else max(told.last, begun)
    return Span(max(told.first or begun, begun), last)


def _seen(days: Mapping[int, HeldVersion], number: int, *, bounded: bool) -> Span:
    """Give between which versions an entry came: after the last without it, by the first with."""
    version = days.get(number)
    if version is None:
        return Span()
    before = [e.day for at, e in days.items() if at < number and e.day] if bounded else []
    first = max(before, default=None)
    return Span(first if first and first <= version.at_latest else None, version.at_latest)
