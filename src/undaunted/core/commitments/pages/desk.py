"""The desk of commitments: recording, correcting, accepting, declining, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.commitments.actions import (
    StatementRefused,
    accept_statement,
    correct_statement,
    decline_statement,
    import_statements,
    record_statement,
    withdraw_statement,
)
from undaunted.core.commitments.forms import DeclineForm, ImportForm, StatementForms
from undaunted.core.commitments.queries import (
    brought_back_by,
    statement_for,
    statements_for,
    waiting_statements,
)
from undaunted.core.commitments.rules import CommitmentState, instruments
from undaunted.site.answers import stopped

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.commitments.models import CommitmentStatement

__all__ = [
    "accept",
    "correct",
    "decline",
    "desk_board",
    "new",
    "statement_page",
    "take_in",
    "withdraw",
]

Thing = TypeVar("Thing")
MOST_SHOWN = 200


@face("desk")
@require_safe
def desk_board(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second person, and the newest statements."""
    actor = actor_of(request)
    shown = {
        "waiting": waiting_statements(actor)[:MOST_SHOWN],
        "statements": statements_for(actor).exclude(review=CommitmentState.WAITING)[:MOST_SHOWN],
        "instruments": [instruments()[code] for code in sorted(instruments())],
        "may_record": actor.can(Verb.RECORD),
    }
    return TemplateResponse(request, "commitments/desk_board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, instrument: str) -> HttpResponse:
    """Record a statement about an instrument."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    found = _found(instruments().get(instrument))
    sent = request.POST if request.method == "POST" else None
    written = StatementForms(sent, actor=actor, instrument=found)
    if sent is not None and "more" in sent:
        written.add_rows()
    elif sent is not None and (statement := written.statement()) is not None:
        holder = written.main.holder
        try:
            made = record_statement(holder, statement, actor=actor, at=timezone.now())
        except StatementRefused as refusal:
            written.main.add_error(None, str(refusal))
        else:
            return redirect("commitments-desk:statement", made.pk)
    return _form(request, written, heading=_("Record a statement"))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Record what is new in a file; what is wrong with it is told by row."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    if request.method != "POST":
        form = ImportForm(actor=actor)
    else:
        form = ImportForm(request.POST, request.FILES, actor=actor)
        if statements := form.statements():
            holder = form.cleaned_data["holder"].pk
            import_statements(holder, statements, actor=actor, at=timezone.now())
            return redirect("commitments-desk:board")
    return TemplateResponse(request, "commitments/import.html", {"form": form})


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Record what should stand in place of a statement, which stands until somebody accepts it."""
    actor = actor_of(request)
    held = _found(statement_for(actor, statement))
    sent = request.POST if request.method == "POST" else None
    found = instruments()[held.instrument]
    written = StatementForms(sent, actor=actor, instrument=found, earlier=held)
    if sent is not None and "more" in sent:
        written.add_rows()
    elif sent is not None and (told := written.statement()) is not None:
        try:
            made = correct_statement(held, told, actor=actor, at=timezone.now())
        except StatementRefused as refusal:
            written.main.add_error(None, str(refusal))
        else:
            return redirect("commitments-desk:statement", made.pk)
    return _form(request, written, heading=_("Correct a statement"), held=held)


@face("desk")
@require_safe
def statement_page(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Show a statement, where it stands, and what this person may do."""
    actor = actor_of(request)
    held = _found(statement_for(actor, statement))
    shown = {
        "held": held,
        "statement": held.statement,
        "instrument": instruments()[held.instrument],
        "decline": DeclineForm(),
        "may": _may(actor, held),
        "back": brought_back_by(actor, held),
        "public": held.review == CommitmentState.ACCEPTED and held.withdrawn_at is None,
    }
    return TemplateResponse(request, "commitments/statement.html", shown)


@face("desk")
@require_POST
def accept(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Accept what somebody else recorded."""
    held = _found(statement_for(actor_of(request), statement))
    try:
        accept_statement(held, actor=actor_of(request), at=timezone.now())
    except StatementRefused as refusal:
        return _stopped(request, refusal, held)
    return redirect("commitments-desk:statement", held.pk)


@face("desk")
@require_POST
def decline(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Decline a statement, with the reason."""
    held = _found(statement_for(actor_of(request), statement))
    form = DeclineForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        decline_statement(held, why, actor=actor_of(request), at=timezone.now())
    except StatementRefused as refusal:
        return _stopped(request, refusal, held)
    return redirect("commitments-desk:statement", held.pk)


@face("desk")
@require_POST
def withdraw(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Hide a statement everywhere at once."""
    held = _found(statement_for(actor_of(request), statement))
    try:
        withdraw_statement(held, actor=actor_of(request), at=timezone.now())
    except StatementRefused as refusal:
        return _stopped(request, refusal, held)
    return redirect("commitments-desk:statement", held.pk)


def _may(actor: Actor, held: CommitmentStatement) -> dict[str, bool]:
    """Give what this person is offered; the actions ask again."""

    def allowed(verb: Verb, *hands: UUID) -> bool:
        facts = Facts(holder=held.holder, earlier_hands=frozenset(hands))
        return decide(actor, verb, facts).allowed

    waits, own = held.review == CommitmentState.WAITING, held.proposed_by == actor.id
    accepted = held.review == CommitmentState.ACCEPTED and held.withdrawn_at is None
    stands = accepted and held.corrected_at is None
    return {
        "accept": waits and allowed(Verb.REVIEW_TEXT, held.proposed_by),
        "decline": waits and (own or allowed(Verb.REVIEW_TEXT)),
        "own": waits and own,
        "correct": stands and allowed(Verb.RECORD),
        "withdraw": accepted and allowed(Verb.TAKE_DOWN),
    }


def _form(request: HttpRequest, written: StatementForms, **words: object) -> TemplateResponse:
    return TemplateResponse(request, "commitments/form.html", {"written": written, **words})


def _stopped(request: HttpRequest, problem: object, held: CommitmentStatement) -> TemplateResponse:
    back = reverse("commitments-desk:statement", args=[held.pk])
    return stopped(request, problem, back)


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing
