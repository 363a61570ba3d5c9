"""The log: a raise recorded, its reply, what followed, a sheet of many taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.rules import merkle_root
from undaunted.prisoners.campaigns.actions.adopting import known_country
from undaunted.prisoners.campaigns.actions.planning import note
from undaunted.prisoners.campaigns.models import Raise, RaiseStep
from undaunted.prisoners.campaigns.queries import desk_cases
from undaunted.prisoners.campaigns.rules import (
    CampaignRefused,
    CaseIsSilent,
    Mode,
    SheetRefused,
    may_be_raised,
)
from undaunted.prisoners.campaigns.rules.rows import RowProblem

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Adopter, Campaign, CampaignCase
    from undaunted.prisoners.campaigns.rules import Channel, Level, Reply
    from undaunted.prisoners.campaigns.rules.rows import SheetRow

__all__ = [
    "Raising",
    "check_rows",
    "import_raises",
    "record_raise",
    "record_step",
    "withdraw_raise",
]


@dataclass(frozen=True, slots=True)
class Raising:
    """What was raised, how, with whom and by whom."""

    day: date
    channel: Channel
    level: Level
    counterpart: str
    counterpart_country: str
    by: str
    by_country: str
    place: str = ""


def record_raise(  # noqa: PLR0913 - in which campaign, what, whose case, which adopter, by whom, when
    campaign: Campaign,
    raising: Raising,
    *,
    actor: Actor,
    at: datetime,
    case: CampaignCase | None = None,
    adopter: Adopter | None = None,
) -> Raise:
    """Record that a case, or the campaign as a whole, was raised.

    Raises `CaseIsSilent` for a silent case, and for one in private only raised otherwise.
    """
    require(actor, Verb.RECORD, Facts(holder=campaign.holder))
    if raising.day > at.date():
        raise CampaignRefused("day: it lies ahead; record a raise when it has happened")
    if not raising.counterpart.strip() or not raising.by.strip():
        raise CampaignRefused("counterpart, by: say with whom it was raised, and by whom")
    if case is not None:
        _check_mode(case, raising.channel)
    with transaction.atomic():
        made = _row(campaign, raising, actor=actor, at=at, case=case, adopter=adopter)
        made.save(force_insert=True)
        note(
            "campaign.raised",
            campaign,
            actor=actor,
            at=at,
            raised=str(made.pk),
            channel=raising.channel.value,
            level=raising.level.value,
        )
    return made


def record_step(  # noqa: PLR0913 - after what, when, what came, what was done, by whom
    raised: Raise,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    reply: Reply | None = None,
    text: str = "",
) -> RaiseStep:
    """Record a reply on the ladder, something done to follow up, or both.

    The reply of a public raise is shown once a second person lets it out.
    """
    require(actor, Verb.RECORD, Facts(holder=raised.holder))
    if reply is None and not text.strip():
        raise CampaignRefused("reply: say what came back, or what was done")
    if not raised.day <= on <= at.date():
        raise CampaignRefused("day: give one from the day of the raise until today")
    with transaction.atomic():
        made = RaiseStep.objects.create(
            holder=raised.holder,
            raised=raised,
            day=on,
            reply=reply or "",
            text=text.strip(),
            recorded_at=at,
            recorded_by=actor.person,
        )
        note(
            "campaign.replied" if reply else "campaign.followed_up",
            raised.campaign,
            actor=actor,
            at=at,
            raised=str(raised.pk),
            reply=made.reply,
        )
    return made


def withdraw_raise(raised: Raise, *, actor: Actor, at: datetime) -> Raise:
    """Take an entry out of the log that was wrong; it is kept, and counted nowhere."""
    require(actor, Verb.RECORD, Facts(holder=raised.holder))
    with transaction.atomic():
        rows = Raise.objects.select_for_update(of=("self",)).select_related("campaign")
        held = rows.filter(pk=raised.pk, withdrawn_at__isnull=True).first()
        if held is None:
            raise Forbidden("there is no such entry for you")
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        note("campaign.raise_withdrawn", held.campaign, actor=actor, at=at, raised=str(held.pk))
    return held


def check_rows(
    campaign: Campaign, rows: Collection[SheetRow], *, actor: Actor, at: datetime
) -> tuple[dict[int, UUID | None], list[RowProblem]]:
    """Find the case that each row means; gives it by line, and what stands against taking it in."""
    known = desk_cases(actor, campaign)
    by_word = {
        word.casefold(): case.row for case in known for word in (case.reference, case.name) if word
    }
    cases: dict[int, UUID | None] = {}
    problems = []
    for row in rows:
        held = by_word.get(row.case.casefold()) if row.case else None
        if row.case and held is None:
            problems.append(
                RowProblem(row.line, "case", f"{row.case[:60]!r} is no case of this campaign",
                           "attach it first, or leave the cell empty for the campaign as a whole")
            )  # fmt: skip
        elif held is not None and not may_be_raised(Mode(held.mode), row.channel):
            problems.append(
                RowProblem(row.line, "case", f"its mode is {held.mode}",
                           "leave the row out, or ask whoever holds the consent")
            )  # fmt: skip
        elif row.day > at.date() or (row.reply_day and row.reply_day < row.day):
            problems.append(
                RowProblem(row.line, "day", "it lies ahead, or after its reply", "correct the day")
            )
        else:
            cases[row.line] = held.pk if held else None
    return cases, problems


def import_raises(
    campaign: Campaign, rows: Collection[SheetRow], *, actor: Actor, at: datetime
) -> int:
    """Take a sheet in, all rows or none; one entry holds the root of all. Raises `SheetRefused`."""
    require(actor, Verb.IMPORT, Facts(holder=campaign.holder))
    cases, problems = check_rows(campaign, rows, actor=actor, at=at)
    if problems:
        raise SheetRefused(f"{problems[0]} ({len(problems)} rows cannot be taken in)")
    batch = uuid4()
    made, steps = [], []
    for row in rows:
        raising = Raising(row.day, row.channel, row.level, row.counterpart,
                          row.counterpart_country, row.by, row.by_country, row.place)  # fmt: skip
        one = _row(campaign, raising, actor=actor, at=at)
        one.case_id, one.batch = cases[row.line], batch
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
    with transaction.atomic():
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
    return len(made)


def _check_mode(case: CampaignCase, channel: Channel) -> None:
    if not may_be_raised(Mode(case.mode), channel):
        raise CaseIsSilent(
            f"case: its mode is {case.mode}; whoever holds the consent can change it, "
            "or raise it in private where that is agreed"
        )


def _row(  # noqa: PLR0913 - as record_raise
    campaign: Campaign,
    raising: Raising,
    *,
    actor: Actor,
    at: datetime,
    case: CampaignCase | None = None,
    adopter: Adopter | None = None,
) -> Raise:
    return Raise(
        holder=campaign.holder,
        campaign=campaign,
        case=case,
        adopter=adopter,
        day=raising.day,
        channel=raising.channel,
        level=raising.level,
        counterpart=raising.counterpart.strip(),
        counterpart_country=known_country("counterpart_country", raising.counterpart_country),
        place=raising.place.strip(),
        by=raising.by.strip(),
        by_country=known_country("by_country", raising.by_country),
        recorded_at=at,
        recorded_by=actor.person,
    )
