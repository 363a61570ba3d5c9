"""Entries that came or changed, held against other lists: candidates kept, nothing judged."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction

from undaunted.core.access.rules import PUBLIC
from undaunted.core.audit.actions import record_entry
from undaunted.core.listings.queries import entries_in_force, marks_in_force
from undaunted.core.matching.actions.refusals import demand_matcher
from undaunted.core.matching.analysis import ENGINE, Listed, compared
from undaunted.core.matching.models import EntrySeen
from undaunted.core.matching.rules import form_of_entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import EntryMark
    from undaunted.core.matching.analysis import Found
    from undaunted.core.matching.rules import EntryKey

__all__ = ["Resolution", "compare_lists", "keep_candidates", "resolve_entries"]

_AT_ONCE = 2_000


class _Before(NamedTuple):
    """In which form an entry was compared before, and by which engine."""

    digest: str
    form: str
    engine: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came of holding lists against each other, before or after it is kept."""

    entries: int = 0
    compared: int = 0
    """Entries that were new, or said something else of who they are."""
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    seen: tuple[dict[str, str], ...] = ()
    found: tuple[Found, ...] = field(default=())

    @property
    def refused(self) -> int:
        """How many entries have no name that can be compared."""
        return sum(1 for each in self.seen if each["refused"])


def resolve_entries(*, actor: Actor, at: datetime, whole: bool = False) -> Resolution:
    """Hold what came or changed against all other lists, and keep what may be one."""
    demand_matcher(actor)
    return keep_candidates(compare_lists(actor=actor, whole=whole), actor=actor, at=at)


def compare_lists(*, actor: Actor = PUBLIC, whole: bool = False) -> Resolution:
    """Compare, and write nothing: minutes for whole lists, so that no transaction waits for it.

    Compared is what is new, what says something else of who it is, and everything where the engine
    is another than before, or with `whole`.
    """
    marks = marks_in_force(actor)
    before = _seen_before()
    moved = [m for m in marks if whole or not _stands(before.get(m[:2]), digest=m.digest)]
    standing = {mark[:2] for mark in marks}
    gone = tuple(sorted(":".join(key) for key in before.keys() - standing))
    if not moved:
        return Resolution(len(marks), gone=gone)
    entries = {(source, entry.key): entry for source, entry in entries_in_force(actor)}
    forms = {m[:2]: form_of_entry(entries[m[:2]]).digest for m in moved if m[:2] in entries}
    changed = [
        key for key, form in forms.items() if whole or not _stands(before.get(key), form=form)
    ]
    told = compared(Listed(entries), changed) if changed else None
    refused = told.refused if told else {}
    return Resolution(
        entries=len(marks),
        compared=len(changed),
        gone=gone,
        changed=tuple(":".join(key) for key in changed),
        seen=tuple(_seen(m, forms[m[:2]], refused) for m in moved if m[:2] in forms),
        found=told.found if told else (),
    )


def keep_candidates(found: Resolution, *, actor: Actor, at: datetime) -> Resolution:
    """Keep what was found, in the place of what was found before of the same entries."""
    demand_matcher(actor)
    if not (found.seen or found.gone):
        return found
    with transaction.atomic():
        _note(found.gone, found.changed, found.seen, ())
        for start in range(0, len(found.found), _AT_ONCE):
            _note((), (), (), found.found[start : start + _AT_ONCE])
        record_entry(
            "match.entries_compared",
            actor=actor,
            subject_kind="match_candidates",
            subject_id=ENGINE,
            at=at,
            detail={"compared": found.compared, "pairs": len(found.found)},
        )
    return found


def _seen_before() -> dict[EntryKey, _Before]:
    rows = EntrySeen.objects.using("default")
    told = rows.values_list("source", "key", "digest", "form", "engine").iterator(10_000)
    return {(source, key): _Before(*before) for source, key, *before in told}


def _stands(before: _Before | None, *, digest: str = "", form: str = "") -> bool:
    """Whether an entry was compared by this engine, with these words or in this form."""
    if before is None or before.engine != ENGINE:
        return False
    return before.digest == digest if digest else before.form == form


def _seen(mark: EntryMark, form: str, refused: Mapping[str, str]) -> dict[str, str]:
    return {
        "source": mark.source,
        "key": mark.key,
        "digest": mark.digest,
        "form": form,
        "engine": ENGINE,
        "refused": refused.get(":".join(mark[:2]), ""),
    }


def _note(
    gone: Sequence[str],
    changed: Sequence[str],
    seen: Sequence[Mapping[str, str]],
    found: Sequence[Found],
) -> None:
    rows = [
        {
            "left": ":".join(each.left),
            "right": ":".join(each.right),
            "likeness": each.score,
            "reasons": each.reasons,
            "strong": each.strong,
            "engine": ENGINE,
        }
        for each in found
    ]
    told = [json.dumps(each) for each in (gone, changed, seen, rows)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT matching_note(%s::jsonb, %s::jsonb, %s::jsonb, %s::jsonb)", told)
