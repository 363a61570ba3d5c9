"""What of matching is refused, and whom it is asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.rules import Facts, Forbidden, Verb, decide
from undaunted.core.matching.queries import are_ours

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["MatchingRefused", "demand_matcher", "demand_own"]


class MatchingRefused(ValueError):
    """The step cannot be taken; the message names the field, the rule and what to do."""


def demand_matcher(actor: Actor) -> UUID:
    """Give the organisation as whose the actor matches entries: lists are held by none.

    Raises `Forbidden` for whoever has the role in no organisation.
    """
    for each in sorted(actor.roles, key=str):
        if decide(actor, Verb.JUDGE_MATCH, Facts(holder=each)).allowed:
            return each
    raise Forbidden("entries are matched by a documenter, reviewer or steward")


def demand_own(judgements: Collection[UUID], actor: Actor) -> None:
    """Refuse to undo verdicts of another organisation, but for a steward."""
    if not are_ours(actor, judgements):
        raise MatchingRefused(
            "judgement: another organisation judged this pair; ask its people or a steward to undo"
        )
