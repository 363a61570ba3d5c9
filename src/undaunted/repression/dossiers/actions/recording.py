"""What is recorded in a dossier: acts, those alleged, posts, links, facts, what speaks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from undaunted.core.access.rules import PUBLIC, Facts, Verb, require
from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.events.queries import acts_claimed
from undaunted.core.listings.queries import entries_named
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions.parts import (
    NOTHING,
    Evidence,
    handled,
    kept,
    note,
    said,
)
from undaunted.repression.dossiers.actions.taking_back import take_back
from undaunted.repression.dossiers.models import (
    Accused,
    Detail,
    Dossier,
    DossierAct,
    FoundFact,
    Link,
    Post,
)
from undaunted.repression.dossiers.queries import acts_kept_back, part_of
from undaunted.repression.dossiers.rules import (
    DetailKind,
    DossierRefused,
    PartyKind,
    check_birth,
    check_nationality,
    check_post,
)
from undaunted.repression.sanctions.rules import FactKind, facts

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.actions.planning import DossierPlan

__all__ = [
    "add_act",
    "open_dossier",
    "record_accused",
    "record_detail",
    "record_finding",
    "record_link",
    "record_post",
    "withdraw_part",
    "write_dossier",
]

SHORTEST_NAME = 2
"""Letters and digits below which a name names nobody."""


def open_dossier(holder: UUID, plan: DossierPlan, *, actor: Actor, at: datetime) -> Dossier:
    """Open a dossier; whoever opens it handles it. Raises `Forbidden`, `DossierRefused`."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    dossier = Dossier(
        holder=holder, opened_by=actor.person, opened_at=at, **plan.kept(actor.person)
    )
    with transaction.atomic():
        dossier.save(force_insert=True)
        note("dossier.opened", dossier, actor=actor, at=at, team=len(dossier.team))
    return dossier


def write_dossier(dossier: Dossier, plan: DossierPlan, *, actor: Actor, at: datetime) -> Dossier:
    """Write title, summary, marking and team anew; the one who writes stays in the team."""
    handled(dossier, Verb.RECORD, actor)
    for field, value in plan.kept(actor.person).items():
        setattr(dossier, field, value)
    with transaction.atomic():
        dossier.save()
        note("dossier.written", dossier, actor=actor, at=at, team=len(dossier.team))
    return dossier


def add_act(dossier: Dossier, claim: UUID, *, actor: Actor, at: datetime) -> DossierAct:
    """Let a dossier rest on an act of the ledger that its holder recorded."""
    handled(dossier, Verb.RECORD, actor)
    act = acts_claimed(actor, [claim]).filter(holder=dossier.holder).first()
    if act is None:
        raise DossierRefused("act", "no act of your organisation has this id; record it first")
    if acts_kept_back(actor, [claim]):
        why = "a partner sent it, and its package (TLP, PAP, purpose) lets it go no further"
        raise DossierRefused("act", why)
    rows = DossierAct.objects.filter(dossier=dossier)
    same = rows.filter(subject=act.victim_id).first()
    last = rows.aggregate(most=Max("number"))["most"] or 0
    row = DossierAct(
        holder=dossier.holder,
        dossier=dossier,
        claim=claim,
        subject=act.victim_id,
        number=same.number if same else last + 1,
        recorded_by=actor.person,
        recorded_at=at,
    )
    _once(row, "act", "it stands in the dossier already", dossier, actor, at)
    return row


