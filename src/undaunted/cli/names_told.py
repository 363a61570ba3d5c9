"""Comparisons of names as they are printed and given to programs."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from undaunted.engines.names import ONE_WORD, REVIEW, Ground, script_of_word, unsure_by
from undaunted.site.terminal import seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undaunted.engines.names import (
        Comparison,
        Evaluation,
        Flagged,
        Hit,
        Prepared,
        Reason,
        RefusedPair,
    )

__all__ = [
    "comparison_told",
    "doubts_told",
    "hit_sentences",
    "hit_told",
    "many",
    "passed_told",
    "refused_told",
    "seen",
    "sentences",
    "show_evaluation",
    "summed_up",
    "verdict_told",
]

SENTENCES = {
    Ground.IDENTICAL: "the names are the same",
    Ground.MET: "{left} met {right}: {by}, {likeness:.2f}",
    Ground.LEFT_OVER: "{left} met nothing",
    Ground.RIGHT_OVER: "{right} met nothing",
    Ground.SET_ASIDE: "{left}{right} was set aside",
    Ground.CROSSED_DESCENT: "the father in one name is the child in the other",
    Ground.OTHER_ORDER: "given names stand in another order: the father may be another man",
    Ground.OTHER_SYLLABLES: "read as Korean or Chinese, the given names have other syllables",
    Ground.DISGUISE: "{left}{right} was written to hide something: {by}",
    Ground.FACT: "known besides: {by}",
}

_VALUE = re.compile(r"'[^'\n]{0,200}'|\"[^\"\n]{0,200}\"|\d{1,40}")
"""What differs from row to row in a sentence on one fault."""
_TOLD_EACH = 3
_TEN = 10
_BELOW = "told below the threshold, since one word was asked for"


def many(number: int, one: str, several: str) -> str:
    """Give a number with what it counts."""
    return f"{number:,} {one if number == 1 else several}"


def passed_told(common: int, more: int) -> list[str]:
    """Say how many names are as like as the hits and are not among them."""
    told = []
    if common:
        told.append(
            f"{common:,} more are as like, and are not told since many on the list bear their "
            f"words; --threshold 0.69 tells these too."
        )
    if more:
        told.append(f"{more:,} more are as like, beyond the most that are told of one name.")
    return told


def summed_up(flagged: Iterable[Flagged]) -> list[str]:
    """Give sentences on rows: each that is not used, and of a fault that many have the first."""
    rows = list(flagged)
    told = [f"row {each.row}: {each.why}" for each in rows if not each.used]
    by_fault: dict[str, list[Flagged]] = {}
    for each in rows:
        if each.used:
            by_fault.setdefault(_VALUE.sub("", each.why), []).append(each)
    for alike in by_fault.values():
        told += [f"row {each.row}: {each.why}" for each in alike[:_TOLD_EACH]]
        if (more := len(alike) - _TOLD_EACH) > 0:
            told.append(f"{more:,} more rows of the same fault, up to row {alike[-1].row}")
    return told


def refused_told(refused: Sequence[RefusedPair]) -> list[str]:
    """Give sentences on pairs that are not compared: the first ten with the rule of each."""
    told = [f"row {each.row}: {each.name!r} is not compared: {each.why}" for each in refused[:_TEN]]
    if (more := len(refused) - _TEN) > 0:
        told.append(f"{many(more, 'more pair is', 'more pairs are')} not compared, up to row "
                    f"{refused[-1].row}")  # fmt: skip
    return told


def sentences(reasons: Iterable[Reason]) -> list[str]:
    """Give reasons in words."""
    return [SENTENCES[reason.ground].format(**asdict(reason)) for reason in reasons]


def doubts_told(*names: str) -> list[str]:
    """Say of each name in letters that are not heard, or in part, that silence says little.

    Two names in the same such letters are compared as any are.
    """
    if len({script_of_word(name) for name in names}) == 1 < len(names):
        return []
    return [f"{name}: {why}" for name in names if (why := unsure_by(name))]


def comparison_told(found: Comparison) -> dict[str, Any]:
    """Give a comparison for programs."""
    return asdict(found)


def verdict_told(score: float, left: Prepared, right: Prepared) -> str:
    """Say what a score asks of whoever reads it, as a search would."""
    if score >= REVIEW:
        return "look at it"
    if doubts_told(left.text, right.text):
        return "unsure"
    one = min(len(left.tokens), len(right.tokens)) == 1
    return "one word alone; may be meant" if one and score >= ONE_WORD else "unlike"


def hit_sentences(hit: Hit, threshold: float) -> list[str]:
    """Give a hit's reasons in words, and why it is one below the threshold."""
    told = sentences(hit.comparison.reasons)
    return [*told, _BELOW] if hit.score < threshold else told


def hit_told(hit: Hit, threshold: float) -> dict[str, Any]:
    """Give a hit for programs."""
    found = hit.found
    return {
        "row": found.row,
        "id": found.id,
        "name": found.name,
        "kind": found.kind.value,
        "below_threshold": hit.score < threshold,
        **comparison_told(hit.comparison),
    }


def show_evaluation(found: Evaluation) -> None:
    """Print the figures as a table."""
    from undaunted.site.terminal import print_table  # noqa: PLC0415 - starts faster

    heads = (
        "script", "pairs", "same", "AUC", "best F1", "at", "recall", "precision", "refused",
    )  # fmt: skip
    rows = []
    for name, one in (("overall", found.overall), *found.scripts.items()):
        auc = "none" if one.auc is None else f"{one.auc:.4f}"
        precision = "none" if one.precision is None else f"{one.precision:.3f}"
        rows.append((
            name, f"{one.pairs:,}", f"{one.positives:,}", auc, f"{one.best_f1:.3f}",
            f"{one.best_threshold:.3f}", f"{one.recall:.3f}", precision,
            f"{one.refused:,}",
        ))  # fmt: skip
    print_table(heads, rows, title=f"Recall and precision at {found.threshold}")
