"""What one accepted row says in the words of the ledger: a person, names, acts, sources.

Pure: ids, times and the batch are added by whoever writes. Rows about somebody killed without
being held become a killing, never a spell of detention.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from undaunted.core.actors.rules.names import search_form
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.events.rules import ActFamily, term
from undaunted.prisoners.registry.rules.import_rows import ImportedName, RecordKind, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from undaunted.prisoners.registry.rules.import_rows import ImportRow, Value

__all__ = [
    "ActFacts",
    "LedgerRow",
    "PersonFacts",
    "SourceFacts",
    "counts_as_held",
    "ledger_row",
    "match_key",
    "row_digest",
]

LONGEST_KEY: Final = 200
LONGEST_NAME: Final = 300
_UNGRADED: Final = "F6"
_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


class PersonFacts(NamedTuple):
    """Columns of a person that a list fills."""

    gender: str
    birth: str
    birth_earliest: date | None
    birth_latest: date | None
    death: str
    death_earliest: date | None
    death_latest: date | None
    nationalities: tuple[str, ...]
    country: str
    roles: tuple[str, ...]


@dataclass(slots=True)
class ActFacts:
    """Columns of an act that a list fills; `inside` says that it belongs to the row's spell."""

    category: str
    type: str
    inside: bool = False
    start: str = ""
    start_earliest: date | None = None
    start_latest: date | None = None
    end: str = ""
    end_earliest: date | None = None
    end_latest: date | None = None
    expected_end: str = ""
    confirmed: tuple[date, ...] = ()
    country: str = ""
    admin1: str = ""
    city: str = ""
    facility: str = ""
    authority: str = ""
    law: str = ""
    law_category: str = ""
    stage: str = ""
    sentence_kind: str = ""
    sentence_months: int | None = None
    release_type: str = ""
    whereabouts: str = ""
    health_alert: str = ""
    family_contact: bool | None = None
    tier: str = "C"
    in_stock: bool = False


