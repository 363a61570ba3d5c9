"""Packs say what they say, and their results follow from the findings alone."""

from __future__ import annotations

import copy
import re
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.standards.rules import (
    UNCLEAR,
    Finding,
    FindingsStrange,
    Pack,
    PackBroken,
    PackUnknown,
    SourceStatus,
    StepKind,
    Value,
    choose,
    evaluate,
    held_at_snapshot,
    pack,
    pack_version,
    packs,
    read_pack,
    read_packs,
    snapshot_day,
)
from undaunted.core.standards.rules.logic import (
    AtLeast,
    Expression,
    Met,
    Not,
    criteria_of,
    read_expression,
)

TODAY = date(2026, 1, 1)
MET, NOT_MET, OPEN = (Finding(value) for value in (Value.MET, Value.NOT_MET, Value.UNCLEAR))
VALUES = st.sampled_from([MET, NOT_MET, OPEN])


def found(**values: Finding) -> dict[str, Finding]:
    return values


def pace(**values: Finding) -> Any:
    return evaluate(pack("pace-1900", TODAY), found(**values))


HELD = {"deprived_of_liberty": MET, "terrorist_crime": NOT_MET}
NOTHING = {
    "a": NOT_MET,
    "b": NOT_MET,
    "c_disproportionate": NOT_MET,
    "d_motive": NOT_MET,
    "e_unfair": NOT_MET,
}


AUTHORITIES = {
    "au-6a-corruption",
    "au-6a-rights",
    "ca-jvcfoa-2017",
    "ca-sema-1992",
    "ee-entry-2016",
    "eu-2020-1998",
    "gb-gacsr-2021",
    "gb-ghrsr-2020",
    "lt-aliens-133",
    "us-eo-13818",
    "us-glomag-2016",
}
"""Laws under which somebody may be listed: tested on a file, not on a person."""


def test_every_pack_ships_readable() -> None:
    assert {held.id for held in packs()} == {
        "pace-1900",
        "wgad",
        "cpj-census",
        "coercion-trigger",
        "eu-aci-coercion",
        *AUTHORITIES,
    }


def test_pack_folder_names_each_version() -> None:
    folder = files("undaunted.core.standards").joinpath("packs")
    names = {path.name for path in folder.iterdir() if path.name.endswith(".toml")}
    assert names == {f"{held.id}-{held.version}.toml" for held in packs()}


WRITTEN_IN = {("pace-1900", "fr")}
"""Beside English, languages in which a body writes its own standard: its words, no translation."""


def test_translations_are_never_passed_off_as_the_standard() -> None:
    for held in packs():
        for criterion in held.criteria.values():
            for language, text in criterion.texts.items():
                if (held.id, language) in WRITTEN_IN:
                    assert (text.status is SourceStatus.VERIFIED) or text.wording == "summary"
                elif language != "en":
                    assert text.wording == "summary"
                    assert text.status is SourceStatus.UNVERIFIED


def test_text_in_an_absent_language_is_the_english_one() -> None:
    criterion = pack("pace-1900", TODAY).criteria["a"]
    assert criterion.text("vi") == criterion.texts["en"]
    assert criterion.text("fr").text.startswith("si la détention a été imposée")


@pytest.mark.parametrize(
    ("findings", "category"),
    [
        ({"a": MET}, "a"),
        ({"b": MET}, "b"),
        ({"c_disproportionate": MET, "c_motive": MET}, "c"),
        ({"d_discriminatory": MET, "d_motive": MET}, "d"),
        ({"e_unfair": MET, "e_motive": MET}, "e"),
    ],
)
def test_one_pace_criterion_is_enough(findings: dict[str, Finding], category: str) -> None:
    outcome = pace(**HELD, **findings)
    assert (outcome.result, outcome.qualifies, outcome.categories) == ("meets", True, (category,))
    assert outcome.label.endswith(f"under {category}")
    assert set(outcome.decided_by) == {*HELD, *findings}
    assert outcome.missing == ()


