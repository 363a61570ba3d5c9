"""`undaunted sanctions`: lists held against each other, pairs judged and undone, files screened."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import PUBLIC, AccessError
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.matching.actions import (
    MatchingRefused,
    answer_question,
    begin_comparing,
    compare_portions,
    confirm_batch,
    confirm_judgement,
    judge_entries,
    judge_entries_together,
    keep_candidates,
    screen_subjects,
    undo_answer,
    undo_batch,
    undo_judgement,
)
from undaunted.core.matching.analysis import name_meant
from undaunted.core.matching.queries import (
    log_of,
    questions_for,
    queue_of,
    sheets_of,
    standing_of,
    strong_pairs,
    uncompared_of,
)
from undaunted.core.matching.rules import (
    Named,
    Reference,
    ReferenceMalformed,
    SubjectsUnknown,
    Verdict,
    Why,
)
from undaunted.core.matching.writers import names_told, pair_told, standing_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules import EntryKey

__all__ = ["commands"]

REFUSED = 2
_VERDICTS = "|".join(Verdict)

commands = typer.Typer(no_args_is_help=True, add_completion=False)
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Because = Annotated[str, typer.Option("--why", help="On what it rests, in your words.")]
Reason = Annotated[
    str, typer.Option("--why", help="On what it rests; needed for same and different.")
]
Holder = Annotated[str, typer.Option("--for", help="Name of your organisation, if several.")]
Left = Annotated[str, typer.Argument(help="One entry, as source:key.")]
Right = Annotated[str, typer.Argument(help="The other entry, as source:key.")]


def _id_of_a_verdict(text: str) -> UUID:
    return _id(text, "judgements")


def _id_of_an_answer(text: str) -> UUID:
    return _id(text, "answer")


def _id(text: str, shown_by: str) -> UUID:
    """Read an id; one that is none is refused in words that say where ids stand."""
    try:
        return UUID(text)
    except ValueError:
        raise typer.BadParameter(_no_id(text, shown_by)) from None


def _no_id(text: str, shown_by: str) -> str:
    return f"{text[:60]!r} is no id; write one as `undaunted sanctions {shown_by}` shows it"


Which = Annotated[
    UUID,
    typer.Argument(help="A verdict, or what `resolve` printed.", parser=_id_of_a_verdict),
]


@commands.command("resolve")
def resolve(
    *,
    whole: Annotated[
        bool, typer.Option("--whole", help="Compare everything anew, not only what changed.")
    ] = False,
    accept: Annotated[
        bool,
        typer.Option("--accept-strong", help="Accept together what also shares a birth or number."),
    ] = False,
    why: Annotated[
        str, typer.Option("--why", help="On what it rests; needed with --accept-strong.")
    ] = "",
) -> None:
    """Hold lists against each other: what came or changed since the last time."""
    with _acting() as actor:
        run = begin_comparing(actor=actor, at=timezone.now(), whole=whole)
    compared = found = refused = 0
    for portion in compare_portions(run):
        with _acting() as actor:
            kept = keep_candidates(portion, actor=actor, at=timezone.now())
        compared, found = compared + kept.compared, found + len(kept.found)
        refused += kept.refused
        if compared < len(run.waiting):
            typer.echo(f"{compared} of {len(run.waiting)} compared and kept", err=True)
    typer.echo(
        f"{run.entries} entries in force: {compared} compared, {found} pairs came up, "
        f"{refused} cannot be compared."
    )
    if accept:
        with _acting() as actor:
            pairs = strong_pairs(actor)
            batch = judge_entries_together(
                pairs, verdict=Verdict.SAME, why=why, actor=actor, at=timezone.now()
            )
        typer.echo(
            f"{len(pairs)} pairs accepted together; a second person confirms them: "
            f"confirm {batch} --together; to undo them: undo {batch} --together"
        )


@commands.command("review")
def review(
    words: Annotated[str, typer.Argument(help="Words of a name; all without.")] = "",
    *,
    source: Annotated[str, typer.Option(help="Only with entries of that list.")] = "",
    why: Annotated[Why | None, typer.Option("--waits", help="Only what waits for that.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show the pairs that wait for somebody, likeliest first, and verdicts that contradict."""
    held = queue_of(PUBLIC, why=why, source=source, words=words)
    if as_json:
        _print_json([pair_told(each) for each in held.pairs[:limit]])
        return
    for each in held.pairs[:limit]:
        names = " · ".join(names_told(each.reasons))
        known = ", ".join(str(r["by"]) for r in each.reasons if r.get("ground") == "fact")
        sides = f"{':'.join(each.left)}  {':'.join(each.right)}"
        typer.echo(f"{each.score:.2f}  {sides}  {names}  {known}  [{each.why.value}]")
    for found, _rows in held.contradictions:
        typer.echo(
            f"contradiction: {found.left.key} and {found.right.key} are judged to be different "
            f"({found.different}), and made the same by {', '.join(found.chain)}"
        )
    typer.echo(
        f"{len(held.pairs)} pairs wait; {len(held.waiting)} entries are not yet compared, "
        f"{len(held.refused)} cannot be."
    )


@commands.command("standing")
def show_standing(*, as_json: AsJson = False) -> None:
    """Say who is whom: entries confirmed to be one, and how much is not settled."""
    told = standing_told(standing_of(PUBLIC))
    if as_json:
        _print_json(told)
        return
    for party, keys in told["joined"].items():
        typer.echo(f"{party}: {', '.join(keys)}")
    typer.echo(
        f"{told['entries']} entries, {told['parties']} parties; {told['open']} pairs are open, "
        f"{told['waiting']} entries not yet compared, {len(told['contradictions'])} contradictions."
    )


@commands.command("judge")
def judge(left: Left, right: Right, verdict: Verdict, *, why: Reason = "") -> None:
    """Say that two entries are the same, are different, or that you are unsure."""
    with _acting() as actor:
        made = judge_entries(
            _entry(left), _entry(right), verdict=verdict, why=why, actor=actor, at=timezone.now()
        )
    typer.echo(f"{made.pk}  {made.left} {made.verdict} {made.right}")


@commands.command("judgements")
def show_log(
    *, limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50
) -> None:
    """Show the newest verdicts and what was undone."""
    with _acting() as actor:
        for step in log_of(actor, most=limit):
            each = step.judgement
            done = "undone" if step.undone else "confirmed" if step.confirmed else each.verdict
            waits = "  waits for a second person" if step.waits else ""
            waits = "  replaced by a later verdict" if step.replaced else waits
            together = f"  together {each.batch}" if each.batch else ""
            typer.echo(
                f"{step.at:%Y-%m-%d %H:%M}  {each.pk}  {done:<9} {each.left}  {each.right}  "
                f"{step.who}  {step.why}{together}{waits}"
            )


@commands.command("confirm")
def confirm(
    which: Which,
    *,
    together: Annotated[
        bool, typer.Option("--together", help="Everything that was accepted in that act.")
    ] = False,
) -> None:
    """Confirm what another person judged: only then are the entries shown as one party."""
    with _acting() as actor:
        if together:
            count = confirm_batch(which, actor=actor, at=timezone.now())
            typer.echo(f"{count} verdicts confirmed")
            return
        confirm_judgement(which, actor=actor, at=timezone.now())
        typer.echo(f"confirmed  {which}")


@commands.command("undo")
def undo(
    which: Which,
    *,
    together: Annotated[
        bool, typer.Option("--together", help="Everything that was accepted in that act.")
    ] = False,
    why: Because = "",
) -> None:
    """Take a verdict back, or all that were given in one act; they stay in the log."""
    with _acting() as actor:
        if together:
            count = undo_batch(which, why=why, actor=actor, at=timezone.now())
            typer.echo(f"{count} verdicts undone")
            return
        undo_judgement(which, why=why, actor=actor, at=timezone.now())
        typer.echo(f"undone  {which}")


