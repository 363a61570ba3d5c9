"""`undaunted sanctions`: lists held against each other, pairs judged, confirmed and undone.

Each step is of what was shown: without `--seen` a command shows it, with its mark, and ends there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC
from undaunted.core.matching.actions import (
    begin_comparing,
    compare_portions,
    confirm_batch,
    confirm_judgement,
    judge_entries,
    judge_entries_together,
    keep_candidates,
    undo_batch,
    undo_judgement,
)
from undaunted.core.matching.commands.acting import (
    AsJson,
    SeenMark,
    Share,
    acting,
    commands,
    id_read,
    print_json,
    refuse_unseen,
    show_sides,
)
from undaunted.core.matching.queries import (
    log_of,
    pair_for,
    pair_judged,
    queue_of,
    shown_of_pairs,
    standing_of,
    together_for,
)
from undaunted.core.matching.rules import Named, Reference, Verdict, Why
from undaunted.core.matching.writers import names_told, pair_told, standing_told
from undaunted.site.terminal import seen as escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.matching.queries import PairSheet, Together
    from undaunted.core.matching.rules import EntryKey, OpenPair

__all__: list[str] = []

Because = Annotated[str, typer.Option("--why", help="On what it rests, in your words.")]
Reason = Annotated[
    str, typer.Option("--why", help="On what it rests; needed for same and different.")
]
Left = Annotated[str, typer.Argument(help="One entry, as source:key.")]
Right = Annotated[str, typer.Argument(help="The other entry, as source:key.")]
AllOfIt = Annotated[
    bool, typer.Option("--together", help="Everything that was accepted in that act.")
]


def _id_of_a_verdict(text: str) -> UUID:
    return id_read(text, "judgements")


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
    share: Share = False,
    seen: SeenMark = "",
) -> None:
    """Hold lists against each other: what came or changed since the last time."""
    with acting() as actor:
        run = begin_comparing(actor=actor, at=timezone.now(), whole=whole)
    compared = found = refused = 0
    for portion in compare_portions(run):
        with acting() as actor:
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
        with acting() as actor:
            found_strong = queue_of(actor).acceptable
            pairs = found_strong.keys
            if pairs and not seen:
                _show_lines(found_strong)
                refuse_unseen(shown_of_pairs(actor, pairs).seen)
            batch = judge_entries_together(
                pairs, verdict=Verdict.SAME, why=why, share=share, seen=seen, actor=actor,
                at=timezone.now(),
            )  # fmt: skip
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
        print_json([pair_told(each) for each in held.pairs[:limit]])
        return
    _show_lines(held.pairs[:limit])
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
        print_json(told)
        return
    for party, keys in told["joined"].items():
        typer.echo(f"{party}: {', '.join(keys)}")
    typer.echo(
        f"{told['entries']} entries, {told['parties']} parties; {told['open']} pairs are open, "
        f"{told['waiting']} entries not yet compared, {len(told['contradictions'])} contradictions."
    )


@commands.command("judge")
def judge(  # noqa: PLR0913 - the pair, what is said of it and why, and what was shown
    left: Left,
    right: Right,
    verdict: Verdict,
    *,
    why: Reason = "",
    share: Share = False,
    seen: SeenMark = "",
) -> None:
    """Say that two entries, which are shown first, are the same, are different, or unsure."""
    with acting() as actor:
        pair = _entry(left), _entry(right)
        _show_first(None if seen else pair_for(actor, *pair))
        made = judge_entries(
            *pair, verdict=verdict, why=why, share=share, seen=seen, actor=actor, at=timezone.now()
        )
    typer.echo(f"{made.pk}  {made.left} {made.verdict} {made.right}")


@commands.command("judgements")
def show_log(
    *, limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50
) -> None:
    """Show the newest verdicts and what was undone."""
    with acting() as actor:
        for step in log_of(actor, most=limit):
            each = step.judgement
            done = "undone" if step.undone else "confirmed" if step.confirmed else each.verdict
            waits = "  waits for a second person" if step.waits else ""
            waits = "  replaced by a later verdict" if step.replaced else waits
            together = f"  together {each.batch}" if each.batch else ""
            kept = "a reason is kept; its organisation reads it" if step.reasoned else ""
            typer.echo(
                f"{step.at:%Y-%m-%d %H:%M}  {each.pk}  {done:<9} {each.left}  {each.right}  "
                f"{step.who}  {step.organisation}  {step.why or kept}{together}{waits}"
            )


@commands.command("confirm")
def confirm(which: Which, *, together: AllOfIt = False, seen: SeenMark = "") -> None:
    """Confirm what another person judged: only then are the entries shown as one party."""
    with acting() as actor:
        if together:
            _show_act_first(None if seen else together_for(actor, which))
            count = confirm_batch(which, seen=seen, actor=actor, at=timezone.now())
            typer.echo(f"{count} verdicts confirmed")
            return
        _show_first(None if seen else pair_judged(actor, which))
        confirm_judgement(which, seen=seen, actor=actor, at=timezone.now())
        typer.echo(f"confirmed  {which}")


@commands.command("undo")
def undo(
    which: Which,
    *,
    together: AllOfIt = False,
    why: Because = "",
    share: Share = False,
    seen: SeenMark = "",
) -> None:
    """Take a verdict back, or all that were given in one act; they stay in the log."""
    with acting() as actor:
        at = timezone.now()
        if together:
            _show_act_first(None if seen else together_for(actor, which))
            count = undo_batch(which, why=why, share=share, seen=seen, actor=actor, at=at)
            typer.echo(f"{count} verdicts undone")
            return
        _show_first(None if seen else pair_judged(actor, which))
        undo_judgement(which, why=why, share=share, seen=seen, actor=actor, at=at)
        typer.echo(f"undone  {which}")


def _show_first(sheet: PairSheet | None) -> None:
    """Show a pair, and end there: what is said of it is said once it was looked at."""
    if sheet is None:
        return
    show_sides(
        [
            (":".join(key) + ("  on its list no more" if key in sheet.shown.gone else ""), told)
            for key, told in sheet.told
        ]
    )
    if (row := sheet.standing) is not None:
        again = ": judge the pair again" if sheet.ours else ": its organisation judges it again"
        changed = f"  changed since it was judged{again}"
        state = "  confirmed by two" if row.confirmed_at else "  one person judged it"
        typer.echo(f"judged  {row.verdict}  {row.at:%Y-%m-%d}{state}"
                   f"{changed if sheet.judged_otherwise else ''}")  # fmt: skip
    refuse_unseen(sheet.seen)


def _show_act_first(act: Together | None) -> None:
    """Show all pairs of an act, and end there."""
    if act is None:
        return
    for pairs, state in ((act.pairs, Why.WAITS.value), (act.changed, Why.CHANGED.value),
                         (act.settled, "settled")):  # fmt: skip
        _show_lines(pairs, state)
    refuse_unseen(act.seen)


def _show_lines(pairs: Iterable[OpenPair], state: str = "") -> None:
    """Show pairs, each with its state or why it waits; signs that command are escaped."""
    for each in pairs:
        names = " · ".join(names_told(each.reasons))
        known = ", ".join(str(r["by"]) for r in each.reasons if r.get("ground") == "fact")
        sides = f"{':'.join(each.left)}  {':'.join(each.right)}"
        told = f"{each.score:.2f}  {sides}  {names}  {known}  [{state or each.why.value}]"
        typer.echo(escaped(told))


def _entry(text: str) -> EntryKey:
    return Reference(Named.ENTRY, text).entry