def record_accused(  # noqa: PLR0913 - where, whom, what, on what, by whom, when
    dossier: Dossier,
    name: str,
    kind: PartyKind = PartyKind.PERSON,
    *,
    actor: Actor,
    at: datetime,
    evidence: Evidence = NOTHING,
) -> Accused:
    """Record somebody alleged to be responsible, by the first name they are known by."""
    handled(dossier, Verb.RECORD, actor)
    told = _named("name", said("name", name, 300))
    last = Accused.objects.filter(dossier=dossier).aggregate(most=Max("number"))["most"] or 0
    row = Accused(
        holder=dossier.holder,
        dossier=dossier,
        kind=PartyKind(kind).value,
        number=last + 1,
        recorded_by=actor.person,
        recorded_at=at,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        note("dossier.accused_recorded", dossier, actor=actor, at=at, part=str(row.pk))
        record_detail(row, DetailKind.NAME, told, actor=actor, at=at, evidence=evidence)
    return row


def record_detail(  # noqa: PLR0913 - whose, what, in which words, on what, by whom, when
    accused: Accused,
    kind: DetailKind,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    evidence: Evidence = NOTHING,
) -> Detail:
    """Record one thing that tells who somebody is."""
    dossier = accused.dossier
    handled(dossier, Verb.RECORD, actor)
    told = said("text", text, 300)
    told = _believable(accused, kind, told, at)
    if kind is DetailKind.NAME and not evidence.sources:
        raise DossierRefused("sources", "a name rests on evidence; choose at least one source")
    if kind is DetailKind.LISTED and not evidence.sources:
        raise DossierRefused(
            "sources", "that an entry is the person rests on evidence; choose at least one source"
        )
    row = Detail(**_part(dossier, actor, at), accused=accused, kind=DetailKind(kind), text=told)
    with transaction.atomic():
        kept(row, "detail", dossier, evidence, actor=actor, at=at)
        if kind is DetailKind.NAME and accused.searched_at is not None:
            _unsearched(accused)
    return row


def record_post(  # noqa: PLR0913 - whose, which, under which, when, on what, by whom
    accused: Accused,
    office: str,
    *,
    above: str = "",
    start: str = "",
    end: str = "",
    actor: Actor,
    at: datetime,
    evidence: Evidence = NOTHING,
) -> Post:
    """Record an office that somebody held, when, and which office it answered to."""
    dossier = accused.dossier
    handled(dossier, Verb.RECORD, actor)
    first, last = (
        _date(name, text) if text else None for name, text in (("start", start), ("end", end))
    )
    if first and last and last.certainly_before(first):
        raise DossierRefused("end", f"{last.text} is before {first.text}; correct one of them")
    check_post(office, above, first, at.date())
    row = Post(
        **_part(dossier, actor, at),
        accused=accused,
        office=said("office", office, 200),
        above=said("above", above, 200) if above.strip() else "",
        **_bounds("start", first),
        **_bounds("end", last),
    )
    kept(row, "post", dossier, evidence, actor=actor, at=at)
    return row


def record_link(  # noqa: PLR0913 - whom, to what, how, why, on what, by whom, when
    accused: Accused,
    act: DossierAct,
    mode: str,
    reasons: str,
    *,
    actor: Actor,
    at: datetime,
    evidence: Evidence,
) -> Link:
    """Link somebody to an act, as an allegation that rests on evidence. Raises `DossierRefused`."""
    dossier = accused.dossier
    handled(dossier, Verb.RECORD, actor)
    if act.dossier_id != dossier.pk:
        raise DossierRefused("act", "it belongs to another dossier; add it to this one first")
    _known_fact("mode", mode, FactKind.LINK)
    if not evidence.sources:
        raise DossierRefused("sources", "a link rests on evidence; choose at least one source")
    row = Link(
        **_part(dossier, actor, at),
        accused=accused,
        act=act,
        mode=mode,
        reasons=said("reasons", reasons),
    )
    try:
        kept(row, "link", dossier, evidence, actor=actor, at=at)
    except IntegrityError:
        raise DossierRefused("mode", "this link stands already; withdraw it first") from None
    return row


def record_finding(  # noqa: PLR0913 - of what, on which fact, what, why, on what, by whom, when
    dossier: Dossier,
    fact: str,
    value: Value,
    reasons: str,
    *,
    actor: Actor,
    at: datetime,
    act: DossierAct | None = None,
    accused: Accused | None = None,
    evidence: Evidence = NOTHING,
) -> FoundFact:
    """Record what was found on a fact; an earlier finding on the same is replaced, and stays."""
    handled(dossier, Verb.RECORD, actor)
    known = _known_fact("fact", fact, FactKind.CONDUCT, FactKind.CIRCUMSTANCE)
    if known is FactKind.CONDUCT and act is None:
        raise DossierRefused("act", "conduct is found of an act; choose which")
    if any(each is not None and each.dossier_id != dossier.pk for each in (act, accused)):
        raise DossierRefused("act", "it belongs to another dossier")
    row = FoundFact(
        **_part(dossier, actor, at),
        act=act,
        accused=accused,
        fact=fact,
        value=Value(value).value,
        reasons=said("reasons", reasons),
    )
    earlier = FoundFact.objects.filter(
        dossier=dossier, act=act, accused=accused, fact=fact, withdrawn_at__isnull=True
    )
    with transaction.atomic():
        earlier.update(withdrawn_at=at)
        kept(row, "finding", dossier, evidence, actor=actor, at=at)
    return row


def withdraw_part(  # noqa: PLR0913 - of what, of which kind, which, why, by whom, when
    dossier: Dossier, kind: str, part: UUID, *, actor: Actor, at: datetime, why: str = ""
) -> None:
    """Withdraw a part that was wrong; it stays as history. Raises `DossierRefused`, `Forbidden`.

    What two people confirmed that speaks for somebody is taken back by two: the first call asks and
    says why, the second, of another person who may confirm, takes it back.
    """
    found = part_of(actor, dossier, kind, part)
    if found is not None and kind == "statement" and found.confirmed_by is not None:
        return take_back(found, why, actor=actor, at=at)
    handled(dossier, Verb.RECORD, actor)
    if found is None:
        raise DossierRefused("part", "there is no such part, or it was withdrawn before")
    with transaction.atomic():
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        if kind == "detail" and found.kind == DetailKind.NAME:
            _unsearched(found.accused)
        note(f"dossier.{kind}_withdrawn", dossier, actor=actor, at=at, part=str(part))
    return None


def _believable(accused: Accused, kind: DetailKind, told: str, at: datetime) -> str:
    """Give a detail as it is kept; refuse a birth, a nationality and an entry that nobody has."""
    if kind is DetailKind.LISTED:
        source, _, key = told.partition(":")
        if not entries_named(PUBLIC, [(source, key)]):
            raise DossierRefused("text", f"{told!r} is on no list in force; write list:key")
    if kind is DetailKind.NAME:
        return _named("text", told)
    if kind is DetailKind.NATIONALITY:
        check_nationality(told)
    if kind is not DetailKind.BIRTH:
        return told
    born = _date("text", told)
    if accused.kind == PartyKind.PERSON:
        check_birth(born, at.date())
    return born.text


def _unsearched(accused: Accused) -> None:
    """Forget a search of lists that knew other names: what it did and did not find says nothing."""
    accused.listings, accused.searched, accused.searched_at = [], [], None
    accused.save(update_fields=["listings", "searched", "searched_at"])


def _named(field: str, told: str) -> str:
    if sum(map(str.isalnum, told)) < SHORTEST_NAME:
        raise DossierRefused(field, "write it out; one letter names nobody")
    return told


def _part(dossier: Dossier, actor: Actor, at: datetime) -> dict[str, Any]:
    return {
        "holder": dossier.holder,
        "dossier": dossier,
        "recorded_by": actor.person,
        "recorded_at": at,
    }


def _once(  # noqa: PLR0913, PLR0917 - what, called what, why not twice, where, by whom, when
    row: DossierAct, field: str, why: str, dossier: Dossier, actor: Actor, at: datetime
) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            note(f"dossier.{field}_recorded", dossier, actor=actor, at=at, part=str(row.pk))
    except IntegrityError:
        raise DossierRefused(field, why) from None


def _known_fact(field: str, fact: str, *kinds: FactKind) -> FactKind:
    known = facts().get(fact)
    if known is None or known.kind not in kinds:
        offered = ", ".join(each.id for each in facts().values() if each.kind in kinds)
        raise DossierRefused(field, f"{fact!r} is none; write one of {offered}")
    return known.kind


def _date(field: str, text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except UnreadableDate as refusal:
        raise DossierRefused(field, str(refusal)) from None


def _bounds(name: str, date: PartialDate | None) -> dict[str, Any]:
    return {
        name: date.text if date else "",
        f"{name}_earliest": date.earliest if date else None,
        f"{name}_latest": date.latest if date else None,
    }
