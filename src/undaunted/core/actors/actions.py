"""Naming persons; judging that two records are one person, and undoing it.

Names are added and withdrawn, never changed: what somebody was called before stays as history.

Records are never rewired. `canonical` is worked out anew for the whole group from the judgements
that stand, so the order in which they were made and undone leaves no trace in it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, Value, When

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.actors.models import Judgement, Party, PartyName
from undaunted.core.actors.rules.names import script_of, search_form
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.rules import merkle_root
from undaunted.core.consent.actions import announce

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "DIFFERENT",
    "POSTPONED",
    "SAME",
    "ComparedPair",
    "JudgementsContradict",
    "LastName",
    "judge_match",
    "judge_matches_together",
    "record_name",
    "show_name_first",
    "undo_judgement",
    "withdraw_name",
]

SAME, DIFFERENT, POSTPONED = "same", "different", "postponed"


class JudgementsContradict(ValueError):
    """Somebody judged two records of the group to be different; that must be undone first."""


class LastName(ValueError):
    """A person keeps at least one name; record another before this one is withdrawn."""


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """Two records, their keys, and what was compared of them."""

    left: Party
    right: Party
    score: float | None = None
    reasons: Sequence[Mapping[str, object]] = ()
    left_key: str = ""
    right_key: str = ""


def record_name(  # noqa: PLR0913 - a name, its kind and language, who and when
    party: Party,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    kind: str = "full",
    language: str = "",
    first: bool = False,
) -> PartyName:
    """Record one more name of a person; `first` makes it the one that is shown."""
    require(actor, Verb.RECORD, Facts(holder=party.holder))
    with transaction.atomic():
        standing = _standing_names(party)
        shown = first or not standing.filter(primary=True).exists()
        if shown:
            standing.update(primary=False)
        name = PartyName.objects.create(
            holder=party.holder,
            sharing=party.sharing,
            party=party,
            text=text,
            kind=kind,
            language=language,
            script=script_of(text),
            search_form=search_form(text),
            primary=shown,
            recorded_at=at,
        )
        _record_name("name.recorded", name, actor, at)
    return name


def withdraw_name(
    name: PartyName, *, actor: Actor, at: datetime, replaced_by: PartyName | None = None
) -> None:
    """Withdraw a name that was wrong; it stays as history. Raises `LastName`.

    Where another takes its place, what two people approved for the public stays until they approve
    that one. Without, the name goes at once.
    """
    require(actor, Verb.RECORD, Facts(holder=name.holder))
    with transaction.atomic():
        party = Party.objects.select_for_update().get(pk=name.party_id)
        others = _standing_names(party).exclude(pk=name.pk)
        next_shown = others.order_by("-primary", "recorded_at", "id").first()
        if next_shown is None:
            raise LastName("a person keeps at least one name")
        PartyName.objects.filter(pk=name.pk).update(
            withdrawn_at=at, primary=False, replaced_by=replaced_by.pk if replaced_by else None
        )
        if not next_shown.primary:
            PartyName.objects.filter(pk=next_shown.pk).update(primary=True)
        _record_name("name.withdrawn", name, actor, at)


def show_name_first(name: PartyName, *, actor: Actor, at: datetime) -> None:
    """Make a name the one that is shown of its person."""
    require(actor, Verb.RECORD, Facts(holder=name.holder))
    with transaction.atomic():
        party = Party.objects.select_for_update().get(pk=name.party_id)
        _standing_names(party).update(primary=False)
        PartyName.objects.filter(pk=name.pk, withdrawn_at__isnull=True).update(primary=True)
        _record_name("name.shown_first", name, actor, at)


def judge_match(  # noqa: PLR0913 - the pair, its keys, the verdict and what it rests on
    left: Party,
    right: Party,
    *,
    actor: Actor,
    at: datetime,
    verdict: str,
    score: float | None = None,
    reasons: Sequence[Mapping[str, object]] = (),
    left_key: str = "",
    right_key: str = "",
) -> Judgement:
    """Record that two records are the same person, are not, or that nobody can tell yet.

    An earlier verdict on the same pair is undone. Raises `JudgementsContradict` where a group would
    hold two records that are judged to be different.
    """
    pair = ComparedPair(left, right, score, reasons, left_key, right_key)
    with transaction.atomic():
        (judgement,) = _judge([pair], actor, at, verdict)
        record_entry(
            f"match.judged_{verdict}",
            actor=actor,
            subject_kind="judgement",
            subject_id=judgement.pk,
            at=at,
            detail={"left": str(left.pk), "right": str(right.pk)},
        )
    return judgement


def judge_matches_together(
    pairs: Sequence[ComparedPair], *, actor: Actor, at: datetime, verdict: str
) -> list[Judgement]:
    """Record one verdict on each of many pairs, all or none, as `judge_match` would one by one.

    One audit entry holds the Merkle root of the judgements.
    """
    with transaction.atomic():
        made = _judge(pairs, actor, at, verdict)
        record_entry(
            "match.judged_together",
            actor=actor,
            subject_kind="batch",
            subject_id=merkle_root(str(row.pk).encode() for row in made),
            at=at,
            detail={"rows": len(made), "verdict": verdict},
        )
    return made


def undo_judgement(judgement: Judgement, *, actor: Actor, at: datetime) -> None:
    """Take a verdict back; whatever it joined stands apart again."""
    for party in (judgement.left, judgement.right):
        require(actor, Verb.JUDGE_MATCH, Facts(holder=party.holder))
    with transaction.atomic():
        touched = _members((judgement.left_id, judgement.right_id))
        changed = Judgement.objects.filter(pk=judgement.pk, undone_at__isnull=True).update(
            undone_at=at, undone_by=actor.person
        )
        if not changed:
            raise ValueError("the judgement was undone before")
        record_entry(
            "match.undone",
            actor=actor,
            subject_kind="judgement",
            subject_id=judgement.pk,
            at=at,
            detail={"left": str(judgement.left_id), "right": str(judgement.right_id)},
        )
        _regroup(touched, at=at)


def _judge(
    pairs: Sequence[ComparedPair], actor: Actor, at: datetime, verdict: str
) -> list[Judgement]:
    if verdict not in {SAME, DIFFERENT, POSTPONED}:
        raise ValueError(f"{verdict!r} is no verdict: same, different or postponed")
    both = {frozenset((pair.left.pk, pair.right.pk)) for pair in pairs}
    if any(len(pair) == 1 for pair in both):
        raise ValueError("a record is not compared with itself")
    if len(both) < len(pairs):
        raise ValueError("a pair is named twice; give each pair one verdict")
    for party in (party for pair in pairs for party in (pair.left, pair.right)):
        require(actor, Verb.JUDGE_MATCH, Facts(holder=party.holder))
    touched = _members({party for pair in both for party in pair})
    _undo_earlier(both, actor, at)
    made = Judgement.objects.bulk_create(
        Judgement(
            holder=pair.left.holder,
            sharing=pair.left.sharing,
            left=pair.left,
            right=pair.right,
            left_key=pair.left_key,
            right_key=pair.right_key,
            verdict=verdict,
            score=pair.score,
            reasons=list(pair.reasons),
            by=actor.person,
            at=at,
        )
        for pair in pairs
    )
    _regroup(touched, at=at)
    return made


def _undo_earlier(pairs: set[frozenset[UUID]], actor: Actor, at: datetime) -> None:
    """Undo the verdicts that stand on these pairs, whichever record was named first."""
    named = {party for pair in pairs for party in pair}
    between = Judgement.objects.filter(left__in=named, right__in=named, undone_at__isnull=True)
    earlier = [
        judgement
        for judgement, left, right in between.values_list("pk", "left", "right")
        if frozenset((left, right)) in pairs
    ]
    if earlier:
        Judgement.objects.filter(pk__in=earlier).update(undone_at=at, undone_by=actor.person)


def _standing_names(party: Party) -> QuerySet[PartyName]:
    return PartyName.objects.filter(party=party, withdrawn_at__isnull=True)


def _record_name(verb: str, name: PartyName, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="party",
        subject_id=name.party_id,
        at=at,
        detail={"name": str(name.pk)},
    )


def _members(parties: Iterable[UUID]) -> list[Party]:
    """Lock and give all records that share a canonical record with one of `parties`."""
    canonical = Party.objects.filter(pk__in=tuple(parties)).values("canonical")
    return list(
        Party.objects.select_for_update()
        .filter(canonical__in=canonical)
        .order_by("recorded_at", "pk")
    )


def _regroup(members: Sequence[Party], *, at: datetime) -> None:
    """Set `canonical` anew for `members` from the judgements that stand between them."""
    ids = [party.pk for party in members]
    standing = Judgement.objects.filter(left__in=ids, right__in=ids, undone_at__isnull=True)
    parent = {party: party for party in ids}
    place = {party: number for number, party in enumerate(ids)}
    for left, right in standing.filter(verdict=SAME).values_list("left", "right"):
        first, second = sorted((_root(parent, left), _root(parent, right)), key=place.__getitem__)
        parent[second] = first
    for left, right in standing.filter(verdict=DIFFERENT).values_list("left", "right"):
        if _root(parent, left) == _root(parent, right):
            raise JudgementsContradict(f"{left} and {right} are judged to be different")
    moved = [party for party in members if party.canonical != _root(parent, party.pk)]
    if moved:
        _move({party.pk: _root(parent, party.pk) for party in moved})
        _tell(members, parent, {party.pk for party in moved}, at)


def _move(standing: Mapping[UUID, UUID]) -> None:
    """Let records stand for others than before, in one statement."""
    to = Case(*(When(pk=party, then=Value(canonical)) for party, canonical in standing.items()))
    changed = Party.objects.filter(pk__in=standing.keys()).update(canonical=to)
    if changed != len(standing):
        raise Forbidden("a record of the group is held by an organisation without your role")


def _tell(
    members: Sequence[Party], parent: dict[UUID, UUID], moved: set[UUID], at: datetime
) -> None:
    """Put a piece of news into the outbox for all records that stood or stand together."""
    linked = dict(parent)
    for party in members:
        if party.canonical in linked:
            linked[_root(linked, party.pk)] = _root(linked, party.canonical)
    together: dict[UUID, list[UUID]] = defaultdict(list)
    for party in members:
        together[_root(linked, party.pk)].append(party.pk)
    for ids in together.values():
        if not moved.isdisjoint(ids):
            groups = sorted({str(_root(parent, party)) for party in ids})
            news = {"members": [str(party) for party in ids], "groups": groups}
            announce("merged", _root(parent, ids[0]), at, news)


def _root(parent: dict[UUID, UUID], party: UUID) -> UUID:
    while parent[party] != party:
        parent[party] = parent[parent[party]]
        party = parent[party]
    return party
