"""However many bear a name: who is on another list is found, or is told as not compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.listings.rules import Entry, Kind, Name, Quality
from undaunted.core.matching.analysis import Listed, compared, comparing, held_against
from undaunted.core.matching.rules import form_of_entry

if TYPE_CHECKING:
    import pytest

ONE, OTHER = "xf-invented", "xz-invented"


def _entry(key: str, *names: str, kind: Kind = Kind.PERSON) -> Entry:
    return Entry(key, kind, tuple(Name(each, Quality.PRIMARY) for each in names))


def _listed(*told: tuple[str, Entry]) -> Listed:
    return Listed({(source, entry.key): entry for source, entry in told})


def test_namesakes_of_ones_own_list_take_nobodys_place() -> None:
    many = [(ONE, _entry(f"{at}", "Mohammed Ali Hassan")) for at in range(80)]
    held = _listed(*many, (OTHER, _entry("b", "Mohamed Aly Hasan")))
    own = [(ONE, entry.key) for _, entry in many]
    done = compared(held, own)
    assert {each.left for each in done.found} == set(own)
    assert not done.refused
    assert len(compared(held, [(OTHER, "b")]).found) == 80


def test_more_namesakes_than_are_compared_hide_nobody_of_another_list() -> None:
    many = [(ONE, _entry(f"{at}", "Mohammed Ali Hassan")) for at in range(300)]
    held = _listed(*many, (OTHER, _entry("b", "Mohamed Aly Hasan")))
    done = compared(held, [(ONE, "0"), (ONE, "299")])
    assert {each.left for each in done.found} == {(ONE, "0"), (ONE, "299")}
    assert {each.right for each in done.found} == {(OTHER, "b")}
    assert not done.refused


def test_ones_own_aliases_take_nobodys_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_MOST", 1)
    first = ("Mohammed", "Muhammad", "Mohamed", "Mohammad", "Muhamad", "Mohamad")
    several = [f"{one} {two} Hassan" for one in first for two in ("Ali", "Aly")]
    held = _listed((ONE, _entry("a", *several)), (OTHER, _entry("b", "Mohammed Ali Hasan")))
    done = compared(held, [(ONE, "a")])
    assert (len(done.found), done.refused) == (1, {})


def test_what_is_of_another_kind_takes_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_MOST", 2)
    ships = [(OTHER, _entry(f"{at}", "Norna Shipping", kind=Kind.SHIP)) for at in range(3)]
    body = _entry("z", "Norna Shiping", kind=Kind.BODY)
    held = _listed((ONE, _entry("a", "Norna Shipping", kind=Kind.BODY)), *ships, (OTHER, body))
    done = compared(held, [(ONE, "a")])
    assert [each.right for each in done.found] == [(OTHER, "z")]
    assert not done.refused


def test_who_is_like_more_than_are_told_is_told_as_not_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(comparing, "_MOST", 3)
    many = [(OTHER, _entry(f"{at}", "Mohammed Ali Hassan")) for at in range(4)]
    asked = _entry("a", "Mohammed Ali Hassan")
    held = _listed((ONE, asked), *many)
    done = compared(held, [(ONE, "a")])
    assert len(done.found) == 3
    assert "more than 3 names" in done.refused[f"{ONE}:a"]
    told = held_against(_listed(*many), {"person:1": form_of_entry(asked)})
    assert len(told.found) == 3
    assert "more than 3 names" in told.refused["person:1"]
    assert not compared(_listed((ONE, asked), *many[:3]), [(ONE, "a")]).refused
