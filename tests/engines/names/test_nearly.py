"""Words that are merely near tell what the commoner of both sides does, and are told where rare.

Every kind was seen among invented people held against real lists; the names here are no one's.
"""

from __future__ import annotations

import pytest

from undaunted.engines.names import REVIEW, Ground, build_index, compare, prepare, search
from undaunted.engines.names.pairs.nearly import nearly_by_chance

__all__: list[str] = []

WORDS = [f"Vel{one}{two}ant" for one in "bdfgklmnprst" for two in "bdfgklmnprst"]
BORNE = ("Hamid", "Taeefi", "Usama", "Sami", "Tarvan", "Yasin", "Taher", "Turi", "Khun", "Dawoud")
OTHERS = [f"{word} {other}" for word in (*BORNE, "Mohammed") for other in WORDS[:60]]
OTHERS += [f"{word} {other}" for word in ("Hamid", "Taeefi") for other in WORDS[60:]]
"""A list on which these words tell little."""


def _told(asked: str, listed: str, others: list[str]) -> bool:
    """Say whether a name that scores enough is a hit on a list with some others."""
    assert compare(asked, listed).score >= REVIEW, (asked, listed)
    return listed in {hit.found.name for hit in search(asked, build_index([listed, *others]))}


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("حامد طیافی", "TAEEFI, Hamid"),
        ("حامد طیافی", "TAEEFI NURVAN, Hamid"),
        ("حامد ياسين تربنی", "HAMID Yasin Tarnah"),
        ("حامد طاها توری", "حامد طاهر أتوري"),
        ("Mohammed Davids", "DAWOUD, Muhammad"),
    ],
)
def test_words_merely_near_are_another_persons_where_many_bear_them(
    asked: str, listed: str
) -> None:
    assert not _told(asked, listed, OTHERS)
    assert not _told(listed, asked, OTHERS)


@pytest.mark.parametrize("listed", ["TAEEFI, Hamid", "TAEEFI NURVAN, Hamid"])
def test_the_same_are_told_where_nobody_else_bears_them(listed: str) -> None:
    assert _told("حامد طیافی", listed, WORDS)


def test_a_first_vowel_without_a_letter_begins_another_name() -> None:
    assert not _told("سامي تارون", "TARVAN, Usama", OTHERS)
    assert _told("أسامة تاروان", "TARVAN, Usama", OTHERS)


@pytest.mark.parametrize(
    ("asked", "listed", "enough"),
    [
        ("Aleksander Tarm", "TARMOV, Alexander", 0.86),
        ("Marko Ralić", "ROLIC, Marko", 0.86),
        ("Adam Hahno", "KHANO, Adam", 0.76),
        ("Crystal Tilg", "TOLG, Crystal", 0.81),
        ("Mehmet Tarbil Quistamo", "Mohammed TARBIL", 0.65),
        ("Viktor Tarvan", "Viktor Andrey TARVANES", 0.91),
        ("عبد الرحمن شطام", "Abdul Rahman S. Dolm", 0.81),
    ],
)
def test_near_letters_are_told_of_words_that_few_bear(
    asked: str, listed: str, enough: float
) -> None:
    for one, other in ((asked, listed), (listed, asked)):
        assert compare(one, other).score >= REVIEW, (one, other)
        assert _by_chance(one, other, enough - 0.02)
        assert not _by_chance(one, other, enough)


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Hamid Tarvan", "TARVAN, Hamid"),
        ("Hafez Tarvan", "TARVAN, Hafiz"),
        ("Antoine Tarvan", "TARVAN, Tony"),
        ("Marko Tesic", "TEZIC, Marko"),
        ("Tar Van Quisto", "TARVAN, Quisto"),
    ],
)
def test_nothing_is_asked_of_other_spellings(asked: str, listed: str) -> None:
    assert not _by_chance(asked, listed, 0.5)


def _by_chance(asked: str, listed: str, telling: float) -> bool:
    """Ask by the reasons themselves, where all words are so telling."""
    reasons = compare(asked, listed).reasons
    met = [one for one in reasons if one.ground is Ground.MET]
    over = [one for one in reasons if one.ground in {Ground.LEFT_OVER, Ground.RIGHT_OVER}]
    return nearly_by_chance(met, over, prepare(asked), prepare(listed), lambda _: telling)
