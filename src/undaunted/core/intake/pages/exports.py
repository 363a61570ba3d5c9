"""Exports: proposed on the page of a mailbox, approved by somebody else, fetched once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from undaunted.core.access.rules import Forbidden, face
from undaunted.core.accounts.queries import bound_actor
from undaunted.core.evidence.actions import clean_or_refuse
from undaunted.core.intake.actions import (
    ConflictFound,
    ExportRefused,
    approve_export,
    gather_letters,
    make_export,
    propose_export,
    read_attachment,
    refuse_export,
)
from undaunted.core.intake.forms.casework import ExportProposal
from undaunted.core.intake.pages.frame import actor_of, keep_away, key_of, require_mailbox
from undaunted.core.intake.pages.shown import Shown, show_mailbox
from undaunted.core.intake.queries import attachments_for, exports_for
from undaunted.core.intake.rules import ExportForm, WhyExported, WhyOpened
from undaunted.core.intake.writers import Kept
from undaunted.core.vault.rules import VaultError
from undaunted.site.ranges import UNOPENED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Attachment, Export
    from undaunted.core.vault.rules import OpenKey

__all__ = ["approve", "fetch", "propose", "refuse"]


@face("desk")
@require_POST
def propose(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Propose an export; a colleague approves it within the hour."""
    box = require_mailbox(request, mailbox)
    form = ExportProposal(request.POST, auto_id="export-%s")
    if not form.is_valid():
        return show_mailbox(request, box, Shown(export_form=form))
    given = form.cleaned_data
    propose_export(
        box,
        ExportForm(given["form"]),
        WhyExported(given["reason"]),
        recipient=given["recipient"],
        actor=actor_of(request),
        at=timezone.now(),
    )
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def approve(request: HttpRequest, mailbox: UUID, export: UUID) -> HttpResponse:
    """Approve what somebody else proposed."""
    held = _held(request, mailbox, export)
    try:
        approve_export(held, actor=actor_of(request), at=timezone.now())
    except ExportRefused:
        return _told(request, mailbox)
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def refuse(request: HttpRequest, mailbox: UUID, export: UUID) -> HttpResponse:
    """Refuse a proposal, or take back one's own."""
    held = _held(request, mailbox, export)
    try:
        refuse_export(held, actor=actor_of(request), at=timezone.now())
    except ExportRefused:
        return _told(request, mailbox)
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def fetch(request: HttpRequest, mailbox: UUID, export: UUID) -> HttpResponse:
    """Make the package of an approved export and hand it over, once.

    Its files are cleaned when this request's transaction is over, one after another; only then is
    it made, so that what fails on the way can be fetched again.
    """
    held, key = _held(request, mailbox, export), key_of(request)
    if key is None:
        return redirect("vault:vault")
    actor, box = actor_of(request), held.mailbox
    try:
        texts = gather_letters(held, key=key, actor=actor, at=timezone.now())
    except ExportRefused:
        return _told(request, mailbox)
    except ConflictFound:
        return keep_away(request, held.mailbox, key)
    except VaultError as error:
        return show_mailbox(request, box, Shown(problem=str(error)))
    whole = held.form == ExportForm.WHOLE
    files = list(attachments_for(actor, box)) if whole else []
    answer, session = HttpResponse(), request.session.session_key
    packing = _Packing(held, texts, files, key, session)
    transaction.on_commit(lambda: _fill(request, answer, packing))
    return answer


@dataclass(frozen=True, slots=True, repr=False)
class _Packing:
    """An export on its way: its texts, the files that are still to be cleaned, whose it is."""

    export: Export
    texts: list[Kept]
    files: list[Attachment]
    key: OpenKey
    session: str | None

    @contextmanager
    def acting(self) -> Iterator[Actor]:
        """Act in a transaction as whoever fetches it. Raises `Forbidden` where they signed out."""
        with transaction.atomic():
            actor = bound_actor(self.session)
            if actor.is_public:
                raise Forbidden("signed out meanwhile")
            yield actor


def _fill(request: HttpRequest, answer: HttpResponse, packing: _Packing) -> None:
    export, reason = packing.export, WhyOpened.EXPORT
    try:
        kept = list(packing.texts)
        for number, file in enumerate(packing.files, start=1):
            with packing.acting() as actor:
                original = read_attachment(
                    file,
                    export.mailbox,
                    key=packing.key,
                    actor=actor,
                    at=timezone.now(),
                    reason=reason,
                )
            kept.append(Kept.of_file(number, clean_or_refuse(original)))
        with packing.acting() as actor:
            name, content = make_export(export, kept, actor=actor, at=timezone.now())
    except (ExportRefused, Forbidden, VaultError) as problem:
        messages.error(request, _refused() if isinstance(problem, ExportRefused) else _failed())
        answer.status_code = HTTPStatus.FOUND
        answer.headers["Location"] = reverse("intake-desk:mailbox", args=[export.mailbox_id])
        return
    answer.content = content
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = UNOPENED


def _held(request: HttpRequest, mailbox: UUID, export: UUID) -> Export:
    box = require_mailbox(request, mailbox)
    found = exports_for(actor_of(request), box).filter(pk=export).first()
    if found is None:
        raise Http404
    return found


def _told(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    return show_mailbox(request, require_mailbox(request, mailbox), Shown(problem=_refused()))


def _refused() -> str:
    return _(
        "An export is proposed by one person and approved by another within the hour; whoever "
        "proposed it fetches it once within the next hour. Propose it again."
    )


def _failed() -> str:
    return _("The export was not made: something in the mailbox could not be opened. Try again.")
