"""What may still be recorded in a proceeding where it stands, and why not: pages ask it too."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from undaunted.coercion.instruments.rules.terms import Stage

__all__ = ["ANOTHER_WAITS", "ON_TRACKER", "OVER", "UNEXAMINED", "Part", "against"]

OVER: Final = frozenset({Stage.CLOSED, Stage.EVALUATED})
"""Stages that nothing follows: what is confidential is kept for a time, and then erased."""
ANOTHER_WAITS: Final = "step: another waits for a second person; confirm or refuse it first"
ON_TRACKER: Final = (
    "title: it stands on the tracker, and stays as it is read there; take it off first"
)
UNEXAMINED: Final = (
    "tracker: no examination has begun, so that it would say no more than that somebody asked; "
    "confirm the first step"
)


class Part(StrEnum):
    """A part of a proceeding that people record.

    `rests` is what measures rest on, elements and injury; `draft` measures and tests of law.
    """

    RESTS = "rests"
    DRAFT = "draft"
    ENGAGEMENT = "engagement"
    VOTE = "vote"
    PAPER = "paper"


def against(part: Part, stage: Stage) -> str:
    """Say why nothing of a part is recorded at a stage; empty where it may be."""
    if part is Part.VOTE:
        return _of_vote(stage)
    if stage in OVER and part is Part.PAPER:
        return "stage: the proceeding is over, and its papers are being erased; file it in another"
    if stage in OVER:
        return f"proceeding: it is {stage}; open another"
    if part is Part.RESTS and stage is Stage.ENDED:
        return (
            "proceeding: its measures ended; what they rested on stays as it was, for the "
            "evaluation"
        )
    if part is Part.DRAFT and stage in {Stage.ADOPTED, Stage.ENDED}:
        return (
            f"draft: the measures are {stage}, and stay as they were adopted; amend them while "
            "they apply"
        )
    return ""


def _of_vote(stage: Stage) -> str:
    if stage is Stage.DETERMINATION:
        return ""
    return f"vote: the proceeding is in {stage}; the Council votes while it is in determination"
