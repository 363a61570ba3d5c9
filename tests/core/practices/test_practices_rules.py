"""What a practice must have, what is refused and how it is told, and what comes with this copy."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.core.practices.factories import entry, written
from undaunted.core.practices.rules import (
    INSTRUMENTS,
    Aim,
    Condition,
    EntryBroken,
    Grade,
    Instrument,
    MenuEntry,
    PracticeSourceStatus,
    PracticeTlp,
    causal_words,
    fit,
    in_menu_order,
    no_wider_than,
    overdue,
    read_entries,
    read_entry,
    shipped_entries,
)
from undaunted.core.practices.writers import (
    AIMS,
    CONDITIONS,
    GRADES,
    INSTRUMENTS_TOLD,
    MARKINGS,
    STAGES,
    STATES,
    STATUSES,
    WITHDRAWALS,
    told,
)

__all__: list[str] = []


def _row(key: str, number: int = 0, **changed: Any) -> dict[str, Any]:
    """Give the practice with one row of a list changed; None takes a key away."""
    data = written()
    row = {**data[key][number], **changed}
    data[key][number] = {name: value for name, value in row.items() if value is not None}
    return data


def test_practice_is_read_and_written_again_as_the_same() -> None:
    held = entry()
    assert read_entry(held.as_data(), where="again") == held
    assert held.digest == entry().digest
    assert held.digest != entry(title="Another title").digest
    assert held.countries == ("XR",)
    assert held.conditions == (Condition.COUNTERPART_ACCESS,)
    assert held.source("gazette").status is PracticeSourceStatus.VERIFIED


def test_days_of_a_toml_file_are_read_as_days() -> None:
    data = _row("implementations", when=date(2024, 3, 1))
    assert read_entry(data, where="test").implementations[0].when == "2024-03-01"


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "extra": (written(colour="red"), "'colour' is no key here"),
    "reference": (written(reference="No Such"), "reference: write small letters"),
    "long reference": (written(reference="a" * 61), "reference: write small letters"),
    "no reference": (written(reference=7), "reference: write small letters"),
    "aim": (written(aim="revenge"), "aim: write one of release, shelter, accountability"),
    "aim no text": (written(aim=["release"]), "aim: write one of"),
    "stages": (written(stages="entry"), "stages: write a list"),
    "stage": (written(stages=["heaven"]), "stages: write one of entry"),
    "language": (written(language="tlh"), "language: write the code"),
    "route": (written(route_in_use="yes"), "route_in_use: write true or false"),
    "title": (written(title=" "), "title: write a text that is not empty"),
    "null": (written(summary="a\x00b"), "summary: write 1200 letters at most, and no null"),
    "long": (written(title="x" * 161), "title: write 160 letters at most"),
    "no implementation": (written(implementations=[]), "implementations: write at least one"),
    "no failure": (written(failures=[]), "failures: write at least one"),
    "no sources": (written(sources=None), "sources: write at least one"),
    "many": (written(risks=[{"text": "x"}] * 51), "risks: write 50 at most"),
    "no table": (written(risks=["dangerous"]), "risks 1: write a table"),
    "row extra": (_row("risks", weight=3), "risks 1: 'weight' is no key here"),
    "kind": (_row("preconditions", kind="luck"), "preconditions 1, kind: write one of"),
    "grade": (_row("effects", grade="certain"), "effects 1, grade: write one of"),
    "when": (_row("implementations", when="long ago"), "implementations 1, when: write a day"),
    "undated": (_row("implementations", when=None), "implementations 1, when: write a day"),
    "where": (_row("implementations", where=["QQ"]), "'QQ' is no code of a country"),
    "nowhere": (_row("implementations", where=[]), "where: list the codes"),
    "unsourced": (_row("implementations", sources=[]), "name at least one source"),
    "effect unsourced": (_row("effects", sources=None), "effects 1, sources: name at least one"),
    "sources text": (_row("risks", sources="gazette"), "risks 1, sources: write a list"),
    "sources numbers": (_row("risks", sources=[1]), "risks 1, sources: write a list"),
    "source id": (_row("sources", id="No!"), "sources 1, id: write small letters"),
    "url": (_row("sources", url="gazette.example"), "sources 1, url: write the address"),
    "source day": (_row("sources", date="one day"), "sources 1, date: write a day"),
    "status": (_row("sources", status="sure"), "sources 1, status: write one of verified"),
    "read on": (_row("sources", read_on="May"), "sources 1, read_on: write the day it was read"),
    "verified unread": (_row("sources", read_on=None), "say on which day it was read"),
    "secondary": (_row("sources", status="secondary"), "read_in: say in which copy"),
    "note": (_row("sources", note="\x00"), "sources 1, note: write 1500 letters"),
    "instrument": (written(instrument="visa"), "visa does not serve release"),
    "stages of release": (written(stages=["entry"]), "names at least one stage, any other none"),
    "stages of accountability": (
        written(aim="accountability", instrument="trial_abroad", stages=["stay"]),
        "names at least one stage, any other none",
    ),
    "instrument of accountability": (
        written(aim="accountability", instrument="sanctions"),
        "sanctions does not serve accountability; write one of trial_abroad",
    ),
    "no stages": (written(aim="shelter", instrument="visa"), "names at least one stage"),
    "route not red": (written(route_in_use=True), "a way out that is still in use is marked RED"),
    "twice": (written(sources=written()["sources"] * 2), "gazette stands twice"),
    "unknown source": (_row("risks", sources=["rumour"]), "there is no source rumour"),
    "cause": (_row("effects", text="The list led to releases."), "led to claims a cause"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_told_with_the_place_and_the_remedy(case: str) -> None:
    data, expected = BAD[case]
    with pytest.raises(EntryBroken) as broken:
        read_entry(data, where="here")
    assert any(expected in each for each in broken.value.problems), broken.value.problems
    assert str(broken.value).startswith("here: ")


def test_source_that_nothing_names_is_told() -> None:
    data = written()
    data["sources"].append({**data["sources"][0], "id": "spare"})
    with pytest.raises(EntryBroken, match="nothing names spare"):
        read_entry(data, where="here")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(EntryBroken) as broken:
        read_entry({}, where="here")
    assert len(broken.value.problems) >= 10
    with pytest.raises(EntryBroken, match="write a table"):
        read_entry("a practice", where="here")


def test_practice_without_a_known_effect_stands_and_a_way_in_use_may_be_red() -> None:
    assert entry(effects=[]).effects == ()
    held = entry(
        tlp="RED", route_in_use=True, aim="shelter", instrument="visa", stages=["entry", "onward"]
    )
    assert held.route_in_use
    assert [str(each) for each in held.stages] == ["entry", "onward"]
    world = _row("implementations", where=["world", "xs"])
    assert read_entry(world, where="here").countries == ("world", "XS")


def test_causes_are_found_in_languages_with_a_list_only() -> None:
    assert causal_words("It resulted in it, thanks to us", "en") == (
        "resulted in",
        "thanks to",
    )
    assert causal_words("Grâce à la liste", "fr") == ("Grâce à",)
    assert causal_words("La lista provocó", "es") == ("provocó",)
    assert causal_words("led to", "lt") == ()
    assert causal_words("Releases followed within weeks", "en") == ()


def test_file_is_read_practice_by_practice() -> None:
    with pytest.raises(EntryBroken, match="not TOML"):
        read_entries("[[practices", where="file")
    for text in ("title = 'x'", "", "practices = 3", "practices = []"):
        with pytest.raises(EntryBroken, match="one \\[\\[practices\\]\\] table"):
            read_entries(text, where="file")
    with pytest.raises(EntryBroken, match="practice 1: aim"):
        read_entries("[[practices]]\nreference = 'x'", where="file")


def test_reference_stands_once_in_a_file(tmp_path: Any) -> None:
    text = (_shipped_text()).split("[[practices]]")[1]
    twice = f"[[practices]]{text}[[practices]]{text}"
    assert tmp_path
    with pytest.raises(EntryBroken, match="stands twice"):
        read_entries(twice, where="file")


def _shipped_text() -> str:
    from importlib.resources import files  # noqa: PLC0415 - once

    pack = files("undaunted.core.practices").joinpath("packs/release.toml")
    return pack.read_text("utf-8")


def test_shipped_practices_are_all_public_sourced_and_honest() -> None:
    held = shipped_entries()
    assert {each.aim for each in held} == set(Aim)
    assert len({each.reference for each in held}) == len(held) >= 15
    for each in held:
        assert each.tlp is PracticeTlp.CLEAR
        assert not each.route_in_use
        assert each.failures
        assert each.implementations
    statuses = {source.status for each in held for source in each.sources}
    assert PracticeSourceStatus.SECONDARY in statuses
    stages = {str(stage) for each in held for stage in each.stages}
    assert stages == {each.value for each in STAGES}


def test_accountability_ships_a_practice_of_each_means_and_claims_no_more_than_it_read() -> None:
    held = [each for each in shipped_entries() if each.aim is Aim.ACCOUNTABILITY]
    assert sorted(each.instrument for each in held) == sorted(INSTRUMENTS[Aim.ACCOUNTABILITY])
    assert not any(each.stages for each in held)
    grades = {effect.grade for each in held for effect in each.effects}
    assert Grade.STRONG not in grades, "nothing that was read compares many cases"
    statuses = [source.status for each in held for source in each.sources]
    assert PracticeSourceStatus.VERIFIED not in statuses, "copies were read"
    needs = {need for each in held for need in each.conditions}
    assert {Condition.EVIDENCE, Condition.JURISDICTION, Condition.SUSPECT_IN_REACH} <= needs


def test_menu_puts_first_what_lacks_least() -> None:
    poor = entry(reference="poor", title="A poor fit", preconditions=[
        {"kind": "leverage", "text": "x"}, {"kind": "funding", "text": "y"}])  # fmt: skip
    good = entry(reference="good", title="B good fit")
    offered = {Condition.COUNTERPART_ACCESS}
    assert fit(good, offered) == ((Condition.COUNTERPART_ACCESS,), ())
    assert fit(poor, offered) == ((), (Condition.LEVERAGE, Condition.FUNDING))
    menu = in_menu_order(
        MenuEntry(each, each.tlp, 1, date(2026, 1, 1), *fit(each, offered)) for each in (poor, good)
    )
    assert [each.entry.reference for each in menu] == ["good", "poor"]
    assert [each.fits for each in menu] == [True, False]


def test_year_of_review_and_order_of_markings() -> None:
    assert not overdue(date(2025, 6, 1), date(2026, 6, 1))
    assert overdue(date(2025, 6, 1), date(2026, 6, 2))
    assert no_wider_than(PracticeTlp.CLEAR, PracticeTlp.AMBER)
    assert not no_wider_than(PracticeTlp.RED, PracticeTlp.AMBER)


def test_every_term_has_words_and_every_means_an_aim() -> None:
    for words in (
        AIMS, CONDITIONS, GRADES, INSTRUMENTS_TOLD, MARKINGS, STAGES, STATES, STATUSES, WITHDRAWALS
    ):  # fmt: skip
        assert set(words) == set(type(next(iter(words))))
    assert told("Stage", "entry") == str(STAGES[next(iter(STAGES))])
    assert told("Stage", "unheard") == "unheard"
    every = [each for held in INSTRUMENTS.values() for each in held]
    assert sorted(every) == sorted(Instrument)
