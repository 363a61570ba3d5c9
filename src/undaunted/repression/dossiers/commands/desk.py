"""`undaunted dossiers`: what one handles, the laws side by side, submissions."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.repression.dossiers.actions import (
    SubmissionPlan,
    end_submission,
    open_submission_file,
    release_submission,
    rewrite_submission,
    write_submission,
)
from undaunted.repression.dossiers.analysis import (
    acts_of,
    beside_told,
    dossier_short,
    dossier_told,
    gather,
    laws_beside,
    listed_beside,
    lists_not_held,
    submission_told,
    tests_told,
)
from undaunted.repression.dossiers.commands.acting import Which, acting, dossier_here, found
from undaunted.repression.dossiers.queries import (
    dossiers_for,
    files_given,
    submission_for,
    submissions_of,
)
from undaunted.repression.dossiers.rules import FIRST_LAWS
from undaunted.repression.sanctions.rules import authorities, authority_for

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Submission

__all__ = ["commands"]

commands = typer.Typer(
    help="Dossiers on those responsible.", no_args_is_help=True, add_completion=False
)
Sent = Annotated[UUID, typer.Argument(help="Id of the submission, as `show` tells it.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
Laws = Annotated[list[str] | None, typer.Option("--law", help="Only this law; say it again.")]


@commands.command("list")
def list_dossiers(*, as_json: AsJson = False) -> None:
    """List the dossiers that you handle."""
    with acting() as actor:
        rows = [dossier_short(each) for each in dossiers_for(actor)]
    if as_json:
        return _printed(rows)
    for each in rows:
        typer.echo(f"{each['id']}  {each['country']}  TLP:{each['tlp']}  {each['title']}")
    return None


@commands.command("show")
def show(which: Which) -> None:
    """Show a dossier whole as JSON, with its submissions."""
    with acting() as actor:
        held = dossier_here(actor, which)
        told = dossier_told(actor, gather(actor, held))
        told["submissions"] = [
            submission_told(each, files_given(actor, each)) for each in submissions_of(actor, held)
        ]
    _printed(told)


@commands.command("test")
def under_laws(which: Which, *, law: Laws = None, as_json: AsJson = False) -> None:
    """Test a dossier under the laws: element by element, and what would meet what lacks."""
    with acting() as actor:
        held = dossier_here(actor, which)
        chosen = [authority_for(each) for each in law or ()]
        chosen = chosen or [each for each in authorities().values() if each.pack]
        sheet = gather(actor, held)
        lines = laws_beside(actor, sheet, chosen, on=timezone.now().date())
        told = tests_told(sheet, lines)
        names = {str(each.row.pk): each.label for each in sheet.people}
    if as_json:
        return _printed(told)
    for person in told:
        typer.echo(names[person["person"]])
        for each in person["tests"]:
            act = f" (act {each['act']})" if each["act"] else ""
            over = "; met over several acts, none carries all" if each["over_several_acts"] else ""
            typer.echo(f"  {each['jurisdiction']}  {each['law']}: {each['fit']}{act}{over}")
            for element in each["elements"]:
                ways = " or ".join(" + ".join(way) for way in element["wants"])
                lacks = f"; missing: {ways}" if ways else ""
                typer.echo(f"    {element['title']}: {element['state']}{lacks}")
    return None


@commands.command("listed")
def listed(
    which: Which,
    *,
    law: Laws = None,
    event: Annotated[UUID | None, typer.Option(help="Claim of an event of the dossier.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show who of a dossier is listed where, and what the law of each gap still asks."""
    with acting() as actor:
        chosen = [authority_for(each) for each in law or FIRST_LAWS]
        sheet = gather(actor, dossier_here(actor, which))
        acts = acts_of(sheet, event)
        today = timezone.now().date()
        told = beside_told(listed_beside(actor, [sheet], chosen, on=today, acts=acts))
    if as_json:
        return _printed(told)
    for each in told["people"]:
        typer.echo(each["name"])
        for sentence in each["sentences"]:
            typer.echo(f"  {sentence}")
        for one in each["alike"]:
            typer.echo(f"  alike: {one['name']}  {one['list']}:{one['key']}  {one['score']:.2f}")
    return None


