"""Letters of a case in their two versions, as PDF and Word, and what keeps one unwritten."""

from __future__ import annotations

import io
from dataclasses import replace
from shutil import which
from subprocess import run
from typing import TYPE_CHECKING, Any

import docx
import pikepdf
import pytest
from django.utils.translation import override

from tests.coercion.screening.letters import FACTS, SECRETS, letter
from tests.translated import translate_into
from undaunted.coercion.screening.rules import (
    DecisionKind,
    Kept,
    LetterKind,
    ScreeningRefused,
    Version,
    check_letter,
    check_open,
    check_unnamed,
)
from undaunted.coercion.screening.writers import MEDIA, write_letter
from undaunted.coercion.screening.writers.letters import sheet_of
from undaunted.coercion.screening.writers.proofs import proof_told
from undaunted.core.editions.rules import Paragraph

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

__all__: list[str] = []

Drawn = dict[tuple[LetterKind, Version, str], str]
"""The text of a letter, by kind, version and medium."""


def _text(made: bytes, media: str, folder: Path) -> str:
    if media == "docx":
        opened = docx.Document(io.BytesIO(made))
        cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
        heads = [part.text for each in opened.sections for part in each.header.paragraphs]
        return " ".join([*(each.text for each in opened.paragraphs), *cells, *heads])
    assert which("pdftotext"), "install poppler-utils"
    file = folder / "letter.pdf"
    file.write_bytes(made)
    found = run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """Give every kind of letter in both versions, as PDF; the decision as Word too."""
    folder = tmp_path_factory.mktemp("letters")
    asked = [(kind, version, "pdf") for kind in LetterKind for version in Version]
    asked += [(LetterKind.DECISION, version, "docx") for version in Version]
    return {
        (kind, version, media): _text(
            write_letter(
                letter(kind, decision=DecisionKind.CONDITIONS), version=version, media=media
            ),
            media,
            folder,
        )
        for kind, version, media in asked
    }


def test_no_open_version_holds_a_secret(drawn: Drawn) -> None:
    for (kind, version, media), text in drawn.items():
        assert "Port of Strelsau" in text, (kind, media)
        if version is Version.OPEN:
            assert not [each for each in SECRETS if each in text], (kind, media)
            assert "secrets are left out" in text


def test_the_whole_decision_holds_what_the_open_one_leaves_out(drawn: Drawn) -> None:
    for media in MEDIA:
        text = drawn[LetterKind.DECISION, Version.CONFIDENTIAL, media]
        assert not [each for each in SECRETS if each not in text], media
        assert "TLP:AMBER" in text


def test_a_decision_tells_factors_evidence_conditions_and_recourse(drawn: Drawn) -> None:
    for media in MEDIA:
        text = drawn[LetterKind.DECISION, Version.OPEN, media]
        for words in (
            "The investment is cleared under conditions.",
            "Ruritania controls Harbour Holdings: with what it controls, it holds 51 % of it.",
            "What was weighed",
            "a proposal of this product, no law",
            "[1, 2]",
            "[2] confidential",
            "most of the grain",
            "looked at every 6 months by the port authority. Until 31 January 2032.",
            "looked at every month by the office.",
            "Last day, if received today: 26 December 2026.",
            "no time was read; see national law",
            "unverified: not read",
            "check the law before sending",
            "Director of the Investment Screening Office",
            "TLP:GREEN",
        ):
            assert words in text, (media, words)
        assert "Deadlines" not in text


def test_who_filed_is_not_told_what_the_authority_holds(drawn: Drawn) -> None:
    for kind in (LetterKind.ACKNOWLEDGEMENT, LetterKind.REQUEST):
        text = drawn[kind, Version.CONFIDENTIAL, "pdf"]
        assert "Saffron" not in text
        assert "Ruritania" not in text
        assert "4 January 2027" in text
    received = drawn[LetterKind.ACKNOWLEDGEMENT, Version.CONFIDENTIAL, "pdf"]
    assert "received on 3 November 2026 and is complete" in received
    asked = drawn[LetterKind.REQUEST, Version.CONFIDENTIAL, "pdf"]
    assert "by 31 December 2026. Periods stand still" in asked
    assert "Who appoints the board" in asked


