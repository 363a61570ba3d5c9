"""What the addresses of exposure share: the router."""

from ninja import Router

__all__ = ["router"]

router = Router(tags=["coercion"])
