"""Packs of regimes, sectors, factors and fields: strictly read, everything wrong told at once."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from tests.house.tree import ROOT
from undaunted.coercion.screening.rules import (
    RegimeUnknown,
    SourceStatus,
    regimes,
    sector_list_on,
    sector_lists,
)
from undaunted.coercion.screening.rules.catalogues import factors_for, read_factors, read_fields
from undaunted.coercion.screening.rules.conditions import level_of, problems_of
from undaunted.coercion.screening.rules.facts import Facts, Span
from undaunted.coercion.screening.rules.pack_reading import PackBroken
from undaunted.coercion.screening.rules.regime_reading import read_regime_packs
from undaunted.coercion.screening.rules.sector_reading import read_sector_packs
from undaunted.coercion.screening.writers import reference_lines

__all__: list[str] = []

PACKS = ROOT / "src" / "undaunted" / "coercion" / "screening" / "packs"
SOURCE = 'law = "L"\narticle = "1"\nstatus = "secondary"\nread_on = 2026-11-26\n'
REGIME = f"""key = "xf"
title = "Law of Freedonia"
kind = "law"
jurisdiction = "XF"
valid_from = 2026-01-01
moves = [{{ on = "accepted", clock = "c", does = "start" }}]
[source]
{SOURCE}
[[scope]]
id = "all"
says = "Everything."
effect = "mandatory"
[scope.when]
kinds = ["acquisition"]
[scope.source]
{SOURCE}
[[phases]]
id = "first"
title = "First"
clock = "c"
[phases.source]
{SOURCE}
[[recourse]]
body = "Court"
[recourse.source]
{SOURCE}
"""
SECTORS = f"""key = "xf"
title = "Sectors"
[[versions]]
version = 1
valid_from = 2026-01-01
items = [{{ code = "transport", title = "Transport" }}]
[versions.source]
{SOURCE}
"""


def test_the_reference_tells_every_row_as_the_packs_have_it() -> None:
    page = (ROOT / "docs" / "reference" / "screening-regimes.md").read_text("utf-8")
    assert page.endswith("\n".join(reference_lines()) + "\n")


def test_what_was_not_read_at_its_source_says_where_it_was_read() -> None:
    files = [*PACKS.glob("*/*.toml"), PACKS / "factors.toml", PACKS / "filing.toml"]

    def sources(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, list):
            return [found for each in value for found in sources(each)]
        if not isinstance(value, dict):
            return []
        own = [value] if {"law", "status"} <= set(value) else []
        return own + [found for each in value.values() for found in sources(each)]

    for file in files:
        for source in sources(tomllib.loads(file.read_text("utf-8"))):
            if source["law"].startswith("Undaunted"):
                assert source["status"] == "proposal", "nobody is the source of its own text"
                continue
            assert source["read_in"], file.name
            if source["status"] == "verified":
                assert "stored cop" in source["read_in"], file.name
                assert source["url"].startswith("https://"), file.name
                assert source["read_on"] >= date(2026, 11, 27), file.name


def test_a_regulation_that_was_read_in_a_copy_alone_has_no_row_that_is_verified() -> None:
    (regime,) = (each for each in regimes() if each.key == "eu-2026-1386")
    assert {each.status for each in regime.sources} == {SourceStatus.SECONDARY}
    (minimum,) = (each for each in sector_lists() if each.key == "eu-2026-minimum")
    assert minimum.source.status is SourceStatus.SECONDARY


def test_no_row_of_the_regulation_of_2026_leaves_its_article_out() -> None:
    (regime,) = (each for each in regimes() if each.key == "eu-2026-1386")
    told = {each.article for each in regime.sources}
    assert all(each == "whole" or each.startswith("Article") for each in told)
    factors = {each.code: each.source for each in factors_for(regime)}
    assert {each.status for each in factors.values()} == {SourceStatus.SECONDARY}
    assert factors["state-control"].article == "Articles 5(1)(a) and 20(1)"
    assert factors["repression"].article == "Article 19(2)(a)(iii)"


def test_every_element_of_article_19_is_a_factor_of_the_regulation_of_2026() -> None:
    (regime,) = (each for each in regimes() if each.key == "eu-2026-1386")
    held = " ".join(each.source.article for each in factors_for(regime))
    of_target = [f"19(1)({letter})" for letter in "abcdefgh"] + ["(d) and (i)", "19(1)(j)"]
    of_investor = [f"19(2)(a)({number})" for number in ("i", "ii", "iii", "iv", "v", "vi")]
    of_investor += [f"19(2)({letter})" for letter in "bcde"]
    assert not [each for each in of_target + of_investor if each not in held]
    about = {each.code: each.about for each in factors_for(regime)}
    assert (about["elections"], about["union-sanctions"]) == ("target", "investor")


def test_the_page_counts_what_was_read_at_its_publisher_and_links_it() -> None:
    page = "\n".join(reference_lines())
    assert "| `uk-nsia` | 15 | 4 | 10 | 1 |" in page
    assert "| `eu-2026-1386` | 37 | 0 | 37 | 0 |" in page
    assert "| `ca-ica` | `canada-notice` | [laws-lois.justice.gc.ca, section 2" in page
    assert "| `model` | `sector` |" not in page, "the platform's own proposal"


def test_the_pack_of_the_example_is_read() -> None:
    (regime,) = read_regime_packs([("xf.toml", REGIME)])
    assert (regime.key, regime.cooperation, regime.phases[0].stops) == ("xf", False, "")
    (held,) = read_sector_packs([("xf.toml", SECTORS)])
    assert held.items[0].code == "transport"


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("key =", "key", "not TOML"),
        ('title = "Law', 'colour = "red"\ntitle = "Law', "'colour' is no key here"),
        ('"Law of Freedonia"', '" "', "the pack.title"),
        ("valid_from = 2026-01-01", 'valid_from = 2026-01-01\nex_post_from = "x"', "ex_post_from"),
        ('kinds = ["acquisition"]', 'since = "2022"', "since: write a day"),
        ('kind = "law"', 'kind = "custom"', "the pack.kind: write one of law"),
        ('jurisdiction = "XF"\n', "", "the pack.jurisdiction"),
        ("valid_from = 2026-01-01", 'valid_from = "soon"', "first day in force"),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01\nvalid_to = 2025-01-01", "valid_to"),
        ('law = "L"', "law = 1", "source.law"),
        ('status = "secondary"', 'status = "heard"', "source.status"),
        ("read_on = 2026-11-26", 'read_on = "lately"', "source.read_on"),
        ('effect = "mandatory"', 'effect = "maybe"', "scope[1].effect"),
        ('says = "Everything."', 'says = "E"\nexcludes = ["some"]', "no row is called 'some'"),
        ('kinds = ["acquisition"]', "", "write at least one test"),
        ('kinds = ["acquisition"]', "size = 1", "'size' is no test here"),
        ('kinds = ["acquisition"]', "kinds = 1", "kinds: write a list"),
        ('kinds = ["acquisition"]', "any = 1", "write at least one test"),
        ('kinds = ["acquisition"]', 'board = "yes"', "board: write true or false"),
        ('kinds = ["acquisition"]', 'foreign = "far"', "foreign: write established"),
        ('kinds = ["acquisition"]', "holds = 10", "holds: write a level"),
        ("[scope.when]", "[scope.why]", "'why' is no key here"),
        ("[[scope]]", "[scopes]\n[[scopes.scope]]", "write at least one [[scope]]"),
        ('clock = "c"\n[', 'clock = ""\n[', "phases[1].clock"),
        ("[[recourse]]", "[[court]]", "recourse: write where"),
        ('on = "accepted"', 'on = "rejected"', "moves[1].on"),
        ('does = "start"', 'does = "jump"', "moves[1].does"),
        ('does = "start"', 'does = "start", rows = ["a"]', "no row of effect told is called 'a'"),
        ('does = "start"', 'does = "start", rows = "told"', "no row of effect told is called"),
        ("[recourse.source]", "[recourse.law]", "write a source table"),
    ],
)
def test_a_broken_regime_is_refused_and_told_where(was: str, becomes: str, says: str) -> None:
    assert was in REGIME
    with pytest.raises(PackBroken) as refused:
        read_regime_packs([("xf.toml", REGIME.replace(was, becomes, 1))])
    assert says in str(refused.value)


def test_a_measure_of_control_is_one_that_the_engine_knows() -> None:
    measured = REGIME.replace('key = "xf"', 'key = "xf"\nmeasure = "uk_more_than_half"', 1)
    assert read_regime_packs([("xf.toml", measured)])[0].measure == "uk_more_than_half"
    with pytest.raises(PackBroken, match="measure: 'weight' is none; there are cfius_parent"):
        read_regime_packs([("xf.toml", measured.replace("uk_more_than_half", "weight"))])


def test_rows_and_regimes_stand_once_and_do_not_overlap() -> None:
    row = REGIME[REGIME.index("[[scope]]") : REGIME.index("[[phases]]")]
    with pytest.raises(PackBroken, match="stands twice"):
        read_regime_packs([("xf.toml", REGIME.replace(row, row + row))])
    with pytest.raises(PackBroken, match="key: 'xf' stands twice"):
        read_regime_packs([("a.toml", REGIME), ("b.toml", REGIME)])
    later = REGIME.replace('key = "xf"', 'key = "xf2"')
    with pytest.raises(PackBroken, match="overlaps xf"):
        read_regime_packs([("a.toml", REGIME), ("b.toml", later)])
    ended = REGIME.replace("2026-01-01", "2026-01-01\nvalid_to = 2027-01-01", 1)
    after = later.replace("2026-01-01", "2027-01-01", 1)
    assert len(read_regime_packs([("a.toml", ended), ("b.toml", after)])) == 2


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("version = 1", "version = 3", "versions are numbered in order"),
        ("valid_from = 2026-01-01", "", "or, if unknown, announced"),
        ("valid_from = 2026-01-01", "valid_from = 1", "first day in force"),
        ("[[versions]]", "[[editions]]", "at least one [[versions]]"),
        ('items = [{ code = "transport", title = "Transport" }]', "", "at least one sector"),
        ('code = "transport"', 'code = ""', "versions[1].items[1].code"),
    ],
)
def test_a_broken_list_of_sectors_is_refused(was: str, becomes: str, says: str) -> None:
    assert was in SECTORS
    with pytest.raises(PackBroken) as refused:
        read_sector_packs([("xf.toml", SECTORS.replace(was, becomes, 1))])
    assert says in str(refused.value)


def test_the_list_of_a_day_is_chosen_by_the_day() -> None:
    assert len(sector_list_on("uk-nsia", date(2026, 11, 26)).items) == 17
    versions = {each.version: each for each in sector_lists() if each.key == "uk-nsia"}
    assert len(versions[2].items) == 19
    assert not versions[2].in_force(date(2030, 1, 1))
    with pytest.raises(RegimeUnknown, match="uk-nsia"):
        sector_list_on("uk", date(2026, 11, 26))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[sets]]\nregimes = []", "write its regimes"),
        (
            '[[sets]]\nregimes = ["x"]\n[[sets.factors]]\ncode = "a"\nabout = "luck"\n',
            "about: write one of target",
        ),
    ],
)
def test_broken_factors_are_refused(text: str, says: str) -> None:
    with pytest.raises(PackBroken) as refused:
        read_factors("factors.toml", text)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "at least one [[fields]]"),
        ('[[fields]]\ncode = "a"\ntitle = "A"\nrequired = 1\n', "required: write true or false"),
    ],
)
def test_broken_fields_are_refused(text: str, says: str) -> None:
    with pytest.raises(PackBroken) as refused:
        read_fields("filing.toml", text)
    assert says in str(refused.value)


def test_levels_flags_and_shares_that_mean_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="is no level"):
        level_of("25")
    assert list(problems_of({"any": [{"board": True}, {"access": 1}]})) == [
        "access: write true or false"
    ]
    with pytest.raises(ValueError, match="between 0 and 100"):
        Span(2, 1)
    with pytest.raises(ValueError, match="is no question here"):
        Facts(None, None, None, None, flags={"bribed": True})  # type: ignore[arg-type]
