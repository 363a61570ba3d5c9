"""The router of matching, and who may ask it."""

from __future__ import annotations

from ninja import Router

from undaunted.core.accounts.api import TokenScope
from undaunted.core.accounts.rules import Scope

__all__ = ["DECIDE", "MOST_SHOWN", "PROPOSE", "READ", "router"]

router = Router(tags=["matching"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
MOST_SHOWN = 500
