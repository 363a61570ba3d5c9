"""A file under each law: element by element, the law of the day, and what would meet it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.standards.rules import Finding, FindingsStrange, Value, packs
from undaunted.core.standards.rules.logic import AtLeast, Met, Not
from undaunted.repression.sanctions.rules import (
    ElementState,
    Fit,
    authorities,
    authority_for,
    facts,
    ways_of,
)
from undaunted.repression.sanctions.rules import (
    tested as by_law,
)
from undaunted.repression.sanctions.rules import (
    tested_under as by_laws,
)

ON = date(2026, 11, 27)
MET, NOT_MET, UNCLEAR = (Finding(value) for value in (Value.MET, Value.NOT_MET, Value.UNCLEAR))
LOOKED_INTO = Finding(Value.UNCLEAR, reasons=("Two statements differ.",))
DETENTION = {"detention": MET, "ordered": MET, "abroad": MET}
"""A political detention with who ordered it, and nothing on torture or life."""
EU, GB, AU = (authority_for(code) for code in ("eu-2020-1998", "gb-ghrsr-2020", "au-6a-rights"))
TESTED = [each for each in authorities().values() if each.pack]


def test_political_detention_fits_the_union_and_not_the_united_kingdom_or_australia() -> None:
    eu, gb, au = by_laws((EU, GB, AU), DETENTION, on=ON)

    assert eu.fit is Fit.FITS
    assert eu.clause("detention") == "Article 2(1)(c)(v)"
    assert gb.fit is au.fit is Fit.MISSING
    for test in (gb, au):
        (lacking,) = test.lacking
        assert lacking.code == "conduct"
        assert lacking.state is ElementState.MISSING
        assert lacking.wants == (("killing",), ("torture",), ("slavery",))
        assert test.outside == ("detention",)


@pytest.mark.parametrize("shown", ["torture", "killing"])
def test_torture_or_life_carries_the_same_file_to_all_three(shown: str) -> None:
    results = by_laws((EU, GB, AU), {**DETENTION, shown: MET}, on=ON)

    assert [each.fit for each in results] == [Fit.FITS] * 3


def test_freedom_of_expression_alone_is_half_of_what_the_union_asks() -> None:
    test = by_law(EU, {"expression": MET, "committed": MET}, on=ON)

    conduct = test.elements[0]
    assert (test.fit, conduct.state, conduct.shown) == (
        Fit.PARTIAL,
        ElementState.PARTIAL,
        ("expression",),
    )
    assert ("widespread",) in conduct.wants


def test_acts_of_2016_ask_for_who_suffered_and_the_order_does_not() -> None:
    found = {"torture": MET, "committed": MET}
    act, order = by_laws(
        (authority_for("us-glomag-2016"), authority_for("us-eo-13818")), found, on=ON
    )

    assert act.elements[0].nearest == (("defender",),)
    assert ("bribery", "official") in act.elements[0].wants
    assert (act.fit, order.fit) == (Fit.PARTIAL, Fit.FITS)


def test_what_was_looked_into_and_not_decided_is_partial() -> None:
    conduct = by_law(GB, {"torture": LOOKED_INTO}, on=ON).elements[0]

    assert (conduct.state, conduct.begun, conduct.shown) == (
        ElementState.PARTIAL,
        ("torture",),
        (),
    )
    assert by_law(GB, {"torture": UNCLEAR}, on=ON).elements[0].state is ElementState.MISSING


def test_what_was_found_not_to_be_so_is_no_longer_asked_for() -> None:
    found = {"killing": NOT_MET, "torture": NOT_MET, "slavery": NOT_MET}

    some = by_law(GB, {"torture": NOT_MET}, on=ON).elements[0]
    every = by_law(GB, found, on=ON).elements[0]

    assert some.wants == (("killing",), ("slavery",))
    assert not some.ruled_out
    assert (every.state, every.wants, every.ruled_out) == (ElementState.MISSING, (), True)


def test_law_is_that_of_the_day() -> None:
    before, first, now = (date(2020, 7, 5), date(2020, 7, 6), ON)

    assert by_law(GB, DETENTION, on=before).fit is Fit.NOT_IN_FORCE
    assert [by_law(GB, DETENTION, on=day).law.reference for day in (first, now)] == [  # type: ignore[union-attr]
        "gb-ghrsr-2020@1",
        "gb-ghrsr-2020@2",
    ]
    czech = authority_for("cz-1-2023")
    assert by_law(czech, DETENTION, on=date(2023, 1, 2)).fit is Fit.NOT_IN_FORCE
    assert by_law(czech, DETENTION, on=date(2023, 1, 3)).fit is Fit.FITS
    older = replace(GB, since="2010")
    assert by_law(older, DETENTION, on=before).fit is Fit.NOT_IN_FORCE
    assert replace(GB, since="2020").first_day == date(2020, 12, 31)


def test_where_there_is_no_test_the_reason_is_given() -> None:
    test = by_law(authority_for("nz-none"), DETENTION, on=ON)

    assert (test.fit, test.elements, test.lacking) == (Fit.NO_TEST, (), ())
    assert test.why == "There is no law to test."
    assert test.clause("detention") == ""


def test_finding_about_no_fact_is_refused_with_the_facts() -> None:
    with pytest.raises(FindingsStrange, match="findings: beating is no fact; use genocide, "):
        by_law(EU, {"beating": MET}, on=ON)


def test_test_holds_no_number() -> None:
    test = by_law(EU, DETENTION, on=ON)

    for name in (*type(test).__dataclass_fields__, *type(test.elements[0]).__dataclass_fields__):
        value = getattr(test, name, None) or getattr(test.elements[0], name, None)
        assert isinstance(value, bool) or not isinstance(value, int | float), name


def test_every_law_is_made_of_facts_and_asks_for_each_element() -> None:
    mine = {each.pack for each in TESTED}
    for law in (each for each in packs() if each.id in mine):
        assert set(law.criteria) <= set(facts()), law.reference
        for criterion in law.criteria.values():
            assert criterion.title == facts()[criterion.id].title, law.reference
            assert criterion.note, f"{law.reference}: where does it stand?"
        named = {name for each in law.categories for way in ways_of(each.when) for name in way}
        assert named == set(law.criteria), law.reference


@given(st.dictionaries(st.sampled_from(sorted(facts())), st.sampled_from([MET, NOT_MET, UNCLEAR])))
def test_laws_of_the_test(found: dict[str, Finding]) -> None:
    for authority in TESTED:
        test = by_law(authority, found, on=ON)
        assert test.outcome is not None
        assert (test.fit is Fit.FITS) == (test.outcome.result == "fits")
        assert (test.outcome.result == "does_not_fit") == any(
            each.ruled_out for each in test.elements
        )
        for element in test.elements:
            for way in element.wants:
                shown = {**found, **dict.fromkeys(way, MET)}
                again = by_law(authority, shown, on=ON)
                met = {each.code for each in again.elements if each.state is ElementState.MET}
                assert element.code in met


def test_ways_are_the_smallest_sets() -> None:
    a, b, c = Met("a"), Met("b"), Met("c")

    assert ways_of(AtLeast(2, (a, b, c))) == (
        frozenset("ab"),
        frozenset("ac"),
        frozenset("bc"),
    )
    assert ways_of(AtLeast(1, (a, AtLeast(2, (a, b))))) == (frozenset("a"),)
    with pytest.raises(TypeError, match="without not"):
        ways_of(Not(a))
