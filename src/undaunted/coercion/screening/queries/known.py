"""All that a case held at a moment, as it was known then: for work today, and for review in court.

What was recorded later is not in it; what was withdrawn later is. Nothing is overwritten, and the
database refuses rows dated before a decision, so that the answer for a moment stays the same.

A sheet reads some fifteen tables in the same way, at every step of a case. Django takes longer to
write such a question than the database to answer it: each is written once in a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db.models import Q

from undaunted.coercion.screening.models import (
    Analysis,
    Answer,
    Assessment,
    CaseStep,
    Check,
    Comment,
    Decision,
    Fact,
    Filing,
    ListCheck,
    Load,
    Mitigation,
    Notice,
    Party,
    Recourse,
    Request,
    Scope,
    Stake,
)
from undaunted.coercion.screening.queries.cases import authorities_of
from undaunted.coercion.screening.queries.resting import fallen_analyses
from undaunted.coercion.screening.rules.casework import BY_HAND, Judgement, ListStanding
from undaunted.coercion.screening.rules.stakes import one_form
from undaunted.core.access.rules import Forbidden

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.models.cases import OfCase, Told
    from undaunted.core.access.rules import Actor

__all__ = [
    "CaseSheet",
    "ListLine",
    "case_as_known",
    "identifiers_known",
    "owners_ever",
    "parties_ever",
    "party_names",
    "stakes_known",
    "unregistered_in",
]

Row = TypeVar("Row", bound="Told")
Kept = TypeVar("Kept", bound="OfCase")

LATER = ("withdrawn", "taken", "returned", "sent", "lifting")
"""What can be written on a row after it was recorded: each at a moment, by somebody, why."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A party and where it stands with lists; without checks it was not screened yet."""

    party: Party
    standing: ListStanding
    checks: tuple[ListCheck, ...]


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A case at a moment.

    `decision` is the one that had been taken by then, `proposed` one that waited for its second
    person; `stakes` counts the stakes, which `stakes_known` gives; `fallen` are the analyses that
    rest on stakes withdrawn by then.
    """

    case: Case
    at: datetime
    stage: str
    steps: tuple[CaseStep, ...]
    filing: Filing | None
    parties: tuple[Party, ...]
    loads: tuple[Load, ...]
    stakes: int
    facts: tuple[Fact, ...]
    lists: tuple[ListLine, ...]
    scopes: tuple[Scope, ...]
    assessments: tuple[Assessment, ...]
    requests: tuple[Request, ...]
    answers: tuple[Answer, ...]
    notices: tuple[Notice, ...]
    comments: tuple[Comment, ...]
    decisions: tuple[Decision, ...]
    recourses: tuple[Recourse, ...]
    mitigations: tuple[Mitigation, ...]
    checks: tuple[Check, ...]
    analyses: tuple[Analysis, ...]
    fallen: frozenset[UUID]

    @property
    def received_on(self) -> date | None:
        """The day on which the notification was received; none without one."""
        return self.filing.received_on if self.filing is not None else None

    @property
    def decision(self) -> Decision | None:
        """The last decision that had been taken."""
        taken = [row for row in self.decisions if row.taken_at and row.taken_at <= self.at]
        return taken[-1] if taken else None

    @property
    def proposed(self) -> Decision | None:
        """A decision that waited for a second person."""
        waiting = [
            row
            for row in self.decisions
            if not (row.taken_at and row.taken_at <= self.at)
            and not (row.returned_at and row.returned_at <= self.at)
        ]
        return waiting[-1] if waiting else None

    def answers_to(self, request: Request) -> tuple[Answer, ...]:
        """Give what had come back on a request."""
        return tuple(row for row in self.answers if row.request_id == request.pk)

    def stands_for(self, request: Request) -> bool:
        """Whether periods stood still for a request: until it was answered completely."""
        return request.stops and not any(row.complete for row in self.answers_to(request))

    def checks_of(self, mitigation: Mitigation) -> tuple[Check, ...]:
        """Give what had been found of a measure."""
        return tuple(row for row in self.checks if row.mitigation_id == mitigation.pk)


def case_as_known(actor: Actor, case: Case, at: datetime) -> CaseSheet:
    """Give a case as it stood at a moment. Raises `Forbidden` for another authority's."""
    if case.holder not in authorities_of(actor):
        raise Forbidden("there is no such case for you")
    steps = tuple(CaseStep.objects.filter(case=case, at__lte=at))
    notices = _so_far(Notice, case, at)
    parties = _parties(case, at)
    filings = Filing.objects.filter(case=case, submitted_at__lte=at)
    return CaseSheet(
        case=case,
        at=at,
        stage=steps[-1].stage if steps else "",
        steps=steps,
        filing=_standing(filings, at).order_by("submitted_at").last(),
        parties=parties,
        loads=_held(Load, case, at),
        stakes=stakes_known(actor, case, at).count(),
        facts=_held(Fact, case, at),
        lists=_lists(parties, _held(ListCheck, case, at)),
        scopes=_held(Scope, case, at),
        assessments=_held(Assessment, case, at),
        requests=_held(Request, case, at),
        answers=_held(Answer, case, at),
        notices=notices,
        comments=tuple(
            Comment.objects.filter(
                Q(case=case) | Q(notice__case=case), recorded_at__lte=at
            ).order_by("recorded_at", "id")
        ),
        decisions=_so_far(Decision, case, at),
        recourses=_held(Recourse, case, at),
        mitigations=tuple(_lifting_at(row, at) for row in _held(Mitigation, case, at)),
        checks=_held(Check, case, at),
        analyses=_so_far(Analysis, case, at),
        fallen=fallen_analyses(actor, case, at),
    )


