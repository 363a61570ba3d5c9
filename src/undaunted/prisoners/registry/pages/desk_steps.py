"""What every step taken on a case shares: who may, the form with its source, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from undaunted.core.access.rules import Facts, Sharing, require
from undaunted.core.evidence.actions import record_source, store_document
from undaunted.core.evidence.queries import sources_for, teams_to_seal_to
from undaunted.core.evidence.rules import SourceKind
from undaunted.prisoners.registry.actions.records import ActNotCurrent
from undaunted.prisoners.registry.forms import SourceForm
from undaunted.prisoners.registry.pages.desk_frame import actor_of, found, posted, shown
from undaunted.prisoners.registry.queries.records import case_file, current_act
from undaunted.prisoners.registry.rules.claims import ClaimRefused, TeamOfAnother

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from uuid import UUID

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor, Verb
    from undaunted.prisoners.registry.queries.records import CaseFile

    Act = Any

__all__ = [
    "act_of",
    "back_to",
    "case_for",
    "claim_step",
    "known_sources",
    "plain_dates",
    "refused_field",
    "shown_form",
    "source_of",
]


def case_for(request: HttpRequest, party: UUID, verb: Verb) -> tuple[Actor, CaseFile]:
    """Give the case to somebody who may take this step; to others it does not exist."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    require(actor, verb, Facts(holder=file.party.holder))
    return actor, file


def act_of(actor: Actor, file: CaseFile, claim: UUID) -> Act:
    """Give the row that stands for a claim of this case."""
    act = found(current_act(actor, claim))
    if act.victim_id not in {one.pk for one in file.members}:
        raise Http404
    return act


def shown_form(  # noqa: PLR0913 - what the page of a form says
    request: HttpRequest,
    file: CaseFile,
    form: forms.Form,
    heading: str,
    *,
    source: SourceForm | None = None,
    anchor: str = "",
    template: str = "form",
    **values: Any,  # noqa: ANN401 - what this form's page says beside
) -> HttpResponse:
    """Show a form of a case; `anchor` names the section that Cancel leads back to."""
    place = {
        "back_label": file.names[0].text if file.names else _("Case"),
        "back": reverse("desk:case", args=[file.party.pk]),
        "anchor": anchor,
    }
    given = {"submit": _("Record"), "form": form, "source": source, "heading": heading}
    return shown(request, template, **(given | place | values))


def back_to(file: CaseFile, anchor: str) -> HttpResponse:
    """Go back to a section of the case."""
    return redirect(f"{reverse('desk:case', args=[file.party.pk])}#{anchor}")


def claim_step(  # noqa: PLR0913 - the claim, its form, and what is done with them
    request: HttpRequest,
    file: CaseFile,
    form: forms.Form,
    act: Callable[[dict[str, Any], Any, datetime], object],
    heading: str,
    *,
    anchor: str = "spells",
    **values: Any,  # noqa: ANN401
) -> HttpResponse:
    """Take a claim with its source, record both, and go back to the case."""
    source = SourceForm(
        posted(request),
        request.FILES or None,
        known=known_sources(file.citations),
        teams=teams_to_seal_to(actor_of(request), file.party.holder),
    )
    if request.method == "POST" and all([form.is_valid(), source.is_valid()]):
        at = timezone.now()
        try:
            with transaction.atomic():  # a source goes with its claim or not at all
                cited = source_of(request, file.party, source, at)
                act(plain_dates(form.cleaned_data), [cited], at)
        except ActNotCurrent:
            messages.error(request, _("Somebody corrected this at the same time. Look again."))
            return back_to(file, anchor)
        except TeamOfAnother as refusal:
            refused_field(source, refusal)
        except ClaimRefused as refusal:
            refused_field(form, refusal)
        else:
            messages.success(request, _("It has been recorded with its source."))
            return back_to(file, anchor)
    return shown_form(request, file, form, heading, source=source, anchor=anchor, **values)


def refused_field(form: forms.Form, refusal: ClaimRefused) -> None:
    """Show beside its field what an action refused."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, _(refusal.sentence))


def known_sources(citations: Iterable[Any]) -> list[tuple[str, str]]:
    """Give the sources cited in a case, once each, as choices."""
    named: dict[str, str] = {}
    for citation in citations:
        source = citation.source
        words = ", ".join(filter(None, (source.publisher, source.title, source.published)))
        named.setdefault(str(source.pk), words or source.url or source.kind)
    return list(named.items())


def source_of(request: HttpRequest, party: Any, form: SourceForm, at: datetime) -> Any:  # noqa: ANN401
    """Record the source that a form describes, or find the one it names; gives its grade too."""
    actor, given = actor_of(request), form.cleaned_data
    if given.get("known"):
        source = found(sources_for(actor).filter(pk=given["known"]).first())
    else:
        published = given["published"]
        source = record_source(
            party.holder,
            actor=actor,
            at=at,
            kind=SourceKind(given["kind"]),
            publisher=given["publisher"],
            title=given["title"],
            language=given["language"],
            url=given["url"],
            archived_url=given["archived_url"],
            published=published.text if published else "",
            public=given["public"],
            sharing=Sharing(party.sharing),
        )
    if given["document"]:
        kept = given["document"]
        kind = (kept.content_type or "application/octet-stream")[:100]
        made = store_document(
            kept.file,
            source,
            actor=actor,
            at=at,
            media_type=kind,
            note=kept.name[:400],
            team=None if source.public else _team_for(actor, source, given.get("team", "")),
        )
        if made.source_id != source.pk:
            messages.info(request, _("This file is kept already, with another source."))
    return source, form.grade()


def _team_for(actor: Actor, source: Any, chosen: str) -> UUID | None:  # noqa: ANN401
    """Give the team that was chosen for a file, else the first by name; None if in none."""
    teams = [team for team, _name in teams_to_seal_to(actor, source.holder)]
    if not chosen:
        return next(iter(teams), None)
    found = next((team for team in teams if str(team) == chosen), None)
    if found is None:
        raise TeamOfAnother("team")
    return found


def plain_dates(values: dict[str, Any]) -> dict[str, Any]:
    """Give the values as actions take them: the expected end is kept as text."""
    plain = dict(values)
    if "expected_end" in plain:
        expected = plain["expected_end"]
        plain["expected_end"] = expected.text if expected else ""
    return plain
