"""Sanctions over the wire; all of it is public but a plan with stakes that somebody brings."""

from undaunted.repression.sanctions.api.authorities import router as authorities
from undaunted.repression.sanctions.api.matrix import router

__all__ = ["router"]

router.add_router("", authorities)
