"""Plain values out of the records: what materials, pages and the printed log are made from.

A case is cut down to what consent allows for its mode before it becomes a value. A silent one never
becomes one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist

from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.consent.queries import grants_for, objections_for
from undaunted.core.consent.rules import FieldGroup, IdentityLevel
from undaunted.core.evidence.queries import sources_for
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.prisoners.campaigns.queries.desk import desk_cases, raises_of
from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    AdopterSheet,
    CampaignSheet,
    CaseSheet,
    Channel,
    FollowUp,
    Level,
    Mode,
    NamePiece,
    RaiseLine,
    Reply,
    SourceLine,
    audiences_named,
    covered,
    may_be_told,
    occasion_named,
    occasions,
    shown_levels,
)
from undaunted.prisoners.registry.queries.published import published_case
from undaunted.prisoners.registry.queries.records import case_file, publications_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.rules import Grant, Objection, Permission
    from undaunted.prisoners.campaigns.models import Adopter, Campaign, CampaignCase, Raise
    from undaunted.prisoners.campaigns.queries.desk import DeskCase
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = [
    "adopter_sheet",
    "campaign_sheet",
    "case_sheet",
    "desk_lines",
    "mode_permission",
    "not_told_why",
]


def campaign_sheet(actor: Actor, campaign: Campaign, *, address: str = "") -> CampaignSheet:
    """Give a campaign as materials name it."""
    house = organisations_for(actor).filter(pk=campaign.holder).first()
    known = campaign.occasion in occasions()
    return CampaignSheet(
        id=campaign.pk,
        reference=campaign.reference,
        name=campaign.name,
        day=campaign.day,
        languages=tuple(campaign.languages),
        occasion=occasion_named(campaign.occasion).sheet if known else None,
        summary=campaign.summary,
        organisation=house.name if house else "",
        address=address if campaign.approved_at else "",
        invented=_all_invented(desk_cases(actor, campaign)),
    )


def adopter_sheet(_actor: Actor, adopter: Adopter) -> AdopterSheet:
    """Give an adopter without the way to reach them."""
    return AdopterSheet(
        name=adopter.name,
        kind=AdopterKind(adopter.kind),
        country=adopter.country,
        office=adopter.office,
        place=adopter.place,
        public=adopter.agreed_on is not None and adopter.approved_at is not None,
    )


def mode_permission(actor: Actor, case: CampaignCase, mode: Mode, *, on: date) -> Permission:
    """Tell whether an agreement that the actor can see covers a mode on a day, and which."""
    file = case_file(actor, case.subject)
    grants, objections = _said(actor, file)
    return covered(mode, grants, on=on, origin_states=_fears(file), objections=objections)


def not_told_why(
    actor: Actor, case: CampaignCase, *, country: str, names: Iterable[str], on: date
) -> str:
    """Say why whoever would raise or adopt a case may not be told of it; empty where they may.

    In private only that is whoever is not among those whom the person agreed to.
    """
    mode = Mode(case.mode)
    if mode is not Mode.PRIVATE_ONLY:
        return ""
    file = case_file(actor, case.subject)
    grants, objections = _said(actor, file)
    named = tuple(name for name in names if name)
    if may_be_told(mode, grants, on=on, country=country, names=named, origin_states=_fears(file),
                   objections=objections):  # fmt: skip
        return ""
    whom = ", ".join(map(str, audiences_named(grants))) or "nobody you can see"
    who = ", ".join(dict.fromkeys(filter(None, (*named, country))))
    return (
        f"the case is raised in private alone, and the person agreed to {whom}, not to {who}; "
        "record that agreement first, or leave it out"
    )


def case_sheet(actor: Actor, case: CampaignCase, *, on: date) -> CaseSheet | None:
    """Give a case as far as its mode allows today; None where it is silent or nothing covers it."""
    mode = Mode(case.mode)
    file = case_file(actor, case.subject)
    if mode is Mode.SILENT or file is None:
        return None
    grants, objections = _said(actor, file)
    asked = {"on": on, "origin_states": _fears(file), "objections": objections}
    if not covered(mode, grants, **asked):  # type: ignore[arg-type]
        return None
    levels = shown_levels(mode, grants, **asked)  # type: ignore[arg-type]
    told = frozenset(group for group, level in levels.items() if level >= IdentityLevel.CODE)
    named = levels[FieldGroup.IDENTITY] is IdentityLevel.NAME
    if mode is Mode.PUBLIC:
        return _public_sheet(actor, case, file, told, named=named)
    return _private_sheet(actor, case, file, told, named=named)


def desk_lines(actor: Actor, campaign: Campaign, *, silent: bool = False) -> tuple[RaiseLine, ...]:
    """Give the whole log, private raises too, oldest first. Silent cases are left out.

    With `silent` they are in it: for the desk's own eyes, in nothing that is printed.
    """
    known = {case.row.pk: case for case in desk_cases(actor, campaign)}
    found = []
    for row in raises_of(actor, campaign):
        case = known.get(row.case_id) if row.case_id else None
        hidden = row.case_id is not None and (case is None or case.row.mode == Mode.SILENT)
        if silent or not hidden:
            found.append(_line(row, case))
    return tuple(sorted(found, key=lambda each: (each.day, each.case, each.channel, each.by)))


def _public_sheet(
    actor: Actor, case: CampaignCase, file: CaseFile, told: frozenset[FieldGroup], *, named: bool
) -> CaseSheet | None:
    """Give what two people published of a case in the registry, and no more of it than agreed."""
    reference = _reference(actor, file)
    try:
        shown = published_case(PUBLIC, reference)
    except ObjectDoesNotExist:
        return None
    names = shown.names.all() if named and shown.name else ()
    ordered = sorted(names, key=lambda one: (one.text != shown.name, one.text))
    detained = FieldGroup.DETENTION in told
    return CaseSheet(
        subject=file.party.pk,
        reference=reference,
        mode=Mode.PUBLIC,
        country=shown.country,
        ask=case.ask,
        names=tuple(NamePiece(one.text, one.language) for one in ordered),
        roles=tuple(shown.roles) if FieldGroup.BIOGRAPHY in told else (),
        laws=tuple(shown.laws) if detained else (),
        since=f"{shown.first_start:%Y-%m}" if detained and shown.first_start else "",
        held_now=shown.held_now,
        sources=tuple(
            dict.fromkeys(
                SourceLine(one.publisher, one.title, one.published, one.url)
                for one in (shown.sources.all() if named else ())
            )
        ),
    )


def _private_sheet(
    actor: Actor, case: CampaignCase, file: CaseFile, told: frozenset[FieldGroup], *, named: bool
) -> CaseSheet:
    """Give a case as its file at the desk tells it, for whoever quiet diplomacy was agreed for."""
    acts = file.acts if FieldGroup.DETENTION in told else ()
    spells = [act for act in acts if act.in_stock]
    begun = [f"{act.start_earliest:%Y-%m}" for act in spells if act.start_earliest]
    return CaseSheet(
        subject=file.party.pk,
        reference=_reference(actor, file),
        mode=Mode.PRIVATE_ONLY,
        country=file.party.country,
        ask=case.ask,
        names=_names(file) if named else (),
        roles=tuple(file.party.roles) if FieldGroup.BIOGRAPHY in told else (),
        laws=tuple(sorted({act.law_category for act in acts if act.law_category})),
        since=min(begun, default=""),
        held_now=any(act.end_latest is None for act in spells) or not spells,
        sources=_sources(actor, file) if named else (),
    )


def _line(row: Raise, case: DeskCase | None) -> RaiseLine:
    steps = list(row.steps.all())
    last = next((step for step in reversed(steps) if step.reply), None)
    return RaiseLine(
        day=row.day,
        channel=Channel(row.channel),
        level=Level(row.level),
        counterpart=row.counterpart,
        counterpart_country=row.counterpart_country,
        by=row.by,
        by_country=row.by_country,
        case=case.mark if case else "",
        names=(NamePiece(case.name),) if case and case.name else (),
        country=case.country if case else "",
        place=row.place,
        reply=Reply(last.reply) if last else None,
        reply_day=last.day if last else None,
        follow_ups=tuple(FollowUp(step.day, step.text) for step in steps if step.text),
        adopter=row.adopter.name if row.adopter else "",
    )


def _said(actor: Actor, file: CaseFile | None) -> tuple[tuple[Grant, ...], tuple[Objection, ...]]:
    members = [one.pk for one in file.members] if file else []
    grants = [grant for rows in grants_for(actor, members).values() for grant in rows]
    objections = [each for one in members for each in objections_for(actor, one)]
    return tuple(grants), tuple(objections)


def _fears(file: CaseFile | None) -> frozenset[str]:
    return frozenset({file.party.country} - {""}) if file else frozenset()


def _reference(actor: Actor, file: CaseFile) -> str:
    gate = publications_for(actor, state="published").filter(party__in=[m.pk for m in file.members])
    found = gate.order_by("published_at").values_list("reference", flat=True).first()
    return found or f"{file.party.country}-{str(file.party.pk)[:8]}".upper()


def _names(file: CaseFile) -> tuple[NamePiece, ...]:
    shown = [one for one in file.names if one.kind != "pseudonym"]
    return tuple(dict.fromkeys(NamePiece(one.text, one.language) for one in shown))


def _sources(actor: Actor, file: CaseFile) -> tuple[SourceLine, ...]:
    """Give the public sources of a case, once each."""
    cited = {one.source_id for one in file.citations}
    rows = sources_for(actor).filter(pk__in=cited, public=True)
    return tuple(
        dict.fromkeys(
            SourceLine(row.publisher, row.title, row.published, row.url)
            for row in rows.order_by("published", "title")
        )
    )


def _all_invented(cases: Iterable[DeskCase]) -> bool:
    codes = {case.country for case in cases}
    return bool(codes) and codes <= HYPOTHETICAL_CODES