@commands.command("write")
def write(  # noqa: PLR0913 - for whom, under which law, whose key
    which: Which,
    law: Annotated[str, typer.Argument(help="Code of the law.")],
    *,
    recipient: Annotated[str, typer.Option(help="The office that reads it.")],
    language: Annotated[str, typer.Option(help="Language of the paper.")] = "en",
    partner: Annotated[UUID | None, typer.Option(help="Partner whose key seals names.")] = None,
    key: Annotated[str, typer.Option(help="Or a key that begins with age1.")] = "",
    coincidence: Annotated[
        list[str] | None, typer.Option(help="A word that is a victim's surname and means another.")
    ] = None,
    about: Annotated[
        list[UUID] | None, typer.Option(help="Whom it is about, by id, as `show` tells it.")
    ] = None,
    summary: Annotated[
        str, typer.Option(help="Of this submission; else the dossier's, which names nobody else.")
    ] = "",
    without_summary: Annotated[
        bool, typer.Option(help="Put one together from the paper, not the dossier's.")
    ] = False,
) -> None:
    """Write a submission from the dossier, of whoever agreed to its recipient."""
    with acting() as actor:
        plan = SubmissionPlan(
            law, recipient, language, about or (), partner, key, coincidence or (), summary,
            without_summary,
        )  # fmt: skip
        made = write_submission(dossier_here(actor, which), plan, actor=actor, at=timezone.now())
        _tell(actor, made)
        _say_unsearched(actor, made)


@commands.command("release")
def release(
    which: Sent,
    without: Annotated[
        list[str] | None,
        typer.Option(help="Code of a list that one person alone changed since; several."),
    ] = None,
) -> None:
    """Release a submission as a second person."""
    with acting() as actor:
        held = _submission(actor, which)
        made = release_submission(held, actor=actor, at=timezone.now(), without=without or ())
        _tell(actor, made)


@commands.command("again")
def again(
    which: Sent,
    *,
    summary: Annotated[str, typer.Option(help="Of this submission, in place of its own.")] = "",
    without_summary: Annotated[
        bool, typer.Option(help="Put one together from the paper, in place of its own.")
    ] = False,
) -> None:
    """Write a submission anew from what is known and agreed to now; the old one ends."""
    with acting() as actor:
        held = _submission(actor, which)
        made = rewrite_submission(
            held, actor=actor, at=timezone.now(), summary=summary, neutral=without_summary
        )
        _tell(actor, made)
        _say_unsearched(actor, made)


@commands.command("end")
def end(which: Sent) -> None:
    """End a submission and destroy its files."""
    with acting() as actor:
        made = end_submission(_submission(actor, which), actor=actor, at=timezone.now())
        _tell(actor, made)


@commands.command("file")
def file(
    which: Sent,
    name: Annotated[str, typer.Argument(help="Name of the file, such as draft.pdf.")],
    *,
    out: Annotated[Path, typer.Option(help="Where it is written; nothing is written over.")],
) -> None:
    """Save one file of a submission."""
    with acting() as actor:
        given = open_submission_file(
            _submission(actor, which), name, actor=actor, at=timezone.now()
        )
        with out.open("xb") as target:
            target.write(bytes(given.content or b""))
        typer.echo(f"{out}  SHA-256 {given.sha256}")


def _submission(actor: Actor, which: UUID) -> Submission:
    return found(submission_for(actor, which), which)


def _tell(actor: Actor, made: Submission) -> None:
    typer.echo(f"{made.number}  {made.pk}  {made.state}  {made.reader}")
    for each in files_given(actor, made):
        typer.echo(f"  {each.name}  {each.size}  {each.sha256}")


def _say_unsearched(actor: Actor, made: Submission) -> None:
    """Say which lists nobody could search, as the paper says."""
    if lacking := lists_not_held(actor, first=made.jurisdiction):
        typer.echo(f"  not searched, as no version is held here: {', '.join(lacking)}")


def _printed(told: object) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
