"""`undaunted report text`: texts of chapters written, taken through their steps, translated."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import AccessError
from undaunted.core.editions.rules.numerals import suggested
from undaunted.prisoners.report.actions import (
    decline_text,
    import_texts,
    propose_text,
    review_text,
    sign_text,
    withdraw_text,
    write_text,
)
from undaunted.prisoners.report.queries import (
    report_figures,
    text_version,
    texts_of_year,
    texts_to_translate,
)
from undaunted.prisoners.report.rules.exchange import (
    LARGEST,
    ExchangeBroken,
    read_exchange,
    write_exchange,
)
from undaunted.prisoners.report.rules.marks import LONGEST, TextBroken, read_text, tidied
from undaunted.prisoners.report.rules.texts import ORIGINAL, TextRefused, place_named
from undaunted.site.terminal import print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.report.models import TextVersion
    from undaunted.prisoners.report.rules.inline import Typed

__all__ = ["commands"]

REFUSED, PROBLEMS = 2, 1

commands = typer.Typer(
    help="The texts of the report's chapters.", no_args_is_help=True, add_completion=False
)
Holder = Annotated[UUID, typer.Argument(help="Id of your organisation.")]
Year = Annotated[int, typer.Option(help="Year of the report.")]
Lang = Annotated[str, typer.Option("--lang", help="Language of the text.")]
Which = Annotated[UUID, typer.Argument(help="Id of the version; `list` gives it.")]
Why = Annotated[str, typer.Option(help="The reason.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="UTF-8 text file.")]


@commands.command("list")
def list_texts(holder: Holder, *, year: Year) -> None:
    """List the versions of a year's texts with their states."""
    rows = []
    with _acting() as actor:
        for row in texts_of_year(actor, holder, year):
            typed = f"{len(row.typed)}" if row.typed else ""
            number = f"{row.number}" + (f" of en {row.translates}" if row.translates else "")
            rows.append((row.chapter, row.language, number, row.state, typed, str(row.pk)))
    print_table(("Chapter", "Language", "Version", "State", "Typed by hand", "Id"), rows)


@commands.command("show")
def show_text(version: Which) -> None:
    """Show a version as it was written, and its numbers that were typed by hand."""
    with _acting() as actor:
        held = _found(actor, version)
        typer.echo(f"{held.year} {held.chapter} {held.language} {held.number}: {held.state}\n")
        typer.echo(held.body)
        if not held.body:
            typer.echo("Its words were destroyed: somebody in them withdrew.")
            return
        reading = read_text(held.body, held.language)
        figures = report_figures(actor, held.year, holder=held.holder)
        _tell_typed(reading.typed, figures, held.accepted)


@commands.command("check")
def check_text(file: File, *, year: Year, language: Lang = ORIGINAL) -> None:
    """Read a file as a text: say what is wrong, and which numbers were typed by hand."""
    with _acting() as actor:
        reading = read_text(_words(file), language)
        typer.echo(f"{len(reading.blocks)} paragraphs and lists, nothing wrong.")
        _tell_typed(reading.typed, report_figures(actor, year), {})


@commands.command("write")
def write(  # noqa: PLR0913 - whose, which words, where, proposed at once
    holder: Holder,
    file: File,
    *,
    year: Year,
    chapter: Annotated[str, typer.Option(help="Key of the chapter.")],
    language: Lang = ORIGINAL,
    names: Annotated[
        list[UUID] | None, typer.Option(help="Id of a case that the text names; may be repeated.")
    ] = None,
    propose: Annotated[bool, typer.Option("--propose", help="Propose it for review.")] = False,
) -> None:
    """Keep a file as a draft."""
    with _acting() as actor:
        place = place_named(year, chapter, language)
        words, named = _words(file), tuple(names or ())
        made = write_text(holder, place, words, names=named, actor=actor, at=timezone.now())
        if propose:
            made = propose_text(made, actor=actor, at=timezone.now())
        _tell(made)
        reading = read_text(made.body, language)
        _tell_typed(reading.typed, report_figures(actor, year, holder=holder), {})


@commands.command("propose")
def propose_version(version: Which) -> None:
    """Propose a draft of yours for review."""
    _step(version, lambda held, actor: propose_text(held, actor=actor, at=timezone.now()))


@commands.command("review")
def review(version: Which) -> None:
    """Say that a text which somebody else wrote is right."""
    _step(version, lambda held, actor: review_text(held, actor=actor, at=timezone.now()))


