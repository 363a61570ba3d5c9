"""What is wrong with an episode's pack, with the place and the remedy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

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
from undaunted.coercion.response.readers.scenario import shock_problems
from undaunted.core.practices.rules.checking import (
    choice_problems,
    day_problems,
    extra_problems,
    ids_problems,
    text_problems,
)
from undaunted.core.practices.rules.sources import citation_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["episode_problems", "measure_problems"]

LONGEST = 1200
ISO3 = 3
_EPISODE = frozenset(Episode.__dataclass_fields__) - {"replay_says"}
_DEMAND = frozenset(Demand.__dataclass_fields__)
_MEASURE = frozenset(EpisodeMeasure.__dataclass_fields__)
_EVENT = frozenset(EpisodeEvent.__dataclass_fields__)
_SOURCE = frozenset(EpisodeSource.__dataclass_fields__)
_REPLAY = frozenset({"says", "shocks"})


def episode_problems(held: Mapping[str, Any]) -> Iterator[str]:
    """Say everything that is wrong with an episode."""
    yield from extra_problems("episode", held, _EPISODE)
    for name in ("key", "title"):
        yield from text_problems(name, held.get(name), LONGEST)
    for name in ("target", "coercer"):
        yield from _code_problems(name, held.get(name))
    yield from _dates_problems("episode", held)
    yield from choice_problems("deniability", held.get("deniability"), Deniability)
    shape = {"demand": dict, "replay": dict, "measures": list, "events": list, "sources": list}
    wrong = [name for name, kind in shape.items() if not isinstance(held.get(name), kind)]
    wrong += [
        name
        for name, kind in shape.items()
        if kind is list and name not in wrong and not all(isinstance(e, dict) for e in held[name])
    ]
    for name in wrong:
        yield f"{name}: is missing; write a table [{name}] or tables [[{name}]]"
    if wrong:
        return
    misshapen = list(_shape_problems(held))
    yield from misshapen or _parts_problems(held)


def measure_problems(place: str, held: Mapping[str, Any]) -> Iterator[str]:
    """Say everything that is wrong with one measure."""
    yield from extra_problems(place, held, _MEASURE)
    yield from choice_problems(f"{place}, kind", held.get("kind"), MeasureKind)
    yield from choice_problems(f"{place}, confidence", held.get("confidence"), Confidence)
    for name in ("by", "on"):
        yield from _code_problems(f"{place}, {name}", held.get(name))
    yield from _dates_problems(place, held)
    if held.get("goods", "") != "":
        yield from text_problems(f"{place}, goods", held["goods"], LONGEST)
    sectors = held.get("sectors", [])
    if not isinstance(sectors, list) or not all(isinstance(each, str) for each in sectors):
        yield f"{place}, sectors: write a list of codes, as OECD writes them"
    yield from _claim_problems(place, held)


def _shape_problems(held: Mapping[str, Any]) -> Iterator[str]:
    """Say which lists are none, and which words are no text, before anything looks into them."""
    lists = [("demand, sources", held["demand"].get("sources", []))]
    for name in ("measures", "events"):
        lists += [
            (f"{name}[{number}], {inner}", each.get(inner, []))
            for number, each in enumerate(held[name], 1)
            for inner in ("sources", "sectors")
        ]
    for place, value in lists:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            yield f"{place}: write a list of words"
    for number, each in enumerate(held["sources"], 1):
        if not all(isinstance(value, str | date) for value in each.values()):
            yield f"sources[{number}]: write each value as text or as a day"
    yield from _shock_shape_problems(held["replay"].get("shocks", []))


def _shock_shape_problems(shocks: object) -> Iterator[str]:
    if not isinstance(shocks, list) or not all(isinstance(each, dict) for each in shocks):
        yield "replay.shocks: write tables [[replay.shocks]]"
        return
    for number, each in enumerate(shocks, 1):
        if not all(_is_word_or_number(value) for value in each.values()):
            yield f"replay.shocks[{number}]: write each value as text, number or list of words"


def _is_word_or_number(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, str | int | float)


def _parts_problems(held: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems("demand", held["demand"], _DEMAND)
    yield from choice_problems("demand, stated", held["demand"].get("stated"), Stated)
    yield from _claim_problems("demand", held["demand"])
    yield from choice_problems("demand, confidence", held["demand"].get("confidence"), Confidence)
    for number, measure in enumerate(held["measures"], 1):
        yield from measure_problems(f"measures[{number}]", measure)
    for number, event in enumerate(held["events"], 1):
        yield from extra_problems(f"events[{number}]", event, _EVENT)
        yield from day_problems(f"events[{number}], when", event.get("when"))
        yield from _claim_problems(f"events[{number}]", event)
    for number, source in enumerate(held["sources"], 1):
        yield from _source_problems(f"sources[{number}]", source)
    yield from extra_problems("replay", held["replay"], _REPLAY)
    yield from text_problems("replay, says", held["replay"].get("says"), LONGEST)
    shocks = held["replay"].get("shocks", [])
    if not isinstance(shocks, list) or not all(isinstance(each, dict) for each in shocks):
        yield "replay, shocks: write tables [[replay.shocks]]"
        shocks = []
    for number, shock in enumerate(shocks, 1):
        yield from shock_problems(f"replay.shocks[{number}].", shock)
    known = [str(each.get("id")) for each in held["sources"]]
    cited = [("demand", _ids(held["demand"]))]
    for name in ("measures", "events"):
        for number, each in enumerate(held[name], 1):
            cited.append((f"{name}[{number}]", _ids(each)))
    yield from citation_problems(known, cited)


def _ids(held: Mapping[str, Any]) -> list[str]:
    told = held.get("sources")
    return [str(each) for each in told] if isinstance(told, list) else []


def _claim_problems(place: str, held: Mapping[str, Any]) -> Iterator[str]:
    yield from text_problems(f"{place}, text", held.get("text"), LONGEST)
    yield from ids_problems(place, held.get("sources"), needed=True)


def _source_problems(place: str, held: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems(place, held, _SOURCE)
    for name in ("id", "title", "publisher"):
        yield from text_problems(f"{place}, {name}", held.get(name), LONGEST)
    yield from day_problems(f"{place}, date", held.get("date"))
    yield from choice_problems(f"{place}, status", held.get("status"), Reading)
    if held.get("status") != Reading.UNVERIFIED:
        if not str(held.get("url", "")).startswith(("https://", "http://")):
            yield f"{place}, url: write the address of the document, beginning with https://"
        yield from day_problems(f"{place}, read_on", held.get("read_on"))
    if held.get("status") == Reading.SECONDARY:
        yield from text_problems(f"{place}, read_in", held.get("read_in"), LONGEST)


def _dates_problems(place: str, held: Mapping[str, Any]) -> Iterator[str]:
    yield from day_problems(f"{place}, began", held.get("began"))
    if held.get("ended"):
        yield from day_problems(f"{place}, ended", held["ended"])


def _code_problems(place: str, value: object) -> Iterator[str]:
    if not isinstance(value, str) or len(value) != ISO3 or not value.isupper():
        yield f"{place}: write a country's ISO3 code, as LTU"
