"""Which rows an actor may see, and which database connection a model is read through."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q

from undaunted.core.access.rules import RECORD_ROLES, Sharing

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from undaunted.core.access.models import Protected
    from undaunted.core.access.rules import Actor

__all__ = ["FaceRouter", "seen_by"]

Row = TypeVar("Row", bound="Protected")


class FaceRouter:
    """Send models with `face = "public"` to the public connection, all others to the desk's."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str:
        """Give the alias for reading `model`."""
        return getattr(model, "face", "default")

    def db_for_write(self, model: type[Model], **_hints: object) -> str:
        """Give the alias for writing `model`; the public role has no right to write."""
        return getattr(model, "face", "default")

    def allow_relation(self, first: Model, second: Model, **_hints: object) -> bool:
        """Allow relations inside one face only."""
        return self.db_for_read(type(first)) == self.db_for_read(type(second))

    def allow_migrate(self, db: str, *_args: object, **_hints: object) -> bool:
        """Migrate through the default alias only (the supervisor points it at the owner)."""
        return db == "default"


def seen_by(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Narrow `rows` to what `actor` may see; row security in the database says the same."""
    held = actor.organisations_as(*RECORD_ROLES) if actor.second_factor else frozenset()
    if not held:
        return rows.none()
    if actor.governments:
        return rows.filter(holder__in=held & actor.governments)
    return rows.filter(Q(holder__in=held) | Q(sharing=Sharing.SHARED))
