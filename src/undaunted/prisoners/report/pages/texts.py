"""One text at the desk: as readers will see it, with its numbers, differences and next steps."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.accounts.queries import account_name
from undaunted.prisoners.report.forms import SignForm, WhyForm
from undaunted.prisoners.report.pages.board import chosen_holder
from undaunted.prisoners.report.pages.preview import compared, offered, preview, unknown_keys
from undaunted.prisoners.report.queries import (
    hands_of,
    original_of,
    report_figures,
    standing_text,
    texts_of_place,
)
from undaunted.prisoners.report.rules import chapter_title
from undaunted.prisoners.report.rules.marks import Reading, read_text
from undaunted.prisoners.report.rules.texts import (
    ORIGINAL,
    Place,
    State,
    TextRefused,
    place_named,
)
from undaunted.site.answers import found
from undaunted.site.languages import LANGUAGES, direction

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.report.models import TextVersion

__all__ = ["address_of", "found", "place_of", "show_text", "text", "told_of"]

STATES = {
    State.DRAFT: _("draft"),
    State.WAITING: _("waits for review"),
    State.REVIEWED: _("reviewed"),
    State.SIGNED: _("signed"),
    State.DECLINED: _("declined"),
    State.WITHDRAWN: _("withdrawn"),
}

NOTHING = Reading((), (), (), ())
"""What is left of words that were destroyed."""

Thing = TypeVar("Thing")


@face("desk")
@require_safe
def text(request: HttpRequest, year: int, chapter: str, language: str) -> HttpResponse:
    """Show a chapter's text: a version as readers will see it, and what this person may do."""
    actor = actor_of(request)
    place = place_of(year, chapter, language)
    return show_text(request, actor, chosen_holder(request, actor), place)


def show_text(
    request: HttpRequest,
    actor: Actor,
    holder: UUID,
    place: Place,
    *,
    signing: SignForm | None = None,
) -> HttpResponse:
    """Answer with the page of a text; `signing` is a form that was not filled in."""
    versions = list(texts_of_place(actor, holder, place))
    seen = _chosen(versions, request.GET.get("version", "")) or (versions[0] if versions else None)
    shown = {
        **told_of(place, holder),
        "versions": [(each, STATES[State(each.state)]) for each in versions],
        "version": seen,
        "may": {"write": decide(actor, Verb.RECORD, Facts(holder=holder)).allowed},
    }
    if seen is not None:
        shown |= _seen(actor, seen, versions, request.GET.get("against", ""))
        shown["may"] |= _may(actor, seen, newest=versions[0].number)
        shown["sign_form"] = signing or SignForm(version=seen)
        shown["why_form"] = WhyForm()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if signing is not None else HTTPStatus.OK
    return TemplateResponse(request, "report/text.html", shown, status=status)


def told_of(place: Place, holder: UUID) -> dict[str, Any]:
    """Give what every page of a text says about its place."""
    language = next(each for each in LANGUAGES if each.code == place.language)
    return {
        "place": place,
        "holder": holder,
        "heading": chapter_title(place.chapter),
        "language": language,
        "direction": direction(place.language),
        "address": address_of(place, holder),
        "original": ORIGINAL,
    }


def address_of(place: Place, holder: UUID) -> str:
    """Give the address of a text's page."""
    path = reverse("report-desk:text", args=[place.year, place.chapter, place.language])
    return f"{path}?holder={holder}"


def place_of(year: int, chapter: str, language: str) -> Place:
    """Give the place of an address, or answer as if it did not exist."""
    try:
        return place_named(year, chapter, language)
    except TextRefused:
        raise Http404 from None


def _chosen(versions: list[TextVersion], number: str) -> TextVersion | None:
    return next((each for each in versions if str(each.number) == number), None)


def _seen(
    actor: Actor, seen: TextVersion, versions: list[TextVersion], against: str
) -> dict[str, Any]:
    """Give a version as it reads, what was typed in it, and how it differs from another."""
    figures = report_figures(actor, seen.year, holder=seen.holder)
    reading = read_text(seen.body, seen.language) if seen.body else NOTHING
    rows = offered(reading, figures)
    for place, row in enumerate(rows, start=1):
        row["accepted"] = seen.accepted.get(str(place), "")
    earlier = [each for each in versions if each.number < seen.number]
    signed = [each for each in earlier if each.state == State.SIGNED]
    other = _chosen(versions, against) or next(iter(signed or earlier), None)
    pairs = list(compared(other.body, seen.body)) if other is not None else []
    steps = (
        (_("Written"), seen.written_by, seen.written_at),
        (STATES[State.REVIEWED], seen.reviewed_by, seen.reviewed_at),
        (STATES[State.SIGNED], seen.signed_by, seen.signed_at),
        (STATES[State(seen.state)], seen.closed_by, seen.closed_at),
    )
    original = original_of(actor, seen)
    standing = standing_text(actor, seen.holder, place_of(seen.year, seen.chapter, ORIGINAL))
    return {
        "state": STATES[State(seen.state)],
        "shown": preview(reading.blocks, figures),
        "typed": rows,
        "plain": reading.plain,
        "built": bool(figures),
        "unknown": unknown_keys(reading, figures),
        "other": other,
        "pairs": pairs,
        "steps": [(word, account_name(actor, who), at) for word, who, at in steps if who],
        "translated": original,
        "translated_shown": preview(read_text(original.body, ORIGINAL).blocks, figures)
        if original is not None and original.body
        else None,
        "overtaken": original is not None and original != standing,
    }


def _may(actor: Actor, seen: TextVersion, *, newest: int) -> dict[str, bool]:
    """Give what this person is offered for a version; the actions ask again."""

    def allowed(verb: Verb, hands: frozenset[UUID] = frozenset()) -> bool:
        return decide(actor, verb, Facts(holder=seen.holder, earlier_hands=hands)).allowed

    state, own = State(seen.state), seen.written_by == actor.id
    wrote = frozenset({seen.written_by})
    is_open = state in {State.DRAFT, State.WAITING, State.REVIEWED} and seen.number == newest
    signs = allowed(Verb.SIGN_TEXT, hands_of(actor, seen))
    return {
        "own": own,
        "propose": own and state is State.DRAFT and is_open and allowed(Verb.RECORD),
        "review": state is State.WAITING and allowed(Verb.REVIEW_TEXT, wrote),
        "sign": state is State.REVIEWED and signs,
        "decline": is_open and (own or allowed(Verb.REVIEW_TEXT)),
        "withdraw": state is State.SIGNED and allowed(Verb.TAKE_DOWN),
    }
