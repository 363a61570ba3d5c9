"""The desk's pages for the offline form: give it out, and take in what it has saved."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import actor_of, face
from undaunted.core.intake.actions import AnotherTeam, HandedInBefore, take_handed
from undaunted.core.intake.forms.kit import KitForm, TakeKitForm, kit_document, kit_secret
from undaunted.core.intake.queries import teams_that_receive
from undaunted.core.intake.readers import LARGEST, SealedUnreadable
from undaunted.core.intake.rules import fingerprint_of, public_pem, sign_kit
from undaunted.core.vault.queries import team_keys
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


__all__ = ["kit", "kit_download", "take_kit"]


@face("desk")
@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """Show which teams have an offline form, and take files of it."""
    return _shown(request, TakeKitForm())


@face("desk")
@require_http_methods(["GET", "HEAD"])
def kit_download(request: HttpRequest, team: UUID) -> HttpResponse:
    """Give the offline form of a team with its signature and the public key."""
    actor, form = actor_of(request), KitForm(request.GET)
    chosen = next((each for each in teams_that_receive(actor) if each.id == team), None)
    if chosen is None or not form.is_valid():
        raise Http404
    language = form.cleaned_data["language"]
    keys = team_keys(actor, team)
    content = kit_document(team, keys, chosen.organisation, language=language)
    answer = HttpResponse(_package(content, f"form-{language}.html"), "application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="form-{language}.zip"'
    return answer


@face("desk")
@require_POST
def take_kit(request: HttpRequest) -> HttpResponse:
    """Take in a file that an offline form has saved."""
    form = TakeKitForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, form, status=422)
    try:
        number = take_handed(form.cleaned_data["file"].read(LARGEST + 1), at=timezone.now())
    except HandedInBefore:
        told = _("This was handed in before. Nothing was taken a second time.")
    except AnotherTeam:
        told = _("It is sealed to a team that does not receive here. Give it to its own.")
    except (SealedUnreadable, VaultError):
        told = _("It was damaged or changed on the way, or is no file of the offline form. "
                 "Nothing was taken; ask for the file again.")  # fmt: skip
    else:
        done = ngettext(
            "%(number)s mailbox was taken in.", "%(number)s mailboxes were taken in.", number
        ) % {"number": number}
        return _shown(request, TakeKitForm(), done=done)
    form.add_error("file", told)
    return _shown(request, form, status=422)


def _shown(
    request: HttpRequest, form: TakeKitForm, *, status: int = 200, done: str = ""
) -> HttpResponse:
    shown = {
        "form": form,
        "teams": teams_that_receive(actor_of(request)),
        "kit_form": KitForm(),
        "fingerprint": fingerprint_of(kit_secret()),
        "done": done,
    }
    return TemplateResponse(request, "intake/desk/kit.html", shown, status=status)


def _package(content: bytes, name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for ending, part in (
            ("", content),
            (".sig", sign_kit(content, kit_secret())),
            (".pub", public_pem(kit_secret())),
        ):
            package.writestr(name + ending, part)
    return held.getvalue()
