"""What a dossier is to be, as programs and files tell it; who handles it by their user names."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated
from uuid import UUID  # noqa: TC003 - pydantic reads the annotations

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.accounts.queries import account_name, user_named
from undaunted.repression.dossiers.actions import DossierPlan
from undaunted.repression.dossiers.forms.told import kept_signs
from undaunted.repression.dossiers.rules import DossierRefused, all_or_faults

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Dossier

__all__ = ["DossierChangeIn", "OpenedIn", "PlanIn"]

Short = Annotated[str, Field(max_length=200), AfterValidator(kept_signs)]
Text = Annotated[str, Field(max_length=6000), AfterValidator(kept_signs)]
Team = Annotated[list[Short], Field(max_length=100)]


class PlanIn(Schema):
    """What a dossier is about, how far it may travel, who handles it beside whoever opens it."""

    model_config = ConfigDict(extra="forbid")
    title: Short
    country: Short
    summary: Text = ""
    tlp: Short = "AMBER"
    team: Team = Field(default_factory=list)

    def plan(self, actor: Actor, holder: UUID) -> DossierPlan:
        """Give the plan; roles are asked before names. Raises `Forbidden`, `DossierRefused`."""
        require(actor, Verb.RECORD, Facts(holder=holder))
        plan = DossierPlan(self.title, self.country, self.summary, self.tlp)
        return _with_team(plan, self.team, actor)


class OpenedIn(PlanIn):
    """A dossier and whose it is."""

    holder: UUID


class DossierChangeIn(Schema):
    """What of a dossier is written anew; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")
    title: Short | None = None
    country: Short | None = None
    summary: Text | None = None
    tlp: Short | None = None
    team: Team | None = None

    def plan(self, actor: Actor, dossier: Dossier) -> DossierPlan:
        """Give the plan; roles are asked before names. Raises `Forbidden`, `DossierRefused`."""
        require(actor, Verb.RECORD, Facts(holder=dossier.holder))
        plan = DossierPlan(
            dossier.title if self.title is None else self.title,
            dossier.country if self.country is None else self.country,
            dossier.summary if self.summary is None else self.summary,
            dossier.tlp if self.tlp is None else self.tlp,
            dossier.team,
        )
        return plan if self.team is None else _with_team(plan, self.team, actor)


def _with_team(plan: DossierPlan, names: Iterable[str], actor: Actor) -> DossierPlan:
    """Give a plan with its team. Raises `DossierRefused` with every fault of both."""
    faults = partial(plan.kept, actor.person)
    _, team = all_or_faults(faults, lambda: _colleagues(actor, names))
    return replace(plan, team=team)


def _colleagues(actor: Actor, names: Iterable[str]) -> list[UUID]:
    """Find each colleague; whoever is none is not told apart from whoever does not exist."""

    def one(name: str) -> UUID:
        user = user_named(name)
        if user is None or not account_name(actor, user.pk):
            raise DossierRefused("team", f"nobody in your organisation is called {name!r}")
        return user.pk

    return all_or_faults(*(partial(one, name) for name in names))
