"""Changes of published cases that wait for a second person: whose, of what, before and after."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, OuterRef

from undaunted.core.access.queries import seen_by
from undaunted.core.actors.models import Party, PartyName
from undaunted.core.events.models import Act
from undaunted.core.evidence.models import Citation
from undaunted.prisoners.registry.models import Approval, Change, Publication, SourceList

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "LEVELS",
    "Difference",
    "ImportWaiting",
    "WaitingCase",
    "gates_waiting",
    "imports_waiting",
    "merge_waits",
    "offers_for",
    "waiting_cases",
    "whole_digest",
]

LEVELS = ("identity", "biography", "detention", "health")
ACT = (
    "type", "start", "end", "country", "admin1", "law_category", "stage", "sentence_kind",
    "sentence_months", "release_type", "whereabouts", "tier", "confirmed", "in_stock",
)  # fmt: skip
"""What of an act the public may come to see or count by."""
PERSON = (
    "gender", "birth_earliest", "birth_latest", "death_earliest", "death_latest", "country", "roles"
)  # fmt: skip
_CLAIMS = ("acts", "names", "citations", "lists")
_OFFER = ("gate", "party", *LEVELS, *PERSON, *_CLAIMS, "digest")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would be shown otherwise.

    `kind` is records, act, person, names, sources, lists or level. For an act and a person the
    values of `ACT` and `PERSON`, empty where there is none; for records the ids of those that are
    one person; for the others what there is of them.
    """

    kind: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """A published case with what was recorded of it since two people last approved it."""

    gate: Publication
    digest: str
    hands: frozenset[UUID]
    since: datetime
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ImportWaiting:
    """An import that changed published cases, and how many of them still wait."""

    batch: UUID
    cases: int


def gates_waiting(actor: Actor, *, batch: UUID | None = None) -> QuerySet[Publication]:
    """Give the published cases with changes that wait, those of one import or all, by reference."""
    waiting = Change.objects.all() if batch is None else Change.objects.filter(batch=batch)
    rows = _published().filter(pk__in=waiting.values("gate"))
    return seen_by(actor, rows).select_related("party").order_by("reference")


def imports_waiting(actor: Actor) -> list[ImportWaiting]:
    """Give the imports whose changes of published cases wait, the largest first."""
    gates = seen_by(actor, _published()).values("pk")
    rows = Change.objects.filter(gate__in=gates, batch__isnull=False).values_list("batch", "gate")
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for batch, gate in rows.distinct():
        if batch is not None:
            found[batch].add(gate)
    waiting = [ImportWaiting(batch, len(gates)) for batch, gates in found.items()]
    return sorted(waiting, key=lambda one: (-one.cases, one.batch))


def offers_for(actor: Actor, gates: Iterable[UUID]) -> dict[UUID, str]:
    """Give by gate the digest of what would be approved now; hand it back with the approval."""
    return {row["gate"]: row["digest"] for row in _offered(actor, gates)}


def whole_digest(_actor: Actor, offers: Mapping[UUID, str]) -> str:
    """Give one digest of all that was looked at, to hand back with the approval of all of it."""
    told = " ".join(f"{gate}:{digest}" for gate, digest in sorted(offers.items()))
    return hashlib.sha256(told.encode()).hexdigest()


def merge_waits(actor: Actor, parties: Iterable[UUID]) -> bool:
    """Tell whether a merge or a split of published cases among these records waits."""
    groups = Party.objects.filter(pk__in=list(parties)).values("canonical")
    gates = _published().filter(party__canonical__in=groups)
    return Change.objects.filter(kind="merge", gate__in=seen_by(actor, gates).values("pk")).exists()


def waiting_cases(actor: Actor, gates: Iterable[Publication]) -> list[WaitingCase]:
    """Give what waits on these gates, with every difference that the public would see.

    None where only what is never shown differs, or what was changed was changed back.
    """
    held = {gate.pk: gate for gate in gates}
    made: dict[UUID, list[Change]] = defaultdict(list)
    for change in Change.objects.filter(gate__in=held).order_by("at"):
        made[change.gate_id].append(change)
    before, after = _approved(held), _by_gate(_offered(actor, held))
    facts = _Facts(before, after)
    return [
        WaitingCase(
            gate,
            after[key][0]["digest"],
            frozenset(change.by for change in made[key]),
            made[key][0].at,
            facts.differences(before[key], after[key]),
        )
        for key, gate in held.items()
        if made[key] and after[key]
    ]


