"""Files of stakes in, stakes and findings out, whatever their format; and the facts of a deal.

    loaded = read_stakes(path)
    loaded.stakes, loaded.findings

    facts = read_deal_file(path)

No reader drops a row in silence: what is no stake is a finding, with its row, rule and remedy.
"""

from undaunted.coercion.screening.readers.asset_fields import (
    asset_of,
    share_units,
    stake_of,
)
from undaunted.coercion.screening.readers.assets import (
    AssetFile,
    read_assets,
)
from undaunted.coercion.screening.readers.deal import (
    read_deal,
    read_deal_file,
)
from undaunted.coercion.screening.readers.exchange import (
    COMMENT,
    NOTICE,
    ExchangeUnreadable,
    read_exchange,
)
from undaunted.coercion.screening.readers.formats import (
    FORMATS,
    Format,
    read_stakes,
)
from undaunted.coercion.screening.readers.given import plain_name, read_given
from undaunted.coercion.screening.readers.holdings import (
    named_near,
    read_filing,
    read_holdings,
)
from undaunted.coercion.screening.readers.loading import (
    FileRefused,
    Loaded,
)
from undaunted.coercion.screening.readers.shares import (
    ShareUnreadable,
    share_of,
)
from undaunted.coercion.screening.readers.sheets import sheet_of

__all__ = [
    "COMMENT",
    "FORMATS",
    "NOTICE",
    "AssetFile",
    "ExchangeUnreadable",
    "FileRefused",
    "Format",
    "Loaded",
    "ShareUnreadable",
    "asset_of",
    "named_near",
    "plain_name",
    "read_assets",
    "read_deal",
    "read_deal_file",
    "read_exchange",
    "read_filing",
    "read_given",
    "read_holdings",
    "read_stakes",
    "share_of",
    "share_units",
    "sheet_of",
    "stake_of",
]
