"""`undaunted memo`: built, listed, built again; and the texts that memos print.

Without `--as` a memo names nobody, and is written into a folder and kept nowhere.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import bind_terminal, signed_in
from undaunted.core.access.rules import AccessError, Forbidden, Role, actor_from
from undaunted.core.editions.rules import EditionRefused
from undaunted.core.practices.rules import Condition  # noqa: TC001 - typer reads the annotations
from undaunted.prisoners.memo.actions import (
    MemoWanted,
    accept_text,
    build_memo,
    confirm_text,
    draw_open_memo,
    open_memo_file,
    rebuild_memo,
    withdraw_text,
    write_text,
)
from undaunted.prisoners.memo.queries import (
    files_of,
    memo_for,
    memos_for,
    text_for,
    texts_for,
)
from undaunted.prisoners.memo.rules import (
    CONSENT_MISSING,
    MemoRefused,
    TextKind,
    TextState,
    Variant,
)
from undaunted.site.instants import in_utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.memo.models import Memo, MemoText

__all__ = ["commands"]

REFUSED = 2
BUILDERS = (Role.DOCUMENTER, Role.REVIEWER, Role.STEWARD)

commands = typer.Typer(help="Briefing memos.", no_args_is_help=True, add_completion=False)
texts = typer.Typer(help="Asks, talking points, red lines.", no_args_is_help=True)
commands.add_typer(texts, name="text")

Out = Annotated[Path, typer.Option(file_okay=False, help="Folder for the files.")]
Holder = Annotated[UUID | None, typer.Option(help="Your organisation, where you work for several.")]


@commands.command()
def build(  # noqa: PLR0913 - one option a choice
    *,
    out: Out,
    world: Annotated[bool, typer.Option("--world", help="About the world; names nobody.")] = False,
    country: Annotated[str, typer.Option(help="ISO 3166 code, such as XR.")] = "",
    counterpart: Annotated[str, typer.Option(help="Whom you meet.")] = "",
    on: Annotated[str, typer.Option("--date", help="Day of the meeting: YYYY-MM-DD.")] = "",
    as_of: Annotated[str, typer.Option(help="Day counted; else the last that is known.")] = "",
    known_at: Annotated[str, typer.Option(help="As known then (ISO time); else now.")] = "",
    pages: Annotated[int, typer.Option(help="How many pages it may have.")] = 2,
    variant: Annotated[Variant, typer.Option(help="For whose eyes.")] = Variant.PUBLIC,
    language: Annotated[str, typer.Option("--lang", help="A language of the product.")] = "en",
    condition: Annotated[
        list[Condition] | None, typer.Option(help="What there is for the menu; may be repeated.")
    ] = None,
    reader: Annotated[str, typer.Option(help="Government that reads it: government:XS.")] = "",
    red: Annotated[bool, typer.Option("--red", help="Take practices marked RED.")] = False,
    holder: Holder = None,
) -> None:
    """Write a memo as Word and PDF; with --as USER it may name people, and is kept."""
    with _refusals(), transaction.atomic():
        if world is bool(country):
            raise MemoRefused("country", "give --country CODE or --world, one of them")
        actor = actor_from(bind_terminal())
        wanted = MemoWanted(
            country=country,
            counterpart=counterpart,
            meets_on=_day("date", on),
            as_of=_day("as-of", as_of),
            known_at=_moment(known_at),
            language=language,
            variant=variant,
            pages=pages,
            conditions=tuple(condition or ()),
            reader=reader,
            with_red=red,
        )
        if actor.is_public:
            drawn = draw_open_memo(wanted, actor=actor, at=timezone.now())
            _write(out, ((each.name, each.content) for each in drawn.files))
            _say_left_out(drawn.left_out)
            return
        made = build_memo(wanted, _holder(actor, holder), actor=actor, at=timezone.now())
        _save(made, out, actor)


@commands.command("list")
def list_memos() -> None:
    """List the memos of your organisations, newest first."""
    with _acting() as actor:
        for each in memos_for(actor):
            told = (each.country or "world", each.variant, each.state, f"{each.built_at:%Y-%m-%d}")
            typer.echo(f"{each.pk}  {'  '.join(told)}  {each.title}")


@commands.command()
def again(memo: Annotated[UUID, typer.Argument(help="Id of the memo.")], *, out: Out) -> None:
    """Build a memo anew from what is known and agreed to now; the old one ends."""
    with _acting() as actor:
        held = memo_for(actor, memo)
        if held is None:
            raise Forbidden(f"{memo}: there is no such memo for you")
        _save(rebuild_memo(held, actor=actor, at=timezone.now()), out, actor)


@texts.command("list")
def list_texts(
    country: Annotated[str, typer.Option(help="Only of this country.")] = "",
) -> None:
    """List the texts in force."""
    with _acting() as actor:
        for each in texts_for(actor, country=country.upper()):
            told = f"{each.country}  {each.kind}  {each.state}  {each.confirmed_on}"
            typer.echo(f"{each.pk}  {told}  {each.body}")


@texts.command("write")
def write(  # noqa: PLR0913 - one option a choice
    kind: Annotated[TextKind, typer.Argument(help="What it is for.")],
    body: Annotated[str, typer.Argument(help="The text, in one or two sentences.")],
    *,
    country: Annotated[str, typer.Option(help="ISO 3166 code, such as XR.")],
    language: Annotated[str, typer.Option("--lang", help="Its language.")] = "en",
    subject: Annotated[UUID | None, typer.Option(help="Id of the case an ask is about.")] = None,
    names: Annotated[
        list[UUID] | None, typer.Option(help="Id of a case that the text names; may be repeated.")
    ] = None,
    holder: Holder = None,
) -> None:
    """Write an ask, a talking point or a red line."""
    with _acting() as actor:
        made = write_text(
            _holder(actor, holder),
            kind,
            body,
            of_country=country,
            language=language,
            subject=subject,
            names=tuple(names or ()),
            actor=actor,
            at=timezone.now(),
        )
        typer.echo(str(made.pk))


@texts.command("accept")
def accept(text: Annotated[UUID, typer.Argument(help="Id of the text.")]) -> None:
    """Accept a text as the second person, for public memos."""
    with _acting() as actor:
        done = accept_text(_text(actor, text), actor=actor, at=timezone.now())
    if done.state != TextState.ACCEPTED:
        typer.echo(f"undaunted: {CONSENT_MISSING}", err=True)
        raise typer.Exit(REFUSED)


@texts.command("confirm")
def confirm(text: Annotated[UUID, typer.Argument(help="Id of the text.")]) -> None:
    """Say that a text still holds."""
    with _acting() as actor:
        confirm_text(_text(actor, text), actor=actor, at=timezone.now())


@texts.command("withdraw")
def withdraw(text: Annotated[UUID, typer.Argument(help="Id of the text.")]) -> None:
    """Take a text back."""
    with _acting() as actor:
        withdraw_text(_text(actor, text), actor=actor, at=timezone.now())


def _save(memo: Memo, out: Path, actor: Actor) -> None:
    names = [each.name for each in files_of(actor, memo)]
    given = (open_memo_file(memo, name, actor=actor, at=timezone.now()) for name in names)
    _write(out, ((each.name, bytes(each.content or b"")) for each in given if each))
    typer.echo(f"kept:     {memo.pk}")
    _say_left_out(memo.left_out)


def _write(out: Path, files: Iterable[tuple[str, bytes]]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        try:
            with (out / name).open("xb") as file:
                file.write(content)
        except FileExistsError:
            raise MemoRefused("out", f"{out / name} is there already; name another") from None
        typer.echo(f"written:  {out / name}")


def _say_left_out(words: str) -> None:
    if words:
        typer.echo(words)


def _text(actor: Actor, text: UUID) -> MemoText:
    held = text_for(actor, text)
    if held is None:
        raise Forbidden(f"{text}: there is no such text for you")
    return held


def _holder(actor: Actor, holder: UUID | None) -> UUID:
    if holder is not None:
        return holder
    may = sorted(actor.organisations_as(*BUILDERS))
    if len(may) != 1:
        raise MemoRefused("holder", "say for which organisation: --holder ID")
    return may[0]


def _day(field: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise MemoRefused(field, f"{text!r} is no day; write YYYY-MM-DD") from None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return in_utc(datetime.fromisoformat(text))
    except ValueError:
        raise MemoRefused("known-at", f"{text!r} is no time; write 2026-01-31T12:00") from None


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (MemoRefused, EditionRefused, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def _acting() -> Iterator[Actor]:
    with _refusals(), transaction.atomic():
        yield signed_in("memo")
