"""What is written in English below the pages is told in the reader's language, or marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from tests.translated import translate_into
from undaunted.coercion.instruments.rules.proceedings import checked_text
from undaunted.site.english import law_told, marked, refusal_told, said_texts, told_by_field
from undaunted.site.english.packs import folder_of
from undaunted.site.english.sources import PLACE, sentences_in

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

WORDS = {
    ("law", "Civil nuclear"): "Nucléaire civil",
    ("law", "Write the whole name, as it stands in the register."): "Écrivez le nom entier.",
    ("refusal", "from {stage} a case goes to {ways}, not to {to}"): "de {stage}, non vers {to}",
    ("refusal", "is missing; {lower}{asks}"): "manque ; {lower}{asks}",
    ("refusal", "it is empty; say it"): "c'est vide",
    ("refusal", "it is empty; write it"): "c'est vide, écrivez-le",
    ("refusal", "nobody moves a case to {to}; {way}"): "personne ne passe à {to} : {way}",
    ("refusal", "{value} is no whole number; correct it"): "pas un nombre entier : {value}",
    ("refusal", "submit the filing"): "déposez la notification",
    ("refusal", "a company holds its own shares"): "la société détient ses propres parts",
}


@pytest.fixture
def _in_french(tmp_path: Path, settings: Settings) -> None:
    translate_into("fr", WORDS, folder=tmp_path, settings=settings)


pytestmark = pytest.mark.usefixtures("_in_french")


def in_french(text: str) -> str:
    with override("fr"):
        return refusal_told(text)


def test_what_varies_in_a_sentence_stands_in_its_translation() -> None:
    said = "stage: from draft a case goes to filed or closed, not to decided"
    assert in_french(said) == "stage: de draft, non vers decided"


def test_a_refusal_as_the_rules_raise_it_is_told() -> None:
    with pytest.raises(ValueError, match="it is empty") as refused:
        checked_text("measure", " ", needed=True)
    assert in_french(str(refused.value)) == "measure: c'est vide, écrivez-le"


def test_each_of_several_refusals_is_told() -> None:
    assert in_french("text: it is empty; say it; reason: it is empty; say it") == (
        "text: c'est vide; reason: c'est vide"
    )


def test_refusals_stand_at_the_fields_that_they_name() -> None:
    with override("fr"):
        parts = told_by_field("text: it is empty; say it; a moon; on: it is empty; say it")
    assert parts == [("text", "c'est vide; a moon"), ("on", "c'est vide")], "it stays at its field"
    assert told_by_field("the moon; the sun") == [("", "the moon"), ("", "the sun")]


def test_a_field_stays_before_a_sentence_that_begins_with_what_varies() -> None:
    with override("fr"):
        parts = told_by_field("loss: 'much' is no whole number; correct it")
    assert parts == [("loss", "pas un nombre entier : 'much'")]


def test_fields_are_found_in_english_too() -> None:
    assert told_by_field("text: it is empty; say it") == [("text", "it is empty; say it")]


def test_a_sentence_within_a_sentence_is_told() -> None:
    said = "stage: nobody moves a case to filed; submit the filing"
    assert in_french(said) == "stage: personne ne passe à filed : déposez la notification"


def test_a_text_of_a_pack_within_a_sentence_is_told() -> None:
    said = "requester: is missing; write the whole name, as it stands in the register."
    assert in_french(said) == "requester: manque ; Écrivez le nom entier."


def test_a_finding_keeps_its_rows_and_the_code_of_its_rule() -> None:
    said = "row 3: a company holds its own shares (Ostra) [self_ownership]"
    assert in_french(said) == "row 3: la société détient ses propres parts (Ostra) [self_ownership]"


def test_what_nobody_translated_stays_and_is_marked_as_english() -> None:
    assert in_french("the moon is full; look up") == "the moon is full; look up"
    with override("fr"):
        assert marked("the <moon>") == '<span lang="en" dir="ltr">the &lt;moon&gt;</span>'
        assert marked("Civil nuclear", law=True) == "Nucléaire civil"
    with override("en"):
        assert marked("the <moon>") == "the &lt;moon&gt;"


def test_english_readers_get_what_was_said() -> None:
    with override("en"):
        assert refusal_told("text: it is empty; say it") == "text: it is empty; say it"
        assert law_told("Civil nuclear") == "Civil nuclear"


def test_a_long_text_is_not_searched() -> None:
    long = "it is empty; say it; " * 1000
    assert in_french(long) == long


def test_source_is_read_as_its_sentences_are_said() -> None:
    source = '''
"""A module of two words."""

NAMES = {"left out": "stays where it was", "b": _("in the catalogue already")}


def look(row: "str | None") -> None:
    """Say what is wrong here."""
    if row == "never say this":
        raise Refused(f"{row.name}: {row['size']:,} of {row.size} is much; cut " + ", ".join(row))
    raise Forbidden("there is no such row for you")


def ask(row):
    yield f"whether {ROWS[row]}"
    yield f"{row}"
    yield "demand, sources"
    execute("SELECT this FROM that")
'''
    assert list(sentences_in(source)) == [
        "stays where it was",
        "{size} of {size_2} is much; cut {row}",
        "whether {rows}",
    ]


def test_a_package_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match=r"undaunted\.nowhere"):
        folder_of("undaunted.nowhere")


def test_every_sentence_is_known_again_with_what_varies_in_it(
    tmp_path: Path, settings: Settings
) -> None:
    said = dict.fromkeys(sentence for _file, sentence in said_texts())
    numbered = {
        ("refusal", each): f"<{number}> " + " ".join(f"{{{name}}}" for name in PLACE.findall(each))
        for number, each in enumerate(said)
    }
    translate_into("lt", numbered, folder=tmp_path / "all", settings=settings)
    with override("lt"):
        lost = [
            each
            for number, each in enumerate(said)
            if f"<{number}> " not in refusal_told(PLACE.sub("XZ-7", each)) + " "
        ]
    assert lost == [], "another sentence is told in its place"


def test_no_sentence_that_nobody_translated_is_changed(tmp_path: Path, settings: Settings) -> None:
    translate_into("lt", {}, folder=tmp_path, settings=settings)
    for _file, sentence in said_texts():
        filled = PLACE.sub("XZ-7", sentence)
        with override("de"):  # a language into which nothing is translated
            assert refusal_told(filled) == filled
