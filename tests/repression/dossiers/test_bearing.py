"""A law is met where one act carries conduct, link and victim; several acts are no one act."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from undaunted.core.standards.rules import Finding, Value
from undaunted.repression.dossiers.rules import (
    Found,
    Linked,
    Rest,
    borne_by_one_act,
    facts_about,
    facts_by_act,
)
from undaunted.repression.sanctions.rules import ElementState, Fit, authorities, authority_for
from undaunted.repression.sanctions.rules import tested as whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.repression.sanctions.rules import RegimeTest

DAY = date(2026, 11, 27)
GOOD = (Rest("1", "s1", reliable=True),)
NUMBERS = {"a": 1, "b": 2, "c": 3}


def met(fact: str, act: str = "", person: str = "", value: Value = Value.MET) -> Found:
    return Found(fact, act, value, "Shown.", GOOD, person)


def linked(act: str, mode: str) -> Linked:
    return Linked(act, "p", mode, "Signed.", GOOD)


def asked(
    law: str, found: Iterable[Found], links: Iterable[Linked], first: int = 0, on: date = DAY
) -> RegimeTest:
    told, held = tuple(found), tuple(links)
    by_act = facts_by_act("p", told, held, acts=NUMBERS)
    return borne_by_one_act(
        authority_for(law),
        {NUMBERS[act]: facts for act, facts in by_act.items()},
        facts_about("p", told, held, acts=NUMBERS),
        on=on,
        first=first,
    )


def states(test: RegimeTest) -> dict[str, ElementState]:
    return {each.code: each.state for each in test.elements}


def test_conduct_of_one_act_and_a_link_to_another_meet_no_law() -> None:
    found = [met("detention", "a")]
    told = asked("eu-2020-1998", found, [linked("a", "benefited"), linked("b", "ordered")])
    assert (told.fit, told.act, told.scattered) == (Fit.PARTIAL, 1, True)
    assert states(told) == {"conduct": ElementState.MET, "link": ElementState.MISSING}


@pytest.mark.parametrize("law", ["ca-jvcfoa-2017", "us-glomag-2016"])
def test_a_defender_hurt_in_another_act_makes_nobody_else_one(law: str) -> None:
    links = [linked("a", "committed"), linked("b", "committed")]
    person = [met("official", person="p"), met("gross_systematic"), met("widespread")]
    apart = [met("torture", "a"), met("defender", "b"), *person]
    told = asked(law, apart, links)
    assert told.fit is Fit.PARTIAL
    assert told.scattered
    one = asked(law, [*apart, met("torture", "b")], links)
    assert (one.fit, one.act, one.scattered) == (Fit.FITS, 2, False)


def test_torture_at_home_and_another_act_abroad_are_no_torture_abroad() -> None:
    links = [linked("a", "committed"), linked("b", "committed")]
    base = [met("torture", "a"), met("widespread"), met("gross_systematic")]
    apart = asked("au-6a-rights", [*base, met("abroad", "b")], links)
    assert (apart.fit, apart.scattered) == (Fit.PARTIAL, True)
    assert asked("au-6a-rights", [*base, met("abroad", "a")], links).fit is Fit.FITS


def test_what_was_found_of_the_person_and_of_the_whole_holds_for_each_act() -> None:
    base = [met("assembly", "b"), met("official", person="p")]
    links = [linked("a", "complicit"), linked("b", "complicit")]
    assert asked("eu-2020-1998", [*base, met("widespread", "a")], links).scattered
    whole = asked("eu-2020-1998", [*base, met("widespread")], links)
    assert (whole.fit, whole.act) == (Fit.FITS, 2)


def test_without_an_act_the_file_whole_is_asked_and_no_act_is_named() -> None:
    told = asked("eu-2020-1998", [met("official", person="p")], [])
    assert (told.fit, told.act, told.scattered) == (Fit.MISSING, 0, False)
    early = asked("eu-2020-1998", [met("detention", "a")], [linked("a", "ordered")],
                  on=date(2001, 1, 1))  # fmt: skip
    assert (early.fit, early.act) == (Fit.NOT_IN_FORCE, 0)


def test_of_acts_that_show_as_much_the_first_speaks_unless_another_is_asked_for() -> None:
    found = [met("detention", "a"), met("detention", "b"), met("killing", "c")]
    links = [linked("a", "ordered"), linked("b", "ordered"), linked("c", "ordered")]
    assert asked("eu-2020-1998", found, links).act == 1
    assert asked("eu-2020-1998", found, links, first=2).act == 2
    assert asked("gb-ghrsr-2020", found, links, first=2).act == 3


def test_an_element_found_not_to_be_so_is_less_than_one_that_lacks_evidence() -> None:
    links = [linked("a", "ordered"), linked("b", "ordered")]
    law = "us-glomag-2016"
    conduct = next(e for e in asked(law, [], links).elements if e.wants and e.code != "link")
    against = [
        met(fact, "a", value=Value.NOT_MET)
        for fact in {name for way in conduct.wants for name in way}
    ]
    told = asked(law, against, links)
    assert told.act == 2
    assert not any(each.ruled_out for each in told.elements)


def test_conduct_that_a_law_does_not_name_is_told_of_every_act() -> None:
    found = [met("torture", "a"), met("detention", "b")]
    told = asked("gb-ghrsr-2020", found, [linked("a", "ordered"), linked("b", "ordered")])
    assert (told.act, told.outside) == (1, ("detention",))


def test_a_file_of_one_act_stands_under_every_law_as_it_did() -> None:
    alone = {"detention": Finding(Value.MET, ("x",), ("s",)), "ordered": Finding(Value.MET)}
    for law in authorities().values():
        one, whole = (
            borne_by_one_act(law, {1: alone}, alone, on=DAY),
            whole_file(law, alone, on=DAY),
        )
        assert (one.fit, one.elements, one.scattered) == (whole.fit, whole.elements, False)
