"""Recording and correcting what was done to a person, and consent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Facts, Sharing, Verb, require
from undaunted.core.accounts.middleware import face
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.consent.actions import ConsentAlreadyEnded, record_consent, revoke_consent
from undaunted.core.consent.queries import grant_rows_for, pending_of
from undaunted.core.events.rules import ReleaseType
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import Credibility, Grade, Reliability, SourceKind
from undaunted.prisoners.registry.actions.records import (
    ActNotCurrent,
    correct_act,
    record_confirmation,
    record_release,
    record_spell,
)
from undaunted.prisoners.registry.forms import (
    ConfirmationForm,
    ConsentForm,
    ReleaseForm,
    SourceForm,
    SpellForm,
)
from undaunted.prisoners.registry.pages.desk_frame import actor_of, found, posted, shown
from undaunted.prisoners.registry.queries.records import case_file, current_act

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.events.models import Act
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = [
    "confirm",
    "correct_spell",
    "give_consent",
    "new_spell",
    "release",
    "withdraw_consent",
]


@face("desk")
@require_http_methods(["GET", "POST"])
def new_spell(request: HttpRequest, party: UUID) -> HttpResponse:
    """Record a spell of deprivation of liberty."""
    actor, file = _case(request, party)
    form = SpellForm(posted(request), initial={"country": file.party.country})

    def act(values: dict[str, Any], sources: Any, at: datetime) -> object:  # noqa: ANN401
        kind, start, end = values.pop("type"), values.pop("start"), values.pop("end")
        return record_spell(
            file.party, kind, start, actor=actor, at=at, sources=sources, end=end, **values
        )

    return _claim(request, file, form, act, _("Record a spell"))


@face("desk")
@require_http_methods(["GET", "POST"])
def correct_spell(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponse:
    """Correct a spell; what it said before stays as history."""
    actor, file = _case(request, party)
    spell = _spell(actor, file, claim)
    names = SpellForm.base_fields
    initial = {name: getattr(spell, name) for name in names}
    form = SpellForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = _plain(form.cleaned_data)
        kind, start, end = values.pop("type"), values.pop("start"), values.pop("end")
        try:
            correct_act(
                spell,
                actor=actor,
                at=timezone.now(),
                type_=kind if kind != spell.type else "",
                start=start,
                end=end,
                reopen=bool(spell.end) and end is None,
                **values,
            )
        except ActNotCurrent:
            messages.error(request, _("Somebody corrected this at the same time. Look again."))
        else:
            messages.success(request, _("The correction has been recorded."))
        return _back(file, "spells")
    return _form(request, file, form, _("Correct the spell"))


@face("desk")
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponse:
    """Record how and when a spell ended."""
    actor, file = _case(request, party)
    spell = _spell(actor, file, claim)

    def act(values: dict[str, Any], sources: Any, at: datetime) -> object:  # noqa: ANN401
        way = ReleaseType(values["release_type"])
        return record_release(spell, way, values["on"], actor=actor, at=at, sources=sources)

    form = ReleaseForm(posted(request))
    return _claim(request, file, form, act, _("Record release"))


@face("desk")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponse:
    """Record a day on which the person was confirmed held."""
    actor, file = _case(request, party)
    spell = _spell(actor, file, claim)

    def act(values: dict[str, Any], sources: Any, at: datetime) -> object:  # noqa: ANN401
        return record_confirmation(spell, values["on"], actor=actor, at=at, sources=sources)

    form = ConfirmationForm(posted(request))
    return _claim(request, file, form, act, _("Confirm held"))


@face("desk")
@require_http_methods(["GET", "POST"])
def give_consent(request: HttpRequest, party: UUID) -> HttpResponse:
    """Record an agreement."""
    actor, file = _case(request, party)
    form = ConsentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        record_consent(
            file.party.pk,
            actor=actor,
            at=timezone.now(),
            holder=file.party.holder,
            sharing=Sharing(file.party.sharing),
            **form.cleaned_data,
        )
        messages.success(request, _("The agreement has been recorded."))
        return _back(file, "consent")
    return _form(request, file, form, _("Record consent"))


@face("desk")
@require_POST
def withdraw_consent(request: HttpRequest, party: UUID, grant: UUID) -> HttpResponse:
    """Revoke an agreement; whatever rests on it is taken back at once."""
    actor, file = _case(request, party)
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
    return _back(file, "consent")


def _case(request: HttpRequest, party: UUID) -> tuple[Actor, CaseFile]:
    """Give the case to somebody who may record in it."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    require(actor, Verb.RECORD, Facts(holder=file.party.holder))
    return actor, file


def _spell(actor: Actor, file: CaseFile, claim: UUID) -> Act:
    spell = found(current_act(actor, claim))
    if spell.victim_id not in {one.pk for one in file.members}:
        raise Http404
    return spell


def _claim(
    request: HttpRequest,
    file: CaseFile,
    form: forms.Form,
    act: Callable[[dict[str, Any], Any, datetime], object],
    heading: str,
) -> HttpResponse:
    """Take a claim with its source, record both, and go back to the case."""
    source = SourceForm(posted(request))
    if request.method == "POST" and form.is_valid() and source.is_valid():
        at = timezone.now()
        try:
            act(_plain(form.cleaned_data), [_recorded(request, file, source, at)], at)
        except ActNotCurrent:
            messages.error(request, _("Somebody corrected this at the same time. Look again."))
        else:
            messages.success(request, _("It has been recorded with its source."))
        return _back(file, "spells")
    return _form(request, file, form, heading, source)


def _recorded(request: HttpRequest, file: CaseFile, form: SourceForm, at: datetime) -> Any:  # noqa: ANN401
    given = form.cleaned_data
    published = given["published"]
    source = record_source(
        file.party.holder,
        actor=actor_of(request),
        at=at,
        kind=SourceKind(given["kind"]),
        publisher=given["publisher"],
        title=given["title"],
        url=given["url"],
        published=published.text if published else "",
        sharing=Sharing(file.party.sharing),
    )
    grade = Grade(Reliability(given["reliability"]), Credibility(int(given["credibility"])))
    return source, grade


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Give the values as actions take them: the expected end is kept as text."""
    plain = dict(values)
    expected = plain.get("expected_end")
    if "expected_end" in plain:
        plain["expected_end"] = expected.text if isinstance(expected, PartialDate) else ""
    return plain


def _form(
    request: HttpRequest,
    file: CaseFile,
    form: forms.Form,
    heading: str,
    source: SourceForm | None = None,
) -> HttpResponse:
    return shown(
        request,
        "form",
        form=form,
        source=source,
        heading=heading,
        submit=_("Record"),
        back_label=file.names[0].text if file.names else _("Case"),
        back=reverse("desk:case", args=[file.party.pk]),
    )


def _back(file: CaseFile, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('desk:case', args=[file.party.pk])}#{anchor}")