def stakes_known(actor: Actor, case: Case, at: datetime) -> QuerySet[Stake]:
    """Give the stakes that a case held at a moment, whenever they were so."""
    rows = Stake.objects.filter(case=case, holder__in=authorities_of(actor))
    return _standing(rows, at).filter(recorded_at__lte=at).order_by("recorded_at", "row", "id")


def owners_ever(actor: Actor, case: Case, at: datetime) -> tuple[tuple[str, str], ...]:
    """Give ids and names of all owners that a case told by a moment, of withdrawn stakes too."""
    rows = Stake.objects.filter(case=case, holder__in=authorities_of(actor), recorded_at__lte=at)
    return tuple(rows.order_by().values_list("owner", "owner_name").distinct())


def parties_ever(actor: Actor, case: Case, at: datetime) -> tuple[Party, ...]:
    """Give all parties that a case told by a moment, withdrawn ones too."""
    rows = Party.objects.filter(case=case, holder__in=authorities_of(actor), recorded_at__lte=at)
    return tuple(rows.order_by("recorded_at", "id"))


def unregistered_in(actor: Actor, sheet: CaseSheet) -> tuple[str, ...]:
    """Give the conditions of the decision that never came into the register of measures."""
    if sheet.decision is None:
        return ()
    rows = Mitigation.objects.filter(
        decision=sheet.decision, holder__in=authorities_of(actor), recorded_at__lte=sheet.at
    )
    written = set(rows.values_list("text", flat=True))
    return tuple(text for text in sheet.decision.conditions if text not in written)


def identifiers_known(actor: Actor, case: Case, at: datetime) -> frozenset[str]:
    """Give the ids of the parties of a case, and of whoever its stakes name."""
    mine = {"case": case, "holder__in": authorities_of(actor), "recorded_at__lte": at}
    parties = _standing(Party.objects.filter(**mine), at).exclude(identifier="")
    pairs = stakes_known(actor, case, at).order_by().values_list("owner", "owned").distinct()
    return frozenset(parties.values_list("identifier", flat=True)).union(*pairs)


def party_names(actor: Actor, case: Case, at: datetime) -> dict[str, str]:
    """Give how a case named its parties at a moment, by their ids in one form."""
    rows = Party.objects.filter(case=case, holder__in=authorities_of(actor), recorded_at__lte=at)
    told = _standing(rows, at).exclude(identifier="").values_list("identifier", "name")
    return {one_form(identifier): name for identifier, name in told}


