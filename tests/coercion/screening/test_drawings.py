"""Pictures of owners: what is drawn, what is folded, and that each says what its stakes say."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from defusedxml.ElementTree import fromstring, tostring
from django.utils.translation import override

from tests.coercion.screening.structures import PORT, structure, tree
from tests.engines.ownership.tables import table
from undaunted.coercion.screening.analysis.asking import (
    Answered,
    Asked,
    QuestionRefused,
    answered,
)
from undaunted.coercion.screening.analysis.words import (
    answer_told,
    drawing_words,
    name_told,
    proof_told,
    share_told,
)
from undaunted.coercion.screening.readers import read_stakes
from undaunted.coercion.screening.rules import measure_named
from undaunted.coercion.screening.rules.drawings import Shape, Standing
from undaunted.coercion.screening.writers import drawing_svg, legend_of
from undaunted.engines.ownership import HALF, WHOLE, Right

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.coercion.screening.rules.drawings import Box, Bundle, Drawing

OWN = "شركة"
DAY = date(2026, 11, 26)
READABLE, NARROW = 1080, 330
"""Widths: of a picture on a desk's page, and of what a small screen shows of it."""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Answered]:
    answers: dict[int, Answered] = {}
    for parties in (10, 50, 200):
        file = tmp_path_factory.mktemp("structures") / f"{parties}.csv"
        file.write_text(structure(parties), encoding="utf-8")
        stakes = read_stakes(file).stakes
        assert len(stakes.parties) == parties
        answers[parties] = answered(stakes, Asked(PORT, ("STATE:XR",), DAY))
    return answers


def ask(company: str, *rows: tuple[Any, ...], **more: Any) -> Answered:
    return answered(table(*rows), Asked(company, ("s",), DAY, **more))


def apart(drawing: Drawing) -> bool:
    """Tell whether no two boxes or bundles cover each other."""
    every: list[Box | Bundle] = [*drawing.boxes, *drawing.bundles]
    return all(
        abs(a.x - b.x) >= (a.width + b.width) / 2 or abs(a.y - b.y) >= (a.height + b.height) / 2
        for a, b in combinations(every, 2)
    )


@pytest.mark.parametrize("parties", [10, 50, 200])
def test_everybody_is_drawn_counted_or_told_to_be_unseen(
    found: dict[int, Answered], parties: int
) -> None:
    for everything in (False, True):
        drawing = found[parties].drawing(everything=everything)
        held = sum(len(each.holders) for each in drawing.bundles)
        assert len(drawing.boxes) + held + drawing.unseen == parties
        assert apart(drawing)
        assert all(0 < each.x < drawing.width and 0 < each.y < drawing.height
                   for each in drawing.boxes)  # fmt: skip
    assert drawing.unseen == 0
    assert all(each.opened for each in drawing.bundles)


def test_what_bears_on_the_answer_stays_and_others_are_folded(found: dict[int, Answered]) -> None:
    drawing = found[200].drawing()
    assert {each.party for each in drawing.boxes} == {
        "STATE:XR", "Ruritanian Holdings", "Strelsau Shipping", "Fund of Zenda",
        "Bordurian Terminals", PORT,
    }  # fmt: skip
    assert not any(each.opened for each in drawing.bundles)
    carried = [(each.owner, each.company) for each in drawing.ties if each.carries]
    assert carried == [
        ("STATE:XR", "Ruritanian Holdings"), ("Ruritanian Holdings", "Strelsau Shipping"),
        ("Strelsau Shipping", "Bordurian Terminals"), ("Bordurian Terminals", PORT),
    ]  # fmt: skip
    ranges = {(each.owner, each.company) for each in drawing.ties if not each.exact}
    assert ranges == {("Fund of Zenda", "Bordurian Terminals"), ("STATE:XR", PORT)}
    opened = found[200].drawing(frozenset({PORT, "nobody"}))
    bundle = next(each for each in opened.bundles if each.company == PORT)
    assert bundle.opened
    assert ("Rufus Firefly", Shape.PERSON) in {(e.party, e.shape) for e in bundle.holders}
    assert bundle.holders[0].parts[0].highest >= bundle.holders[-1].parts[0].highest