def _published() -> QuerySet[Publication]:
    """Give the gates of which a record is left; where none is, there is nothing to approve."""
    left = Party.objects.filter(
        canonical=OuterRef("party__canonical"), kind="person", withdrawn_at__isnull=True
    )
    return Publication.objects.filter(Exists(left), state="published")


Row = dict[str, Any]


def _offered(_actor: Actor, gates: Iterable[UUID]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_OFFER)} FROM registry_offer(%s::uuid[])",  # noqa: S608 - names from code
            [[str(gate) for gate in gates]],
        )
        return [dict(zip(_OFFER, row, strict=True)) for row in cursor.fetchall()]


def _approved(gates: Iterable[UUID]) -> dict[UUID, list[Row]]:
    standing = Approval.objects.filter(gate__in=tuple(gates), ended_at__isnull=True)
    rows = standing.values("gate", "party", *LEVELS, *PERSON, *_CLAIMS)
    return _by_gate([dict(row) for row in rows])


def _by_gate(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["gate"]].append(row)
    return found


class _Facts:
    """The claims that approvals and offers name, read with one statement a table."""

    def __init__(self, *sides: dict[UUID, list[Row]]) -> None:
        rows = [row for side in sides for held in side.values() for row in held]
        ids = {name: {one for row in rows for one in row[name]} for name in _CLAIMS}
        self._acts = Act.objects.in_bulk(ids["acts"])
        self._names = PartyName.objects.in_bulk(ids["names"])
        self._cited = Citation.objects.select_related("source").in_bulk(ids["citations"])
        self._lists = SourceList.objects.in_bulk(ids["lists"])

    def differences(self, before: list[Row], after: list[Row]) -> tuple[Difference, ...]:
        found = [
            Difference("records", _records(before), _records(after)),
            *self._of_acts(before, after),
            *_of_people(before, after),
            Difference("names", self._words(before), self._words(after)),
            Difference("sources", self._sources(before), self._sources(after)),
            Difference("lists", self._listed(before), self._listed(after)),
            Difference("level", _levels(before), _levels(after)),
        ]
        return tuple(one for one in found if one.before != one.after)

    def _of_acts(self, before: list[Row], after: list[Row]) -> list[Difference]:
        was, now = self._by_claim(before), self._by_claim(after)
        claims = sorted(was.keys() | now.keys())
        return [Difference("act", was.get(one, ()), now.get(one, ())) for one in claims]

    def _by_claim(self, side: list[Row]) -> dict[UUID, tuple[Any, ...]]:
        acts = [self._acts[one] for row in side for one in row["acts"] if one in self._acts]
        return {act.claim: tuple(_plain(getattr(act, name)) for name in ACT) for act in acts}

    def _words(self, side: list[Row]) -> tuple[str, ...]:
        held = (self._names.get(one) for row in side for one in row["names"])
        return tuple(sorted({one.text for one in held if one is not None}))

    def _sources(self, side: list[Row]) -> tuple[str, ...]:
        held = [self._cited.get(one) for row in side for one in row["citations"]]
        told = ((one.source.publisher, one.source.title, one.source.url) for one in held if one)
        return tuple(sorted({" · ".join(filter(None, words)) for words in told}))

    def _listed(self, side: list[Row]) -> tuple[str, ...]:
        held = (self._lists.get(one) for row in side for one in row["lists"])
        return tuple(sorted({one.name for one in held if one is not None}))


def _records(side: list[Row]) -> tuple[UUID, ...]:
    return tuple(sorted(row["party"] for row in side))


def _of_people(before: list[Row], after: list[Row]) -> list[Difference]:
    was, now = _people(before), _people(after)
    parties = sorted(was.keys() | now.keys())
    return [Difference("person", was.get(one, ()), now.get(one, ())) for one in parties]


def _people(side: list[Row]) -> dict[UUID, tuple[Any, ...]]:
    return {row["party"]: tuple(_plain(row[name]) for name in PERSON) for row in side}


def _levels(side: list[Row]) -> tuple[int, ...]:
    return tuple(max((row[name] for row in side), default=0) for name in LEVELS)


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
