"""A measure is one of the ten kinds, for a state or for persons linked to its government."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.coercion.instruments.designs import DUTY, INJURY, LISTED, PORTS, answers, design, shipped
from tests.engines.ownership.tables import table
from undaunted.coercion.instruments.analysis import linked_reading, with_reading
from undaunted.coercion.instruments.rules import (
    Aimed,
    AnnexKind,
    CheckAnswer,
    Checklist,
    CheckValue,
    Design,
    Effect,
    Link,
    LinkedPerson,
    MeasureRefused,
    Origin,
    PackBroken,
    Verdict,
    annex,
    answered_all,
    check_measures,
    every_yes,
    judge,
    kind_of,
    measure_problems,
    of_months_alone,
    points,
    read_annex,
    read_points,
    unanswered,
    unfounded,
)
from undaunted.engines.ownership import Answer


def test_annex_has_its_ten_kinds_in_order() -> None:
    assert [each.number for each in annex()] == list(range(1, 11))
    assert {each.kind for each in annex()} == set(AnnexKind)


@pytest.mark.parametrize("kind", list(AnnexKind))
def test_each_kind_reaches_by_the_origin_that_the_annex_gives_it(kind: AnnexKind) -> None:
    for by in Origin:
        told = measure_problems(replace(DUTY, kind=kind, by=by))
        assert bool(told) == (by not in kind_of(kind).by)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"scope": "…"}, "duty, scope: write it in words"),
        ({"reasons": ""}, "duty, reasons: write it in words"),
        ({"legal_basis": " "}, "duty, legal_basis: write it in words"),
        ({"ends": date(2097, 1, 15)}, "duty, ends: 2097-01-15 is not after"),
        ({"effect": replace(DUTY.effect, low=99)}, "duty, effect: low is at most best"),
        ({"scope": "Visas of Ruritania's citizens"}, "duty, scope: speaks of people"),
        (
            {"reasons": "They share one Faith."},
            "duty, reasons: speaks of people by what they are (fa",
        ),
        ({"by": None}, "duty, by: a measure of the kind duties reaches by the origin of goods"),
        ({"persons": (PORTS,)}, "duty, persons: a measure of general application names none"),
        ({"tender_share": 60}, "duty, tender_share: belongs to measures of the kind procurement"),
    ],
)
def test_a_general_measure_is_refused_with_place_and_remedy(
    change: dict[str, Any], says: str
) -> None:
    (told,) = measure_problems(replace(DUTY, **change))
    assert told.startswith(says)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "name: write it"),
        ({"reasons": ""}, "reasons: say why"),
        ({"sources": ()}, "reasons: say why"),
        ({"natural": True}, "link: nobody owns a human being"),
        ({"answer": None}, "answer: read the stakes first"),
        ({"answer": Answer.MAY}, "answer: the government may hold"),
        ({"answer": Answer.NO}, "answer: the government does not hold"),
    ],
)
def test_a_person_is_linked_by_what_is_shown(change: dict[str, Any], says: str) -> None:
    (told,) = measure_problems(replace(LISTED, persons=(replace(PORTS, **change),)))
    assert told.startswith(f"capital, person 1, {says}")


def test_a_privilege_or_a_direction_counts_whatever_the_share() -> None:
    people = [replace(PORTS, link=link, answer=Answer.NO, natural=link is Link.DIRECTION)
              for link in (Link.PRIVILEGE, Link.DIRECTION)]  # fmt: skip
    check_measures([replace(LISTED, persons=tuple(people))])


def test_a_measure_for_linked_persons_names_them_and_no_origin() -> None:
    told = measure_problems(replace(LISTED, persons=(), by=Origin.SERVICES))
    assert [each.split(":")[0] for each in told] == ["capital, by", "capital, persons"]


def test_tenders_are_excluded_above_half_of_their_value_or_with_exceptional_reasons() -> None:
    tenders = replace(DUTY, kind=AnnexKind.PROCUREMENT)
    assert measure_problems(replace(tenders, tender_share=50)) == ()
    assert "below 50" in measure_problems(replace(tenders, tender_share=30))[0]
    why = "Exceptional circumstances: one supplier holds all."
    assert measure_problems(replace(tenders, tender_share=30, reasons=why)) == ()
    for why in ("Not exceptional at all.", "Nothing about it is exceptional.", "Usual ones."):
        denied = measure_problems(replace(tenders, tender_share=30, reasons=why))
        assert "below 50" in denied[0], why
    assert "is no share" in measure_problems(replace(tenders, tender_share=120))[0]


def test_all_that_is_wrong_with_a_design_is_told_at_once() -> None:
    with pytest.raises(MeasureRefused) as refused:
        judge(Design((DUTY, DUTY, replace(LISTED, persons=()))), INJURY)
    assert [each.split(",")[0].split(":")[0] for each in refused.value.problems] == [
        "duty", "capital",
    ]  # fmt: skip


def test_a_design_with_everything_answered_is_judged_whole() -> None:
    judged = judge(design(), INJURY)
    assert judged.proportionality.verdict is Verdict.WITHIN
    assert (judged.necessary, judged.interest, judged.selected, judged.linked) == (True,) * 4
    assert judged.open == ()
    assert not judge(Design((DUTY,), answers()), INJURY).linked


def test_measures_beyond_the_injury_are_shown_as_refused() -> None:
    large = replace(DUTY, effect=Effect(60, 90, 99, "EUR million", 2025, "x"))
    judged = judge(Design((large, LISTED)), INJURY)
    assert judged.proportionality.verdict is Verdict.REFUSED
    assert (judged.necessary, judged.selected, len(judged.open)) == (None, False, len(points()))


def test_one_no_decides_a_test_and_one_open_point_leaves_it_open() -> None:
    for checklist in (Checklist.NECESSITY, Checklist.INTEREST):
        (key, *_) = (each.key for each in points() if each.list is checklist)
        assert every_yes(answers(), checklist) is True
        assert every_yes(answers(**{key: CheckValue.NO}), checklist) is False
        assert every_yes(answers(**{key: CheckValue.OPEN}), checklist) is None
    assert answered_all(answers(relief=CheckValue.NO), Checklist.CRITERIA)
    assert not answered_all(answers(relief=CheckValue.OPEN), Checklist.CRITERIA)


def test_answers_without_reasons_or_without_a_point_are_told() -> None:
    silent = [*answers()[1:], CheckAnswer(points()[0].key, CheckValue.YES, "…")]
    assert unanswered(silent) == (
        "no_cessation: has no reasons (Article 8(1)(a)); give them in words",
    )
    assert every_yes(silent, Checklist.NECESSITY) is None
    assert "taste: is no point" in unanswered([*answers(), CheckAnswer("taste", CheckValue.YES)])[0]
    twice = [*answers(), CheckAnswer("relief", CheckValue.NO, "x")]
    assert unanswered(twice) == ("relief: is answered twice; remove one",)


def test_a_state_that_holds_most_of_a_holding_is_linked_to_what_that_holds() -> None:
    stakes = table(("STATE:XR", "holding", 0.51), ("holding", "ports", 0.6),
                   ("STATE:XR", "bank", (0.4, 0.55)), ("STATE:XR", "mill", 0.5))  # fmt: skip
    told = {each: linked_reading(stakes, ["STATE:XR"], each).answer
            for each in ("ports", "bank", "mill")}  # fmt: skip
    assert told == {"ports": Answer.MUST, "bank": Answer.MAY, "mill": Answer.NO}
    assert with_reading(PORTS, stakes, ["STATE:XR"], "bank").answer is Answer.MAY


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("number = 1\n", "number = 2\n"), "number: write 1"),
        (('kind = "duties"', 'kind = "tariffs"'), "kind: write one of"),
        (('by = ["goods"]', 'by = ["people"]'), "by: write a list of"),
        (('title = "Chemicals on the market"', 'title = ""'), "title: write a text"),
        (('kind = "duties"', 'kind = "transit"'), "once each, in the order"),
    ],
)
def test_a_pack_of_kinds_that_is_broken_says_where(change: tuple[str, str], says: str) -> None:
    with pytest.raises(PackBroken, match=says):
        read_annex(shipped("measures.toml").replace(*change, 1))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('list = "necessity"', 'list = "need"'), "list: write one of"),
        (('key = "relief"', 'key = "effective"'), "effective: stands twice"),
        (('key = "relief"', 'keys = "relief"'), "'keys' is no key"),
    ],
)
def test_a_pack_of_points_that_is_broken_says_where(change: tuple[str, str], says: str) -> None:
    with pytest.raises(PackBroken, match=says):
        read_points(shipped("checklists.toml").replace(*change, 1))
    with pytest.raises(PackBroken, match="write one"):
        read_points("")


def test_aims_are_two_and_no_third() -> None:
    assert set(Aimed) == {Aimed.GENERAL, Aimed.LINKED}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("scope", "visas of Ruritanians"), ("scope", "All Ruritanians"), ("key", "uyghurs"),
        ("scope", "Visas for women of Ruritania"), ("scope", "goods of Uyghurs"),
        ("scope", "services by Buddhists"), ("legal_basis", "because they are Muslims"),
        ("reasons", "Islamic banks are many"), ("scope", "services of Germans"),
        ("scope", "rights of the Kuwaitis"), ("scope", "Waren der Juden"), ("scope", "de femmes"),
        ("scope", "\u0433\u0440\u0430\u0436\u0434\u0430\u043d\u0435"), ("scope", "LGBT films"),
    ],
)  # fmt: skip
def test_people_are_singled_out_in_no_part_of_a_measure(name: str, text: str) -> None:
    parts: dict[str, Any] = {name: text}
    (told,) = measure_problems(replace(DUTY, **parts))
    assert f"{name}: speaks of people by what they are" in told


def test_people_are_singled_out_in_no_reason_for_a_link() -> None:
    person = replace(LISTED.persons[0], reasons="He is a Catholic, as all catholics there.")
    told = measure_problems(replace(LISTED, persons=(person, *LISTED.persons[1:])))
    assert any("person 1, reasons: speaks of people" in each for each in told)


@pytest.mark.parametrize(
    "text",
    [
        "Women's clothing, chapter 62", "men\u2019s shoes", "Ruritanian goods", "German machines",
        "Chinese porcelain", "Timber of Ruritania", "Indian tea and white goods", "women clothing",
        "glass from islands", "airlines of Ruritania", "Chains, sirens, pelicans and Martinis",
    ],
)  # fmt: skip
def test_goods_of_an_origin_single_nobody_out(text: str) -> None:
    assert measure_problems(replace(DUTY, scope=text)) == ()


def test_a_yes_without_reasons_is_named_and_a_no_may_stay_without() -> None:
    first, second, *_ = (each.key for each in points())
    told = [CheckAnswer(first, CheckValue.YES, "…"), CheckAnswer(second, CheckValue.NO, "")]
    assert [each.partition(":")[0] for each in unfounded(told)] == [first]
    assert not unfounded(answers())


def test_a_link_says_on_what_it_rests() -> None:
    stated = LinkedPerson("Port works (invented)", Link.MAJORITY)
    assert stated.shown == Link.MAJORITY
    assert replace(stated, answer=Answer.MUST).shown.endswith("must, stated, not measured")
    assert replace(stated, answer=Answer.MAY, stakes="of 2026").shown.endswith("may, of 2026")


def test_what_is_told_beside_another_result_is_named() -> None:
    told = of_months_alone({"target": "XF", "since": "", "unit": None})
    assert told == ("target: is for a file of months alone; leave it empty",)
