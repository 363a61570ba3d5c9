"""What of matching is refused, and whom it is asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.rules import Facts, Forbidden, Verb, decide

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["MatchingRefused", "demand_matcher"]


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
