"""What is done to one mailbox: given to somebody, warned about, moved, barred, redacted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from undaunted.core.access.rules import face
from undaunted.core.intake.actions import (
    ConflictFound,
    NoSuchColleague,
    NotInTeam,
    assign_mailbox,
    keep_from_mailbox,
    let_in_again,
    move_mailbox,
    open_mailbox,
    open_redaction,
    redact_letter,
    warn_staff,
)
from undaunted.core.intake.forms.casework import RedactForm, WarnForm
from undaunted.core.intake.pages.frame import actor_of, keep_away, key_of, require_mailbox
from undaunted.core.intake.pages.shown import Shown, show_mailbox, words_of
from undaunted.core.intake.queries import mailbox_for, redactions_for
from undaunted.core.intake.rules import LetterUnreadable, NothingTakenOut, PassageMissing, WhyOpened
from undaunted.core.vault.rules import VaultError
from undaunted.site.components.clauses import commas_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.intake.models import Mailbox
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "declare",
    "give",
    "keep_out",
    "let_in",
    "redact",
    "redacted",
    "relocate",
    "take",
    "warn",
]


@face("desk")
@require_POST
def take(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Take a mailbox upon oneself, or give it back where one has it."""
    actor = actor_of(request)
    box = require_mailbox(request, mailbox)
    then = None if box.assigned_to == actor.person else actor.person
    return _assigned(request, box, then)


@face("desk")
@require_POST
def give(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Hand a mailbox over to a colleague of its team."""
    box = require_mailbox(request, mailbox)
    return _assigned(request, box, _chosen(request))


@face("desk")
@require_POST
def warn(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Seal a note about dangers to staff."""
    box = require_mailbox(request, mailbox)
    form = WarnForm(request.POST)
    if not form.is_valid():
        return show_mailbox(request, box, Shown(warn_form=form))
    warn_staff(box, form.cleaned_data["warning"], actor=actor_of(request), at=timezone.now())
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def relocate(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Give a mailbox to another compartment, which alone opens it then."""
    box, key = require_mailbox(request, mailbox), key_of(request)
    if key is None:
        return redirect("vault:vault")
    actor, at = actor_of(request), timezone.now()
    try:
        move_mailbox(box, _chosen(request), key=key, actor=actor, at=at)
    except VaultError as error:
        return show_mailbox(request, box, Shown(problem=str(error)))
    return _left(request, mailbox)


@face("desk")
@require_POST
def declare(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Declare a conflict of one's own with a mailbox; from here on it is gone."""
    box, actor = require_mailbox(request, mailbox), actor_of(request)
    keep_from_mailbox(box, actor.person, key=key_of(request), actor=actor, at=timezone.now())
    return TemplateResponse(request, "intake/desk/kept_from.html", {"declared": True})


@face("desk")
@require_POST
def keep_out(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Record, as a steward, that somebody else has a conflict with a mailbox."""
    box = require_mailbox(request, mailbox)
    person, key = _chosen(request), key_of(request)
    try:
        keep_from_mailbox(box, person, key=key, actor=actor_of(request), at=timezone.now())
    except NoSuchColleague:
        return show_mailbox(request, box, Shown(problem=_("Choose a colleague of yours.")))
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def let_in(request: HttpRequest, mailbox: UUID, person: UUID) -> HttpResponse:
    """Lift, as a steward, what keeps somebody else from a mailbox, and seal it to them again."""
    box, key = require_mailbox(request, mailbox), key_of(request)
    if key is None:
        return redirect("vault:vault")
    try:
        with transaction.atomic():
            let_in_again(box, person, key=key, actor=actor_of(request), at=timezone.now())
    except VaultError as error:
        return show_mailbox(request, box, Shown(problem=str(error)))
    return redirect("intake-desk:compartments")


@face("desk")
@require_POST
def redact(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Seal a copy of a letter without parts of it."""
    box, key, form = require_mailbox(request, mailbox), key_of(request), RedactForm(request.POST)
    if key is None:
        return redirect("vault:vault")
    if not form.is_valid():
        return show_mailbox(
            request, box, Shown(problem=_("Say which letter, and what to take out."))
        )
    try:
        return _redacted(request, box, form, key)
    except ConflictFound:
        return keep_away(request, box, key)
    except VaultError as error:
        return show_mailbox(request, box, Shown(problem=str(error)))


@face("desk")
@require_POST
def redacted(request: HttpRequest, mailbox: UUID, copy: UUID) -> HttpResponse:
    """Show a redacted copy."""
    actor = actor_of(request)
    box, key = require_mailbox(request, mailbox), key_of(request)
    held = redactions_for(actor, box).filter(pk=copy).first()
    if held is None:
        raise Http404
    if key is None:
        return redirect("vault:vault")
    try:
        opened = open_redaction(
            held, key=key, actor=actor, at=timezone.now(), reason=WhyOpened.CASEWORK
        )
    except ConflictFound:
        return keep_away(request, box, key)
    except (VaultError, LetterUnreadable) as error:
        return show_mailbox(request, box, Shown(problem=str(error)))
    shown = {"box": box, "held": held, "copy": opened, **words_of(opened.answers)}
    return TemplateResponse(request, "intake/desk/redacted.html", shown)


def _redacted(request: HttpRequest, box: Mailbox, form: RedactForm, key: OpenKey) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    letters = open_mailbox(box, key=key, actor=actor, at=at, reason=WhyOpened.CASEWORK)
    wanted = (form.cleaned_data["kind"], form.cleaned_data["sequence"])
    letter = next((each for each in letters if (each.kind, each.sequence) == wanted), None)
    if letter is None:
        raise Http404
    fields = tuple(request.POST.getlist("field"))
    try:
        redact_letter(box, letter, fields, form.lines(), actor=actor, at=at)
    except PassageMissing as error:
        lines = commas_text(str(line) for line in error.lines)
        told = _("These lines stand nowhere in the letter: %(lines)s. Copy them from it exactly.")
        form.add_error("passages", told % {"lines": lines})
    except NothingTakenOut:
        form.add_error("passages", _("Say which letter, and what to take out."))
    else:
        return redirect("intake-desk:mailbox", box.pk)
    return show_mailbox(request, box, Shown(letters=letters, redact_form=form, blacked=fields))


def _assigned(request: HttpRequest, box: Mailbox, person: UUID | None) -> HttpResponse:
    try:
        assign_mailbox(box, person, actor=actor_of(request), at=timezone.now())
    except NotInTeam:
        told = _("Choose somebody of the team who is not kept from this mailbox.")
        box.refresh_from_db()
        return show_mailbox(request, box, Shown(problem=told))
    return redirect("intake-desk:mailbox", box.pk)


def _chosen(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("which", ""))
    except ValueError:
        raise Http404 from None


def _left(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Lead on: to the mailbox where the actor still sees it, else to the queue."""
    if mailbox_for(actor_of(request), mailbox) is None:
        return redirect("intake-desk:queue")
    return redirect("intake-desk:mailbox", mailbox)
