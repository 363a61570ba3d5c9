"""Every text that somebody typed is given with its field, so that no victim's name goes unread."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from undaunted.repression.dossiers.rules import (
    ActTold,
    AnnexTold,
    EvidenceTold,
    FactTold,
    LinkTold,
    PaperTold,
    PersonTold,
    PostTold,
    QuestionTold,
    SourceTold,
    StatementTold,
    names_in,
    texts_of,
)
from undaunted.repression.sanctions.rules import Fit, RegimeTest

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 11, 27)
SCAN = EvidenceTold("typed: order", "A2", "typed: page 2", 1)
TOLD = EvidenceTold("typed: interview", "B3")
ACT = ActTold(
    "1", 1, "detention", "ohchr", "2024-03-05", "", "typed: Strelsau", "typed: Guard",
    "typed: Article 9", (FactTold("detention", "met", "typed: no judge", (SCAN, TOLD)),),
)  # fmt: skip
PERSON = PersonTold(
    label="R. Hentzau",
    kind="person",
    details=(("birth", "typed: 1971", (SCAN,)), ("name", "typed: Rupert", ())),
    posts=(PostTold("typed: Warden", "typed: Governor", "2023", "", (TOLD,)),),
    listed=("xf-invented",),
    searched=(),
    links=(LinkTold("1", "ordered", "typed: signed it", (SCAN,)),),
    facts=(FactTold("official", "met", "typed: by the post", (TOLD,)),),
    questions=(QuestionTold("1", "A. Maubon", ("Prosecutor", "Commander"), certain=True),),
    reply="sought",
    reply_note="typed: no answer",
    statements=(StatementTold("searched", "typed: the gazette", (SCAN,)),),
    test=RegimeTest("eu-2020-1998", "EU", DAY, Fit.NO_TEST),
)
PAPER = PaperTold(
    title="typed: Detention in Strelsau",
    recipient="typed: Ministry",
    law="Invented law",
    citation="",
    status="",
    jurisdiction="EU",
    country="XR",
    number="3",
    tlp="RED",
    watermark="w",
    language="en",
    publisher="typed: Invented office",
    day=DAY,
    summary="typed: without grounds",
    acts=(ACT,),
    people=(PERSON,),
    annexes=(AnnexTold(1, "typed: the order", "1.pdf", 9, "0" * 64, "1" * 64),),
    sealed=True,
    hypothetical=False,
    sources=(SourceTold(1, "typed: order", "typed: Guard's press", address="typed: press/7"),),
)


def _typed(value: object) -> Iterator[str]:
    """Give whatever is marked as typed, wherever in a paper it stands."""
    if isinstance(value, str):
        yield from [value] if value.startswith("typed: ") else []
    elif isinstance(value, tuple):
        for each in value:
            yield from _typed(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _typed(getattr(value, field.name))


def _field_that_names(paper: PaperTold) -> list[str]:
    return [field for field, text in texts_of(paper) if names_in(text, ("Olena Korsak",))]


def test_nothing_that_was_typed_is_left_out() -> None:
    given = {line for _, text in texts_of(PAPER) for line in text.splitlines() if line}
    assert given == set(_typed(PAPER))
    assert len(given) == 22


def test_each_text_stands_under_the_field_in_which_it_can_be_mended() -> None:
    assert list(texts_of(PAPER)) == [
        ("title", "typed: Detention in Strelsau"),
        ("recipient", "typed: Ministry"),
        ("summary", "typed: without grounds"),
        ("submitted by", "typed: Invented office"),
        ("act 1, place", "typed: Strelsau"),
        ("act 1, authority", "typed: Guard"),
        ("act 1, law", "typed: Article 9"),
        ("act 1, detention", "typed: no judge"),
        ("act 1, detention, source", "typed: order\ntyped: page 2"),
        ("act 1, detention, source", "typed: interview\n"),
        ("R. Hentzau, birth", "typed: 1971"),
        ("R. Hentzau, birth, source", "typed: order\ntyped: page 2"),
        ("R. Hentzau, name", "typed: Rupert"),
        ("R. Hentzau, post", "typed: Warden\ntyped: Governor"),
        ("R. Hentzau, post, source", "typed: interview\n"),
        ("R. Hentzau, ordered", "typed: signed it"),
        ("R. Hentzau, ordered, source", "typed: order\ntyped: page 2"),
        ("R. Hentzau, official", "typed: by the post"),
        ("R. Hentzau, official, source", "typed: interview\n"),
        ("R. Hentzau, reply", "typed: no answer"),
        ("R. Hentzau, searched", "typed: the gazette"),
        ("R. Hentzau, searched, source", "typed: order\ntyped: page 2"),
        ("annex 1, title", "typed: the order"),
        ("source 1", "typed: Guard's press\ntyped: press/7"),
    ]


@pytest.mark.parametrize(
    ("paper", "field"),
    [
        (replace(PAPER, summary="They took Olena Korsak."), "summary"),
        (replace(PAPER, acts=(replace(ACT, place="Korsak, Olena: her flat"),)), "act 1, place"),
        (
            replace(PAPER, people=(replace(PERSON, reply_note="Knew of Olena KORSAK"),)),
            "R. Hentzau, reply",
        ),
        (
            replace(PAPER, annexes=(replace(PAPER.annexes[0], title="Order, Olena Korsak"),)),
            "annex 1, title",
        ),
        (replace(PAPER, publisher="Free Olena Korsak"), "submitted by"),
        (
            replace(PAPER, sources=(replace(PAPER.sources[0], address="x.invalid/olena-korsak"),)),
            "source 1",
        ),
    ],
)
def test_a_name_is_found_in_the_field_it_stands_in_and_nowhere_else(
    paper: PaperTold, field: str
) -> None:
    assert _field_that_names(PAPER) == []
    assert _field_that_names(paper) == [field]


def test_a_paper_of_nobody_and_nothing_still_has_its_four_texts() -> None:
    bare = replace(PAPER, acts=(), people=(), annexes=(), sources=())
    told = ["title", "recipient", "summary", "submitted by"]
    assert [field for field, _ in texts_of(bare)] == told
