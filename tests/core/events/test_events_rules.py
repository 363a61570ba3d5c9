"""Vocabularies are complete, versioned and equal to the words code depends on."""

from __future__ import annotations

import copy
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from undaunted.core.events.rules import (
    LANGUAGES,
    ActFamily,
    Freedom,
    InvolvementRole,
    LawKind,
    PerpetratorMode,
    ReleaseType,
    Status,
    TargetRole,
    VocabularyBroken,
    VocabularyUnknown,
    choices,
    labels,
    read_vocabulary,
    term,
    versions,
    vocabularies,
    vocabulary,
)
from undaunted.core.events.rules.vocabularies import read_file
from undaunted.core.evidence.rules import (
    CREDIBILITY_MEANING,
    RELIABILITY_MEANING,
    SourceKind,
)

if TYPE_CHECKING:
    from enum import StrEnum

PUBLIC = ("release_types", "target_roles", "law_taxonomy", "whereabouts")


@pytest.mark.parametrize("name", vocabularies())
def test_vocabulary_is_readable_and_says_where_it_comes_from(name: str) -> None:
    held = vocabulary(name)
    assert held.source.citation
    assert held.source.date <= date(2026, 12, 31)
    assert held.source.status in Status


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("release_types", ReleaseType),
        ("target_roles", TargetRole),
        ("law_taxonomy", LawKind),
        ("involvement_roles", InvolvementRole),
        ("perpetrator_modes", PerpetratorMode),
        ("source_kinds", SourceKind),
    ],
)
def test_words_code_depends_on_are_the_vocabulary(name: str, words: type[StrEnum]) -> None:
    assert [word.value for word in words] == list(vocabulary(name).terms)


def test_act_families_are_the_top_of_the_acts() -> None:
    top = {word.code for word in vocabulary("act_types").terms.values() if word.parent is None}
    assert top == {family.value for family in ActFamily}


def test_grades_have_one_meaning() -> None:
    letters = {code.value: meaning for code, meaning in RELIABILITY_MEANING.items()}
    figures = {str(code.value): meaning for code, meaning in CREDIBILITY_MEANING.items()}
    assert dict(labels("admiralty_reliability")) == letters
    assert dict(labels("admiralty_credibility")) == figures


@pytest.mark.parametrize("name", PUBLIC)
def test_what_the_public_reads_has_every_language(name: str) -> None:
    for word in vocabulary(name).terms.values():
        assert tuple(word.labels) == LANGUAGES


@pytest.mark.parametrize("family", ["deprivation_of_liberty", "civil_death"])
def test_kinds_of_detention_and_of_civil_death_have_every_language(family: str) -> None:
    for word in vocabulary("act_types").under(family):
        assert tuple(word.labels) == LANGUAGES


def test_translations_nobody_reviewed_say_so() -> None:
    for name in vocabularies():
        held = vocabulary(name)
        if any(len(word.labels) > 1 for word in held.terms.values()):
            assert held.translations


def test_house_arrest_stays_in_the_stock_and_a_visa_ban_is_no_spell() -> None:
    assert term("act_types", "house_arrest").in_stock is True
    assert term("release_types", "house_arrest").in_stock is True
    assert term("act_types", "visa_ban").in_stock is None


def test_every_kind_of_detention_says_whether_it_is_in_the_stock() -> None:
    for word in vocabulary("act_types").under("deprivation_of_liberty"):
        assert word.in_stock is not None


def test_only_an_unknown_way_out_leaves_freedom_open() -> None:
    free = {word.code: word.freedom for word in vocabulary("release_types").terms.values()}
    assert [code for code, freedom in free.items() if freedom is None] == ["unknown"]
    assert free["conditional_parole"] is Freedom.CONDITIONAL
    assert free["unconditional"] is Freedom.FULL


def test_list_29_has_its_nine_terms_with_their_codes() -> None:
    held = vocabulary("detention_grounds")
    codes = [word.external for word in held.terms.values()]
    assert codes == ["01", "02", "03", "04", "05", "06", "07", "90", "99"]
    assert held.source.status is Status.SECONDARY


def test_labels_fall_back_to_english() -> None:
    assert labels("source_kinds", "ug")["court_paper"] == "Court paper"
    assert labels("law_taxonomy", "lt")["terrorism"] == "Terorizmas"


