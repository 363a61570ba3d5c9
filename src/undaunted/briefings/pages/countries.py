"""Countries: all of them with their numbers, and each on any day under any standard."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undaunted.briefings.pages.country_figures import breakdowns, flow_lines, trend_of
from undaunted.briefings.pages.world import DEFAULT_STANDARD, places, today, world_map
from undaunted.briefings.queries import world_on
from undaunted.briefings.rules import PublishedTotal, published_totals
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.middleware import face
from undaunted.core.places.rules import DISPUTED_STATUS_NOTE, Country, UnknownCountry, country
from undaunted.core.standards.rules import packs
from undaunted.prisoners.registry.pages.keeping import kept_while_published
from undaunted.prisoners.registry.queries.counting import Ask, counts, flows, series
from undaunted.prisoners.registry.queries.countries import (
    list_names,
    published_by_country,
    publishers_cited,
)
from undaunted.prisoners.registry.queries.newest import newest_cases
from undaunted.prisoners.registry.rules.counts import Breakdown
from undaunted.prisoners.registry.templatetags.registry import country_label

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.prisoners.registry.rules.counts import FlowResult

__all__ = ["countries_index", "country_page"]

SHOWN = 8
PUBLISHERS = 20
PARTS = (Breakdown.ROLE, Breakdown.LAW, Breakdown.GENDER, Breakdown.LIST)
YEARS = 15
EARLIEST = date(1900, 1, 1)


@face("public")
@require_safe
@kept_while_published
def countries_index(request: HttpRequest) -> HttpResponse:
    """List every country, those with published cases first."""
    day = today()
    shown = places(world_on(PUBLIC, day, DEFAULT_STANDARD))
    real = [place for place in shown if not place.hypothetical]
    context = {
        "on": day,
        "data_date": day,
        "world": world_map(shown, day),
        "held": sorted(
            (place for place in real if place.value is not None),
            key=lambda place: -(place.value or 0),
        ),
        "others": [place for place in real if place.value is None],
        "invented": [place for place in shown if place.hypothetical],
    }
    return render(request, "briefings/countries.html", context)


@face("public")
@require_safe
@kept_while_published
def country_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one country: its number on a day, how it came about, its cases, others' numbers."""
    try:
        place = country(code)
    except UnknownCountry as unknown:
        raise Http404 from unknown
    if code != place.code:
        return redirect("briefings:country", place.code, permanent=True)
    problems: list[str] = []
    day = _day(request.GET.get("on", ""), problems)
    standards = sorted({pack.id for pack in packs()}, key=lambda name: name != DEFAULT_STANDARD)
    standard = request.GET.get("standard", "")
    if standard not in standards:
        standard = DEFAULT_STANDARD
    context = {
        "code": place.code,
        "name": country_label(place.code),
        "hypothetical": place.hypothetical,
        "disputed_note": DISPUTED_STATUS_NOTE if place.disputed else "",
        "on": day,
        "today": today(),
        "data_date": today(),
        "standard": standard,
        "standards": standards,
        "problems": problems,
    }
    return render(request, "briefings/country.html", context | _numbers(place, day, standard))


def _numbers(place: Country, day: date, standard: str) -> dict[str, Any]:
    code = place.code
    totals = published_totals(code)
    cases = published_by_country(PUBLIC).get(code)
    if cases is None:
        return {"published_totals": [_beside_ours(each, None) for each in totals]}
    asks = [Ask(day, code, standard=standard, by=by) for by in PARTS]
    asks += [Ask(each.compared_on, code, standard=standard) for each in totals]
    found = counts(PUBLIC, *asks)
    parts = {by.value: one.by for by, one in zip(PARTS, found[: len(PARTS)], strict=True)}
    ours = found[0].bands
    beside = zip(totals, found[len(PARTS) :], strict=True)
    since = date(today().year - YEARS, 1, 1)
    line = series(PUBLIC, since=since, until=today(), country=code, standard=standard)
    here = [part.value for part in parts["list"] if part.value]
    begun = [slug for flag in line.break_flags for slug in flag.lists]
    names = list_names(PUBLIC, [*here, *begun])
    return {
        "stock": ours,
        "tiers": list(zip("ABCD", ours.tiers, (True, True, False, False), strict=True)),
        "total": cases,
        "sources": publishers_cited(PUBLIC, country=code, limit=PUBLISHERS),
        "published_totals": [_beside_ours(each, one.persons) for each, one in beside],
        "trend": trend_of(line, country_label(code), names),
        "breakdowns": breakdowns(parts),
        "flows": flow_lines(_flows(code, day, standard)),
        "flows_from": _year_before(day),
        "cases": newest_cases(PUBLIC, limit=SHOWN, country=code),
        "lists": [names[slug] for slug in here],
    }


def _flows(code: str, day: date, standard: str) -> FlowResult:
    """Account for the year before `day`; on what was known then, where the day is recent."""
    year_before = _year_before(day)
    known_then = None
    if day >= _year_before(today()):
        known_then = datetime(year_before.year, year_before.month, year_before.day, tzinfo=UTC)
    return flows(
        PUBLIC, since=year_before, until=day, country=code, since_known=known_then,
        standard=standard,
    )  # fmt: skip


def _beside_ours(total: PublishedTotal, ours: int | None) -> dict[str, Any]:
    """Put our number of the same day beside theirs, if we publish any case of the country."""
    notes = [_("Counts whoever was held at any time in the year.")] if total.counts_a_year else []
    if total.note == "including_occupied_territory":
        notes.append(_("Includes the Occupied Palestinian Territory."))
    return {
        "publisher": total.publisher,
        "measures": total.title,
        "day": total.day,
        "count": total.count,
        "ours": ours,
        "source": total.source,
        "note": " ".join(notes),
    }


def _day(text: str, problems: list[str]) -> date:
    if not text:
        return today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        problems.append(_("Write the day as year-month-day, such as 2025-12-31."))
        return today()
    if not EARLIEST <= day <= today():
        problems.append(_("Choose a day from 1900 until today."))
        return today()
    return day


def _year_before(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
