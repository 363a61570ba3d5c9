"""Changes of published cases that wait for a second person, and that person's approval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.consent.forms import LEVELS
from undaunted.core.consent.rules import IdentityLevel
from undaunted.prisoners.registry.actions.publication import (
    ChangedMeanwhile,
    PublicationRefused,
    approve_changes,
    approve_import,
)
from undaunted.prisoners.registry.pages.desk_frame import actor_of, allowed, shown
from undaunted.prisoners.registry.queries.changes import (
    ACT,
    PERSON,
    gates_waiting,
    imports_waiting,
    offers_for,
    waiting_cases,
    whole_digest,
)
from undaunted.prisoners.registry.queries.imports import batch_for
from undaunted.prisoners.registry.queries.records import shown_names
from undaunted.prisoners.registry.templatetags.registry import (
    act_label,
    country_label,
    term_label,
    term_labels,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.queries.changes import Difference, WaitingCase

__all__ = ["approve", "index"]

AT_ONCE = 100
"""Cases on one page; an import is approved as a whole whatever its size."""
KINDS = {
    "records": gettext_lazy("Records that are this person"),
    "act": gettext_lazy("Event"),
    "person": gettext_lazy("Person"),
    "names": gettext_lazy("Names"),
    "sources": gettext_lazy("Sources"),
    "lists": gettext_lazy("Lists"),
    "level": gettext_lazy("What may be shown"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One difference in words."""

    label: str
    before: str
    after: str


@face("desk")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what would be seen otherwise, case by case, and which imports wait as a whole."""
    actor = actor_of(request)
    batch = _batch(actor, request.GET.get("import", ""))
    gates = gates_waiting(actor, batch=batch)
    some = list(gates[:AT_ONCE])
    waiting = waiting_cases(actor, some)
    names = shown_names(actor, [gate.party_id for gate in some] + _joined(waiting))
    cases = [_case(actor, one, names) for one in waiting]
    offers = offers_for(actor, gates.values_list("pk", flat=True)) if batch else {}
    imports = [(each, batch_for(actor, each.batch)) for each in imports_waiting(actor)]
    return shown(
        request,
        "changes",
        cases=cases,
        total=gates.count(),
        imports=[(each, held.file_name if held else "") for each, held in imports],
        batch=batch,
        seen=whole_digest(actor, offers),
        any_to_approve=any(case["may"] for case in cases),
    )


@face("desk")
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve the chosen cases, or all of an import as it was looked at."""
    actor = actor_of(request)
    batch = _batch(actor, request.POST.get("import", ""))
    at = timezone.now()
    try:
        if batch:
            done = approve_import(batch, request.POST.get("seen", ""), actor=actor, at=at)
        else:
            seen = _chosen(request)
            done = approve_changes(seen, actor=actor, at=at) if seen else 0
    except ChangedMeanwhile:
        messages.error(request, _("Something was changed after you looked. Look again."))
    except PublicationRefused:
        messages.error(request, _("A case is not published any more. Look again."))
    else:
        told = ngettext("%(n)d case has been approved.", "%(n)d cases have been approved.", done)
        messages.success(request, told % {"n": done})
    return redirect("desk:changes")


def _chosen(request: HttpRequest) -> dict[UUID, str]:
    pairs = (value.partition(":") for value in request.POST.getlist("case"))
    try:
        return {UUID(gate): digest for gate, _colon, digest in pairs}
    except ValueError:
        raise Http404 from None


def _batch(actor: Actor, text: str) -> UUID | None:
    if not text:
        return None
    try:
        found = batch_for(actor, UUID(text))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found.pk


def _case(actor: Actor, one: WaitingCase, names: Mapping[UUID, str]) -> dict[str, Any]:
    own = actor.id in one.hands
    return {
        "gate": one.gate,
        "value": f"{one.gate.pk}:{one.digest}",
        "name": names.get(one.gate.party_id, ""),
        "address": reverse("desk:case", args=[one.gate.party_id]),
        "since": one.since,
        "own": own,
        "hands": len(one.hands),
        "may": not own and allowed(actor, Verb.PUBLISH, one.gate.holder),
        "lines": [_line(each, names) for each in one.differences],
    }


def _joined(waiting: list[WaitingCase]) -> list[UUID]:
    moved = [each for one in waiting for each in one.differences if each.kind == "records"]
    return [party for each in moved for party in (*each.before, *each.after)]


def _line(one: Difference, names: Mapping[UUID, str]) -> Line:
    def records(parties: tuple[Any, ...]) -> str:
        # Two records of one person mostly bear one name: the beginning of the id tells them apart.
        return " · ".join(f"{names.get(party, '')} ({str(party)[:8]})" for party in parties)

    told = {"records": records, "act": _act, "person": _person, "level": _levels}
    words = told.get(one.kind, " · ".join)
    return Line(str(KINDS[one.kind]), words(one.before), words(one.after))


def _act(values: tuple[Any, ...]) -> str:
    if not values:
        return ""
    held = dict(zip(ACT, values, strict=True))
    days = f"{held['start']} \u2013 {held['end']}" if held["end"] else held["start"]
    told = [
        act_label(held["type"]),
        days,
        country_label(held["country"]) if held["country"] else "",
        held["admin1"],
        term_label(held["law_category"], "law_taxonomy"),
        term_label(held["stage"], "procedural_stages"),
        term_label(held["release_type"], "release_types"),
        term_label(held["whereabouts"], "whereabouts"),
        str(held["sentence_months"] or ""),
        held["tier"],
        *(f"{day:%Y-%m-%d}" for day in held["confirmed"]),
    ]
    return " · ".join(filter(None, told))


def _person(values: tuple[Any, ...]) -> str:
    if not values:
        return ""
    held = dict(zip(PERSON, values, strict=True))
    windows = [
        (_("born"), held["birth_earliest"], held["birth_latest"]),
        (_("died"), held["death_earliest"], held["death_latest"]),
    ]
    told = [
        held["gender"],
        country_label(held["country"]) if held["country"] else "",
        term_labels(held["roles"], "target_roles"),
        *(f"{word} {first}/{last}" for word, first, last in windows if first or last),
    ]
    return " · ".join(filter(None, told))


def _levels(values: tuple[int, ...]) -> str:
    words = dict(LEVELS)
    return " · ".join(
        str(words.get(IdentityLevel(value).name.lower(), "\u2013")) for value in values
    )