@pytest.mark.parametrize("letter", ["c_disproportionate", "d_discriminatory", "e_unfair"])
def test_pace_criterion_without_political_motive_is_not_met(letter: str) -> None:
    motives = {"c_motive": NOT_MET, "d_motive": NOT_MET, "e_motive": NOT_MET}
    outcome = pace(**HELD, a=NOT_MET, b=NOT_MET, **{letter: MET}, **motives)
    assert (outcome.result, outcome.qualifies) == ("does_not_meet", False)


def test_pace_without_any_criterion_does_not_meet() -> None:
    assert pace(**HELD, **NOTHING).result == "does_not_meet"


def test_lawful_conviction_for_terrorist_crimes_excludes() -> None:
    lawful = {**HELD, "terrorist_crime": MET, "terrorist_trial_lawful": MET}
    assert pace(**lawful, a=MET).result == "excluded"
    unfair = {**HELD, "terrorist_crime": MET, "terrorist_trial_lawful": NOT_MET}
    assert pace(**unfair, a=MET).result == "meets"


def test_a_person_who_is_free_is_no_prisoner() -> None:
    assert pace(deprived_of_liberty=NOT_MET, a=MET).result == "not_deprived_of_liberty"


def test_unclear_result_names_what_is_missing() -> None:
    outcome = pace(deprived_of_liberty=MET, a=MET)
    assert (outcome.result, outcome.qualifies, outcome.decided) == (UNCLEAR, None, False)
    assert outcome.missing == ("terrorist_crime", "terrorist_trial_lawful")
    assert outcome.decided_by == ()
    assert "b" in outcome.unassessed


def test_explanation_carries_reasons_and_sources_of_each_finding() -> None:
    said = Finding(Value.MET, ("An essay was the only evidence.",), ("source-1",))
    steps = pace(**HELD, a=said).explanation
    step = next(step for step in steps if (step.kind, step.code) == (StepKind.CRITERION, "a"))
    assert (step.reasons, step.sources) == (said.reasons, said.sources)
    assert steps[-1].kind is StepKind.OUTCOME
    assert "{" not in steps[-1].title


def test_wgad_names_every_category_that_is_met() -> None:
    findings = found(
        filed_without_opinion=NOT_MET,
        exercise_of_rights=MET,
        fair_trial_not_observed=MET,
        fair_trial_gravity=MET,
    )
    outcome = evaluate(pack("wgad", TODAY), findings)
    assert (outcome.result, outcome.categories) == ("arbitrary", ("II", "III"))
    assert outcome.label == "Arbitrary under categories II, III"


def test_wgad_unfair_trial_must_be_grave() -> None:
    names = pack("wgad", TODAY).criteria
    findings = dict.fromkeys(names, NOT_MET) | {"fair_trial_not_observed": MET}
    assert evaluate(pack("wgad", TODAY), findings).result == "not_arbitrary"


def test_wgad_filed_case_says_neither() -> None:
    outcome = evaluate(pack("wgad", TODAY), found(filed_without_opinion=MET))
    assert (outcome.result, outcome.qualifies) == ("filed_no_decision", None)
    assert outcome.decided


def test_cpj_census_leaves_out_non_state_captors() -> None:
    census = pack("cpj-census", TODAY)
    inside = dict.fromkeys(census.criteria, MET)
    assert evaluate(census, inside).result == "in_census"
    assert evaluate(census, inside | {"government_custody": NOT_MET}).result == "not_in_census"
    assert evaluate(census, found(government_custody=NOT_MET)).result == "not_in_census"


def test_census_looks_on_the_first_of_december() -> None:
    assert snapshot_day(pack("cpj-census", TODAY), 2025) == date(2025, 12, 1)
    assert snapshot_day(pack("wgad", TODAY), 2025) is None


DAY = date(2025, 12, 1)


