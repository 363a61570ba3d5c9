"""What a row of a list says in the words of the ledger: spells, charges, sentences, sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.prisoners.registry.rules.import_rows import (
    ImportedName,
    ImportRow,
    ImportSummary,
    Outcome,
    Problem,
    RecordKind,
    Sentence,
    SentenceKind,
    Severity,
)
from undaunted.prisoners.registry.rules.ledger_rows import (
    ActFacts,
    LedgerRow,
    ledger_row,
    match_key,
    row_digest,
)

ARREST, END = PartialDate.parse("2021-08-09"), PartialDate.parse("2023-02")
HELD: dict[str, Any] = {
    "person.names": tuple(
        ImportedName(text, "full", "en", "Latn") for text in ("Arna Velisk", "A" * 400)
    ),
    "person.birth": PartialDate.parse("1980"),
    "person.nationality": ("XS", "XR", "XS"),
    "spell.start": ARREST,
    "spell.end": END,
    "spell.expected_release": PartialDate.parse("2024-05"),
    "spell.last_confirmed_held": PartialDate.parse("2022-01-03"),
    "spell.sentence_date": PartialDate.parse("2021-12-01"),
    "spell.sentence": Sentence(SentenceKind.TERM, 36, "three years"),
    "spell.law": ("article 361", "article 290"),
    "spell.law_category": ("extremism", "terrorism"),
    "spell.family_contact": False,
    "spell.city": "Vess",
    "source.url": ("https://list.example/1", "https://list.example/2"),
    "source.date": PartialDate.parse("2021-08"),
    "tier": "B",
}  # fmt: skip


def _row(kind: RecordKind = RecordKind.DETENTION, *problems: Problem, **more: Any) -> ImportRow:
    values = HELD | {name.replace("__", "."): value for name, value in more.items()}
    return ImportRow(
        line=7, sheet="", source_key="7", kind=kind, values=values, problems=tuple(problems)
    )


def _acts(told: LedgerRow) -> dict[str, list[ActFacts]]:
    found: dict[str, list[ActFacts]] = {}
    for act in told.acts:
        found.setdefault(act.category, []).append(act)
    return found


def test_a_person_keeps_what_the_list_says_and_long_names_are_cut() -> None:
    told = ledger_row(_row())
    assert [len(name.text) for name in told.names] == [11, 300]
    assert told.forms[0] == "arna velisk"
    assert (told.person.birth, told.person.birth_latest) == ("1980", date(1980, 12, 31))
    assert (told.person.nationalities, told.person.country) == (("XS", "XR"), "XS")
    assert ledger_row(_row(spell__country="XB", source__grade="A1")).person.country == "XB"
    assert (told.grade, ledger_row(_row(source__grade="A1")).grade) == ("F6", "A1")


def test_a_spell_brings_its_charges_sentence_and_release() -> None:
    acts = _acts(ledger_row(_row(spell__release_kind="pardon")))
    (spell,) = acts["deprivation_of_liberty"]
    assert (spell.start_earliest, spell.end_latest) == (date(2021, 8, 9), date(2023, 2, 28))
    assert (spell.expected_end, spell.confirmed) == ("2024-05", (date(2022, 1, 3),))
    assert (spell.law, spell.sentence_months) == ("article 361; article 290", 36)
    assert (spell.family_contact, spell.city, spell.tier) == (False, "Vess", "B")
    assert not spell.inside
    assert [each.law_category for each in acts["charge"]] == ["extremism", "terrorism"]
    (sentence,) = acts["sentence"]
    assert (sentence.start, sentence.sentence_kind) == ("2021-12-01", "imprisonment")
    (release,) = acts["release"]
    assert (release.start, release.release_type, release.inside) == ("2023-02", "pardon", True)


def test_a_spell_of_which_little_is_known_brings_itself_alone() -> None:
    little = ImportRow(line=1, sheet="", source_key="1", kind=RecordKind.DETENTION, values={
        "spell.last_confirmed_held": PartialDate.parse("../2022"), "spell.law": "article 361",
    })  # fmt: skip
    acts = _acts(ledger_row(little))
    (spell,) = acts.pop("deprivation_of_liberty")
    assert (spell.start, spell.end, spell.confirmed, spell.tier) == ("", "", (), "C")
    assert spell.in_stock
    assert [each.law for each in acts.pop("charge")] == ["article 361"]
    assert acts == {}


def test_somebody_killed_without_being_held_has_no_spell() -> None:
    for day in ({"person__death": END}, {"person__death": None}):
        (killing,) = ledger_row(_row(RecordKind.DEATH, **day)).acts
        assert killing.category == "killing"
        assert killing.start == (END.text if day["person__death"] else ARREST.text)
    assert ledger_row(_row(RecordKind.DEATH, person__death=END)).person.death == "2023-02"


def test_each_address_is_a_source_and_a_row_without_one_has_one_too() -> None:
    told = ledger_row(_row(source__publisher="Watch of XR"))
    assert [each.url[-1] for each in told.sources] == ["1", "2"]
    assert {(each.publisher, each.published) for each in told.sources} == {
        ("Watch of XR", "2021-08")
    }
    (bare,) = ledger_row(_row(source__url=None, source__date=None)).sources
    assert (bare.url, bare.published) == ("", "")


@pytest.mark.parametrize(
    "change",
    [
        {"spell__end": PartialDate.parse("2023-03")},
        {"spell__sentence": Sentence(SentenceKind.LIFE)},
        {"person__names": (ImportedName("Arna Velisk", "alias", "en", "Latn"),)},
        {"person__nationality": ("XS",)},
        {"spell__family_contact": True},
    ],
)
def test_whatever_changes_in_a_row_changes_its_digest(change: dict[str, Any]) -> None:
    assert row_digest(_row(**change)) != row_digest(_row())
    assert row_digest(_row()) == row_digest(_row())


def test_an_end_that_was_bounded_by_the_day_of_reading_changes_no_digest() -> None:
    guessed = Problem(Severity.WARNING, "ended_without_date")
    later = _row(RecordKind.DETENTION, guessed, spell__end=PartialDate.parse("2023-03"))
    assert row_digest(later) == row_digest(_row(RecordKind.DETENTION, guessed))


def test_a_judgement_remembers_a_row_by_its_list_and_key() -> None:
    assert match_key("roll", "7") == "roll:7"
    assert match_key("roll", "7" * 300).startswith("sha256:")


def test_rows_are_counted_by_what_became_of_them() -> None:
    summary = ImportSummary()
    problem = Problem(Severity.ERROR, "bad_date")
    summary.add(_row(RecordKind.DETENTION, problem, problem))
    summary.add(_row())
    assert summary.rows == 2
    assert summary.errors == {"bad_date": 1}
    assert sum(summary.outcomes[each] for each in Outcome) == 2


def test_a_row_that_the_mapping_passes_over_is_counted_by_its_reason() -> None:
    summary = ImportSummary()
    summary.add(replace(_row(), skipped="no_person"))
    assert (summary.skipped, summary.outcomes[Outcome.SKIPPED]) == ({"no_person": 1}, 1)
