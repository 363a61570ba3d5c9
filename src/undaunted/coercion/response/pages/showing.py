"""What pages of the designer show: a front of this copy, or one that a desk searched for."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.coercion.exposure.analysis import shipped_source
from undaunted.coercion.response.analysis.acts import acts_told
from undaunted.coercion.response.analysis.answering import SOON, CannotTell, TooManyAsk, told_of
from undaunted.coercion.response.analysis.asked import asked_told
from undaunted.coercion.response.analysis.briefing import MEDIA, draw_brief
from undaunted.coercion.response.analysis.chapters import (
    certificate_told,
    over_told,
    proof_told,
    reply_told,
    spread_told,
)
from undaunted.coercion.response.analysis.laws import laws_of, union_told
from undaunted.coercion.response.analysis.tables import partners_of, sectors_of
from undaunted.coercion.response.analysis.words import (
    money,
    nation,
    per_cent,
    per_cents,
    spelt,
    unit,
)
from undaunted.coercion.response.pages.picture import answer_told, picture_of, who_acts
from undaunted.coercion.response.readers.episodes import shipped_episodes
from undaunted.coercion.response.readers.fronts import shipped_questions
from undaunted.coercion.response.writers import Acted, write_scenario
from undaunted.core.editions.rules import EditionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from undaunted.coercion.response.analysis.weighing import Told
    from undaunted.coercion.response.readers.fronts import Front, FrontPoint

__all__ = ["Shelf", "brief_answer", "front_context", "point_answer", "scenario_answer", "shown_in"]

AS_IT_IS, OUT = "as", "out"
TEMPLATES = {
    (look, page): f"response/designer/{look}_{page}.html"
    for look in ("public", "desk")
    for page in ("front", "point", "busy")
}
MOST_SECTORS = 12


class Shelf(Protocol):
    """Where a front stands: the addresses of what belongs to it, and its frame."""

    @property
    def look(self) -> str:
        """Say whose frame its pages have: `public` or `desk`."""

    def front(self) -> str:
        """Give the address of the front."""

    def point(self, number: int) -> str:
        """Give the address of a point."""

    def brief(self, number: int, media: str) -> str:
        """Give the address of a point's brief."""

    def scenario(self, number: int) -> str:
        """Give the address of a point's scenario file."""


def shown_in(shelf: Shelf, page: str) -> str:
    """Give the template of a page in the frame of a shelf."""
    return TEMPLATES[shelf.look, page]


def front_context(
    front: Front, shelf: Shelf, *, beside: tuple[Front, Shelf] | None = None
) -> dict[str, Any]:
    """Give what the page of a front shows; `beside` is another of the same episode."""
    question, points = front.question, front.points
    harms, costs = (per_cents([getattr(p, key) for p in points]) for key in ("harm", "cost"))
    rows = [
        {
            "point": each,
            "address": shelf.point(each.number),
            "harm": harm,
            "cost": cost,
            "who": who_acts(each, question),
            "bend": each.number == front.bend,
        }
        for each, harm, cost in zip(points, harms, costs, strict=True)
    ]
    return _about(front) | {
        "episode": shipped_episodes().get(question.episode),
        "asked": list(asked_told(front)),
        "picture": picture_of(front, shelf.point, beside=beside[0] if beside else None),
        "beside": _beside_told(*beside) if beside else None,
        "rows": rows,
        "loss": per_cent(front.target_loss),
        "gap": per_cent(front.gap),
        "between": [per_cent(each(pair[0] for pair in front.band.values())) for each in (min, max)]
        if front.band
        else None,
        "said": front.said,
    }


def _about(front: Front) -> dict[str, Any]:
    """Give what every page of a front says: who, on what table, and where else to read of them."""
    question = front.question
    shipped = question.data is None
    return {
        "front": front,
        "coercer": nation(question.coercer),
        "target": nation(question.target),
        "source": shipped_source() if shipped else None,
        "exposed": [
            (_("Exposure of %(name)s") % {"name": nation(question.target)},
             reverse("exposure:country", args=[question.target])),
            (_("%(first)s and %(second)s")
             % {"first": nation(question.target), "second": nation(question.coercer)},
             reverse("exposure:pair", args=[question.target, question.coercer])),
        ]
        if shipped
        else [],
        "english": "en" if question in shipped_questions().values() else "",
    }  # fmt: skip


def _beside_told(front: Front, shelf: Shelf) -> dict[str, str]:
    return {
        "words": answer_told(front),
        "address": shelf.front(),
        "most": per_cent(max(each.harm for each in front.points)),
        "cost": per_cent(max(each.cost for each in front.points)),
    }


