"""Findings, dealings and decisions at the terminal; a decision is taken by a second person."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - the command line reads it
from typing import Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.coercion.screening.actions import (
    AnswerPlan,
    AssessmentPlan,
    CheckPlan,
    DecisionPlan,
    MitigationPlan,
    RequestPlan,
    ask_for_information,
    assess_factor,
    comment_on_notice,
    correct_assessment,
    decline_lifting,
    propose_decision,
    record_answer,
    record_check,
    record_comment,
    record_mitigation,
    record_recourse,
    record_result,
    record_scope,
    return_decision,
    send_notice,
    take_decision,
    write_notice,
)
from undaunted.coercion.screening.analysis.partners import laws_found, partner_periods
from undaunted.coercion.screening.commands.acting import (
    Reference,
    Why,
    acting,
    case_here,
    day_of,
    evidence_of,
    found,
    row_here,
)
from undaunted.coercion.screening.commands.root import commands
from undaunted.coercion.screening.commands.sheets import period_lines
from undaunted.coercion.screening.models import (
    Assessment,
    Decision,
    Mitigation,
    Notice,
    Recourse,
    Request,
)
from undaunted.coercion.screening.queries import case_as_known, notice_for, notices_received
from undaunted.coercion.screening.readers import read_deal_file
from undaunted.coercion.screening.rules import (
    FIRST_LOOK,
    DecisionKind,
    Found,
    Outcome,
    Terms,
)
from undaunted.coercion.screening.rules import Mitigation as MeasureKind
from undaunted.coercion.screening.rules.casework import CommentKind, RecourseResult

__all__: list[str] = []

Text = Annotated[str, typer.Argument(help="What is said.")]
Evidence = Annotated[list[str] | None, typer.Option(help="Kind and id, as fact:ID.")]
Kept = Annotated[str, typer.Option(help="Read by the screening team alone.")]


@commands.command("test-scope")
def test_scope(
    reference: Reference,
    facts: Annotated[Path, typer.Argument(help="Facts of the deal, TOML or JSON.")],
) -> None:
    """Hold the investment against every regime of its day, and keep the answers."""
    with acting() as actor:
        deal = read_deal_file(facts)
        case = case_here(actor, reference)
        for row in record_scope(case, deal, actor=actor, at=timezone.now()):
            typer.echo(f"{row.regime}: in scope {row.outcome}, filing {row.duty}")
            for each in row.missing:
                typer.echo(f"  missing: {each['field']}, {each['asks']}")


@commands.command("assess")
def assess(  # noqa: PLR0913 - what an assessment is
    reference: Reference,
    regime: Annotated[str, typer.Argument(help="Its key.")],
    factor: Annotated[str, typer.Argument(help="Its code.")],
    finding: Annotated[Found, typer.Argument(help="What was found.")],
    reasons: Text,
    *,
    evidence: Evidence = None,
    kept: Kept = "",
    corrects: Annotated[UUID | None, typer.Option(help="Assessment that it replaces.")] = None,
    why: Why = "",
) -> None:
    """Assess one factor, with reasons and evidence, or correct one."""
    with acting() as actor:
        plan = AssessmentPlan(regime, factor, finding, reasons, evidence_of(evidence or ()), kept)
        case, now = case_here(actor, reference), timezone.now()
        if corrects is None:
            made = assess_factor(case, plan, actor=actor, at=now)
        else:
            old = row_here(actor, Assessment, corrects)
            made = correct_assessment(old, plan, why=why, actor=actor, at=now)
        typer.echo(str(made.pk))


@commands.command("request")
def request(  # noqa: PLR0913 - what a request is
    reference: Reference,
    addressee: Annotated[str, typer.Argument(help="Who is asked.")],
    text: Text,
    *,
    due: Annotated[str, typer.Option(help="Day by which it is awaited.")] = "",
    stops: Annotated[bool, typer.Option("--stops", help="Periods stand still.")] = False,
    for_partners: Annotated[
        bool, typer.Option("--for-partners", help="They asked for it.")
    ] = False,
    kept: Kept = "",
) -> None:
    """Ask somebody for information."""
    with acting() as actor:
        until = day_of("due", due) if due else None
        plan = RequestPlan(addressee, text, until, stops, kept, for_partners)
        case = case_here(actor, reference)
        typer.echo(str(ask_for_information(case, plan, actor=actor, at=timezone.now()).pk))


@commands.command("answer")
def answer(
    which: Annotated[UUID, typer.Argument(help="Id of the request.")],
    text: Text,
    *,
    received: Annotated[str, typer.Option(help="Day on which it came; else today.")] = "",
    partly: Annotated[bool, typer.Option("--partly", help="More is awaited.")] = False,
    kept: Kept = "",
) -> None:
    """Record what came back; periods go on when it is complete."""
    with acting() as actor:
        plan = AnswerPlan(day_of("received", received), text, not partly, kept)
        held = row_here(actor, Request, which)
        typer.echo(str(record_answer(held, plan, actor=actor, at=timezone.now()).pk))


@commands.command("notice")
def notice(  # noqa: PLR0913 - what a notice is
    reference: Reference,
    recipient: Annotated[UUID, typer.Argument(help="Id of the partner authority.")],
    *,
    stakes: Annotated[bool, typer.Option("--stakes", help="With the stakes.")] = False,
    factor: Annotated[list[UUID] | None, typer.Option(help="Assessments to tell.")] = None,
    message: Annotated[str, typer.Option(help="A text of its own.")] = "",
    though_outside: Annotated[str, typer.Option(help="Why, where no law reaches the deal.")] = "",
) -> None:
    """Write down what a partner will be told; a second person sends it."""
    with acting() as actor:
        made = write_notice(
            case_here(actor, reference), recipient, with_stakes=stakes, factors=factor or (),
            message=message, though_outside=though_outside, actor=actor, at=timezone.now(),
        )  # fmt: skip
        typer.echo(str(made.pk))
        for law, outcome in laws_found(case_as_known(actor, made.case, timezone.now())):
            starts = "starts its periods" if law.key in (made.laws or ()) else "starts no period"
            typer.echo(f"{law.title}: in scope {outcome or 'not tested'}; {starts}", err=True)


@commands.command("send")
def send(which: Annotated[UUID, typer.Argument(help="Id of the notice.")]) -> None:
    """Send a notice as a second person."""
    with acting() as actor:
        send_notice(row_here(actor, Notice, which), actor=actor, at=timezone.now())


@commands.command("notices")
def notices() -> None:
    """List what other authorities sent to yours."""
    with acting() as actor:
        for row in notices_received(actor):
            typer.echo(f"{row.pk}  {row.sent_at:%Y-%m-%d}  {row.content['title']}")


@commands.command("comment")
def comment(
    on: Annotated[str, typer.Argument(help="Id of a notice, or short name of your case.")],
    text: Text,
    *,
    author: Annotated[str, typer.Option(help="Authority that speaks.")],
    kind: Annotated[CommentKind, typer.Option(help="What it is.")] = CommentKind.COMMENT,
    received: Annotated[str, typer.Option(help="Day on which it came; else today.")] = "",
) -> None:
    """Comment on a notice you got, or write down what an authority said on your case."""
    with acting() as actor:
        now = timezone.now()
        try:
            held = found(notice_for(actor, UUID(on)), on)
        except ValueError:
            case, day = case_here(actor, on), day_of("received", received)
            made = record_comment(
                case, text, author=author, kind=kind, received_on=day, actor=actor, at=now
            )
        else:
            made = comment_on_notice(held, text, author=author, kind=kind, actor=actor, at=now)
        typer.echo(str(made.pk))


@commands.command("decide")
def decide(  # noqa: PLR0913 - what a decision is
    reference: Reference,
    kind: Annotated[DecisionKind, typer.Argument(help="What is decided.")],
    reasons: Text,
    *,
    regime: Annotated[str, typer.Option(help="Under which regime.")],
    factor: Annotated[list[UUID], typer.Option(help="Assessments it rests on.")],
    day: Annotated[str, typer.Option(help="Day from which it counts; else today.")] = "",
    condition: Annotated[list[str] | None, typer.Option(help="A condition it sets.")] = None,
    since: Annotated[str, typer.Option(help="Conditions bind from; else its day.")] = "",
    until: Annotated[str, typer.Option(help="Last day of conditions; else until lifted.")] = "",
    months: Annotated[int, typer.Option(help="Between two looks at conditions.")] = FIRST_LOOK,
    watched_by: Annotated[str, typer.Option(help="Who looks; else the authority.")] = "",
    no_less: Annotated[str, typer.Option(help="Why conditions do not suffice.")] = "",
    account: Annotated[str, typer.Option(help="What became of partners' comments.")] = "",
    completed: Annotated[bool, typer.Option("--completed", help="The deal is done.")] = False,
    unwind_by: Annotated[str, typer.Option(help="Last day on which it is unwound.")] = "",
    urgent: Annotated[str, typer.Option(help="Why it does not wait for partners.")] = "",
    told_on: Annotated[str, typer.Option(help="Day on which partners were told so.")] = "",
    told_to: Annotated[str, typer.Option(help="Which partners were told so.")] = "",
    kept: Kept = "",
) -> None:
    """Propose a decision; it waits for a second person, and rests on a factor."""
    with acting() as actor:
        days = [day_of(name, text) if text else None
                for name, text in (("since", since), ("until", until))]  # fmt: skip
        terms = (Terms(days[0], months, watched_by, days[1]),) if condition else ()
        plan = DecisionPlan(
            regime, kind, reasons, tuple(factor), day_of("day", day), tuple(condition or ()),
            no_less, account, completed, kept, terms, urgent,
            day_of("unwind_by", unwind_by) if unwind_by else None,
            day_of("told_on", told_on) if told_on else None, told_to,
        )  # fmt: skip
        case = case_here(actor, reference)
        typer.echo(str(propose_decision(case, plan, actor=actor, at=timezone.now()).pk))
        for line in period_lines(partner_periods(actor, case, timezone.now())):
            typer.echo(line, err=True)


@commands.command("take")
def take(which: Annotated[UUID, typer.Argument(help="Id of the decision.")]) -> None:
    """Take a decision as it was proposed, as a second person."""
    with acting() as actor:
        take_decision(row_here(actor, Decision, which), actor=actor, at=timezone.now())


@commands.command("return")
def send_back(
    which: Annotated[UUID, typer.Argument(help="Id of the decision.")],
    why: Annotated[str, typer.Argument(help="Why.")],
) -> None:
    """Send a proposed decision back with a reason."""
    with acting() as actor:
        return_decision(row_here(actor, Decision, which), why, actor=actor, at=timezone.now())


@commands.command("recourse")
def recourse(  # noqa: PLR0913 - against what, where, when, what came of it
    which: Annotated[UUID, typer.Argument(help="Id of the decision.")],
    body: Annotated[str, typer.Argument(help="Court or body.")],
    *,
    lodged: Annotated[str, typer.Option(help="Day; else today.")] = "",
    outcome: Annotated[str, typer.Option(help="What came of it.")] = "",
    outcome_on: Annotated[str, typer.Option(help="Day of what came of it; else today.")] = "",
    result: Annotated[RecourseResult | None, typer.Option(help="Whether it stands.")] = None,
) -> None:
    """Record that a decision was attacked, and what came of it."""
    with acting() as actor:
        held, day = row_here(actor, Decision, which), day_of("lodged", lodged)
        came_on = day_of("outcome-on", outcome_on) if outcome or outcome_on else None
        made = record_recourse(
            held, body=body, lodged_on=day, outcome=outcome, outcome_on=came_on, result=result,
            actor=actor, at=timezone.now(),
        )  # fmt: skip
        typer.echo(str(made.pk))


@commands.command("result")
def result(
    which: Annotated[UUID, typer.Argument(help="Id of the attack on a decision.")],
    result: Annotated[RecourseResult, typer.Argument(help="Whether the decision stands.")],
) -> None:
    """Record, as a second person, the result of an attack that has none yet."""
    with acting() as actor:
        held = row_here(actor, Recourse, which)
        typer.echo(str(record_result(held, result, actor=actor, at=timezone.now()).pk))


@commands.command("decline")
def decline(
    which: Annotated[UUID, typer.Argument(help="Id of the measure.")],
    why: Annotated[str, typer.Argument(help="Why.")],
) -> None:
    """Decline, as a second person and with a reason, that a measure be lifted."""
    with acting() as actor:
        held = row_here(actor, Mitigation, which)
        decline_lifting(held, why=why, actor=actor, at=timezone.now())


@commands.command("mitigate")
def mitigate(  # noqa: PLR0913 - what a measure is
    reference: Reference,
    kind: Annotated[MeasureKind, typer.Argument(help="What it asks for.")],
    text: Text,
    *,
    months: Annotated[int, typer.Option(help="Between two looks at it.")],
    watched_by: Annotated[str, typer.Option(help="Who looks at it.")],
    since: Annotated[str, typer.Option(help="First day; else today.")] = "",
    until: Annotated[str, typer.Option(help="Last day.")] = "",
) -> None:
    """Put a measure into the register, under the decision that was taken."""
    with acting() as actor:
        ends = day_of("until", until) if until else None
        plan = MitigationPlan(kind, text, day_of("since", since), months, watched_by, ends)
        made = record_mitigation(case_here(actor, reference), plan, actor=actor, at=timezone.now())
        typer.echo(str(made.pk))


@commands.command("check")
def check(
    which: Annotated[UUID, typer.Argument(help="Id of the measure.")],
    outcome: Annotated[Outcome, typer.Argument(help="What was found.")],
    text: Text,
    *,
    day: Annotated[str, typer.Option(help="Day; else today.")] = "",
    evidence: Evidence = None,
) -> None:
    """Record what was found when a measure was looked at."""
    with acting() as actor:
        plan = CheckPlan(day_of("day", day), outcome, text, evidence_of(evidence or ()))
        held = row_here(actor, Mitigation, which)
        typer.echo(str(record_check(held, plan, actor=actor, at=timezone.now()).pk))
