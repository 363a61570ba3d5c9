"""Cases over the wire: one router, whose addresses stand in the files beside this one."""

from undaunted.coercion.screening.api import cases, deciding, evidence
from undaunted.coercion.screening.api.root import router

__all__ = ["cases", "deciding", "evidence", "router"]
