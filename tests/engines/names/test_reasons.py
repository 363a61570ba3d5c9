"""What a comparison says of itself: which words met, by what, and what is left over."""

from __future__ import annotations

import pytest

from undaunted.engines.names import REVIEW, Ground, Reason, compare

__all__: list[str] = []


def met(left: str, right: str) -> dict[tuple[str, str], str]:
    return {
        (reason.left, reason.right): reason.by
        for reason in compare(left, right).reasons
        if reason.ground is Ground.MET
    }


@pytest.mark.parametrize(
    ("left", "right", "by"),
    [
        ("Щукин", "Shchukin", "BGN/PCGN"),
        ("Щукин", "Schtschukin", "German"),
        ("Чехов", "Tchekhov", "French"),
        ("Гринюк", "Hryniuk", "Ukrainian 2010"),
        ("Щукин", "Щукін", "same sounds"),
        ("Brandt", "Brandt", "as written"),
        ("BRANDT", "Brandt", "as written"),
        ("Brandt", "Brant", "near spelling"),
        ("Jusuf", "Yusuf", "forms of one name"),
        ("Schukin", "Shukin", "same sounds"),
        ("قاسم", "Qasim", "consonants and long vowels"),
        ("Qasim", "قاسم", "consonants and long vowels"),
        ("철수", "Cholsu", "Hangul syllables"),
        ("全国", "Quanguo", "readings of characters"),
        ("トーマス", "Thomas", "Hepburn"),
        ("Παπας", "Papas", "sounds"),
        ("สมชาย", "Somchai", "sounds"),
    ],
)
def test_the_way_two_words_met_is_named(left: str, right: str, by: str) -> None:
    assert set(met(left, right).values()) == {by}


def test_words_are_shown_as_they_were_written() -> None:
    assert met("Abd al-Rahman KARIMI", "Abdulrahman Karimi") == {
        ("Abd Rahman", "Abdulrahman"): "as written",
        ("KARIMI", "Karimi"): "as written",
    }
    assert ("Karl Heinz", "Karlheinz") in met("Karl-Heinz Brandt", "Karlheinz Brandt")
    assert ("K", "Karl") in met("K. Brandt", "Karl Brandt")


def test_what_is_left_over_or_set_aside_is_said_on_its_side() -> None:
    forth = compare("Dr. Ada Ivanova", "Ada Maria Petrova")
    back = compare("Ada Maria Petrova", "Dr. Ada Ivanova")
    assert Reason(Ground.SET_ASIDE, left="Dr") in forth.reasons
    assert Reason(Ground.SET_ASIDE, right="Dr") in back.reasons
    assert Reason(Ground.RIGHT_OVER, right="Maria") in forth.reasons
    assert Reason(Ground.LEFT_OVER, left="Maria") in back.reasons
    assert forth.score == back.score


@pytest.mark.parametrize(
    ("left", "right"),
    [("حافظ بشار الأسد", "بشار حافظ الأسد"), ("حسن علي عمر", "علي حسن عمر")],
)
def test_son_and_father_by_their_order_alone_are_a_question(left: str, right: str) -> None:
    """They may be two people, or one whose columns a clerk turned."""
    found = compare(left, right)
    assert REVIEW < found.score < REVIEW + 0.05
    assert Reason(Ground.CROSSED_DESCENT) in found.reasons
    assert compare(right, left).score == found.score


def test_given_names_in_persian_letters_are_no_fathers() -> None:
    found = compare("پرویز علی گودرزی", "علی پرویز گودرزی")
    assert found.score == 1.0
    assert Reason(Ground.CROSSED_DESCENT) not in found.reasons


def test_crossed_descent_and_disguise_are_reasons() -> None:
    grounds = {r.ground for r in compare("محمد بن سلمان", "Salman bin Mohammed").reasons}
    assert Ground.CROSSED_DESCENT in grounds
    turned = compare("حافظ بشار الأسد", "بشار حافظ الأسد").reasons
    assert Ground.CROSSED_DESCENT in {r.ground for r in turned}
    assert compare("الأسد بشار حافظ", "بشار حافظ الأسد").score == 1.0
    hidden = compare("Kаrl", "K4rl").reasons
    assert Reason(Ground.DISGUISE, left="Kаrl", by="lookalike") in hidden
    assert Reason(Ground.DISGUISE, right="K4rl", by="digit") in hidden


def test_a_name_whose_letters_are_turned_about_is_compared_as_it_is_seen() -> None:
    assert compare("\u202evorydak\u202c", "Kadyrov").score >= 0.6
    assert compare("Ramzan \u202evotnagleV\u202c", "Ramzan Velgantov").score >= 0.7
    assert compare("\u202eVelgantov Ramzan", "Ramzan Velgantov").score >= 0.7
    arabic = "محمد ترابي"
    assert compare(f"\u202d{arabic[::-1]}\u202c", arabic).score >= 0.7
