"""What is done with files alone, without a database: request, clean, check, compare, kit."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from django.utils import timezone

from undaunted.coercion.instruments.analysis import design_with_stakes
from undaunted.coercion.instruments.commands.root import (
    COMMON,
    REFUSED,
    AsOf,
    StakesFile,
    State,
    commands,
    day_of,
    stakes_of,
)
from undaunted.coercion.instruments.readers import (
    FileRefused,
    check_documents,
    check_written,
    read_design,
    read_injury,
    read_request,
)
from undaunted.coercion.instruments.rules import (
    CLOCKS,
    IN_FORCE,
    InstrumentRefused,
    Stage,
    Verdict,
    checked_day,
    common_words,
    compared,
    gaps_to_model,
    judge,
)
from undaunted.coercion.instruments.writers import (
    comparison_csv,
    comparison_paper,
    comparison_told,
    kit_paper,
    write_paper_pdf,
    write_paper_word,
    write_request,
)
from undaunted.core.clocks.rules import due, rule_for
from undaunted.core.editions.rules import EditionRefused
from undaunted.core.evidence.rules import Uncleanable
from undaunted.core.evidence.writers import clean_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.coercion.instruments.rules import Judged
    from undaunted.coercion.instruments.writers import Paper

__all__: list[str] = []

Out = Annotated[Path, typer.Option("--out", help="The folder to write to.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
SECRET_FOLDER, OPEN_FOLDER = "confidential", "open"
OWN, OWN_FOLDER = 0o600, 0o700


@commands.command()
def request(
    facts: Annotated[Path, typer.Argument(help="An exporter's facts: TOML, JSON or CSV.")],
    *,
    out: Out,
    started: Annotated[
        str, typer.Option(help="Day on which the examination began, to reckon its limit.")
    ] = "",
) -> None:
    """Write a request under Article 4 and a summary that tells nobody who asks."""
    with _refusals():
        now = timezone.now()
        limit = _examined(day_of(started, now.date()), now) if started else ""
        held = read_request(facts)
        written = write_request(held.request, day=now.date(), moment=int(now.timestamp()))
        check_documents(held.request, held.documents)
        check_written(held.request, written.open, written.blank)
        common = common_words(held.request)
        _keep(out / SECRET_FOLDER, written.secret, secret=True)
        _keep(out / OPEN_FOLDER, written.open)
    typer.echo(f"{out / SECRET_FOLDER}: for the Commission alone: {', '.join(written.secret)}")
    typer.echo(f"{out / OPEN_FOLDER}: for everybody: {', '.join(written.open)}")
    if common:
        typer.echo(COMMON.format(places=", ".join(common)))
    typer.echo(limit or "The examination normally ends 4 months after it begins (soft; --started).")


@commands.command()
def clean(
    document: Annotated[Path, typer.Argument(help="Word, Excel, PowerPoint, OpenDocument, PDF.")],
    copy: Annotated[Path, typer.Argument(help="The file to write; none is written over.")],
) -> None:
    """Write a copy of a document without what tells who made it; name the copy in a request."""
    with _refusals():
        if copy.exists():
            raise InstrumentRefused(f"{copy.name}: there is such a file; name another")
        try:
            with document.open("rb") as content:
                found = clean_copy(content)
        except Uncleanable as refused:
            raise InstrumentRefused(
                f"{document.name}: no clean copy can be written ({refused.reason.value}); give it "
                "as plain text, or mark it confidential"
            ) from None
        copy.write_bytes(found.content)
    gone = ", ".join(each.replace("_", " ") for each in found.removed) or "nothing"
    typer.echo(f"{copy}: without {gone}. Look at it before you name it.")


@commands.command()
def check(  # noqa: PLR0913 - its options
    measures: Annotated[Path, typer.Argument(help="Designed measures and answers, TOML.")],
    *,
    injury: Annotated[Path, typer.Option(help="The measured injury: TOML or JSON.")],
    stakes: StakesFile = None,
    state: State = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Hold measures against the tests of law and the injury; 1 where they go beyond it."""
    with _refusals():
        design, ids = read_design(measures)
        if given := stakes_of(stakes, state, as_of):
            design = design_with_stakes(design, ids, given)
        judged = judge(design, read_injury(injury))
    if as_json:
        typer.echo(json.dumps(asdict(judged), ensure_ascii=False, indent=2, default=str))
    else:
        _show(judged)
    raise typer.Exit(1 if judged.proportionality.verdict is Verdict.REFUSED else 0)


