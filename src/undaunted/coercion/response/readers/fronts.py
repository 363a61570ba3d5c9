"""A front as it is kept: every point with who acts, on what, who pays, and what proves it.

One JSON object; shares are in per cent and money in millions of the table's currency. It names the
digest of its question, so that an answer is never shown for a question that was not asked.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.coercion.response.readers.question import Question, parse_question, question_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Certified",
    "Front",
    "FrontBroken",
    "FrontPoint",
    "Level",
    "beside",
    "read_front",
    "shipped_front",
    "shipped_questions",
    "written_front",
]

VERSION = 1
PACKS = files("undaunted.coercion.response") / "packs"


class FrontBroken(ValueError):
    """A file that should hold a front does not, or holds that of another question."""


@dataclass(frozen=True, slots=True)
class Level:
    """What those who act do on one line; infinity is told as `ban`."""

    instrument: str
    sector: str
    level: float | str


@dataclass(frozen=True, slots=True)
class Certified:
    """What proves that a point is an equilibrium."""

    residual: float
    market_clearing: float
    iterations: int
    deficits: str
    data: str


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """One response.

    Attributes:
        choice: who acts, and the number of the level of each line, as the search has them.
        reply: of each measure, what the coercer puts back.
        harm: what the coercer loses of its real income, against the episode without a response.
        cost: what all partners lose, weighted by size; `_before` is without transfers.
        changes: each partner's change of real income, after transfers.
        transfers: what each receives; below zero it pays.
        contributions: what each member adds to the harm, and its standard error.
        orders: of how many drawn orders that is the mean; 0 where exact.
        more: so much more harm there is at this cost at most, by the search's estimate.
        target, others: change of the target, and of those outside who gain and lose most.
        band: harm and cost under each published set of elasticities.
    """

    number: int
    choice: tuple[int, ...]
    members: tuple[str, ...]
    levels: tuple[Level, ...]
    reply: float
    harm: float
    cost: float
    harm_before: float
    cost_before: float
    changes: Mapping[str, float]
    transfers: Mapping[str, float]
    contributions: Mapping[str, tuple[float, float]]
    orders: int
    more: float
    target: float
    others: Mapping[str, float]
    band: Mapping[str, tuple[float, float]]
    certificate: Certified


@dataclass(frozen=True, slots=True)
class Front:
    """A front and what it is told against.

    Attributes:
        digest: of the question and the table.
        target_loss, coercer_loss: in the episode without a response, against the benchmark.
        band: both under each published set.
        sets: what each set of the band is called.
        solved: how many choices were solved; gap: the widest gap of any point.
        compared: how many solved points the gap's tangents were held against.
        said: what was assumed, in whole sentences.
    """

    digest: str
    question: Question
    data: str
    data_sha256: str
    attribution: str
    elasticities: str
    said: tuple[str, ...]
    target_loss: float
    coercer_loss: float
    band: Mapping[str, tuple[float, float]]
    sets: Mapping[str, str]
    solved: int
    gap: float
    compared: int
    points: tuple[FrontPoint, ...]

    @property
    def bend(self) -> int:
        """Give the number of the point in the bend: farthest above the line from end to end."""
        first, last = self.points[0], self.points[-1]
        wide, high = last.cost - first.cost or 1.0, last.harm - first.harm or 1.0
        lift = [
            (each.harm - first.harm) / high - (each.cost - first.cost) / wide
            for each in self.points
        ]
        return lift.index(max(lift)) + 1

    @property
    def answered(self) -> bool:
        """Whether the coercer may answer."""
        return any(self.question.retaliation)

    def point(self, number: int) -> FrontPoint | None:
        """Give a point by its number, from 1."""
        return self.points[number - 1] if 0 < number <= len(self.points) else None


def written_front(front: Front) -> str:
    """Give the text of a front's file; the same front gives the same text."""
    told = asdict(front) | {"version": VERSION, "question": front.question.written()}
    return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def read_front(text: str, *, where: str) -> Front:
    """Give the front of a file. Raises `FrontBroken`."""
    try:
        held = json.loads(text)
        if held.pop("version") != VERSION:
            raise FrontBroken(f"{where}: this copy reads fronts of version {VERSION}")
        question = question_of(held.pop("question"), where=where)
        points = tuple(_point(each) for each in held.pop("points"))
        held["said"], held["band"] = tuple(held["said"]), _pairs(held["band"])
        front = Front(question=question, points=points, **held)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise FrontBroken(f"{where}: holds no front that can be read: {fault}") from fault
    if not points or front.digest != question.digest(front.data_sha256):
        raise FrontBroken(f"{where}: the front is not that of its question; search again")
    return front


@cache
def shipped_questions() -> dict[str, Question]:
    """Give the questions whose fronts come with this copy, by the name of their file.

    The first of an episode is named as the episode is; what else is asked of it, begins so.
    """
    packs = [pack for pack in (PACKS / "questions").iterdir() if pack.name.endswith(".toml")]
    return {
        each.name.removesuffix(".toml"): parse_question(
            each.read_text(encoding="utf-8"), where=each.name
        )
        for each in sorted(packs, key=lambda one: one.name)
    }


@cache
def shipped_front(key: str) -> Front | None:
    """Give the front that comes with this copy for a question. Raises `FrontBroken`."""
    if key not in shipped_questions():
        return None
    pack = PACKS / "fronts" / f"{key}.json"
    return read_front(pack.read_text(encoding="utf-8"), where=pack.name)


def beside(key: str) -> str | None:
    """Give the key of the other question of this copy about the same episode, if there is one."""
    told = shipped_questions()
    if key not in told:
        return None
    episode = told[key].episode
    return next((each for each in told if each != key and told[each].episode == episode), None)


def _point(held: dict[str, Any]) -> FrontPoint:
    told = dict(held) | {
        "choice": tuple(int(each) for each in held["choice"]),
        "members": tuple(held["members"]),
        "levels": tuple(Level(**each) for each in held["levels"]),
        "contributions": _pairs(held["contributions"]),
        "band": _pairs(held["band"]),
        "certificate": Certified(**held["certificate"]),
    }
    return FrontPoint(**told)


def _pairs(held: Mapping[str, list[float]]) -> dict[str, tuple[float, float]]:
    return {name: (float(low), float(high)) for name, (low, high) in held.items()}