@pytest.mark.parametrize("companies", [7, 47, 197])
def test_a_picture_that_would_be_too_wide_to_read_is_folded_around_what_carries_the_answer(
    tmp_path: Path, companies: int
) -> None:
    file = tmp_path / "tree.csv"
    file.write_text(tree(companies), encoding="utf-8")
    found = answered(read_stakes(file).stakes, Asked("XF-T", ("STATE:XR",), DAY))
    drawing = found.drawing()
    boxes = {each.party: each for each in drawing.boxes}
    assert {"STATE:XR", "Company 1 of Zubrowka", "XF-T"} <= set(boxes)
    assert drawing.width <= READABLE
    for party in ("STATE:XR", "Company 1 of Zubrowka", "XF-T"):
        box = boxes[party]
        assert box.x + box.width / 2 < NARROW, "it stands where a narrow frame opens"
    assert len(drawing.boxes) + sum(len(e.holders) for e in drawing.bundles) < companies + 3
    every = found.drawing(everything=True)
    assert len(every.boxes) == companies + 3
    assert every.width > READABLE
    assert all(
        each.x + each.width / 2 < NARROW
        for each in every.boxes
        if each.party in {"STATE:XR", "Company 1 of Zubrowka", "XF-T"}
    )


def test_what_owners_control_beside_the_proof_is_folded_where_it_is_too_wide() -> None:
    beside = [row for n in range(12) for row in (("s", f"m{n}", 1.0), (f"m{n}", "x", 0.01))]
    drawing = ask("x", ("s", "a", 0.6), ("a", "x", 0.6), *beside).drawing()
    assert {each.party for each in drawing.boxes} == {"s", "a", "x"}
    assert [len(each.holders) for each in drawing.bundles] == [12]
    assert [(e.owner, e.company) for e in drawing.ties if e.carries] == [("s", "a"), ("a", "x")]
    few = ask("x", ("s", "a", 0.6), ("a", "x", 0.6), *beside[:6]).drawing()
    assert len(few.boxes) == 6
    assert not few.bundles


@pytest.mark.parametrize("measure", ["cfius_substantial_stake", "uk_more_than_quarter"])
def test_every_stake_that_carries_a_law_s_answer_is_drawn(measure: str) -> None:
    held = [row for n in range(7) for row in (("s", f"a{n}", 1.0), (f"a{n}", "t", 0.04))]
    found = answered(table(*held), Asked("t", ("s",), DAY, measure=measure_named(measure)))
    assert (found.answer, len(found.rows or ())) == ("must", 14)
    for opened in ((), ("t",)):
        drawing = found.drawing(frozenset(opened))
        assert sum(each.carries for each in drawing.ties) == 14
        assert not drawing.bundles


def test_every_owner_of_a_half_together_is_drawn() -> None:
    held = [row for n in range(10) for row in (("s", f"a{n}", 1.0), (f"a{n}", "t", 0.05))]
    drawing = ask("t", *held, ("o", "t", 0.5)).drawing()
    assert sum(each.carries for each in drawing.ties) == 10


def test_carrying_stakes_of_more_parties_than_are_ever_drawn_are_folded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("undaunted.coercion.screening.analysis.choosing.MOST", 20)
    held = [row for n in range(40) for row in (("s", f"a{n}", 1.0), (f"a{n}", "t", 0.01))]
    measure = measure_named("uk_more_than_quarter")
    drawing = answered(table(*held), Asked("t", ("s",), DAY, measure=measure)).drawing()
    assert len(drawing.boxes) < 20
    assert len(drawing.boxes) + sum(len(each.holders) for each in drawing.bundles) == 42


def test_a_picture_has_an_end_whoever_asks() -> None:
    many = [(f"holder {number}", "x", 0.0001) for number in range(1600)]
    drawing = ask("x", ("s", "x", 0.6), *many).drawing(frozenset({"x"}), everything=True)
    assert [len(each.holders) for each in drawing.bundles] == [1600]
    assert {each.party for each in drawing.boxes} == {"s", "x"}


def test_loops_own_shares_and_seeds_that_hold_nothing_here_are_drawn() -> None:
    rows = [("s", "a", 0.6), ("a", "b", 0.9), ("b", "a", 0.3), ("b", "b", 0.05), ("t", "x", 1.0)]
    drawing = ask("b", *rows).drawing()
    back = [(each.owner, each.company) for each in drawing.ties if each.back]
    assert sorted(back) == [("b", "a"), ("b", "b")]
    found = ask("b", *rows)
    for language, way in (("en", "l9 -5"), ("ar", "l-9 -5")):
        with override(language):
            svg = drawing_svg(found.drawing(), drawing_words(found), prefix="p")
        assert svg.count(way) == 1
    (turn,) = (each for each in drawing.ties if (each.owner, each.company) == ("b", "a"))
    lane = max(x for x, _ in turn.points)
    assert all(each.x + each.width / 2 < lane < drawing.width for each in drawing.boxes)
    lone = answered(table(*rows), Asked("b", ("t",), DAY)).drawing()
    assert {each.party: each.standing for each in lone.boxes}["t"] is Standing.SEED


