"""Which rows an actor may see, and which database connection a model is read through."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model

__all__ = ["FaceRouter"]


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
