"""Tables of screening."""

from undaunted.coercion.screening.models.assets import (
    Asset,
    AssetEntry,
    Holding,
    RegisterImport,
    Said,
)
from undaunted.coercion.screening.models.watching import Alert, AlertReview, Screening

__all__ = [
    "Alert",
    "AlertReview",
    "Asset",
    "AssetEntry",
    "Holding",
    "RegisterImport",
    "Said",
    "Screening",
]
