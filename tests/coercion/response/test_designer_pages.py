"""The designer for everybody: fronts as pictures and tables, what-ifs, briefs, limits."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from shutil import which
from subprocess import run
from typing import TYPE_CHECKING, Any

import docx
import pytest
from django.test import Client
from django.utils import timezone

from undaunted.coercion.exposure.readers import shipped_world
from undaunted.coercion.response.analysis import answering
from undaunted.coercion.response.analysis.acts import acts_in_brief, acts_in_full, acts_told
from undaunted.coercion.response.analysis.answering import CannotTell, TooManyAsk, told_of
from undaunted.coercion.response.analysis.asked import asked_told
from undaunted.coercion.response.analysis.briefing import draw_brief
from undaunted.coercion.response.analysis.chapters import over_told
from undaunted.coercion.response.analysis.tables import partners_of
from undaunted.coercion.response.analysis.weighing import Shared
from undaunted.coercion.response.analysis.words import (
    per_cent,
    per_cents,
    pool_told,
    sectors_asked,
    signed,
)
from undaunted.coercion.response.api.designer import AnswerOut, _answered
from undaunted.coercion.response.pages.picture import _ticks, who_acts
from undaunted.coercion.response.readers.episodes import shipped_episodes
from undaunted.coercion.response.readers.fronts import (
    read_front,
    shipped_front,
    shipped_questions,
)
from undaunted.coercion.response.readers.question import Asked
from undaunted.coercion.response.readers.scenario import parse_scenario
from undaunted.coercion.response.writers import pages_of
from undaunted.engines.trade import NotConverged
from undaunted.engines.trade.menu import Key, Pool

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.coercion.response.readers.fronts import Front

HOME = "/coercion/response/"
LITHUANIA = f"{HOME}lithuania-2021/"

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def lithuania() -> Front:
    found = shipped_front("lithuania-2021")
    assert found is not None
    return found


def text(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, address
    assert not answer.cookies
    return answer.content.decode()


def test_every_episode_that_can_be_replayed_has_its_front() -> None:
    page = text(HOME)
    replayed = {key for key, each in shipped_episodes().items() if each.replay}
    assert replayed == {each.episode for each in shipped_questions().values()}
    for key in shipped_questions():
        front = shipped_front(key)
        assert front is not None
        assert f"{HOME}{key}/" in page
        assert len(front.points) >= 20
        assert all(each.certificate.residual <= 1e-8 for each in front.points)
        assert {"short run", "fontagne-guimbard-orefice-2022"} <= set(front.points[0].band)
    assert page.index("lithuania-2021") < page.index("australia-2020")


def test_episode_with_two_questions_shows_both_fronts(lithuania: Front) -> None:
    other = shipped_front("lithuania-2021-unanswered")
    assert other is not None
    assert lithuania.answered
    assert not other.answered
    here, there = text(LITHUANIA), text(f"{HOME}lithuania-2021-unanswered/")
    assert f'<a href="{HOME}lithuania-2021-unanswered/">The coercer does not answer</a>' in here
    assert f'<a href="{LITHUANIA}">The coercer answers as is best for it</a>' in there
    assert here.count('fill="none" stroke="var(--series-2)"') == len(other.points)
    assert "legend" in here
    assert "legend" not in text(f"{HOME}norway-2010/")


@pytest.mark.parametrize(("language", "direction"), [("", "ltr"), ("/ar", "rtl")])
def test_picture_leads_to_every_point_and_the_table_says_the_same(
    lithuania: Front, language: str, direction: str
) -> None:
    page = text(language + LITHUANIA)
    assert f'dir="{direction}"' in page
    svg = page.split('<svg viewBox="0 0 760')[1].split("</svg>")[0]
    for each in lithuania.points:
        address = f'href="{language}{LITHUANIA}{each.number}/"'
        assert address in svg
        assert page.count(address) == 2
    assert len(re.findall("aria-label=", svg)) == len(lithuania.points)


def test_front_and_points_are_given_as_files(lithuania: Front) -> None:
    given = text(f"{LITHUANIA}front.json")
    assert read_front(given, where="given") == lithuania
    scenario = parse_scenario(text(f"{LITHUANIA}12/point.toml"), where="given").scenario
    assert scenario.shocks[0] == lithuania.question.shocks[0]
    assert json.loads(given)["attribution"] == lithuania.attribution


def test_pages_say_their_year_what_was_asked_and_where_to_read_more() -> None:
    page = text(LITHUANIA)
    for words in ("Tariff", "until all lose the same part of real income", "those who act",
                  "OECD ICIO 2025 edition, 2022, 80 x 28", "0%, 50%, 100%",
                  "Fontagné, Guimbard and Orefice (2022)"):  # fmt: skip
        assert f"<dd>{words}</dd>" in page
    for address in ("/coercion/episodes/lithuania-2021/", "/coercion/exposure/LTU/",
                    "/coercion/exposure/LTU/CHN/"):  # fmt: skip
        assert f'href="{address}"' in page
    for each in (page, text(HOME), text(f"{LITHUANIA}12/")):
        assert "for the year 2022" in each
    area = text("/coercion/")
    assert 'href="/coercion/episodes/"' in area
    assert 'href="/coercion/compacts/"' in area
    assert f'href="{LITHUANIA}"' in text("/coercion/episodes/lithuania-2021/")


def test_changed_point_keeps_its_interval_and_is_given_as_a_scenario() -> None:
    changed = f"{LITHUANIA}12/?USA=out&JPN=10"
    page = text(changed)
    assert "Under 9 sets of elasticities" in page
    assert "deficits fixed" in page
    assert "question 0" in page
    assert f'href="{LITHUANIA}12/point.toml?USA=out&amp;JPN=10"' in page
    answer = Client().get(f"{LITHUANIA}12/point.toml?USA=out&JPN=10")
    assert answer["Content-Disposition"].endswith('"lithuania-2021-12-changed.toml"')
    shocks = parse_scenario(answer.content.decode(), where="given").scenario.shocks
    acting = [each for each in shocks if each.exporter == "CHN" and "LTU" not in each.importer]
    assert not any("USA" in each.importer for each in acting)
    assert {each.value for each in acting if "JPN" in each.importer} == {10.0}
    back = next(each for each in shocks if each.importer == "CHN" and "JPN" in each.exporter)
    assert back.value == 5.0
    assert Client().get(f"{LITHUANIA}12/point.toml?USA=1e9").status_code == 422


def test_numbers_of_a_column_have_the_same_digits_and_nothing_is_no_minus() -> None:
    assert per_cents([0.0959, 0.12, 0.0]) == ["0.0959%", "0.1200%", "0.0000%"]
    assert per_cents([0.2, 1.5, 0.0]) == ["0.20%", "1.50%", "0.00%"]
    assert per_cents([0.5, -0.5], plus=True) == ["\u200e+0.50%\u200e", "\u200e-0.50%\u200e"]
    assert [per_cent(each) for each in (0.0, -1e-7, 1e-7, 0.5)] == ["0%", "0%", "0%", "0.50%"]
    assert signed(1e-9) == "0%"


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.0, 0.49, ["0.0%", "0.2%", "0.4%"]),
        (-0.0004, 0.0013, ["0.0000%", "0.0005%", "0.0010%"]),
        (0.0, 4.0, ["0%", "1%", "2%", "3%", "4%"]),
        (0.0, 173.0, ["0%", "50%", "100%", "150%"]),
    ],
)
def test_ticks_are_round_and_have_the_digits_of_their_step(
    low: float, high: float, told: list[str]
) -> None:
    assert [words for _at, words in _ticks(low, high)] == told


def test_response_in_which_nobody_acts_says_so(lithuania: Front) -> None:
    still = replace(lithuania.points[0], members=())
    assert who_acts(still, lithuania.question) == "nobody"
    assert who_acts(lithuania.points[11], lithuania.question) == "all partners"


def test_questions_are_told_apart_by_sectors_keys_and_least_harm(lithuania: Front) -> None:
    terms = Asked(transfers=None, least_harm=0.2, ceiling=None)
    asked = replace(lithuania.question, sectors=("C26", "C27"), terms=terms)
    told = dict(asked_told(replace(lithuania, question=asked, elasticities="my own")))
    assert told["Sectors"] == "Computers, electronics and optics; Electrical equipment"
    assert (told["Payments"], told["The coercer loses at least"]) == ("none", "0.20%")
    assert told["Elasticities"] == "my own"
    assert "Who pays and is paid" not in told
    assert pool_told(Pool.PARTNERS) == "all partners"
    assert (sectors_asked("all"), sectors_asked("C26")) == (
        "goods and services", "Computers, electronics and optics",
    )  # fmt: skip


def test_point_says_who_pays_where_it_bites_and_on_what_law(lithuania: Front) -> None:
    number = lithuania.bend
    page = text(f"{LITHUANIA}{number}/")
    point = lithuania.points[number - 1]
    told = told_of(lithuania, point, {})
    assert told.weighed.harm == pytest.approx(point.harm, abs=1e-6)
    assert told.weighed.cost == pytest.approx(point.cost, abs=1e-6)
    world = shipped_world()
    added = sum(world.value_added[world.regions.index(name)] for name in told.weighed.burden)
    whole = 100 * sum(told.weighed.burden.values()) / added
    assert whole == pytest.approx(told.weighed.cost, abs=1e-6)
    assert "by which partners together are weighted too" in page
    assert "An act of the European Union" in page
    assert "(unverified)" in page
    assert "OECD, CC BY 4.0" in page
    assert "residual" in page
    assert 'aria-current="true"' in page


def test_what_if_leaves_a_partner_out_and_changes_another(lithuania: Front) -> None:
    number = lithuania.bend
    page = text(f"{LITHUANIA}{number}/?USA=out&JPN=10&utm=x")
    assert "Changed by hand" in page
    assert "United States (does not act)" in page
    assert '<option value="out" selected>' in page
    assert f"{LITHUANIA}{number}/brief.pdf?USA=out&amp;JPN=10" in page
    point = lithuania.points[number - 1]
    told = told_of(lithuania, point, {"USA": "out", "JPN": "10"})
    assert told.weighed.harm < point.harm
    assert told.weighed.changes["USA"] != pytest.approx(told.weighed.changes["JPN"])


def test_shares_over_drawn_orders_are_called_approximate(lithuania: Front) -> None:
    """Seven who act: more than all sets are solved for."""
    question, point = lithuania.question, lithuania.points[-1]
    terms = replace(question.terms, transfers=Key.SHAPLEY)
    wide = replace(question, partners=(*question.partners, "ITA"), terms=terms)
    choice = (*point.choice[:6], 1, *point.choice[6:])
    front = replace(lithuania, question=wide, digest="of seven")
    told = told_of(front, replace(point, choice=choice), {"USA": "25"})
    shared = told.weighed.shared
    assert shared is not None
    assert (shared.orders, 0 < shared.error < 0.1) == (8, True)
    (note,) = partners_of(told).note
    assert "the mean over 8 drawn orders" in str(note)
    assert sum(told.weighed.transfers.values()) == pytest.approx(0, abs=0.01)
    wired = AnswerOut.model_validate(_answered(told)).model_dump()
    assert wired["shared"] == {"orders": 8, "error": shared.error}
    few = replace(told, weighed=replace(told.weighed, shared=Shared(0, 0.0)))
    assert "approximate" not in str(partners_of(few).note)
    made = draw_brief(told, language="en", media="docx", at=timezone.now())
    text_of = "".join(zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode().split())
    assert "drawnordersinwhichpartnersjoin" in text_of


def test_what_has_no_answer_is_told_and_absent_points_are_absent() -> None:
    for address in (
        f"{LITHUANIA}99/",
        f"{LITHUANIA}0/",
        f"{HOME}ruritania/",
        f"{HOME}mongolia-2016/",
    ):
        text(address, 404)
    page = text(f"{LITHUANIA}12/?USA=1e309", 422)
    assert "write one of as, out, 10, 25, 50, 100" in page
    assert text(f"{LITHUANIA}12/brief.docx?DEU=%00", 422)


def test_brief_names_three_sectors_of_many_and_all_of_them_behind(lithuania: Front) -> None:
    told = told_of(lithuania, lithuania.points[11], {})
    (head, short), (_second, few), _third = acts_in_brief(told)
    assert head == "Tariff 100% · all who act"
    assert short == "Chemicals; Motor vehicles; Other transport equipment and 9 more"
    assert len(few.split("; ")) == 2
    whole = dict(acts_in_full(told))
    assert whole[head] == dict(acts_told(told))[head]
    assert len(whole[head].split("; ")) == 12
    assert len(whole) == 2
    goods = [each.sector for each in told.weighed.sectors if each.sector[0] in "ABC"]
    every = {"USA": tuple(("tariff", code, 25.0) for code in goods)}
    wide = replace(told, weighed=replace(told.weighed, members=("USA",), levels=every))
    assert list(acts_in_brief(wide)) == [("Tariff 25% · all who act", "all goods (27 sectors)")]
    nobody = replace(told, weighed=replace(told.weighed, members=(), levels={}))
    assert list(acts_in_brief(nobody)) == list(acts_told(nobody))
    assert list(acts_in_full(nobody)) == []


def test_brief_of_a_changed_response_takes_two_pages() -> None:
    answer = Client().get(f"{LITHUANIA}12/brief.pdf?USA=out&JPN=10")
    assert answer["Content-Disposition"] == 'attachment; filename="lithuania-2021-12-changed.pdf"'
    assert pages_of(answer.content) == 2
    word = Client().get(f"/ar{LITHUANIA}12/brief.docx")
    assert word.content[:2] == b"PK"


@pytest.mark.skipif(which("soffice") is None, reason="needs LibreOffice")
def test_brief_for_word_takes_two_pages_too(lithuania: Front, tmp_path: Path) -> None:
    told = told_of(lithuania, lithuania.points[11], {"USA": "out", "JPN": "10"})
    made = draw_brief(told, language="fa", media="docx", at=timezone.now())
    (tmp_path / "brief.docx").write_bytes(made)
    run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "brief.docx",
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert pages_of((tmp_path / "brief.pdf").read_bytes()) == 2


def test_brief_for_word_is_marked_shows_the_front_and_tells_a_broken_ceiling(
    lithuania: Front,
) -> None:
    told = told_of(lithuania, lithuania.points[11], {})
    terms = replace(lithuania.question.terms, ceiling=0.01)
    tight = replace(lithuania, question=replace(lithuania.question, terms=terms))
    drawn = draw_brief(replace(told, front=tight), language="en", media="docx", at=timezone.now())
    made = docx.Document(io.BytesIO(drawn))
    section, (picture,) = made.sections[0], made.inline_shapes
    for part in (section.header, section.footer):
        assert "not a forecast and no legal advice" in part.paragraphs[-1].text
    assert "This response: " in picture._inline.docPr.get("descr")  # noqa: SLF001 - its words
    said = "\n".join(each.text for each in made.paragraphs)
    assert "More than partners agreed to These lose more than the ceiling of the question: " in said
    assert "Exposure in 2022: 0.96% of the income of Lithuania came from final buyers" in said
    assert "elasticities Fontagné, Guimbard and Orefice (2022)" in said.replace("\u200e", "")
    assert over_told(told) == ""
    free = replace(tight.question, terms=replace(terms, ceiling=None))
    assert over_told(replace(told, front=replace(tight, question=free))) == ""


def test_crowd_is_asked_to_come_again_and_known_answers_are_given(
    lithuania: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "PATIENCE", 0.0)
    point = lithuania.points[3]
    told_of(lithuania, point, {"POL": "out"})
    with answering._place(), answering._place():  # noqa: SLF001 - both places taken
        with pytest.raises(TooManyAsk):
            told_of(lithuania, point, {"POL": "10"})
        answer = Client().get(f"{LITHUANIA}4/?POL=10")
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert "no-store" in answer["Cache-Control"]
        assert "Ask again in 5 seconds" in answer.content.decode()
        assert Client().get(f"{LITHUANIA}4/point.toml?POL=10").status_code == 503
        assert Client().get(f"{LITHUANIA}4/brief.pdf?POL=10").status_code == 503
        assert told_of(lithuania, point, {"POL": "out"}).changed == {"POL": "out"}
        assert Client().get(f"{LITHUANIA}4/?POL=out").status_code == 200
    assert answering._PLACES.acquire(blocking=False)  # noqa: SLF001 - both are free again
    answering._PLACES.release()  # noqa: SLF001 - as above


def test_answers_kept_never_grow_and_never_mix(
    lithuania: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def quick(front: Front, *_more: object, **_said: object) -> Any:
        asked.append(front.digest)
        return front.digest

    monkeypatch.setattr(answering, "_worked_out", quick)
    monkeypatch.setattr(answering, "KEPT", 3)
    for number in range(6):
        other = replace(lithuania, digest=str(number))
        for changed in ({"POL": "10"}, {"POL": "10", "ZZZ": "1"}):
            found: Any = told_of(other, lithuania.points[0], changed)
            assert found == str(number)
    assert len(asked) == 6
    assert len(answering._ANSWERS) == 3  # noqa: SLF001 - what is kept
    answering._ANSWERS.clear()  # noqa: SLF001 - as before


def test_engine_that_finds_nothing_is_told(
    lithuania: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_any: object) -> None:
        raise NotConverged("no equilibrium after 1000 iterations")

    monkeypatch.setattr(answering, "weigh", nothing)
    with pytest.raises(CannotTell, match="no equilibrium"):
        told_of(lithuania, lithuania.points[5], {"FRA": "out"})
