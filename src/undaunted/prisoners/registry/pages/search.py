"""The search page: the reader's words, facets as links with counts, chips, one page of cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from undaunted.core.access.rules import PUBLIC
from undaunted.core.places.rules import countries
from undaunted.prisoners.registry.queries.countries import published_by_country
from undaunted.prisoners.registry.queries.published import CaseQuery, CursorUnreadable, search
from undaunted.prisoners.registry.rules.facets import FACETS, allowed_values
from undaunted.prisoners.registry.rules.month_ends import searched_day
from undaunted.prisoners.registry.templatetags.registry import country_label, term_label
from undaunted.site.components.clauses import commas_text
from undaunted.site.components.dates import date_text
from undaunted.site.components.listing import Chip, CursorPage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.prisoners.registry.queries.published import FoundPage

__all__ = ["Asked", "FacetGroup", "FacetLink", "search_context"]

PAGE: Final = 25
LONGEST: Final = 100
MOST_LINKS: Final = 12
KEYS: Final = ("q", "country", "held_on", *(name for name in FACETS if name != "country"))


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value of a facet: choosing it, or taking it back."""

    label: str
    address: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """All values of a facet that this search leaves."""

    name: str
    legend: str
    links: tuple[FacetLink, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for, as the form shows it again."""

    values: Mapping[str, str]
    path: str

    @property
    def text(self) -> str:
        """The name."""
        return self.values.get("q", "")

    @property
    def country(self) -> str:
        """The code of the country."""
        return self.values.get("country", "")

    @property
    def held_on(self) -> str:
        """The day, as it was written."""
        return self.values.get("held_on", "")

    def address(self, key: str, value: str) -> str:
        """Give the address of this search with one key changed, or taken out by ""."""
        kept = {name: held for name, held in self.values.items() if name != key}
        pairs = kept | ({key: value} if value else {})
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path


def search_context(given: Mapping[str, str], path: str) -> dict[str, Any]:
    """Give everything that the search page says."""
    problems: list[str] = []
    words = _words(given)
    known = _known(words, problems)
    asked = Asked(known, path)
    day = _day(asked.held_on, problems)
    unknown = len(words) > len(known) or (day is None and bool(asked.held_on))
    query = CaseQuery(
        name=asked.text,
        country=asked.country,
        role=asked.values.get("role", ""),
        law=asked.values.get("law", ""),
        gender=asked.values.get("gender", ""),
        status=asked.values.get("status", ""),
        tier=asked.values.get("tier", ""),
        held_now={"true": True, "false": False}.get(asked.values.get("held_now", "")),
        held_on=_searched(day),
    )
    found = _found(query, given.get("after", ""), problems)
    return {
        "search": asked,
        "countries": _country_options(),
        "kept": [(k, v) for k, v in asked.values.items() if k not in {"q", "country", "held_on"}],
        "problems": problems,
        "unknown": unknown,
        "chips": [Chip(_chip(k, v), asked.address(k, "")) for k, v in asked.values.items()],
        "groups": [group for group in (_group(n, found, asked) for n in FACETS) if group.links],
        "cases": found.cases,
        "page": CursorPage(len(found.cases), found.total, next=found.next_cursor or None),
    }


def _words(given: Mapping[str, str]) -> dict[str, str]:
    """Give what was asked, without what a database cannot hold."""
    told = {key: given.get(key, "").replace("\x00", "").strip()[:LONGEST] for key in KEYS}
    told["country"] = told["country"].upper()
    return {key: value for key, value in told.items() if value}


def _known(words: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    """Give what was asked without values that no facet has; each is named with what is allowed."""
    known = dict(words)
    for facet in FACETS:
        value = known.get(facet)
        allowed = allowed_values(facet)
        if value is None or value in allowed:
            continue
        del known[facet]
        told = {"field": _legend(facet), "value": value}
        if facet == "country":
            sentence = _("%(field)s: “%(value)s” is not known. Choose one of the list.")
            problems.append(sentence % told)
            continue
        told["allowed"] = commas_text(allowed)
        sentence = _("%(field)s: “%(value)s” is not known. These values are: %(allowed)s.")
        problems.append(sentence % told)
    return known


def _found(query: CaseQuery, cursor: str, problems: list[str]) -> FoundPage:
    try:
        return search(PUBLIC, query, cursor=cursor, size=PAGE)
    except CursorUnreadable:
        problems.append(_("This address is not complete; here is the first page instead."))
        return search(PUBLIC, query, size=PAGE)


def _day(text: str, problems: list[str]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(_("Write the day as year-month-day, such as 2025-12-31."))
        return None


def _country_options() -> list[tuple[str, str]]:
    published = published_by_country(PUBLIC)
    known = {each.code for each in countries(former=True)}
    pairs = [(code, country_label(code)) for code in published if code in known]
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def _group(name: str, found: FoundPage, asked: Asked) -> FacetGroup:
    chosen = asked.values.get(name, "")
    counts = [(value, number) for value, number in found.facets.get(name, ()) if value]
    shown = counts[:MOST_LINKS]
    shown += [pair for pair in counts[MOST_LINKS:] if pair[0] == chosen]
    links = tuple(
        FacetLink(
            _value(name, value),
            asked.address(name, "" if value == chosen else value),
            number,
            chosen=value == chosen,
        )
        for value, number in shown
    )
    return FacetGroup(name, _legend(name), links)


def _legend(name: str) -> str:
    return {
        "held_now": _("Today"),
        "country": _("Country"),
        "role": _("Role"),
        "law": _("Law used"),
        "status": _("Recognition"),
        "tier": _("Confidence"),
        "gender": _("Gender"),
    }[name]


def _value(name: str, value: str) -> str:
    if name == "country":
        return country_label(value)
    vocabulary = {"role": "target_roles", "law": "law_taxonomy"}.get(name)
    if vocabulary:
        return term_label(value, vocabulary)
    words = {
        ("held_now", "true"): pgettext("facet", "Held now"),
        ("held_now", "false"): pgettext("facet", "Not held now"),
        ("status", "held"): pgettext("facet", "Held now"),
        ("status", "free"): pgettext("facet", "Not held now"),
        ("status", "candidate"): pgettext("recognition", "Candidate"),
        ("status", "recognised"): pgettext("recognition", "Recognised"),
        ("status", "not_recognised"): pgettext("recognition", "Not recognised"),
        ("status", "former"): pgettext("recognition", "Former"),
        ("status", "disputed"): pgettext("recognition", "Disputed"),
        ("gender", "female"): pgettext("gender", "Woman"),
        ("gender", "male"): pgettext("gender", "Man"),
        ("gender", "other"): pgettext("gender", "Other"),
    }
    if name == "tier":
        return _("Tier %(letter)s") % {"letter": value}
    return words.get((name, value), value)


def _searched(day: date | None) -> date | None:
    return day and searched_day(day, timezone.localdate())


def _chip(name: str, value: str) -> str:
    if name == "q":
        return _("Name: %(text)s") % {"text": value}
    if name == "held_on":
        try:
            shown = date_text(searched_day(date.fromisoformat(value), timezone.localdate()))
        except ValueError:
            shown = value
        return _("Held on %(date)s") % {"date": shown}
    return _value(name, value)
