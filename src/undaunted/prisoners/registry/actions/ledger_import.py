"""Writing the rows of an accepted import into the ledger, thousands with each statement.

A row becomes a party with names, an event with its acts, citations, and an entry of the list. Of a
row that came before, only what the list itself changed is written; what the desk did since stands.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from operator import attrgetter
from os import urandom
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from undaunted.core.access.rules import Forbidden
from undaunted.prisoners.registry.actions.bulk import add_rows, array_text, change_rows
from undaunted.prisoners.registry.actions.ledger_columns import (
    ACT,
    ACT_FACTS,
    CITATION,
    ENTRY,
    EVENT,
    NAME,
    PARTY,
    PERSON,
    SOURCE,
)
from undaunted.prisoners.registry.queries.reimport import changes_of, sources_withdrawn
from undaunted.prisoners.registry.rules.reimport import source_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from uuid import UUID

    from django.db.backends.utils import CursorWrapper

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.models import ImportBatch
    from undaunted.prisoners.registry.queries.reimport import RowChange
    from undaunted.prisoners.registry.rules.import_rows import ImportedName
    from undaunted.prisoners.registry.rules.ledger_rows import (
        ActFacts,
        LedgerRow,
        PersonFacts,
        SourceFacts,
    )
    from undaunted.prisoners.registry.rules.reimport import Facts

__all__ = ["LedgerImport"]

_DRAWN: Final = 512
_VARIANT: Final = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
_FACTS: Final = attrgetter(*ACT_FACTS)
_CONFIRMED: Final = list(ACT_FACTS).index("confirmed")
# Names in force, and the list's names that were withdrawn by no import and no undoing of one.
_NAMES: Final = """
    SELECT n.id::text, n.party_id::text, n.text, n.kind, n.withdrawn_at IS NULL, n."primary",
        n.origin IS NOT NULL
    FROM actors_partyname n
    WHERE n.party_id = ANY (%s::uuid[]) AND (n.withdrawn_at IS NULL OR n.origin IS NOT NULL
        AND NOT EXISTS (SELECT FROM registry_importbatch b
            WHERE n.withdrawn_at IN (b.finished_at, b.undone_at)))
