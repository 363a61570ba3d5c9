"""What cases tell of purchases, so that a later one by the same owner is not taken for filed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from undaunted.coercion.screening.models import Case, CaseStep, Decision, Stake
from undaunted.coercion.screening.queries.watching import parties_known
from undaunted.coercion.screening.rules import ScreeningStage
from undaunted.coercion.screening.rules.stakes import one_form

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from undaunted.core.access.rules import Actor

    Row = tuple[tuple[int, str], int, date | None, date | None]

__all__ = ["Filed", "cases_filed"]

COLUMNS = ("case_id", "owner", "owned", "right", "source", "filed", "hi", "valid_from", "valid_to")
UNDER_WAY = frozenset(
    {ScreeningStage.DRAFT, ScreeningStage.FILED, ScreeningStage.SCREENING, ScreeningStage.INDEPTH}
)


@dataclass(slots=True)
class Filed:
    """A case: its parties, the day on which it ended, and the stakes that it tells of.

    `stakes` are, by owner and company, rows of what adds up (a right, as a source tells it), the
    highest share, and the days between which it holds.
    """

    parties: set[str] = field(default_factory=set)
    ended: date | None = None
    stakes: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

    def tells_of(self, owner: str, about: Collection[str], share: int, day: date) -> bool:
        """Tell whether a case is about an owner's rise to a share in one of some parties on a day.

        One that tells of a smaller share is about an earlier purchase. One that tells of no stake
        is about those until it ended.
        """
        if owner not in self.parties or self.parties.isdisjoint(about):
            return False
        if any((owner, each) in self.stakes for each in about):
            return any(self._share_on(owner, each, day) >= share for each in about)
        return self.ended is None or day < self.ended

    def _share_on(self, owner: str, company: str, day: date) -> int:
        """Give the highest share on a day that one source tells of one right."""
        sums = Counter[tuple[int, str]]()
        for told, highest, since, until in self.stakes.get((owner, company), ()):
            if (since is None or since <= day) and (until is None or day < until):
                sums[told] += highest
        return max(sums.values(), default=0)


def cases_filed(actor: Actor, holder: UUID) -> tuple[Filed, ...]:
    """Give the cases of an authority that name parties by identifiers."""
    cases: dict[UUID, Filed] = defaultdict(Filed)
    for case, party in parties_known(actor, holder):
        cases[case].parties.add(party)
    over = Case.objects.filter(pk__in=cases).exclude(stage__in=UNDER_WAY).values("pk")
    steps = CaseStep.objects.filter(case__in=over).values_list("case_id", "at")
    taken = Decision.objects.filter(case__in=over, taken_at__isnull=False)
    # A case ended when it was decided; one that was closed without, with its last step.
    for ends in (steps, taken.values_list("case_id", "taken_at")):
        for case, moment in dict(sorted(ends, key=itemgetter(1))).items():
            cases[case].ended = moment.date() if moment else None
    stakes = Stake.objects.filter(case__in=cases, withdrawn_at__isnull=True).order_by()
    for row in stakes.only(*COLUMNS):
        pair = one_form(row.owner), one_form(row.owned)
        # What is filed counts from its filing on, whatever day it is to happen.
        since = None if row.filed else row.valid_from
        told = (row.right, row.source), row.hi, since, row.valid_to
        cases[row.case_id].stakes.setdefault(pair, []).append(told)
    return tuple(cases.values())
