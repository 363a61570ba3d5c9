"""What every page of the desk shares: who works, for whom, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Facts, Role, actor_of, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.prisoners.registry.queries.desk import waiting_for
from undaunted.site.answers import found
from undaunted.site.components.clauses import commas_text

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, QueryDict

    from undaunted.core.access.rules import Actor, Verb

__all__ = [
    "actor_of",
    "allowed",
    "first_name",
    "found",
    "frame_of",
    "organisation_choices",
    "organisation_names",
    "posted",
    "shown",
]

Thing = TypeVar("Thing")

ROLES = {
    Role.READER: _("reader"),
    Role.DOCUMENTER: _("documenter"),
    Role.REVIEWER: _("reviewer"),
    Role.PUBLISHER: _("publisher"),
    Role.STEWARD: _("steward of lists"),
    Role.ADMINISTRATOR: _("administrator of accounts"),
}


def shown(request: HttpRequest, template: str, **values: Any) -> HttpResponse:  # noqa: ANN401
    """Answer with a page of the desk."""
    frame = frame_of(actor_of(request))
    return TemplateResponse(request, f"registry/desk/{template}.html", frame | values)


def frame_of(actor: Actor) -> dict[str, Any]:
    """Give what stands around every page of the desk."""
    held = sorted({role for given in actor.roles.values() for role in given}, key=list(Role).index)
    return {
        "desk_organisation": commas_text(organisation_names(actor).values()),
        "desk_roles": [str(ROLES[role]) for role in held],
        "desk_waiting": waiting_for(actor),
        "actor_id": actor.id,
    }


def posted(request: HttpRequest) -> QueryDict | None:
    """Give what a form was sent with, even if it was empty; None where nothing was sent."""
    return request.POST if request.method == "POST" else None


def first_name(party: Any) -> Any:  # noqa: ANN401 - a party and one of its names
    """Give the name of a record that is shown; None where it has none. Its names are at hand."""
    standing = [name for name in party.names.all() if name.withdrawn_at is None]
    return min(standing, key=lambda name: not name.primary, default=None)


def allowed(actor: Actor, verb: Verb, holder: UUID) -> bool:
    """Tell whether to offer a step; the action decides again."""
    return decide(actor, verb, Facts(holder=holder, earlier_hands=frozenset())).allowed


def organisation_names(actor: Actor) -> dict[UUID, str]:
    """Give the names of the organisations in which the actor works."""
    return {one.pk: one.name for one in organisations_for(actor)}


def organisation_choices(actor: Actor, *roles: Role) -> list[tuple[str, str]]:
    """Give the organisations in which the actor has one of `roles`, as choices."""
    wanted = actor.organisations_as(*roles)
    return [(str(pk), name) for pk, name in organisation_names(actor).items() if pk in wanted]
