"""Undoing an import: what it added is withdrawn, what it closed is opened again as new rows.

Nothing is deleted. Afterwards the ledger reads as it did before, and its history says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.actors.models import Party, PartyName
from undaunted.core.audit.actions import record_entry
from undaunted.core.events.models import Act, Event
from undaunted.core.evidence.models import Citation
from undaunted.prisoners.registry.actions.ledger_columns import PERSON
from undaunted.prisoners.registry.actions.projecting import project_published
from undaunted.prisoners.registry.models import ImportBatch, ListEntry, SourceList
from undaunted.prisoners.registry.queries.imports import cases_taken_out

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.backends.utils import CursorWrapper
    from django.db.models import Model, QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["UndoRefused", "UndoUnconfirmed", "undo_import"]


class UndoRefused(ValueError):
    """The import was not written, was undone before, or a later one of its list stands on it."""


class UndoUnconfirmed(UndoRefused):
    """Published cases would be taken out, and whoever undoes did not say how many."""

    def __init__(self, cases: int) -> None:
        self.cases = cases
        super().__init__(f"undoing it takes out {cases} published cases; confirm that number")


def undo_import(
    batch: ImportBatch, *, actor: Actor, at: datetime, taking_out: int = 0
) -> ImportBatch:
    """Take an import back; only the newest import of a list that still stands can be.

    Corrections made by hand since then to what the import added or changed end with it.
    `taking_out` is the number of published cases that leave with it: `UndoUnconfirmed` otherwise.
    """
    require(actor, Verb.ACCEPT_IMPORT, Facts(holder=batch.holder))
    with transaction.atomic():
        SourceList.objects.select_for_update().get(pk=batch.source_list_id)
        held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        _refuse(held)
        leaving = cases_taken_out(actor, held)
        if leaving != taking_out:
            raise UndoUnconfirmed(leaving)
        added = list(Party.objects.filter(origin=held.pk).values_list("pk", flat=True))
        changed = list(held.before.values_list("party", flat=True))
        _withdraw_added(held, at)
        _close_acts(held, at)
        _restore(held, at)
        held.state, held.undone_by, held.undone_at = "undone", actor.id, at
        held.save(update_fields=["state", "undone_by", "undone_at"])
        record_entry(
            "import.undone",
            actor=actor,
            subject_kind="import",
            subject_id=held.pk,
            at=at,
            detail={"withdrawn": len(added), "restored": len(changed), "taken_out": leaving},
        )
        project_published([*added, *changed])
    return held


def _refuse(batch: ImportBatch) -> None:
    if batch.state != "written" or batch.finished_at is None:
        raise UndoRefused(f"the import is {batch.state}, not written")
    later = ImportBatch.objects.filter(
        source_list=batch.source_list_id, state="written", finished_at__gt=batch.finished_at
    )
    if later.exists():
        raise UndoRefused("a later import of this list stands on it; undo that one first")


def _withdraw_added(batch: ImportBatch, at: datetime) -> None:
    made: tuple[QuerySet[Any], ...] = (
        Party.objects.filter(origin=batch.pk),
        Event.objects.filter(origin=batch.pk),
        Citation.objects.filter(origin=batch.pk),
        ListEntry.objects.filter(batch=batch),
    )
    for rows in made:
        rows.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)


def _close_acts(batch: ImportBatch, at: datetime) -> None:
    """End what now stands under every claim the batch wrote, and everything of parties it added."""
    claims = Act.objects.filter(origin=batch.pk).values("claim")
    added = Party.objects.filter(origin=batch.pk).values("pk")
    current = Act.objects.filter(recorded_to__isnull=True)
    for rows in (current.filter(claim__in=claims), current.filter(victim__in=added)):
        rows.update(recorded_to=at, closed_by=batch.pk)


def _restore(batch: ImportBatch, at: datetime) -> None:
    """Open again, as new rows, what the batch closed; put back what it overwrote."""
    written = batch.finished_at
    with connection.cursor() as cursor:
        opened = {"recorded_from": at, "recorded_to": None, "closed_by": None}
        closed = "closed_by = %s AND recorded_to = %s"
        _copy(cursor, Act, opened, closed, [batch.pk, written])
        gone = "withdrawn_at = %s AND source_list_id = %s AND batch_id <> %s"
        standing: dict[str, Any] = {"withdrawn_at": None}
        _copy(cursor, ListEntry, standing, gone, [written, batch.source_list_id, batch.pk])
        parties = [str(party) for party in batch.before.values_list("party", flat=True)]
        names = "withdrawn_at = %s AND party_id = ANY (%s::uuid[])"
        back = {**standing, "replaced_by": None}
        _withdraw_names(
            cursor, batch, _copy(cursor, PartyName, back, names, [written, parties]), at
        )
        cited = "withdrawn_at = %s AND origin IS NOT NULL AND subject_id = ANY (%s::uuid[])"
        _copy(cursor, Citation, standing, cited, [written, parties])
        kept = ", ".join(f'"{name}" = r."{name}"' for name in PERSON)
        cursor.execute(
            f"UPDATE actors_party p SET {kept} FROM registry_partybefore b,"  # noqa: S608 - names from code
            " jsonb_populate_record(NULL::actors_party, b.values) r"
            " WHERE b.batch_id = %s AND p.id = b.party_id",
            [batch.pk],
        )


def _withdraw_names(
    cursor: CursorWrapper, batch: ImportBatch, opened: list[str], at: datetime
) -> None:
    """Withdraw the names the batch added, in favour of those of their persons opened again."""
    cursor.execute(
        "UPDATE actors_partyname n SET withdrawn_at = %s, replaced_by ="
        " (SELECT r.id FROM actors_partyname r WHERE r.party_id = n.party_id"
        ' AND r.id = ANY (%s::uuid[]) ORDER BY r."primary" DESC, r.recorded_at, r.id LIMIT 1)'
        " WHERE n.origin = %s AND n.withdrawn_at IS NULL AND n.id <> ALL (%s::uuid[])",
        [at, opened, batch.pk, opened],
    )


def _copy(
    cursor: CursorWrapper,
    model: type[Model],
    changes: dict[str, Any],
    condition: str,
    values: list[Any],
) -> list[str]:
    """Add copies of rows with new ids and some columns changed; gives the ids."""
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    names = ", ".join(f'"{name}"' for name in columns)
    taken = ", ".join(_taken(name, changes) for name in columns)
    given = [changes[name] for name in columns if name in changes]
    table = model._meta.db_table
    cursor.execute(
        f'INSERT INTO "{table}" (id, {names}) SELECT gen_random_uuid(), {taken}'  # noqa: S608 - names from code
        f' FROM "{table}" WHERE {condition} RETURNING id::text',
        [*given, *values],
    )
    return [one for (one,) in cursor.fetchall()]


def _taken(column: str, changes: dict[str, Any]) -> str:
    if column not in changes:
        return f'"{column}"'
    return "%s::uuid" if column in {"closed_by", "replaced_by"} else "%s::timestamptz"
