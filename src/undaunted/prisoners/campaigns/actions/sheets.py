"""A sheet of raises: what its rows mean, which the log holds already, and taking it in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.rules import merkle_root
from undaunted.prisoners.campaigns.actions.planning import note
from undaunted.prisoners.campaigns.actions.raising import Raising, raise_row
from undaunted.prisoners.campaigns.models import Campaign, Raise, RaiseStep
from undaunted.prisoners.campaigns.queries import (
    adopters_by_word,
    cases_by_word,
    not_told_why,
    raises_of,
)
from undaunted.prisoners.campaigns.rules import Mode, SheetRefused, may_be_raised
from undaunted.prisoners.campaigns.rules.rows import (
    Fault,
    KnownRow,
    RowProblem,
    SheetCheck,
    TakenIn,
    raise_key,
)
from undaunted.prisoners.campaigns.writers import problem_told

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Adopter, CampaignCase
    from undaunted.prisoners.campaigns.queries import DeskCase
    from undaunted.prisoners.campaigns.rules.rows import SheetRow

__all__ = ["check_rows", "import_raises"]


def check_rows(
    campaign: Campaign, rows: Collection[SheetRow], *, actor: Actor, at: datetime
) -> SheetCheck:
    """Find the case and adopter that each row means, and which rows the log holds already."""
    return _Check(campaign, actor, at.date()).of(rows)


def import_raises(
    campaign: Campaign, rows: Collection[SheetRow], *, actor: Actor, at: datetime
) -> TakenIn:
    """Take a sheet in, all of its new rows or none; one entry holds the root of all.

    Rows that the log holds already are left out and told. Raises `SheetRefused`.
    """
    require(actor, Verb.IMPORT, Facts(holder=campaign.holder))
    with transaction.atomic():
        # Two sheets that come at once are read one after the other.
        if not Campaign.objects.select_for_update().filter(pk=campaign.pk).exists():
            raise Forbidden("there is no such campaign for you")
        check = check_rows(campaign, rows, actor=actor, at=at)
        if check.problems:
            first, number = problem_told(check.problems[0]), len(check.problems)
            raise SheetRefused(f"{first} ({number} rows cannot be taken in)")
        known = {row.line for row in check.known}
        fresh = [row for row in rows if row.line not in known]
        if fresh:
            _take(campaign, fresh, check, actor=actor, at=at)
    return TakenIn(len(fresh), tuple(check.known))


def _take(
    campaign: Campaign, rows: list[SheetRow], check: SheetCheck, *, actor: Actor, at: datetime
) -> None:
    batch, made, steps = uuid4(), [], []
    for row in rows:
        raising = Raising(row.day, row.channel, row.level, row.counterpart,
                          row.counterpart_country, row.by, row.by_country, row.place)  # fmt: skip
        one = raise_row(campaign, raising, actor=actor, at=at)
        one.case_id, one.adopter_id = check.cases[row.line], check.adopters[row.line]
        one.batch = batch
        made.append(one)
        if row.reply or row.note:
            steps.append(
                RaiseStep(
                    holder=campaign.holder,
                    raised=one,
                    day=row.reply_day or row.day,
                    reply=row.reply or "",
                    text=row.note,
                    recorded_at=at,
                    recorded_by=actor.person,
                )
            )
    Raise.objects.bulk_create(made)
    RaiseStep.objects.bulk_create(steps)
    root = merkle_root(f"{one.pk} {one.day} {one.channel}".encode() for one in made)
    note(
        "campaign.raises_imported",
        campaign,
        actor=actor,
        at=at,
        batch=str(batch),
        rows=len(made),
        root=root,
    )


class _Check:
    """Rows of one sheet against one campaign; what was looked up once is kept."""

    def __init__(self, campaign: Campaign, actor: Actor, today: date) -> None:
        self.actor, self.today = actor, today
        self.cases = cases_by_word(actor, campaign)
        self.adopters = adopters_by_word(actor, campaign.holder)
        self.log = {_key_of(row): row for row in raises_of(actor, campaign)}
        self.here: dict[tuple[str, ...], int] = {}
        self.told: dict[tuple[object, ...], str] = {}

    def of(self, rows: Collection[SheetRow]) -> SheetCheck:
        found = SheetCheck()
        for row in rows:
            problem = self._row(row, found)
            if problem is not None:
                found.problems.append(problem)
        return found

    def _row(self, row: SheetRow, found: SheetCheck) -> RowProblem | None:
        cases = self.cases.get(raise_key(row.case)[0], []) if row.case else []
        adopters = self.adopters.get(raise_key(row.adopter)[0], []) if row.adopter else []
        problem = _unclear(row, cases, adopters) or _wrong_days(row, self.today)
        if problem is not None:
            return problem
        case = cases[0].row if cases else None
        adopter = adopters[0] if adopters else None
        key = _key(case.pk if case else None, row)
        if key in self.here:
            return RowProblem(row.line, "row", Fault.TWICE, known=str(self.here[key]))
        self.here[key] = row.line
        earlier = self.log.get(key)
        if earlier is not None:
            steps = earlier.steps.all()
            new = row.reply is not None and row.reply not in {step.reply for step in steps}
            found.known.append(KnownRow(row.line, earlier.pk, new))
            return None
        if case is not None and not may_be_raised(Mode(case.mode), row.channel):
            return RowProblem(row.line, "case", Fault.MODE, row.case)
        if case is not None and (who := self._not_told(case, row, adopter)):
            return RowProblem(row.line, "by", Fault.NOT_TOLD, who)
        found.cases[row.line] = case.pk if case else None
        found.adopters[row.line] = adopter.pk if adopter else None
        return None

    def _not_told(self, case: CampaignCase, row: SheetRow, adopter: Adopter | None) -> str:
        """Give who would be told of a case against what its person agreed to; empty if nobody."""
        asked = (case.pk, row.by, row.by_country, adopter.pk if adopter else None)
        if asked not in self.told:
            organisation = adopter is not None and adopter.kind == "organisation"
            why = not_told_why(
                self.actor,
                case,
                country="" if organisation else row.by_country,
                names=(row.by, adopter.name if adopter else ""),
                on=self.today,
            )
            self.told[asked] = f"{row.by} ({row.by_country})" if why else ""
        return self.told[asked]


def _unclear(row: SheetRow, cases: list[DeskCase], adopters: list[Adopter]) -> RowProblem | None:
    if row.case and not cases:
        return RowProblem(row.line, "case", Fault.NO_CASE, row.case[:60])
    if len(cases) > 1:
        known = ", ".join(case.mark for case in cases)
        return RowProblem(row.line, "case", Fault.TWO_CASES, row.case[:60], known)
    if row.adopter and not adopters:
        return RowProblem(row.line, "adopter", Fault.NO_ADOPTER, row.adopter[:60])
    if len(adopters) > 1:
        known = ", ".join(str(adopter.pk) for adopter in adopters)
        return RowProblem(row.line, "adopter", Fault.TWO_ADOPTERS, row.adopter[:60], known)
    return None


def _wrong_days(row: SheetRow, today: date) -> RowProblem | None:
    if row.day > today:
        return RowProblem(row.line, "day", Fault.AHEAD, str(row.day))
    if row.reply_day is not None and row.reply_day > today:
        return RowProblem(row.line, "reply_day", Fault.AHEAD, str(row.reply_day))
    if row.reply_day is not None and row.reply_day < row.day:
        return RowProblem(row.line, "reply_day", Fault.REPLY_EARLY, str(row.reply_day))
    return None


def _key(case: UUID | None, row: SheetRow) -> tuple[str, ...]:
    return raise_key(case, row.day, row.channel, row.level, row.counterpart,
                     row.counterpart_country, row.by, row.by_country)  # fmt: skip


def _key_of(row: Raise) -> tuple[str, ...]:
    return raise_key(row.case_id, row.day, row.channel, row.level, row.counterpart,
                     row.counterpart_country, row.by, row.by_country)  # fmt: skip
