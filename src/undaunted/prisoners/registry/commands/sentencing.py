"""`sentences`: how many people were sentenced in which year, of what the desk may read."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from undaunted.core.access.actions import terminal_token
from undaunted.core.accounts.actions import acting_with_token
from undaunted.prisoners.registry.commands.previewing import refuse
from undaunted.prisoners.registry.queries.lists import list_named
from undaunted.prisoners.registry.queries.sentences import Sentences, sentences_by_year
from undaunted.site.terminal import print_table

__all__ = ["commands"]

commands = typer.Typer()


@commands.command("sentences")
def show_sentences(
    *,
    country: Annotated[str, typer.Option(help="ISO 3166 code; empty = all countries.")] = "",
    of_list: Annotated[str, typer.Option("--list", help="Short name of one list.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Count people by year of sentence, published or not, with --as USER what you may read."""
    found = _found(country.strip().upper(), of_list)
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=2))
        return
    rows = []
    for each in found.years:
        numbers = (each.persons, each.sentences, each.death, each.life)
        rows.append((str(each.year), *(f"{number:,}" for number in numbers)))
    counted = ("Persons", "Sentences", "Death", "Life")
    print_table(("Year", *counted), rows, numbers=counted)
    typer.echo(f"Sentences without a certain year: {found.undated:,}")


def _found(country: str, slug: str) -> Sentences:
    with acting_with_token(terminal_token.get()) as actor:
        unknown = actor.is_public
        held = list_named(actor, slug) if slug else None
        found = sentences_by_year(
            actor, country=country, source_list=held.pk if held is not None else None
        )
    if unknown:
        refuse("The public has no records of the desk. Sign in: `undaunted --as USER registry …`.")
    if slug and held is None:
        refuse(f"There is no list {slug!r} for you. `undaunted registry make-list` makes one.")
    return found
