"""What may be asked for, printed and left out; nothing of it needs a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from uuid import uuid4

import pytest

from undaunted.core.consent.rules import Audience
from undaunted.prisoners.memo.rules import (
    LONGEST_TEXT,
    STEPS,
    DeskText,
    MemoRefused,
    MemoRequest,
    Room,
    TextKind,
    TextRefused,
    TextState,
    Variant,
    audience_for,
    check_request,
    check_text,
    first_that_fits,
    plain_line,
    printable,
    shortened,
    stale_since,
)

ASKED = MemoRequest(
    country="XR",
    counterpart="Minister of Foreign Affairs",
    meets_on=date(2026, 12, 2),
    as_of=date(2026, 6, 30),
    known_at=datetime(2026, 11, 1, tzinfo=UTC),
    language="en",
)
OWN = Audience.parse("organisation:house")


@pytest.mark.parametrize(
    ("changed", "field", "remedy"),
    [
        ({"pages": 0}, "pages", "choose 1 to 6"),
        ({"pages": 7}, "pages", "choose 1 to 6"),
        ({"as_of": date(2026, 11, 2)}, "as_of", "give an earlier day"),
        ({"as_of": date(3, 1, 1)}, "as_of", "give one from 1800"),
        ({"country": "QQ"}, "country", "is no ISO 3166 code"),
        ({"country": "xr"}, "country", "write XR"),
        ({"counterpart": " "}, "counterpart", "empty"),
        ({"counterpart": "x" * 300}, "counterpart", "shorten it to 160"),
        ({"counterpart": "Mini\x07ster"}, "counterpart", "U+0007 cannot be printed"),
        ({"with_red": True}, "with_red", "choose restricted"),
        ({"country": "", "counterpart": "Somebody"}, "counterpart", "name a country"),
        (
            {"country": "", "counterpart": "", "variant": Variant.RESTRICTED},
            "variant",
            "choose public",
        ),
        ({"reader": Audience.parse("government:XR")}, "reader", "never gets it"),
    ],
)
def test_bad_request_is_refused_with_field_and_remedy(
    changed: dict[str, object], field: str, remedy: str
) -> None:
    with pytest.raises(MemoRefused, match=remedy.replace("+", r"\+")) as refusal:
        check_request(replace(ASKED, **changed))  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_good_requests_are_taken() -> None:
    assert check_request(ASKED) == ASKED
    world = replace(ASKED, country="", counterpart="")
    assert check_request(world).is_world


def test_reader_of_a_memo_is_whom_consent_must_name() -> None:
    def ask(variant: Variant, reader: str, *, official: bool = False) -> Audience:
        return audience_for(variant, reader, own=OWN, official=official)

    assert str(ask(Variant.PUBLIC, "")) == "public"
    assert ask(Variant.RESTRICTED, "") == OWN
    assert ask(Variant.RESTRICTED, "organisation:house") == OWN
    assert str(ask(Variant.RESTRICTED, "government:xs")) == "government:XS"
    for variant, reader, official in (
        (Variant.PUBLIC, "government:XS", False),
        (Variant.RESTRICTED, "everybody", False),
        (Variant.RESTRICTED, "organisation:another", False),
        (Variant.RESTRICTED, "government:QQ", False),
        (Variant.RESTRICTED, "government:XS", True),
    ):
        with pytest.raises(MemoRefused, match=r"^reader: "):
            ask(variant, reader, official=official)


def test_text_is_one_line_of_at_most_280_letters_and_only_an_ask_is_about_a_case() -> None:
    assert check_text(TextKind.ASK, " Let \n her  go. ", subject=uuid4()) == "Let her go."
    for kind, body, subject in (
        (TextKind.RED_LINE, "No.", uuid4()),
        (TextKind.ASK, "", None),
        (TextKind.ASK, "x" * (LONGEST_TEXT + 1), None),
    ):
        with pytest.raises(TextRefused):
            check_text(kind, body, subject=subject)
    assert plain_line("body", "a" * 5, 5) == "aaaaa"


@pytest.mark.parametrize("state", list(TextState))
@pytest.mark.parametrize("variant", list(Variant))
def test_public_memo_prints_only_what_two_people_read(state: TextState, variant: Variant) -> None:
    text = DeskText(TextKind.ASK, "Go.", "en", state, date(2026, 1, 1))
    wanted = state is TextState.ACCEPTED or (
        state is TextState.WRITTEN and variant is Variant.RESTRICTED
    )
    assert printable(text, variant) is wanted


def test_ninety_days_are_fresh_and_ninety_one_are_not() -> None:
    last = date(2026, 1, 1)
    assert stale_since(last, date(2026, 4, 1)) is None
    assert stale_since(last, date(2026, 4, 2)) == last


@pytest.mark.parametrize("fits_from", range(len(STEPS)))
def test_roomiest_step_that_fits_is_taken_with_few_tries(fits_from: int) -> None:
    tried: list[Room] = []

    def make(room: Room) -> tuple[Room, int]:
        tried.append(room)
        return room, 2 if STEPS.index(room) >= fits_from else 3

    assert first_that_fits(make, 2) == STEPS[fits_from]
    assert len(tried) <= 5


def test_what_fits_with_no_step_is_refused() -> None:
    with pytest.raises(MemoRefused, match="allow another page"):
        first_that_fits(lambda room: (room, 3), 2)


def test_each_step_is_tighter_than_the_one_before() -> None:
    for before, after in pairwise(STEPS):
        for name in ("cases", "practices", "points", "parts", "letters", "chart"):
            assert getattr(after, name) <= getattr(before, name)
    assert len(set(STEPS)) == len(STEPS)


@pytest.mark.parametrize(
    ("text", "letters", "wanted"),
    [
        ("short", 10, ("short", False)),
        ("one two three four", 12, ("one two…", True)),
        ("one, two three four", 6, ("one…", True)),
        ("unbreakable", 6, ("unbre…", True)),
    ],
)
def test_text_is_cut_between_words_and_marked(
    text: str, letters: int, wanted: tuple[str, bool]
) -> None:
    assert shortened(text, letters) == wanted


def test_everybody_who_is_known_to_be_in_a_text_is_declared() -> None:
    named, subject = uuid4(), uuid4()
    text = DeskText(TextKind.ASK, "Free them.", "en", TextState.ACCEPTED, date(2026, 1, 1))
    assert text.declared == frozenset()
    assert replace(text, names=frozenset({named}), subject=subject).declared == {named, subject}


def test_a_red_line_is_printed_in_no_public_memo() -> None:
    text = DeskText(TextKind.RED_LINE, "Not before.", "en", TextState.ACCEPTED, date(2026, 1, 1))
    assert not printable(text, Variant.PUBLIC)
    assert printable(text, Variant.RESTRICTED)