@pytest.mark.parametrize(
    ("rows", "answer", "standing"),
    [
        ([("s", "a", 0.6)], "must", Standing.MUST),
        ([("s", "a", (0.4, 0.6))], "may", Standing.MAY),
        ([("s", "a", 0.5), ("t", "a", 0.5)], "joint", Standing.JOINT),
        ([("s", "a", 0.2), ("t", "a", 0.8)], "no", Standing.NONE),
    ],
)
def test_each_answer_has_its_sentence_and_its_look(
    rows: list[tuple[Any, ...]], answer: str, standing: Standing
) -> None:
    found = ask("a", *rows)
    assert found.answer == answer
    drawing = found.drawing()
    company = next(each for each in drawing.boxes if each.asked)
    assert company.standing is standing
    assert sum(each.carries for each in drawing.ties) == (answer != "no")
    told = answer_told(found)
    assert "a" in told.split() or "a:" in told.split() or "a," in told.split()
    assert len({answer_told(ask("a", *rows)), told}) == 1


def test_a_proof_is_told_with_source_row_and_sums() -> None:
    found = ask("a", ("s", "m", 0.7), ("s", "a", 0.3), ("m", "a", 0.15), ("a", "a", 0.2))
    assert proof_told(found) == [
        "m must be controlled: s holds 70% (list, row 1).",
        (
            "a must be controlled: s holds 30% (list, row 2); m holds 15% (list, row 3); "
            "together 45%; 80% have votes."
        ),
    ]
    may = ask("a", ("s", "b", 0.7), ("b", "a", (0.4, 0.6)), threshold=0.5, reached=True)
    assert proof_told(may) == [
        "b must be controlled: s holds 70% (list, row 1).",
        "a may be controlled: b holds 40% to 60% (list, row 2).",
    ]
    assert "50% or more" in answer_told(ask("a", ("s", "a", 0.2), reached=True))
    assert share_told(0, WHOLE) == "not stated"
    assert share_told(HALF + 1, HALF + 1) == "50.0000001%"
    assert name_told("STATE:XR", "STATE:XR") == "Ruritania"
    assert name_told("STATE:QQ", "STATE:QQ") == "STATE:QQ"
    assert name_told("STATE:XR", "The Crown") == "The Crown"


def test_a_question_that_cannot_be_asked_is_refused() -> None:
    for more in ({"right": "charm"}, {"threshold": 2.0}):
        with pytest.raises(QuestionRefused):
            ask("a", ("s", "a", 0.6), **more)
    with pytest.raises(QuestionRefused, match="no stake names"):
        ask("b", ("s", "a", 0.6))
    with pytest.raises(QuestionRefused, match="one owner"):
        answered(table(("s", "a", 0.6)), Asked("a", (), DAY))
    board = ask("a", ("s", "a", 0.6, Right.BOARD), right="board", known_at=DAY)
    assert board.answer == "must"


def test_a_file_stands_alone_and_a_page_takes_its_colours(found: dict[int, Answered]) -> None:
    answer = found[200]
    drawing, words = answer.drawing(), drawing_words(answer)
    alone = fromstring(drawing_svg(drawing, words))
    assert alone.tag == f"{SVG}svg"
    texts = ["".join(each.itertext()) for each in alone.iter(f"{SVG}text")]
    assert {"55%", "100%", "Ruritania", "a special right"} <= set(texts)
    assert "\N{BLACK SQUARE} must be controlled" in texts
    assert all(said in texts for _, said in legend_of(words))
    assert "var(--" not in tostring(alone, encoding="unicode")
    page = drawing_svg(drawing, words, prefix="p", address=lambda each: f"?open={each}&x")
    assert page.count("<a href=") == len(drawing.bundles)
    assert "&amp;x" in page
    assert "var(--alarm, #a02c1c)" in page
    assert "style=" not in page


def test_names_are_escaped_cut_and_set_in_their_own_direction() -> None:
    long = "<b>" + "word " * 20
    found = ask(
        "x", ("s", long, 0.6), (long, "x", 0.6), ("船舶" * 20, "x", 0.1), ("شركة", "x", 0.1)
    )
    svg = drawing_svg(found.drawing(), drawing_words(found))
    assert "<b>" not in svg
    assert svg.count("\N{HORIZONTAL ELLIPSIS}") == 2
    assert 'direction="rtl">' + OWN in svg
    assert fromstring(svg) is not None


def test_the_picture_is_mirrored_where_names_run_from_right_to_left(
    found: dict[int, Answered],
) -> None:
    drawing = found[10].drawing()
    places = {}
    for language in ("en", "ar"):
        with override(language):
            svg = drawing_svg(drawing, drawing_words(found[10]), prefix="p")
        root = fromstring(svg)
        assert root.get("direction") == ("rtl" if language == "ar" else "ltr")
        places[language] = next(
            float(each.get("x", "0")) for each in root.iter("text") if each.text == "Rufus Firefly"
        )
    assert places["en"] + places["ar"] == pytest.approx(drawing.width, abs=0.2)