@pytest.mark.parametrize(
    "name",
    [
        "act_types",
        "health_alerts",
        "law_taxonomy",
        "procedural_stages",
        "release_types",
        "sentence_kinds",
        "target_roles",
        "whereabouts",
    ],
)
def test_words_that_public_pages_show_are_said_in_every_language(name: str) -> None:
    for code, word in vocabulary(name).terms.items():
        assert set(word.labels) == set(LANGUAGES), code


def test_choices_keep_the_order_and_can_be_narrowed() -> None:
    assert choices("target_roles")[0] == ("hrd", "Human rights defender")
    narrowed = dict(choices("act_types", "fr", under="civil_death"))
    assert narrowed["visa_ban"] == "Interdiction de visa"
    assert "torture" not in narrowed


def test_ancestors_are_nearest_first() -> None:
    assert vocabulary("act_types").ancestors("visa_ban") == ("civil_death",)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: vocabulary("moods"),
        lambda: vocabulary("target_roles", 99),
        lambda: term("target_roles", "spy"),
        lambda: labels("target_roles", "xx"),
        lambda: choices("act_types", under="nothing"),
    ],
)
def test_unknown_words_are_refused(ask: Any) -> None:
    with pytest.raises(VocabularyUnknown):
        ask()


def test_version_is_named_by_number() -> None:
    assert versions("target_roles")[0] == 1
    assert vocabulary("target_roles", 1).version == 1


GOOD: dict[str, Any] = {
    "name": "moods",
    "version": 1,
    "title": "Moods",
    "source": {"citation": "Us", "date": date(2026, 1, 1), "status": "own"},
    "terms": [
        {"code": "good", "labels": {"en": "Good", "ru": "Хорошо"}, "freedom": "full"},
        {"code": "very_good", "parent": "good", "labels": {"en": "Very good"}, "in_stock": True},
    ],
}


def test_good_data_are_read() -> None:
    held = read_vocabulary(GOOD, where="moods")
    assert held.terms["good"].label("ru") == "Хорошо"
    assert held.under("good") == (held.terms["very_good"],)


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("name", "", "name: write a text"),
        ("title", None, "title: write a text"),
        ("version", "1", "version: write a whole number"),
        ("score", 1, "'score' is no key here"),
        ("source", None, "source.citation: say where"),
        ("source.date", "2026", "source.date: write the day"),
        ("source.status", "sure", "source.status: write one of"),
        ("terms", [], "terms: write at least one"),
        ("terms.0.code", "Good", r"terms\[1\].code: 'Good' must be small letters"),
        ("terms.0.code", "very_good", "stands twice"),
        ("terms.0.labels", {"ru": "x"}, "give at least the English label"),
        ("terms.0.labels.de", "gut", "labels.de: use a language"),
        ("terms.0.labels.fr", " ", "labels.fr: use a language"),
        ("terms.0.parent", "very_good", "must be a code that stands above"),
        ("terms.0.in_stock", "yes", "in_stock: write true or false"),
        ("terms.0.freedom", "some", "freedom: write one of full"),
        ("terms.0.mood", 1, "'mood' is no key here"),
    ],
)
def test_broken_data_are_refused_with_place_and_remedy(
    path: str, value: object, problem: str
) -> None:
    data = copy.deepcopy(GOOD)
    *parents, last = path.split(".")
    table: Any = data
    for key in parents:
        table = table[int(key)] if key.isdigit() else table[key]
    table[last] = value
    with pytest.raises(VocabularyBroken, match=problem) as caught:
        read_vocabulary(data, where="moods.toml")
    assert caught.value.where == "moods.toml"


def test_pack_file_is_named_after_its_vocabulary() -> None:
    text = files("undaunted.core.events").joinpath("packs", "whereabouts-1.toml").read_text("utf-8")
    assert read_file("whereabouts-1.toml", text) == vocabulary("whereabouts")
    with pytest.raises(VocabularyBroken, match="as the file name has them"):
        read_file("whereabouts-2.toml", text)


@pytest.mark.parametrize(
    ("name", "longest"),
    [("release_types", 24), ("sentence_kinds", 24), ("whereabouts", 24), ("source_kinds", 24)],
)
def test_codes_fit_the_columns_that_keep_them(name: str, longest: int) -> None:
    assert max(map(len, vocabulary(name).terms)) <= longest
