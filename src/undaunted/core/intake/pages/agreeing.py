"""The desk's side of what a reporter ticked: recorded as agreements, and seen when taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from undaunted.core.access.rules import face
from undaunted.core.consent.forms import PURPOSES
from undaunted.core.consent.queries import grant_rows_for
from undaunted.core.consent.rules import FIRST_LANGUAGE, state_in
from undaunted.core.intake.actions import ConflictFound, record_agreements
from undaunted.core.intake.forms.words import CONSENTS
from undaunted.core.intake.pages.frame import actor_of, key_of, require_mailbox
from undaunted.core.intake.rules import meaning_of
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.actions import Recorded
    from undaunted.core.intake.models import Mailbox

__all__ = ["agree", "agreed_lines"]


@face("desk")
@require_POST
def agree(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Record the boxes that were ticked as agreements, under the reporter's receipt."""
    box, key = require_mailbox(request, mailbox), key_of(request)
    if key is None:
        return redirect("vault:vault")
    try:
        with transaction.atomic():
            done = record_agreements(box, key=key, actor=actor_of(request), at=timezone.now())
    except ConflictFound:
        return redirect("intake-desk:queue")
    except VaultError as error:
        messages.error(request, str(error))
    except IntegrityError:
        messages.error(request, _("Whoever wrote this has taken everything back since."))
    else:
        _tell(request, done)
    return redirect("intake-desk:mailbox", mailbox)


def _tell(request: HttpRequest, done: Recorded) -> None:
    """Say what was recorded and what was left out, in no word of what is sealed."""
    told = ngettext("%(number)d agreement recorded.", "%(number)d agreements recorded.", done.made)
    messages.success(request, told % {"number": done.made})
    if done.governments.feared:
        messages.warning(
            request,
            _(
                "The letter names the state that it is about among the governments to ask. That "
                "state was left out: it is never asked."
            ),
        )
    if unread := done.governments.unread:
        told = ngettext(
            "%(number)d line names no government that can be read. Nothing was recorded for it: "
            "ask the reporter which state is meant.",
            "%(number)d lines name no government that can be read. Nothing was recorded for them: "
            "ask the reporter which states are meant.",
            unread,
        )
        messages.warning(request, told % {"number": unread})


def agreed_lines(actor: Actor, box: Mailbox) -> list[dict[str, object]]:
    """Give what is recorded of a mailbox's agreements, with the words that were ticked.

    A government is named, since one box stands for each of them.
    """
    purposes = dict(PURPOSES)
    return [
        {
            "said": CONSENTS.get(
                meaning_of(row.purpose, row.audience), purposes.get(row.purpose, row.purpose)
            ),
            "state": state_in(row.audience, get_language() or FIRST_LANGUAGE),
            "until": row.until,
            "revoked_at": row.revoked_at,
        }
        for row in grant_rows_for(actor, [box.pk])
    ]