"""


class LedgerImport:
    """Writes one batch; `counts` says what came of its rows, `touched` which parties changed."""

    def __init__(
        self,
        batch: ImportBatch,
        *,
        actor: Actor,
        at: datetime,
        publisher: str,
        public_sources: bool,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.touched: set[str] = set()
        self._batch, self._actor, self._at = batch, actor, at
        self._publisher, self._public = publisher, public_sources
        # A person's id is published: it must not say with whom the record came.
        self._party_ids = _drawn_ids()
        self._row_ids = _drawn_ids(opening=urandom(4).hex())
        self._sources: dict[SourceFacts, str] = {}
        held = {"holder": ("uuid", batch.holder), "sharing": ("text", batch.sharing)}
        self._made = {**held, "origin": ("uuid", batch.pk), "recorded_at": ("timestamptz", at)}
        self._held = held

    def write(self, rows: Sequence[LedgerRow]) -> None:
        """Write one chunk: add, change, or only mark as seen."""
        with connection.cursor() as cursor:
            known = self._known(cursor, rows)
            new = [row for row in rows if row.source_key not in known]
            again = [
                row
                for row in rows
                if row.source_key in known and known[row.source_key][3] != row.digest
            ]
            changed = changes_of(self._actor, self._batch.source_list_id, again) if again else []
            if len(changed) != len(again):
                raise Forbidden("a record that the list would change is not yours to read")
            seen = [entry[0] for entry in known.values()]
            _run(
                cursor,
                "UPDATE registry_listentry SET seen_in = %s WHERE id = ANY (%s::uuid[])",
                self._batch.pk,
                seen,
            )
            self._add(cursor, new)
            self._change(cursor, changed)
        self.counts["added"] += len(new)
        self.counts["changed"] += len(changed)
        self.counts["unchanged"] += len(seen) - len(changed)

    def _known(self, cursor: CursorWrapper, rows: Sequence[LedgerRow]) -> dict[str, Any]:
        cursor.execute(
            "SELECT source_key, id::text, party_id::text, event_id::text, row_digest"
            " FROM registry_listentry WHERE source_list_id = %s AND withdrawn_at IS NULL"
            " AND source_key = ANY (%s)",
            [self._batch.source_list_id, [row.source_key for row in rows]],
        )
        return {key: rest for key, *rest in cursor.fetchall()}

    def _add(self, cursor: CursorWrapper, rows: Sequence[LedgerRow]) -> None:
        """Add what rows say that the list never held before."""
        parties, names, entries = [], [], []
        placed: list[tuple[LedgerRow, str, str | None]] = []
        for row in rows:
            party, event = next(self._party_ids), next(self._row_ids) if row.acts else None
            parties.append((party, *_person(row.person)))
            names += [
                self._name(party, name, form, first=not number)
                for number, (name, form) in enumerate(zip(row.names, row.forms, strict=True))
            ]
            entries.append(
                (next(self._row_ids), row.source_key, party, event, row.digest, row.line)
            )
            placed.append((row, party, event))
        recorder = {"recorded_by": ("uuid", self._actor.id), "kind": ("text", "person")}
        # A new party stands for itself.
        _run_add_parties(cursor, parties, {**self._made, **recorder})
        add_rows(cursor, "actors_partyname", NAME, names, self._made)
        self._add_events(cursor, placed)
        self._add_acts(cursor, placed)
        self._add_citations(cursor, placed)
        self._add_entries(cursor, entries, ENTRY)

    def _change(self, cursor: CursorWrapper, changes: Sequence[RowChange]) -> None:
        """Write what the list itself changed; what it said before stays as history."""
        if not changes:
            return
        parties = [change.party for change in changes]
        self.touched.update(parties)
        self._keep_before(cursor, parties)
        people = [(change.party, *_columns(change.person, PERSON)) for change in changes]
        written = change_rows(cursor, "actors_party", PARTY, people)
        if written != len(set(parties)):
            raise Forbidden("a record that the list would change is held by another organisation")
        self._change_names(cursor, changes)
        barred = sources_withdrawn(self._actor, parties, self._batch.source_list.url)
        _run(
            cursor,
            "UPDATE evidence_citation SET withdrawn_at = %s WHERE origin IS NOT NULL"
            " AND withdrawn_at IS NULL AND subject_id = ANY (%s::uuid[])",
            self._at,
            parties,
        )
        self._close_acts(cursor, changes)
        placed, events, entries = [], [], []
        for change in changes:
            row = change.row
            event = change.event or (next(self._row_ids) if row.acts else None)
            placed.append((row, change.party, event))
            if event and not change.event:
                events.append(placed[-1])
            said = json.dumps(change.said) if change.said else None
            entry = next(self._row_ids), row.source_key, change.party, event
            entries.append((*entry, row.digest, row.line, said))
        self._add_events(cursor, events)
        self._add_changed_acts(cursor, zip(changes, placed, strict=True))
        self._add_citations(cursor, placed, barred)
        _run(
            cursor,
            "UPDATE registry_listentry SET withdrawn_at = %s WHERE id = ANY (%s::uuid[])",
            self._at,
            [change.entry for change in changes],
        )
        self._add_entries(cursor, entries, {**ENTRY, "said": "jsonb"})
        self.counts["kept"] += sum(bool(change.kept) for change in changes)

    def _keep_before(self, cursor: CursorWrapper, parties: list[str]) -> None:
        columns = ", ".join(f"'{name}', p.{name}" for name in PERSON)
        cursor.execute(
            "INSERT INTO registry_partybefore (id, holder, sharing, batch_id, party_id, values)"  # noqa: S608 - names from code
            " SELECT gen_random_uuid(), p.holder, p.sharing, %s, p.id,"
            f" jsonb_build_object({columns}) FROM actors_party p WHERE p.id = ANY (%s::uuid[])",
            [self._batch.pk, parties],
        )

    def _change_names(self, cursor: CursorWrapper, changes: Sequence[RowChange]) -> None:
        """Add and withdraw the list's names; those that the desk withdrew stay withdrawn."""
        cursor.execute(_NAMES, [[change.party for change in changes]])
        held: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
        barred: set[tuple[str, str, str]] = set()
        shown: dict[str, str] = {}
        for name_id, party, text, kind, standing, primary, listed in cursor.fetchall():
            if not standing:
                barred.add((party, text, kind))
            elif listed:
                held[party][text, kind] = name_id
            if standing and primary:
                shown[party] = name_id
        new: list[tuple[Any, ...]] = []
        gone: dict[str, str | None] = {}
        for change in changes:
            before = held[change.party]
            now = {(name.text, name.kind) for name in change.row.names}
            left = [name_id for name, name_id in before.items() if name not in now]
            first = shown.get(change.party) in {None, *left}
            come = [
                self._name(change.party, name, form, first=first and not number)
                for number, (name, form) in enumerate(
                    zip(change.row.names, change.row.forms, strict=True)
                )
                if (name.text, name.kind) not in before
                and (change.party, name.text, name.kind) not in barred
            ]
            new += come
            gone.update(dict.fromkeys(left, come[0][0] if come else None))
        add_rows(cursor, "actors_partyname", NAME, new, self._made)
        cursor.execute(
            "UPDATE actors_partyname n SET withdrawn_at = %s, replaced_by = g.by"
            " FROM unnest(%s::uuid[], %s::uuid[]) AS g(id, by) WHERE n.id = g.id",
            [self._at, list(gone), list(gone.values())],
        )

    def _close_acts(self, cursor: CursorWrapper, changes: Sequence[RowChange]) -> None:
        closed = [act.closes for change in changes for act in change.acts if act.closes]
        if closed:
            cursor.execute(
                "UPDATE events_act SET recorded_to = %s, closed_by = %s"
                " WHERE id = ANY (%s::uuid[])",
                [self._at, self._batch.pk, closed],
            )

    def _add_events(
        self, cursor: CursorWrapper, placed: Iterable[tuple[LedgerRow, str, str | None]]
    ) -> None:
        events = [
            (event, row.acts[0].country, row.acts[0].start) for row, _, event in placed if event
        ]
        add_rows(cursor, "events_event", EVENT, events, {**self._made, "title": ("text", "")})

    def _add_acts(
        self, cursor: CursorWrapper, placed: Iterable[tuple[LedgerRow, str, str | None]]
    ) -> None:
        acts: list[tuple[Any, ...]] = []
        for row, party, event in placed:
            main = None
            for act in row.acts:
                claim = next(self._row_ids)
                main = main or claim
                inside = main if act.inside else None
                acts.append((next(self._row_ids), claim, event, party, inside, *_act(act)))
        self._write_acts(cursor, acts)

    def _add_changed_acts(
        self,
        cursor: CursorWrapper,
        changes: Iterable[tuple[RowChange, tuple[LedgerRow, str, str | None]]],
    ) -> None:
        acts: list[tuple[Any, ...]] = []
        for change, (_, party, event) in changes:
            main = None
            for act in change.acts:
                claim = act.claim or next(self._row_ids)
                main = main or claim
                if act.facts is not None:
                    inside = main if act.inside else act.within
                    facts = _columns(act.facts, ACT_FACTS)
                    acts.append((next(self._row_ids), claim, event, party, inside, *facts))
        self._write_acts(cursor, acts)

    def _write_acts(self, cursor: CursorWrapper, acts: list[tuple[Any, ...]]) -> None:
        same = {
            **self._held,
            "origin": ("uuid", self._batch.pk),
            "recorded_from": ("timestamptz", self._at),
            "recorded_by": ("uuid", self._actor.id),
            "vocabulary": ("text", "act_types-1"),
            "ground": ("text", ""),
        }
        add_rows(cursor, "events_act", ACT, acts, same)

    def _add_citations(
        self,
        cursor: CursorWrapper,
        placed: Iterable[tuple[LedgerRow, str, str | None]],
        barred: AbstractSet[tuple[str, tuple[str, ...]]] = frozenset(),
    ) -> None:
        """Cite what the rows tell; what the desk withdrew of a person stays withdrawn."""
        citations: list[tuple[Any, ...]] = []
        sources: list[tuple[Any, ...]] = []
        own = self._batch.source_list.url
        for row, party, _ in placed:
            for told in map(self._named, row.sources):
                if barred and (party, source_mark(told, own)) in barred:
                    continue
                source = self._source(told, sources)
                citations.append(
                    (next(self._row_ids), source, "party", party, row.grade[0], row.grade[1])
                )
        kinds = {"kind": ("text", "ngo_list"), "public": ("boolean", self._public)}
        same = {**self._made, **kinds, "archived_url": ("text", "")}
        add_rows(cursor, "evidence_source", SOURCE, sources, same)
        blank = {"claim": ("text", ""), "locator": ("text", "")}
        add_rows(cursor, "evidence_citation", CITATION, citations, {**self._made, **blank})

    def _add_entries(
        self, cursor: CursorWrapper, entries: list[tuple[Any, ...]], columns: dict[str, str]
    ) -> None:
        same = {
            **self._held,
            "source_list_id": ("uuid", self._batch.source_list_id),
            "batch_id": ("uuid", self._batch.pk),
            "seen_in": ("uuid", self._batch.pk),
        }
        add_rows(cursor, "registry_listentry", columns, entries, same)

    def _named(self, facts: SourceFacts) -> SourceFacts:
        """Let the list stand for what its row does not say of a source."""
        named = self._batch.source_list
        return facts._replace(
            publisher=facts.publisher or self._publisher,
            title=facts.title or named.name,
            url=facts.url or named.url,
        )

    def _source(self, facts: SourceFacts, new: list[tuple[Any, ...]]) -> str:
        known = self._sources.get(facts)
        if known is None:
            known = self._sources[facts] = next(self._row_ids)
            new.append((known, *facts))
        return known

    def _name(self, party: str, name: ImportedName, form: str, *, first: bool) -> tuple[Any, ...]:
        kind, script, language = name.kind[:16], name.script[:12], name.language[:12]
        return (next(self._row_ids), party, name.text, kind, script, language, form, first)


