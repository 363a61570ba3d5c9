"""Building the report at the desk: the page grows by a line with each file that is written.

What the reader waits for is done in a thread under an identity of its own, as the worker's work is,
so that the page needs no script and whoever leaves it finds the draft on the board.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from django.db import connections
from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undaunted.core.access.rules import AccessError, actor_of, face
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.actions import build_edition
from undaunted.core.editions.rules import EditionRefused
from undaunted.prisoners.report.forms import BuildForm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from undaunted.core.editions.actions import Wanted

__all__ = ["build"]

_LOG = logging.getLogger(__name__)
_PLACE = "<!-- lines -->"


@dataclass(frozen=True, slots=True)
class _Built:
    edition: UUID


@dataclass(frozen=True, slots=True)
class _Stopped:
    why: str


@dataclass(frozen=True, slots=True)
class _Work:
    """What is built, for whom, by whom, in which language the page speaks."""

    wanted: Wanted
    holder: UUID
    person: UUID
    language: str


Told = SimpleQueue["str | _Built | _Stopped"]


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def build(request: HttpRequest) -> HttpResponseBase:
    """Ask for the report of a year, and show how far it is."""
    actor = actor_of(request)
    form = BuildForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method != "POST" or not form.is_valid() or actor.person is None:
        return _form(request, form)
    language = get_language() or "en"
    work = _Work(form.wanted(), form.chosen_holder, actor.person, language)
    shown = render_to_string("report/building.html", {"languages": form.named_languages}, request)
    return StreamingHttpResponse(_page(shown, work), content_type="text/html; charset=utf-8")


def _form(request: HttpRequest, form: BuildForm) -> HttpResponse:
    return TemplateResponse(request, "report/build.html", {"form": form})


def _page(shown: str, work: _Work) -> Iterator[str]:
    """Give the page up to the lines, a line for each file, and the rest with how it ended."""
    before, _place, after = shown.partition(_PLACE)
    yield before
    told: Told = SimpleQueue()
    Thread(target=_build, args=(work, told), daemon=True).start()
    with override(work.language):
        line = told.get()
        while isinstance(line, str):
            yield format_html("<li>{}</li>\n", line)
            line = told.get()
        yield "</ol>"
        yield _end(line) + after


def _end(line: _Built | _Stopped) -> str:
    if isinstance(line, _Stopped):
        text = '<p class="notice error" role="alert">{}</p>'
        return format_html(text, line.why)
    address = reverse("editions-desk:edition", args=[line.edition])
    text = '<p class="notice success" role="status"><a href="{}">{}</a></p>'
    return format_html(text, address, _("The draft is built. Look at it and propose it."))


def _build(work: _Work, told: Told) -> None:
    try:
        with override(work.language), acting_as(work.person) as actor:
            made = build_edition(
                work.wanted, work.holder, actor=actor, at=timezone.now(), told=told.put
            )
        told.put(_Built(made.pk))
    except (EditionRefused, AccessError) as refusal:
        told.put(_Stopped(str(refusal)))
    except Exception:  # noqa: BLE001 - whatever breaks, the page must end
        _LOG.exception("The report could not be built")
        with override(work.language):
            told.put(_Stopped(_("Something broke while it was built; nothing is kept.")))
    finally:
        connections.close_all()
