"""Grades, independence of sources, and the custody log."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.evidence.rules import (
    CREDIBILITY_MEANING,
    RELIABILITY_MEANING,
    Credibility,
    CustodyKind,
    Grade,
    GradeUnreadable,
    MediaKind,
    Reliability,
    SourceFacts,
    SourceKind,
    custody_may_follow,
    independent_origins,
    source_marks,
)
from undaunted.core.evidence.rules.media import MOST_PLAYED
from undaunted.engines.census import Tier, tier_from_sources

B2 = Grade.parse("B2")


@pytest.mark.parametrize("letter", list(Reliability))
@pytest.mark.parametrize("figure", list(Credibility))
def test_grade_reads_what_it_writes(letter: Reliability, figure: Credibility) -> None:
    grade = Grade(letter, figure)
    assert Grade.parse(f" {str(grade).lower()} ") == grade


@pytest.mark.parametrize("text", ["", "B", "B22", "G1", "A7", "1A", "A0"])
def test_what_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(GradeUnreadable, match="letter A to F"):
        Grade.parse(text)


def test_ungraded_is_f6_and_says_that_nobody_can_judge() -> None:
    assert str(Grade()) == "F6"
    assert not Grade().source_judged
    assert not Grade().information_judged
    assert B2.source_judged
    assert B2.information_judged


@pytest.mark.parametrize(
    ("text", "reliable"),
    [("A1", True), ("B6", True), ("B4", False), ("A5", False), ("C1", False), ("F1", False)],
)
def test_reliable_is_source_a_or_b_with_information_not_doubted(
    text: str, *, reliable: bool
) -> None:
    assert Grade.parse(text).reliable is reliable


def test_every_grade_has_a_meaning() -> None:
    assert set(RELIABILITY_MEANING) == set(Reliability)
    assert set(CREDIBILITY_MEANING) == set(Credibility)


def source(name: str, kind: SourceKind = SourceKind.NEWS_REPORT, **facts: object) -> SourceFacts:
    return SourceFacts(id=name, kind=kind, **facts)  # type: ignore[arg-type]


def test_sources_that_repeat_one_another_are_one() -> None:
    origins = independent_origins([source("a"), source("b", repeats=frozenset({"a"})), source("c")])
    assert origins == {"a": "a", "b": "a", "c": "c"}


def test_sources_that_repeat_one_outside_the_collection_are_one() -> None:
    outside = frozenset({"agency"})
    origins = independent_origins([source("a", repeats=outside), source("b", repeats=outside)])
    assert origins == {"a": "a", "b": "a"}


def test_same_publisher_is_one_source_and_a_blank_one_joins_nothing() -> None:
    origins = independent_origins(
        [
            source("a", publisher="Free  Word"),
            source("b", publisher="free word"),
            source("c"),
            source("d"),
        ]
    )
    assert origins == {"a": "a", "b": "a", "c": "c", "d": "d"}


def test_source_may_not_be_taken_for_a_publisher_of_the_same_name() -> None:
    origins = independent_origins([source("agency"), source("b", publisher="agency")])
    assert len(set(origins.values())) == 2


def test_repeating_oneself_or_in_a_circle_ends() -> None:
    circle = [source("a", repeats=frozenset({"a", "b"})), source("b", repeats=frozenset({"a"}))]
    assert independent_origins(circle) == {"a": "a", "b": "a"}


def test_marks_give_tier_a_for_a_court_paper_and_an_independent_report() -> None:
    marks = source_marks([source("a", SourceKind.COURT_PAPER), source("b", grade=B2)])
    assert tier_from_sources(marks).tier is Tier.A


def test_marks_of_one_repeated_report_stay_below_tier_a() -> None:
    marks = source_marks(
        [source("a", SourceKind.FAMILY), source("b", grade=B2, repeats=frozenset({"a"}))]
    )
    assert tier_from_sources(marks).tier is Tier.B


SOURCES = st.lists(
    st.builds(
        SourceFacts,
        id=st.sampled_from("abcdef"),
        kind=st.sampled_from(SourceKind),
        publisher=st.sampled_from(["", "x", "y"]),
        repeats=st.frozensets(st.sampled_from("abcdefgh"), max_size=2),
    ),
    unique_by=lambda one: one.id,
)


@given(SOURCES)
def test_order_of_sources_does_not_matter(sources: list[SourceFacts]) -> None:
    assert independent_origins(sources) == independent_origins(reversed(sources))


@given(SOURCES)
def test_learning_of_a_repetition_never_adds_an_origin(sources: list[SourceFacts]) -> None:
    freed = [source(one.id, one.kind, publisher=one.publisher) for one in sources]
    joined = set(independent_origins(sources).values())
    assert len(joined) <= len(set(independent_origins(freed).values()))


C = CustodyKind


@pytest.mark.parametrize(
    ("log", "event", "may"),
    [
        ((), C.RECEIVED, True),
        ((), C.HASHED, False),
        ((C.RECEIVED,), C.RECEIVED, False),
        ((C.RECEIVED,), C.VIEWED, False),
        ((C.RECEIVED,), C.HASHED, True),
        ((C.RECEIVED,), C.DESTROYED, True),
        ((C.RECEIVED, C.HASHED), C.HASHED, False),
        ((C.RECEIVED, C.HASHED), C.EXPORTED, True),
        ((C.RECEIVED, C.HASHED, C.WITHDRAWN), C.EXPORTED, False),
        ((C.RECEIVED, C.HASHED, C.WITHDRAWN), C.VERIFIED, True),
        ((C.RECEIVED, C.HASHED, C.DESTROYED), C.VIEWED, False),
    ],
)
def test_custody_log_has_an_order(log: tuple[C, ...], event: C, *, may: bool) -> None:
    assert custody_may_follow(log, event) is may


@pytest.mark.parametrize("kind", list(MediaKind))
def test_films_and_sounds_are_played_up_to_a_size(kind: MediaKind) -> None:
    assert kind.is_film == (kind in {MediaKind.MP4, MediaKind.WEBM, MediaKind.MKV})
    assert not (kind.is_film and kind.is_sound)
    assert MediaKind.MP3.is_sound
    assert kind.is_played(MOST_PLAYED) is (kind.is_film or kind.is_sound)
    assert not kind.is_played(MOST_PLAYED + 1)
