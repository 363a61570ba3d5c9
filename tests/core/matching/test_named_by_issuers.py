"""An issuer that bears another list's number says who is who: asked first, accepted together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.matching.factories import XF, XZ
from undaunted.core.listings.rules import Birth, Entry, Identifier, Kind, Name, Quality
from undaunted.core.matching.analysis import Found, Listed, compared
from undaunted.core.matching.writers import reasons_told

if TYPE_CHECKING:
    from collections.abc import Sequence

SENTENCE = "An issuer says so: both bear the number of one entry."


def _entry(key: str, name: str, *ids: tuple[str, str], born: str = "") -> Entry:
    made = Entry(key, Kind.PERSON, (Name(name, Quality.PRIMARY),), ids=ids)
    return replace(made, births=(Birth(born),) if born else ())


def _found(*entries: tuple[str, Entry]) -> Sequence[Found]:
    held = Listed({(source, each.key): each for source, each in entries})
    return compared(held, list(held.entries)).found


@pytest.mark.parametrize("number", ["QDi.123", "QDI.123", "QDi.123 (formerly QI.S.1.02.)"])
def test_an_entry_that_bears_the_number_of_another_is_told_so_and_may_be_accepted(
    number: str,
) -> None:
    (one,) = _found(
        (XF, _entry("QDi.123", "Viktor Strovik", ("UN", "QDi.123"))),
        (XZ, _entry("9", "Wiktor Strowik", ("OFSI", "9"), ("UN", number))),
    )
    assert one.strong
    assert one.score > 0.95
    assert reasons_told(one.reasons, brief=True)[0] == SENTENCE
    assert reasons_told(one.reasons)[1] == SENTENCE, "behind the names that were compared"


def test_whoever_is_called_otherwise_is_asked_about_and_not_accepted_together() -> None:
    (one,) = _found(
        (XF, _entry("QDi.123", "Viktor Strovik", ("UN", "QDi.123"))),
        (XZ, _entry("9", "Abu Norna al-Zubri", ("UN", "QDi.123"))),
    )
    assert not one.strong
    assert SENTENCE in reasons_told(one.reasons)


def test_births_that_differ_are_looked_at_by_a_person_each() -> None:
    (one,) = _found(
        (XF, _entry("QDi.123", "Viktor Strovik", ("UN", "QDi.123"), born="1961-03-04")),
        (XZ, _entry("9", "Viktor Strovik", ("UN", "QDi.123"), born="1985-01-02")),
    )
    assert not one.strong


def test_another_number_says_nothing_against_them() -> None:
    named = (("UN", "QDi.123"), ("UN", "QDi.124"))
    one, bare = (
        _found((XF, _entry("a", "Viktor Strovik", *left)), (XZ, _entry("b", "V. Strovik", *right)))
        for left, right in ((named[:1], named[1:]), ((), ()))
    )
    assert [each.score for each in one] == [each.score for each in bare]
    assert SENTENCE not in reasons_told(one[0].reasons)


def test_one_list_that_names_one_entry_twice_is_asked_about() -> None:
    (one,) = _found(
        (XF, _entry("8", "Viktor Ivanovich Strovik", ("OFSI", "8"), ("UN", "QDi.123"))),
        (XF, _entry("9", "Wiktor Iwanowitsch Strowik", ("OFSI", "9"), ("UN", "QDi.123"))),
    )
    assert not one.strong, "of one list none is accepted together with others"


def test_somebody_and_a_body_of_one_number_are_asked_about_and_not_accepted_together() -> None:
    number = ("UN", "QDi.001")
    body = replace(_entry("9", "Ahmed Saleh Trading", number), kind=Kind.BODY)
    (one,) = _found((XF, _entry("QDi.001", "Ahmed Saleh", number)), (XZ, body))
    assert not one.strong
    assert SENTENCE in reasons_told(one.reasons)


@pytest.mark.parametrize("against", [
    ({"gender": "m"}, {"gender": "f"}),
    ({"identifiers": (Identifier("passport", "A1"),)},
     {"identifiers": (Identifier("passport", "B2"),)}),
])  # fmt: skip
def test_a_fact_that_speaks_against_a_number_lets_nobody_be_accepted_together(
    against: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    sides = (
        (XF, _entry("QDi.123", "Viktor Strovik", ("UN", "QDi.123"))),
        (XZ, _entry("9", "Viktor Strovik", ("UN", "QDi.123"))),
    )
    (bare,) = _found(*sides)
    (one,) = _found(*((source, replace(entry, **more)) for (source, entry), more
                      in zip(sides, against, strict=True)))  # fmt: skip
    assert (bare.strong, one.strong) == (True, False)
    assert SENTENCE in reasons_told(one.reasons)
