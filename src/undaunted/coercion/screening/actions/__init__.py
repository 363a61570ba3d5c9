"""What people do in screening."""

from undaunted.coercion.screening.actions.assets import (
    record_asset,
    record_holding,
    withdraw_asset,
    withdraw_holding,
)
from undaunted.coercion.screening.actions.importing import import_assets, import_holdings
from undaunted.coercion.screening.actions.watching import review_alert, screen_again

__all__ = [
    "import_assets",
    "import_holdings",
    "record_asset",
    "record_holding",
    "review_alert",
    "screen_again",
    "withdraw_asset",
    "withdraw_holding",
]