def _run_add_parties(
    cursor: CursorWrapper, parties: list[tuple[Any, ...]], same: dict[str, tuple[str, Any]]
) -> None:
    standing = [(*party, party[0]) for party in parties]
    add_rows(cursor, "actors_party", {**PARTY, "canonical": "uuid"}, standing, same)


def _run(cursor: CursorWrapper, statement: str, value: UUID | datetime, ids: list[str]) -> None:
    if ids:
        cursor.execute(statement, [value, ids])


def _person(facts: PersonFacts) -> tuple[Any, ...]:
    return (*facts[:7], array_text(facts.nationalities), facts.country, array_text(facts.roles))


def _act(act: ActFacts) -> list[Any]:
    facts = list(_FACTS(act))
    facts[_CONFIRMED] = array_text(act.confirmed)
    return facts


def _columns(facts: Facts, columns: Mapping[str, str]) -> list[Any]:
    """Give facts in the order of `columns`, as the statements take them."""
    return [
        array_text(facts[name]) if type_.endswith("[]") else facts[name]
        for name, type_ in columns.items()
    ]


def _drawn_ids(opening: str = "") -> Iterator[str]:
    """Give random UUIDs (version 4) as text, without the cost of the class.

    Those that share an opening lie together in an index, which then takes thousands of rows in a
    few pages instead of a page each; the other 90 bits are drawn.
    """
    while True:
        drawn = urandom(16 * _DRAWN).hex()
        for at in range(0, len(drawn), 32):
            one = drawn[at : at + 32]
            yield (
                f"{opening or one[:8]}-{one[8:12]}-4{one[13:16]}"
                f"-{_VARIANT[one[16]]}{one[17:20]}-{one[20:]}"
            )