@commands.command()
def compare(
    which: Annotated[
        list[str] | None, typer.Argument(help="Keys or codes of states; else all.")
    ] = None,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write Word, PDF and CSV there.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say which instrument has which feature, who says so, and what lacks to the model law."""
    with _refusals():
        chosen = compared(which or ())
        if out is not None:
            files = _paper_files("comparison", comparison_paper(chosen, day=timezone.now().date()))
            _keep(out, files | {"comparison.csv": comparison_csv(chosen).encode()})
    if as_json:
        typer.echo(json.dumps(comparison_told(chosen), ensure_ascii=False, indent=2))
        return
    for each in chosen:
        gaps = gaps_to_model(each)
        typer.echo(f"{each.key} ({each.kind}): {each.name}")
        for name in ("has", "partly", "lacks", "not_known"):
            told = ", ".join(getattr(gaps, name))
            typer.echo(f"  {name.replace('_', ' ')}: {told or '-'}")


@commands.command()
def kit(*, out: Out) -> None:
    """Write the model law with its options and commentary as Word and PDF."""
    with _refusals():
        files = _paper_files("model-law", kit_paper(day=timezone.now().date()))
        _keep(out, files)
    typer.echo(f"{out}: {', '.join(files)}")


@contextmanager
def _refusals() -> Iterator[None]:
    """Say what stands against it, one reason a line, and end with status 2."""
    try:
        yield
    except InstrumentRefused as refusal:
        for problem in refusal.problems:
            typer.echo(f"undaunted: {problem}", err=True)
        raise typer.Exit(REFUSED) from None
    except (FileRefused, EditionRefused, OSError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


def _keep(folder: Path, files: Mapping[str, bytes], *, secret: bool = False) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if secret:
        folder.chmod(OWN_FOLDER)
    for name, content in files.items():
        if secret:
            (folder / name).touch(mode=OWN)
            (folder / name).chmod(OWN)
        (folder / name).write_bytes(content)


def _paper_files(stem: str, paper: Paper) -> dict[str, bytes]:
    moment = int(timezone.now().timestamp())
    return {
        f"{stem}.docx": write_paper_word(paper, moment=moment),
        f"{stem}.pdf": write_paper_pdf(paper, moment=moment),
    }


def _examined(began: date, now: datetime) -> str:
    checked_day("--started", began, date.max, since=IN_FORCE)
    rule = rule_for(CLOCKS[Stage.EXAMINATION], began)
    start = datetime.combine(began, datetime.min.time(), ZoneInfo(rule.zone))
    (limit,) = due(rule, start, now=now).limits
    return (
        f"The examination normally ends by {limit.last_day} ({limit.limit.firmness}; "
        f"{rule.source.article}, {rule.source.status})."
    )


def _show(judged: Judged) -> None:
    weighed = judged.proportionality
    typer.echo(f"Proportionality: {weighed.verdict}")
    for reason in weighed.reasons:
        typer.echo(f"  {reason}")
    for name, value in (("Necessity (Article 8)", judged.necessary),
                        ("Union interest (Article 9)", judged.interest),
                        ("International law (Article 11(2)(h))", judged.lawful)):  # fmt: skip
        typer.echo(f"{name}: {'open' if value is None else 'yes' if value else 'no'}")
    typer.echo(f"Criteria (Article 11): {'answered' if judged.selected else 'open'}")
    if judged.linked:
        typer.echo("Persons are named: tell them, and hear them first (Article 10).")
    for each in judged.open:
        typer.echo(f"  {each}")
