"""Public pages of lists: those in force, entries, one entry, versions and what changed."""

from __future__ import annotations

from http import HTTPStatus
from itertools import pairwise
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.listings.analysis import entries_sought
from undaunted.core.listings.forms import CompareForm, EntriesForm
from undaunted.core.listings.queries import (
    change_lines,
    changes_of,
    entry_for,
    history_of,
    lists_standing,
    missing_from,
    unread_from,
    version_for,
    version_in_force,
    versions_of,
)
from undaunted.core.listings.rules import (
    Kind,
    UnknownList,
    changed_fields,
    compared_lists,
    list_source,
    stands_on,
)
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.listings.models import ListVersion
    from undaunted.core.listings.rules import ListSource

__all__ = ["changes", "entries", "entry", "index", "version", "versions"]

A_PAGE = 50


@face("public")
@require_safe
@kept_briefly
def index(request: HttpRequest) -> HttpResponse:
    """List the lists with the version in force of each; invented ones where one is loaded."""
    standing = [s for s in lists_standing(PUBLIC) if s.version or not s.listing.invented]
    standing.sort(key=lambda each: each.version is None)
    held = compared_lists(PUBLIC, [each.listing.code for each in standing if each.version])
    rows = [(each, held.get(each.listing.code)) for each in standing]
    shown = {
        "standing": [row for row in rows if not row[0].listing.counter],
        "counter": [row for row in rows if row[0].listing.counter],
    }
    return render(request, "listings/index.html", shown)


@face("public")
@require_safe
@kept_briefly
def entries(request: HttpRequest, source: str) -> HttpResponse:
    """Show the entries of a list by name, as it stands or stood; 422 where nobody can tell.

    Those with the letters of what was asked come first, then those called alike.
    """
    listing = _listing(source)
    held = _kept(source)
    form = EntriesForm(request.GET, versions=held)
    known = form.is_valid()
    asked = form.cleaned_data
    version = _version(source, asked.get("version") or None) if held else None
    rows = None
    if known and version is not None:
        rows = entries_sought(
            PUBLIC,
            version,
            words=asked["q"],
            kind=Kind(asked["kind"]) if asked["kind"] else None,
            programme=asked["programme"],
        )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page")) if rows is not None else None
    shown = {
        "form": form,
        "listing": listing,
        "version": version,
        "page": page,
        "sought": rows,
        "held": compared_lists(PUBLIC, [source]).get(source) if version else None,
    }
    status = HTTPStatus.OK if known else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "listings/entries.html", shown, status=status)


@face("public")
@require_safe
@kept_briefly
def entry(request: HttpRequest, source: str, key: str) -> HttpResponse:
    """Show an entry as it stands, or as it last stood, with every form that versions gave it."""
    listing = _listing(source)
    if "\x00" in key:
        raise Http404
    forms = history_of(PUBLIC, source, key)
    version = version_in_force(PUBLIC, source)
    if not forms or version is None:
        raise Http404
    standing = entry_for(PUBLIC, source, key, version)
    row = standing or forms[-1]
    steps = [
        (later, changed_fields(earlier.entry, later.entry)) for earlier, later in pairwise(forms)
    ]
    shown = {
        "listing": listing,
        "row": row,
        "entry": row.entry,
        "gone": standing is None,
        "missing": standing is None and key in missing_from(PUBLIC, source),
        "unread": standing is None and key in unread_from(PUBLIC, source, version.number),
        "kept": standing is not None and key in version.kept,
        "version": version,
        "first": forms[0],
        "steps": steps,
        "stands": stands_on(row.entry, timezone.now().date()),
    }
    return render(request, "listings/entry.html", shown)


@face("public")
@require_safe
@kept_briefly
def versions(request: HttpRequest, source: str) -> HttpResponse:
    """List the versions of a list, newest first, withdrawn ones too."""
    listing = _listing(source)
    rows = list(versions_of(PUBLIC, source))
    kept = _kept(source)
    form = None
    if len(kept) > 1:
        initial = {"before": kept[1].number, "after": kept[0].number}
        form = CompareForm(initial=initial, versions=kept)
    shown = {"listing": listing, "versions": rows, "form": form, "standing": kept[:1]}
    return render(request, "listings/versions.html", shown)


@face("public")
@require_safe
@kept_briefly
def version(request: HttpRequest, source: str, number: int) -> HttpResponse:
    """Show one version: its file, how it came, and what was wrong in which row."""
    listing = _listing(source)
    held = _version(source, number)
    missing = held.number in missing_from(PUBLIC, source).values()
    shown = {"listing": listing, "version": held, "missing": missing}
    return render(request, "listings/version.html", shown)


@face("public")
@require_safe
@kept_briefly
def changes(request: HttpRequest, source: str) -> HttpResponse:
    """Show what came, went and was changed between two versions."""
    listing = _listing(source)
    form = CompareForm(request.GET, versions=_kept(source))
    if not form.is_valid():
        shown = {"listing": listing, "form": form}
        return render(request, "listings/changes.html", shown, status=422)
    before, after = (_version(source, form.cleaned_data[name]) for name in ("before", "after"))
    lines = change_lines(PUBLIC, before, after)
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "listing": listing,
        "form": form,
        "before": before,
        "after": after,
        "page": page,
        "changes": changes_of(PUBLIC, tuple(page)),
    }
    return render(request, "listings/changes.html", shown)


def _kept(source: str) -> list[ListVersion]:
    return list(versions_of(PUBLIC, source).filter(withdrawn_at__isnull=True))


def _listing(source: str) -> ListSource:
    try:
        return list_source(source)
    except UnknownList:
        raise Http404 from None


def _version(source: str, number: int | None) -> ListVersion:
    found = (
        version_in_force(PUBLIC, source) if number is None else version_for(PUBLIC, source, number)
    )
    if found is None:
        raise Http404
    return found
