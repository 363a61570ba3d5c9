"""The desk's side of what a reporter ticked: recorded as agreements, and seen when taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from undaunted.core.access.rules import face
from undaunted.core.consent.forms import PURPOSES
from undaunted.core.consent.queries import grant_rows_for
from undaunted.core.intake.actions import record_agreements
from undaunted.core.intake.forms.words import CONSENTS
from undaunted.core.intake.queries import mailbox_for
from undaunted.core.intake.rules import AGREEMENTS
from undaunted.core.vault.queries import opened_key
from undaunted.core.vault.rules import VAULT_COOKIE, VaultClosed, VaultError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Mailbox

__all__ = ["agree", "agreed_lines"]


@face("desk")
@require_POST
def agree(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Record the boxes that were ticked as agreements, under the reporter's receipt."""
    actor = cast("Actor", request.actor)  # type: ignore[attr-defined]
    box, now = mailbox_for(actor, mailbox), timezone.now()
    if box is None:
        raise Http404
    cookie = request.COOKIES.get(VAULT_COOKIE, "")
    try:
        key = opened_key(actor, request.session, cookie, at=now)
        with transaction.atomic():
            made = record_agreements(box, key=key, actor=actor, at=now)
    except VaultClosed:
        return redirect("vault:vault")
    except VaultError as error:
        messages.error(request, str(error))
    except IntegrityError:
        messages.error(request, _("Whoever wrote this has taken everything back since."))
    else:
        told = ngettext("%(number)d agreement recorded.", "%(number)d agreements recorded.", made)
        messages.success(request, told % {"number": made})
    return redirect("intake-desk:mailbox", mailbox)


def agreed_lines(actor: Actor, box: Mailbox) -> list[dict[str, object]]:
    """Give what is recorded of a mailbox's agreements, with the words that were ticked."""
    words = {
        (each.purpose.value, str(each.audience)): CONSENTS[key] for key, each in AGREEMENTS.items()
    }
    purposes = dict(PURPOSES)
    return [
        {
            "said": words.get((row.purpose, row.audience), purposes.get(row.purpose, row.purpose)),
            "until": row.until,
            "revoked_at": row.revoked_at,
        }
        for row in grant_rows_for(actor, [box.pk])
    ]
