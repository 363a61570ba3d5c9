"""Imports: proposed, accepted, written once, repeated without doubling, undone without trace."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from tests.prisoners.registry.desk import AT, MAPPING, ROWS, Desk, bring_in, table
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import Party, PartyName
from undaunted.core.audit.models import Detail, Entry
from undaunted.core.audit.rules import merkle_root
from undaunted.core.events.models import Act
from undaunted.core.evidence.models import Citation
from undaunted.prisoners.registry.actions.imports import (
    FileChanged,
    ImportNotReady,
    accept_import,
    propose_import,
    record_import_failure,
    write_import,
)
from undaunted.prisoners.registry.actions.undo import UndoRefused, undo_import
from undaunted.prisoners.registry.models import ImportBatch, ListEntry
from undaunted.prisoners.registry.queries.imports import (
    batches_for,
    entries_of,
    missing_entries,
    preview_of,
)
from undaunted.prisoners.registry.queries.records import case_file, cases_for, history_of
from undaunted.prisoners.registry.readers.problems import InvalidMapping, UnreadableFile

if TYPE_CHECKING:
    from undaunted.prisoners.registry.models import SourceList


def proposed(desk: Desk, source_list: SourceList, *rows: str, by: Any = None) -> ImportBatch:
    with acting_as(by or desk.documenter) as actor:
        return propose_import(
            source_list,
            actor=actor,
            at=AT,
            file=table(*rows),
            file_name="../list.csv",
            mapping_toml=MAPPING,
        )


def ledger_text(desk: Desk) -> list[Any]:
    """Give the ledger as it reads now: without ids of rows and times of recording."""
    with acting_as(desk.steward):
        acts = Act.objects.filter(recorded_to__isnull=True)
        fields = [
            field.name
            for field in Act._meta.concrete_fields
            if field.name not in {"id", "recorded_from", "recorded_by", "closed_by"}
        ]
        people = Party.objects.filter(withdrawn_at__isnull=True).order_by("id")
        names = PartyName.objects.filter(withdrawn_at__isnull=True)
        entries = ListEntry.objects.filter(withdrawn_at__isnull=True)
        cited = Citation.objects.filter(withdrawn_at__isnull=True)
        return [
            list(acts.order_by("claim").values(*fields)),
            list(people.values()),
            list(names.order_by("party", "text").values("party", "text", "kind", "primary")),
            list(
                entries.order_by("source_key").values("source_key", "party", "row_digest", "batch")
            ),
            list(cited.order_by("subject_id", "source").values("subject_id", "source")),
        ]


def test_a_proposal_counts_and_writes_nothing(desk: Desk, first_list: SourceList) -> None:
    batch = proposed(desk, first_list, *ROWS, "5,,male,,,,,,,held")
    assert (batch.rows_read, batch.rows_good, batch.rows_rejected) == (5, 4, 1)
    assert batch.file_name == "list.csv"
    with acting_as(desk.documenter) as actor:
        assert not Party.objects.exists()
        with preview_of(actor, batch.pk) as preview:
            assert [row.line for row in preview] == [2, 3, 4, 5, 6]


def test_only_a_steward_accepts(desk: Desk, first_list: SourceList) -> None:
    batch = proposed(desk, first_list, *ROWS)
    with acting_as(desk.documenter) as actor, pytest.raises(Forbidden):
        accept_import(batch, actor=actor, at=AT)
    with acting_as(desk.stranger) as actor:
        assert not batches_for(actor).exists()
        with pytest.raises(Forbidden):
            accept_import(batch, actor=actor, at=AT)


def test_a_steward_may_accept_what_they_proposed(desk: Desk, first_list: SourceList) -> None:
    batch = proposed(desk, first_list, *ROWS, by=desk.steward)
    with acting_as(desk.steward) as actor:
        assert accept_import(batch, actor=actor, at=AT).state == "accepted"


def test_an_import_is_written_once_and_only_when_accepted(
    desk: Desk, first_list: SourceList
) -> None:
    batch = proposed(desk, first_list, *ROWS)
    with acting_as(desk.steward) as actor:
        with pytest.raises(ImportNotReady):
            write_import(batch, actor=actor, at=AT)
        accept_import(batch, actor=actor, at=AT)
        write_import(batch, actor=actor, at=AT)
        with pytest.raises(ImportNotReady):
            write_import(batch, actor=actor, at=AT)


def test_a_row_becomes_person_spell_charges_release_and_source(
    desk: Desk, first_list: SourceList
) -> None:
    batch = bring_in(desk, first_list, *ROWS)
    assert (batch.state, batch.added, batch.rows_written) == ("written", 4, 4)
    with acting_as(desk.steward) as actor:
        entry = entries_of(actor, first_list).get(source_key="2")
        case = case_file(actor, entry.party_id)
        assert case is not None
        assert [name.text for name in case.names] == ["Игорь Сидоров"]
        assert "igor" in case.names[0].search_form
        spell = next(act for act in case.acts if act.category == "deprivation_of_liberty")
        assert (spell.start, spell.start_latest) == ("2021-03", date(2021, 3, 31))
        assert (spell.end_earliest, spell.in_stock, spell.tier) == (date(2023, 4, 5), True, "B")
        kinds = {act.category: act for act in case.acts}
        assert kinds["charge"].law_category == "false_news"
        assert kinds["charge"].within == kinds["release"].within == spell.claim
        assert case.citations[0].source.url == "https://example.org/2"
        assert case.party.canonical == case.party.pk


def test_somebody_killed_without_being_held_is_no_prisoner(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, *ROWS)
    with acting_as(desk.steward) as actor:
        entry = entries_of(actor, first_list).get(source_key="4")
        acts = Act.objects.filter(victim=entry.party_id)
        assert [(act.category, act.in_stock) for act in acts] == [("killing", False)]


def test_the_audit_entry_carries_the_merkle_root_of_all_rows(
    desk: Desk, first_list: SourceList
) -> None:
    batch = bring_in(desk, first_list, *ROWS)
    with acting_as(desk.steward) as actor:
        rows = entries_of(actor, first_list)
        leaves = [bytes.fromhex(row.row_digest) for row in rows]
        assert batch.merkle_root == merkle_root(leaves)
        entry = Entry.objects.get(verb="import.written")
        assert Detail.objects.get(entry=entry).detail["merkle_root"] == batch.merkle_root
        assert entry.seq is not None


def test_the_same_file_again_changes_nothing(desk: Desk, first_list: SourceList) -> None:
    bring_in(desk, first_list, *ROWS)
    before = ledger_text(desk)
    again = bring_in(desk, first_list, *ROWS, days=1)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 4)
    assert ledger_text(desk) == before


def test_a_changed_row_corrects_the_claim_and_keeps_history(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, *ROWS)
    with acting_as(desk.steward):
        spell = Act.objects.get(start="2020-01-10")
    changed = ROWS[0].replace("2020-01-10,,", "2020-01-11,2024-05-05,").replace("Mirela", "Mirella")
    batch = bring_in(desk, first_list, changed, *ROWS[1:], days=1)
    assert (batch.added, batch.changed, batch.unchanged) == (0, 1, 3)
    with acting_as(desk.steward) as actor:
        rows = list(history_of(actor, spell.claim))
        assert [row.start for row in rows] == ["2020-01-10", "2020-01-11"]
        assert rows[0].recorded_to == rows[1].recorded_from
        case = case_file(actor, spell.victim_id)
        assert case is not None
        assert [name.text for name in case.names] == ["Mirella Antova"]
        then = case_file(actor, spell.victim_id, known_at=AT + timedelta(hours=1))
        assert then is not None
        assert "2020-01-10" in {act.start for act in then.acts}


def test_undoing_a_second_import_puts_everything_back(desk: Desk, first_list: SourceList) -> None:
    first = bring_in(desk, first_list, *ROWS)
    before = ledger_text(desk)
    changed = ROWS[0].replace("2020-01-10,,", "2020-01-11,2024-05-05,").replace("1980", "1981")
    changed = changed.replace("Mirela", "Mirella").replace(
        "extremism;terrorism", "treason_state_security"
    )
    second = bring_in(desk, first_list, changed, *ROWS[1:], "9,New Person,,,2024,,,,,held", days=1)
    assert (second.added, second.changed) == (1, 1)
    assert ledger_text(desk) != before
    with acting_as(desk.steward) as actor:
        with pytest.raises(UndoRefused):
            undo_import(first, actor=actor, at=AT + timedelta(days=2))
        undo_import(second, actor=actor, at=AT + timedelta(days=2))
    assert ledger_text(desk) == before
    with acting_as(desk.steward) as actor:
        with pytest.raises(UndoRefused):
            undo_import(second, actor=actor, at=AT + timedelta(days=2))
        undo_import(first, actor=actor, at=AT + timedelta(days=3))
        assert not cases_for(actor).exists()
        assert not Act.objects.filter(recorded_to__isnull=True).exists()
    third = bring_in(desk, first_list, *ROWS, days=4)
    assert third.added == 4


def test_rows_missing_in_the_new_file_are_listed_and_kept(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, *ROWS)
    bring_in(desk, first_list, *ROWS[:2], days=1)
    with acting_as(desk.steward) as actor:
        assert [row.source_key for row in missing_entries(actor, first_list)] == ["3", "4"]
        assert cases_for(actor).count() == 4


def test_nothing_is_half_written_when_writing_fails(
    desk: Desk, first_list: SourceList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undaunted.prisoners.registry.actions.imports.CHUNK", 2)
    batch = proposed(desk, first_list, *ROWS)
    with acting_as(desk.steward) as actor:
        accept_import(batch, actor=actor, at=AT)

    def stop(done: int, _all: int) -> None:
        if done == 4:
            raise RuntimeError("the light went out")

    with pytest.raises(RuntimeError), acting_as(desk.steward) as actor:
        write_import(batch, actor=actor, at=AT, progress=stop)
    with acting_as(desk.steward) as actor:
        assert not Party.objects.exists()
        assert record_import_failure(batch, "stopped", actor=actor, at=AT).state == "failed"


def test_a_file_changed_since_the_proposal_is_refused(
    desk: Desk, first_list: SourceList, settings: Any
) -> None:
    batch = proposed(desk, first_list, *ROWS)
    file = settings.DOCUMENTS_FOLDER / batch.file_path
    assert file.stat().st_mode & 0o077 == 0
    with acting_as(desk.steward) as actor:
        accept_import(batch, actor=actor, at=AT)
        file.write_bytes(b"id,name\n")
        with pytest.raises(FileChanged):
            write_import(batch, actor=actor, at=AT)
    file.unlink()


@pytest.mark.parametrize(
    ("content", "mapping", "error"),
    [
        (b"PK\x03\x04broken", MAPPING, UnreadableFile),
        (b"a,b\n1,2\n", MAPPING, UnreadableFile),
        (b"id,name\n", "not toml at all", InvalidMapping),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(  # noqa: PLR0913, PLR0917 - three parameters, three fixtures
    desk: Desk,
    first_list: SourceList,
    settings: Any,
    content: bytes,
    mapping: str,
    error: type[Exception],
) -> None:
    import io  # noqa: PLC0415 - only here

    with acting_as(desk.steward) as actor:
        with pytest.raises(error):
            propose_import(
                first_list,
                actor=actor,
                at=AT,
                file=io.BytesIO(content),
                file_name="x.csv",
                mapping_toml=mapping,
            )
        assert not ImportBatch.objects.exists()
    kept = [path for path in settings.DOCUMENTS_FOLDER.rglob("*") if path.is_file()]
    assert not [path for path in kept if str(desk.organisation) in str(path)]


def test_row_security_keeps_a_stranger_out_of_an_import(desk: Desk, first_list: SourceList) -> None:
    bring_in(desk, first_list, *ROWS)
    with acting_as(desk.stranger) as actor:
        assert not Party.objects.exists()
        assert not ListEntry.objects.exists()
        assert not Act.objects.exists()
        assert cases_for(actor).count() == 0
        with transaction.atomic():
            assert Party.objects.update(gender="other") == 0
