"""Three lists that overlap as real lists do: other spellings, lost days, other numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from undaunted.prisoners.registry.writers.demonstration.people import (
    LAST_DAY,
    invent_people,
    people_known_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from undaunted.prisoners.registry.writers.demonstration.people import (
        InventedPerson,
        InventedSpell,
    )

__all__ = ["COLUMNS", "MAPPING", "DemonstrationList", "demonstration_lists"]

COLUMNS = (
    "ID", "Name", "Name in own script", "Gender", "Born", "Country", "Region", "City", "Facility",
    "Role", "Held since", "Kind", "Law", "Law group", "Stage", "Sentence", "Released", "Release",
    "Confirmed", "Health", "Died", "Tier", "Link",
)  # fmt: skip

_FIELDS = {
    "Name": "person.name.full", "Name in own script": "person.name.native",
    "Gender": "person.gender", "Born": "person.birth", "Died": "person.death",
    "Country": "spell.country", "Region": "spell.admin1", "City": "spell.city",
    "Facility": "spell.facility", "Role": "person.role", "Held since": "spell.start",
    "Kind": "spell.kind", "Law": "spell.law", "Law group": "spell.law_category",
    "Stage": "spell.stage", "Sentence": "spell.sentence", "Released": "spell.end",
    "Release": "spell.release_kind", "Confirmed": "spell.last_confirmed_held",
    "Health": "spell.health_alert", "Tier": "tier", "Link": "source.url",
}  # fmt: skip


def _mapping() -> str:
    lines = [
        "# The columns of the three demonstration lists.",
        'id = "demonstration"',
        "version = 1",
        'title = "Demonstration list of invented people"',
        'language = "en"',
        "",
        "[format]",
        'kind = "csv"',
        'encoding = "utf-8"',
        "",
        "[keys]",
        'columns = ["ID"]',
        "",
        "[dates]",
        "earliest_year = 1920",
        "",
        "[constants]",
        "# One list carries tier B at most (rule K8).",
        '"source.grade" = "B2"',
    ]
    for column, field in _FIELDS.items():
        lines += ["", "[[columns]]", f'column = "{column}"', f'field = "{field}"']
        if column == "Role":
            lines.append('split = ";"')
    return "\n".join(lines) + "\n"


MAPPING = _mapping()


@dataclass(frozen=True, slots=True)
class DemonstrationList:
    """One list as a sheet: its name, publisher, CSV bytes, and who stands behind each row.

    `people` maps the source key of a row to the number of the invented person.
    """

    slug: str
    name: str
    publisher: str
    content: bytes
    people: dict[str, int]


def demonstration_lists(
    people: Iterable[InventedPerson] | None = None,
    *,
    seed: int = 1948,
    on: date = LAST_DAY,
) -> tuple[DemonstrationList, ...]:
    """Give the three lists as they stood on a day; the same people and seed give the same bytes.

    A row has the same key and says the same in every edition but for what happened since.
    """
    known = tuple(people if people is not None else invent_people(seed=seed))
    random = Random(seed + 1)  # noqa: S311  (repeatable on purpose)
    wide = [p for p in known if random.random() < 0.82]  # noqa: PLR2004
    chosen = {p.number for p in wide}
    east = [
        p
        for p in known
        if p.number not in chosen or (p.country in {"XB", "XS"} and random.random() < 0.45)  # noqa: PLR2004
    ]
    press = [p for p in known if "journalist" in p.roles and random.random() < 0.7]  # noqa: PLR2004
    return (
        _list("five-states", "Register of the Five States", "Observatory of the Five States",
              "FS", wide, seed, on, spelling="latin"),
        _list("solidarity", "Solidarity roll", "Syldavian Solidarity Committee",
              "SR", east, seed, on, spelling="variant"),
        _list("press", "Jailed press roll", "League of Zubrowkan Reporters",
              "JP", press, seed, on, spelling="mixed"),
    )  # fmt: skip


def _list(  # noqa: PLR0913, PLR0917  (a list has many sides)
    slug: str,
    name: str,
    publisher: str,
    prefix: str,
    people: list[InventedPerson],
    seed: int,
    on: date,
    *,
    spelling: str,
) -> DemonstrationList:
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(COLUMNS)
    behind: dict[str, int] = {}
    for person in people_known_on(people, on):
        for key, row in _rows(person, prefix, seed, spelling=spelling, slug=slug):
            behind[key] = person.number
            sheet.writerow(row)
    return DemonstrationList(slug, name, publisher, out.getvalue().encode(), behind)


def _rows(
    person: InventedPerson, prefix: str, seed: int, *, spelling: str, slug: str
) -> Iterator[tuple[str, list[str]]]:
    for order, spell in enumerate(person.spells, start=1):
        key = f"{prefix}-{person.number:05d}-{order}"
        random = Random(f"{seed} {key}")  # noqa: S311  (repeatable on purpose)
        yield key, _row(person, spell, random, key=key, spelling=spelling, slug=slug)


def _row(  # noqa: PLR0913  (a row has many sides)
    person: InventedPerson,
    spell: InventedSpell,
    random: Random,
    *,
    key: str,
    spelling: str,
    slug: str,
) -> list[str]:
    latin = spelling == "latin" or (spelling == "mixed" and random.random() < 0.5)  # noqa: PLR2004
    exact = spelling == "latin" or random.random() < 0.6  # noqa: PLR2004
    born = person.birth.isoformat() if exact else str(person.birth.year)
    start = spell.start.isoformat() if exact else spell.start.isoformat()[:7]
    died = spell.end.isoformat() if spell.release == "died" and spell.end else ""
    return [
        key,
        person.name.latin if latin else person.name.variant,
        person.name.native,
        person.gender,
        born,
        person.country,
        spell.region.name,
        spell.city,
        spell.facility,
        ";".join(person.roles),
        start,
        spell.kind,
        spell.law,
        spell.law_category,
        spell.stage,
        spell.sentence,
        spell.end.isoformat() if spell.end else "",
        spell.release,
        spell.confirmed.isoformat() if spell.confirmed else "",
        spell.health,
        died,
        "B" if person.tier == "A" else person.tier,
        f"https://{slug}.example/{key}",
    ]