class SourceFacts(NamedTuple):
    """Where the row says it comes from."""

    publisher: str
    title: str
    language: str
    url: str
    published: str


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row, ready to be written; `forms` are what its names are searched by."""

    line: int
    source_key: str
    digest: str
    person: PersonFacts
    names: tuple[ImportedName, ...]
    forms: tuple[str, ...]
    acts: tuple[ActFacts, ...]
    sources: tuple[SourceFacts, ...]
    grade: str


def ledger_row(row: ImportRow) -> LedgerRow:
    """Give what an accepted row says in the words of the ledger."""
    values = row.values
    names = _names(values)
    return LedgerRow(
        line=row.line,
        source_key=_key(row.source_key),
        digest=row_digest(row),
        person=_person(values),
        names=names,
        forms=tuple([search_form(name.text) for name in names]),
        acts=tuple(_acts(row)),
        sources=tuple(_sources(values)),
        grade=_text(values, "source.grade") or _UNGRADED,
    )


def row_digest(row: ImportRow) -> str:
    """Give the SHA-256 of what was read from a row; equal digests say that nothing changed.

    An end that the reader bounded by the day of reading is left out: it would change every day.
    """
    guessed = any(problem.code == "ended_without_date" for problem in row.problems)
    plain = {
        name: _plain(value)
        for name, value in row.values.items()
        if not (guessed and name == "spell.end")
    }
    text = _ENCODER.encode([row.kind.value, plain])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def counts_as_held(type_: str) -> bool:
    """Whether somebody to whom this act applies is counted as held."""
    return bool(term("act_types", type_).in_stock)


def match_key(list_slug: str, source_key: str) -> str:
    """Give the name under which a judgement remembers a row, whatever party it becomes later."""
    return _key(f"{list_slug}:{source_key}")


def _plain(value: Value) -> object:
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, Sentence):
        return [value.kind.value, value.months, value.text]
    if isinstance(value, tuple):
        return [
            [one.text, one.kind, one.language, one.script] if isinstance(one, ImportedName) else one
            for one in value
        ]
    return value


def _key(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    return f"sha256:{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _person(values: Mapping[str, Value]) -> PersonFacts:
    birth, death = _date(values, "person.birth"), _date(values, "person.death")
    nationalities = _texts(values, "person.nationality")
    country = _text(values, "spell.country") or next(iter(nationalities), "")
    return PersonFacts(
        _text(values, "person.gender"),
        birth.text if birth else "",
        birth.earliest if birth else None,
        birth.latest if birth else None,
        death.text if death else "",
        death.earliest if death else None,
        death.latest if death else None,
        nationalities,
        country,
        _texts(values, "person.role"),
    )


def _names(values: Mapping[str, Value]) -> tuple[ImportedName, ...]:
    found = values.get("person.names", ())
    names = found if isinstance(found, tuple) else ()
    return tuple(
        [
            name if len(name.text) <= LONGEST_NAME else replace(name, text=name.text[:LONGEST_NAME])
            for name in names
            if isinstance(name, ImportedName)
        ]
    )


def _acts(row: ImportRow) -> Iterator[ActFacts]:
    values = row.values
    if row.kind is RecordKind.PERSON:
        return
    if row.kind is RecordKind.DEATH:
        day = _date(values, "person.death") or _date(values, "spell.start")
        killing = ActFacts(ActFamily.KILLING.value, ActFamily.KILLING.value)
        _begin(killing, day)
        _place(killing, values)
        yield killing
        return
    yield _spell(values)
    yield from _charges(values)
    sentenced = _date(values, "spell.sentence_date")
    if sentenced is not None:
        act = ActFacts(ActFamily.SENTENCE.value, ActFamily.SENTENCE.value, inside=True)
        _begin(act, sentenced)
        _sentence(act, values)
        act.tier = _text(values, "tier") or "C"
        yield act
    end = _date(values, "spell.end")
    if end is not None:
        release = ActFacts(ActFamily.RELEASE.value, ActFamily.RELEASE.value, inside=True)
        _begin(release, end)
        release.release_type = _text(values, "spell.release_kind") or "unknown"
        release.country = _text(values, "spell.country")
        release.tier = _text(values, "tier") or "C"
        yield release


def _spell(values: Mapping[str, Value]) -> ActFacts:
    kind = _text(values, "spell.kind") or ActFamily.DEPRIVATION_OF_LIBERTY.value
    spell = ActFacts(ActFamily.DEPRIVATION_OF_LIBERTY.value, kind)
    _begin(spell, _date(values, "spell.start"))
    end = _date(values, "spell.end")
    if end is not None:
        spell.end, spell.end_earliest, spell.end_latest = end.text, end.earliest, end.latest
        spell.release_type = _text(values, "spell.release_kind") or "unknown"
    expected = _date(values, "spell.expected_release")
    spell.expected_end = expected.text[:40] if expected else ""
    confirmed = _date(values, "spell.last_confirmed_held")
    if confirmed is not None and confirmed.earliest is not None:
        spell.confirmed = (confirmed.earliest,)
    _place(spell, values)
    _sentence(spell, values)
    spell.law = "; ".join(_texts(values, "spell.law"))[:400]
    spell.law_category = next(iter(_texts(values, "spell.law_category")), "")
    spell.stage = _text(values, "spell.stage")
    spell.whereabouts = _text(values, "spell.whereabouts")
    spell.health_alert = next(iter(_texts(values, "spell.health_alert")), "")
    contact = values.get("spell.family_contact")
    spell.family_contact = contact if isinstance(contact, bool) else None
    spell.in_stock = counts_as_held(kind)
    return spell


def _charges(values: Mapping[str, Value]) -> Iterator[ActFacts]:
    law = _texts(values, "spell.law") or _texts(values, "spell.charges")
    categories = _texts(values, "spell.law_category") or (("",) if law else ())
    for category in categories:
        charge = ActFacts(ActFamily.CHARGE.value, "charge_brought", inside=True)
        charge.law, charge.law_category = "; ".join(law)[:400], category
        charge.country = _text(values, "spell.country")
        charge.tier = _text(values, "tier") or "C"
        yield charge


def _begin(act: ActFacts, day: PartialDate | None) -> None:
    if day is not None:
        act.start, act.start_earliest, act.start_latest = day.text, day.earliest, day.latest


def _place(act: ActFacts, values: Mapping[str, Value]) -> None:
    act.country = _text(values, "spell.country")
    act.admin1 = _text(values, "spell.admin1")[:80]
    act.city = (_text(values, "spell.city") or _text(values, "spell.place"))[:120]
    act.facility = _text(values, "spell.facility")[:200]
    act.authority = _text(values, "spell.authority")[:200]
    act.tier = _text(values, "tier") or "C"


def _sentence(act: ActFacts, values: Mapping[str, Value]) -> None:
    sentence = values.get("spell.sentence")
    if isinstance(sentence, Sentence):
        act.sentence_kind, act.sentence_months = sentence.kind.value, sentence.months


def _sources(values: Mapping[str, Value]) -> Iterator[SourceFacts]:
    published = _date(values, "source.date")
    for url in _texts(values, "source.url") or ("",):
        yield SourceFacts(
            _text(values, "source.publisher")[:200],
            _text(values, "source.title")[:400],
            _text(values, "source.language")[:12],
            url[:1000],
            published.text[:40] if published else "",
        )


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _texts(values: Mapping[str, Value], name: str) -> tuple[str, ...]:
    value = values.get(name)
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, tuple):
        return ()
    return tuple(dict.fromkeys(one for one in value if isinstance(one, str)))


def _date(values: Mapping[str, Value], name: str) -> PartialDate | None:
    value = values.get(name)
    return value if isinstance(value, PartialDate) else None
