"""A box at a door stands for each government that is named, never for the one that is feared."""

from __future__ import annotations

import pytest

from undaunted.core.intake.rules import Governments, agreements_of, governments_in, meaning_of

BOX = {"consents": ["speak_in_private"]}


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"governments": "Borduria\nSyldavia"}, Governments()),
        (BOX, Governments()),
        (BOX | {"governments": "\n \n"}, Governments()),
        (BOX | {"governments": "Borduria\nXB\n"}, Governments(("XB",))),
        (BOX | {"governments": "Borduria\nAtlantis\nmy uncle"}, Governments(("XB",), unread=2)),
        (
            BOX | {"governments": "Ruritania\nBorduria", "country": "Ruritania"},
            Governments(("XB",), feared=("XR",)),
        ),
        (
            BOX | {"governments": "XR\nBorduria", "origin_state": "I fled from Ruritania in May."},
            Governments(("XB",), feared=("XR",)),
        ),
    ],
)
def test_governments_are_read_and_the_feared_one_is_left_out(
    answers: dict[str, object], found: Governments
) -> None:
    assert governments_in(answers) == found


def test_each_government_is_an_agreement_of_its_own() -> None:
    made = agreements_of(["speak_in_private", "speak_in_public"], ["XS", "XB", "XS"])
    assert [str(each.audience) for each in made] == ["government:XB", "government:XS"]
    assert {meaning_of(each.purpose, str(each.audience)) for each in made} == {"speak_in_private"}
    assert agreements_of(["share_with_funds"], ["XS"])[0].purpose == "assistance"
    assert meaning_of("assistance", "body:funds") == "share_with_funds"
    assert meaning_of("assistance", "body:wgad") == ""
