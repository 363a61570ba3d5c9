"""Episodes of economic coercion as packs: what was demanded, what was done, who says so.

Each statement names its sources, and each source how it was read. `replay` tells the coercer's
measures in the words of a scenario, with what was assumed for it. Everything wrong is told at once.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.coercion.response.readers.episode_checks import episode_problems
from undaunted.coercion.response.readers.episode_words import (
    Confidence,
    Demand,
    Deniability,
    Episode,
    EpisodeEvent,
    EpisodeMeasure,
    EpisodeSource,
    MeasureKind,
    Reading,
    Stated,
)
from undaunted.coercion.response.readers.scenario import ScenarioRefused, read_shocks

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["episode_of", "read_episode", "shipped_episodes"]

PACKS = files("undaunted.coercion.response") / "packs" / "episodes"


@cache
def shipped_episodes() -> dict[str, Episode]:
    """Give the episodes that come with this copy, by key, the earliest first."""
    packs = [pack for pack in PACKS.iterdir() if pack.name.endswith(".toml")]
    told = [read_episode(pack.read_text(encoding="utf-8"), where=pack.name) for pack in packs]
    return {each.key: each for each in sorted(told, key=lambda one: (one.began, one.key))}


def read_episode(text: str, *, where: str) -> Episode:
    """Give the episode of a TOML text. Raises `ScenarioRefused` with all that is wrong."""
    try:
        held = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise ScenarioRefused(where, [f"is no TOML: {fault}"]) from fault
    return episode_of(held, where=where)


def episode_of(held: Mapping[str, Any], *, where: str) -> Episode:
    """Give the episode of a pack's tables. Raises `ScenarioRefused` with all that is wrong."""
    problems = list(episode_problems(held))
    if problems:
        raise ScenarioRefused(where, problems)
    demand, replay = held["demand"], held["replay"]
    return Episode(
        key=held["key"],
        title=held["title"],
        target=held["target"],
        coercer=held["coercer"],
        began=str(held["began"]),
        ended=str(held.get("ended", "")),
        deniability=Deniability(held["deniability"]),
        demand=Demand(
            demand["text"],
            Stated(demand["stated"]),
            Confidence(demand["confidence"]),
            tuple(demand["sources"]),
        ),
        measures=tuple(_measure(each) for each in held["measures"]),
        events=tuple(
            EpisodeEvent(str(each["when"]), each["text"], tuple(each["sources"]))
            for each in held["events"]
        ),
        replay_says=replay["says"],
        replay=read_shocks(replay.get("shocks", [])),
        sources=tuple(
            EpisodeSource(**(each | {"status": Reading(each["status"])}))
            for each in held["sources"]
        ),
    )


def _measure(held: Mapping[str, Any]) -> EpisodeMeasure:
    told = dict(held) | {
        "kind": MeasureKind(held["kind"]),
        "confidence": Confidence(held["confidence"]),
        "sources": tuple(held["sources"]),
        "sectors": tuple(held.get("sectors", ())),
    }
    return EpisodeMeasure(**told)
