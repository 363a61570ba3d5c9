"""The desk's tool of ownership: a file and a question in, answer, picture and faults out.

Nothing is stored: the file is read in a folder that is gone before the page is answered, and what
the page needs for its next question it carries itself.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from undaunted.coercion.screening.analysis.asking import QuestionRefused, answered
from undaunted.coercion.screening.analysis.words import party_told, rows_told
from undaunted.coercion.screening.forms.ownership import OwnershipForm
from undaunted.coercion.screening.pages.pictures import picture_of
from undaunted.coercion.screening.readers import FileRefused, plain_name, read_given
from undaunted.core.access.rules import face
from undaunted.site.english import refusal_told

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.screening.analysis.asking import Answered
    from undaunted.coercion.screening.readers import Loaded

__all__ = ["ownership"]

OFFERED, LISTED, NAMED = 400, 200, 50
"""Names that are offered for a company, rows of each list, and rows that a finding names."""


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def ownership(request: HttpRequest) -> HttpResponse:
    """Ask who controls a company, over a file that is not kept."""
    today = timezone.localdate()
    if request.method != "POST":
        form = OwnershipForm(today=today)
        return TemplateResponse(request, "screening/desk/ownership.html", {"form": form})
    form = OwnershipForm(request.POST, request.FILES, today=today)
    shown: dict[str, Any] = {"form": form}
    status = HTTPStatus.OK
    if form.is_valid():
        shown |= _answer(request, form)
    if form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return TemplateResponse(request, "screening/desk/ownership.html", shown, status=status)


def _answer(request: HttpRequest, form: OwnershipForm) -> dict[str, Any]:
    """Read the file and answer; what is refused is told at its field."""
    name, held = form.given()
    try:
        loaded = read_given(held, name, form.cleaned_data["format"] or None)
    except FileRefused as refusal:
        form.add_error("file", refusal_told(str(refusal)))
        return {}
    told = _carried(form, plain_name(name), held) | _faults(loaded)
    asked = form.asked()
    if asked is None:
        return told
    opened = frozenset(request.POST.getlist("opened")[:OFFERED])
    everything = "everybody" in request.POST
    try:
        found = answered(loaded.questioned(asked.known_at), asked)
    except FileRefused as refusal:
        form.add_error("file", refusal_told(str(refusal)))
        return told
    except QuestionRefused as refusal:
        form.add_error("company", refusal_told(str(refusal)))
        return told
    picture = picture_of(found, _place, opened, everything=everything)
    return told | {"picture": picture, "lists": _lists(found), "opened": sorted(opened)}


def _carried(form: OwnershipForm, name: str, held: bytes) -> dict[str, Any]:
    """Put the file into the form that the page shows."""
    carried = form.carry(held)
    told = {each: form.data.get(each) for each in form.data}
    form.data = told | {"carried": carried, "carried_name": name}
    return {"file_name": name, "carried": bool(carried)}


def _faults(loaded: Loaded) -> dict[str, Any]:
    """Give how much was read, what is wrong with it, and whom one may ask about."""
    return {
        "rows": loaded.rows,
        "stakes": len(loaded.stakes),
        "findings": [
            (rows_told(each.rows[:NAMED], len(each.rows[NAMED:])), each)
            for each in loaded.findings[:LISTED]
        ],
        "more_findings": max(0, len(loaded.findings) - LISTED),
        "notes": loaded.notes,
        "parties": loaded.stakes.parties.ids[:OFFERED],
    }


def _lists(found: Answered) -> list[tuple[str, int, list[str]]]:
    """Give what the owners control in the whole file, by answer."""
    whole = found.whole
    parties = whole.graph.parties
    return [
        (answer, int(numbers.size), sorted(
            party_told(parties, int(each)) for each in numbers[:LISTED]
        ))
        for answer, numbers in (("must", whole.must), ("may", whole.may), ("joint", whole.joint))
    ]  # fmt: skip


def _place(_company: str) -> str:
    """Lead to the buttons beside the picture: they carry the file along."""
    return "#folded"