@commands.command("screen-cases")
def screen_cases(*, holder: Holder = "", as_json: AsJson = False) -> None:
    """Hold the people of your organisation's case files against lists in force."""
    with _acting() as actor:
        done = screen_subjects(_holder(actor, holder), Named.PERSON, actor=actor, at=timezone.now())
        refused = uncompared_of(actor, done.refused)
    if as_json:
        told = {name: getattr(done, name) for name in _COUNTS}
        _print_json(told | {"refused": [asdict(each) for each in refused]})
        return
    typer.echo(
        f"{done.asked} people: {done.new} new questions, {done.again} asked again, "
        f"{done.remembered} answered before, {done.closed} closed, "
        f"{len(done.refused)} names cannot be compared."
    )
    for each in refused:
        typer.echo(f"not compared  {each.subject}  {each.called}  {each.why}")


@commands.command("screen")
def show_questions(
    *,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
) -> None:
    """Show the questions about people in your files that wait for an answer."""
    with _acting() as actor:
        rows = questions_for(actor)
        for each in sheets_of(actor, rows[:limit]):
            name = name_meant(each) or "the file is gone"
            listed = each.entry.name if each.entry else "on its list no more"
            asked = each.question
            state = "  waits for a second person" if each.waits else ""
            state = "  changed since it was answered" if each.again else state
            typer.echo(f"{asked.likeness:.2f}  {asked.pk}  {name}  {asked.entry}  {listed}{state}")
        typer.echo(f"{rows.count()} questions wait.")


@commands.command("answer")
def answer(
    question: Annotated[str, typer.Argument(help="Id, as `screen` shows it.")],
    verdict: Annotated[str, typer.Argument(metavar=f"[{_VERDICTS}]")],
    *,
    why: Annotated[str, typer.Option("--why", help="On what it rests; always needed.")] = "",
) -> None:
    """Answer whether somebody in a file is who is listed, with a reason."""
    which, said = _answered(question, verdict)
    with _acting() as actor:
        made = answer_question(which, verdict=said, why=why, actor=actor, at=timezone.now())
    waits = "  waits for a second person" if made.waits else ""
    typer.echo(f"{made.pk}  {made.verdict}  {made.entry}{waits}")


@commands.command("undo-answer")
def undo_answered(
    which: Annotated[UUID, typer.Argument(help="As `answer` printed it.", parser=_id_of_an_answer)],
) -> None:
    """Take an answer back; the question is asked again."""
    with _acting() as actor:
        undo_answer(which, actor=actor, at=timezone.now())
    typer.echo(f"undone  {which}")


def _answered(question: str, verdict: str) -> tuple[UUID, Verdict]:
    """Read both words; what is wrong with either is told at once."""
    faults = []
    try:
        which = UUID(question)
    except ValueError:
        faults.append(_no_id(question, "screen"))
    try:
        said = Verdict(verdict)
    except ValueError:
        faults.append(f"{verdict[:60]!r} is no verdict; write one of {_VERDICTS}")
    if faults:
        raise typer.BadParameter(". ".join(faults))
    return which, said


_COUNTS = ("asked", "new", "again", "remembered", "closed")


def _holder(actor: Actor, named: str) -> UUID:
    found = list(organisations_for(actor).filter(**({"name": named} if named else {})))
    if len(found) != 1:
        names = ", ".join(str(each.name) for each in organisations_for(actor))
        raise MatchingRefused(f"for: name one of your organisations: {names}")
    return found[0].pk


def _entry(text: str) -> EntryKey:
    return Reference(Named.ENTRY, text).entry


def _print_json(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (MatchingRefused, ReferenceMalformed, SubjectsUnknown, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def _acting() -> Iterator[Actor]:
    with _refusals(), transaction.atomic():
        yield signed_in("sanctions")
