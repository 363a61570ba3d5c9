"""What a row that came again changes: only what the list itself changed, never the desk's work.

Three readings meet: what the list said before, what stands in the record, and what the list says
now. Where the record still says what the list said, the list is followed. Where it says something
else, the desk was there and its reading stands; where the list changed that too, it is told. Pure:
values are in the plain form of JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undaunted.prisoners.registry.rules.ledger_rows import SourceFacts

__all__ = [
    "ActChange",
    "Facts",
    "Kept",
    "Merged",
    "merge_acts",
    "merge_person",
    "source_mark",
    "what_tells_apart",
]

Facts = dict[str, Any]
_PERSON: Final = (
    ("gender",),
    ("birth", "birth_earliest", "birth_latest"),
    ("death", "death_earliest", "death_latest"),
    ("nationalities",),
    ("country",),
    ("roles",),
)
_ACT: Final = (
    ("type", "in_stock"),
    ("start", "start_earliest", "start_latest"),
    ("end", "end_earliest", "end_latest", "release_type"),
    ("expected_end",),
    ("country",),
    ("admin1",),
    ("city",),
    ("facility",),
    ("authority",),
    ("law",),
    ("law_category",),
    ("stage",),
    ("sentence_kind", "sentence_months"),
    ("whereabouts",),
    ("health_alert",),
    ("family_contact",),
    ("tier",),
)
"""Columns that are said together: a date and its bounds, an end and its kind."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the list's change met the desk's: the field, what the list says now, what stands."""

    field: str
    listed: str
    stands: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What the record says from now on, and where the desk's reading was kept."""

    facts: Facts
    kept: tuple[Kept, ...]


@dataclass(slots=True)
class ActChange:
    """What becomes of one claim: its row `closes`, a row with `facts` opens; None for neither.

    A claim of None is a new one. `said` is what the list says of the claim where the rows it wrote
    do not tell; `remembers` says that this has to be kept.
    """

    claim: str | None
    closes: str | None = None
    facts: Facts | None = None
    inside: bool = False
    within: str | None = None
    said: Facts | None = None
    remembers: bool = False
    kept: tuple[Kept, ...] = field(default=())


def source_mark(facts: SourceFacts, list_url: str) -> tuple[str, ...]:
    """Give what tells a source again when its list comes again.

    That is its address; of a source at the address of the whole list, the words about it.
    """
    if facts.url and facts.url != list_url:
        return (facts.url,)
    return (facts.publisher, facts.title, facts.published)


def merge_person(before: Facts, stands: Facts, now: Facts) -> Merged:
    """Give what a person's record says once the list's own changes are taken."""
    return _merge(before, stands, now, _PERSON, "person")


def merge_acts(
    now: Sequence[Facts], before: Mapping[str, Facts], standing: Iterable[Facts]
) -> list[ActChange]:
    """Give what becomes of each claim of one event.

    `before` holds what the list said, by claim; `standing` the rows in force, with `id`, `claim`,
    `within` and `listed`, which says that an import wrote the row as it is.
    """
    here = {one["claim"]: one for one in standing}
    desk = {what_tells_apart(one): one for claim, one in here.items() if claim not in before}
    listed: dict[tuple[str, str], str] = {}
    for claim, facts in before.items():
        listed.setdefault(what_tells_apart(facts), claim)
    changes, seen = [], set()
    for facts in now:
        known = listed.get(what_tells_apart(facts))
        beside = desk.get(what_tells_apart(facts))
        if known is not None:
            seen.add(known)
            changes.append(_again(known, facts, before[known], here.get(known)))
        elif beside is not None:
            changes.append(_beside(facts, beside))
        else:
            changes.append(ActChange(None, facts=facts, inside=facts["inside"], said=facts))
    gone = [claim for claim in before if claim not in seen and claim in here]
    return changes + [_dropped(claim, before[claim], here[claim]) for claim in gone]


def what_tells_apart(facts: Mapping[str, Any]) -> tuple[str, str]:
    """Give what tells acts of one event apart: the category, and charges by their law."""
    category = facts["category"]
    return category, facts["law_category"] if category == "charge" else ""


def _again(claim: str, now: Facts, before: Facts, row: Facts | None) -> ActChange:
    """Follow the list in a claim it made before; one withdrawn at the desk stays withdrawn."""
    if row is None:
        changed = _differing(before, now, _ACT)
        kept = (_kept(now["category"], changed[0], now, {}),) if changed else ()
        return ActChange(claim, said=now, remembers=True, kept=kept)
    merged = _merge(before, row, now, _ACT, now["category"])
    days = sorted({*row["confirmed"], *now["confirmed"]})
    written = days != row["confirmed"] or bool(_differing(row, merged.facts, _ACT))
    followed = not _differing(merged.facts, now, _ACT)
    return ActChange(
        claim,
        closes=row["id"] if written else None,
        facts={**merged.facts, "confirmed": days} if written else None,
        within=row["within"],
        said=now,
        remembers=not (followed and (written or row["listed"])),
        kept=merged.kept,
    )


def _beside(now: Facts, row: Facts) -> ActChange:
    """Leave an act that the desk recorded before the list told it."""
    changed = [
        group
        for group in _differing(row, now, _ACT)
        if group != ("tier",) and any(now[name] for name in group)
    ]
    kept = tuple(_kept(now["category"], group, now, row) for group in changed)
    return ActChange(row["claim"], said=now, remembers=True, kept=kept)


def _dropped(claim: str, before: Facts, row: Facts) -> ActChange:
    """End what the list says no more, unless the desk corrected it."""
    changed = _differing(before, row, _ACT)
    if not changed:
        return ActChange(claim, closes=row["id"], remembers=True)
    kept = (_kept(row["category"], changed[0], {}, row),)
    return ActChange(claim, remembers=True, kept=kept)


def _merge(
    before: Facts, stands: Facts, now: Facts, groups: Iterable[tuple[str, ...]], what: str
) -> Merged:
    facts, kept = dict(stands), []
    for group in _differing(stands, now, groups):
        if all(stands[name] == before[name] for name in group):
            facts |= {name: now[name] for name in group}
        elif any(before[name] != now[name] for name in group):
            kept.append(_kept(what, group, now, stands))
    return Merged(facts, tuple(kept))


def _differing(
    one: Facts, other: Facts, groups: Iterable[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    return [group for group in groups if any(one[name] != other[name] for name in group)]


def _kept(what: str, group: tuple[str, ...], now: Facts, stands: Facts) -> Kept:
    name = group[0]
    return Kept(f"{what}.{name}", _text(now.get(name)), _text(stands.get(name)))


def _text(value: object) -> str:
    told = ", ".join(value) if isinstance(value, list) else str("" if value is None else value)
    return told or "—"
