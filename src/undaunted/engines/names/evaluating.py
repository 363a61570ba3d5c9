"""How well scores tell labelled pairs apart: AUC, best F1, recall and precision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.engines.names.calibration import REVIEW
from undaunted.engines.names.comparing import prepare, score
from undaunted.engines.names.errors import NameRefused, PairsMalformed
from undaunted.engines.names.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Evaluation", "Figures", "LabelledPair", "evaluate", "figures"]


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two names, and whether they are one person's or organisation's."""

    left: str
    right: str
    same: bool
    script: str = ""
    """A heading to report under; where empty, the scripts of the names."""
    kind: Kind = Kind.PERSON


@dataclass(frozen=True, slots=True)
class Figures:
    """What scores are worth on some pairs. Where one label lacks, `auc` is not a number: None."""

    pairs: int
    positives: int
    auc: float | None
    best_f1: float
    best_threshold: float
    recall: float
    precision: float
    f1: float
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures overall and under each heading, at one threshold."""

    threshold: float
    overall: Figures
    scripts: dict[str, Figures]


def evaluate(pairs: Iterable[LabelledPair], *, threshold: float = REVIEW) -> Evaluation:
    """Score labelled pairs and say how well; a name that is refused scores 0 and is counted."""
    groups: dict[str, list[tuple[float, bool, bool]]] = {}
    for pair in pairs:
        script, value, refused = _scored(pair)
        groups.setdefault(script, []).append((value, pair.same, refused))
    everything = [row for rows in groups.values() for row in rows]
    if not everything:
        raise PairsMalformed("there is no pair to evaluate")
    return Evaluation(
        threshold,
        _figures(everything, threshold),
        {script: _figures(rows, threshold) for script, rows in sorted(groups.items())},
    )


def _scored(pair: LabelledPair) -> tuple[str, float, bool]:
    try:
        left, right = prepare(pair.left, pair.kind), prepare(pair.right, pair.kind)
    except NameRefused:
        return pair.script or "refused", 0.0, True
    scripts = "-".join(sorted({left.script, right.script}))
    return pair.script or scripts, score(left, right), False


def _figures(rows: Sequence[tuple[float, bool, bool]], threshold: float) -> Figures:
    return figures(
        [value for value, _, _ in rows],
        [same for _, same, _ in rows],
        threshold,
        sum(refused for *_, refused in rows),
    )


def figures(
    scores: Sequence[float], same: Sequence[bool], threshold: float, refused: int = 0
) -> Figures:
    """Work out figures from scores and labels."""
    positives = sum(same)
    hits = sum(s and v >= threshold for v, s in zip(scores, same, strict=True))
    flagged = sum(v >= threshold for v in scores)
    best, at = _best_f1(scores, same)
    return Figures(
        pairs=len(scores),
        positives=positives,
        auc=_auc(scores, same),
        best_f1=best,
        best_threshold=at,
        recall=hits / positives if positives else 0.0,
        precision=hits / flagged if flagged else 0.0,
        f1=2 * hits / (flagged + positives) if flagged + positives else 0.0,
        refused=refused,
    )


def _auc(scores: Sequence[float], same: Sequence[bool]) -> float | None:
    """Give the share of pairs of a positive and a negative in the right order, ties as half."""
    positives = sum(same)
    negatives = len(same) - positives
    if not positives or not negatives:
        return None
    ordered = sorted(zip(scores, same, strict=True))
    place, ranks = 0, 0.0
    while place < len(ordered):
        end = place
        while end < len(ordered) and ordered[end][0] == ordered[place][0]:
            end += 1
        ranks += (place + 1 + end) / 2 * sum(label for _, label in ordered[place:end])
        place = end
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def _best_f1(scores: Sequence[float], same: Sequence[bool]) -> tuple[float, float]:
    positives = sum(same)
    ordered = sorted(zip(scores, same, strict=True), reverse=True)
    best, at, hits = 0.0, 1.0, 0
    for count, (value, label) in enumerate(ordered, 1):
        hits += label
        last_of_its_value = count == len(ordered) or ordered[count][0] != value
        f1 = 2 * hits / (count + positives)
        if last_of_its_value and f1 > best:
            best, at = f1, value
    return best, at
