"""Packs are read strictly: whatever is wrong is named with file, rule, reason and remedy."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.tree import ROOT
from undaunted.core.clocks.forms import QuestionForm
from undaunted.core.clocks.rules import (
    Kind,
    PackBroken,
    SourceStatus,
    StartEvent,
    choose,
    read_packs,
    read_rules,
    rules,
)
from undaunted.core.clocks.writers import status_words
from undaunted.core.clocks.writers.reference import reference_rows

__all__: list[str] = []

GOOD = """
[[rules]]
id = "xr-appeal"
version = 1
kind = "legal"
valid_from = 2020-01-01
starts = "receipt"
counting = "day_after"
roll = "next_working_day"
zone = "UTC"
calendar = "weekends"
[rules.title]
en = "Appeal"
fr = "Appel"
[rules.short]
en = "Appeal due"
[[rules.limits]]
amount = 14
unit = "days"
firmness = "hard"
[rules.extension]
most = 1
by = "the court"
amount = 7
unit = "days"
[rules.source]
law = "Law of XR"
article = "Article 5"
status = "unverified"
read_on = 2026-11-25
"""


def changed(**values: Any) -> dict[str, Any]:
    data = tomllib.loads(GOOD)
    row = data["rules"][0]
    for path, value in values.items():
        *ways, last = path.split("__")
        place: Any = row
        for way in ways:
            place = place[int(way) if way.isdigit() else way]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return data


def test_a_good_pack_is_read() -> None:
    (rule,) = read_packs([("xr.toml", GOOD)])
    assert rule.reference == "xr-appeal@1"
    assert rule.title["fr"] == "Appel"
    assert rule.source.status is SourceStatus.UNVERIFIED
    assert rule.extension is not None
    assert rule.extension.period is not None
    (open_ended,) = read_rules(changed(extension={"most": 2, "by": "x"}), where="xr.toml")
    assert open_ended.extension is not None
    assert open_ended.extension.period is None


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"id": "Appeal!"}, "rules[1].id: write small letters"),
        ({"version": True}, "xr-appeal.version: write a whole number"),
        ({"kind": "moral"}, "xr-appeal.kind: write one of legal"),
        ({"starts": "birth"}, "xr-appeal.starts: write one of"),
        ({"valid_from": "2020"}, "xr-appeal.valid_from: write the first day"),
        ({"valid_to": date(2019, 1, 1)}, "xr-appeal.valid_to: write the first day no longer"),
        ({"title__en": " "}, "xr-appeal.title.en: write the English text"),
        ({"title__fr": ""}, "xr-appeal.title.fr: write a language's code"),
        ({"title__FR": "x"}, "xr-appeal.title.FR: write a language's code"),
        ({"short": "due"}, "xr-appeal.short.en: write the English text"),
        ({"zone": "Mars"}, "xr-appeal.zone: There is no time zone 'Mars'"),
        ({"calendar": "QQ"}, "xr-appeal.calendar: The library of holidays does not know 'QQ'"),
        ({"calendar": "none"}, "xr-appeal.roll: a calendar without weekends"),
        ({"source": None}, "xr-appeal.source: write a source table"),
        ({"source__law": ""}, "xr-appeal.source.law: write a text"),
        ({"source__status": "sure"}, "xr-appeal.source.status: write one of verified"),
        ({"source__read_on": None}, "xr-appeal.source.read_on: write the day"),
        ({"source__author": "me"}, "xr-appeal.source: 'author' is no key here"),
        ({"limits": []}, "xr-appeal.limits: write at least one"),
        ({"limits": [3]}, "xr-appeal.limits[1]: write a table"),
        ({"limits__0__amount": 0}, "xr-appeal.limits[1].amount: write a whole number"),
        ({"limits__0__amount": 1001}, "xr-appeal.limits[1].amount: write a whole number"),
        ({"limits__0__unit": "moons"}, "xr-appeal.limits[1].unit: write one of hours"),
        ({"limits__0__firmness": "limp"}, "xr-appeal.limits[1].firmness: write one of hard"),
        ({"limits__0__long_stop": 1}, "xr-appeal.limits[1].long_stop: write true or false"),
        ({"limits__0__whose": ""}, "xr-appeal.limits[1].whose: write for whom it is"),
        ({"limits__0__unit": "hours"}, "xr-appeal.counting: hours count from moment"),
        ({"counting": "moment"}, "xr-appeal.counting: hours count from moment"),
        (
            {"calendar": "none", "roll": "none", "limits__0__unit": "working_days"},
            "xr-appeal.calendar: working days need a calendar",
        ),
        ({"extension": 3}, "xr-appeal.extension: write a table"),
        ({"extension__most": 0}, "xr-appeal.extension.most: write how often"),
        ({"extension__by": ""}, "xr-appeal.extension.by: write who"),
        ({"extension__unit": None}, "xr-appeal.extension.unit: write one of"),
        ({"stoppable": "no"}, "xr-appeal.stoppable: write true or false"),
        ({"colour": "red"}, "xr-appeal: 'colour' is no key here; remove it"),
    ],
)
def test_a_bad_value_is_named_with_its_rule_and_remedy(values: dict[str, Any], told: str) -> None:
    with pytest.raises(PackBroken) as refused:
        read_rules(changed(**values), where="xr.toml")
    assert str(refused.value).startswith("xr.toml: ")
    assert any(problem.startswith(told) for problem in refused.value.problems)


def test_hours_and_days_do_not_mix() -> None:
    data = changed()
    data["rules"][0]["limits"].append({"amount": 2, "unit": "hours", "firmness": "soft"})
    with pytest.raises(PackBroken, match="hours do not mix with days"):
        read_rules(data, where="xr.toml")


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(PackBroken) as refused:
        read_rules(changed(version=0, zone="Mars", stoppable=3), where="xr.toml")
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("data", [{}, {"rules": []}, {"rules": 3}, {"rules": [3]}])
def test_a_pack_without_rules_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(PackBroken, match="rules"):
        read_rules(data, where="xr.toml")


def test_a_file_that_is_not_toml_is_refused_by_name() -> None:
    with pytest.raises(PackBroken, match=r"bad\.toml: not TOML"):
        read_packs([("bad.toml", "[[rules")])


def test_versions_follow_each_other_and_never_overlap() -> None:
    later = GOOD.replace("version = 1", "version = 2").replace("2020-01-01", "2028-01-17")
    with pytest.raises(PackBroken, match="overlaps xr-appeal@1"):
        read_packs([("a.toml", GOOD), ("b.toml", later)])
    with pytest.raises(PackBroken, match="exists twice"):
        read_packs([("a.toml", GOOD), ("b.toml", GOOD)])
    ended = GOOD.replace("2020-01-01", "2020-01-01\nvalid_to = 2028-01-17")
    both = read_packs([("a.toml", ended), ("b.toml", later)])
    assert choose(both, "xr-appeal", date(2028, 1, 16)).version == 1
    assert choose(both, "xr-appeal", date(2028, 1, 17)).version == 2


@given(
    st.dictionaries(
        st.sampled_from(["id", "version", "kind", "title", "source", "limits", "extension"]),
        st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers()),
    )
)
def test_no_row_whatever_it_holds_breaks_the_reader(row: dict[str, Any]) -> None:
    with pytest.raises(PackBroken):
        read_rules({"rules": [row]}, where="any.toml")


def test_shipped_rules_say_where_they_stand_and_how_well_that_is_known() -> None:
    assert {rule.id.partition("-")[0] for rule in rules()} == {
        "aci",
        "alert",
        "australia",
        "canada",
        "ccf",
        "cfius",
        "fdi",
        "japan",
        "lifeline",
        "nsia",
        "petition",
        "practice",
        "response",
        "retention",
        "sanctions",
        "screening",
        "wgad",
    }
    for rule in rules():
        assert rule.source.law
        assert rule.source.read_on <= date(2026, 11, 27)
        if rule.kind is Kind.LEGAL and rule.source.status is SourceStatus.VERIFIED:
            assert "a stored copy" in rule.source.read_in or "stored copies" in rule.source.read_in
            assert rule.source.url
        if rule.source.status is SourceStatus.SECONDARY:
            assert rule.source.read_in


def test_the_reference_lists_every_rule_as_the_packs_have_it() -> None:
    page = (ROOT / "docs/reference/clock-rules.md").read_text("utf-8")
    written = [line for line in page.splitlines() if line.startswith("| `")]
    assert written == reference_rows()
    legal = [each for each in rules() if each.kind is Kind.LEGAL]
    read = [each for each in legal if each.source.status is SourceStatus.VERIFIED]
    named = ", ".join(f"`{each.id}`" for each in read)
    known = len({each.id for each in legal})
    told = f"Of {known} rules of law, {len(read)} were read at the publisher: {named}."
    assert told in " ".join(page.split())


def test_the_guide_for_lawyers_shows_a_rule_that_can_be_read() -> None:
    page = (ROOT / "docs/how-to/add-a-deadline-rule.md").read_text("utf-8")
    (example,) = page.split("```toml\n")[1:]
    (rule,) = read_packs([("example.toml", example.partition("```")[0])])
    assert rule.id == "xr-appeal"
    assert all(f"`{event}`" in page for event in StartEvent)


def test_a_rule_of_several_versions_is_offered_once() -> None:
    offered = [name for name, _ in QuestionForm().fields["rule"].choices]  # type: ignore[attr-defined]
    assert sorted(offered) == sorted({rule.id for rule in rules()})


def test_a_rule_of_our_own_is_told_as_a_proposal() -> None:
    ours = [each for each in rules() if each.source.article.startswith("model regime")]
    assert {each.source.status for each in ours} == {SourceStatus.PROPOSAL}
    assert status_words(SourceStatus.PROPOSAL) == "A proposal of this product, no law"
