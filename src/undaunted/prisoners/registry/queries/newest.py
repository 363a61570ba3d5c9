"""The cases published last, everywhere or in one country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.prisoners.registry.models import WITHHELD, PublishedCase

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = ["newest_cases"]


def newest_cases(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    limit: int,
    country: str | None = None,
) -> list[PublishedCase]:
    """Give the cases published last, the newest first; with a name as long as there are any."""
    found = PublishedCase.objects.defer("search_form")
    if country:
        found = found.filter(country=country)
    return list(found.order_by(WITHHELD, "-published_at", "reference")[:limit])
