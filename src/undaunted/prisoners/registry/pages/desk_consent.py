"""Recording agreements and revoking them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Sharing, Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.consent.actions import ConsentAlreadyEnded, record_consent, revoke_consent
from undaunted.core.consent.queries import grant_rows_for, pending_of
from undaunted.core.evidence.queries import documents_of
from undaunted.prisoners.registry.forms import ConsentForm
from undaunted.prisoners.registry.pages.desk_frame import found, organisation_names, posted
from undaunted.prisoners.registry.pages.desk_steps import back_to, case_for, shown_form

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["give_consent", "withdraw_consent"]

COLUMNS = (
    "audience",
    "level",
    "field_groups",
    "basis",
    "relation",
    "how",
    "given_on",
    "until",
)


@face("desk")
@require_http_methods(["GET", "POST"])
def give_consent(request: HttpRequest, party: UUID) -> HttpResponse:
    """Record an agreement, one entry in the ledger for each purpose."""
    actor, file = case_for(request, party, Verb.RECORD)
    organisations = [(str(pk), name) for pk, name in organisation_names(actor).items()]
    form = ConsentForm(
        posted(request), organisations=organisations, documents=_documents(actor, file)
    )
    if request.method != "POST" or not form.is_valid():
        lead = _("Without an agreement nothing is shown to anybody outside.")
        return shown_form(request, file, form, _("Record consent"), lead=lead, anchor="consent")
    given = {name: form.cleaned_data[name] for name in COLUMNS}
    proof = form.cleaned_data["evidence_document"]
    for purpose in form.cleaned_data["purpose"]:
        record_consent(
            file.party.pk,
            actor=actor,
            at=timezone.now(),
            holder=file.party.holder,
            sharing=Sharing(file.party.sharing),
            purpose=purpose,
            evidence_document=UUID(proof) if proof else None,
            **given,
        )
    messages.success(request, _("The agreement has been recorded."))
    return back_to(file, "consent")


@face("desk")
@require_POST
def withdraw_consent(request: HttpRequest, party: UUID, grant: UUID) -> HttpResponse:
    """Revoke an agreement; whatever rests on it is taken back at once."""
    actor, file = case_for(request, party, Verb.RECORD)
    members = [one.pk for one in file.members]
    held = found(grant_rows_for(actor, members).filter(pk=grant).first())
    try:
        news = revoke_consent(held, actor=actor, at=timezone.now())
        messages.success(request, _("The agreement has been revoked."))
        pending = pending_of(actor, news)
        if pending:
            told = _("Not everything has followed yet; it is tried again by itself: %(parts)s")
            messages.warning(request, told % {"parts": ", ".join(pending)})
    except ConsentAlreadyEnded:
        messages.error(request, _("The agreement was revoked before."))
    return back_to(file, "consent")


def _documents(actor: Actor, file: CaseFile) -> list[tuple[str, str]]:
    held = documents_of(actor, {one.source_id for one in file.citations})
    return [(str(one.pk), f"{one.source} ({one.sha256[:12]})") for one in held]
