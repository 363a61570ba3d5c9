"""Which published cases bear a name, stand on a list and have the facet values asked for.

Places (`published_place`) stand sorted in arrays, one for each word of a name and each value of a
facet: cases that fulfil several conditions are in all of their arrays, and a facet's numbers are
the lengths of what arrays share, so that no case is opened for them. Above zero places are in order
of name, the withheld last; the few below zero, given since the last rebuild, are looked at one by
one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undaunted.prisoners.registry.queries.stock import rows
from undaunted.prisoners.registry.rules.name_words import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.prisoners.registry.rules.name_words import Words

__all__ = ["FEW", "Hits", "find"]

FEW = 1_500
"""Up to so many cases are opened for their facets; of more the arrays are compared."""
SINGLE = ("country", "gender", "status", "tier", "held_now")
"""Facets of which each case has one value: the most frequent need not be counted."""
FACETS = (*SINGLE, "role", "law")
_WORD = """
    SELECT p.stretch, registry_together(p.places) AS places FROM (
        SELECT w.stretch, w.places FROM published_posting w
        WHERE w.facet = 'word' AND ({match})
        UNION ALL
        SELECT registry_stretch(o.number), ARRAY[o.number] FROM published_case c
        JOIN published_place o ON o.case_id = c.id WHERE c.reference ILIKE %({key}_there)s
    ) p GROUP BY p.stretch
"""
_VALUE = """
    SELECT p.stretch, p.places FROM published_posting p
    WHERE p.facet = '{facet}' AND p.value = %({key})s
"""
_HELD = """
    SELECT h.stretch, array_agg(o.number ORDER BY o.number) AS places
    FROM {hit} h CROSS JOIN LATERAL unnest(h.places) AS n(number)
    JOIN published_place o ON o.number = n.number
    WHERE EXISTS (SELECT FROM published_segment s WHERE s.case_id = o.case_id AND {held})
    GROUP BY h.stretch
"""
_AFTER = """
    coalesce((SELECT o.number FROM published_case c JOIN published_place o ON o.case_id = c.id
              WHERE (c.name = '', c.name, c.id)
                  <= (%(after_name)s = '', %(after_name)s, %(after_id)s) AND o.number > 0
              ORDER BY c.name = '' DESC, c.name DESC, c.id DESC LIMIT 1), 0)
"""
_FOUND = """
    WITH {parts}, hit AS MATERIALIZED ({hit}),
    size AS MATERIALIZED (SELECT coalesce(sum(icount(places)), 0)::bigint AS found FROM hit),
    start AS MATERIALIZED (SELECT {after} AS place),
    most AS MATERIALIZED (
        SELECT DISTINCT ON (facet) facet, value FROM published_pair
        WHERE within = 'all' AND within_value = '' AND facet = ANY (%(single)s)
        ORDER BY facet, persons DESC
    )
    SELECT 'all', '', (SELECT found FROM size), ARRAY(
        SELECT n FROM hit h CROSS JOIN LATERAL unnest(h.places) AS n WHERE h.stretch < 0
        UNION ALL (
            SELECT n FROM start, hit h CROSS JOIN LATERAL unnest(
                CASE WHEN h.stretch = registry_stretch(start.place) THEN h.places
                     ELSE subarray(h.places, 1, %(most)s) END) AS n
            WHERE h.stretch >= registry_stretch(start.place) AND n > start.place
            ORDER BY n LIMIT %(most)s))
    UNION ALL
    SELECT f.facet, f.value, count(*), NULL
    FROM hit h CROSS JOIN LATERAL unnest(h.places) AS n(number)
    JOIN published_place p ON p.number = n.number
    JOIN published_case c ON c.id = p.case_id
    CROSS JOIN LATERAL (
        VALUES ('country', c.country), ('gender', c.gender), ('status', c.status),
            ('tier', c.tier), ('held_now', c.held_now::text)
        UNION ALL SELECT 'role', unnest(c.roles)
        UNION ALL SELECT 'law', unnest(c.laws)
    ) AS f(facet, value)
    WHERE %(facets)s <> '{{}}'::text[] AND (SELECT found FROM size) <= %(few)s
      AND f.facet = ANY (%(facets)s)
    GROUP BY f.facet, f.value
    UNION ALL
    SELECT p.facet, p.value, sum(icount(h.places & p.places)), NULL
    FROM hit h JOIN published_posting p ON p.stretch = h.stretch AND p.facet = ANY (%(facets)s)
    WHERE (SELECT found FROM size) > %(few)s
      AND (p.facet, p.value) NOT IN (SELECT m.facet, m.value FROM most m)
    GROUP BY p.facet, p.value
    UNION ALL
    SELECT 'rest', m.facet || ' ' || m.value, 0, NULL FROM most m
    WHERE (SELECT found FROM size) > %(few)s
