"""Lists at the desk: which are in force, how far they are compared, files brought, confirmed."""

from __future__ import annotations

import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undaunted.core.access.rules import Verb, actor_of, face
from undaunted.core.listings.actions import (
    ListDoubted,
    VersionRefused,
    attest_version,
    load_list,
)
from undaunted.core.listings.forms import LoadForm
from undaunted.core.listings.queries import lists_standing, missing_by_one
from undaunted.core.listings.rules import ListRefused, compared_lists
from undaunted.site.english import refusal_told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Loaded

__all__ = ["board"]

_OF_THE_DAY = "dated: "
_LONGEST_NAME = 200
"""Bytes; folders hold names of 255."""


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """Show lists with how far each is compared, and take a file in; whole, or nothing of it.

    A second person confirms there what somebody brought.
    """
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    may, second = actor.can(Verb.IMPORT), actor.can(Verb.TAKE_DOWN)
    if "attest" in request.POST and second:
        return _attested(request, actor)
    if request.method == "POST" and not may:
        raise Http404
    form = LoadForm(request.POST or None, request.FILES or None, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        done = _loaded(form, actor)
        if done is not None:
            messages.success(request, _told(done))
            return redirect("listings-desk:board")
    standing = [each for each in lists_standing(actor) if each.version]
    held = compared_lists(actor, [each.listing.code for each in standing])
    missing = missing_by_one(actor)
    shown = {
        "form": form,
        "may": may,
        "second": second,
        "rows": [
            (each, held.get(each.listing.code), missing.get(each.listing.code)) for each in standing
        ],
    }
    wrong = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return TemplateResponse(request, "listings/board.html", shown, status=status)


def _attested(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take the word of a second person that a version in force is the issuer's."""
    asked = request.POST["attest"]
    held = (each.version for each in lists_standing(actor) if each.version)
    version = next((each for each in held if str(each.pk) == asked), None)
    if version is None:
        raise Http404
    try:
        attest_version(version, actor=actor, at=timezone.now())
        messages.success(request, _("Confirmed: what it no longer holds is gone from the list."))
    except VersionRefused as refusal:
        messages.error(request, refusal_told(str(refusal)))
    return redirect("listings-desk:board")


def _asked(request: HttpRequest) -> dict[str, str]:
    return {"source": request.GET.get("source", "")}


def _loaded(form: LoadForm, actor: Actor) -> Loaded | None:
    """Load what was sent; where it is refused the form says why, and None is given."""
    told = form.cleaned_data
    with tempfile.TemporaryDirectory(prefix="undaunted-list-") as folder:
        try:
            return load_list(
                told["source"],
                _kept(told["file"], Path(folder) / told["source"]),
                actor=actor,
                at=timezone.now(),
                confirmed=told["confirmed"],
                dated=told["dated"],
            )
        except ListDoubted as doubted:
            form.add_error("file", refusal_told(str(doubted)))
            form.add_error(
                "confirmed", _("Look at the file; if it is the list, tick this and send it again.")
            )
        except ListRefused as refusal:
            said = str(refusal)
            field = "dated" if said.startswith(_OF_THE_DAY) else "file"
            form.add_error(field, refusal_told(said.removeprefix(_OF_THE_DAY)))
    return None


def _kept(files: Iterable[UploadedFile], folder: Path) -> Path:
    """Write what was sent into a folder of its own; gives the file, or the folder of several.

    The folder is called as the list: what is refused of several files names it.
    """
    folder.mkdir()
    written = []
    for each in files:
        path = folder / _name_on_disk(str(each.name))
        with path.open("wb") as held:
            for chunk in each.chunks():
                held.write(chunk)
        written.append(path)
    return written[0] if len(written) == 1 else folder


def _name_on_disk(name: str) -> str:
    """Give the end of a file's name that a folder can hold: readers go by it."""
    return Path(name).name.encode()[-_LONGEST_NAME:].decode(errors="ignore")


def _told(done: Loaded) -> str:
    about = {
        "list": done.source, "number": done.number, "entries": done.entries, "added": done.added,
        "amended": done.amended, "removed": done.removed, "faults": done.faults,
    }  # fmt: skip
    if done.unchanged:
        return _("%(list)s: version %(number)s is this file; nothing was done.") % about
    return (
        _(
            "%(list)s: version %(number)s is in force with %(entries)s entries: %(added)s added, "
            "%(amended)s amended, %(removed)s removed; faults: %(faults)s. It is being compared "
            "with the other lists; what may be one waits as a question."
        )
        % about
    )
