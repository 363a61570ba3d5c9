"""The model texts are whole in each language, say what must be said, and can be proved later."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from undaunted.core.consent.rules import (
    FIRST_LANGUAGE,
    PUBLIC_AUDIENCE,
    Asked,
    Audience,
    AudienceKind,
    FieldGroup,
    IdentityLevel,
    Purpose,
    TextsBroken,
    model_texts,
    read_texts,
    shown_text,
    state_in,
    text_languages,
)
from undaunted.core.intake.forms.words import CONSENTS
from undaunted.core.intake.rules import agreements_of
from undaunted.core.places.rules import country_name

PUBLIC = Asked(
    (Purpose.REGISTRY, Purpose.REPORT), PUBLIC_AUDIENCE, IdentityLevel.NAME,
    (FieldGroup.IDENTITY, FieldGroup.DETENTION), date(2027, 1, 31),
)  # fmt: skip
STATE = Asked(
    (Purpose.QUIET_DIPLOMACY,), Audience.parse("government:XS"), IdentityLevel.NAME,
    (FieldGroup.IDENTITY,), date(2027, 1, 31), "Southland",
)  # fmt: skip
ENGLISH = files("undaunted.core.consent").joinpath("packs", "texts-en.toml").read_text("utf-8")


@pytest.mark.parametrize("language", text_languages())
def test_a_text_says_what_is_asked_of_whom_until_when(language: str) -> None:
    texts = model_texts(language)
    assert texts.language == language
    shown = shown_text(PUBLIC, language)
    words = "\n".join(shown.paragraphs)
    for part in (
        texts.purposes["registry"], texts.purposes["report"], texts.audiences["public"],
        texts.levels["name"], texts.groups["detention"], "2027-01-31",
        texts.frame["withdraw"], texts.frame["never"],
    ):  # fmt: skip
        assert part in words
    assert "{" not in words
    assert shown.reviewed is (shown.unreviewed == "")


@pytest.mark.parametrize("language", text_languages())
def test_who_agrees_to_the_public_hears_that_the_feared_state_reads_it(language: str) -> None:
    warning = model_texts(language).frame["public_warning"]
    assert warning in shown_text(PUBLIC, language).paragraphs
    assert warning not in shown_text(STATE, language).paragraphs


@pytest.mark.parametrize("language", text_languages())
def test_a_government_is_named_in_the_text(language: str) -> None:
    words = "\n".join(shown_text(STATE, language).paragraphs)
    assert words.count("Southland") == 2
    without = Asked(STATE.purposes, STATE.audience, STATE.level, STATE.groups, STATE.until)
    words = "\n".join(shown_text(without, language).paragraphs)
    assert words.count(country_name("XS", language)) == 2
    assert "XS" not in words


@pytest.mark.parametrize("language", text_languages())
def test_a_body_that_a_box_stands_for_is_said_in_words(language: str) -> None:
    texts = model_texts(language)
    bodies = {
        key: str(each.audience)
        for key in CONSENTS
        for each in agreements_of([key], ())
        if each.audience.kind is AudienceKind.BODY
    }
    assert {f"body:{code}" for code in texts.bodies} == set(bodies.values())
    hashes = set()
    for audience in bodies.values():
        asked = Asked(
            (Purpose.ASSISTANCE,), Audience.parse(audience), IdentityLevel.NAME,
            (FieldGroup.IDENTITY,), date(2027, 1, 31),
        )  # fmt: skip
        shown = shown_text(asked, language)
        hashes.add(shown.hash)
        code = audience.partition(":")[2]
        assert shown.paragraphs[2] == f"{texts.frame['audience']} {texts.bodies[code]}"
    assert len(hashes) == len(bodies)


def test_a_body_that_was_named_is_called_by_its_name() -> None:
    asked = Asked(
        (Purpose.UN_SUBMISSION,), Audience.parse("body:wgad"), IdentityLevel.NAME,
        (FieldGroup.IDENTITY,), date(2027, 1, 31), "the Working Group",
    )  # fmt: skip
    assert "at the Working Group," in shown_text(asked, "en").paragraphs[2]


def test_only_the_audience_of_a_government_has_a_state() -> None:
    assert state_in("government:XS", "fr") == country_name("XS", "fr")
    assert state_in("government:QQ", "fr") == "QQ"
    assert (state_in("public", "en"), state_in("body:XS", "en")) == ("", "")


def test_only_english_claims_to_be_reviewed() -> None:
    assert text_languages()[0] == FIRST_LANGUAGE
    assert [each for each in text_languages() if model_texts(each).reviewed] == [FIRST_LANGUAGE]
    assert len(text_languages()) >= 6


def test_a_language_without_a_text_is_asked_in_english() -> None:
    assert shown_text(PUBLIC, "xx").language == FIRST_LANGUAGE


def test_the_checksum_changes_with_every_word_that_matters() -> None:
    base = shown_text(STATE, "en").hash
    assert shown_text(STATE, "fr").hash != base
    renamed = Asked(
        STATE.purposes, STATE.audience, STATE.level, STATE.groups, STATE.until, "Republic"
    )
    assert shown_text(renamed, "en").hash == base, "the code is hashed, not what it is called"
    for other in (
        Asked((Purpose.SHELTER,), STATE.audience, STATE.level, STATE.groups, STATE.until),
        Asked(STATE.purposes, PUBLIC_AUDIENCE, STATE.level, STATE.groups, STATE.until),
        Asked(STATE.purposes, STATE.audience, IdentityLevel.CODE, STATE.groups, STATE.until),
        Asked(STATE.purposes, STATE.audience, STATE.level, STATE.groups, date(2027, 2, 1)),
    ):
        assert shown_text(other, "en").hash != base


@pytest.mark.parametrize(
    ("found", "put", "told"),
    [
        ('registry = "', 'regsitry = "', "registry, regsitry"),
        ("[levels]", "[level]", "levels is missing"),
        ('title = "What we ask you to agree to"', 'title = " "', "empty at title"),
        ('id = "model-texts"', "id = ", "Invalid"),
        ("[groups]", "[other]", "groups is missing"),
        ('[groups]\nidentity = "', 'groups = "x"\n[other]\nidentity = "', "no table"),
    ],
)
def test_a_broken_pack_is_refused_by_name(found: str, put: str, told: str) -> None:
    assert found in ENGLISH
    broken = ENGLISH.replace(found, put, 1)
    if told == "no table":
        broken = 'groups = "x"\n' + ENGLISH.replace("[groups]", "[other]", 1)
    with pytest.raises(TextsBroken, match=told) as refused:
        read_texts("texts-en.toml", broken)
    assert "texts-en.toml" in str(refused.value)
