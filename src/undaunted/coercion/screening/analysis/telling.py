"""Answers about ownership for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.engines.ownership import Right, as_part

if TYPE_CHECKING:
    from undaunted.coercion.screening.analysis.asking import Answered
    from undaunted.coercion.screening.readers import Loaded
    from undaunted.engines.ownership import Stakes

__all__ = ["answer_of", "findings_of", "stakes_of"]


def answer_of(found: Answered) -> dict[str, Any]:
    """Give the answer about the company, and what the owners control in the whole table."""
    whole, asked = found.whole, found.asked
    lowest, highest = found.held
    return {
        "company": asked.company,
        "owners": list(asked.owners),
        "as_of": asked.as_of.isoformat(),
        "known_at": None if asked.known_at is None else asked.known_at.isoformat(),
        "right": asked.right,
        "threshold": as_part(found.threshold.share),
        "reached": found.threshold.reached,
        "answer": found.answer,
        "held": {"min": as_part(lowest), "max": as_part(highest)},
        "over_the_whole": bool(found.over),
        "stakes": [each for proof in found.proofs for each in stakes_of(proof.stakes)],
        "controlled": list(whole.names(whole.must)),
        "may": list(whole.names(whole.may)),
        "joint": list(whole.names(whole.joint)),
    }


def stakes_of(stakes: Stakes) -> list[dict[str, Any]]:
    """Give stakes as they stand in their source."""
    ids = stakes.parties.ids
    return [
        {
            "owner": ids[int(stakes.owner[at])],
            "owned": ids[int(stakes.owned[at])],
            "kind": Right(int(stakes.right[at])).name.lower(),
            "min": as_part(int(stakes.lo[at])),
            "max": as_part(int(stakes.hi[at])),
            "source": stakes.sources[int(stakes.source[at])],
            "row": int(stakes.row[at]),
        }
        for at in range(len(stakes))
    ]


def findings_of(loaded: Loaded) -> dict[str, Any]:
    """Give what is wrong with a file, by row and rule, and what was not looked at."""
    return {
        "rows": loaded.rows,
        "findings": [
            {
                "rule": each.rule.code,
                "rows": list(each.rows),
                "says": each.rule.says,
                "detail": each.detail,
                "treatment": each.rule.treatment.value,
                "remedy": each.rule.remedy,
            }
            for each in loaded.findings
        ],
        "notes": list(loaded.notes),
    }
