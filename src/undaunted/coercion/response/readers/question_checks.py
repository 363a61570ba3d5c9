"""What is wrong with a question to the search, with the key, the rule and the remedy."""

from __future__ import annotations

import math
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from undaunted.coercion.response.readers.episodes import shipped_episodes
from undaunted.coercion.response.readers.scenario import HORIZONS, MOST_SHOCKS, shock_problems
from undaunted.core.practices.rules.checking import choice_problems, text_problems
from undaunted.engines.trade.menu import Instrument, Key, Pool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["BAN", "question_problems"]

BAN = "ban"
KEYS = (
    "version", "name", "note", "episode", "coercer", "target", "shocks", "partners",
    "instruments", "sectors", "levels", "retaliation", "terms", "seed", "data", "elasticities",
    "horizon",
)  # fmt: skip
TERMS = ("ceiling", "transfers", "among", "least_harm")
OWN = ("coercer", "target", "shocks")
LONGEST = 200
MOST_PARTNERS, MOST_SECTORS, MOST_LEVELS, MOST_REPLIES = 60, 200, 8, 5
HIGHEST, WORST = 1000.0, 500.0
LARGEST_SEED = 2**32
ISO3 = 3


def question_problems(held: Mapping[str, Any]) -> Iterator[str]:
    """Say everything that is wrong with a question."""
    yield from _unknown("", held, KEYS)
    if held.get("version", 1) != 1:
        yield f"version: {held['version']!r}; this copy reads version 1"
    for key in ("name", "note", "data", "elasticities"):
        if key in held:
            yield from text_problems(key, held[key], LONGEST)
    yield from choice_problems("horizon", held.get("horizon", "long"), HORIZONS)
    seed = held.get("seed", 1)
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed < LARGEST_SEED:
        yield f"seed: {seed!r}; write a whole number from 0 to {LARGEST_SEED - 1}"
    yield from _episode_problems(held)
    yield from _partner_problems(held)
    yield from _menu_problems(held)
    yield from _terms_problems(held.get("terms", {}))


def _episode_problems(held: Mapping[str, Any]) -> Iterator[str]:
    if "episode" in held:
        known = {key: each for key, each in shipped_episodes().items() if each.replay}
        if not isinstance(held["episode"], str) or held["episode"] not in known:
            yield f"episode: {held['episode']!r}; write one of {', '.join(known)}, or leave it out"
        for key in OWN:
            if key in held:
                yield f"{key}: the episode has its own; leave out one of the two"
        return
    for key in ("coercer", "target"):
        yield from _code_problems(key, held.get(key))
    shocks = held.get("shocks")
    if not isinstance(shocks, list) or not shocks or not all(isinstance(s, dict) for s in shocks):
        yield "shocks: name a shipped episode, or write at least one table [[shocks]]"
        return
    if len(shocks) > MOST_SHOCKS:
        yield f"shocks: {len(shocks)}; at most {MOST_SHOCKS}"
    for number, shock in enumerate(shocks[:MOST_SHOCKS], 1):
        yield from shock_problems(f"shocks[{number}].", shock)


def _partner_problems(held: Mapping[str, Any]) -> Iterator[str]:
    partners = held.get("partners")
    if not isinstance(partners, list) or not partners:
        yield 'partners: write a list of ISO3 codes, as ["USA", "DEU"]'
        return
    if len(partners) > MOST_PARTNERS:
        yield f"partners: {len(partners)}; at most {MOST_PARTNERS}"
    for number, each in enumerate(partners[:MOST_PARTNERS], 1):
        yield from _code_problems(f"partners[{number}]", each)
    if len({str(each) for each in partners}) < len(partners):
        yield "partners: name each once"
    episode = shipped_episodes().get(str(held.get("episode")))
    coercer = episode.coercer if episode else held.get("coercer")
    if coercer in partners:
        yield f"partners: {coercer} is the coercer; leave it out"


def _menu_problems(held: Mapping[str, Any]) -> Iterator[str]:
    instruments = held.get("instruments", ["tariff"])
    if not isinstance(instruments, list) or not instruments:
        yield "instruments: write a list of " + ", ".join(Instrument)
    else:
        for number, each in enumerate(instruments, 1):
            yield from choice_problems(f"instruments[{number}]", each, Instrument)
        if len({str(each) for each in instruments}) < len(instruments):
            yield "instruments: name each once"
    sectors = held.get("sectors", "goods")
    listed = isinstance(sectors, list) and 0 < len(sectors) <= MOST_SECTORS
    if not isinstance(sectors, str) and not (listed and all(isinstance(s, str) for s in sectors)):
        yield "sectors: write all, goods, services, a code, or a list of codes"
    yield from _levels_problems(held.get("levels", [10, 25]))
    replies = held.get("retaliation", [0])
    if not isinstance(replies, list) or not 0 < len(replies) <= MOST_REPLIES:
        yield f"retaliation: write a list of 1 to {MOST_REPLIES} numbers; [0] is none"
    else:
        for number, each in enumerate(replies, 1):
            yield from _number_problems(f"retaliation[{number}]", each, 0, WORST)


def _levels_problems(levels: object) -> Iterator[str]:
    if not isinstance(levels, list) or not 0 < len(levels) <= MOST_LEVELS:
        yield f"levels: write a list of 1 to {MOST_LEVELS} numbers; the last may be {BAN!r}"
        return
    numbers = levels[:-1] if levels[-1] == BAN else levels
    wrong = [
        problem
        for number, each in enumerate(numbers, 1)
        for problem in _number_problems(f"levels[{number}]", each, 0, HIGHEST)
    ]
    yield from wrong
    if not wrong:
        rising = [0, *numbers]
        if any(low >= high for low, high in pairwise(rising)):
            yield "levels: they lie above 0 and rise; each measure may also be left out"


def _terms_problems(terms: object) -> Iterator[str]:
    if not isinstance(terms, dict):
        yield "terms: write a table [terms]"
        return
    yield from _unknown("terms.", terms, TERMS)
    for key in ("ceiling", "least_harm"):
        if key in terms:
            yield from _number_problems(f"terms.{key}", terms[key], 0, 99)
    keys = ("none", *Key)
    yield from choice_problems("terms.transfers", terms.get("transfers", "none"), keys)
    yield from choice_problems("terms.among", terms.get("among", "members"), Pool)


def _number_problems(where: str, held: object, least: float, most: float) -> Iterator[str]:
    number = isinstance(held, int | float) and not isinstance(held, bool) and math.isfinite(held)
    if not number or not least <= held <= most:  # type: ignore[operator]
        yield f"{where}: {held!r}; write a number from {least:g} to {most:g}, in per cent"


def _code_problems(where: str, held: object) -> Iterator[str]:
    if not isinstance(held, str) or len(held) != ISO3 or not held.isupper():
        yield f"{where}: {held!r}; write a country's ISO3 code, as LTU"


def _unknown(where: str, held: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in held:
        if key not in keys:
            near = get_close_matches(key, keys, 1)
            advice = f"do you mean {near[0]}?" if near else f"there are {', '.join(keys)}"
            yield f"{where}{key}: is not known; {advice}"
