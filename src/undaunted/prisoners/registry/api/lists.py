"""Lists of cases with a token: those one may read, and making one."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.db import IntegrityError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.prisoners.registry.actions.lists import record_list
from undaunted.prisoners.registry.api.checks import NO_NULLS, Name, refusals
from undaunted.prisoners.registry.api.people import Made
from undaunted.prisoners.registry.queries.lists import lists_for
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["desk"])
READ = TokenScope(Scope.READ)
IMPORT = TokenScope(Scope.IMPORT)


class OwnList(Schema):
    """A list of cases that one may read."""

    id: UUID
    name: str
    slug: str
    holder: UUID
    rows: int


class RegistryListIn(Schema):
    """A new list; `holder` is its steward."""

    holder: UUID
    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"[^\s\x00]"), NO_NULLS]
    slug: Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]
    publisher: Name = ""
    url: Annotated[str, Field(max_length=1000, pattern=r"^(https?://[^\s\x00]+)?$")] = ""
    licence: Name = ""
    coverage_note: Annotated[str, Field(max_length=10_000), NO_NULLS] = ""


@router.get("/lists", response=list[OwnList], auth=READ, summary="Lists one may read")
def own_lists(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the lists that the token's person may read."""
    return [
        {"id": one.pk, "name": one.name, "slug": one.slug, "holder": one.holder, "rows": one.rows}  # type: ignore[attr-defined]
        for one in lists_for(actor_of(request))
    ]


@router.post("/lists", response={201: Made}, auth=IMPORT, summary="Make a list")
def add_list(request: HttpRequest, given: RegistryListIn) -> Any:  # noqa: ANN401 - ninja's status
    """Make a list in an organisation whose steward the token's person is."""
    values = given.model_dump()
    holder = values.pop("holder")
    with refusals():
        try:
            made = record_list(holder, actor=actor_of(request), at=timezone.now(), **values)
        except IntegrityError:
            taken = "the organisation has a list of this slug already"
            raise Unusable("slug", taken, body=True) from None
    return {"id": made.pk}