@pytest.mark.parametrize(
    ("start", "end", "value"),
    [
        (date(2025, 11, 30), None, Value.MET),
        (date(2025, 11, 30), DAY, Value.MET),
        (date(2025, 11, 29), date(2025, 11, 30), Value.NOT_MET),
        (DAY, None, Value.NOT_MET),
    ],
)
def test_snapshot_is_the_midnight_at_which_the_day_begins(
    start: date, end: date | None, value: Value
) -> None:
    held = held_at_snapshot(
        DAY, start_earliest=start, start_latest=start, end_earliest=end, end_latest=end
    )
    assert held is value


def test_partial_dates_around_the_snapshot_are_unclear() -> None:
    held = held_at_snapshot(
        DAY,
        start_earliest=date(2025, 1, 1),
        start_latest=date(2025, 12, 31),
        end_earliest=None,
        end_latest=None,
    )
    assert held is Value.UNCLEAR


def test_value_of_a_fact_that_may_be_unknown() -> None:
    assert [Value.of(fact) for fact in (True, False, None)] == [
        Value.MET,
        Value.NOT_MET,
        Value.UNCLEAR,
    ]


def test_finding_on_no_criterion_is_refused() -> None:
    with pytest.raises(FindingsStrange, match="no criterion is_political_prisoner"):
        pace(is_political_prisoner=MET)


# Laws


@st.composite
def assessed(draw: st.DrawFn) -> tuple[Pack, dict[str, Finding]]:
    held = draw(st.sampled_from(packs()))
    values = draw(st.lists(VALUES, min_size=len(held.criteria), max_size=len(held.criteria)))
    return held, dict(zip(held.criteria, values, strict=True))


@given(assessed(), st.data())
def test_resolving_what_is_unclear_never_turns_a_decided_result(
    given_: tuple[Pack, dict[str, Finding]], data: st.DataObject
) -> None:
    held, findings = given_
    before = evaluate(held, findings)
    more = {
        name: data.draw(VALUES) if finding is OPEN else finding
        for name, finding in findings.items()
    }
    after = evaluate(held, more)
    if before.decided:
        assert (after.result, after.qualifies) == (before.result, before.qualifies)
    assert set(before.categories) <= set(after.categories)


@given(assessed())
def test_what_decided_alone_decides(given_: tuple[Pack, dict[str, Finding]]) -> None:
    held, findings = given_
    outcome = evaluate(held, findings)
    assert bool(outcome.decided_by) == outcome.decided
    assert bool(outcome.missing) != outcome.decided
    alone = {name: findings[name] for name in outcome.decided_by}
    assert evaluate(held, alone).result == (outcome.result if outcome.decided else UNCLEAR)


@given(assessed())
def test_complete_findings_always_decide(given_: tuple[Pack, dict[str, Finding]]) -> None:
    held, findings = given_
    complete = {name: NOT_MET if held_ is OPEN else held_ for name, held_ in findings.items()}
    assert evaluate(held, complete).decided


NAMES = ("p", "q", "r")
EXPRESSIONS: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([{"met": name} for name in NAMES]),
    lambda inner: st.one_of(
        inner.map(lambda one: {"not": one}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: {"at_least": 2, "of": parts}),
    ),
    max_leaves=8,
)


def read(data: object, problems: list[str] | None = None) -> Expression:
    found_problems: list[str] = [] if problems is None else problems
    expression = read_expression(
        data, criteria=frozenset(NAMES), categories={}, place="when", problems=found_problems
    )
    if problems is None:
        assert found_problems == []
    return expression


def classical(expression: Expression, facts: dict[str, bool]) -> bool:
    if isinstance(expression, Met):
        return facts[expression.criterion]
    if isinstance(expression, Not):
        return not classical(expression.inner, facts)
    return sum(classical(part, facts) for part in expression.parts) >= expression.count