def test_partners_read_who_controls_and_until_when_to_comment(drawn: Drawn) -> None:
    text = drawn[LetterKind.NOTICE, Version.OPEN, "pdf"]
    assert "asks you for comments" in text
    assert "Please answer by 31 December 2026." in text
    assert "unverified: read in a copy or a report" in text
    for kind in (LetterKind.COMMENT, LetterKind.OPINION):
        assert "also serves Zubrowka's grain" in drawn[kind, Version.OPEN, "pdf"]


@pytest.mark.parametrize("kind", DecisionKind)
def test_each_verdict_has_its_words(kind: DecisionKind) -> None:
    made = write_letter(letter(decision=kind), version=Version.OPEN, media="docx")
    words = {"clear": "cleared.", "conditions": "conditions.", "prohibit": "prohibited.",
             "unwind": "undone."}  # fmt: skip
    paragraphs = [each.text for each in docx.Document(io.BytesIO(made)).paragraphs]
    assert any(each.startswith("The investment") and words[kind] in each for each in paragraphs)


def test_the_same_letter_gives_the_same_bytes_and_a_tagged_file_in_any_direction() -> None:
    for language in ("en", "ar"):
        told = letter(language=language, draft=True)
        first, again = (
            write_letter(told, version=Version.CONFIDENTIAL, media="pdf") for _ in range(2)
        )
        assert first == again
        with pikepdf.open(io.BytesIO(first)) as opened:
            root: Any = opened.Root
            assert str(root.Lang) == language
            assert bool(root.MarkInfo.Marked)


def test_an_incomplete_notification_is_told_what_it_lacks(tmp_path: Path) -> None:
    lacks = replace(
        letter(LetterKind.ACKNOWLEDGEMENT),
        asks=(Kept("Approximate value"),),
        facts=replace(FACTS, filed=None, verified=True, hypothetical=False, caveat=""),
        deadlines=(),
    )
    text = _text(write_letter(lacks, version=Version.CONFIDENTIAL, media="pdf"), "pdf", tmp_path)
    assert "received on 26 November 2026. It is not complete; it lacks:" in text
    assert "Approximate value" in text
    assert "check the law" not in text


def test_a_letter_without_more_than_it_must_have_is_written(tmp_path: Path) -> None:
    whole = letter()
    assert whole.decision is not None
    bare = replace(
        whole,
        facts=replace(FACTS, ownership=(), evidence=(), factors=FACTS.factors[2:]),
        decision=replace(
            whole.decision, reasons=Kept(""), no_less=Kept(""), account=Kept(""), recourse=(),
            signed="",
        ),
    )  # fmt: skip
    text = _text(write_letter(bare, version=Version.OPEN, media="pdf"), "pdf", tmp_path)
    assert "The investment is prohibited." in text
    assert "Reasons" not in text
    bare_word = replace(bare, facts=replace(bare.facts, hypothetical=False, caveat=""))
    assert write_letter(bare_word, version=Version.OPEN, media="docx")


@pytest.mark.parametrize(
    ("kind", "changed", "says"),
    [
        (LetterKind.DECISION, {"to": " "}, "to:"),
        (LetterKind.DECISION, {"decision": None}, "decision:"),
        (LetterKind.REQUEST, {"asks": ()}, "asks:"),
        (LetterKind.OPINION, {"says": Kept("")}, "says:"),
        (LetterKind.DECISION, {"facts": replace(FACTS, factors=())}, "factors:"),
        (LetterKind.DECISION, {"facts": replace(FACTS, evidence=FACTS.evidence[:1])}, "evidence 2"),
        (
            LetterKind.DECISION,
            {"facts": replace(FACTS, evidence=FACTS.evidence + FACTS.evidence[:1])},
            "stands twice",
        ),
    ],
)
def test_a_letter_that_lacks_something_is_refused_and_told_what(
    kind: LetterKind, changed: dict[str, Any], says: str
) -> None:
    check_letter(letter(kind))
    with pytest.raises(ScreeningRefused, match=says):
        check_letter(replace(letter(kind), **changed))


