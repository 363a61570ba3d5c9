"""News that a file fell: whoever has it in use learns that, and what is gone they see where it was.

The news holds the document's id alone; which papers it touches each part of the platform asks of
its own rows, and tells those who may read these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.consent.actions import announce, deliver

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["FALLEN", "tell_fallen"]

FALLEN = "fallen"
"""The kind of this news."""


def tell_fallen(document: UUID, *, actor: Actor, at: datetime) -> None:
    """Tell that a document, or a copy of it, was withdrawn, sealed or erased. Not an action.

    Part of the action that did so, after it: whoever hears asks what stands still.
    """
    deliver(announce(FALLEN, document, at), actor=actor, at=at)
