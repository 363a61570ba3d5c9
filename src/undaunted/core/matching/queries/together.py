"""What one person judged in one act: shown together, confirmed together, undone together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import Coalesce

from undaunted.core.access.rules import Verb
from undaunted.core.matching.models import Hand, MatchJudgement
from undaunted.core.matching.queries.ours import are_ours
from undaunted.core.matching.queries.reasons import reasons_read
from undaunted.core.matching.queries.shown import shown_of_pairs
from undaunted.core.matching.rules import OpenPair, Verdict, Why

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["Together", "judging_acts_waiting", "together_for", "verdicts_waiting"]


@dataclass(frozen=True, slots=True)
class Together:
    """What one person judged in one act, as far as it stands; likeliest first."""

    verdict: str
    why: str
    """The reason, where whoever looks may read it."""
    reasoned: bool
    """Whether a reason is kept."""
    pairs: tuple[OpenPair, ...]
    """Pairs that wait for a second person, and are as they were judged."""
    changed: tuple[OpenPair, ...]
    """Pairs that wait, and of which something else is shown since: they are judged again."""
    settled: tuple[OpenPair, ...]
    """Pairs that two people judged."""
    mine: bool
    """Whether whoever looks judged it."""
    seen: str
    """What names all of them as they are, for the act's confirming or undoing."""
    ours: bool = True
    """Whether whoever looks may undo or replace them: what changed is judged again by these."""

    @property
    def waits(self) -> bool:
        """Whether anything of it waits for a second person."""
        return bool(self.pairs or self.changed)

    @property
    def standing(self) -> tuple[OpenPair, ...]:
        """All that stands of it: what an undoing takes back."""
        return self.pairs + self.changed + self.settled


def together_for(actor: Actor, batch: UUID) -> Together | None:
    """Give what stands of an act, to who judges; None where nothing does.

    Who judged is not told to people of a government body, who read what it holds alone.
    """
    if not actor.can(Verb.JUDGE_MATCH):
        return None
    rows = MatchJudgement.objects.filter(batch=batch, undone_at__isnull=True)
    held = list(rows.order_by("-likeness", "left", "right"))
    if not held:
        return None
    hands = list(Hand.objects.filter(judgement=held[0].pk, undone=False, confirmed=False))
    shown = shown_of_pairs(actor, (each.pair for each in held))
    sorted_out: tuple[list[OpenPair], ...] = ([], [], [])
    for each in held:
        settled = each.confirmed_at is not None or each.verdict == Verdict.UNSURE
        place = 2 if settled else int(shown.changed(each))
        sorted_out[place].append(_pair(each, Why.CHANGED if place == 1 else Why.WAITS))
    pairs, changed, settled_pairs = map(tuple, sorted_out)
    why = "".join(reasons_read(actor, hands).values())
    reasoned = any(each.reasoned for each in hands)
    mine = any(each.by == actor.person for each in hands)
    ours = are_ours(actor, [held[0].pk])  # one person judged them all, for one organisation
    told = (held[0].verdict, why, reasoned, pairs, changed, settled_pairs, mine, shown.seen, ours)
    return Together(*told)


def verdicts_waiting(actor: Actor) -> QuerySet[MatchJudgement]:
    """Give what one person said of two entries and a second has not confirmed, to who judges."""
    if not actor.can(Verb.JUDGE_MATCH):
        return MatchJudgement.objects.none()
    rows = MatchJudgement.objects.filter(undone_at__isnull=True, confirmed_at__isnull=True)
    return rows.exclude(verdict=Verdict.UNSURE)


def judging_acts_waiting(actor: Actor) -> int:
    """Count the acts whose verdicts wait: what was judged together is confirmed together."""
    act = Coalesce("batch", "id")
    return verdicts_waiting(actor).aggregate(acts=Count(act, distinct=True))["acts"] or 0


def _pair(row: MatchJudgement, why: Why) -> OpenPair:
    return OpenPair(*row.pair, row.likeness or 0.0, tuple(row.reasons), why, str(row.pk))
