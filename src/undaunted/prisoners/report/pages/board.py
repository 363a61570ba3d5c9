"""The board of a report's texts: chapters by languages, and the way to translators and back."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from undaunted.core.access.rules import RECORD_ROLES, Facts, Verb, actor_of, decide, face
from undaunted.core.accounts.queries import organisations_for
from undaunted.prisoners.report.actions import import_texts
from undaunted.prisoners.report.forms import ExchangeForm, YearForm
from undaunted.prisoners.report.queries import (
    texts_of_year,
    texts_to_translate,
    years_with_texts,
)
from undaunted.prisoners.report.rules import EDITORIAL_CHAPTERS, chapter_title
from undaunted.prisoners.report.rules.exchange import (
    ExchangeBroken,
    read_exchange,
    write_exchange,
)
from undaunted.prisoners.report.rules.texts import (
    FIRST_YEAR,
    LANGUAGE_CODES,
    LAST_YEAR,
    ORIGINAL,
    Kept,
    Standing,
    standing_of,
    stated,
)
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor

__all__ = ["STANDINGS", "board", "chosen_holder", "export_file", "import_file"]

STANDINGS = {
    Standing.MISSING: (_("missing"), ""),
    Standing.DRAFT: (_("draft"), "outline"),
    Standing.WAITING: (_("waits for review"), "accent"),
    Standing.REVIEWED: (_("reviewed"), "accent"),
    Standing.SIGNED: (_("signed"), "success"),
    Standing.OVERTAKEN: (_("overtaken"), "warning"),
}
"""The words and the badge of each standing."""


@dataclass(frozen=True, slots=True)
class _Cell:
    address: str
    standing: Standing
    typed: bool
    open: bool
    """Whether there is something to see or to do: a translation needs a signed English text."""

    @property
    def word(self) -> str:
        return str(STANDINGS[self.standing][0])

    @property
    def badge(self) -> str:
        return STANDINGS[self.standing][1]


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show where each chapter stands in each language."""
    actor = actor_of(request)
    return _board(request, actor, chosen_holder(request, actor), _year(request, actor))


@face("desk")
@require_safe
def export_file(request: HttpRequest, year: int, language: str) -> HttpResponse:
    """Give the signed English texts and their translations as XLIFF."""
    actor = actor_of(request)
    if language not in LANGUAGE_CODES or language == ORIGINAL or not _is_year(year):
        raise Http404
    texts = texts_to_translate(actor, chosen_holder(request, actor), year, language)
    if not texts:
        raise Http404
    answer = HttpResponse(write_exchange(texts, language), content_type="application/xml")
    name = f"report-{year}-{language}.xlf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@face("desk")
@require_POST
def import_file(request: HttpRequest, year: int) -> HttpResponse:
    """Take a translated file in; each text that is whole becomes a draft."""
    actor = actor_of(request)
    if not _is_year(year):
        raise Http404
    holder = chosen_holder(request, actor)
    form = ExchangeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _board(request, actor, holder, year, form=form)
    try:
        texts = read_exchange(form.cleaned_data["file"])
        done = import_texts(holder, texts, actor=actor, at=timezone.now())
    except ExchangeBroken as broken:
        form.add_error("file", list(broken.problems))
        return _board(request, actor, holder, year, form=form)
    if done.problems:
        return _board(request, actor, holder, year, form=form, done=done)
    return redirect(f"{reverse('report-desk:board')}?year={year}&holder={holder}")


def chosen_holder(request: HttpRequest, actor: Actor) -> UUID:
    """Give whose texts are meant: the organisation that is named, or the first of one's own."""
    named = request.GET.get("holder", "")
    mine = _organisations(actor)
    chosen = next((each for each in mine if str(each.pk) == named), None)
    if chosen is None and (named or not mine):
        raise Http404
    found: UUID = (chosen or mine[0]).pk
    return found


def _organisations(actor: Actor) -> list[Any]:
    held = actor.organisations_as(*RECORD_ROLES) if actor.second_factor else frozenset()
    return [each for each in organisations_for(actor) if each.pk in held]


def _is_year(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _year(request: HttpRequest, actor: Actor) -> int:
    """Give the year that is asked for, else the newest with texts, else the last that is over."""
    asked = request.GET.get("year", "")
    if asked:
        form = YearForm({"year": asked})
        if not form.is_valid():
            raise Http404
        found: int = form.cleaned_data["year"]
        return found
    years = years_with_texts(actor, chosen_holder(request, actor))
    return years[0] if years else timezone.now().year - 1


def _board(  # noqa: PLR0913 - whose, of when, what was sent, what it did
    request: HttpRequest,
    actor: Actor,
    holder: UUID,
    year: int,
    *,
    form: ExchangeForm | None = None,
    done: object = None,
) -> HttpResponse:
    rows = _rows(actor, holder, year)
    signed = [
        sum(cells[at].standing is Standing.SIGNED for _chapter, cells in rows)
        for at in range(len(LANGUAGES))
    ]
    any_signed = signed[LANGUAGE_CODES.index(ORIGINAL)] > 0
    shown = {
        "year": year,
        "years": years_with_texts(actor, holder),
        "holder": holder,
        "organisations": _organisations(actor),
        "languages": list(zip(LANGUAGES, signed, strict=True)),
        "rows": rows,
        "chapters": len(rows),
        "translatable": any_signed,
        "may_write": decide(actor, Verb.RECORD, Facts(holder=holder)).allowed,
        "form": form or ExchangeForm(),
        "done": done,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None else HTTPStatus.OK
    return TemplateResponse(request, "report/board.html", shown, status=status)


def _rows(actor: Actor, holder: UUID, year: int) -> list[tuple[str, list[_Cell]]]:
    kept: dict[tuple[str, str], list[Kept]] = {}
    typed: dict[tuple[str, str], bool] = {}
    for row in texts_of_year(actor, holder, year):
        place = (row.chapter, row.language)
        kept.setdefault(place, []).append(row.kept)
        typed[place] = bool(row.typed)  # rows come by number: the last is the newest
    rows = []
    for chapter in EDITORIAL_CHAPTERS:
        original = stated(kept.get((chapter, ORIGINAL), ()))
        number = original.number if original else None
        cells = [
            _Cell(
                reverse("report-desk:text", args=[year, chapter, code]) + f"?holder={holder}",
                standing_of(kept.get((chapter, code), []), number),
                typed.get((chapter, code), False),
                code == ORIGINAL or number is not None or (chapter, code) in kept,
            )
            for code in LANGUAGE_CODES
        ]
        rows.append((chapter_title(chapter), cells))
    return rows
