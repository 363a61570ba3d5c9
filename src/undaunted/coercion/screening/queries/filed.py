"""What cases tell of purchases, so that a later one by the same owner is not taken for filed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from django.db.models import Sum

from undaunted.coercion.screening.models import Case, CaseStep, Decision, Stake
from undaunted.coercion.screening.queries.watching import parties_known
from undaunted.coercion.screening.rules import Stage
from undaunted.coercion.screening.rules.stakes import one_form

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["Filed", "cases_filed"]

UNDER_WAY = frozenset({Stage.DRAFT, Stage.FILED, Stage.SCREENING, Stage.INDEPTH})


@dataclass(slots=True)
class Filed:
    """A case: its parties, the day on which it ended, and the highest shares that it tells of."""

    parties: set[str] = field(default_factory=set)
    ended: date | None = None
    shares: dict[tuple[str, str], int] = field(default_factory=dict)

    def tells_of(self, owner: str, about: Collection[str], share: int, day: date) -> bool:
        """Tell whether a case is about an owner's rise to a share in one of some parties on a day.

        One that tells of a smaller share is about an earlier purchase. One that tells of no stake
        is about those until it ended.
        """
        if owner not in self.parties or self.parties.isdisjoint(about):
            return False
        told = [self.shares[owner, each] for each in about if (owner, each) in self.shares]
        if told:
            return max(told) >= share
        return self.ended is None or day < self.ended


def cases_filed(actor: Actor, holder: UUID) -> tuple[Filed, ...]:
    """Give the cases of an authority that name parties by identifiers."""
    cases: dict[UUID, Filed] = defaultdict(Filed)
    for case, party in parties_known(actor, holder):
        cases[case].parties.add(party)
    over = Case.objects.filter(pk__in=cases).exclude(stage__in=UNDER_WAY).values("pk")
    steps = CaseStep.objects.filter(case__in=over).values_list("case_id", "at")
    taken = Decision.objects.filter(case__in=over, taken_at__isnull=False)
    # A case ended when it was decided; one that was closed without, with its last step.
    for told in (steps, taken.values_list("case_id", "taken_at")):
        for case, moment in dict(sorted(told, key=itemgetter(1))).items():
            cases[case].ended = moment.date() if moment else None
    stakes = Stake.objects.filter(case__in=cases, withdrawn_at__isnull=True)
    each_source = stakes.order_by().values("case_id", "owner", "owned", "right", "source")
    for row in each_source.annotate(highest=Sum("hi")):
        shares, pair = (
            cases[row["case_id"]].shares,
            (one_form(row["owner"]), one_form(row["owned"])),
        )
        shares[pair] = max(shares.get(pair, 0), row["highest"])
    return tuple(cases.values())