@given(EXPRESSIONS, st.lists(VALUES, min_size=3, max_size=3))
def test_kleene_agrees_with_two_values_and_is_never_surer(
    data: object, values: list[Finding]
) -> None:
    expression = read(data)
    findings = dict(zip(NAMES, values, strict=True))
    verdict = expression.judge(findings)
    completions: set[bool] = set()
    for number in range(2 ** len(NAMES)):
        facts = {name: bool(number >> place & 1) for place, name in enumerate(NAMES)}
        fits = all(
            findings[name] is OPEN or (findings[name] is MET) == facts[name] for name in NAMES
        )
        if fits:
            completions.add(classical(expression, facts))
    if verdict.value is not Value.UNCLEAR:
        assert completions == {verdict.value is Value.MET}
    assert verdict.because <= criteria_of(expression)


def test_at_least_counts() -> None:
    two = AtLeast(2, (Met("p"), Met("q"), Met("r")))
    assert two.judge(found(p=MET, q=MET)).value is Value.MET
    assert two.judge(found(p=MET)).value is Value.UNCLEAR
    assert two.judge(found(p=NOT_MET, q=NOT_MET)).value is Value.NOT_MET


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("a", "write a table"),
        ({"unclear": "p"}, "found unclear"),
        ({}, "found nothing"),
        ({"met": "z"}, "'z' is no criterion"),
        ({"category": "I"}, "none, there are none"),
        ({"all": []}, "at least one expression"),
        ({"any": "p"}, "at least one expression"),
        ({"at_least": 3, "of": [{"met": "p"}]}, "a number from 1 to 1"),
        ({"at_least": True, "of": [{"met": "p"}]}, "a number from 1 to 1"),
        ({"all": [{"not": {"met": "z"}}]}, r"when.all\[1\].not.met"),
    ],
)
def test_broken_logic_is_named(data: object, problem: str) -> None:
    problems: list[str] = []
    read(data, problems)
    assert len(problems) == 1
    assert re.search(problem, problems[0])


# Reading


def written(name: str = "pace-1900-1.toml") -> dict[str, Any]:
    text = files("undaunted.core.standards").joinpath("packs", name).read_text("utf-8")
    return tomllib.loads(text)


def set_at(data: dict[str, Any], path: str, value: object) -> None:
    *parents, last = path.split(".")
    table: Any = data
    for key in parents:
        table = table[int(key)] if key.isdigit() else table[key]
    table[last] = value


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("id", "PACE", "id: write small letters"),
        ("version", 0, "version: write a whole number"),
        ("version", True, "version: write a whole number"),
        ("title", " ", "title: write the name"),
        ("valid_from", "2012", "valid_from: write the first day"),
        ("valid_to", date(2000, 1, 1), "valid_to: write the first day no longer"),
        ("subject_kinds", [], "subject_kinds: list"),
        ("is_political_prisoner", True, "'is_political_prisoner' is no key here"),
        ("source", "PACE", r"source: write a \[source\] table"),
        ("source.citation", "", "source.citation: write"),
        ("source.date", "2012", "source.date: write"),
        ("source.status", "sure", "source.status: write one of verified"),
        ("criteria", [], "criteria: write at least one"),
        ("criteria.0.id", "a b", r"criteria\[1\].id"),
        ("criteria.0.id", "a", "criteria.a: stands twice"),
        ("criteria.0.title", "", "criteria.deprived_of_liberty.title"),
        ("criteria.0.texts", {}, "texts.en: write the English text"),
        ("criteria.0.texts.de", {"text": "x"}, "texts.de: use a language"),
        ("criteria.0.texts.en.wording", "mine", "texts.en.wording"),
        ("criteria.0.texts.en.status", "mine", "texts.en.status"),
        ("criteria.0.texts.en.score", 1, "'score' is no key here"),
        ("categories", [], "categories: write at least one"),
        ("categories.0.title", "", "categories.a.title"),
        ("categories.0.when", {"met": "z"}, "'z' is no criterion"),
        ("categories.0.when", {"category": "b"}, "no category that stands above"),
        ("outcomes", None, "outcomes: write at least one"),
        ("outcomes.0.code", "unclear", "'unclear' is the name for no outcome yet"),
        ("outcomes.0.label", "", "outcomes.not_deprived_of_liberty.label"),
        ("outcomes.0.qualifies", "yes", "qualifies: write true or false"),
        ("outcomes.0.when", {"met": "a"}, "criteria.deprived_of_liberty: no outcome depends"),
        ("snapshot", "12-01", "snapshot: write a table"),
        ("snapshot", {"month": 2, "day": 29}, "a day that every year has"),
        ("snapshot", {"month": 2}, "a day that every year has"),
    ],
)
def test_broken_pack_is_refused_with_place_and_remedy(
    path: str, value: object, problem: str
) -> None:
    data = copy.deepcopy(written())
    set_at(data, path, value)
    with pytest.raises(PackBroken, match=problem) as caught:
        read_pack(data, where="pace.toml")
    assert str(caught.value).startswith("pace.toml: ")
    assert caught.value.problems


