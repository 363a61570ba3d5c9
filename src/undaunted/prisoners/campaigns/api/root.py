"""What the addresses of campaigns share: the router, scopes, refusals, numbers, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router

from undaunted.core.accounts.api import TokenScope, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.core.editions.rules import EditionRefused
from undaunted.prisoners.campaigns.analysis import figures_of
from undaunted.prisoners.campaigns.rules import CampaignRefused
from undaunted.prisoners.campaigns.rules.materials import MaterialRefused
from undaunted.site.answers import found

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from undaunted.prisoners.campaigns.rules import RaiseLine

__all__ = [
    "DECIDE",
    "IMPORT",
    "MOST_SHOWN",
    "PROPOSE",
    "READ",
    "figures_told",
    "file_answer",
    "found",
    "refusals",
    "router",
]

router = Router(tags=["campaigns"])
READ, PROPOSE, DECIDE, IMPORT = (
    TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE, Scope.IMPORT)
)
MOST_SHOWN = 500

Thing = TypeVar("Thing")


def file_answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Answer with a file to save."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def figures_told(lines: Iterable[RaiseLine]) -> dict[str, Any]:
    """Give a log in numbers, of exactly the lines that were handed in."""
    held = figures_of(lines, until=timezone.now().date())
    return {
        "raises": held.raises,
        "by_country": held.by_country,
        "by_reply": {str(rung or "not_known"): n for rung, n in held.by_reply.items()},
        "attempts": held.whole,
        "by_channel": {str(each): one for each, one in held.by_channel.items()},
        "by_level": {str(each): one for each, one in held.by_level.items()},
    }


def refusals() -> AbstractContextManager[None]:
    """Answer 409 with what stands against a step and what to do."""
    return conflicts(CampaignRefused, MaterialRefused, EditionRefused)
