"""However many bear a name: who is on another list is found, or is told as not compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from undaunted.core.listings.rules import Birth, Entry, Kind, Name, Quality
from undaunted.core.matching.analysis import Listed, compared, comparing, held_against
from undaunted.core.matching.rules import Form, form_of_entry, unsure_names
from undaunted.engines.names import unsure_by

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


MANY = [f"Muhammad Ali Vel{one}{two}ant" for one in "bdfgklmnprst" for two in "bdfgklmnprst"]


def test_of_whom_names_are_passed_over_as_common_nothing_sure_is_said() -> None:
    held = _listed(*((ONE, _entry(f"{at}", name)) for at, name in enumerate(MANY)))
    told = held_against(held, {"person:1": Form("person", ("Muhammad Ali",))})
    assert not told.found
    assert told.refused["person:1"] == (
        "a name of it is common and is not asked about alone; listed names that are like it, "
        "at least: 144; look for them by hand"
    )
    full = held_against(held, {"person:1": Form("person", ("Muhammad Ali Velbdant",))})
    assert full.found


def test_entries_of_which_names_are_passed_over_as_common_are_told_on_both_lists() -> None:
    many = [(ONE, _entry(f"{at}", name)) for at, name in enumerate(MANY)]
    held = _listed(*many, (OTHER, _entry("b", "Muhammad Ali")))
    done = compared(held, [(OTHER, "b")])
    assert not done.found
    assert "listed names that are like it, at least: 144;" in done.refused[f"{OTHER}:b"]
    assert set(done.cut) == {(ONE, entry.key) for _, entry in many}
    both = compared(held, [(OTHER, "b"), (ONE, "0")])
    assert f"{ONE}:0" in both.refused


def test_who_comes_up_by_another_name_is_not_told_as_passed_over() -> None:
    many = [(ONE, _entry(f"{at}", name)) for at, name in enumerate(MANY[3:])]
    known = [(ONE, _entry(f"x{at}", name, "Zarina Tarvin")) for at, name in enumerate(MANY[:3])]
    held = _listed(*many, *known, (OTHER, _entry("b", "Muhammad Ali", "Zarina Tarvin")))
    done = compared(held, [(OTHER, "b")])
    assert {each.left for each in done.found} == {(ONE, entry.key) for _, entry in known}
    assert set(done.cut) == {(ONE, entry.key) for _, entry in many}


def test_whom_facts_tell_apart_from_namesakes_is_found_beside_those_passed_over() -> None:
    born = ("1970-01-02",)
    listed = [(ONE, _entry(f"{at}", name)) for at, name in enumerate(MANY)]
    known = replace(_entry("x", "Muhammad Ali Tarvin"), births=(Birth(*born),))
    asked = Form("person", ("Muhammad Ali",), births=born)
    told = held_against(_listed(*listed, (ONE, known)), {"person:1": asked})
    assert [each.right for each in told.found] == [(ONE, "x")]
    assert "is common and is not asked about alone" in told.refused["person:1"]


OTHERS = [
    f"{one}o{two}ek Mirv{three}ux" for one in "bdfgkl" for two in "mnprst" for three in "aeiou"
]
NAMESAKES = [f"{name}{end}" for name in MANY for end in ("", "a")]


def test_entries_that_namesakes_of_another_list_are_passed_over_for_are_told() -> None:
    many = [(OTHER, _entry(f"{at}", name)) for at, name in enumerate((*NAMESAKES, *OTHERS))]
    held = _listed((ONE, _entry("a", "Muhammad Ali")), *many)
    done = compared(held, [(ONE, "a")])
    assert not done.found
    assert f"like it, at least: {len(NAMESAKES)};" in done.refused[f"{ONE}:a"]
    told = held_against(held, {"person:1": Form("person", ("Muhammad Ali",))})
    assert f"like it, at least: {len(NAMESAKES) + 1};" in told.refused["person:1"]


def test_who_was_born_on_the_very_day_is_found_among_however_many_namesakes() -> None:
    born = ("1970-05-01",)
    listed = [
        (ONE, replace(_entry(f"{at}", name), births=(Birth(f"{1940 + at % 60}-03-04"),)))
        for at, name in enumerate((*NAMESAKES, *OTHERS))
    ]
    one = replace(_entry("x", "Muhammad Ali Tarvin"), births=(Birth(*born),))
    held = _listed(*listed, (ONE, one))
    told = held_against(held, {"person:1": Form("person", ("Muhammad Ali",), births=born)})
    assert [each.right for each in told.found] == [(ONE, "x")]


def test_an_entry_that_came_up_by_another_name_is_not_passed_over() -> None:
    listed = [
        (OTHER, _entry(f"{at}", name, f"Kestrel {name[-7:]} Umbrek"))
        for at, name in enumerate(MANY)
    ]
    asked = ("Muhammad Ali", *(f"Kestrel {name[-7:]} Umbrek" for name in MANY))
    held = _listed((ONE, _entry("a", *asked)), *listed)
    done = compared(held, [(ONE, "a")])
    assert {each.right[1] for each in done.found} == {f"{at}" for at in range(len(MANY))}
    assert not done.refused


AMHARIC = "\u12a0\u1260\u1260 \u1308\u1265\u1228"


@pytest.mark.parametrize("listed", ["Ivan Petrov", "Quite Another"])
def test_one_compared_name_says_nothing_of_the_others(listed: str) -> None:
    form = Form("person", ("V", AMHARIC, "Ivan Petrov"))
    told = held_against(_listed((ONE, _entry("1", listed))), {"person:1": form})
    assert len(told.found) == (listed == "Ivan Petrov")
    assert "two letters or more" in told.refused["person:1"]
    assert "the same letters alone" in told.refused["person:1"]
    assert not any(name in told.refused["person:1"] for name in form.names[1:])
    assert list(unsure_names(form)) == ["V", AMHARIC]


DEVANAGARI = "\u0930\u093e\u091c \u0915\u0941\u092e\u093e\u0930"
HAN = "\u9648\u5168\u56fd"


def test_chinese_characters_are_told_as_read_in_part_where_no_other_name_is_heard() -> None:
    held = _listed((ONE, _entry("1", "CHEN, Quanguo")))
    told = held_against(held, {"notice:1": Form("person", (HAN,))})
    assert [each.score for each in told.found] == [1.0]
    assert told.refused == {"notice:1": unsure_by(HAN)}
    assert "read in one way of several" in unsure_by(HAN)
    assert unsure_names(Form("person", (AMHARIC,))) == {AMHARIC: unsure_by(AMHARIC)}
    assert unsure_names(Form("person", (HAN, "Chen Quanguo"))) == {}
    assert list(unsure_names(Form("person", (HAN, AMHARIC)))) == [HAN, AMHARIC]
    assert unsure_by(DEVANAGARI) == unsure_by(HAN)


def test_names_that_are_compared_refuse_nobody() -> None:
    form = Form(
        "person", ("Ivan Petrov", "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432")
    )
    assert (
        held_against(_listed((ONE, _entry("1", "Quite Another"))), {"person:1": form}).refused == {}
    )
