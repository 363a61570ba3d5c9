"""Thresholds by pair of scripts, as `python -m benchmarks.names_calibration` worked them out."""

from __future__ import annotations

__all__ = ["REVIEW", "THRESHOLDS", "threshold"]

REVIEW = 0.7
"""From this score on a person looks at the pair."""

THRESHOLDS: dict[tuple[str, str], float] = {}
"""For two scripts in the order of the alphabet: the raw score that becomes `REVIEW`."""

_OTHERS = 0.7


def threshold(left: str, right: str) -> float:
    """Give the raw score at which a pair of scripts is looked at."""
    return THRESHOLDS.get((left, right) if left <= right else (right, left), _OTHERS)
