"""Why a step of coordination cannot be taken; each message says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "AnnouncementRefused",
    "CoordinationRefused",
    "ElsewhereUnreadable",
    "PetitionRefused",
    "ProposalClosed",
    "SealUnreadable",
    "all_or_faults",
]


class CoordinationRefused(ValueError):
    """The step cannot be taken; the message says why and what to do."""


class ProposalClosed(CoordinationRefused):
    """The proposal was withdrawn or has ended: nothing is added to it any more."""


class AnnouncementRefused(CoordinationRefused):
    """The joint announcement is not agreed, held, or past its moment in this way."""


class PetitionRefused(CoordinationRefused):
    """A petition does not go from where it stands to there."""


class SealUnreadable(CoordinationRefused):
    """What is sealed cannot be opened here, or is not what it should be."""


class ElsewhereUnreadable(CoordinationRefused):
    """What a partner on another installation sent cannot be read; the message names the field."""


def all_or_faults(*steps: Callable[[], Any]) -> list[Any]:
    """Give what every step gives. Raises one `CoordinationRefused` with every fault."""
    told: list[Any] = []
    faults: list[str] = []
    for step in steps:
        try:
            told.append(step())
        except CoordinationRefused as refusal:
            faults.append(str(refusal))
    if faults:
        raise CoordinationRefused("; ".join(faults))
    return told