NAMED = "It belongs to the Lantern Trust."


@pytest.mark.parametrize(
    ("part", "field"),
    [("reasons", "reasons"), ("no_less", "no_less"), ("account", "utmost_account")],
)
def test_an_open_decision_that_names_a_secret_owner_is_refused(part: str, field: str) -> None:
    told = letter(decision=DecisionKind.CONDITIONS)
    told = replace(told, facts=replace(FACTS, unnamed=("Lantern Trust",)))
    assert told.decision is not None
    check_open(told)
    kept: dict[str, Any] = {part: Kept(NAMED, "")}
    check_open(replace(told, decision=replace(told.decision, **kept)))
    open_to_all: dict[str, Any] = {part: Kept(NAMED)}
    named = replace(told.decision, **open_to_all)
    with pytest.raises(ScreeningRefused, match=f"^{field}: it names Lantern Trust"):
        check_open(replace(told, decision=named))


def test_an_open_letter_without_a_decision_names_no_secret_owner_in_its_own_words() -> None:
    facts = replace(FACTS, unnamed=("Lantern Trust",), notified=(("Funding", Kept(NAMED)),))
    told = replace(letter(LetterKind.COMMENT), says=Kept(NAMED), facts=facts)
    with pytest.raises(ScreeningRefused, match=r"says: it names .*; notification: Funding: it na"):
        check_open(told)


def test_a_word_that_parties_show_names_nobody() -> None:
    check_open(replace(letter(), facts=replace(FACTS, unnamed=("Strelsau Conglomerate",))))
    texts = [("ownership", "Harbour Lights of Strelsau")]
    check_unnamed(texts, ["Strelsau Conglomerate"], ["Port of Strelsau"])
    with pytest.raises(ScreeningRefused, match="ownership: it names Strelsau Conglomerate"):
        check_unnamed(texts, ["Strelsau Conglomerate"], ["Harbour Holdings"])


def test_proofs_stand_in_the_language_of_the_letter(tmp_path: Path, settings: Settings) -> None:
    said = {
        ("refusal", "{company} is controlled: {told}; {enough}."): "{company} تحت سيطرة: {told}",
        ("refusal", "{owner} holds {lo} ({stakes})"): "{owner} يملك {lo} ({stakes})",
    }
    translate_into("ar", said, folder=tmp_path, settings=settings)
    proof = "Shell is controlled: Parent holds 55 % (register, row 2); > 50 %."
    with override("ar"):
        told = proof_told((proof,))
        assert told.language == ""
        assert told.items == (("Shell تحت سيطرة: Parent يملك 55 % (register, row 2)",),)
        assert proof_told((proof, "Nobody has put this into words yet")).language == "en"
    with override("en"):
        assert proof_told((proof,)).items == ((proof,),)


def test_a_letter_tells_its_law_and_what_was_not_read_of_it_in_its_language(
    tmp_path: Path, settings: Settings
) -> None:
    facts = replace(FACTS, law="Model screening regime", caveat="A proposal, no law")
    said = {("law", facts.law): "Régime modèle", ("law", facts.caveat): "Une proposition"}
    translate_into("fr", said, folder=tmp_path, settings=settings)
    with override("fr"):
        sheet = sheet_of(replace(letter(language="fr"), facts=facts), Version.OPEN)
        assert "Régime modèle" in [told for _, told in sheet.heads]
        assert sheet.document.blocks[-1] == Paragraph(("Une proposition",))
        assert not sheet.document.licence, "what is set as English would run the wrong way"
    with override("en"):
        sheet = sheet_of(replace(letter(), facts=facts), Version.OPEN)
        assert sheet.document.licence == facts.caveat
