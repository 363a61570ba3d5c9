"""People by year of sentence: of what the actor may read, one person once, doubt told apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.prisoners.registry.desk import AT, MAPPING, bring_in, make_list
from tests.prisoners.registry.test_terminal_desk import call
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import SAME
from undaunted.prisoners.registry.actions.matching import judge_pair
from undaunted.prisoners.registry.queries.records import cases_for
from undaunted.prisoners.registry.queries.sentences import sentences_by_year

if TYPE_CHECKING:
    from tests.prisoners.registry.desk import Desk

HEADER = "id,name,gender,born,arrested,released,law,url,tier,what,sentenced,term"
SENTENCED = """
[[columns]]
column = "sentenced"
field = "spell.sentence_date"

[[columns]]
column = "term"
field = "spell.sentence"

[record_kind]"""
ROWS = (
    "1,Mirela Antova,female,,2020-01-10,,,,B,held,2021-03-04,death",
    "2,Mirela Antowa,female,,2020-01-10,,,,B,held,2021-05,life",
    "3,Pavel Dorn,male,,2019,,,,B,held,2020,4 years",
    "4,Ivo Dorn,male,,2019,,,,B,held,2019/2022,4 years",
    "5,Ana Dorn,female,,2019,,,,B,held,,",
)


def test_people_are_counted_by_year_of_sentence_as_far_as_one_may_read(desk: Desk) -> None:
    held = make_list(desk)
    mapping = MAPPING.replace("[record_kind]", SENTENCED, 1)
    done = bring_in(desk, held, *ROWS, mapping=mapping, header=HEADER)
    assert (done.added, done.rows_rejected) == (5, 0)
    with acting_as(desk.steward) as actor:
        found = sentences_by_year(actor)
        assert sentences_by_year(actor, country="XR", source_list=held.pk) == found
        assert sentences_by_year(actor, country="XS").years == ()
    told = [(each.year, each.persons, each.sentences) for each in found.years]
    assert told == [(2020, 1, 1), (2021, 2, 2)]
    assert (found.years[1].death, found.years[1].life) == (1, 1)
    assert [each.year for each in found.peaks] == [2021, 2020]
    assert found.undated == 1
    with acting_as(desk.stranger) as actor:
        assert sentences_by_year(actor).years == ()
    with acting_as(desk.reviewer) as actor:
        one, other = (
            case
            for case in cases_for(actor)
            if any(name.text.startswith("Mirela") for name in case.names.all())
        )
        judge_pair(one.pk, other.pk, actor=actor, at=AT, verdict=SAME)
        merged = sentences_by_year(actor)
    assert [(each.year, each.persons, each.sentences) for each in merged.years] == [
        (2020, 1, 1),
        (2021, 1, 2),
    ]
    assert [each.year for each in merged.peaks] == [2020, 2021]

    status, said = call(desk.steward, "sentences", "--list", "first", "--country", "xr", "--json")
    assert status == 0, said
    assert json.loads(said) == merged.as_json()
    status, said = call(desk.steward, "sentences")
    assert status == 0
    assert "Sentences without a certain year: 1" in said
    status, said = call(desk.steward, "sentences", "--list", "other")
    assert status == 2
    assert "There is no list 'other' for you." in said
    status, said = call(None, "sentences")
    assert status == 2
    assert "Sign in: `undaunted --as USER" in said