"""


@dataclass(slots=True)
class Hits:
    """How many cases there are, the places of a page among them, and what is counted of them."""

    total: int = 0
    page: list[int] = field(default_factory=list)
    """The first cases after the cursor are among these."""
    counted: list[tuple[str, str, int]] = field(default_factory=list)


def find(
    words: list[Words], values: Mapping[str, str], asked: dict[str, Any], *, held: str, facets: bool
) -> Hits:
    """Give the cases that fulfil every condition; `held` is one about a segment `s`, or empty.

    `asked` holds what SQL is given: `most` places for a page, and a cursor as `after_name`.
    """
    parts, given = _parts(words, values)
    names = list(parts)
    hit = f"SELECT stretch, {' & '.join(f'{name}.places' for name in names)} AS places FROM "  # noqa: S608 - constant parts only
    hit += names[0] + "".join(f" JOIN {name} USING (stretch)" for name in names[1:])
    if held:
        parts["everybody"] = hit
        hit = _HELD.format(hit="everybody", held=held)
    statement = _FOUND.format(
        parts=", ".join(f"{name} AS MATERIALIZED ({part})" for name, part in parts.items()),
        hit=hit,
        after=_AFTER if "after_name" in asked else "0",
    )
    # What is chosen of a facet with one value a case is known without counting.
    known = {facet: value for facet, value in values.items() if facet in SINGLE}
    asked = asked | given | {
        "few": FEW,
        "facets": [facet for facet in FACETS if facets and facet not in known],
        "single": [facet for facet in SINGLE if facets and facet not in known],
    }  # fmt: skip
    return _hits(rows(statement, asked), known if facets else {})


def _hits(told: Iterable[tuple[Any, ...]], known: Mapping[str, str]) -> Hits:
    found, rest = Hits(), dict(known)
    for facet, value, persons, places in told:
        if facet == "all":
            found.total, found.page = int(persons), places
        elif facet == "rest":
            name, _, most = value.partition(" ")
            rest[name] = most
        else:
            found.counted.append((facet, value, int(persons)))
    counted = Counter[str]()
    for facet, _, persons in found.counted:
        counted[facet] += persons
    found.counted += [(facet, value, found.total - counted[facet]) for facet, value in rest.items()]
    return found


def _parts(
    words: list[Words], values: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, object]]:
    parts: dict[str, str] = {}
    given: dict[str, object] = {}
    for at, word in enumerate(words):
        key = f"word{at}"
        matches = []
        for number, text in enumerate(word.texts):
            whole = len(text) < SHORT
            matches.append(f"w.value {'=' if whole else 'LIKE'} %({key}_{number})s")
            given[f"{key}_{number}"] = text if whole else f"%{_plain(text)}%"
        parts[key] = _WORD.format(key=key, match=" OR ".join(matches))
        given[f"{key}_there"] = f"%{_plain(word.reference)}%" if word.reference else ""
    for facet, value in values.items():
        key = f"value_{facet}"
        parts[key] = _VALUE.format(facet=facet, key=key)
        given[key] = value
    return parts, given


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
