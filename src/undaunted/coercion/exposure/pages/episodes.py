"""An episode over an organisation's own months: its cost, what went round, who else feels it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undaunted.coercion.exposure.analysis.kept import kept_warning
from undaunted.coercion.exposure.forms import EpisodeForm
from undaunted.coercion.exposure.pages.courses import course_figure, placebo_figure
from undaunted.coercion.exposure.pages.words import nation
from undaunted.coercion.exposure.queries import flow_file_for
from undaunted.coercion.exposure.readers import FileRefused
from undaunted.coercion.exposure.rules import MONTHLY, WarningRefused
from undaunted.coercion.exposure.writers import warned_csv, warned_told
from undaunted.core.access.rules import actor_of, face
from undaunted.core.editions.rules import left_to_right
from undaunted.site.components.numbers import number_text, percent_text

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.coercion.exposure.models import FlowFile
    from undaunted.coercion.exposure.rules import Effect, Warned

__all__ = ["episode"]

CONFLICT = 409


@face("desk")
@require_safe
def episode(request: HttpRequest, file: UUID) -> HttpResponse:
    """Ask for an episode, and answer it by the months of one file; as CSV and JSON too."""
    actor = actor_of(request)
    held = flow_file_for(actor, file)
    if held is None or held.layout != MONTHLY:
        raise Http404
    form = EpisodeForm(request.GET if "target" in request.GET else None)
    shown: dict[str, Any] = {"file": held, "form": form}
    status = 200
    if form.is_valid():
        try:
            warned = kept_warning(actor, file, form.episode())
        except (FileRefused, WarningRefused) as refusal:
            shown["problem"], status = str(refusal), CONFLICT
        else:
            given = _given(request.GET.get("form", ""), warned, held)
            if given is not None:
                return given
            shown |= _shown(warned)
    return TemplateResponse(request, "exposure/desk/episode.html", shown, status=status)


def _given(form: str, warned: Warned, held: FlowFile) -> HttpResponse | None:
    about = warned.episode
    name = f"episode-{about.target}-{about.coercer}-{about.since}.{form}"
    if form == "csv":
        answer = HttpResponse(
            warned_csv(warned, held.name), content_type="text/csv; charset=utf-8"
        )  # fmt: skip
    elif form == "json":
        told = warned_told(warned, held.name)
        answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    else:
        return None
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _shown(warned: Warned) -> dict[str, Any]:
    about, loss = warned.episode, warned.loss
    names = {"target": nation(about.target), "coercer": nation(about.coercer)}
    own = _("%(seller)s to %(buyer)s") % {"seller": names["target"], "buyer": names["coercer"]}
    return {
        "answered": True,
        "loss": _told(loss),
        "course": course_figure(
            warned.months,
            loss,
            title=_("What %(target)s sold to %(coercer)s") % names,
            description=_described(loss),
        ),
        "placebos": placebo_figure(loss, _flows(warned), own=own),
        "routes": [
            (nation(each.country), _amount(each.amount), _between(each.low, each.high))
            for each in warned.routes
        ],
        "diverted": _amount(warned.diverted),
        "net": _amount(loss.effect + warned.diverted),
        "pressure": _pressure(warned, names),
        "said": warned.said,
        "names": names,
    }


def _pressure(warned: Warned, names: dict[str, str]) -> dict[str, Any] | None:
    if warned.components is None:
        return None
    return {
        "told": _told(warned.components),
        "course": course_figure(
            warned.months,
            warned.components,
            title=_("What others sold to %(coercer)s of goods with parts from %(target)s") % names,
            description=_described(warned.components),
        ),
        "sellers": [
            (nation(seller), _amount(each.effect), _between(each.low, each.high))
            for seller, each in warned.pressed
        ],
    }


def _flows(warned: Warned) -> list[str]:
    return [
        _("%(seller)s to %(buyer)s") % {"seller": nation(seller), "buyer": nation(buyer)}
        for seller, buyer in warned.donors
    ]


def _described(effect: Effect) -> str:
    return _(
        "Over %(months)s months %(amount)s against what was expected, which is %(part)s of it; the "
        "interval of %(level)s reaches from %(low)s to %(high)s."
    ) % {
        "months": len(effect.actual) - effect.start,
        "amount": _amount(effect.effect),
        "part": _part(effect),
        "level": percent_text(effect.level),
        "low": _amount(effect.low),
        "high": _amount(effect.high),
    }


def _told(effect: Effect) -> dict[str, str | bool]:
    return {
        "amount": _amount(effect.effect),
        "part": _part(effect),
        "between": _between(effect.low, effect.high),
        "p": number_text(effect.p_value, 3),
        "found": effect.found,
        "verdict": _verdict(effect),
        "before": _amount(effect.in_time.effect),
        "before_between": _between(effect.in_time.low, effect.in_time.high),
        "fit": percent_text(effect.fit, 1),
    }


def _verdict(effect: Effect) -> str:
    if not effect.well_matched:
        return _("Nothing comes near enough to these sales before the measure: no conclusion.")
    if effect.in_time.found:
        return _("The same estimate moves at a time at which nothing happened: no conclusion.")
    if not effect.found:
        return _("The difference cannot be told apart from chance.")
    if effect.effect < 0:
        return _("Less was sold than chance explains.")
    return _("More was sold than chance explains.")


def _part(effect: Effect) -> str:
    return left_to_right(percent_text(effect.part))


def _amount(value: float) -> str:
    return number_text(value, 0)


def _between(low: float, high: float) -> str:
    return _("%(low)s to %(high)s") % {"low": _amount(low), "high": _amount(high)}
