"""What a government may be told of somebody: every piece of a submission is a question to consent.

Consent names the government. Whoever took back an agreement to it is told of to it no more, until
somebody agrees anew; another government's stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.actors.queries import names_for, same_as
from undaunted.core.consent.queries import agreement, grant_rows_for, objections_for
from undaunted.core.consent.rules import FieldGroup, IdentityLevel, Purpose, highest_level
from undaunted.core.events.queries import acts_about
from undaunted.repression.dossiers.queries.onward import parties_kept_back
from undaunted.repression.dossiers.rules import MEMBERS, UNION, audience_for

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.queries import Party
    from undaunted.core.consent.models import Grant as GrantRow
    from undaunted.core.consent.rules import Audience

__all__ = ["Agreed", "agreed_to", "names_of"]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one person agreed that one government may know of them."""

    subject: UUID
    subjects: frozenset[UUID]
    """Every record judged to be the same person: whoever of them withdraws, withdraws."""
    told: bool
    """What was done to them, under a code."""
    health: bool
    documents: bool
    named: bool
    names: tuple[str, ...]
    """Every name of them that is known: none of these may stand in a text."""
    told_names: tuple[str, ...] = ()
    """Those of them that may be told: none that only a partner's record or source carries, whose
    package lets it go no further."""
    over: tuple[date, ...] = ()
    """The last days of agreements to this government that are over, those about a part too."""

    def changed_since(self, day: date) -> bool:
        """Tell whether less may be told than on an earlier day: not at all, or a part no more."""
        return not self.told or any(last >= day for last in self.over)


def agreed_to(  # noqa: PLR0913 - who, whose file, for whom, on which day, with which key
    actor: Actor,
    subject: UUID,
    *,
    holder: UUID,
    audience: Audience,
    on: date,
    fingerprint: str | None = None,
) -> Agreed:
    """Ask what a government may be told of somebody on a day; nothing where nobody agreed."""
    members = same_as(actor, subject)
    ids = frozenset(each.pk for each in members) | {subject}
    ours = [each for each in members if each.holder == holder]
    rows = list(grant_rows_for(actor, [each.pk for each in ours]))
    standing = _standing(rows, str(audience))
    objections = [told for each in ids for told in objections_for(actor, each)]
    feared = _feared(actor, members, holder)

    def level(group: FieldGroup) -> IdentityLevel:
        return highest_level(
            [agreement(row) for row in standing],
            purpose=Purpose.SANCTIONS_SUBMISSION,
            audience=audience,
            field_group=group,
            on=on,
            origin_states=feared,
            objections=objections,
            fingerprint=fingerprint,
        )

    barred = not feared or (audience == audience_for(UNION) and not feared.isdisjoint(MEMBERS))
    told = not barred and level(FieldGroup.DETENTION) >= IdentityLevel.CODE
    names, sent = names_of(actor, ids), parties_kept_back(actor, ids)
    return Agreed(
        subject=subject,
        subjects=ids,
        told=told,
        health=told and level(FieldGroup.HEALTH) >= IdentityLevel.CODE,
        documents=told and level(FieldGroup.DOCUMENTS) >= IdentityLevel.NAME,
        named=told and level(FieldGroup.IDENTITY) is IdentityLevel.NAME,
        names=names,
        told_names=names_of(actor, ids - sent) if sent else names,
        over=tuple(last for row in standing if (last := _last_day(row)) < on),
    )


def _last_day(row: GrantRow) -> date:
    """Give the last day of an agreement: its own, or that of the mandate of who gave it."""
    return min(row.until, row.mandate_until) if row.mandate_until else row.until


def names_of(actor: Actor, members: frozenset[UUID]) -> tuple[str, ...]:
    """Give every name of somebody in every record of them."""
    found = names_for(actor, sorted(members))
    return tuple(dict.fromkeys(name for names in found.values() for name in names))


def _standing(rows: list[GrantRow], audience: str) -> list[GrantRow]:
    """Leave out what was agreed to before somebody took an agreement to this government back."""
    ours = [
        row
        for row in rows
        if row.purpose == Purpose.SANCTIONS_SUBMISSION.value and row.audience == audience
    ]
    ends = [row.revoked_at for row in ours if row.revoked_at is not None]
    last = max(ends, default=None)
    return [
        row for row in ours if last is None or row.revoked_at is not None or row.recorded_at > last
    ]


def _feared(actor: Actor, members: tuple[Party, ...], holder: UUID) -> frozenset[str]:
    """Give the states that may never be told: where it happened, whose nationals they are.

    Only what the holder recorded tells where; while nobody said where, no government is told.
    """
    where = {each.country for each in members if each.holder == holder}
    acts = acts_about(actor, [each.pk for each in members])
    where |= {act.country for act in acts if act.holder == holder}
    if not where - {""}:
        return frozenset()
    whose = {state for each in members for state in each.nationalities}
    return frozenset((where | whose) - {""})