def _held(model: type[Row], case: Case, at: datetime) -> tuple[Row, ...]:
    rows = model.objects.raw(_written(model, standing=True), [case.pk, at, at])  # type: ignore[attr-defined]
    return tuple(_as_of(row, at) for row in rows)


def _so_far(model: type[Kept], case: Case, at: datetime) -> tuple[Kept, ...]:
    """Give what had been recorded by then, of tables where nothing is withdrawn as a row."""
    rows = model.objects.raw(_written(model, standing=False), [case.pk, at])  # type: ignore[attr-defined]
    return tuple(_as_of(row, at) for row in rows)


@cache
def _written(model: type[OfCase], *, standing: bool) -> str:
    """Write the question for the rows of a case recorded by a moment, or standing at it."""
    case, at = UUID(int=0), datetime(2000, 1, 1, tzinfo=UTC)
    rows = model.objects.filter(case=case, recorded_at__lte=at)  # type: ignore[attr-defined]
    text, named = (_standing(rows, at) if standing else rows).query.sql_with_params()
    if named != (case, at, at)[: 3 if standing else 2]:
        raise RuntimeError(f"the case comes first, then the moment, and not {named}")
    return text


def _parties(case: Case, at: datetime) -> tuple[Party, ...]:
    """Give parties with their ids in one form, in which stakes and assets have them."""
    rows = _held(Party, case, at)
    for row in rows:
        row.identifier = one_form(row.identifier)
    return rows


def _lifting_at(row: Mitigation, at: datetime) -> Mitigation:
    """Give a measure with what was asked and declined by then: the row holds what is so now."""
    later = [each for each in row.declined if datetime.fromisoformat(each["declined_at"]) > at]
    asked = next((e for e in later if datetime.fromisoformat(e["asked_at"]) <= at), None)
    if asked is not None:
        row.lifting_at = datetime.fromisoformat(asked["asked_at"])
        row.lifting_by, row.lifting_why = UUID(asked["asked_by"]), asked["asked_why"]
    row.declined = [each for each in row.declined if each not in later]
    return row


def _standing(rows: QuerySet[Row], at: datetime) -> QuerySet[Row]:
    return rows.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at))


def _as_of(row: Any, at: datetime) -> Any:  # noqa: ANN401 - a row of any table, as it was
    """Give a row without what was written on it after a moment: who took it, why it was ended."""
    for step in LATER:
        moment = getattr(row, f"{step}_at", None)
        if moment is not None and moment > at:
            for part, nothing in (("at", None), ("by", None), ("why", "")):
                if hasattr(row, f"{step}_{part}"):
                    setattr(row, f"{step}_{part}", nothing)
    return row


def _lists(parties: tuple[Party, ...], checks: tuple[ListCheck, ...]) -> tuple[ListLine, ...]:
    return tuple(
        _line(party, tuple(row for row in checks if row.party_id == party.pk)) for party in parties
    )


def _uncompared(row: ListCheck, checks: tuple[ListCheck, ...]) -> bool:
    """Whether a list could not be held against, and nobody looked at it by hand or since."""
    return row.judgement == Judgement.NOT_COMPARED and not any(
        other.list_name == row.list_name
        and other.judgement != Judgement.NOT_COMPARED
        and (other.list_day > row.list_day
             or (other.method == BY_HAND and other.list_day == row.list_day))
        for other in checks
    )  # fmt: skip


def _line(party: Party, checks: tuple[ListCheck, ...]) -> ListLine:
    judged = {Judgement(row.judgement) for row in checks}
    if not judged:
        standing = ListStanding.NOT_SCREENED
    elif Judgement.SAME in judged:
        standing = ListStanding.MATCHED
    elif Judgement.UNCLEAR in judged:
        standing = ListStanding.OPEN
    elif any(_uncompared(row, checks) for row in checks):
        standing = ListStanding.NOT_COMPARED
    else:
        standing = ListStanding.LOOKED_AT
    return ListLine(party, standing, checks)
