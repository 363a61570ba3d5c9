"""Tags for pages of matching: verdicts, reasons in sentences, two sides line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.lists import format_list
from django import template
from django.utils.translation import gettext as _

from undaunted.core.listings.rules import Entry, has_regimes, list_sources, told_besides
from undaunted.core.listings.writers import place_told, titled_whose, told
from undaunted.core.matching.analysis import births_compared, gender_of, name_meant
from undaunted.core.matching.rules import Form, Verdict, Why, form_of_entry
from undaunted.core.matching.writers import (
    FIELDS,
    KINDS,
    VERDICTS,
    WHYS,
    names_told,
    reasons_told,
)
from undaunted.site.components.clauses import comma_mark
from undaunted.site.components.dates import partial_date
from undaunted.site.components.listing import Compared
from undaunted.site.languages import current_locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from undaunted.core.matching.queries import AnswerNamed, Asked
    from undaunted.core.matching.rules import Named

__all__ = ["Beside", "field_told", "form_lines", "lines_beside", "register"]

register = template.Library()


@register.filter
def verdict_told(verdict: str) -> str:
    """`{{ each.verdict|verdict_told }}`: the verdict in words."""
    return str(VERDICTS[Verdict(verdict)])


@register.filter
def why_told(why: str) -> str:
    """`{{ pair.why|why_told }}`: why a pair waits, in words."""
    return str(WHYS[Why(why)])


@register.filter
def field_told(name: str) -> str:
    """`{{ name|field_told }}`: what of an entry is meant."""
    return str(FIELDS.get(name, name))


@register.filter
def sentences(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """`{% for each in pair.reasons|sentences %}`: reasons in sentences."""
    return reasons_told(reasons)


@register.filter
def facts_told(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """`{% for each in pair.reasons|facts_told %}`: what is known besides the name, each once."""
    return list(dict.fromkeys(reasons_told(reasons, brief=True)))


@register.filter
def meant(asked: Asked | AnswerNamed) -> str:
    """`{{ each|meant }}`: the name of the file that is like the entry; empty where it is gone."""
    return name_meant(asked)


@register.filter
def first_name(reasons: Iterable[Mapping[str, Any]]) -> str:
    """`{{ pair.reasons|first_name }}`: the first name of those compared."""
    return names_told(reasons)[0]


@register.filter
def second_name(reasons: Iterable[Mapping[str, Any]]) -> str:
    """`{{ pair.reasons|second_name }}`: the second name of those compared."""
    return names_told(reasons)[1]


@register.filter
def engine_day(engine: str) -> str:
    """`{{ candidate.engine|engine_day|moment }}`: the day of the comparison of names, as EDTF."""
    return _engine(engine)[0]


@register.filter
def engine_data(engine: str) -> str:
    """`{{ candidate.engine|engine_data }}`: the start of the digest of what it was measured on."""
    return _engine(engine)[1]


def _engine(engine: str) -> tuple[str, str]:
    words = engine.split()
    return (words[1], words[2]) if len(words) > 2 else ("", engine)  # noqa: PLR2004


@register.filter
def key_told(key: tuple[str, str]) -> str:
    """`{{ pair.left|key_told }}`: source and key as they are written."""
    return ":".join(key)


@register.filter
def changes(asked: Asked) -> list[tuple[str, str, str]]:
    """`{% for field, was, now in sheet|changes %}`: what an entry said when answered, and says."""
    return [
        (
            str(FIELDS[field]),
            "; ".join(_values(getattr(was, field), field)) or "—",
            "; ".join(_values(getattr(now, field), field)) or "—",
        )
        for field, was, now in asked.changed
    ]


@register.filter
def kind_told(kind: Named) -> str:
    """`{{ each.kind|kind_told }}`: which files are meant."""
    return str(KINDS[kind])


@register.filter
def called(key: tuple[str, str] | str) -> str:
    """`{{ each.left|called }}`: an entry by the title of its list and its key; another as it is."""
    source, _sign, one = key.partition(":") if isinstance(key, str) else (key[0], "", key[1])
    if source not in list_sources():
        return f"{source}:{one}"
    return f"{titled_whose(source)}{comma_mark(apart=True)}{one}"


def form_lines(left: Entry | Form | None, right: Entry | Form | None) -> list[Compared]:
    """Give two sides field by field; what both say alike is marked so."""
    one, other = _form(left), _form(right)
    lines = []
    for name, label in FIELDS.items():
        first, second = (_values(getattr(each, name, ()), name) for each in (one, other))
        shared = set(first) & set(second)
        if name == "gender":
            shared = {gender_of(g) or g for g in first} & {gender_of(g) or g for g in second}
        agreement = "missing"
        if first and second:
            agreement = "same" if shared else "different"
            agreement = "close" if name == "names" and not shared else agreement
            if name == "births" and not shared:
                agreement = births_compared(first, second)
        lines.append(Compared(str(label), "; ".join(first), "; ".join(second), agreement))
    return lines


def _form(side: Entry | Form | None) -> Form | None:
    return form_of_entry(side) if isinstance(side, Entry) else side


def _values(value: str | tuple[str, ...], name: str) -> tuple[str, ...]:
    held = (value,) if isinstance(value, str) else value
    if name == "kind":
        return tuple(str(told("Kind", each)) for each in held if each)
    if name == "nationalities":
        return tuple(place_told(each) for each in held)
    return tuple(each for each in held if each)


@dataclass(frozen=True, slots=True)
class Beside:
    """What two issuers wrote in one field, as they wrote it; `shared` where a word of it is one."""

    label: str
    first: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def shared(self) -> bool:
        """Whether both wrote one thing alike, in small or large letters."""
        one, other = ({each.casefold() for each in side} for side in (self.first, self.second))
        return not one.isdisjoint(other)


def lines_beside(
    left: Entry | None, right: Entry | None, lists: tuple[str, str], on: date
) -> list[Beside]:
    """Give what two entries say that is not compared, field by field; what neither says is out.

    `lists` are the codes of their lists. Measures are told with those that its regime imposes on a
    day beyond what an entry states, as the matrix tells them.
    """
    sides = [
        _written(each) | {"measures": _measures(each, source, on)} if each else {}
        for each, source in zip((left, right), lists, strict=True)
    ]
    lines = (
        Beside(str(told("Field", name)), *(each.get(name, ()) for each in sides))
        for name in _WRITTEN
    )
    return [each for each in lines if each.first or each.second]


_WRITTEN = (
    "ids", "births", "countries", "positions", "addresses", "programmes", "measures", "events",
    "reasons", "remarks",
)  # fmt: skip


def _written(entry: Entry) -> dict[str, tuple[str, ...]]:
    said = {
        "ids": (f"{scheme}: {number}" for scheme, number in entry.ids),
        "births": (
            _joined(_day(each.day) or each.text, each.place, place_told(each.country))
            for each in entry.births
        ),
        "countries": map(place_told, entry.countries),
        "positions": entry.positions,
        "addresses": (_joined(each.text, place_told(each.country)) for each in entry.addresses),
        "programmes": (_joined(each.code, each.title) for each in entry.programmes),
        "events": (
            _joined(_day(each.day), told("EventKind", each.kind), each.basis)
            for each in entry.events
        ),
        "reasons": (entry.reasons,),
        "remarks": (entry.remarks,),
    }
    return {name: tuple(filter(None, dict.fromkeys(texts))) for name, texts in said.items()}


def _measures(entry: Entry, source: str, on: date) -> tuple[str, ...]:
    """Give the measures that an entry states, and what its regime imposes besides."""
    stated = tuple(dict.fromkeys(str(told("Measure", each.kind)) for each in entry.measures))
    if stated and not has_regimes(source):
        return stated
    codes = tuple(each.code for each in entry.programmes)
    known = told_besides(source, entry.kind, codes, [each.stated for each in entry.measures])
    own = {each.kind.value for each in entry.measures}
    implied = [each for each in known.implied_on(on) if each not in own]
    if not implied:
        return stated
    words = format_list([str(told("Measure", each)) for each in implied], locale=current_locale())
    return (*stated, _("%(measures)s by its regime, not by the entry") % {"measures": words})


def _day(day: str) -> str:
    return partial_date(day).text if day else ""


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
