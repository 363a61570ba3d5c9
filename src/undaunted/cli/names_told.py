"""Comparisons of names as they are printed and given to programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from undaunted.engines.names import Ground

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.engines.names import Comparison, Evaluation, Hit, Reason

__all__ = ["comparison_told", "hit_told", "sentences", "show_evaluation"]

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


def sentences(reasons: Iterable[Reason]) -> list[str]:
    """Give reasons in words."""
    return [SENTENCES[reason.ground].format(**asdict(reason)) for reason in reasons]


def comparison_told(found: Comparison) -> dict[str, Any]:
    """Give a comparison for programs."""
    return asdict(found)


def hit_told(hit: Hit) -> dict[str, Any]:
    """Give a hit for programs."""
    found = hit.found
    return {
        "row": found.row,
        "id": found.id,
        "name": found.name,
        "kind": found.kind.value,
        **comparison_told(hit.comparison),
    }


def show_evaluation(found: Evaluation) -> None:
    """Print the figures as a table."""
    from rich.console import Console  # noqa: PLC0415 - starts faster
    from rich.table import Table  # noqa: PLC0415 - starts faster

    table = Table(
        "script", "pairs", "same", "AUC", "best F1", "at", "recall", "precision", "refused",
        title=f"Recall and precision at {found.threshold}",
    )  # fmt: skip
    for name, one in (("overall", found.overall), *found.scripts.items()):
        auc = "none" if one.auc is None else f"{one.auc:.4f}"
        precision = "none" if one.precision is None else f"{one.precision:.3f}"
        table.add_row(
            name, f"{one.pairs:,}", f"{one.positives:,}", auc, f"{one.best_f1:.3f}",
            f"{one.best_threshold:.3f}", f"{one.recall:.3f}", precision,
            f"{one.refused:,}",
        )  # fmt: skip
    Console().print(table)
