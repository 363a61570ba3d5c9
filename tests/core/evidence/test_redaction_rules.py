"""What may be taken out of a copy, told before a file is opened."""

from __future__ import annotations

import math

import pytest

from undaunted.core.evidence.rules import (
    BLACK,
    Box,
    PassageMissing,
    Passages,
    Unredactable,
    WhyUncleanable,
    WhyUnredactable,
    boxes_in,
    marks_of,
)
from undaunted.core.evidence.rules.redaction import LONGEST_PASSAGE, MOST_BOXES, MOST_PASSAGES

WHOLE = Box(1, 0, 0, 100, 100)


def why(passages: tuple[str, ...] = (), boxes: tuple[Box, ...] = ()) -> Unredactable:
    with pytest.raises(Unredactable) as refusal:
        marks_of(passages, boxes)
    return refusal.value


def test_boxes_are_read_line_by_line_with_commas_and_per_cent() -> None:
    assert boxes_in("1 0 0 100 100\n\n 2, 10%, 20.5%, 3, 4 ") == (WHOLE, Box(2, 10, 20.5, 3, 4))
    with pytest.raises(Unredactable) as refusal:
        boxes_in("1 2 3\n1 0 0 100 100\n1.5 0 0 1 1\n\nx y z u v")
    assert refusal.value.reason is WhyUnredactable.BOX_UNREADABLE
    assert refusal.value.lines == (1, 3, 5)


@pytest.mark.parametrize(
    "box",
    [
        Box(0, 0, 0, 1, 1), Box(-1, 0, 0, 1, 1), Box(1, -1, 0, 1, 1), Box(1, 0, -1, 1, 1),
        Box(1, 0, 0, 0, 1), Box(1, 0, 0, 1, 0), Box(1, 60, 0, 50, 1), Box(1, 0, 60, 1, 50),
        Box(1, math.nan, 0, 1, 1), Box(1, 0, 0, math.inf, 1),
    ],
)  # fmt: skip
def test_box_that_is_on_no_page_is_refused_by_its_line(box: Box) -> None:
    refusal = why(boxes=(WHOLE, box))
    assert (refusal.reason, refusal.lines) == (WhyUnredactable.BOX_OUTSIDE, (2,))


def test_nothing_and_too_much_are_refused() -> None:
    assert why(("  ", "")).reason is WhyUnredactable.NOTHING
    assert why(("a",) * 10_000).reason is WhyUnredactable.TOO_MANY
    assert why(boxes=(WHOLE,) * (MOST_BOXES + 1)).reason is WhyUnredactable.TOO_MANY
    assert why(("a", "a" * (LONGEST_PASSAGE + 1))).lines == (2,)
    assert len(marks_of(("a",) * MOST_PASSAGES, (WHOLE,)).passages) == MOST_PASSAGES


def test_every_reason_has_a_sentence_with_its_field() -> None:
    for reason in WhyUnredactable:
        told = str(Unredactable(reason, (3, 4), WhyUncleanable.LOCKED))
        assert told.partition(": ")[0] in {"passages", "boxes", "document", "lies_open"}
    assert "line 3, 4" in str(Unredactable(WhyUnredactable.PASSAGE_MISSING, (3, 4)))
    assert "()" in str(Unredactable(WhyUnredactable.UNCLEAN))


def test_passages_are_found_apart_together_and_over_lines() -> None:
    black = Passages(["vasil dobrev", "", "  "])
    assert len(black) == 1
    assert black.over("Vásil\n Dobrev, VASILDOBREV.") == f"{BLACK}, {BLACK}."
    assert black.found(["nobody"]) == frozenset()
    assert Passages([]).found(["anything"]) == frozenset()
    with pytest.raises(PassageMissing) as missing:
        Passages(["a", "", "b"]).require_all(["a"])
    assert missing.value.lines == (3,)


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ("Ada", "scan_ada_2.png"), ("12345", "call_12345_.mp3"), ("Abed", "_abed_bea_"),
        ("x0041", "_x0041_"), ("Жэд", "%D0%96эд"), ("A b", "A_x0020_b"),
    ],
)  # fmt: skip
def test_what_looks_escaped_is_found_as_it_is_written_too(passage: str, text: str) -> None:
    black = Passages([passage])
    assert black.found([text])
    assert black.over(text).count(BLACK) == 1
    assert not black.found([black.over(text)])
