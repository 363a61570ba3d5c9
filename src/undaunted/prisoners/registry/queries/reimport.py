"""Reads for a list that comes again: what it said before, what stands, and what would change."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from undaunted.core.access.queries import seen_by
from undaunted.prisoners.registry.models import ListEntry
from undaunted.prisoners.registry.rules.import_rows import WRITTEN, Problem, Severity
from undaunted.prisoners.registry.rules.ledger_rows import (
    ActFacts,
    PersonFacts,
    SourceFacts,
    ledger_row,
)
from undaunted.prisoners.registry.rules.reimport import (
    ActChange,
    Kept,
    merge_acts,
    merge_person,
    source_mark,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.models import ImportBatch
    from undaunted.prisoners.registry.rules.import_rows import ImportRow
    from undaunted.prisoners.registry.rules.ledger_rows import LedgerRow
    from undaunted.prisoners.registry.rules.reimport import Facts

__all__ = [
    "DESK_STANDS",
    "RowChange",
    "changes_of",
    "desk_kept",
    "desk_stands",
    "read_beside_desk",
    "sources_withdrawn",
]

DESK_STANDS: Final = "desk_stands"
"""Code of a problem: the list contradicts what the desk has recorded."""
_PORTION: Final = 4000
_PERSON: Final = PersonFacts._fields
_ACT: Final = tuple(ActFacts.__dataclass_fields__)
_FACTS: Final = attrgetter(*_ACT)
_STANDING: Final = """
    SELECT a.event_id::text, to_jsonb(a) FROM events_act a
    WHERE a.event_id = ANY (%s::uuid[]) AND a.recorded_to IS NULL ORDER BY a.recorded_from, a.id
"""
_SAID: Final = """
    WITH told AS (
        SELECT DISTINCT ON (a.event_id, a.claim) a.* FROM events_act a
        JOIN registry_importbatch b ON b.id = a.origin AND b.state <> 'undone'
        WHERE a.event_id = ANY (%s::uuid[])
        ORDER BY a.event_id, a.claim, a.recorded_from DESC
    )
    SELECT t.event_id::text, t.claim::text, to_jsonb(t) FROM told t
    LEFT JOIN registry_importbatch b ON b.id = t.closed_by AND b.state <> 'undone'
    WHERE b.id IS NULL ORDER BY t.recorded_from, t.id
"""
# Citations of lists that were withdrawn by no import and no undoing of one: by the desk.
_WITHDRAWN: Final = """
    SELECT c.subject_id::text, s.publisher, s.title, s.language, s.url, s.published
    FROM evidence_citation c JOIN evidence_source s ON s.id = c.source_id
    WHERE c.subject_id = ANY (%s::uuid[]) AND c.origin IS NOT NULL AND c.withdrawn_at IS NOT NULL
      AND NOT EXISTS (SELECT FROM registry_importbatch b
          WHERE c.withdrawn_at IN (b.finished_at, b.undone_at))
"""


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a changed row does to the record it became; `said` is to be kept with its entry."""

    row: LedgerRow
    entry: str
    party: str
    event: str | None
    person: Facts
    acts: Sequence[ActChange]
    kept: tuple[Kept, ...]
    said: dict[str, Any] | None


def changes_of(actor: Actor, source_list: UUID, rows: Iterable[LedgerRow]) -> list[RowChange]:
    """Give what comes of those rows that the list held before and that read otherwise now."""
    told = {row.source_key: row for row in rows}
    held = ListEntry.objects.filter(
        source_list=source_list, withdrawn_at__isnull=True, source_key__in=list(told)
    )
    entries = [one for one in seen_by(actor, held) if one.row_digest != told[one.source_key].digest]
    people = _people([str(one.party_id) for one in entries])
    events = [str(one.event_id) for one in entries if one.event_id]
    standing, said = _standing(events), _said(events)
    return [
        _change(
            told[one.source_key],
            one,
            people[str(one.party_id)],
            standing[str(one.event_id)],
            said[str(one.event_id)],
        )
        for one in entries
        if str(one.party_id) in people
    ]


def desk_stands(actor: Actor, source_list: UUID, rows: Iterable[LedgerRow]) -> list[Problem]:
    """Give, as problems of a preview, where the list's changes would meet the desk's."""
    return [
        problem
        for change in changes_of(actor, source_list, rows)
        for problem in _problems(change.row.line, change.kept)
    ]


