"""Three overlapping lists, one count for 31 December: each merge explained, each undone again."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.prisoners.registry.desk import AT, Desk, bring_in, make_list
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import SAME
from undaunted.core.consent.actions import record_consents
from undaunted.core.consent.rules import PUBLIC_AUDIENCE, Basis, FieldGroup, IdentityLevel, Purpose
from undaunted.core.standards.actions import record_assessments
from undaunted.core.standards.rules import Finding, Value, pack
from undaunted.prisoners.registry.actions.batches import (
    propose_publications,
    propose_recognitions,
    publish_together,
    recognise_together,
)
from undaunted.prisoners.registry.actions.matching import judge_pair, undo_match
from undaunted.prisoners.registry.actions.publication import approve_changes
from undaunted.prisoners.registry.analysis.candidates import candidate_pairs
from undaunted.prisoners.registry.queries.changes import gates_waiting, offers_for
from undaunted.prisoners.registry.queries.counting import count
from undaunted.prisoners.registry.queries.lists import list_named
from undaunted.prisoners.registry.queries.matching import judgements_about
from undaunted.prisoners.registry.queries.open_data import open_tables
from undaunted.prisoners.registry.queries.records import cases_for
from undaunted.prisoners.registry.rules.matching import Finding as Likeness
from undaunted.prisoners.registry.rules.matching import MatchField
from undaunted.prisoners.registry.writers.open_data import write_open_data

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.prisoners.registry.analysis.candidates import CandidatePair

PACE = "pace-1900"
ONE, OTHER = timedelta(days=1), timedelta(days=2)
HOWTO = Path(__file__).parents[3] / "docs" / "how-to" / "reproduce-a-count.md"
LISTS = {
    "first": (
        "1,Mirela Antova,female,1980-05-06,2024-01-10,,extremism,https://example.org/1,B,held",
        "2,Игорь Сидоров,male,1975-02-03,2021-03-09,,false_news,https://example.org/2,B,held",
        "3,Pavel Dorn,male,1990-07-01,2019-11-02,,,https://example.org/3,B,held",
    ),
    "second": (
        "M-1,ANTOVA Mirela,female,1980-05-06,2024-01,,extremism,https://example.com/1,B,held",
        "M-2,Igor Sidorov,male,1975-02-03,2021-03-09,,false_news,https://example.com/2,B,held",
        "M-3,Zora Vale,female,1988-01-01,2022-05-05,,,https://example.com/3,B,held",
    ),
    "third": (
        "a,Мирела Антова,female,1980-05-06,2024-01-10,,,https://example.net/a,B,held",
        "b,Dorn Pavel,male,1990,2019-11-02,,,https://example.net/b,B,held",
        "c,Ana Free,female,1991-01-01,2020-01-01,2021-01-01,,https://example.net/c,B,held",
    ),
}
PEOPLE = {"antova mirela": 3, "igor sidorov": 2, "dorn pavel": 2, "vale zora": 1}
"""Held on 31 December 2025: eight rows, four people."""


@pytest.fixture
def rows(desk: Desk) -> None:
    """Bring the three lists in, and let every row be recognised and published by two."""
    for slug, lines in LISTS.items():
        bring_in(desk, make_list(desk, slug), *lines)
    with acting_as(desk.documenter) as actor:
        known = {party.pk: party for party in cases_for(actor)}
        record_consents(
            list(known), actor=actor, at=AT, holder=desk.organisation, purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE, level=IdentityLevel.NAME,
            field_groups=[FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION],
            basis=Basis.FAMILY_PROXY, relation="sibling", how="call",
            given_on=date(2026, 10, 1), until=date(2036, 1, 1),
        )  # fmt: skip
    findings = {name: Finding(Value.NOT_MET) for name in pack(PACE, AT.date()).criteria}
    findings |= {
        "deprived_of_liberty": Finding(Value.MET),
        "a": Finding(Value.MET, ("Peaceful speech.",)),
    }
    with acting_as(desk.reviewer) as actor:
        assessed = record_assessments(
            "person", dict.fromkeys(known, findings), actor=actor, at=AT,
            holder=desk.organisation, pack=PACE,
        )  # fmt: skip
        proposals = propose_recognitions(
            assessed, actor=actor, at=AT, parties=known, reason="as assessed"
        )
    with acting_as(desk.second_reviewer) as actor:
        recognise_together(proposals, actor=actor, at=AT)
    with acting_as(desk.documenter) as actor:
        gates = propose_publications(list(known.values()), actor=actor, at=AT)
    with acting_as(desk.publisher) as actor:
        publish_together(gates, actor=actor, at=AT)


def persons() -> int:
    return count(PUBLIC, as_of=date(2025, 12, 31), country="XR").persons


def of_the_docs(folder: Path) -> int:
    """Count as a stranger does, with the lines of the documentation and nothing else."""
    write_open_data(folder, open_tables(PUBLIC))
    found = re.search(r"```python\n(.*?)```", HOWTO.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    ran = subprocess.run(
        [sys.executable, "-I", "-c", found[1]],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(ran.stdout)


def candidates(desk: Desk) -> list[CandidatePair]:
    with acting_as(desk.reviewer) as actor:
        return candidate_pairs(actor)


def effects(pair: CandidatePair) -> Mapping[MatchField, tuple[Likeness, float]]:
    return {one.field: (one.finding, one.effect) for one in pair.match.reasons}


def confirm_all(desk: Desk) -> list[tuple[UUID, UUID]]:
    """Confirm the likeliest pair until none is left, as a person at the desk does."""
    done = []
    while pairs := candidates(desk):
        pair = pairs[0]
        with acting_as(desk.reviewer) as actor:
            judge_pair(pair.left, pair.right, actor=actor, at=AT + ONE, verdict=SAME)
        done.append((pair.left, pair.right))
    return done


def approve_all(desk: Desk, at: datetime) -> None:
    """Let a second person approve what waits, as at *Desk → Changes*."""
    with acting_as(desk.publisher) as actor:
        seen = offers_for(actor, gates_waiting(actor).values_list("pk", flat=True))
        approve_changes(seen, actor=actor, at=at)


@pytest.mark.usefixtures("rows")
def test_every_candidate_is_a_true_pair_with_its_reasons(desk: Desk) -> None:
    found = candidates(desk)
    assert len(found) == sum(rows * (rows - 1) // 2 for rows in PEOPLE.values())
    for pair in found:
        told = effects(pair)
        assert told[MatchField.NAME][0] is Likeness.SAME
        assert told[MatchField.BIRTH_DATE][0] in {Likeness.SAME, Likeness.COMPATIBLE}
        assert pair.match.score == pytest.approx(
            min(1, sum(effect for _, effect in told.values())), abs=1e-4
        )


@pytest.mark.usefixtures("rows")
def test_merging_gives_one_count_that_a_stranger_repeats(desk: Desk, tmp_path: Path) -> None:
    assert persons() == of_the_docs(tmp_path / "before") == sum(PEOPLE.values())
    merged = confirm_all(desk)
    assert len(merged) == sum(PEOPLE.values()) - len(PEOPLE)
    assert persons() == sum(PEOPLE.values())
    approve_all(desk, AT + ONE)
    assert persons() == of_the_docs(tmp_path / "after") == len(PEOPLE)


@pytest.mark.usefixtures("rows")
def test_each_merge_can_be_undone_and_the_count_goes_back(desk: Desk, tmp_path: Path) -> None:
    merged = confirm_all(desk)
    approve_all(desk, AT + ONE)
    for number, (left, _right) in enumerate(reversed(merged), 1):
        with acting_as(desk.reviewer) as actor:
            newest = judgements_about(actor, left).filter(undone_at__isnull=True)[0]
            assert newest.reasons
            undo_match(newest, actor=actor, at=AT + OTHER)
        assert persons() == len(PEOPLE) + number - 1
        approve_all(desk, AT + OTHER + number * ONE)
        assert persons() == len(PEOPLE) + number
    assert persons() == of_the_docs(tmp_path) == sum(PEOPLE.values())
    assert len(candidates(desk)) == sum(rows * (rows - 1) // 2 for rows in PEOPLE.values())


@pytest.mark.usefixtures("rows")
def test_a_verdict_survives_a_correction_of_the_list(desk: Desk) -> None:
    confirm_all(desk)
    with acting_as(desk.steward) as actor:
        held = list_named(actor, "second")
    assert held is not None
    corrected = LISTS["second"][0].replace("2024-01,", "2024-01-10,")
    batch = bring_in(desk, held, corrected, *LISTS["second"][1:], days=3)
    assert (batch.added, batch.changed, batch.unchanged) == (0, 1, 2)
    assert candidates(desk) == []
