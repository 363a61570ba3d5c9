"""Entries that came or changed, held against other lists: candidates kept, nothing judged.

A run begins by noting what is to be compared, and goes on in portions, each kept for itself: killed
in between, the next run takes up what is left. Until its portion was kept, an entry waits.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC
from undaunted.core.audit.actions import record_entry
from undaunted.core.listings.queries import (
    entries_gone,
    entries_in_force,
    entries_named,
    marks_in_force,
)
from undaunted.core.matching.actions.refusals import demand_matcher
from undaunted.core.matching.actions.vouching import code_of_act
from undaunted.core.matching.analysis import ENGINE, Listed, compared
from undaunted.core.matching.models import EntrySeen
from undaunted.core.matching.rules import form_of_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import EntryMark
    from undaunted.core.matching.analysis import Found
    from undaunted.core.matching.rules import EntryKey

__all__ = [
    "Comparing",
    "Resolution",
    "begin_comparing",
    "compare_portions",
    "keep_candidates",
    "resolve_entries",
]

A_PORTION = 500
"""Entries that are compared and kept at once: some seconds of work that a kill can lose."""
_AT_ONCE = 2_000
_KIND = "match_candidates"


class _Before(NamedTuple):
    """In which form an entry was compared before, by which engine, and why it could not be.

    Of an entry that waits for its portion neither words nor engine are known.
    """

    digest: str
    form: str
    engine: str
    refused: str


@dataclass(frozen=True, slots=True)
class Comparing:
    """A run that began: how many entries are in force, and which of them are to be compared."""

    entries: int = 0
    waiting: Mapping[EntryKey, str] = field(default_factory=dict)
    """What its issuer's words digest to, by entry, in the order of source and key."""
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came of holding lists against each other, of a portion or of a whole run."""

    entries: int = 0
    compared: int = 0
    """Entries that were new, or said something else of who they are."""
    gone: tuple[str, ...] = ()
    seen: tuple[dict[str, str], ...] = ()
    found: tuple[Found, ...] = field(default=())

    @property
    def refused(self) -> int:
        """How many entries have no name that can be compared."""
        return sum(1 for each in self.seen if each["refused"])


def resolve_entries(*, actor: Actor, at: datetime, whole: bool = False) -> Resolution:
    """Hold what came or changed against all other lists at once, and keep what may be one."""
    run = begin_comparing(actor=actor, at=at, whole=whole)
    kept = [keep_candidates(each, actor=actor, at=at) for each in compare_portions(run)]
    return Resolution(
        entries=run.entries,
        compared=sum(each.compared for each in kept),
        gone=run.gone,
        seen=tuple(row for each in kept for row in each.seen),
        found=_once(kept),
    )


def begin_comparing(*, actor: Actor, at: datetime, whole: bool = False) -> Comparing:
    """Begin a run: what was found before of entries that left or changed goes, and they wait.

    To be compared is what is new, what says something else of who it is, and everything where the
    engine is another than before, or with `whole`.
    """
    demand_matcher(actor)
    marks = marks_in_force(actor)
    before = _seen_before()
    moved = [m for m in marks if whole or not _stands(before.get(m[:2]), digest=m.digest)]
    gone = sorted(":".join(key) for key in before.keys() - {mark[:2] for mark in marks})
    waiting: dict[EntryKey, str] = {}
    with transaction.atomic():
        _note(gone=gone)
        for start in range(0, len(moved), _AT_ONCE):
            waiting |= _let_wait(moved[start : start + _AT_ONCE], before, whole=whole)
        if waiting or gone:
            record_entry(
                "match.comparison_begun",
                actor=actor,
                subject_kind=_KIND,
                subject_id=ENGINE,
                at=at,
                detail={"waiting": len(waiting), "gone": len(gone)},
            )
    return Comparing(len(marks), waiting, tuple(gone))


def compare_portions(run: Comparing, *, actor: Actor = PUBLIC) -> Iterator[Resolution]:
    """Compare portion by portion, and write nothing: no transaction waits for the engine.

    Entries that left their list are held beside what came, as they last stood: on earlier days they
    may have been one.
    """
    if not run.waiting:
        return
    entries = {(source, entry.key): entry for source, entry in entries_in_force(actor)}
    listed = Listed(entries, {(source, entry.key): entry for source, entry in entries_gone(actor)})
    keys = [key for key in run.waiting if key in entries]
    for start in range(0, len(keys), A_PORTION):
        portion = keys[start : start + A_PORTION]
        told = compared(listed, portion)
        yield Resolution(
            entries=run.entries,
            compared=len(portion),
            seen=(
                *(
                    _seen(
                        key,
                        run.waiting[key],
                        form_of_entry(entries[key]).digest,
                        told.refused.get(":".join(key), ""),
                    )
                    for key in portion
                ),
                *_left_out({k: why for k, why in told.cut.items() if k not in run.waiting}),
            ),
            found=told.found,
        )


def keep_candidates(found: Resolution, *, actor: Actor, at: datetime) -> Resolution:
    """Keep what a portion found; its entries wait no more."""
    demand_matcher(actor)
    with transaction.atomic():
        _note(seen=[{**each, "at": at.isoformat()} for each in found.seen])
        for start in range(0, len(found.found), _AT_ONCE):
            _note(found=found.found[start : start + _AT_ONCE])
        record_entry(
            "match.entries_compared",
            actor=actor,
            subject_kind=_KIND,
            subject_id=ENGINE,
            at=at,
            detail={"compared": found.compared, "pairs": len(found.found)},
        )
    return found


def _seen_before() -> dict[EntryKey, _Before]:
    rows = EntrySeen.objects.using("default")
    told = rows.values_list("source", "key", "digest", "form", "engine", "refused")
    return {(source, key): _Before(*before) for source, key, *before in told.iterator(10_000)}


def _left_out(cut: Mapping[EntryKey, str]) -> Iterator[dict[str, str]]:
    """Give entries that were compared before and left out now: of them too a pair is missing.

    Those that wait are compared themselves, and find the pair or are told as well.
    """
    if not cut:
        return
    rows = EntrySeen.objects.using("default").filter(
        source__in={source for source, _ in cut}, engine=ENGINE, refused=""
    )
    for source, key, digest, form in rows.values_list("source", "key", "digest", "form"):
        if (source, key) in cut:
            yield _seen((source, key), digest, form, cut[source, key])


def _stands(before: _Before | None, *, digest: str = "", form: str = "") -> bool:
    """Whether an entry was compared by this engine, with these words or in this form."""
    if before is None or before.engine != ENGINE:
        return False
    return before.digest == digest if digest else before.form == form


def _let_wait(
    moved: Sequence[EntryMark], before: Mapping[EntryKey, _Before], *, whole: bool
) -> dict[EntryKey, str]:
    """Let entries wait for their portion, but for those that say the same of who they are.

    An entry that waited before keeps what was found of it since: the other side found it.
    """
    entries = entries_named(PUBLIC, [mark[:2] for mark in moved])
    waiting: dict[EntryKey, str] = {}
    changed, seen = [], []
    for mark in moved:
        key = mark[:2]
        if key not in entries:
            continue
        form, held = form_of_entry(entries[key]).digest, before.get(key)
        if not whole and held is not None and _stands(held, form=form):
            seen.append(_seen(key, mark.digest, form, held.refused))
            continue
        waiting[key] = mark.digest
        if whole or held is None or held.engine or held.form != form:
            changed.append(":".join(key))
            seen.append({**_seen(key, "", form, ""), "engine": ""})
    _note(changed=changed, seen=seen)
    return waiting


def _seen(key: EntryKey, digest: str, form: str, refused: str) -> dict[str, str]:
    return {
        "source": key[0],
        "key": key[1],
        "digest": digest,
        "form": form,
        "engine": ENGINE,
        "refused": refused,
    }


def _once(kept: Iterable[Resolution]) -> tuple[Found, ...]:
    """Give each pair once, as it was kept last."""
    held = {(found.left, found.right): found for each in kept for found in each.found}
    return tuple(held.values())


def _note(
    *,
    gone: Sequence[str] = (),
    changed: Sequence[str] = (),
    seen: Sequence[Mapping[str, str]] = (),
    found: Sequence[Found] = (),
) -> None:
    if not (gone or changed or seen or found):
        return
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
    told = [json.dumps(each) for each in (list(gone), list(changed), list(seen), rows)]
    at = timezone.now()
    code = code_of_act("matching-note", "\n".join(told), at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT matching_note(%s, %s, %s, %s, %s, %s)", [*told, at, code])