def read_beside_desk(
    actor: Actor, source_list: UUID | None, rows: Iterable[ImportRow]
) -> Iterator[tuple[list[ImportRow], list[Problem]]]:
    """Give the rows of a file in portions, each with its problems, for every preview there is.

    Where the list's changes meet what the desk recorded is a problem too, if the list came before.
    """
    held = ListEntry.objects.filter(source_list=source_list, withdrawn_at__isnull=True)
    comes_again = source_list is not None and seen_by(actor, held).exists()
    unread = iter(rows)
    while portion := list(islice(unread, _PORTION)):
        problems = [problem for row in portion for problem in row.problems]
        if source_list is not None and comes_again:
            good = [ledger_row(row) for row in portion if row.outcome in WRITTEN]
            problems += desk_stands(actor, source_list, good)
            problems.sort(key=attrgetter("line"))
        yield portion, problems


def desk_kept(actor: Actor, batch: ImportBatch) -> list[Problem]:
    """Give where an import that was written met what the desk had recorded, by line."""
    entries: QuerySet[ListEntry] = seen_by(
        actor, ListEntry.objects.filter(batch=batch, said__has_key="kept")
    )
    return [
        problem
        for entry in entries.order_by("line", "id")
        for problem in _problems(entry.line, (Kept(*one) for one in (entry.said or {})["kept"]))
    ]


def sources_withdrawn(
    actor: Actor,  # noqa: ARG001 - row security asks who it is
    parties: list[str],
    list_url: str,
) -> frozenset[tuple[str, tuple[str, ...]]]:
    """Give which sources of lists the desk withdrew of which persons, each by its mark."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAWN, [parties])
        return frozenset(
            (party, source_mark(SourceFacts(*facts), list_url))
            for party, *facts in cursor.fetchall()
        )


def _problems(line: int, kept: Iterable[Kept]) -> list[Problem]:
    return [
        Problem(
            Severity.WARNING, DESK_STANDS, line, one.field, one.listed, (("stands", one.stands),)
        )
        for one in kept
    ]


def _change(
    row: LedgerRow, entry: ListEntry, stands: Facts, standing: list[Facts], said: dict[str, Facts]
) -> RowChange:
    kept_before = entry.said or {}
    told = kept_before.get("acts", {})
    overlaid = {**said, **told}
    before = {claim: facts for claim, facts in overlaid.items() if facts is not None}
    now = dict(zip(_PERSON, map(_plain, row.person), strict=True))
    person = merge_person(kept_before.get("person", stands), stands, now)
    acts = merge_acts([_act(act) for act in row.acts], before, standing)
    kept = (*person.kept, *(one for act in acts for one in act.kept))
    remembered = {
        **({"person": now} if person.facts != now else {}),
        **_remembered_acts(told, acts),
        **({"kept": [[one.field, one.listed, one.stands] for one in kept]} if kept else {}),
    }
    event = str(entry.event_id) if entry.event_id else None
    return RowChange(
        row,
        str(entry.pk),
        str(entry.party_id),
        event,
        person.facts,
        acts,
        kept,
        remembered or None,
    )


def _remembered_acts(told: Facts, acts: Iterable[ActChange]) -> dict[str, Any]:
    """Give what is said of claims otherwise than the rows that imports wrote; None: no more."""
    dropped = {claim: None for claim, facts in told.items() if facts is None}
    remembered = dropped | {act.claim: act.said for act in acts if act.remembers}
    return {"acts": remembered} if remembered else {}


def _people(parties: list[str]) -> dict[str, Facts]:
    rows = _asked(
        "SELECT p.id::text, to_jsonb(p) FROM actors_party p WHERE p.id = ANY (%s::uuid[])", parties
    )
    return {party: {name: facts[name] for name in _PERSON} for party, facts in rows}


def _standing(events: list[str]) -> dict[str, list[Facts]]:
    found: dict[str, list[Facts]] = defaultdict(list)
    for event, facts in _asked(_STANDING, events):
        found[event].append({**facts, "listed": facts["origin"] is not None})
    return found


def _said(events: list[str]) -> dict[str, dict[str, Facts]]:
    found: dict[str, dict[str, Facts]] = defaultdict(dict)
    for event, claim, facts in _asked(_SAID, events):
        found[event][claim] = facts
    return found


def _asked(statement: str, ids: list[str]) -> list[Any]:
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [ids])
        return [(*rest, json.loads(facts)) for *rest, facts in cursor.fetchall()]


def _act(act: ActFacts) -> Facts:
    return dict(zip(_ACT, map(_plain, _FACTS(act)), strict=True))


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
