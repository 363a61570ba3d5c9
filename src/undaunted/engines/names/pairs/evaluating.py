"""How well scores tell labelled pairs apart: AUC, best F1, recall and precision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.engines.names.calibration import REVIEW
from undaunted.engines.names.errors import NameRefused, PairsMalformed, no_text
from undaunted.engines.names.pairs.comparing import prepare, score
from undaunted.engines.names.words.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Evaluation", "Figures", "LabelledPair", "RefusedPair", "evaluate", "figures"]

_SHOWN = 100
_NEVER = float("-inf")
"""Below every score: what a refused pair counts as in an order."""


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two names, and whether they are one person's or organisation's."""

    left: str
    right: str
    same: bool
    script: str = ""
    """A heading to report under; where empty, the scripts of the names."""
    kind: Kind = Kind.PERSON
    row: int = 0
    """Where it stands in its table; where 0, its place among the pairs, from 1."""


@dataclass(frozen=True, slots=True)
class RefusedPair:
    """A pair of which a name cannot be compared: where it stands, which name, and by what rule."""

    row: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What scores are worth on some pairs.

    Where one label lacks, `auc` is not a number: None; where no pair is flagged, so is `precision`.
    A refused pair is flagged at no threshold, and in no order above another.
    """

    pairs: int
    positives: int
    auc: float | None
    best_f1: float
    best_threshold: float
    recall: float
    precision: float | None
    f1: float
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures overall and under each heading, at one threshold.

    A refused pair that names no heading is of no script: it counts overall alone.
    """

    threshold: float
    overall: Figures
    scripts: dict[str, Figures]
    refused: tuple[RefusedPair, ...] = ()


def evaluate(pairs: Iterable[LabelledPair], *, threshold: float = REVIEW) -> Evaluation:
    """Score labelled pairs and say how well; a pair with a refused name is never found."""
    groups: dict[str, list[tuple[float | None, bool]]] = {}
    everything: list[tuple[float | None, bool]] = []
    refused: list[RefusedPair] = []
    for place, pair in enumerate(pairs, start=1):
        if not isinstance(pair, LabelledPair):
            raise PairsMalformed(f"a pair is a LabelledPair, not {pair!r:.100}")
        script, value = _scored(pair, place, refused)
        everything.append((value, pair.same))
        if script:
            groups.setdefault(script, []).append((value, pair.same))
    if not everything:
        raise PairsMalformed("there is no pair to evaluate")
    return Evaluation(
        threshold,
        _figures(everything, threshold),
        {script: _figures(rows, threshold) for script, rows in sorted(groups.items())},
        tuple(refused),
    )


def _scored(pair: LabelledPair, place: int, refused: list[RefusedPair]) -> tuple[str, float | None]:
    ready = []
    for name in (pair.left, pair.right):
        why = no_text(name)
        try:
            ready += [] if why else [prepare(name, pair.kind)]
        except NameRefused as refusal:
            why = str(refusal)
        if why:
            refused.append(RefusedPair(pair.row or place, str(name)[:_SHOWN], why))
            return pair.script, None
    left, right = ready
    scripts = "-".join(sorted({left.script, right.script}))
    return pair.script or scripts, score(left, right)


def _figures(rows: Sequence[tuple[float | None, bool]], threshold: float) -> Figures:
    return figures([value for value, _ in rows], [same for _, same in rows], threshold)


def figures(scores: Sequence[float | None], same: Sequence[bool], threshold: float) -> Figures:
    """Work out figures from scores and labels; None is the score of a pair that was refused."""
    positives = sum(same)
    ordered = [(_NEVER if v is None else v, s) for v, s in zip(scores, same, strict=True)]
    told = [(value, label) for value, label in ordered if value > _NEVER]
    hits = sum(label and value >= threshold for value, label in told)
    flagged = sum(value >= threshold for value, _ in told)
    best, at = _best_f1(told, positives)
    return Figures(
        pairs=len(scores),
        positives=positives,
        auc=_auc(ordered, positives),
        best_f1=best,
        best_threshold=at,
        recall=hits / positives if positives else 0.0,
        precision=hits / flagged if flagged else None,
        f1=2 * hits / (flagged + positives) if flagged + positives else 0.0,
        refused=len(ordered) - len(told),
    )


def _auc(scored: Sequence[tuple[float, bool]], positives: int) -> float | None:
    """Give the share of pairs of a positive and a negative in the right order, ties as half."""
    negatives = len(scored) - positives
    if not positives or not negatives:
        return None
    ordered = sorted(scored)
    place, ranks = 0, 0.0
    while place < len(ordered):
        end = place
        while end < len(ordered) and ordered[end][0] == ordered[place][0]:
            end += 1
        ranks += (place + 1 + end) / 2 * sum(label for _, label in ordered[place:end])
        place = end
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def _best_f1(scored: Sequence[tuple[float, bool]], positives: int) -> tuple[float, float]:
    ordered = sorted(scored, reverse=True)
    best, at, hits = 0.0, 1.0, 0
    for count, (value, label) in enumerate(ordered, 1):
        hits += label
        last_of_its_value = count == len(ordered) or ordered[count][0] != value
        f1 = 2 * hits / (count + positives)
        if last_of_its_value and f1 > best:
            best, at = f1, value
    return best, at