@pytest.mark.parametrize("rows", ["categories", "outcomes"])
def test_rule_without_when_is_refused(rows: str) -> None:
    data = written()
    del data[rows][0]["when"]
    with pytest.raises(PackBroken, match=r"\.when: say"):
        read_pack(data, where="pace.toml")


def test_versions_stand_side_by_side_and_the_day_chooses() -> None:
    old = read_pack(written() | {"valid_to": date(2030, 1, 1)}, where="old")
    new = read_pack(written() | {"version": 2, "valid_from": date(2030, 1, 1)}, where="new")
    held = (old, new)
    assert choose(held, "pace-1900", date(2029, 12, 31)) is old
    assert choose(held, "pace-1900", date(2030, 1, 1)) is new


def test_standard_before_its_first_day_and_unknown_standard_are_refused() -> None:
    with pytest.raises(PackUnknown, match="first begins on 2012-10-03"):
        pack("pace-1900", date(2012, 10, 2))
    with pytest.raises(PackUnknown, match="No standard is called"):
        pack("amnesty", TODAY)


def test_assessment_finds_the_version_it_names() -> None:
    assert pack_version("pace-1900@1").id == "pace-1900"
    with pytest.raises(PackUnknown, match="pace-1900@9"):
        pack_version("pace-1900@9")


def text_of(**changes: str) -> str:
    text = files("undaunted.core.standards").joinpath("packs", "wgad-1.toml").read_text("utf-8")
    for key, value in changes.items():
        lines = text.splitlines()
        place = next(n for n, line in enumerate(lines) if line.startswith(f"{key} ="))
        lines[place] = f"{key} = {value}"
        text = "\n".join(lines)
    return text


def test_same_version_twice_is_refused() -> None:
    with pytest.raises(PackBroken, match="exists twice"):
        read_packs([("a.toml", text_of()), ("b.toml", text_of())])


@pytest.mark.parametrize("start", ["2020-01-01", "1999-01-01"])
def test_overlapping_versions_are_refused(start: str) -> None:
    with pytest.raises(PackBroken, match="overlaps wgad@1"):
        read_packs([("a.toml", text_of()), ("b.toml", text_of(version="2", valid_from=start))])


def test_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(PackBroken, match=r"bad\.toml: not TOML"):
        read_packs([("bad.toml", "id = ")])


def test_versions_that_meet_are_read_together() -> None:
    old = text_of(valid_from="2011-01-01\nvalid_to = 2030-01-01")
    new = text_of(version="2", valid_from="2030-01-01")
    assert [held.reference for held in read_packs([("b", new), ("a", old)])] == ["wgad@1", "wgad@2"]


def test_pack_in_which_no_outcome_holds_stays_undecided() -> None:
    data = written("cpj-census-1.toml")
    del data["outcomes"][1]
    outcome = evaluate(read_pack(data, where="half"), found(journalist=NOT_MET))
    assert (outcome.result, outcome.missing) == (UNCLEAR, ())
