"""What the commands have in common: who acts, which dossier is meant, what a file says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID

import typer
from pydantic import BaseModel, ValidationError

from undaunted.core.accounts.commands import acting_at
from undaunted.core.accounts.queries import organisations_for
from undaunted.repression.dossiers.forms import PARTS
from undaunted.repression.dossiers.queries import dossier_for
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from pydantic_core import ErrorDetails

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Dossier

__all__ = ["File", "Holder", "Which", "acting", "checked", "dossier_here", "found", "holder_here"]

Thing = TypeVar("Thing")
Told = TypeVar("Told", bound=BaseModel)
Which = Annotated[UUID, typer.Argument(help="Id of the dossier, as `list` shows it.")]
Holder = Annotated[str, typer.Option("--for", help="Name of your organisation, if several.")]
File = Annotated[Path, typer.Argument(help="A file of TOML.", exists=True, dir_okay=False)]


def acting() -> AbstractContextManager[Actor]:
    """Act for whoever signed in at the terminal, in one transaction."""
    return acting_at("dossiers")


def found(thing: Thing | None, which: object) -> Thing:
    """Give what was looked for. Raises `DossierRefused` for what is not there for one."""
    if thing is None:
        raise DossierRefused("id", f"{which}: there is nothing of it that you handle")
    return thing


def dossier_here(actor: Actor, which: UUID) -> Dossier:
    """Give a dossier that one handles. Raises `DossierRefused`."""
    return found(dossier_for(actor, which), which)


def holder_here(actor: Actor, named: str) -> UUID:
    """Give the organisation that is named, or the only one. Raises `DossierRefused`."""
    mine = list(organisations_for(actor))
    held = [each for each in mine if named in {"", str(each.name)}]
    if len(held) != 1:
        names = ", ".join(str(each.name) for each in mine)
        raise DossierRefused("for", f"name one of your organisations: {names}")
    return held[0].pk


def checked(form: type[Told], told: Any, where: str = "") -> Told:  # noqa: ANN401 - as a file says
    """Give what a file says in the form it is meant in. Raises `DossierRefused` with every fault.

    The refusal names the fields, those that are unknown first, each behind the part that it stands
    in where `where` tells one.
    """
    try:
        return form.model_validate(told)
    except ValidationError as problem:
        faults = problem.errors(include_url=False, include_context=False)
        faults.sort(key=lambda each: each["type"] != "extra_forbidden")
        (field, why), *more = [_fault(form, each, where) for each in faults]
        raise DossierRefused(field, "; ".join([why, *map(": ".join, more)])) from None


def _fault(form: type[BaseModel], fault: ErrorDetails, where: str) -> tuple[str, str]:
    """Give the field of a fault, and what to write in place of it."""
    way = [where, *(str(each) for each in fault["loc"])]
    field = ".".join(filter(None, way)) or "file"
    why = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        known = ", ".join(form.model_fields)
        why = f"it is not one of {known}"
        if field in PARTS:
            why = f"{why}; parts are recorded with `dossiers add`"
    elif fault["type"] == "missing":
        why = "it is missing; write it"
    elif fault["type"].startswith("uuid_"):
        why = "it is no id; copy one that `dossiers offered` shows"
    return field, why
