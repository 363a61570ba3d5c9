"""What every page of the desk shows of emergencies, and what the doors say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.queries import covering_team, receiving_teams
from undaunted.core.vault.queries import alarms_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest


__all__ = ["emergencies"]


def emergencies(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """Give what templates ask for by name; nothing is read where no template asks."""

    def desk_alarms() -> list[Any]:
        """Give one line for each emergency opening that nobody has taken note of."""
        actor = getattr(request, "actor", PUBLIC)
        if not actor.second_factor:
            return []
        alarms = list(alarms_for(actor))
        whole = {each.within for each in alarms if each.record == each.within}
        return [each for each in alarms if each.record == each.within or each.within not in whole]

    def door_duty() -> str:
        """Give the name of the team that may open in an emergency what is handed in now."""
        team = next(iter(receiving_teams(PUBLIC)), None)
        return covering_team(PUBLIC, team.id) if team else ""

    return {"desk_alarms": desk_alarms, "door_duty": door_duty}
