"""Thresholds by pair of scripts, as `python -m benchmarks.names_calibration` worked them out.

Between the lines that say so, the text is the script's: run it again where weights or data change.
"""

from __future__ import annotations

__all__ = ["CALIBRATED_ON", "DATA_DIGEST", "REVIEW", "THRESHOLDS", "threshold"]

REVIEW = 0.7
"""From this score on a person looks at the pair."""

# from here on written by benchmarks.names_calibration
CALIBRATED_ON = "2026-11-27"
DATA_DIGEST = "039b4784013bd4ccebb96beae3511cb82ee802405bea58720a56db2c315f9f1f"
THRESHOLDS: dict[tuple[str, str], float] = {
    ("arabic", "latin"): 0.63,
    ("cyrillic", "latin"): 0.76,
    ("hangul", "latin"): 0.73,
    ("latin", "latin"): 0.73,
}
# until here
"""For two scripts in the order of the alphabet: the raw score that becomes `REVIEW`."""

_OTHERS = 0.7
"""Where too few labelled pairs were at hand."""


def threshold(left: str, right: str) -> float:
    """Give the raw score at which a pair of scripts is looked at."""
    return THRESHOLDS.get((left, right) if left <= right else (right, left), _OTHERS)
