"""How a mailbox is shown: its line in the queue, its letters in words, what can be done to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Role
from undaunted.core.intake.forms import CHOICES, DANGER, DOOR_TITLES, LABELS
from undaunted.core.intake.forms.casework import (
    FORMS,
    SEVERITIES,
    STATES,
    WHY_EXPORTED,
    ChooseForm,
    ExportProposal,
    RedactForm,
    WarnForm,
)
from undaunted.core.intake.forms.desk import AnswerForm, OpenForm
from undaunted.core.intake.forms.words import CONSENTS
from undaunted.core.intake.pages.agreeing import agreed_lines
from undaunted.core.intake.pages.frame import actor_of, key_of
from undaunted.core.intake.queries import (
    attachments_for,
    colleagues_for,
    exports_for,
    letters_for,
    openings_for,
    places_to_move,
    redactions_for,
)
from undaunted.core.intake.rules import (
    REPLY,
    SAFETY,
    Door,
    ExportForm,
    Severity,
    State,
    WhyExported,
    look_by,
)
from undaunted.core.vault.queries import bars_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.actions import Opened
    from undaunted.core.intake.models import Export, Mailbox
    from undaunted.core.intake.rules import Answers

__all__ = ["Line", "Shown", "line_of", "lines_of", "plain", "show_mailbox"]

_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Line:
    """One mailbox in the queue."""

    mailbox: Mailbox
    door: object
    severity: object
    urgent: bool
    state: object
    due: datetime | None
    late: bool
    mine: bool
    team: str = ""
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page of a mailbox shows this time: opened letters, a problem, forms come back."""

    form: OpenForm = field(default_factory=OpenForm)
    letters: tuple[Opened, ...] = ()
    problem: str = ""
    answer_form: AnswerForm = field(default_factory=AnswerForm)
    warn_form: WarnForm = field(default_factory=WarnForm)
    export_form: ExportProposal = field(default_factory=lambda: ExportProposal(auto_id="export-%s"))
    redact_form: RedactForm | None = None
    blacked: tuple[str, ...] = ()


def lines_of(
    boxes: Iterable[Mailbox], actor: Actor, now: datetime, teams: dict[UUID, str]
) -> list[Line]:
    """Give the lines of the queue: what is late first, then the most urgent, then by its end."""
    lines = [line_of(box, actor, now, teams) for box in boxes]
    lines.sort(
        key=lambda line: (
            not line.late,
            line.unread == 0,
            _ORDER.index(Severity(line.mailbox.severity)),
            line.due or line.mailbox.arrived_at,
        )
    )
    return lines


def line_of(box: Mailbox, actor: Actor, now: datetime, teams: dict[UUID, str]) -> Line:
    """Give one mailbox as a line; its clock runs while something in it is unread."""
    severity = Severity(box.severity)
    since = getattr(box, "unread_since", box.arrived_at if box.state == State.NEW else None)
    due = look_by(severity, since) if since else None
    return Line(
        mailbox=box,
        door=DOOR_TITLES[Door(box.door)],
        severity=SEVERITIES[severity],
        urgent=severity is Severity.RED,
        state=STATES[State(box.state)],
        due=due,
        late=due is not None and now > due,
        mine=box.assigned_to == actor.person,
        team=teams.get(box.team, ""),
        unread=getattr(box, "unread", 0),
    )


def show_mailbox(request: HttpRequest, box: Mailbox, shown: Shown) -> HttpResponse:
    """Show a mailbox: opened, or with what can be done without opening it."""
    actor = actor_of(request)
    held = {
        "line": line_of(box, actor, timezone.now(), {}),
        "shown": shown,
        "letters": [plain(each, shown) for each in shown.letters],
        "sealed": len(shown.letters) or letters_for(actor, box).count(),
        "key_open": key_of(request) is not None,
        "openings": openings_for(actor, box),
        "agreed": agreed_lines(actor, box),
        "files": attachments_for(actor, box),
        "copies": redactions_for(actor, box),
        "exports": [_export(each, actor) for each in exports_for(actor, box)],
        "is_closed": box.state == State.CLOSED,
        "is_new": box.state == State.NEW,
        **_choices(box, actor),
    }
    return TemplateResponse(request, "intake/desk/mailbox.html", held)


def plain(letter: Opened, shown: Shown | None = None) -> dict[str, object]:
    """Give a letter in words."""
    form = shown.redact_form if shown else None
    asked = (form["kind"].value(), str(form["sequence"].value())) if form else None
    mine = asked == (letter.kind, str(letter.sequence))
    fresh = RedactForm(
        initial={"kind": letter.kind, "sequence": letter.sequence},
        prefix=None,
        auto_id=f"redact-{letter.kind.replace('.', '-')}-{letter.sequence}-%s",
    )
    return {
        "at": letter.at,
        "ours": letter.kind == REPLY,
        "warning": letter.kind == SAFETY,
        "text": letter.text,
        "redact": form if mine else fresh,
        "blacked": shown.blacked if shown and mine else (),
        **words_of(letter.answers),
        "unreadable": letter.answers is None and letter.text is None,
    }


def words_of(answers: Answers | None) -> dict[str, object]:
    """Give the answers of a door in words, with their keys."""
    return {
        "decoy": answers.decoy if answers else False,
        "danger": DANGER[answers.danger] if answers else "",
        "spoken": answers.spoken if answers else "",
        "answers": list(_answers(answers.given)) if answers else [],
    }


def _answers(given: object) -> Iterator[tuple[str, object, list[object]]]:
    for key, value in cast("dict[str, str | list[str]]", given).items():
        label = LABELS.get(key, _("Agreed to") if key == "consents" else key)
        words = CONSENTS if key == "consents" else CHOICES.get(key, {})
        values = value if isinstance(value, list) else [value]
        yield key, label, [words.get(each, each) for each in values]


def _choices(box: Mailbox, actor: Actor) -> dict[str, object]:
    barred = {bar.user for bar in bars_for(actor, [box.pk])}
    people = [
        (each.id, each.name)
        for each in colleagues_for(actor, box.team)
        if each.id not in barred and each.id != actor.person
    ]
    teams = list(places_to_move(actor, box).values_list("pk", "name"))
    stewards = box.holder in actor.organisations_as(Role.STEWARD)
    return {
        "hand_over": ChooseForm(None, _("Hand over to"), people, "hand-over") if people else None,
        "relocate": ChooseForm(None, _("Move to the compartment"), teams, "move")
        if teams
        else None,
        "keep_out": ChooseForm(None, _("Who has a conflict"), people, "keep-out")
        if people and stewards
        else None,
        "barred": len(barred),
    }


def _export(export: Export, actor: Actor) -> dict[str, object]:
    own = export.proposed_by == actor.person
    open_ = export.made_at is None and export.refused_at is None
    return {
        "export": export,
        "form": FORMS[ExportForm(export.form)],
        "reason": WHY_EXPORTED[WhyExported(export.reason)],
        "own": own,
        "may_approve": open_ and not own and export.approved_at is None,
        "may_make": open_ and own and export.approved_at is not None,
        "may_refuse": open_,
    }