@commands.command("decline")
def decline(version: Which, *, why: Why) -> None:
    """Send a text back, or take your own back."""
    _step(version, lambda held, actor: decline_text(held, why, actor=actor, at=timezone.now()))


@commands.command("sign")
def sign(
    version: Which,
    *,
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="PLACE=REASON", help="Accept a number typed by hand; `show` counts."),
    ] = None,
) -> None:
    """Sign a reviewed text off, as somebody who wrote nothing of it."""
    given = {place: why for place, _, why in (each.partition("=") for each in accept or ())}
    _step(version, lambda held, actor: sign_text(held, given, actor=actor, at=timezone.now()))


@commands.command("withdraw")
def withdraw(version: Which, *, why: Why) -> None:
    """Take a signed text out of what is built from now on."""
    _step(version, lambda held, actor: withdraw_text(held, why, actor=actor, at=timezone.now()))


@commands.command("export")
def export(
    holder: Holder,
    *,
    year: Year,
    language: Annotated[str, typer.Option("--lang", help="Language to translate into.")],
    out: Annotated[Path, typer.Option(dir_okay=False, help="XLIFF 1.2 file to write.")],
) -> None:
    """Write the signed English texts and their translations into one file for translators."""
    with _acting() as actor:
        place_named(year, "summary", language)
        texts = texts_to_translate(actor, holder, year, language)
        if not texts:
            raise TextRefused(f"{year}: no English text is signed; there is nothing to translate")
        if out.exists():
            raise TextRefused(f"{out.name}: exists; name another file")
        out.write_bytes(write_exchange(texts, language))
        typer.echo(f"{len(texts)} texts in {out.name}")


@commands.command("import")
def import_file(
    holder: Holder,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="XLIFF 1.2 file.")],
) -> None:
    """Take a translated file in: each text that is whole becomes a draft."""
    with _acting() as actor:
        if file.stat().st_size > LARGEST:
            raise ExchangeBroken(f"the file is larger than {LARGEST} bytes")
        texts = read_exchange(file.read_bytes())
        done = import_texts(holder, texts, actor=actor, at=timezone.now())
        for made in done.drafts:
            _tell(made)
        for place in done.unchanged:
            typer.echo(f"unchanged  {place.year} {place.chapter} {place.language}")
        for problem in done.problems:
            typer.echo(problem, err=True)
    if done.problems:
        raise typer.Exit(PROBLEMS)


def _step(version: UUID, action: Callable[[TextVersion, Actor], TextVersion]) -> None:
    with _acting() as actor:
        _tell(action(_found(actor, version), actor))


def _tell(held: TextVersion) -> None:
    typer.echo(
        f"{held.state:<10} {held.year} {held.chapter} {held.language} {held.number}  {held.pk}"
    )


def _tell_typed(
    typed: tuple[Typed, ...], figures: dict[str, float | None], accepted: dict[str, str]
) -> None:
    if not typed:
        return
    typer.echo("\nNumbers typed by hand: insert them, declare them plain, or accept them to sign.")
    for place, each in enumerate(typed, start=1):
        typer.echo(f"  {place}. line {each.line}: {each.text}  ({each.around})")
        if why := accepted.get(str(place)):
            typer.echo(f"     accepted: {why}")
        for key in suggested(each.text, figures):
            typer.echo(f"     {{number:{key}}}")


def _words(file: Path) -> str:
    if file.stat().st_size > LONGEST * 4:
        raise TextRefused(f"{file.name}: more than {LONGEST} letters")
    return tidied(file.read_text("utf-8"))


def _found(actor: Actor, version: UUID) -> TextVersion:
    held = text_version(actor, version)
    if held is None:
        raise TextRefused(f"{version}: there is no such text for you")
    return held


@contextmanager
def _acting() -> Iterator[Actor]:
    try:
        with transaction.atomic():
            yield signed_in("report text")
    except (TextBroken, ExchangeBroken) as broken:
        for problem in broken.problems:
            typer.echo(problem, err=True)
        raise typer.Exit(REFUSED) from None
    except UnicodeDecodeError:
        typer.echo("undaunted: the file is not UTF-8; save it as UTF-8", err=True)
        raise typer.Exit(REFUSED) from None
    except (TextRefused, AccessError, OSError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
