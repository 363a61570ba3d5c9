"""People who do not exist, over 25 years, with what was done to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from undaunted.core.places.rules import HypotheticalRegion, hypothetical_states
from undaunted.prisoners.registry.writers.demonstration.names import InventedName, invent_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "FIRST_YEAR",
    "LAST_DAY",
    "InventedPerson",
    "InventedSpell",
    "invent_people",
    "people_known_on",
]

FIRST_YEAR = 2001
LAST_DAY = date(2026, 10, 31)

_WEIGHT = {"XB": 40, "XR": 22, "XZ": 16, "XS": 12, "XF": 10}
_ROLES = {
    "journalist": 24, "hrd": 18, "activist": 18, "opposition_politician": 12, "lawyer": 6,
    "student": 8, "minority_member": 6, "trade_unionist": 4, "artist": 3, "former_insider": 1,
}  # fmt: skip
_LAWS = {
    "extremism": ("Extremism Act, article 12", 26),
    "public_order_assembly": ("Public Assembly Act, article 4", 18),
    "treason_state_security": ("Criminal Code, article 275", 14),
    "terrorism": ("Counter-Terrorism Act, article 3", 12),
    "foreign_agent_funding": ("Foreign Funding Act, article 9", 10),
    "defamation_insult": ("Criminal Code, article 130", 8),
    "false_news": ("Media Act, article 22", 6),
    "tax_fraud_pretext": ("Tax Code, article 199", 4),
    "drugs_pretext": ("Criminal Code, article 228", 2),
}
_RELEASES = {
    "sentence_served": 46, "conditional_parole": 16, "pardon_amnesty": 10, "charges_dropped": 10,
    "unconditional": 6, "forced_exile": 4, "exchange": 2, "house_arrest": 2,
    "denationalised_expelled": 1, "died": 3,
}  # fmt: skip
_WAVES = {2006: 2.0, 2011: 2.5, 2014: 1.8, 2020: 4.0, 2021: 3.0, 2022: 2.6, 2024: 2.0}


@dataclass(frozen=True, slots=True)
class InventedSpell:
    """One deprivation of liberty; `end` None while it lasts."""

    kind: str
    start: date
    end: date | None
    release: str
    law: str
    law_category: str
    stage: str
    sentence: str
    region: HypotheticalRegion
    city: str
    facility: str
    confirmed: date | None
    health: str


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """One person who does not exist."""

    number: int
    name: InventedName
    gender: str
    birth: date
    country: str
    roles: tuple[str, ...]
    tier: str
    spells: tuple[InventedSpell, ...]


def invent_people(count: int = 2_200, *, seed: int = 1948) -> tuple[InventedPerson, ...]:
    """Give `count` people; the same seed gives the same people."""
    random = Random(seed)  # noqa: S311  (repeatable on purpose; nothing secret)
    return tuple(_person(random, number) for number in range(1, count + 1))


def people_known_on(people: Iterable[InventedPerson], day: date) -> Iterator[InventedPerson]:
    """Give those arrested by a day, as a list of that day tells of them: later is open."""
    for person in people:
        spells = tuple(_spell_on(spell, day) for spell in person.spells if spell.start <= day)
        if spells:
            yield replace(person, spells=spells)


def _spell_on(spell: InventedSpell, day: date) -> InventedSpell:
    confirmed = spell.confirmed if spell.confirmed and spell.confirmed <= day else None
    if spell.end is None or spell.end <= day:
        return replace(spell, confirmed=confirmed)
    return replace(spell, end=None, release="", stage="serving_sentence", confirmed=confirmed)


def _weighted(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def _person(random: Random, number: int) -> InventedPerson:
    country = _weighted(random, _WEIGHT)
    gender = "female" if random.random() < 0.3 else "male"  # noqa: PLR2004
    start = _arrest(random)
    age = random.randint(19, 68)
    roles = {_weighted(random, _ROLES)}
    if random.random() < 0.25:  # noqa: PLR2004
        roles.add(_weighted(random, _ROLES))
    spells = [_spell(random, country, start)]
    last = spells[-1].end
    if last and spells[-1].release != "died" and random.random() < 0.12:  # noqa: PLR2004
        again = last + timedelta(days=random.randint(40, 1400))
        if again < LAST_DAY:
            spells.append(_spell(random, country, again))
    return InventedPerson(
        number=number,
        name=invent_name(random, country=country, gender=gender),
        gender=gender,
        birth=start - timedelta(days=int(age * 365.25) + random.randint(0, 364)),
        country=country,
        roles=tuple(sorted(roles)),
        tier=_weighted(random, {"A": 34, "B": 38, "C": 22, "D": 6}),
        spells=tuple(spells),
    )


def _arrest(random: Random) -> date:
    years = range(FIRST_YEAR, LAST_DAY.year + 1)
    weights = [_WAVES.get(year, 1.0) * (1 + (year - FIRST_YEAR) / 18) for year in years]
    year = random.choices(years, weights)[0]
    day = date(year, 1, 1) + timedelta(days=random.randint(0, 364))
    return min(day, LAST_DAY)


def _spell(random: Random, country: str, start: date) -> InventedSpell:
    state = next(s for s in hypothetical_states() if s.code == country)
    region = random.choice(state.regions)
    category = _weighted(random, {code: weight for code, (_, weight) in _LAWS.items()})
    months = max(1, int(random.lognormvariate(3.2, 0.9)))
    end = start + timedelta(days=int(months * 30.4))
    held = end > LAST_DAY
    release = "" if held else _weighted(random, _RELEASES)
    house = random.random() < 0.07  # noqa: PLR2004
    young = (LAST_DAY - start).days < 300  # noqa: PLR2004
    confirmed = None
    if held and not young and random.random() < 0.7:  # noqa: PLR2004
        confirmed = LAST_DAY - timedelta(days=random.randint(5, 500))
    return InventedSpell(
        kind="house_arrest" if house else ("pre_trial_detention" if young else "imprisonment"),
        start=start,
        end=None if held else end,
        release=release,
        law=_LAWS[category][0],
        law_category=category,
        stage="awaiting_trial" if held and young else "serving_sentence" if held else "",
        sentence="" if house or (held and young) else f"{months + random.randint(0, 18)} months",
        region=region,
        city=random.choice(region.cities),
        facility="" if house else random.choice(region.facilities),
        confirmed=max(confirmed, start) if confirmed else None,
        health=random.choice(("chronic_illness", "care_denied", "hunger_strike"))
        if held and random.random() < 0.12  # noqa: PLR2004
        else "",
    )
