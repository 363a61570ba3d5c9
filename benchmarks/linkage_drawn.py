"""Two drawn lists whose true pairs are known, as lists are: dates in part, slips, other letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.linkage_names import SCRIPTS, drawn_name

if TYPE_CHECKING:
    from undaunted.core.actors.rules.partial_date import PartialDate
    from undaunted.prisoners.registry.rules.matching import CaseSketch

__all__ = ["Rolls", "drawn_rolls"]

SHARED = 0.2
"""Part of the second list that the first has too."""
PLACES = ("Zenda", "Strelsau", "Hofbau", "Klow", "Niedrow", "Szohôd", "Tesznik", "Istow")
COUNTRY = {"cyrillic": "XR", "arabic": "XS", "han": "XB", "hangul": "XF", "latin": "XZ"}
FIRST, LAST = date(1940, 1, 1), date(2006, 1, 1)


@dataclass(frozen=True, slots=True)
class Rolls:
    """Files of both lists; the first `same` of both are the same people."""

    files: tuple[CaseSketch, ...]
    lists: tuple[tuple[int, ...], ...]
    scripts: tuple[str, ...]
    half: int
    same: int

    def is_true(self, one: int, other: int) -> bool:
        """Say whether two places, the lower first, are one person's."""
        return other - self.half == one < self.same


def drawn_rolls(files: int, *, seed: int, scripts: tuple[str, ...] = SCRIPTS) -> Rolls:
    """Draw two lists of half the files each."""
    dice = np.random.default_rng(seed)
    half = files // 2
    same = int(half * SHARED)
    first, second = [], []
    for at in range(2 * half - same):
        script = scripts[at % len(scripts)]
        here, there = _person(dice, script)
        if at < half:
            first.append(here)
        if at < same or at >= half:
            second.append(there)
    order = [*range(half), *range(half, 2 * half)]
    of = [scripts[at % len(scripts)] for at in range(half)]
    of += [scripts[at % len(scripts)] for at in (*range(same), *range(half, 2 * half - same))]
    return Rolls(
        (*first, *second), tuple((1,) if at < half else (2,) for at in order), tuple(of), half, same
    )


def _person(dice: np.random.Generator, script: str) -> tuple[CaseSketch, CaseSketch]:
    """Draw one person, as two lists that know of them would write it down."""
    from undaunted.prisoners.registry.rules.matching import CaseSketch  # noqa: PLC0415

    gender = "female" if dice.random() < 0.3 else "male"
    native, latin = drawn_name(dice, script, gender)
    born = FIRST + timedelta(int(dice.integers((LAST - FIRST).days)))
    arrested = date(2015, 1, 1) + timedelta(int(3900 * dice.random() ** 0.7))
    place = PLACES[int(len(PLACES) * dice.random() ** 2)]

    def told(name: str) -> CaseSketch:
        return CaseSketch(
            names=(_written(dice, name, script),),
            birth=_in_part(dice, born, 0.25, wrong=0.03),
            arrested=_in_part(dice, arrested, 0.15, wrong=0.08),
            gender=gender if dice.random() < 0.8 else "",
            country=COUNTRY[script],
            place=place if dice.random() < 0.75 else "",
        )

    other = native if dice.random() < 0.25 else latin
    return told(native), told(other)


def _written(dice: np.random.Generator, name: str, script: str) -> str:
    """Write a name as lists do: family first, and now and then with a slip."""
    words = name.split()
    if len(words) > 1 and script != "arabic" and dice.random() < 0.3:
        # Given names follow each other; the family's goes to the other end.
        words = [*words[1:], words[0]] if script == "hangul" else [words[-1], *words[:-1]]
    text = " ".join(words)
    if script in {"cyrillic", "latin"} and dice.random() < 0.05:
        at = int(dice.integers(1, len(text) - 1))
        text = text[:at] + text[at + 1 :]
    return text


def _in_part(
    dice: np.random.Generator, day: date, unknown: float, *, wrong: float
) -> PartialDate | None:
    from undaunted.core.actors.rules.partial_date import PartialDate  # noqa: PLC0415

    if dice.random() < unknown:
        return None
    if dice.random() < wrong:
        day += timedelta(int(dice.integers(-800, 800)))
    how = dice.random()
    if how < 0.3:
        return PartialDate.parse(f"{day.year}")
    if how < 0.45:
        return PartialDate.parse(f"{day.year}-{day.month:02}")
    return PartialDate.day(day)
