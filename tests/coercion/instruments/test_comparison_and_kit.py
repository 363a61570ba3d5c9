"""What was read of instruments is told with its source; the model law rests on what others have."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from tests.coercion.instruments.designs import shipped
from undaunted.coercion.instruments.analysis import laid_file
from undaunted.coercion.instruments.pages import comparing
from undaunted.coercion.instruments.rules import (
    Comparability,
    Has,
    InstrumentRefused,
    PackBroken,
    bracketed,
    comparables,
    compared,
    gaps_to_model,
    model_features,
    model_law,
    read_comparables,
    read_kit,
    who_has,
)
from undaunted.coercion.instruments.writers import (
    comparison_csv,
    comparison_paper,
    comparison_told,
    kit_paper,
    write_paper_pdf,
    write_paper_word,
)
from undaunted.coercion.instruments.writers.case_words import in_words
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from django.test import Client

    from undaunted.coercion.instruments.writers import Paper

DAY = date(2026, 11, 26)
CODES = [each.code for each in model_features()]


def test_the_laws_of_the_adoption_board_stand_first_and_others_beside_them() -> None:
    held = {each.key: each for each in comparables()}
    assert held["eu-anti-coercion"].kind is Comparability.LAW
    assert held["us-anti-coercion"].kind is Comparability.PROPOSAL
    named = {state for each in comparables() for state in each.states}
    assert {"EU", "JP", "AU", "US", "GB", "CA"} <= named
    (bill,) = compared(["us-anti-coercion"])
    assert (bill.since, bill.kind) == ("2023-02-07", Comparability.PROPOSAL)
    assert "lapsed with its Congress on 3 January 2025" in bill.note
    assert held["g7-platform"].kind is Comparability.PLATFORM


def test_what_nobody_read_about_is_not_known_and_never_no() -> None:
    platform = next(each for each in comparables() if each.key == "g7-platform")
    gaps = gaps_to_model(platform)
    parts = (gaps.has, gaps.partly, gaps.lacks, gaps.not_known)
    assert sorted(code for part in parts for code in part) == sorted(CODES)
    assert gaps.has == ("cooperation",)
    assert "reparation" in gaps.not_known
    assert platform.has("reparation") is Has.NOT_KNOWN


def test_every_answer_names_a_source_that_says_how_it_was_read() -> None:
    for each in comparables():
        assert each.told or each.sources
        for cell in each.told.values():
            assert cell.sources
            assert all(one.url and one.status and one.read_on for one in cell.sources)


def test_instruments_are_chosen_by_key_or_state() -> None:
    assert {each.key for each in compared(["AU"])} == {"joint-declaration-2023", "au-practice"}
    assert [each.key for each in compared(["jp-espa"])] == ["jp-espa"]
    assert compared() == comparables()
    with pytest.raises(InstrumentRefused, match="XR: no instrument or state of that name"):
        compared(["EU", "XR"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('kind = "platform"', 'kind = "club"'), "kind: write one of"),
        (('key = "g7-platform"', 'keys = "g7"'), "'keys' is no key"),
        (('states = ["AU"]', "states = []"), "states: write a list of codes"),
        (('states = ["AU"]', 'states = ["AUS"]'), "states: write a list of codes"),
        (('definition = { has = "partly"', 'name = { has = "partly"'), "name: is no feature"),
        (('has = "yes"', 'has = "y"'), "has: write one of"),
        (('sources = ["g7"]', "sources = []"), "name at least one source"),
        (('sources = ["g7"]', 'sources = ["g8"]'), "there is no source g8"),
        (('status = "secondary"', 'status = "sure"'), "status: write one of"),
    ],
)
def test_a_pack_of_instruments_that_is_broken_says_where(
    change: tuple[str, str], says: str
) -> None:
    with pytest.raises(PackBroken, match=says):
        read_comparables(shipped("comparable.toml").replace(*change, 1))


def test_each_feature_of_the_model_law_has_an_article_and_options_are_closed() -> None:
    kit = model_law()
    assert {code for each in kit.articles for code in each.rests_on} == set(CODES)
    options = [part for each in kit.articles for part, option in bracketed(each.text) if option]
    assert options
    assert all(part.startswith("[") and part.endswith("]") for part in options)
    assert {each.key for each in who_has(kit.articles[1])} >= {"eu-anti-coercion"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a [b] c", (("a ", False), ("[b]", True), (" c", False))),
        ("[a [b] c]", (("[a [b] c]", True),)),
        ("plain", (("plain", False),)),
        ("", ()),
    ],
)
def test_brackets_within_brackets_are_one_option(
    text: str, parts: tuple[tuple[str, bool], ...]
) -> None:
    assert bracketed(text) == parts


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[the State]", "[the State"), "opening and"),
        (
            ('rests_on = ["engagement"]', 'rests_on = ["talk"]'),
            "rests_on: write a list",
        ),
        (('rests_on = ["engagement"]', 'rests_on = ["definition"]'), "none rests on engagement"),
        (('key = "purpose"', 'keys = "purpose"'), "'keys' is no key"),
        (('status = "Drafted', 'state = "Drafted'), "status: write a text"),
    ],
)
def test_a_model_law_that_is_broken_says_where(change: tuple[str, str], says: str) -> None:
    with pytest.raises(PackBroken, match=says):
        read_kit(shipped("kit.toml").replace(*change, 1))


@pytest.fixture(scope="module", params=["kit", "two", "all"])
def paper(request: pytest.FixtureRequest) -> Paper:
    papers = {
        "kit": lambda: kit_paper(day=DAY),
        "two": lambda: comparison_paper(compared(["EU", "jp-espa"]), day=DAY),
        "all": lambda: comparison_paper(compared(), day=DAY),
    }
    return papers[request.param]()


def test_papers_are_written_for_word_and_as_pdf(paper: Paper) -> None:
    read = docx.Document(io.BytesIO(write_paper_word(paper, moment=0)))
    told = "\n".join(each.text for each in read.paragraphs)
    assert paper.document.title in told
    assert write_paper_pdf(paper, moment=0).startswith(b"%PDF")
    assert paper.document.language == "en"


def test_the_kit_prints_text_options_commentary_and_what_it_rests_on() -> None:
    read = docx.Document(io.BytesIO(write_paper_word(kit_paper(day=DAY), moment=0)))
    told = "\n".join(each.text for each in read.paragraphs)
    assert "with all of it" not in told
    assert told.count("Instruments with these features: ") == len(model_law().articles)
    cells = "\n".join(
        cell.text for table in read.tables for row in table.rows for cell in row.cells
    )
    for number, article in enumerate(model_law().articles, 1):
        assert f"Article {number}. {article.title}" in told
        assert article.commentary in told + cells
        assert article.after in told
    bold = {run.text for each in read.paragraphs for run in each.runs if run.bold}
    assert "[the Government / the Parliament]" in bold


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_comparison_is_told_in_the_language_of_whoever_reads(language: str) -> None:
    with override(language):
        made = comparison_paper(compared(), day=DAY)
        word = docx.Document(io.BytesIO(laid_file(made, "docx", moment=0)))
        heads = (
            gettext("Instruments against coercion"),
            in_words("Has", "not_known"),
            date_text(DAY),
        )
    texts = [each.text for each in word.paragraphs]
    texts += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    told = "\n".join(texts)
    assert made.document.language == language
    for each in heads:
        assert each in told, each
    assert all(each.name in texts for each in compared()), "headings are names, and no keys"
    for raw in ("eu-anti-coercion", "(secondary", "(verified", "(unverified", "not_known"):
        assert raw not in told, raw
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", told)


@pytest.mark.usefixtures("ledger")
def test_files_of_the_comparison_differ_by_language(client: Client) -> None:
    plain, arabic = (
        client.get(f"{place}/coercion/instruments/comparison.docx").content for place in ("", "/ar")
    )
    assert plain != arabic
    page = client.get("/ar/coercion/instruments/").content.decode()
    assert ">(secondary)<" not in page
    assert "· 2026-" not in page


@pytest.mark.usefixtures("ledger")
def test_files_are_written_once_a_day_whatever_the_language_that_is_asked(client: Client) -> None:
    kept = comparing._file  # noqa: SLF001 - what is held is not seen otherwise
    kept.cache_clear()
    for name in ("comparison.csv", "comparison.json", "model-law.docx"):
        for place in ("", "/ar", "/fr"):
            assert client.get(f"{place}/coercion/instruments/{name}").status_code == 200
    held = kept.cache_info()
    assert (held.misses, held.hits) == (3, 6)
    languages, in_each, alike = len(settings.LANGUAGES), 2, 4
    assert held.maxsize is not None
    assert held.maxsize >= languages * in_each + alike, "the files of a day stay"


def test_a_comparison_for_programs_has_a_row_an_instrument_and_feature() -> None:
    chosen = compared(["EU", "g7-platform"])
    rows = list(csv.DictReader(io.StringIO(comparison_csv(chosen))))
    assert len(rows) == len(chosen) * len(CODES)
    first, told = rows[0], comparison_told(chosen)
    assert (first["has"], first["status"], first["read_on"]) == ("yes", "secondary", "2026-11-27")
    assert [each for each in rows if each["has"] == "not_known" and each["source"]] == []
    assert told[1]["features"]["cooperation"]["sources"][0]["status"] == "secondary"
    assert told[1]["features"]["reparation"] == {"has": "not_known", "note": "", "sources": []}
    assert told[1]["lacks"] == ["response-measures"]
