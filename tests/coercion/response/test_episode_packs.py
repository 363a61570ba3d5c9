"""The episodes that come with the product, and what a pack of an episode is refused for."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from undaunted.coercion.exposure.readers import shipped_world
from undaunted.coercion.response.readers import (
    Episode,
    MeasureKind,
    Reading,
    ScenarioRefused,
    read_episode,
    read_measures,
    shipped_episodes,
)
from undaunted.coercion.response.readers.episodes import PACKS
from undaunted.engines.trade import Scenario, measures_of

if TYPE_CHECKING:
    from undaunted.engines.trade import World

TEXT = (PACKS / "lithuania-2021.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def world() -> World:
    return shipped_world()


def test_eight_episodes_of_the_literature_are_there() -> None:
    found = shipped_episodes()
    assert {(each.target, each.began[:4]) for each in found.values()} == {
        ("NOR", "2010"), ("JPN", "2010"), ("PHL", "2012"), ("KOR", "2016"),
        ("MNG", "2016"), ("CAN", "2018"), ("AUS", "2020"), ("LTU", "2021"),
    }  # fmt: skip
    assert next(iter(found)) == "japan-2010"


@pytest.mark.parametrize("episode", shipped_episodes().values(), ids=lambda each: each.key)
def test_every_statement_has_a_source_and_every_source_says_how_it_was_read(
    episode: Episode,
) -> None:
    known = {each.id: each for each in episode.sources}
    cited = [each.sources for each in episode.measures]
    cited += [each.sources for each in episode.events]
    for ids in (episode.demand.sources, *cited):
        assert ids
        assert set(ids) <= set(known)
    for source in known.values():
        assert (source.status is Reading.UNVERIFIED) == (not source.url)
        assert source.read_in or source.status is not Reading.SECONDARY


@pytest.mark.parametrize("episode", shipped_episodes().values(), ids=lambda each: each.key)
def test_replay_names_what_the_table_holds(episode: Episode, world: World) -> None:
    assert episode.replay_says
    if episode.target not in world.regions:
        assert episode.replay == ()
        assert "not among the 80 countries" in episode.replay_says
        return
    measures_of(world, Scenario(episode.key, episode.replay))
    assert {each.importer for each in episode.replay} | {
        each.exporter for each in episode.replay
    } == {episode.target, episode.coercer}


def test_an_unverified_statement_says_so_in_its_words() -> None:
    (event,) = [
        each for each in shipped_episodes()["australia-2020"].events if "not read" in each.text
    ]
    assert event.sources == ("end-2024",)


def test_lithuania_is_told_with_its_measures() -> None:
    told = shipped_episodes()["lithuania-2021"]
    assert [each.kind for each in told.measures] == [
        MeasureKind.CUSTOMS_DELISTING,
        MeasureKind.COMPANY_PRESSURE,
        MeasureKind.DIPLOMATIC_FREEZE,
    ]
    assert len(told.measures[0].sectors) == 27
    assert told.replay[0].value == 9.0


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('target = "LTU"', 'target = "Lithuania"', "target: write a country's ISO3 code"),
        ('began = "2021-11"', 'began = "soon"', "episode, began: write a day, a month or a year"),
        ('ended = "2025"', 'ended = "late"', "episode, ended: write a day"),
        ('deniability = "denied"', 'deniability = "shy"', "deniability: write one of open"),
        ('stated = "stated"', 'stated = "loud"', "demand, stated: write one of stated, implied"),
        ('kind = "company_pressure"', 'kind = "war"', "measures[2], kind: write one of tariff"),
        ('"moorbank-2022", "flanders-2022"]', '"nobody"]', "there is no source nobody"),
        ('id = "scmp-2022"', 'id = "other"', "there is no source scmp-2022"),
        ('when = "2022-01-27"', 'when = "then"', "events[1], when: write a day"),
        ('kind = "quota"', 'kind = "quote"', "replay.shocks[1].kind: 'quote'"),
        ('title = "EU suspends', 'tittle = "EU suspends', "'tittle' is no key here"),
        ('read_in = "the report as another site', 'url = "x', "is no TOML"),
        ('url = "https://viabaltica.fi', 'url = "viabaltica.fi', "url: write the address"),
        ("[[events]]", "[events]", "is no TOML"),
        ("[demand]", "[wish]", "demand: is missing"),
        ("= [", "= [[", "is no TOML"),
    ],
)  # fmt: skip
def test_flaw_of_a_pack_is_named(old: str, new: str, problem: str) -> None:
    assert old in TEXT
    with pytest.raises(ScenarioRefused) as refused:
        read_episode(TEXT.replace(old, new), where="mine.toml")
    assert problem in str(refused.value)


ODD = ("3", "[1]", "{a = 1}", "2021-11-01", '"\\u0000"')


def test_no_odd_value_breaks_the_reading() -> None:
    lines = TEXT.splitlines()
    for number, line in enumerate(lines):
        name, equals, _ = line.partition(" = ")
        for odd in ODD if equals else ():
            changed = [*lines[:number], f"{name} = {odd}", *lines[number + 1 :]]
            with contextlib.suppress(ScenarioRefused):
                read_episode("\n".join(changed), where="odd.toml")


HEAD = "kind;by;on;began;text;confidence;sources;goods;sectors"
ROW = "tariff;XRU;XFR;2026-10;Held (invented);B;wire gazette;timber;C16 A02"


def test_csv_of_measures_is_read_in_the_form_of_the_packs() -> None:
    told = f"\ufeff{HEAD}\r\n{ROW}\r\n;;;;;;;;\r\nthreat;XRU;XFR;2026;Said;C;wire;;\r\n"
    first, second = read_measures(told.encode(), where="m.csv")
    assert first["sources"] == ["wire", "gazette"]
    assert first["sectors"] == ["C16", "A02"]
    assert (second["began"], "goods" in second) == ("2026", False)
    commas = read_measures((HEAD + "\n" + ROW).replace(";", ",").encode(), where="m.csv")
    assert commas == [first]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (f"{HEAD}\n{ROW.replace('tariff', 'magic')}", "row 2, kind: write one of"),
        (f"{HEAD}\n{ROW}\n{ROW.replace('2026-10', 'soon')}", "row 3, began: write a day"),
        (f"{HEAD}\n{ROW.replace('XRU', 'Ruritania')}", "row 2, by: write a country's ISO3"),
        (f"{HEAD}\n{ROW.replace('wire gazette', '')}", "row 2, sources: name at least one"),
        (f"{HEAD}\n{ROW};more", "row 2: 10 cells, where 9 are named"),
        (f"{HEAD}\n{ROW.replace('Held', chr(34) + 'Held')}", "close each quotation mark"),
        (f"{HEAD};colour\n{ROW};red", "column 'colour': there is none"),
        (f"{HEAD};kind\n{ROW};tariff", "one is named twice"),
        ("kind\ntariff", "column 'text': it is missing"),
        (HEAD, "rows: 0; give 1 to 100"),
        ("", "it is missing"),
        (f"{HEAD}\n" + f"{ROW}\n" * 101, "rows: 101"),
        ("x" * 300_000, "larger than 256 KiB"),
    ],
)
def test_csv_of_measures_is_refused_by_row_and_column(told: str, said: str) -> None:
    with pytest.raises(ScenarioRefused, match="m") as refused:
        read_measures(told.encode(), where="m.csv")
    assert said in str(refused.value)
    with pytest.raises(ScenarioRefused, match="UTF-8"):
        read_measures(b"kind\xff", where="m.csv")