def point_answer(
    request: HttpRequest, front: Front, point: FrontPoint, shelf: Shelf
) -> HttpResponse:
    """Show a point, or what becomes of it when partners are changed; 422 where there is none."""
    changed = _changed(front, request.GET)
    try:
        told = told_of(front, point, changed)
    except TooManyAsk:
        return _later(request, shelf)
    except CannotTell as refusal:
        return _refused(request, front, point, shelf, refusal)
    context = _point_context(front, point, shelf, told.changed) | _told_context(told, shelf)
    return render(request, shown_in(shelf, "point"), context)


def brief_answer(
    request: HttpRequest, front: Front, point: FrontPoint, shelf: Shelf, media: str
) -> HttpResponse:
    """Give the brief of a point, changed or not, as a file to save."""
    if media not in MEDIA:
        raise Http404
    try:
        told = told_of(front, point, _changed(front, request.GET))
        made = draw_brief(told, language=get_language() or "en", media=media, at=timezone.now())
    except TooManyAsk:
        return _later(request, shelf)
    except (CannotTell, EditionRefused) as refusal:
        return _refused(request, front, point, shelf, refusal)
    answer = HttpResponse(made, content_type=MEDIA[media])
    name = _file_name(front, point, media, changed=bool(told.changed))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def scenario_answer(
    request: HttpRequest, front: Front, point: FrontPoint, shelf: Shelf
) -> HttpResponse:
    """Give a response, changed or not, as a scenario file to be solved again."""
    changed, acted = _changed(front, request.GET), None
    try:
        told = told_of(front, point, changed) if changed else None
    except TooManyAsk:
        return _later(request, shelf)
    except CannotTell as refusal:
        return _refused(request, front, point, shelf, refusal)
    if told is not None and told.changed:
        weighed = told.weighed
        acted = Acted(weighed.levels, weighed.reply, weighed.transfers)
    text = write_scenario(front, point, acted)
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    name = _file_name(front, point, "toml", changed=acted is not None)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _file_name(front: Front, point: FrontPoint, ending: str, *, changed: bool) -> str:
    stem = front.question.episode or "response"
    return f"{stem}-{point.number:02}{'-changed' if changed else ''}.{ending}"


def _refused(
    request: HttpRequest, front: Front, point: FrontPoint, shelf: Shelf, refusal: Exception
) -> HttpResponse:
    """Show the point with what cannot be worked out, and what was asked."""
    context = _point_context(front, point, shelf, _changed(front, request.GET))
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    context |= {"problem": str(refusal)}
    return render(request, shown_in(shelf, "point"), context, status=status)


def _changed(front: Front, given: Mapping[str, str]) -> dict[str, str]:
    """Give what is asked of partners; anything else in the address is nobody's business."""
    return {name: given[name] for name in front.question.partners if name in given}


def _later(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = render(request, shown_in(shelf, "busy"), {"seconds": SOON}, status=status)
    answer["Retry-After"] = str(SOON)
    answer["Cache-Control"] = "no-store"
    return answer


def _point_context(
    front: Front, point: FrontPoint, shelf: Shelf, changed: Mapping[str, str]
) -> dict[str, Any]:
    levels = [("ban", _("ban")) if each == float("inf") else (f"{each:g}", spelt(each))
              for each in front.question.levels]  # fmt: skip
    choices = [(AS_IT_IS, _("as in the response")), (OUT, _("does not act")), *levels]
    return _about(front) | {
        "point": point,
        "back": shelf.front(),
        "here": shelf.point(point.number),
        "choices": [
            (
                name,
                nation(name),
                [(*each, each[0] == changed.get(name, AS_IT_IS)) for each in choices],
            )
            for name in front.question.partners
        ],
    }


def _told_context(told: Told, shelf: Shelf) -> dict[str, Any]:
    front, weighed, number = told.front, told.weighed, told.point.number
    paid = sum(each for each in weighed.transfers.values() if each > 0)
    query = "".join(f"&{name}={each}" for name, each in told.changed.items()).replace("&", "?", 1)
    chosen = (weighed.cost, weighed.harm) if told.changed else None
    return {
        "told": told,
        "weighed": weighed,
        "harm": per_cent(weighed.harm),
        "cost": per_cent(weighed.cost),
        "over": over_told(told),
        "was": (per_cent(told.point.harm), per_cent(told.point.cost)),
        "paid": money(paid),
        "unit": unit(front.question.data),
        "more": per_cent(told.point.more),
        "acts": list(acts_told(told)),
        "reply": reply_told(told),
        "tables": [partners_of(told), sectors_of(told, most=MOST_SECTORS)],
        "laws": laws_of(told),
        "union": union_told(told),
        "spread": spread_told(told.band),
        "others": list(
            zip(
                [nation(name) for name in weighed.others],
                per_cents(list(weighed.others.values()), plus=True),
                strict=True,
            )
        ),
        "picture": picture_of(front, shelf.point, current=number, chosen=chosen),
        "briefs": [(media.upper(), shelf.brief(number, media) + query) for media in MEDIA],
        "scenario": f"{shelf.scenario(number)}{query}",
        "certificate": certificate_told(told),
        "proof": proof_told(told),
    }
