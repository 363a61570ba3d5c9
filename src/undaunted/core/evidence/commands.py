"""Commands of evidence: sealing an original, redacting, stamping, verifying stamps.

Whoever redacts elsewhere says it with the same options: `Why`, `Passages`, `Boxes`.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast
from uuid import UUID

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.rules import AccessError, Forbidden
from undaunted.core.accounts.queries import actor_at_terminal
from undaunted.core.evidence.actions import (
    StampRefused,
    make_redacted_copy,
    note_taking,
    seal_document,
    stamp_document,
    verify_stamps,
    withdraw_redacted_copy,
)
from undaunted.core.evidence.queries import (
    copy_to_hand_out,
    document_for,
    open_redacted_copy,
    redacted_copies_of,
    redacted_copy_for,
)
from undaunted.core.evidence.rules import Ground, Unredactable, boxes_in, marks_of
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.models import Document, RedactedCopy
    from undaunted.core.evidence.rules import Marks

__all__ = ["Boxes", "Passages", "Why", "commands", "marks_read"]

REFUSED = 2

commands = typer.Typer(
    help="Documents: sealing, redacted copies, time stamps.",
    no_args_is_help=True,
    add_completion=False,
)
Which = Annotated[UUID, typer.Argument(help="Id of the document; it is in its address.")]
WhichCopy = Annotated[UUID, typer.Argument(help="Id of the redacted copy; see `copies`.")]
Why = Annotated[Ground, typer.Option(help="Why; it stands in the index of annexes.")]
Passages = Annotated[
    Path | None, typer.Option(help="File with what is taken out, one passage a line.")
]
Boxes = Annotated[
    list[str] | None,
    typer.Option(help="Page, left, top, width, height; in per cent. Say it again."),
]


def marks_read(passages: Path | None, box: Iterable[str] | None) -> Marks:
    """Read what is taken out, as the options say it. Raises `Forbidden`, `Unredactable`."""
    try:
        told = passages.read_text("utf-8-sig").splitlines() if passages else []
    except (OSError, UnicodeDecodeError) as problem:
        raise Forbidden(f"passages: {problem}") from problem
    return marks_of(told, boxes_in("\n".join(box or ())))


@commands.command("seal")
def seal(
    document: Which,
    *,
    team: Annotated[UUID, typer.Option(help="Team that opens it; see `vault team list`.")],
) -> None:
    """Seal an original that lies open, and its clean copy, to a team of yours."""
    with _found(document) as (held, actor):
        seal_document(held, team, actor=actor, at=timezone.now())
        typer.echo("Sealed. Only members of the team open it from now on.")


@commands.command("redact")
def redact(
    document: Which,
    *,
    ground: Why,
    passages: Passages = None,
    box: Boxes = None,
    to: Annotated[Path | None, typer.Option(help="New file to write the copy to.")] = None,
) -> None:
    """Make a redacted copy of a document's clean copy; passages are read from a file."""
    with _found(document) as (held, actor):
        marks = marks_read(passages, box)
        with _claimed(to):
            made = make_redacted_copy(held, marks, ground, actor=actor, at=timezone.now())
    with _found(document) as (_, actor):
        if to is not None:
            with open_redacted_copy(actor, made.pk) as copy, _opened(to, "wb") as file:
                file.write(copy.read())
        typer.echo(
            f"{made.pk}  {made.sha256}  {made.places} black. Look at it before you share it."
        )


@commands.command("copies")
def copies(document: Which) -> None:
    """List the redacted copies of a document: how much is black and why, never what."""
    with _found(document) as (held, actor):
        rows = list(redacted_copies_of(actor, held))
        for each in rows:
            pages = ", ".join(map(str, each.unsearched))
            told = f"; pages {pages} are or hold pictures: look at them" if pages else ""
            typer.echo(f"{each.pk}  {each.sha256}  {each.places} black, {each.ground}{told}")
        if not rows:
            typer.echo("It has no redacted copy.")


@commands.command("take")
def take(
    copy: WhichCopy, *, to: Annotated[Path, typer.Option(help="New file to write the copy to.")]
) -> None:
    """Write a redacted copy to a file; that it was taken is in the log of its document."""
    with _copy(copy, to_hand_out=True) as (held, actor), _claimed(to):
        note_taking(held, actor=actor, at=timezone.now())
        with open_redacted_copy(actor, held.pk) as content, _opened(to, "wb") as file:
            file.write(content.read())
        typer.echo(f"{held.sha256}  {to}")


@commands.command("withdraw-copy")
def withdraw_copy(copy: WhichCopy) -> None:
    """Withdraw a redacted copy in which something was overlooked; its bytes go."""
    with _copy(copy) as (held, actor):
        withdraw_redacted_copy(held, actor=actor, at=timezone.now())
        typer.echo("Withdrawn. What was handed out before is out.")


@commands.command("timestamp")
def timestamp(document: Which) -> None:
    """Have the document's checksum stamped by the authority of UNDAUNTED_TSA_URL."""
    with _found(document) as (held, actor):
        made = stamp_document(held, actor=actor, at=timezone.now())
        typer.echo(f"{made.authority} says: it existed on {made.stamped_at.isoformat()}.")


@commands.command("verify")
def verify(document: Which) -> None:
    """Verify the document's stamps against the certificates of UNDAUNTED_TSA_ROOTS."""
    with _found(document) as (held, actor):
        times = verify_stamps(held, actor=actor, at=timezone.now())
        for each in times:
            typer.echo(f"It existed on {each.isoformat()}.")
        if not times:
            typer.echo("It has no time stamp.")


@contextmanager
def _claimed(place: Path | None) -> Iterator[None]:
    """Make a new file, empty, before what is written to it: no copy is made that has no place."""
    if place is None:
        yield
        return
    with _opened(place, "xb"):
        pass
    try:
        yield
    except BaseException:
        place.unlink(missing_ok=True)
        raise


@contextmanager
def _opened(place: Path, mode: str) -> Iterator[BinaryIO]:
    try:
        with cast("BinaryIO", place.open(mode)) as file:
            yield file
    except OSError as problem:
        raise Forbidden(f"{place}: {problem}") from problem


@contextmanager
def _found(document: UUID) -> Iterator[tuple[Document, Actor]]:
    with _signed_in() as actor:
        held = document_for(actor, document)
        if held is None:
            raise Forbidden("there is no such document for you")
        yield held, actor


@contextmanager
def _copy(copy: UUID, *, to_hand_out: bool = False) -> Iterator[tuple[RedactedCopy, Actor]]:
    with _signed_in() as actor:
        held = (copy_to_hand_out if to_hand_out else redacted_copy_for)(actor, copy)
        if held is None:
            raise Forbidden("there is no such redacted copy for you")
        yield held, actor


@contextmanager
def _signed_in() -> Iterator[Actor]:
    try:
        with transaction.atomic():
            actor = actor_at_terminal()
            if actor.is_public:
                raise Forbidden("sign in first: undaunted --as USER evidence …")
            yield actor
    except (AccessError, VaultError, StampRefused, Unredactable) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
