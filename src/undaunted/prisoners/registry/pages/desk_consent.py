"""Recording agreements and revoking them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Sharing, Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.consent.actions import (
    ConsentAlreadyEnded,
    Objected,
    end_proxy,
    give_receipt,
    record_consent,
    revoke_consent,
)
from undaunted.core.consent.queries import grant_rows_for, pending_of
from undaunted.core.consent.rules import Asked, PersonHasSpoken, shown_text
from undaunted.core.evidence.queries import documents_of
from undaunted.core.sharing.queries import fingerprints_of, organisations_known
from undaunted.prisoners.registry.forms import ConsentForm, EndProxyForm
from undaunted.prisoners.registry.pages.desk_frame import (
    found,
    organisation_names,
    posted,
    shown,
)
from undaunted.prisoners.registry.pages.desk_steps import back_to, case_for, shown_form
from undaunted.site.components.clauses import commas_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.rules import Purpose, Shown
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["end_proxies", "give_consent", "withdraw_consent"]

COLUMNS = (
    "audience",
    "level",
    "field_groups",
    "basis",
    "relation",
    "mandate_until",
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
        posted(request),
        organisations=organisations,
        partners=_partners(actor, file),
        documents=_documents(actor, file),
    )
    if request.method != "POST" or not form.is_valid():
        lead = _("Without an agreement nothing is shown to anybody outside.")
        return shown_form(request, file, form, _("Record consent"), lead=lead, anchor="consent")
    try:
        with transaction.atomic():
            made = _recorded(actor, file, form.cleaned_data)
    except PersonHasSpoken:
        form.add_error("basis", _("The person has spoken on this; nobody speaks for them."))
    except Objected:
        form.add_error("given_on", _("The person asked to be left out; only they can agree anew."))
    else:
        messages.success(request, _("The agreement has been recorded."))
        if form.cleaned_data["receipt"]:
            receipt = give_receipt(made, actor=actor, at=timezone.now())
            return shown(request, "consent_receipt", file=file, receipt=receipt.groups)
        return back_to(file, "consent")
    return shown_form(request, file, form, _("Record consent"), anchor="consent")


@face("desk")
@require_http_methods(["GET", "POST"])
def end_proxies(request: HttpRequest, party: UUID) -> HttpResponse:
    """End what somebody agreed to for the person: their mandate is over, or the person is free."""
    actor, file = case_for(request, party, Verb.RECORD)
    form = EndProxyForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        lead = _("Whatever rests on it is taken back at once.")
        title = _("End what proxies agreed to")
        return shown_form(request, file, form, title, lead=lead, anchor="consent", danger=True)
    ended = [
        news
        for member in file.members
        for news in end_proxy(
            member.pk,
            form.cleaned_data["relation"],
            holder=file.party.holder,
            actor=actor,
            at=timezone.now(),
        )
    ]
    told = ngettext(
        "%(number)d agreement has ended.", "%(number)d agreements have ended.", len(ended)
    )
    messages.success(request, told % {"number": len(ended)})
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
            messages.warning(request, told % {"parts": commas_text(pending)})
    except ConsentAlreadyEnded:
        messages.error(request, _("The agreement was revoked before."))
    return back_to(file, "consent")


def _partners(actor: Actor, file: CaseFile) -> list[tuple[str, str]]:
    """Give the organisations at other instances as choices, by name and compared fingerprint."""
    words = _("%(name)s, at another instance; fingerprint %(fingerprint)s")
    told: dict[str, list[str]] = {}
    for one in organisations_known(actor, file.party.holder):
        told.setdefault(one.audience, []).append(
            words % {"name": one.name, "fingerprint": one.fingerprint}
        )
    return [(audience, " · ".join(labels)) for audience, labels in told.items()]


def _documents(actor: Actor, file: CaseFile) -> list[tuple[str, str]]:
    held = documents_of(actor, {one.source_id for one in file.citations})
    return [(str(one.pk), f"{one.source} ({one.sha256[:12]})") for one in held]


def _recorded(actor: Actor, file: CaseFile, cleaned: dict[str, Any]) -> list[Any]:
    """Record one agreement a purpose, with the words in which it was asked."""
    given = {name: cleaned[name] for name in COLUMNS}
    return [
        record_consent(
            file.party.pk,
            actor=actor,
            at=timezone.now(),
            holder=file.party.holder,
            sharing=Sharing(file.party.sharing),
            fingerprints=fingerprints_of(actor, file.party.holder, given["audience"]),
            purpose=purpose,
            evidence_document=_id(cleaned["evidence_document"]),
            mandate_document=_id(cleaned["mandate_document"]),
            shown=_shown(purpose, cleaned) if cleaned["language"] else None,
            **given,
        )
        for purpose in cleaned["purpose"]
    ]


def _shown(purpose: Purpose, cleaned: dict[str, Any]) -> Shown:
    asked = Asked(
        purposes=(purpose,),
        audience=cleaned["audience"],
        level=cleaned["level"],
        groups=tuple(sorted(cleaned["field_groups"])),
        until=cleaned["until"],
    )
    return shown_text(asked, cleaned["language"])


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None
