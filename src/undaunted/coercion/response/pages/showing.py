"""What pages of the designer show: a front of this copy, or one that a desk searched for."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.coercion.response.analysis.acts import acts_told
from undaunted.coercion.response.analysis.answering import CannotTell, TooManyAsk, told_of
from undaunted.coercion.response.analysis.briefing import MEDIA, draw_brief
from undaunted.coercion.response.analysis.chapters import (
    laws_of,
    over_told,
    partners_of,
    reply_told,
    sectors_of,
    spread_told,
    union_told,
)
from undaunted.coercion.response.analysis.words import (
    commas,
    money,
    nation,
    per_cent,
    spelt,
    unit,
)
from undaunted.coercion.response.pages.picture import picture_of
from undaunted.coercion.response.readers.episodes import shipped_episodes
from undaunted.core.editions.rules import EditionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from undaunted.coercion.response.analysis.briefing import Told
    from undaunted.coercion.response.readers.fronts import Front, FrontPoint

__all__ = ["Shelf", "brief_answer", "front_context", "point_answer", "shown_in"]

AS_IT_IS, OUT = "as", "out"
SOON = "5"
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


def shown_in(shelf: Shelf, page: str) -> str:
    """Give the template of a page in the frame of a shelf."""
    return TEMPLATES[shelf.look, page]


def front_context(front: Front, shelf: Shelf) -> dict[str, Any]:
    """Give what the page of a front shows."""
    question = front.question
    rows = [
        {
            "point": each,
            "address": shelf.point(each.number),
            "harm": per_cent(each.harm),
            "cost": per_cent(each.cost),
            "who": commas(nation(name) for name in each.members),
            "bend": each.number == front.bend,
        }
        for each in front.points
    ]
    ceiling = question.terms.ceiling
    return {
        "front": front,
        "episode": shipped_episodes().get(question.episode),
        "coercer": nation(question.coercer),
        "target": nation(question.target),
        "partners": commas(nation(each) for each in question.partners),
        "levels": commas(spelt(each) for each in question.levels),
        "retaliation": commas(per_cent(each) for each in question.retaliation),
        "ceiling": None if ceiling is None else per_cent(ceiling),
        "picture": picture_of(front, shelf.point),
        "rows": rows,
        "loss": per_cent(front.target_loss),
        "gap": per_cent(front.gap),
        "between": [per_cent(each(pair[0] for pair in front.band.values())) for each in (min, max)]
        if front.band
        else None,
        "said": front.said,
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
        context = _point_context(front, point, shelf, changed) | {"problem": str(refusal)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, shown_in(shelf, "point"), context, status=status)
    context = _point_context(front, point, shelf, told.changed) | _told_context(told, shelf)
    return render(request, shown_in(shelf, "point"), context)


def brief_answer(
    request: HttpRequest, front: Front, point: FrontPoint, shelf: Shelf, media: str
) -> HttpResponse:
    """Give the brief of a point, changed or not, as a file to save."""
    if media not in MEDIA:
        raise Http404
    try:
        told = told_of(front, point, _changed(front, request.GET), with_band=True)
        made = draw_brief(told, language=get_language() or "en", media=media, at=timezone.now())
    except TooManyAsk:
        return _later(request, shelf)
    except (CannotTell, EditionRefused) as refusal:
        context = _point_context(front, point, shelf, {}) | {"problem": str(refusal)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, shown_in(shelf, "point"), context, status=status)
    answer = HttpResponse(made, content_type=MEDIA[media])
    stem = front.question.episode or "brief"
    name = f"{stem}-{point.number:02}{'-changed' if told.changed else ''}.{media}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _changed(front: Front, given: Mapping[str, str]) -> dict[str, str]:
    """Give what is asked of partners; anything else in the address is nobody's business."""
    return {name: given[name] for name in front.question.partners if name in given}


def _later(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = render(request, shown_in(shelf, "busy"), status=status)
    answer["Retry-After"] = SOON
    answer["Cache-Control"] = "no-store"
    return answer


def _point_context(
    front: Front, point: FrontPoint, shelf: Shelf, changed: Mapping[str, str]
) -> dict[str, Any]:
    levels = [("ban", _("ban")) if each == float("inf") else (f"{each:g}", spelt(each))
              for each in front.question.levels]  # fmt: skip
    choices = [(AS_IT_IS, _("as in the response")), (OUT, _("does not act")), *levels]
    return {
        "front": front,
        "point": point,
        "back": shelf.front(),
        "here": shelf.point(point.number),
        "coercer": nation(front.question.coercer),
        "target": nation(front.question.target),
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
    query = "&".join(f"{name}={each}" for name, each in told.changed.items())
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
        "spread": spread_told(told.band) if told.band else "",
        "others": [(nation(name), per_cent(each)) for name, each in weighed.others.items()],
        "picture": picture_of(front, shelf.point, current=number, chosen=chosen),
        "briefs": [
            (media.upper(), shelf.brief(number, media) + (f"?{query}" if query else ""))
            for media in MEDIA
        ],
        "residual": f"{weighed.certificate.residual:.1e}",
        "clearing": f"{weighed.certificate.market_clearing:.1e}",
    }
