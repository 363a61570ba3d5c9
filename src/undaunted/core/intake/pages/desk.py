"""The team's desk: the queue by urgency, one mailbox opened with a reason, an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import face
from undaunted.core.evidence.forms import REFUSED
from undaunted.core.evidence.rules import Uncleanable
from undaunted.core.intake.actions import (
    WrongStep,
    answer_mailbox,
    assign_mailbox,
    close_mailbox,
    open_attachment,
    open_mailbox,
    reopen_mailbox,
)
from undaunted.core.intake.forms import CHOICES, DANGER, DOOR_TITLES, LABELS
from undaunted.core.intake.forms.desk import AnswerForm, OpenForm
from undaunted.core.intake.forms.words import CONSENTS
from undaunted.core.intake.pages.agreeing import agreed_lines
from undaunted.core.intake.queries import (
    attachments_for,
    letters_for,
    mailbox_for,
    openings_for,
    queue_for,
)
from undaunted.core.intake.rules import LOOK_WITHIN, REPLY, Door, Severity, State, WhyOpened
from undaunted.core.vault.queries import opened_key
from undaunted.core.vault.rules import VAULT_COOKIE, VaultClosed, VaultError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.actions import Opened
    from undaunted.core.intake.models import Mailbox
    from undaunted.core.vault.rules import OpenKey

__all__ = ["answer", "file", "mailbox_page", "move", "queue", "take"]

SEVERITIES = {
    Severity.RED: _("within the hour"),
    Severity.AMBER: _("within a day"),
    Severity.GREEN: _("within five days"),
}
STATES = {State.NEW: _("new"), State.OPEN: _("open"), State.CLOSED: _("closed")}
_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Line:
    """One mailbox in the queue."""

    mailbox: Mailbox
    door: object
    severity: object
    urgent: bool
    state: object
    due: datetime
    late: bool
    mine: bool


@face("desk")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits: the most urgent first, then the oldest."""
    actor, now = _actor(request), timezone.now()
    boxes = [box for box in queue_for(actor) if box.state != State.CLOSED]
    boxes.sort(key=lambda box: (box.state != State.NEW, _ORDER.index(Severity(box.severity))))
    closed = queue_for(actor).filter(state=State.CLOSED).count()
    shown = {
        "lines": [_line(box, actor, now) for box in boxes],
        "closed": closed,
        "key_open": _key(request) is not None,
    }
    return TemplateResponse(request, "intake/desk/queue.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox_page(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Ask why, then show what lies in a mailbox; the plain text is in this answer only."""
    actor = _actor(request)
    box = _found(actor, mailbox)
    form = OpenForm(request.POST if request.method == "POST" else None)
    key = _key(request)
    letters: tuple[Opened, ...] = ()
    problem = ""
    if request.method == "POST" and form.is_valid():
        if key is None:
            return redirect("vault:vault")
        try:
            letters = open_mailbox(
                box,
                key=key,
                actor=actor,
                at=timezone.now(),
                reason=WhyOpened(form.cleaned_data["reason"]),
            )
        except VaultError as error:
            problem = str(error)
    return _shown(request, box, form, letters, problem)


@face("desk")
@require_POST
def file(request: HttpRequest, mailbox: UUID, attachment: UUID) -> HttpResponse:
    """Give the clean copy of a file to save, or say why there is none."""
    actor = _actor(request)
    box = _found(actor, mailbox)
    held, key = attachments_for(actor, box).filter(pk=attachment).first(), _key(request)
    if held is None:
        raise Http404
    if key is None:
        return redirect("vault:vault")
    try:
        copy = open_attachment(
            held, box, key=key, actor=actor, at=timezone.now(), reason=WhyOpened.CASEWORK
        )
    except VaultError as error:
        return _shown(request, box, OpenForm(), (), str(error))
    except Uncleanable as error:
        return _shown(request, box, OpenForm(), (), str(REFUSED[error.reason]))
    answer = HttpResponse(copy.content, content_type=copy.kind.value)
    name = f"file-{str(held.pk)[:8]}.{copy.kind.ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@face("desk")
@require_POST
def answer(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Seal an answer."""
    actor = _actor(request)
    box = _found(actor, mailbox)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, box, OpenForm(), (), "", answer_form=form)
    answer_mailbox(box, form.cleaned_data["text"], actor=actor, at=timezone.now())
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def take(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Take a mailbox upon oneself."""
    actor = _actor(request)
    assign_mailbox(_found(actor, mailbox), actor.person, actor=actor, at=timezone.now())
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def move(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Close a mailbox, or open it again."""
    actor = _actor(request)
    box = _found(actor, mailbox)
    step = reopen_mailbox if box.state == State.CLOSED else close_mailbox
    try:
        step(box, actor=actor, at=timezone.now())
    except WrongStep:
        raise Http404 from None
    return redirect("intake-desk:mailbox", mailbox)


def _shown(  # noqa: PLR0913 - one page, one value a part
    request: HttpRequest,
    box: Mailbox,
    form: OpenForm,
    letters: tuple[Opened, ...],
    problem: str,
    *,
    answer_form: AnswerForm | None = None,
) -> HttpResponse:
    actor = _actor(request)
    shown = {
        "line": _line(box, actor, timezone.now()),
        "form": form,
        "letters": [_plain(each) for each in letters],
        "sealed": letters_for(actor, box).count(),
        "problem": problem,
        "answer_form": answer_form or AnswerForm(),
        "key_open": _key(request) is not None,
        "openings": openings_for(actor, box),
        "agreed": agreed_lines(actor, box),
        "files": attachments_for(actor, box),
        "is_closed": box.state == State.CLOSED,
        "is_new": box.state == State.NEW,
    }
    return TemplateResponse(request, "intake/desk/mailbox.html", shown)


def _plain(letter: Opened) -> dict[str, object]:
    answers = letter.answers
    return {
        "at": letter.at,
        "ours": letter.kind == REPLY,
        "text": letter.text,
        "decoy": answers.decoy if answers else False,
        "danger": DANGER[answers.danger] if answers else "",
        "spoken": answers.spoken if answers else "",
        "answers": list(_answers(answers.given)) if answers else [],
        "unreadable": answers is None and letter.text is None,
    }


def _answers(given: object) -> Iterator[tuple[object, list[object]]]:
    for key, value in cast("dict[str, str | list[str]]", given).items():
        label = LABELS.get(key, _("Agreed to") if key == "consents" else key)
        words = CONSENTS if key == "consents" else CHOICES.get(key, {})
        values = value if isinstance(value, list) else [value]
        yield label, [words.get(each, each) for each in values]


def _line(box: Mailbox, actor: Actor, now: datetime) -> Line:
    severity = Severity(box.severity)
    due = box.arrived_at + LOOK_WITHIN[severity]
    return Line(
        mailbox=box,
        door=DOOR_TITLES[Door(box.door)],
        severity=SEVERITIES[severity],
        urgent=severity is Severity.RED,
        state=STATES[State(box.state)],
        due=due,
        late=box.state == State.NEW and now > due,
        mine=box.assigned_to == actor.person,
    )


def _key(request: HttpRequest) -> OpenKey | None:
    cookie = request.COOKIES.get(VAULT_COOKIE, "")
    try:
        return opened_key(_actor(request), request.session, cookie, at=timezone.now())
    except VaultClosed:
        return None


def _actor(request: HttpRequest) -> Actor:
    return cast("Actor", request.actor)  # type: ignore[attr-defined]


def _found(actor: Actor, mailbox: UUID) -> Mailbox:
    box = mailbox_for(actor, mailbox)
    if box is None:
        raise Http404
    return box
