"""`undaunted registry wgad`: a draft for the UN Working Group on Arbitrary Detention."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import AccessError, Forbidden
from undaunted.core.accounts.actions import acting_with_token
from undaunted.prisoners.registry.actions.wgad import Submitter, draft_submission
from undaunted.prisoners.registry.queries.records import case_file, publications_for
from undaunted.prisoners.registry.rules.wgad import Procedure, SubmissionRefused

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["commands"]

REFUSED = 2

commands = typer.Typer()


@commands.command("wgad")
def draft(  # noqa: PLR0913 - one option a choice
    reference: Annotated[str, typer.Argument(help="Reference of the case, or its id.")],
    *,
    out: Annotated[Path, typer.Option(help="Word file to write; never overwritten.")],
    submitter: Annotated[str, typer.Option(help="Who submits, with an address for the answer.")],
    procedure: Annotated[Procedure, typer.Option(help="Which procedure.")] = Procedure.REGULAR,
    language: Annotated[str, typer.Option("--lang", help="en, fr or es.")] = "en",
    confidential: Annotated[
        bool, typer.Option("--confidential", help="The government shall not learn who submits.")
    ] = False,
) -> None:
    """Write a draft for the UN Working Group on Arbitrary Detention; needs --as USER.

    Nothing is sent. Ends with the questions that nobody has answered.
    """
    try:
        with acting_with_token(terminal_token.get()) as actor:
            made = draft_submission(
                _case(actor, reference),
                procedure,
                language=language,
                submitter=Submitter(submitter, confidential=confidential),
                actor=actor,
                at=timezone.now(),
            )
            with out.open("xb") as file:
                file.write(made.content)
    except FileExistsError:
        typer.echo(f"undaunted: {out} is there already; name another --out", err=True)
        raise typer.Exit(REFUSED) from None
    except (SubmissionRefused, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
    typer.echo(f"written: {out}\nsha256:  {made.sha256}")
    for each in made.missing:
        typer.echo(f"missing: {each}")


def _case(actor: Actor, reference: str) -> CaseFile:
    """Find a case by its id or its reference; absent and forbidden answer alike."""
    try:
        party: UUID | None = UUID(reference)
    except ValueError:
        gate = publications_for(actor).filter(reference=reference.upper()).first()
        party = gate.party_id if gate else None
    file = case_file(actor, party) if party else None
    if file is None:
        raise Forbidden(f"{reference}: there is no such case for you; use --as USER")
    return file
