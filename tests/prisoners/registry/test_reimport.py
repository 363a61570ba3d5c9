"""What a row that came again changes, case by case, without a ledger."""

from __future__ import annotations

from typing import Any

from undaunted.prisoners.registry.rules.ledger_rows import ActFacts, PersonFacts, SourceFacts
from undaunted.prisoners.registry.rules.reimport import (
    Kept,
    merge_acts,
    merge_person,
    source_mark,
)

PERSON: dict[str, Any] = dict.fromkeys(PersonFacts._fields, "") | {"roles": [], "nationalities": []}
SPELL = "deprivation_of_liberty"


def act(category: str = SPELL, **told: Any) -> dict[str, Any]:
    plain = ActFacts(category, category)
    facts = {name: getattr(plain, name) for name in ActFacts.__dataclass_fields__}
    return {**facts, "confirmed": [], **told}


def row(claim: str, facts: dict[str, Any], *, listed: bool = True) -> dict[str, Any]:
    return {**facts, "id": f"row {claim}", "claim": claim, "within": None, "listed": listed}


def test_a_person_follows_the_list_where_the_desk_was_not() -> None:
    stands = {**PERSON, "gender": "male"}
    now = {**PERSON, "roles": ["lawyer"], "birth": "1980"}
    merged = merge_person(PERSON, stands, now)
    assert merged.facts == {**now, "gender": "male"}
    assert merged.kept == ()


def test_both_changed_is_told_with_both_values() -> None:
    stands = {**PERSON, "roles": ["lawyer", "poet"]}
    merged = merge_person(PERSON, stands, {**PERSON, "roles": ["teacher"]})
    assert merged.facts == stands
    assert merged.kept == (Kept("person.roles", "teacher", "lawyer, poet"),)


def test_an_act_the_list_repeats_keeps_its_row() -> None:
    (change,) = merge_acts([act()], {"s": act()}, [row("s", act())])
    assert (change.closes, change.facts, change.remembers) == (None, None, False)


def test_days_confirmed_held_are_gathered() -> None:
    here = row("s", act(confirmed=["2024-01-01"]))
    now = act(confirmed=["2023-01-01"])
    (change,) = merge_acts([now], {"s": act()}, [here])
    assert change.facts is not None
    assert change.facts["confirmed"] == ["2023-01-01", "2024-01-01"]
    assert (change.closes, change.remembers) == ("row s", False)


def test_what_the_desk_said_first_is_remembered_as_the_lists_once_it_says_so() -> None:
    corrected = row("s", act(tier="B"), listed=False)
    (change,) = merge_acts([act(tier="B")], {"s": act()}, [corrected])
    assert (change.closes, change.kept, change.remembers) == (None, (), True)


def test_a_withdrawn_claim_stays_withdrawn_and_a_change_of_it_is_told() -> None:
    (quiet,) = merge_acts([act()], {"s": act()}, [])
    (told,) = merge_acts([act(city="Orda")], {"s": act()}, [])
    assert (quiet.facts, quiet.kept) == (None, ())
    assert (told.facts, told.kept) == (None, (Kept(f"{SPELL}.city", "Orda", "—"),))


def test_an_act_new_in_the_list_is_added_inside_its_spell() -> None:
    _, charge = merge_acts(
        [act(), act("charge", law_category="terrorism", inside=True)],
        {"s": act()},
        [row("s", act())],
    )
    assert (charge.claim, charge.inside, charge.remembers) == (None, True, False)


def test_an_act_of_the_desk_stands_beside_the_list() -> None:
    here = row("r", act("release", start="2023-02", tier="B"), listed=False)
    (same,) = merge_acts([act("release", start="2023-02", law="")], {}, [here])
    (other,) = merge_acts([act("release", start="2024", law="")], {}, [here])
    assert (same.claim, same.facts, same.kept) == ("r", None, ())
    assert other.kept == (Kept("release.start", "2024", "2023-02"),)


def test_what_the_list_drops_ends_unless_the_desk_corrected_it() -> None:
    charge = act("charge", law="Art. 1")
    (ended,) = merge_acts([], {"c": charge}, [row("c", charge)])
    (kept,) = merge_acts([], {"c": charge}, [row("c", {**charge, "law": "Art. 2"})])
    assert (ended.closes, ended.facts, ended.kept) == ("row c", None, ())
    assert (kept.closes, kept.kept) == (None, (Kept("charge.law", "—", "Art. 2"),))
    assert merge_acts([], {"c": charge}, []) == []


def test_a_number_is_told_as_text() -> None:
    here = row("s", act(family_contact=True))
    (change,) = merge_acts([act()], {"s": act(family_contact=False)}, [here])
    assert change.kept == (Kept(f"{SPELL}.family_contact", "—", "True"),)


def test_a_source_is_told_again_by_its_address_or_by_the_words_about_it() -> None:
    page = SourceFacts("Court of XR", "Verdict", "en", "https://court.example/361", "2021")
    assert source_mark(page, "https://list.example/") == ("https://court.example/361",)
    for url in ("", "https://list.example/"):
        told = source_mark(page._replace(url=url), "https://list.example/")
        assert told == ("Court of XR", "Verdict", "2021")
