"""Finding a case on the desk, and its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.standards.rules import packs
from undaunted.prisoners.registry.forms import SearchForm
from undaunted.prisoners.registry.pages.desk_case_view import case_view
from undaunted.prisoners.registry.pages.desk_frame import (
    actor_of,
    allowed,
    first_name,
    found,
    organisation_names,
    shown,
)
from undaunted.prisoners.registry.queries.records import case_file, cases_for, people_named
from undaunted.site.components.listing import CursorPage

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.rules import Pack

__all__ = ["index", "one", "packs_in_force"]

SIZE = 50
VERBS = (
    Verb.RECORD,
    Verb.IMPORT,
    Verb.JUDGE_MATCH,
    Verb.ASSESS,
    Verb.PROPOSE_RECOGNITION,
    Verb.RECOGNISE,
    Verb.PROPOSE_PUBLICATION,
    Verb.PUBLISH,
    Verb.TAKE_DOWN,
    Verb.SHARE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    pk: UUID
    name: str
    language: str
    country: str
    birth: str


@face("desk")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Search the cases that the actor may see."""
    form = SearchForm(request.GET)
    form.is_valid()
    text, country = form.cleaned_data.get("q", ""), form.cleaned_data.get("country", "")
    first = request.GET.get("after") or request.GET.get("before") or "0"
    start = int(first) if first.isdecimal() and len(first) <= 9 else 0  # noqa: PLR2004
    lines = _lines(actor_of(request), text, country, start)
    page = CursorPage(
        shown=len(lines[:SIZE]),
        previous=str(max(start - SIZE, 0)) if start else None,
        next=str(start + SIZE) if len(lines) > SIZE else None,
    )
    may_record = actor_of(request).can(Verb.RECORD)
    return shown(request, "cases", form=form, cases=lines[:SIZE], page=page, may_record=may_record)


@face("desk")
@require_safe
def one(request: HttpRequest, party: UUID) -> HttpResponse:
    """Show a case with all records judged to be the same person."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    if file.party.pk != party:
        return redirect("desk:case", file.party.pk)
    return shown(
        request,
        "case",
        case=case_view(actor, file, organisation_names(actor)),
        may={verb.value: allowed(actor, verb, file.party.holder) for verb in VERBS},
        packs=packs_in_force(),
        under_embargo=_under_embargo(file.publication),
    )


def packs_in_force() -> list[Pack]:
    """Give the standards that speak about persons and are in force today."""
    today = timezone.now().date()
    return [one for one in packs() if one.in_force(today) and "person" in one.subject_kinds]


def _under_embargo(gate: Any) -> bool:  # noqa: ANN401 - a publication or None
    until = gate.embargo_until if gate and gate.state == "published" else None
    return until is not None and until > timezone.now()


def _lines(actor: Actor, text: str, country: str, start: int) -> list[_Line]:
    """Give one line more than a page holds, where there is one."""
    rows = cases_for(actor, country=country)
    if text:
        hits = dict(people_named(actor, text, most=200))
        known = {row.pk: row for row in rows.filter(pk__in=hits)}
        people: dict[UUID, Any] = {}  # records judged to be one person are one line
        for row in (known[pk] for pk in hits if pk in known):
            people.setdefault(row.canonical, row)
        kept = list(people.values())[start : start + SIZE + 1]
    else:
        kept = list(rows.filter(canonical=F("pk"))[start : start + SIZE + 1])
    lines = []
    for row in kept:
        best = first_name(row)
        name, language = (best.text, best.language) if best else ("", "")
        lines.append(_Line(row.pk, name, language, row.country, row.birth))
    return lines
