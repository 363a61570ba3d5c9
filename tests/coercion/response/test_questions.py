"""Questions to the search: the reference's example works, and everything wrong is told at once."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.coercion.response.questions import SMALL, write_question
from undaunted.coercion.exposure.readers.shipped import shipped_paper
from undaunted.coercion.response.analysis.laying import laid_out
from undaunted.coercion.response.analysis.weighing import weigh
from undaunted.coercion.response.readers import ScenarioRefused
from undaunted.coercion.response.readers.fronts import beside, shipped_front, shipped_questions
from undaunted.coercion.response.readers.question import (
    parse_question,
    question_of,
    read_question,
)
from undaunted.engines.trade.menu import Instrument, Key

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "scenarios.md"
SHIPPED = """
episode = "lithuania-2021"
partners = ["USA", "DEU"]
"""


def refused(text: str) -> str:
    with pytest.raises(ScenarioRefused) as told:
        parse_question(text, where="q.toml")
    return "\n".join(told.value.problems)


def test_example_of_the_reference_is_read_whole() -> None:
    text = REFERENCE.read_text(encoding="utf-8").split("```toml\n")[2].split("```")[0]
    told = parse_question(text, where="example")
    assert (told.coercer, told.target, told.episode) == ("CHN", "LTU", "lithuania-2021")
    assert told.levels[-1] == math.inf
    assert told.instruments == (Instrument.TARIFF, Instrument.EXPORT_CONTROL)
    assert told.terms.transfers is Key.EQUAL_LOSS


def test_shipped_questions_and_fronts_stand_for_every_episode_that_can_be_replayed() -> None:
    told = shipped_questions()
    assert len({each.episode for each in told.values()}) == 7
    assert all(each.shocks and len(each.partners) == 6 for each in told.values())
    assert beside("lithuania-2021") == "lithuania-2021-unanswered"
    assert beside("norway-2010") is None


@pytest.mark.parametrize("key", sorted(shipped_questions()))
def test_shipped_front_is_that_of_its_question_its_table_and_its_elasticities(key: str) -> None:
    """Who changes one of them searches again; a point solved anew says what the front says."""
    front, question = shipped_front(key), shipped_questions()[key]
    assert front is not None
    laid = laid_out(question)
    assert front.question == question
    assert front.digest == question.digest(shipped_paper().sha256) == laid.digest
    assert front.elasticities == laid.chosen.elasticities
    assert {each.certificate.data for each in front.points} == {laid.ground.digest}
    assert front.said == laid.said
    point = front.points[front.bend - 1]
    again = weigh(laid, point, {})
    assert (again.harm, again.cost) == pytest.approx((point.harm, point.cost), abs=1e-6)
    assert again.transfers == pytest.approx(point.transfers, abs=1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ('episode = "ruritania-1900"\npartners = ["USA"]', "write one of "),
        ('episode = ["x"]\npartners = ["USA"]', "episode: ['x']; write one of "),
        ('partners = ["USA"]\n[episode]\nx = 1', "episode: {'x': 1}; write one of "),
        ('episode = "lithuania-2021"\ncoercer = "CHN"\npartners = ["USA"]', "coercer: the episode"),
        ('partners = ["USA"]', "coercer: None; write a country's ISO3 code"),
        (SHIPPED + "levels = [25, 10]", "levels: they lie above 0 and rise"),
        (SHIPPED + "levels = [0, 10]", "levels: they lie above 0 and rise"),
        (SHIPPED + "levels = [nan]", "levels[1]: nan; write a number from 0 to 1000"),
        (SHIPPED + 'levels = ["ban", 10]', "levels[1]: 'ban'"),
        (SHIPPED + "levels = []", "levels: write a list of 1 to 8 numbers"),
        (SHIPPED + "retaliation = [-1]", "retaliation[1]: -1; write a number from 0 to 500"),
        (SHIPPED + "retaliation = 1", "retaliation: write a list"),
        (SHIPPED + 'instruments = ["bribe"]', "instruments[1]: write one of tariff"),
        (SHIPPED + "instruments = []", "instruments: write a list of tariff"),
        (SHIPPED + 'instruments = ["tariff", "tariff"]', "instruments: name each once"),
        (SHIPPED + "sectors = [1]", "sectors: write all, goods"),
        (SHIPPED + "seed = true", "seed: True; write a whole number"),
        (SHIPPED + "horizon = 'never'", "horizon: write one of short"),
        (SHIPPED + "patners = []", "patners: is not known; do you mean partners?"),
        (SHIPPED + "zzz = 1", "zzz: is not known; there are version"),
        (SHIPPED + "version = 2", "version: 2; this copy reads version 1"),
        (SHIPPED + "name = ''", "name: write a text"),
        (SHIPPED + "data = 'no.npz'", "data: no.npz is not there"),
        (SHIPPED + "terms = 1", "terms: write a table [terms]"),
        (SHIPPED + "[terms]\nceiling = -1", "terms.ceiling: -1"),
        (SHIPPED + "[terms]\nceiling = true", "terms.ceiling: True"),
        (SHIPPED + "[terms]\ntransfers = 'gold'", "terms.transfers: write one of none"),
        ('episode = "lithuania-2021"\npartners = ["CHN"]', "partners: CHN is the coercer"),
        ('episode = "lithuania-2021"\npartners = ["usa"]', "partners[1]: 'usa'"),
        ('episode = "lithuania-2021"\npartners = ["USA", "USA"]', "partners: name each once"),
        ('episode = "lithuania-2021"\npartners = []', "partners: write a list of ISO3"),
        ('coercer = "CHN"\ntarget = "LTU"\npartners = ["USA"]', "shocks: name a shipped episode"),
        (SMALL + "value2 = 1\n", "shocks[1].value2: is not known"),
        ("=", "is no TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_key_and_remedy(change: str, says: str) -> None:
    assert says in refused(change)


def test_too_many_partners_and_shocks_are_refused() -> None:
    codes = [chr(65 + n // 26) + chr(65 + n % 26) + "A" for n in range(61)]
    assert "partners: 61; at most 60" in refused(
        f'episode = "lithuania-2021"\npartners = {codes!r}'.replace("'", '"')
    )
    assert "shocks: 501; at most 500" in refused(
        SMALL.replace('data = "mine.npz"', "") + SMALL.split("[terms]\nceiling = 5")[1] * 500
    )


def test_question_written_out_is_the_same_question(tmp_path: Path) -> None:
    asked = read_question(write_question(tmp_path))
    again = question_of(asked.written(), where="again")
    assert again.digest("x") == asked.digest("x")
    levels = parse_question(SHIPPED + 'levels = [10, "ban"]\n[terms]\nceiling = 1', where="q")
    assert question_of(levels.written(), where="q") == levels
    assert tomllib.loads(SHIPPED)["episode"] == levels.written()["episode"]


def test_digest_follows_what_is_asked_and_not_what_it_is_called(tmp_path: Path) -> None:
    asked = read_question(write_question(tmp_path))
    assert replace(asked, name="other").digest("x") == asked.digest("x")
    differing = [
        replace(asked, seed=2),
        replace(asked, levels=(10.0, math.inf)),
        replace(asked, levels=(105.0,)),
        replace(asked, partners=("BBB", "AAA")),
        replace(asked, terms=replace(asked.terms, ceiling=None)),
        replace(asked, retaliation=(0.0,)),
    ]
    digests = {each.digest("x") for each in differing} | {asked.digest("x"), asked.digest("y")}
    assert len(digests) == len(differing) + 2


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    for content, says in ((b"\xff", "UTF-8"), (b"#" * 1_000_001, "larger than")):
        (tmp_path / "q.toml").write_bytes(content)
        with pytest.raises(ScenarioRefused, match=says):
            read_question(tmp_path / "q.toml")
    with pytest.raises(ScenarioRefused, match="No such file"):
        read_question(tmp_path / "none.toml")
