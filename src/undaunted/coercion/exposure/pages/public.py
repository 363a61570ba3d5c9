"""Public pages: nothing is asked of a database, everything of the table with this copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undaunted.coercion.exposure.analysis import (
    most_exposed,
    sector_word,
    shipped_countries,
    shipped_exposure,
    shipped_exposures,
    shipped_sectors,
    shipped_source,
    standing_of,
)
from undaunted.coercion.exposure.pages.figures import (
    choice_map,
    comparison_ranked,
    partners_map,
    partners_ranked,
    sectors_ranked,
)
from undaunted.coercion.exposure.pages.words import (
    alpha_2,
    measure_words,
    name_of,
    part_text,
)
from undaunted.coercion.exposure.rules import HEADLINE, Measure
from undaunted.core.access.rules import face
from undaunted.core.places.rules import UnknownCountry
from undaunted.core.places.rules import country as place
from undaunted.site.caching import kept_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.exposure.rules import Exposure

__all__ = ["choice", "code_of", "compare", "country", "home", "measure_of", "pair"]

kept_with_table = kept_unchanged(lambda: shipped_source().sha256)
"""A page depends on its address, the language and the table alone."""


@face("public")
@require_safe
@kept_with_table
def home(request: HttpRequest) -> HttpResponse:
    """Show what the area is for and where its parts are."""
    return render(request, "exposure/home.html", {"source": shipped_source()})


@face("public")
@require_safe
@kept_with_table
def choice(request: HttpRequest) -> HttpResponse:
    """Let a country be chosen: by name, on the map, in the list with its greatest buyer."""
    asked = request.GET.get("country", "")
    if asked:
        return redirect("exposure:country", code_of(asked))
    most = most_exposed(HEADLINE)
    rows = [
        (code, name_of(code), name_of(partner), part_text(part))
        for code, (partner, part) in most.items()
    ]
    shown = {
        "world": choice_map(),
        "rows": sorted(rows, key=lambda row: row[1].casefold()),
        "source": shipped_source(),
    }
    return render(request, "exposure/choice.html", shown)


@face("public")
@require_safe
@kept_with_table
def country(request: HttpRequest, code: str) -> HttpResponse:
    """Show one country at a glance, by one measure on the map and by all in the table."""
    found = code_of(code)
    if found != code:
        return redirect("exposure:country", found, permanent=True)
    measure = measure_of(request)
    exposures = shipped_exposures(code)
    shown = {
        "code": code,
        "name": name_of(code),
        "measure": measure,
        "measures": _choices(code, measure),
        "words": measure_words(measure, name_of(code)),
        "tops": [_top(exposures, each, code) for each in (Measure.DEMAND, Measure.SUPPLY,
                                                          Measure.INPUTS_BEHIND, Measure.POWER)],
        "standing": standing_of(code),
        "world": partners_map(code, exposures, measure),
        "chart": partners_ranked(code, exposures, measure),
        "rows": [
            (each.partner, name_of(each.partner), [part_text(each.parts[m]) for m in Measure])
            for each in sorted(exposures, key=lambda each: -each.parts[measure])
        ],
        "countries": _named_countries(),
        "source": shipped_source(),
    }  # fmt: skip
    return render(request, "exposure/country.html", shown)


@face("public")
@require_safe
@kept_with_table
def pair(request: HttpRequest, code: str, partner: str) -> HttpResponse:
    """Show how two countries depend on each other, and by which sectors."""
    codes = code_of(code), code_of(partner)
    if codes[0] == codes[1]:
        raise Http404
    if codes != (code, partner):
        return redirect("exposure:pair", *codes, permanent=True)
    here, there = shipped_exposure(code, partner), shipped_exposure(partner, code)
    sectors = shipped_sectors(code, partner)
    rows = [
        (measure_words(m, name_of(code)).label, part_text(here.parts[m]), part_text(there.parts[m]))
        for m in Measure
    ]
    shown = {
        "code": code,
        "partner": partner,
        "name": name_of(code),
        "partner_name": name_of(partner),
        "here": here,
        "rows": rows,
        "chart": sectors_ranked([each for _name, each in sectors], partner),
        "sectors": [
            (
                sector_word(each.sector), each, part_text(each.demand),
                part_text(each.import_share), part_text(each.inputs_bought),
                part_text(each.inputs_behind),
            )
            for _name, each in sectors
        ],
        "source": shipped_source(),
    }  # fmt: skip
    return render(request, "exposure/pair.html", shown)


@face("public")
@require_safe
@kept_with_table
def compare(request: HttpRequest) -> HttpResponse:
    """Show two countries side by side by one measure."""
    measure = measure_of(request)
    asked = request.GET.get("first", ""), request.GET.get("second", "")
    known = shipped_countries()
    problems = []
    if all(asked) and not (asked[0] in known and asked[1] in known and asked[0] != asked[1]):
        problems.append(_("Choose two different countries of the table."))
    shown: dict[str, Any] = {
        "first": asked[0],
        "second": asked[1],
        "measure": measure,
        "measures": [(m, measure_words(m, "").label) for m in Measure],
        "countries": _named_countries(),
        "problems": problems,
        "source": shipped_source(),
    }
    if all(asked) and not problems:
        shown |= _compared(asked[0], asked[1], measure)
    return render(request, "exposure/compare.html", shown)


def code_of(text: str) -> str:
    """Give the ISO3 code of a country of the table by two or three letters; 404 otherwise."""
    code = text.upper()
    if code not in shipped_countries():
        try:
            code = place(code).alpha_3
        except UnknownCountry as unknown:
            raise Http404 from unknown
    if code not in shipped_countries():
        raise Http404
    return code


def measure_of(request: HttpRequest) -> Measure:
    """Give the measure that an address asks for, the headline for anything unknown."""
    asked = request.GET.get("measure", "")
    return Measure(asked) if asked in list(Measure) else HEADLINE


def _compared(first: str, second: str, measure: Measure) -> dict[str, Any]:
    one = {each.partner: each.parts[measure] for each in shipped_exposures(first)}
    two = {each.partner: each.parts[measure] for each in shipped_exposures(second)}
    rows = [
        (name_of(partner), one.get(partner, 0.0), two.get(partner, 0.0))
        for partner in shipped_countries()
        if partner not in {first, second}
    ]
    rows.sort(key=lambda row: (-max(row[1:]), row[0]))
    names = name_of(first), name_of(second)
    label = measure_words(measure, names[0]).label
    title = _("%(first)s and %(second)s") % {"first": names[0], "second": names[1]}
    return {
        "names": names,
        "title": title,
        "on_each_other": (part_text(one[second]), part_text(two[first])),
        "label": label,
        "meaning": measure_words(measure, names[0]).meaning,
        "chart": comparison_ranked(names, rows, label, title),
    }


def _choices(code: str, chosen: Measure) -> list[tuple[str, str, str, bool]]:
    name = name_of(code)
    found = []
    for each in Measure:
        words = measure_words(each, name)
        found.append((each.value, words.label, words.meaning, each == chosen))
    return found


def _top(exposures: Sequence[Exposure], measure: Measure, code: str) -> tuple[str, str, str]:
    most = max(exposures, key=lambda each: each.parts[measure])
    words = measure_words(measure, name_of(code))
    return words.label, part_text(most.parts[measure]), name_of(most.partner)


def _named_countries() -> list[tuple[str, str]]:
    named = [(code, name_of(code)) for code in shipped_countries() if code in alpha_2()]
    return sorted(named, key=lambda pair: pair[1].casefold())
